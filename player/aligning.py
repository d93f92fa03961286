"""Finding words in their sound while one reads: those of the open episode first, then those of the library in turn."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from index.library import Library
from player.alignment_run import AlignmentRun, Next, Wanted, begin, begin_next
from player.amending import Amending
from player.jobs import Jobs
from player.library_reader import LibraryReader
from player.repairing import out_of_step
from player.session import Session
from player.settings import Settings
from player.taking_times import TakingTimes
from player.tasks import Tasks

_BEGIN_AFTER_MS = 2500  # Opening an episode comes first.
LACKING = ("estimated", "mixed", "none")
"""How the times of words may be known that are looked for."""


class Aligning(QObject):
    """One search at a time. What is found is kept as it comes in, wherever one goes, and never looked for twice."""

    changed = Signal()  # Whether it is at work, at what, or may be.
    progressed = Signal(int, int)  # ms of sound.
    out_of_step = Signal(object)  # OutOfStep: how far the open words are off; they are not moved by themselves.
    kept = Signal()  # The library has other times of an episode that is not open.
    told = Signal(str, bool)

    def __init__(
        self,
        session: Session,
        amending: Amending,
        library: Library,
        reader: LibraryReader | None,
        jobs: Jobs,
        tasks: Tasks,
        settings: Callable[[], Settings],
        parent: QObject,
    ) -> None:
        """Without a reader `library` is in memory, and only the open episode is searched."""
        super().__init__(parent)
        self._session = session
        self._amending = amending
        self._reader = reader
        self._taking = TakingTimes(amending, library, reader, tasks, self)
        self._taking.told.connect(self.told)
        self._taking.kept.connect(self.kept)
        self._jobs = jobs
        self._tasks = tasks
        self._settings = settings
        self._run: AlignmentRun | None = None
        self._leaving: list[AlignmentRun] = []  # Told to stop; what they found is still to be kept.
        self._given_up: set[int] = set()  # Transcripts that are left alone in this sitting.
        self._asked = False  # The user wants it for the open episode.
        self._queue_stopped = False
        self.is_paused = False
        self.waiting = 0  # So many episodes of the library come after this one.
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.setInterval(_BEGIN_AFTER_MS)
        self._begin.timeout.connect(self._begin_what_is_next)
        QTimer.singleShot(_BEGIN_AFTER_MS, self, self.sweep)
        session.transcript_changed.connect(lambda _: self._episode_changed())
        session.sound_opened.connect(lambda _: self._begin.start())
        amending.moved.connect(self._begin_anew)
        self._begin.start()

    # What may be done

    @property
    def is_running(self) -> bool:
        """Whether words are being looked for."""
        return self._run is not None

    @property
    def title(self) -> str:
        """The episode that is searched, if it is not the open one."""
        return self._run.wanted.title if self._run and not self._is_open(self._run) else ""

    @property
    def can_align(self) -> bool:
        """Whether the open episode has a sound, and words without times of their own."""
        transcript, episode = self._session.transcript, self._session.episode
        sound = bool(episode and episode.media and episode.media.has_sound)
        return transcript is not None and bool(transcript) and sound and transcript.timing in LACKING

    @property
    def _is_wanted(self) -> bool:
        """Whether the open episode is to be searched: unasked not texts without times, where it may be refused."""
        done = self._amending.amendments
        if done is None or not self.can_align or self._amending.version in self._given_up:
            return False
        return self._asked or (self._settings().align_by_itself and self._session.is_timed and not done.searched)

    def _is_open(self, run: AlignmentRun) -> bool:
        return run.wanted.version == self._amending.version

    # Beginning

    def look_for_more(self, *, again: bool = False) -> None:
        """There may be something to do, in a moment: the library has grown, or `again` the open words have moved."""
        if again:
            self._given_up.discard(self._amending.version or 0)
        self._begin.start()

    def sweep(self) -> None:
        """Forget what was found for transcripts that are gone from the library for good."""
        self._taking.sweep()

    def heed_settings(self) -> None:
        """The user may have chosen otherwise: leave what is not wanted any more, and look for what is."""
        run, settings = self._run, self._settings()
        if run is None:
            self._begin.start()
        elif not ((self._asked or settings.align_by_itself) if self._is_open(run) else settings.align_added):
            self._leave()

    def align(self) -> None:
        """Look for the words of the open episode now, because the user wants that."""
        if self.can_align:
            if self._run and not self._is_open(self._run):
                self._leave()
            self._given_up.discard(self._amending.version or 0)
            self._asked, self.is_paused, self._queue_stopped = True, False, False
            self._begin_what_is_next()

    def _episode_changed(self) -> None:
        """Opening comes first; what was begun goes on in its turn."""
        self._asked = False
        self._taking.leave()
        if self._run and not self._is_open(self._run):
            self._leave()
        self.changed.emit()

    def _begin_what_is_next(self) -> None:
        version = self._amending.version
        if self._run or self.is_paused or any(self._is_open(run) for run in self._leaving):
            return
        found = self._taking.found_of(version or 0)
        if self._taking.is_under_way(found) or not self._amending.is_settled:
            self._begin.start()
        elif version is not None and self._amending.amended and found.written_ns():
            self._taking.take(found)  # A window that was closed or killed meanwhile has left it.
            self._begin.start()
        elif self._is_wanted:
            self._begin_open()
        elif self._settings().align_added and not self._queue_stopped and self._reader:
            self._begin_next(self._reader)

    def _begin_open(self) -> None:
        transcript, episode, amending = self._session.transcript, self._session.episode, self._amending
        done, version = amending.amendments, amending.version
        if transcript is None or done is None or version is None or amending.original_shown:
            return
        if episode is None or episode.media is None:
            return
        wanted = Wanted(version, transcript, done.corrections, episode.media.path, episode.title)
        found, asked = self._taking.found_of(version), self._asked

        def refused(error: Exception) -> None:
            self._give_up(version)
            if asked:
                self.told.emit(str(error), True)
            self._begin.start()

        self._tasks.run("align", lambda: begin(wanted, found), lambda _: self._start(wanted, 0), refused)

    def _begin_next(self, reader: LibraryReader) -> None:
        passed_over = {*self._given_up, *(run.wanted.version for run in self._leaving), *self._taking.being_kept}
        if self._amending.version is not None:
            passed_over.add(self._amending.version)  # The open episode is for `_begin_open` to begin.

        def ready(found: Next) -> None:
            self._given_up.update(found.refused)
            if found.wanted is not None:
                self._start(found.wanted, found.more)

        def refused(error: Exception) -> None:
            self._queue_stopped = True  # Nobody has asked for it.

        self._tasks.run("align", lambda: begin_next(reader.library, self._taking.folder, passed_over), ready, refused)

    def _start(self, wanted: Wanted, more: int) -> None:
        if self._run or self.is_paused:
            return
        self.waiting = more
        self._run = run = AlignmentRun(wanted, self._taking.found_of(wanted.version), self._jobs, self)
        run.progressed.connect(lambda done, total: self.progressed.emit(done, total) if run is self._run else None)
        run.came_in.connect(lambda: self._taking.take(run.found, last=False))
        run.finished.connect(lambda answer: self._finished(run, answer))
        run.failed.connect(lambda sentence: self._failed(run, sentence))
        run.stopped.connect(lambda: self._over(run))
        self.changed.emit()

    # Stopping

    def pause(self, paused: bool) -> None:
        """Stop for now, with what was found so far, or go on from there."""
        self.is_paused = paused
        if paused and self._run:
            self._asked = self._is_open(self._run)  # Then going on is asking for it.
            self._run.cancel()
        elif not paused:
            self._queue_stopped = False
            self._begin_what_is_next()
        self.changed.emit()

    def stop(self) -> None:
        """Stop, with what was found so far; nothing begins again by itself in this sitting."""
        self.is_paused, self._queue_stopped = False, True
        self._give_up(self._amending.version)
        if self._run:
            self._run.cancel()
        self.changed.emit()

    def _give_up(self, version: int | None) -> None:
        if version is not None:
            self._given_up.add(version)
            self._asked = self._asked and version != self._amending.version

    def _leave(self) -> None:
        """Something else comes first: what was found is kept when the process has written it."""
        if self._run:
            run, self._run = self._run, None
            self._leaving.append(run)
            run.cancel()
            self.changed.emit()

    def _begin_anew(self) -> None:
        """Words set by ear, or times given up, say that it was looked in the wrong places."""
        if self._run and self._is_open(self._run) and self._session.is_timed:
            self._run.is_of_use = False
            self._leave()

    def close(self) -> None:
        """Let go of everything, at the end of the app; what was found stays in its folder for the next time."""
        self._begin.stop()
        for run in (*self._leaving, *filter(None, [self._run])):
            run.blockSignals(True)
        self._run, self._leaving = None, []
        self._taking.close()

    # What comes of it

    def _finished(self, run: AlignmentRun, answer: object) -> None:
        told = answer if isinstance(answer, dict) else {}
        anchors, warning = told.get("anchors"), told.get("warning")
        if anchors:
            self._give_up(run.wanted.version)
        elif self._is_open(run):
            self._asked = False
        self._over(run, searched=not anchors)
        if anchors and self._is_open(run):
            self.out_of_step.emit(out_of_step(run.wanted.transcript, anchors))
        if warning and self._is_open(run):
            self.told.emit(str(warning), False)

    def _failed(self, run: AlignmentRun, sentence: str) -> None:
        self._give_up(run.wanted.version)
        self._over(run)
        if self._is_open(run) and run.is_of_use:
            self.told.emit(sentence, True)

    def _over(self, run: AlignmentRun, *, searched: bool = False) -> None:
        if run.is_of_use:
            self._taking.take(run.found, searched=searched)
        else:
            run.found.clear()
        if run is self._run:
            self._run = None
        if run in self._leaving:
            self._leaving.remove(run)
        run.deleteLater()
        self._begin.start()
        self.changed.emit()
