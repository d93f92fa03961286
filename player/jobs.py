"""Heavy jobs in processes of their own: progress and the answer come back as signals."""

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal

from player.child import python_command

_PATIENCE_MS = 4000  # So long a cancelled job may take to stop by itself.


class Job(QObject):
    """One job. Exactly one of `finished`, `failed` and `stopped` comes, always from the event loop."""

    progressed = Signal(int, int)  # So many of so many.
    finished = Signal(object)  # dict
    failed = Signal(str)  # One sentence.
    stopped = Signal()  # It was cancelled.
    cancel_requested = Signal()  # To whoever does the work.

    def cancel(self) -> None:
        """Ask the job to stop; what it has finished of its work stays done."""
        self.cancel_requested.emit()


class Jobs(QObject):
    """Starts jobs, each in its own process, and ends them with the app."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._running: list[Job] = []

    def start(self, name: str, order: dict[str, Any]) -> Job:
        """Start a job of `player.worker`. Paths and all else in the order are plain JSON."""
        job = self._make(name, order)
        self._running.append(job)
        for over in (job.finished, job.failed, job.stopped):
            over.connect(lambda *_: self._forget(job))
        return job

    def _make(self, name: str, order: dict[str, Any]) -> Job:
        return _ProcessJob([*python_command("player.worker"), name], order, self)

    def _forget(self, job: Job) -> None:
        if job in self._running:
            self._running.remove(job)
            job.deleteLater()

    def close(self) -> None:
        """End every job at once; for the end of the app."""
        for job in list(self._running):
            job.blockSignals(True)
            if isinstance(job, _ProcessJob):
                job.end()
        self._running.clear()


class _ProcessJob(Job):
    def __init__(self, command: Sequence[str], order: dict[str, Any], parent: QObject) -> None:
        super().__init__(parent)
        self._buffer = b""
        self._answer: dict[str, Any] = {}
        self._cancelled = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._process = QProcess(self)
        self._patience.timeout.connect(self._process.kill)
        self.cancel_requested.connect(self._ask_to_stop)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._broke)
        self._process.start(command[0], list(command[1:]))
        self._process.write(json.dumps(order).encode() + b"\n")
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.end)

    def _ask_to_stop(self) -> None:
        """Ask the process to stop, and stop it if it does not."""
        if not self._cancelled:
            self._cancelled = True
            self._process.write(b"cancel\n")
            self._patience.start()

    def end(self) -> None:
        """Stop the process now."""
        self._process.blockSignals(True)
        self._process.kill()
        self._process.waitForFinished(_PATIENCE_MS)

    def _read(self) -> None:
        self._buffer += bytes(self._process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            self._take(json.loads(line))

    def _take(self, message: dict[str, Any]) -> None:
        if "total" in message:
            self.progressed.emit(message["done"], message["total"])
        else:
            self._answer = message

    def _ended(self) -> None:
        """The answer is told when the process is gone: nothing of it is left then that could still write."""
        self._read()
        self._patience.stop()
        answer = self._answer
        if "finished" in answer:
            self.finished.emit(answer["finished"])
        elif "failed" in answer:
            self.failed.emit(answer["failed"])
        elif self._cancelled:
            self.stopped.emit()
        else:
            self.failed.emit(_last_words(bytes(self._process.readAllStandardError().data())))

    def _broke(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.failed.emit("The work could not begin: its process could not be started.")


def _last_words(errors: bytes) -> str:
    lines = [line for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
    reason = f" ({lines[-1].strip()})" if lines else ""
    return f"The work stopped early{reason}; what was done so far is kept, and it can be started again."
