"""The open episode: opening it, where it is being heard, and going elsewhere in it."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

import resources
from index.errors import EarmarkError
from index.library import Episode, Library
from index.library.finding_files import Traces, traces_of_sound
from index.library.fingerprint import Print
from index.pairing import pair_of
from index.plaintext import one_line
from index.transcript import Transcript
from player.audio.engine import EngineState
from player.audio.media import MediaInfo
from player.audio.playback import Playback
from player.episode import OpenEpisode
from player.jumps import Jumps
from player.loading import Loading, read_sound
from player.read_file import ReadFile, TableMet, read_beside
from player.settings import Settings
from player.sound_facts import facts_of
from player.tasks import Tasks

T = TypeVar("T")

_KEEP_POSITION_MS = 5000  # How often the position is written down while playing.
_NEARLY_OVER_MS = 3000  # An episode heard so far begins anew when it is opened again.


class Session(QObject):
    """Opens episodes and goes about in the open one. It emits facts; the window only listens."""

    episode_changed = Signal(object)  # OpenEpisode: another one, or more is known of it.
    transcript_changed = Signal(object)  # Transcript, or None.
    transcript_amended = Signal(object)  # Transcript: the same one with other words, names or times.
    sound_opened = Signal(object)  # MediaInfo, or None.
    library_changed = Signal()  # The library lists the open episode otherwise than before.
    position_kept = Signal(int, int)  # The episode and how far it was heard, in ms: nothing else has changed.
    word_changed = Signal(object, bool)  # int or None; whether the sound jumped there.
    jumps_changed = Signal()
    busy_changed = Signal(str, object)  # What is being done, "" when it is over; what to call to cancel it.
    table_met = Signal(object)  # Path: what was to be opened is a table of episodes.
    told = Signal(str, bool)  # A sentence for the user; whether it tells of an error.
    sound_missed = Signal(str, bool)  # The same, where pointing to the sound would help.

    def __init__(
        self,
        playback: Playback,
        library: Library,
        tasks: Tasks,
        settings: Callable[[], Settings],
        *,
        parent: QObject,
        prepare: Callable[[Path], None] = lambda path: None,
    ) -> None:
        """`prepare` is called in a thread with every sound before it is played."""
        super().__init__(parent)
        self.playback = playback
        self.library = library
        self.jumps = Jumps()
        self.episode: OpenEpisode | None = None
        self.word: int | None = None
        self._settings = settings
        self._prepare = prepare
        self._jumped = False
        self._play_when_open = False
        self._told_unkept = False
        self.loading = Loading(tasks, self)
        self.loading.busy_changed.connect(
            lambda busy: self.busy_changed.emit("Opening…" if busy else "", self.cancel_loading)
        )
        self._paused_at: int | None = None
        self._start_at_ms: int | None = None  # Where to stand in the sound being opened, if not where it was left.
        self._trouble = ""  # With the transcript of what is being opened.
        playback.position_changed.connect(self._position_changed)
        playback.seeked.connect(self._seeked)
        playback.failed.connect(lambda message: self.told.emit(message, True))
        playback.state_changed.connect(self._state_changed)
        self._keep = QTimer(self)
        self._keep.setInterval(_KEEP_POSITION_MS)
        self._keep.timeout.connect(self.keep_position)

    @property
    def transcript(self) -> Transcript | None:
        """The words of the open episode."""
        return self.episode.transcript if self.episode else None

    @property
    def is_timed(self) -> bool:
        """Whether it is known when the words of the open episode are said."""
        return self.transcript is not None and self.transcript.timed

    # Opening

    def open_paths(self, paths: Sequence[Path]) -> None:
        """Open what was chosen or dropped: a sound, a transcript, or one of each; the missing one is looked for."""
        if paths:
            self.open_pair(*pair_of([Path(path).absolute() for path in paths]))

    def open_demo(self, *, play: bool = False) -> None:
        """Open the demo episode."""
        self.open_pair(
            resources.path("demo", "earmark-demo.opus"), resources.path("demo", "earmark-demo.vtt"), play=play
        )

    def open_episode(self, episode: int, *, play: bool = False) -> None:
        """Open an episode of the library by its id."""
        row = self.library.episodes.get(episode)
        if row is None:
            self.told.emit("That episode is no longer in the library; add its files again.", True)
        else:
            self.open_pair(row.sound, row.transcript, play=play, episode=episode)

    def open_transcript(self, path: Path) -> None:
        """Show another transcript with the sound that is open."""
        row = self.episode.row if self.episode else Episode(0, None, None, "")
        position_ms = self.playback.position_ms
        self.open_pair(row.sound, Path(path).absolute(), play=self.playback.is_playing, episode=row.id)
        self._start_at_ms = position_ms

    def open_pair(
        self, sound: Path | None, transcript: Path | None, *, play: bool = False, episode: int | None = None
    ) -> None:
        """Open a sound with a transcript; what was open stays until the new one has been read.

        `episode` is its id where it is known. What cannot be read any more is read from the library.
        """

        def unreadable(error: Exception) -> None:
            if isinstance(error, TableMet) and not sound:
                self.table_met.emit(error.path)
                return
            with self.telling_trouble():
                known = episode or self.library.episodes.having(sound, transcript)
                if sound or (known and self.library.transcripts.reading(known)):
                    self._opened(sound, None, None, known)
            self._trouble = str(error)
            self.told.emit(self._trouble, True)

        self.cancel_loading()
        self._play_when_open, self._start_at_ms, self._trouble = play, None, ""
        if transcript is None:
            self._opened(sound, None, None, episode)
        else:
            self.loading.run(
                "transcript",
                lambda watch: read_beside(transcript, watch),
                lambda read: self._opened(sound, transcript, read, episode),
                unreadable,
            )

    def amend(self, transcript: Transcript) -> None:
        """Show the open transcript with other words, names or times; whoever reads it stays where they are."""
        if self.episode and self.episode.reading:
            self.episode = replace(self.episode, reading=replace(self.episode.reading, transcript=transcript))
            self.transcript_amended.emit(transcript)
            self.episode_changed.emit(self.episode)
            self.word = None  # It may be another one at the same place.
            self._position_changed(self.playback.position_ms)

    def cancel_loading(self) -> None:
        """Stop waiting for what is being opened; what was open stays."""
        self.loading.cancel()

    def _opened(
        self, sound: Path | None, transcript: Path | None, read: ReadFile | None, episode: int | None = None
    ) -> None:
        self.keep_position()
        self.playback.unload()
        self.jumps.clear()
        self.word = None
        named = sound or transcript
        row = Episode(0, sound, transcript, one_line(named.stem if named else ""))
        reading, traces = read.reading if read else None, Traces()
        words, file = (read.words, read.file) if read else (None, None)
        with self.telling_trouble():
            row = self.library.episodes.open(sound, transcript, row.title, words, file, episode=episode)
            if reading is None or self.library.is_otherwise(row.id):
                reading = self.library.transcripts.reading(row.id)
            traces = traces_of_sound(self.library, row.id)
        sound = row.sound
        self.episode = OpenEpisode(row, reading)
        self.transcript_changed.emit(self.transcript)
        self.episode_changed.emit(self.episode)
        self.jumps_changed.emit()
        self.library_changed.emit()
        if words and self.library.amendments.outlive(row.id, words.content):
            self.told.emit("Its file has changed since it was corrected here; the corrected words are shown.", False)
        if sound:
            self.loading.run(
                "sound", lambda _: read_sound(sound, traces, self._prepare), self._sound_probed, self._sound_refused
            )
        else:
            self.sound_opened.emit(None)
            self.sound_missed.emit("There is no sound beside this transcript.", False)

    def _sound_refused(self, error: Exception) -> None:
        self.sound_opened.emit(None)
        self.sound_missed.emit(f"{self._trouble} {error}".lstrip(), True)

    def _sound_probed(self, probed: tuple[MediaInfo, Print]) -> None:
        assert self.episode is not None
        row, (media, file) = self.episode.row, probed
        with self.telling_trouble():
            self.library.episodes.set_sound(row.id, media.path, file)
            row = self.library.episodes.fill(row.id, facts_of(media))
        self.episode = replace(self.episode, row=row, media=media)
        start_ms = row.position_ms if row.position_ms < media.duration_ms - _NEARLY_OVER_MS else 0
        if self._start_at_ms is not None:
            start_ms = min(self._start_at_ms, media.duration_ms)
        self.playback.load(media.path, media.duration_ms, start_ms)
        self.episode_changed.emit(self.episode)
        self.sound_opened.emit(media)
        self.library_changed.emit()
        self._position_changed(start_ms)
        if self._play_when_open:
            self.play()

    # The library

    def refresh_row(self) -> None:
        """Take in what the library now says of the open episode."""
        with self.telling_trouble():
            row = self.library.episodes.get(self.episode.row.id) if self.episode else None
            if self.episode and row:
                self.episode = replace(self.episode, row=row)
                self.episode_changed.emit(self.episode)

    @contextmanager
    def telling_trouble(self) -> Iterator[None]:
        """What cannot be written into the library is told, and what was to follow from it left out."""
        try:
            yield
        except EarmarkError as error:
            self.told.emit(str(error), True)

    def answered(self, question: Callable[[], T], otherwise: T) -> T:
        """What the library answers; where it cannot be read that is told, and the answer is another."""
        try:
            return question()
        except EarmarkError as error:
            self.told.emit(str(error), True)
            return otherwise

    def keep_position(self) -> None:
        """Write down how far the open episode was heard."""
        silent = (EngineState.EMPTY, EngineState.FAILED)  # Then its position is not the episode's.
        if self.episode and self.episode.media and self.playback.state not in silent:
            position = self.playback.position_ms
            try:
                self.library.episodes.keep_position(self.episode.row.id, position)
            except EarmarkError as error:
                if not self._told_unkept:  # Once will do: this is called every few seconds.
                    self._told_unkept = True
                    self.told.emit(str(error), True)
            self.episode = replace(self.episode, row=replace(self.episode.row, position_ms=position))
            self.position_kept.emit(self.episode.row.id, position)

    # Time

    def _position_changed(self, ms: int) -> None:
        word = self.transcript.word_at(ms) if self.transcript else None
        if word != self.word or self._jumped:
            self.word = word
            self.playback.await_position(self.transcript.start_after(ms) if self.transcript else None)
            jumped, self._jumped = self._jumped, False
            self.word_changed.emit(word, jumped)

    def _seeked(self, from_ms: int, to_ms: int) -> None:
        self._jumped = True
        self._position_changed(to_ms)

    def _state_changed(self, state: EngineState) -> None:
        if state is EngineState.PLAYING:
            self._keep.start()
        else:
            self._keep.stop()
            self.keep_position()

    def play(self) -> None:
        """Play; after a pause a little before where it stopped, if that was chosen."""
        rewind = self._settings().resume_rewind_ms
        if rewind and self._paused_at == self.playback.position_ms:
            self.playback.seek(max(0, self.playback.position_ms - rewind))
        self._paused_at = None
        self.playback.play()

    def toggle(self) -> None:
        """Play, or pause."""
        if self.playback.is_playing:
            self.playback.pause()
            self._paused_at = self.playback.position_ms
        else:
            self.play()

    def go_to(self, ms: int) -> None:
        """Jump to a time; that can be undone. Without a sound, the words alone go there."""
        if self.playback.state is EngineState.EMPTY:
            self._seeked(0, ms)
            return
        from_ms = self.playback.position_ms
        self.playback.seek(ms)
        self.jumps.add(from_ms, self.playback.position_ms)
        self.jumps_changed.emit()

    def hear(self, start_ms: int, end_ms: int, *, loop: bool = False) -> None:
        """Play a stretch and stop at its end, or play it again and again; going there can be undone."""
        from_ms = self.playback.position_ms
        self.playback.play_range(start_ms, end_ms, loop)
        self.jumps.add(from_ms, start_ms)
        self.jumps_changed.emit()

    def step(self, by_ms: int) -> None:
        """Skip forward or back a little."""
        self.go_to(self.playback.position_ms + by_ms)

    def go_to_word(self, word: int, lead_in_ms: int = 0) -> None:
        """Jump to the start of a word, or a little before it."""
        if self.transcript and self.transcript.timed:
            self.go_to(max(0, self.transcript.starts[word] - lead_in_ms))

    def take_back(self) -> None:
        """Be where the last jump came from, as if it had not been made."""
        self._go_along(self.jumps.take_back())

    def undo_jump(self) -> None:
        """Go back to before the last jump."""
        self._go_along(self.jumps.undo(self.playback.position_ms))

    def redo_jump(self) -> None:
        """Make the jump that was undone again."""
        self._go_along(self.jumps.redo(self.playback.position_ms))

    def _go_along(self, ms: int | None) -> None:
        if ms is not None:
            self.playback.seek(ms)
            self.jumps_changed.emit()
