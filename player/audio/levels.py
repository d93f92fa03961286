"""How fast and how loud the engine plays, whatever file is at hand."""

from PySide6.QtCore import QObject, Signal

from player.audio.engine import AudioEngine

RATE_MIN = 0.5
RATE_MAX = 3.0


class Levels(QObject):
    """Keeps the rate, the volume and the muting of an engine, and tells of each change once."""

    rate_changed = Signal(float)
    volume_changed = Signal(int)
    muted_changed = Signal(bool)

    def __init__(self, engine: AudioEngine, parent: QObject | None = None) -> None:
        """Begin at the file's own speed and at full volume, as an engine does."""
        super().__init__(parent)
        self._engine = engine
        self._rate = 1.0
        self._volume = 100
        self._muted = False
        self._gain = 1.0

    @property
    def engine(self) -> AudioEngine:
        """The engine in use."""
        return self._engine

    @property
    def rate(self) -> float:
        """How fast it plays, 0.5 to 3.0."""
        return self._rate

    @property
    def volume(self) -> int:
        """The loudness as the ear counts it, 0 to 100."""
        return self._volume

    @property
    def muted(self) -> bool:
        """Whether the sound is silenced."""
        return self._muted

    def set_rate(self, rate: float) -> None:
        """Play `rate` times as fast, to the nearest tenth in 0.5 to 3.0; the pitch is kept."""
        rate = round(max(RATE_MIN, min(RATE_MAX, rate)) * 10) / 10
        if rate == self._rate:
            return
        self._rate = rate
        self._engine.set_rate(rate)
        self.rate_changed.emit(rate)

    def set_volume(self, volume: int) -> None:
        """Set the loudness as the ear counts it, clamped to 0..100."""
        volume = max(0, min(100, volume))
        if volume == self._volume:
            return
        self._volume = volume
        self._send_volume()
        self.volume_changed.emit(volume)

    def set_gain(self, gain: float) -> None:
        """Play for now at so much of the volume, 0.0 to 1.0 of its amplitude; the volume itself stays as it is."""
        if gain != self._gain:
            self._gain = gain
            self._send_volume()

    def _send_volume(self) -> None:
        # What the ear counts as half is an eighth of the amplitude: engines take the cube of what they are given.
        self._engine.set_volume(round(self._volume * self._gain ** (1 / 3)))

    def set_muted(self, muted: bool) -> None:
        """Silence the sound or let it be heard; the volume is kept."""
        if muted == self._muted:
            return
        self._muted = muted
        self._engine.set_muted(muted)
        self.muted_changed.emit(muted)
