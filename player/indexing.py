"""Keeping the search index in step with the library, in a process of its own."""

from PySide6.QtCore import QObject, QTimer, Signal

from player.jobs import Job, Jobs
from player.library_reader import LibraryReader
from player.tasks import Tasks

_A_MOMENT_MS = 400  # Changes come in bunches.


class Indexing(QObject):
    """Looks whether the index knows the whole library, and has it brought up to date where it does not."""

    changed = Signal()  # The index knows more than before.
    progressed = Signal(str, int, int)  # What is being done ("" when it is over), how far, of how much.

    def __init__(self, reader: LibraryReader | None, tasks: Tasks, jobs: Jobs, parent: QObject) -> None:
        """Without a reader, of a library that could not be opened, nothing is done."""
        super().__init__(parent)
        self._reader = reader
        self._tasks = tasks
        self._jobs = jobs
        self._job: Job | None = None
        self._again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_A_MOMENT_MS)
        self._soon.timeout.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether the index is being written."""
        return self._job is not None

    def catch_up(self) -> None:
        """See to it that the index knows what the library holds now, in a moment."""
        self._soon.start()

    def _look(self) -> None:
        if self._job:
            self._again = True
        elif self._reader:
            self._tasks.run("index", self._reader.is_current, self._looked, lambda error: self._looked(False))

    def _looked(self, current: bool) -> None:
        if current and self._reader:
            self._tasks.run("warm up", self._reader.warm_up, lambda _: None, lambda error: None)
        if current or self._job or not self._reader:
            return
        self._job = job = self._jobs.start("index", self._reader.order())
        job.progressed.connect(lambda done, total: self.progressed.emit(self.tr("Indexing…"), done, total))
        job.finished.connect(lambda _: self._over())
        job.failed.connect(lambda _: self._over())
        job.stopped.connect(self._over)

    def _over(self) -> None:
        self._job = None
        self.progressed.emit("", 0, 0)
        self.changed.emit()
        if self._again:
            self._again = False
            self.catch_up()
