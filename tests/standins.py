"""What stands in for the outside world where the window is tried: the time, and the process that makes waveforms."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal


class Stopwatch:
    """A monotonic clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


class NoPeaks(QObject):
    """Makes no waveform."""

    partial = Signal(object)
    finished = Signal(object)
    failed = Signal(str)

    def __init__(self, cache_folder: Path, parent: QObject) -> None:
        super().__init__(parent)

    def start(self, sound: Path) -> None:
        """Make none."""

    def cancel(self) -> None:
        """Stop making none."""
