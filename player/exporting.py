"""Writing sounds, pages, films and reels: one at a time, in a process of its own, told about and to be cancelled."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from player.jobs import Job, Jobs
from player.tasks import Tasks

Order = Callable[[], dict[str, Any]]
"""Makes the order of a job; called in a thread, because cutting the words of many clips takes a while."""


class Exporting(QObject):
    """Runs one export. Exactly one of `written`, `failed` and `stopped` follows each `begun`."""

    begun = Signal(str)  # What is being written.
    progressed = Signal(int, int)
    written = Signal(object)  # The answer of the job, a dict.
    failed = Signal(str)
    stopped = Signal()

    def __init__(self, tasks: Tasks, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._jobs = jobs
        self._job: Job | None = None
        self.busy = False

    def write(self, what: str, job: str, order: Order) -> None:
        """Have a job of `player.worker` write something."""
        if self.busy:
            self.failed.emit("Something is being written already; wait for it, or cancel it.")
            return
        self.busy = True
        self.begun.emit(what)
        self._tasks.run("export order", order, lambda made: self._start(job, made), self._refused)

    def cancel(self) -> None:
        """Stop; what was finished stays, and there is no half of anything."""
        if self._job:
            self._job.cancel()
        elif self.busy:
            self._tasks.drop("export order")
            self._over()
            self.stopped.emit()

    def _start(self, name: str, order: dict[str, Any]) -> None:
        self._job = job = self._jobs.start(name, order)
        job.progressed.connect(self.progressed)
        job.finished.connect(self._finished)
        job.failed.connect(lambda sentence: self._refused(sentence))
        job.stopped.connect(self._stopped)

    def _finished(self, answer: dict[str, Any]) -> None:
        self._over()
        self.written.emit(answer)

    def _refused(self, error: object) -> None:
        self._over()
        self.failed.emit(str(error))

    def _stopped(self) -> None:
        self._over()
        self.stopped.emit()

    def _over(self) -> None:
        self.busy, self._job = False, None
