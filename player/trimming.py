"""Trimming a kept clip: its edges moved by word, by 10 ms or by hand, to the nearest quiet point if that is wanted."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from index.clip import Clip
from index.edges import air_ms, with_edge, with_words
from index.library import SavedClip
from index.transcript import Transcript
from player.clip_list import ClipList, clip_from
from player.session import Session
from player.settings import Settings
from player.snapping import Snapping

STEP_MS = 10


class Trimming(QObject):
    """One clip is open at a time. What is done to it is kept at once, and can be undone."""

    opened = Signal(object)  # SavedClip, or None when the strip closes.
    changed = Signal(object)  # Clip: its words and times as they are now, also while an edge is carried.

    def __init__(
        self,
        session: Session,
        clips: ClipList,
        snapping: Snapping,
        settings: Callable[[], Settings],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._clips = clips
        self._snapping = snapping
        self._settings = settings
        self.clip: SavedClip | None = None
        self.now: Clip | None = None
        clips.changed.connect(lambda _: self._refresh())
        session.transcript_changed.connect(self._transcript_changed)

    # Opening

    def open(self, clip: SavedClip) -> None:
        """Open a clip of the open episode."""
        self.clip, self.now = clip, clip_from(clip)
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
            self.clip, self.now = kept, clip_from(kept)
            self.opened.emit(kept)
            self.changed.emit(self.now)

    # Edges

    def carry(self, begin: bool, ms: int, *, done: bool, pixel_ms: float | None = 0.0) -> None:
        """Move an edge to a time; while it is carried nothing is kept yet.

        `pixel_ms` is how much time the hand sees as one pixel; with None the edge stays where it is let go.
        """
        if self.now is not None:
            if pixel_ms is not None:
                ms = self._snapping.rest_ms(begin, ms, pixel_ms=pixel_ms)
            self._go(self._with_edge(begin, ms), keep=done)

    def step(self, begin: bool, by: int, *, words: bool) -> None:
        """Move an edge by words, or by steps of 10 ms."""
        if self.now is None:
            return
        if not words:
            ms = (self.now.start_ms if begin else self.now.end_ms) + by * STEP_MS
            self._go(self._with_edge(begin, ms), keep=True, run=("steps", begin))
        elif self._session.transcript:
            pad_ms, sound_ms = self._settings().clip_pad_ms, self._session.playback.duration_ms
            moved = with_words(self._session.transcript, self.now, begin, by, pad_ms=pad_ms, sound_ms=sound_ms)
            self._go(moved, keep=True, run=("words", begin))

    @property
    def air_ms(self) -> tuple[int, int]:
        """How much sound the clip has before its first word and after its last; 0 where that is not known."""
        transcript = self._session.transcript
        return air_ms(transcript, self.now) if transcript and self.now else (0, 0)

    def set_air(self, begin: bool, ms: int) -> None:
        """Have so much sound before the first word, or after the last."""
        if self.now is not None:
            before, after = self.air_ms
            by_ms = before - ms if begin else ms - after
            wanted = (self.now.start_ms if begin else self.now.end_ms) + by_ms
            edged = self._with_edge(begin, wanted)
            self._go(Clip(self.now.words, edged.start_ms, edged.end_ms), keep=True, run=("air", begin))

    def _with_edge(self, begin: bool, ms: int) -> Clip:
        assert self.now is not None
        sound_ms = self._session.playback.duration_ms
        return with_edge(self._session.transcript, self.now, begin, ms, sound_ms=sound_ms)

    def _go(self, clip: Clip, *, keep: bool, run: object = None) -> None:
        assert self.clip is not None
        if clip != self.now:
            self.now = clip
            self.changed.emit(clip)
        if keep and clip != clip_from(self.clip):
            self._clips.move(self.clip.id, clip, run=run and (run, self.clip.id))
