"""Trimming a kept clip: its edges moved by word, by 10 ms or by hand, to the nearest quiet point if that is wanted."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from index.clip import Clip, clip_of
from index.library import SavedClip
from index.transcript import Transcript, WordRange
from player.clip_list import ClipList
from player.session import Session
from player.settings import Settings

STEP_MS = 10
_LEAST_MS = 50  # A clip is at least so long.
_SNAP_MS = 120  # So far from where it was let go an edge is brought to a quiet point.

Quietest = Callable[[int, int], int]
"""The quietest moment at most so many ms from a time."""


class Trimming(QObject):
    """One clip is open at a time. What is done to it is kept at once, and can be undone."""

    opened = Signal(object)  # SavedClip, or None when the strip closes.
    changed = Signal(object)  # Clip: its words and times as they are now, also while an edge is carried.

    def __init__(self, session: Session, clips: ClipList, settings: Callable[[], Settings], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._clips = clips
        self._settings = settings
        self.quietest: Quietest = lambda ms, within_ms: ms
        self.clip: SavedClip | None = None
        self.now: Clip | None = None
        clips.changed.connect(lambda _: self._refresh())
        session.transcript_changed.connect(self._transcript_changed)

    # Opening

    def open(self, clip: SavedClip) -> None:
        """Open a clip of the open episode."""
        self.clip, self.now = clip, _as_clip(clip)
        self.opened.emit(clip)
        self.changed.emit(self.now)

    def close(self) -> None:
        """Close the strip."""
        if self.clip is not None:
            self.clip = self.now = None
            self.opened.emit(None)

    def _transcript_changed(self, transcript: Transcript | None) -> None:
        episode = self._session.episode
        if self.clip and not (episode and episode.row.id == self.clip.episode):
            self.close()

    def _refresh(self) -> None:
        """The clip as the library has it now: it may have been renamed, or an edge of it put back."""
        if self.clip is None:
            return
        kept = next((each for each in self._clips.here if each.id == self.clip.id), None)
        if kept is None:
            self.close()
        elif kept != self.clip:
            self.clip, self.now = kept, _as_clip(kept)
            self.opened.emit(kept)
            self.changed.emit(self.now)

    # Edges

    def carry(self, begin: bool, ms: int, *, done: bool, snap: bool = True) -> None:
        """Move an edge to a time; while it is carried nothing is kept yet."""
        if self.now is None:
            return
        if snap and self._settings().clip_snap:
            ms = self.quietest(ms, _SNAP_MS)
        self._go(self._with_edge(begin, ms), keep=done)

    def step(self, begin: bool, by: int, *, words: bool) -> None:
        """Move an edge by words, or by steps of 10 ms."""
        if self.now is None:
            return
        if words:
            self._go(self._by_words(begin, by), keep=True, run=("words", begin))
        else:
            ms = (self.now.start_ms if begin else self.now.end_ms) + by * STEP_MS
            self._go(self._with_edge(begin, ms), keep=True, run=("steps", begin))

    def _with_edge(self, begin: bool, ms: int) -> Clip:
        """The clip with one edge elsewhere, inside the sound."""
        assert self.now is not None
        sound_ms = self._session.playback.duration_ms
        if begin:
            edged = replace(self.now, start_ms=max(0, min(ms, self.now.end_ms - _LEAST_MS)))
        else:
            last = max(sound_ms, self.now.end_ms) if sound_ms else ms
            edged = replace(self.now, end_ms=min(last, max(ms, self.now.start_ms + _LEAST_MS)))
        return replace(edged, words=self._words_after(self.now, edged))

    def _words_after(self, was: Clip, now: Clip) -> WordRange:
        """The clip's words when an edge has moved: those whose middle it has passed join it or leave it.

        Others stay as they are: in the air around a clip there may be half of a word that is none of its own.
        """
        transcript, words = self._session.transcript, was.words
        if transcript is None:
            return words
        first, end = words.first, words.end
        inside = transcript.range_between(now.start_ms, now.end_ms)
        if now.start_ms < was.start_ms:
            first = min(first, (transcript.range_between(now.start_ms, was.start_ms) or words).first)
        elif now.start_ms > was.start_ms:
            first = max(first, (inside or words).first)
        if now.end_ms > was.end_ms:
            end = max(end, (transcript.range_between(was.end_ms, now.end_ms) or words).end)
        elif now.end_ms < was.end_ms:
            end = min(end, (inside or words).end)
        return WordRange(first, end) if first < end else words

    def _by_words(self, begin: bool, by: int) -> Clip:
        """The clip with one edge at another word, with the air around it that was chosen."""
        transcript, now = self._session.transcript, self.now
        assert now is not None
        if transcript is None:
            return now
        first = max(0, now.words.first + by) if begin else now.words.first
        end = now.words.end if begin else min(len(transcript), now.words.end + by)
        if first >= end:
            return now
        pad_ms, sound_ms = self._settings().clip_pad_ms, self._session.playback.duration_ms
        moved = clip_of(transcript, WordRange(first, end), pad_ms=pad_ms, sound_end_ms=sound_ms or None)
        start_ms, end_ms = (moved.start_ms, now.end_ms) if begin else (now.start_ms, moved.end_ms)
        return Clip(moved.words, start_ms, max(end_ms, start_ms + _LEAST_MS))

    def _go(self, clip: Clip, *, keep: bool, run: object = None) -> None:
        assert self.clip is not None
        if clip != self.now:
            self.now = clip
            self.changed.emit(clip)
        if keep and clip != _as_clip(self.clip):
            self._clips.move(self.clip.id, clip, run=run and (run, self.clip.id))


def _as_clip(clip: SavedClip) -> Clip:
    return Clip(WordRange(clip.first_word, clip.end_word), clip.start_ms, clip.end_ms)
