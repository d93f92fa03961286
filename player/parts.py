"""The parts of a running Earmark: the window and what works behind it, each made after those that it needs."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from index.library import Library
from index.transcript import Transcript
from player import theme as themes
from player.actions import Actions
from player.adding import Adding
from player.aligning import Aligning
from player.amending import Amending
from player.arriving import Arriving
from player.audio.choose import Choice, choose, warm_up
from player.audio.deferred import DeferredEngine
from player.audio.fading import Fading
from player.audio.playback import Playback
from player.borrowing import Borrowing
from player.clip_list import ClipList
from player.exporting import Exporting
from player.finding import Finding
from player.furniture import furnish
from player.indexing import Indexing
from player.jobs import Jobs
from player.keeping import Keeping
from player.library_reader import LibraryReader
from player.noting import Noting
from player.playing_hits import PlayingHits
from player.range_edges import RangeEdges
from player.repairing import Repairing
from player.safekeeping import Safekeeping, open_library
from player.searching import Searching
from player.session import Session
from player.settings import TEXT_SCALES, Settings, cache_folder, data_folder
from player.shelf import Shelf
from player.snapping import Snapping
from player.tasks import Tasks
from player.trimming import Trimming
from player.undoing import Undoing
from player.waveform import Waveform
from player.window import Window

_WRITE_SETTINGS_AFTER_MS = 400
_LOOK = ("theme", "high_contrast", "text_scale")  # The settings that dress the window anew.


class Parts(QObject):
    """What those are given who show and who act: the window, its actions, the settings, and all that works behind."""

    dressed = Signal()  # Colours or text size have changed.
    changed = Signal()  # Some of the settings have.

    def __init__(
        self,
        qt: QApplication,
        settings: Settings,
        *,
        window: Window | None = None,
        choice: Choice | None = None,
        library: Library | None = None,
        save: Callable[[Settings], None] = Settings.save,
    ) -> None:
        super().__init__()
        self.qt = qt
        self.settings = settings
        self._save = save
        self._save_soon = QTimer(self)
        self._save_soon.setSingleShot(True)
        self._save_soon.setInterval(_WRITE_SETTINGS_AFTER_MS)
        self._save_soon.timeout.connect(lambda: self._save(self.settings))
        self.theme = themes.chosen(settings, qt)
        if window is None:
            themes.apply(qt, self.theme)
            window = Window(self.theme)
        furnish(window, self.theme, Actions(settings.shortcuts, self))
        self.window = window
        self.actions = window.actions_table
        self.tasks = Tasks(self)
        self.choice = choice or self._start_engine()
        path = data_folder() / "library.sqlite"
        library, trouble = (library, None) if library else open_library(path)
        self.library = library
        self.safekeeping = Safekeeping(path, self.tasks, window.notice, self)
        self.playback = Playback(self.choice.engine, parent=self)
        self.session = Session(
            self.playback, library, self.tasks, lambda: self.settings, parent=self, prepare=self.prepare_sound
        )
        self.finding = Finding(self.tasks, self)
        self.undoing = Undoing(self)
        self.amending = Amending(self.session, library, self.tasks, self.undoing, self)
        self.clips = ClipList(self.session, library, self.undoing, self)
        self.noting = Noting(self.session, library, self.undoing, self)
        self.keeping = Keeping(
            self.session, self.clips, self.tasks, Fading(self.playback, self), lambda: self.settings, self
        )
        self.waveform = Waveform(self.session, self.tasks, cache_folder() / "peaks", self)
        self.snapping = Snapping(self.session, self.waveform, lambda: self.settings)
        self.trimming = Trimming(self.session, self.clips, self.snapping, lambda: self.settings, self)
        self.range_edges = RangeEdges(
            self.session, self.clips, self.keeping, self.snapping, self.undoing, lambda: self.settings, self
        )
        self.arriving = Arriving(self.session, self)
        self.jobs = Jobs(self)
        on_disk = library.path if isinstance(library.path, Path) else None
        self.reader = LibraryReader(on_disk, on_disk.parent / "search") if on_disk else None
        self.shelf = Shelf(library, self.reader, self.session, self.tasks, self)
        self.indexing = Indexing(self.reader, self.tasks, self.jobs, self)
        self.searching = Searching(self.reader, library, self.tasks, lambda: self.settings, self)
        self.adding = Adding(self.reader, self.jobs, self)
        self.playing_hits = PlayingHits(self.session, self.session.open_episode, self)
        self.exporting = Exporting(self.tasks, self.jobs, self)
        self.aligning = Aligning(
            *(self.session, self.amending, library, self.reader),
            *(self.jobs, self.tasks, lambda: self.settings, self),
        )
        self.repairing = Repairing(self.session, self.amending, self.jobs, self.tasks, self)
        self.borrowing = Borrowing(self.session, self.amending, self.tasks, self)
        self.session.transcript_changed.connect(lambda _: self.indexing.catch_up())
        self.shelf.edited.connect(self.indexing.catch_up)
        if trouble:
            self.safekeeping.tell(trouble)
        elif on_disk == path:
            self.safekeeping.back_up()

    def _start_engine(self) -> Choice:
        """Start libVLC, which takes a while, off this thread; until it is there another engine takes the orders."""
        deferred = DeferredEngine()

        def arrive(_: object) -> None:
            chosen = choose(self.settings.engine, self._seekable)
            deferred.arrive(chosen.engine)
            self.choice = chosen

        self.tasks.run("engine", warm_up, arrive, arrive)
        return Choice(deferred, deferred.name, "")

    def _seekable(self, path: Path) -> Path:
        """What Qt is given to play: it cannot find its way in an MP3 without a table of contents."""
        from player.audio.remux import seekable_copy

        return seekable_copy(path, cache_folder() / "seekable")

    def prepare_sound(self, path: Path) -> None:
        """Make what the engine will want of a file; called off the GUI thread, where that may take a while."""
        if self.choice.engine.name.startswith("Qt"):
            self._seekable(path)

    def does(self, deeds: dict[str, Callable[[], object]]) -> None:
        """Say what actions do; each family of actions says so of its own."""
        for name, act in deeds.items():
            self.actions[name].triggered.connect(lambda _=False, act=act: act())

    def words_of(self, episodes: Iterable[int]) -> Callable[[int], Transcript | None]:
        """What gives the words of these episodes; it may be asked in any thread."""
        opened = self.session.episode
        known = {opened.row.id: opened.transcript} if opened else {}
        reader = self.reader
        if reader is None:  # The library is in memory, and of this thread alone.
            known = {each: self.library.transcript_of(each) for each in episodes if each not in known} | known
        return lambda episode: known[episode] if episode in known or not reader else reader.transcript(episode)

    def change(self, **choices: object) -> None:
        """Take a choice of the user, and write all of them soon."""
        self.settings = replace(self.settings, **choices)  # type: ignore[arg-type]
        self._save_soon.start()
        self.changed.emit()

    def take_settings(self, settings: Settings) -> None:
        """Take choices from the settings window."""
        before, self.settings = self.settings, settings
        other_forms = settings.search_forms != before.search_forms
        if any(getattr(settings, name) != getattr(before, name) for name in _LOOK):
            self.dress()
            self.dressed.emit()
        if other_forms:
            self.searching.search_again()
        self.playback.set_sync_offset(settings.sync_offset_ms)
        self._save_soon.start()
        self.changed.emit()

    def set_theme(self, **choices: object) -> None:
        """Take a choice of colours and dress in them."""
        self.change(**choices)
        self.dress()

    def dress(self) -> None:
        """Put on the colours that are chosen now."""
        theme = themes.chosen(self.settings, self.qt)
        if theme != self.theme:
            self.theme = theme
            themes.apply(self.qt, theme)
            self.window.set_theme(theme)
        self.window.view.set_look(theme, self.settings.text_scale)
        self.window.show_playing(self.playback.is_playing)
        for name in ("system", "light", "dark"):
            self.actions[f"theme_{name}"].setChecked(self.settings.theme == name)
        self.actions["high_contrast"].setChecked(self.settings.high_contrast)

    def step_text_size(self, step: int) -> None:
        """Larger (1), smaller (-1) or normal (0) text."""
        nearest = min(range(len(TEXT_SCALES)), key=lambda at: abs(TEXT_SCALES[at] - self.settings.text_scale))
        wanted = TEXT_SCALES[max(0, min(len(TEXT_SCALES) - 1, nearest + step))] if step else 1.0
        self.change(text_scale=wanted)
        self.window.view.set_look(self.theme, wanted)
        self.dressed.emit()

    def set_follow(self, enabled: bool) -> None:
        """Follow the words, or do not."""
        self.change(follow=enabled)
        self.window.follow.set_enabled(enabled)
        self.actions["follow"].setChecked(enabled)
        self.window.transport.show_following(enabled)

    def want_library(self, wanted: bool, *, asked: bool = False) -> None:
        """Show the library where there is room, `asked` even where there is none, or fold it away."""
        self.change(library_shown=wanted)
        self.window.want_library(wanted, asked=asked)

    def show_side(self, tab: str, *, asked: bool = False) -> None:
        """Bring a tab of the right panel to sight, `asked` even where there is no room for it."""
        self.window.side.show_tab(tab)
        self.window.want_side(True, asked=asked)
