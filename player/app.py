"""Builds the window and everything behind it, and those who show it; closes them in turn."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from index.library import Library
from player.asking import Asking
from player.audio.choose import Choice
from player.parts import Parts
from player.presenting.adding import ShowAdding
from player.presenting.aligning import ShowAligning
from player.presenting.amending import ShowAmending
from player.presenting.annotating import Annotating
from player.presenting.beside import ShowBeside
from player.presenting.clips import ShowClips
from player.presenting.concordance import ShowConcordance
from player.presenting.converting import ShowConverting
from player.presenting.copying import Copying
from player.presenting.desktop import ShowDesktop
from player.presenting.edges import ShowEdges
from player.presenting.episode import ShowEpisode
from player.presenting.exporting import ShowExporting
from player.presenting.finding import ShowFinding
from player.presenting.in_step import ShowInStep
from player.presenting.keeping import ShowKeeping
from player.presenting.library import ShowLibrary
from player.presenting.noting import ShowNoting
from player.presenting.pasting import Pasting
from player.presenting.searching import ShowSearching
from player.presenting.syncing import ShowSyncing
from player.presenting.timings import ShowTimings
from player.presenting.trimming import ShowTrimming
from player.presenting.undoing import ShowUndoing
from player.presenting.window import ShowWindow
from player.settings import Settings
from player.window import Window


class App(Parts):
    """One running Earmark: its parts, and those who show them."""

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
        super().__init__(qt, settings, window=window, choice=choice, library=library, save=save)
        self._closed = False
        self.show_undoing = ShowUndoing(self)
        self.show_episode = ShowEpisode(self)
        self.show_finding = ShowFinding(self)
        self.show_keeping = ShowKeeping(self)
        self.show_timings = ShowTimings(self)
        self.show_clips = ShowClips(self)
        self.show_noting = ShowNoting(self)
        self.show_trimming = ShowTrimming(self)
        self.show_edges = ShowEdges(self)
        self.copying = Copying(self)
        self.pasting = Pasting(self)
        self.annotating = Annotating(self)
        self.show_desktop = ShowDesktop(self, self.pasting)
        self.asking = Asking(self)
        self.show_beside = ShowBeside(self, self.asking)
        self.show_exporting = ShowExporting(self, self.asking)
        self.show_converting = ShowConverting(self, self.asking)
        self.show_library = ShowLibrary(self)
        self.show_searching = ShowSearching(self)
        self.show_adding = ShowAdding(self)
        self.show_concordance = ShowConcordance(self, self.show_searching)
        self.show_amending = ShowAmending(self)
        self.show_aligning = ShowAligning(self)
        self.show_in_step = ShowInStep(self)
        self.show_syncing = ShowSyncing(self)
        self.indexing.progressed.connect(self.window.library.show_progress)
        self.indexing.catch_up()
        self.show_window = ShowWindow(self, self.asking, self.show_finding, self.show_searching, self.show_adding)
        self.window.closing.connect(self.close)
        self._restore()

    def _restore(self) -> None:
        settings = self.settings
        self.playback.set_rate(settings.rate)
        self.playback.set_volume(settings.volume)
        self.playback.set_muted(settings.muted)
        self.playback.set_sync_offset(settings.sync_offset_ms)
        self.show_episode.show_controls()
        self.want_library(settings.library_shown)
        self.window.want_side(False)
        self.set_follow(settings.follow)
        self.dress()

    def close(self) -> None:
        """Keep what must be kept and let go of the sound; the second time there is nothing left to do."""
        if self._closed:
            return
        self._closed = True
        self.change(geometry=self.window.pack_geometry())
        self._save_soon.stop()
        self._save(self.settings)
        self.session.cancel_loading()
        self.session.keep_position()
        self.waveform.close()
        self.aligning.close()
        self.repairing.stop()
        self.jobs.close()
        self.playback.close()
        self.tasks.wait()
        self.library.close()
