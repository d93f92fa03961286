"""Keeping moments: the range in hand, hearing it, keeping it as a clip, and writing it to files."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from index import formats
from index.captions import rebreak
from index.clip import Clip, clip_of, cut
from index.formats.base import WriteOptions
from index.formats.losses import left_out
from index.library import SavedClip
from index.plaintext import one_line
from index.quoting import Origin
from index.transcript import Transcript, WordRange
from player.audio.fading import Fading
from player.clip_list import ClipList
from player.episode import OpenEpisode
from player.models.values import ExportChoice
from player.session import Session
from player.settings import Settings
from player.tasks import Tasks

_EDGE_MS = 1000  # How much of a clip's beginning or end is heard alone.
_PREVIEW_WORDS = 300


class Keeping(QObject):
    """The range is words of the open episode, however it was made: selected, or begun and ended at the playhead."""

    range_changed = Signal(object)  # WordRange, or None.
    pending_changed = Signal(object)  # The word at which a range was begun, or None.
    looping_changed = Signal(bool)  # Told whenever it may have changed.
    told = Signal(str, bool)
    busy_changed = Signal(str, object)  # What is being done, "" when it is over; what to call to cancel it.

    def __init__(
        self,
        session: Session,
        saved: ClipList,
        tasks: Tasks,
        fading: Fading,
        settings: Callable[[], Settings],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._saved = saved
        self._tasks = tasks
        self._fading = fading
        self._settings = settings
        self.range: WordRange | None = None
        self.pending: int | None = None
        self._times: tuple[int, int] | None = None  # When the range begins and ends, where somebody has said so.
        session.transcript_changed.connect(self._episode_opened)
        # A moment after what may have ended a loop or begun one, when it is clear which.
        self._tell_looping = QTimer(self)
        self._tell_looping.setSingleShot(True)
        self._tell_looping.setInterval(0)
        self._tell_looping.timeout.connect(lambda: self.looping_changed.emit(session.playback.is_looping))
        session.playback.seeked.connect(lambda *_: self._tell_looping.start())
        session.playback.state_changed.connect(lambda _: self._tell_looping.start())

    def _episode_opened(self, transcript: Transcript | None) -> None:
        self.set_range(None)
        self._set_pending(None)

    @property
    def clips(self) -> Sequence[SavedClip]:
        """The kept clips of the open episode."""
        return self._saved.here

    @property
    def has_edges(self) -> bool:
        """Whether somebody has said when the range begins and ends."""
        return self._times is not None

    # The range

    def set_range(self, words: WordRange | None, times_ms: tuple[int, int] | None = None) -> None:
        """Take a range of words in hand, from and to these times if they are not to follow from the words."""
        if (words, times_ms) != (self.range, self._times) and (times_ms or words != self.range):
            self.range, self._times = words, times_ms
            self.range_changed.emit(words)

    def mark(self, *, begin: bool) -> None:
        """Begin or end the range at the word being spoken."""
        word = self._session.word
        if word is None:
            self.told.emit("No word has been spoken yet; play a little first.", False)
            return
        if begin:
            if self.range and self.range.end > word:
                self.set_range(WordRange(word, self.range.end))
            else:
                self.set_range(None)
                self._set_pending(word)
        else:
            first = self.pending if self.pending is not None else self.range.first if self.range else None
            if first is None or first > word:
                self.told.emit("Press I where the clip begins, then O where it ends.", False)
                return
            self._set_pending(None)
            self.set_range(WordRange(first, word + 1))

    def _set_pending(self, word: int | None) -> None:
        self.pending = word
        self.pending_changed.emit(word)

    def move_edge(self, *, first: int = 0, end: int = 0) -> None:
        """Move the edges of the range by words; it keeps at least one."""
        transcript = self._session.transcript
        if self.range and transcript:
            words = WordRange(max(0, self.range.first + first), min(len(transcript), self.range.end + end))
            if words:
                self.set_range(words)

    def clip(self, words: WordRange | None = None, pad_ms: int | None = None) -> Clip | None:
        """The range (or other words) as a clip, with the air around it that was chosen."""
        transcript, words = self._session.transcript, words or self.range
        if not transcript or not transcript.timed or not words:
            return None
        if words.end > len(transcript):  # It is of the episode before, and about to be let go of.
            return None
        if self._times and words == self.range and pad_ms is None:
            return Clip(words, *self._times)
        pad = self._settings().clip_pad_ms if pad_ms is None else pad_ms
        return clip_of(transcript, words, pad_ms=pad, sound_end_ms=self._session.playback.duration_ms or None)

    # Hearing it

    def hear(self, part: str = "all", *, loop: bool = False) -> None:
        """Play the range: `all` of it, its `start` or its `end`; `loop` plays it again and again.

        It comes in and goes out as it will when it is written.
        """
        clip = self.clip()
        if clip is None or not self._session.is_timed:
            self.told.emit("Select the words that you want to hear first.", False)
            return
        start, end = clip.start_ms, clip.end_ms
        if part == "start":
            end = min(end, start + _EDGE_MS)
        elif part == "end":
            start = max(start, end - _EDGE_MS)
        self._session.hear(start, end, loop=loop)
        self._fading.begin(clip.start_ms, clip.end_ms, self._settings().clip_fade_ms)

    def toggle_loop(self) -> None:
        """Play the range again and again, or stop doing so."""
        playback = self._session.playback
        if playback.is_looping:
            playback.pause()
            playback.seek(playback.position_ms)
        else:
            self.hear(loop=True)
        self._tell_looping.start()

    # Clips

    def keep(self, words: WordRange | None = None) -> None:
        """Keep words, or else the range, as a clip that is named after its first words."""
        transcript, clip = self._session.transcript, self.clip(words)
        if transcript and not transcript.timed:
            self.told.emit("This transcript has no times yet, so nothing can be cut along it; it can be quoted.", False)
        elif transcript is None or clip is None:
            self.told.emit("Select words to keep, or press I and O while they are spoken.", False)
        else:
            self._saved.keep(title_of(transcript, clip.words), clip)

    # Files

    def excerpt(
        self,
        words: WordRange,
        choice: ExportChoice,
        *,
        times_ms: tuple[int, int] | None = None,
        limit: int | None = None,
    ) -> Transcript | None:
        """What an export of the words holds: cut, and broken well if that was chosen; at most `limit` words of it.

        With `times_ms` it begins and ends there, whatever air was chosen.
        """
        transcript = self._session.transcript
        if not transcript or not words:
            return None
        whole = words == transcript.all_words
        if limit and len(words) > limit:
            words = WordRange(words.first, words.first + limit)
        clip = Clip(words, *times_ms) if times_ms else clip_of(transcript, words, pad_ms=choice.pad_ms)
        part = cut(transcript, clip, keep_times=choice.keep_times or whole)
        return rebreak(part) if choice.rebreak and transcript.timed else part

    def preview(self, words: WordRange, choice: ExportChoice, *, times_ms: tuple[int, int] | None = None) -> str:
        """The beginning of the first file that the choice would write."""
        part = self.excerpt(words, choice, times_ms=times_ms, limit=_PREVIEW_WORDS)
        if part is None:
            return ""
        named = formats.format_named(choice.formats[0].name)
        text = formats.to_text(part, named if named and named.write else "Plain text", _options(choice))
        return text if len(words) <= _PREVIEW_WORDS else f"{text.rstrip()}\n\n…"

    def export(
        self, words: WordRange, choice: ExportChoice, base: Path, *, times_ms: tuple[int, int] | None = None
    ) -> None:
        """Write the files of a choice beside each other: `base` is their folder and common name."""
        paths = {name: base.parent / (base.name + ending) for name, ending in choice.endings().items()}
        own = next((path for path in paths.values() if self.is_open(path)), None)
        if own:
            self.told.emit(f"“{own.name}” is open here, and what you open is never changed; choose another name.", True)
            return
        cancelled = Event()

        def work() -> tuple[list[str], list[str]]:
            part = self.excerpt(words, choice, times_ms=times_ms)
            assert part is not None
            written, lost = [], []
            for name, path in paths.items():
                if not cancelled.is_set():
                    formats.write(part, path, self._file_options(words, choice, name), name)
                    written.append(path.name)
                    lost.append(left_out(part, formats.format_named(name)))
            return written, lost

        def done(result: tuple[list[str], list[str]]) -> None:
            names, lost = result
            self.busy_changed.emit("", cancelled.set)
            if names:
                self.told.emit(" ".join([f"Written to {base.parent}: {', '.join(names)}.", *filter(None, lost)]), False)

        def failed(error: Exception) -> None:
            self.busy_changed.emit("", cancelled.set)
            self.told.emit(str(error), True)

        self.busy_changed.emit("Writing…", cancelled.set)
        self._tasks.run("export", work, done, failed)

    def _file_options(self, words: WordRange, choice: ExportChoice, name: str) -> WriteOptions:
        """The options of a file; what its source says beside the cues goes back where the whole of it is written."""
        reading = self._session.episode.reading if self._session.episode else None
        whole = reading is not None and words == reading.transcript.all_words
        asides = reading.asides_for(name, same_cues=not choice.rebreak) if reading and whole else ()
        return replace(_options(choice), asides=asides)

    def is_open(self, path: Path) -> bool:
        """Whether it is a file of the open episode."""
        row = self._session.episode.row if self._session.episode else None
        return any(_same_file(path, each) for each in (row.sound, row.transcript) if each) if row else False


def _same_file(path: Path, other: Path) -> bool:
    try:
        return path == other or os.path.samefile(path, other)
    except OSError:  # One of them is not there, or may not be looked at.
        return False


def _options(choice: ExportChoice) -> WriteOptions:
    return WriteOptions(speakers=choice.speakers, word_times=choice.word_times)


def title_of(transcript: Transcript, words: WordRange) -> str:
    """A title for a range: its first words."""
    return one_line(transcript.text_of(words), 60)


def origin_of(episode: OpenEpisode) -> Origin:
    """Where the words of an open episode are from."""
    file = episode.row.sound or episode.row.transcript
    date = episode.media.date if episode.media else ""
    return Origin(episode.title, episode.show, date, file.name if file else "")
