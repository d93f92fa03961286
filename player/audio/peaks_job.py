"""Has a sound's waveform made by a worker process and reports how it grows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QProcess, QTimer, Signal

from player.audio import peaks_worker
from player.audio.container import shown
from player.child import python_command

if TYPE_CHECKING:
    from player.audio.peaks import Peaks

_END_MS = 2000


def worker_command() -> list[str]:
    """How to start the worker with this Python, from a checkout or installed."""
    return python_command("player.audio.peaks_worker")


class PeaksJob(QObject):
    """Makes one waveform at a time; starting another, or cancel(), stops the present one at once.

    `partial` and `finished` carry a Peaks, `failed` one sentence. After cancel() none of them comes.
    A waveform in the cache is reported by `finished` from the event loop, without a process.
    """

    partial = Signal(object)
    finished = Signal(object)
    failed = Signal(str)

    def __init__(
        self, cache_folder: Path, parent: QObject | None = None, *, command: Sequence[str] | None = None
    ) -> None:
        """`command` starts the worker where there is no Python to call: a frozen app names itself and a
        switch, and passes the arguments that follow on to `peaks_worker.main`.
        """
        super().__init__(parent)
        self._cache_folder = cache_folder
        self._command = list(command) if command is not None else worker_command()
        self._sound = Path()
        self._cached: Peaks | None = None
        self._report_cached = QTimer(self)
        self._report_cached.setSingleShot(True)
        self._report_cached.timeout.connect(self._finish_from_cache)
        self._process: QProcess | None = None
        self._reader = peaks_worker.MessageReader()
        self._minima = bytearray()
        self._maxima = bytearray()
        self._facts = (0, 0)
        self._answered = False
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.cancel)

    def start(self, path: Path) -> None:
        """Begin with this sound, dropping whatever was under way."""
        from player.audio.peaks import PeaksCache

        self.cancel()
        self._sound = path
        self._cached = PeaksCache(self._cache_folder).load(path)
        if self._cached is not None:
            self._report_cached.start(0)
            return
        self._reader = peaks_worker.MessageReader()
        self._minima.clear()
        self._maxima.clear()
        self._answered = False
        process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._process_ended)
        process.errorOccurred.connect(self._process_broke)
        self._process = process
        arguments = peaks_worker.worker_arguments(path, self._cache_folder)
        process.start(self._command[0], [*self._command[1:], *arguments])

    def cancel(self) -> None:
        """Stop at once and report nothing more; happens by itself when the application quits."""
        self._report_cached.stop()
        process = self._process
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(_END_MS)
            self._forget_process()

    def _finish_from_cache(self) -> None:
        self.finished.emit(self._cached)

    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        grew = False
        for kind, content in self._reader.feed(bytes(process.readAllStandardOutput().data())):
            if kind == peaks_worker.HEADER:
                self._facts = peaks_worker.FACTS.unpack(content)
            elif kind == peaks_worker.PIECE:
                half = len(content) // 2
                self._minima += content[:half]
                self._maxima += content[half:]
                grew = True
            elif kind == peaks_worker.DONE:
                self._answered = True
                self.finished.emit(self._peaks(peaks_worker.LENGTH.unpack(content)[0]))
                return
            elif kind == peaks_worker.FAILED:
                self._answered = True
                self.failed.emit(content.decode())
                return
        if grew:
            # There may be more than the header promised; then the waveform knows better.
            per_second, expected_ms = self._facts
            self.partial.emit(self._peaks(max(expected_ms, len(self._minima) * 1000 // per_second)))

    def _peaks(self, duration_ms: int) -> Peaks:
        import numpy as np

        from player.audio.peaks import Peaks

        minima = np.frombuffer(bytes(self._minima), np.int8)
        maxima = np.frombuffer(bytes(self._maxima), np.int8)
        return Peaks(self._facts[0], minima, maxima, duration_ms)

    def _process_ended(self) -> None:
        process = self._process
        if process is None:
            return
        if not self._answered:
            self._read()  # what arrived together with the end
        if process is not self._process:
            return  # a listener has started something else
        answered = self._answered
        self._forget_process()
        if not answered:
            self.failed.emit(f"The waveform of {shown(self._sound)} could not be drawn: its worker stopped early.")

    def _process_broke(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._forget_process()
            self.failed.emit("The waveform cannot be drawn: its worker process could not be started.")

    def _forget_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
