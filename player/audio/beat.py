"""When to look at the clock while a file plays: regularly, and in the very moment of what is awaited."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

BEAT_MS = 40


class Beat(QObject):
    """Strikes 25 times a second, and between two strokes where that is asked for."""

    struck = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        """Make it still."""
        super().__init__(parent)
        self._regular = QTimer(self)
        self._regular.setInterval(BEAT_MS)
        self._between = QTimer(self)
        self._between.setSingleShot(True)
        self._between.setTimerType(Qt.TimerType.PreciseTimer)
        for timer in (self._regular, self._between):
            timer.timeout.connect(self.struck)

    @property
    def running(self) -> bool:
        """Whether it strikes."""
        return self._regular.isActive()

    def start(self) -> None:
        """Strike from now on."""
        self._regular.start()

    def stop(self) -> None:
        """Be still."""
        self._regular.stop()
        self._between.stop()

    def strike_in(self, left_ms: float) -> None:
        """Strike just after `left_ms` as well, if that comes before or about with the next regular stroke."""
        if self.running and left_ms < 1.5 * BEAT_MS:
            self._between.start(int(left_ms) + 1)
