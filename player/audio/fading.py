"""Lets a stretch be heard with the fades that it will have when it is cut out."""

import math

from PySide6.QtCore import QObject, Qt, QTimer

from player.audio.playback import Playback

_STEP_MS = 10
_UNHEARD_MS = 30  # Fades as short as this keep an edge from clicking; nobody hears them as fades.
_NEAR_MS = 60  # So long before an edge its fade is got ready for.


def gain_at(ms: int, start_ms: int, end_ms: int, fade_ms: int) -> float:
    """How loud a stretch is at a time, 0.0 to 1.0: it comes in and goes out along half a cosine, as cuts do.

    Neither fade is longer than half of the stretch; outside of it there is nothing.
    """
    fade_ms = min(fade_ms, (end_ms - start_ms) // 2)
    inside_ms = min(ms - start_ms, end_ms - ms)
    if inside_ms < 0:
        return 0.0
    return 1.0 if inside_ms >= fade_ms else 0.5 - 0.5 * math.cos(math.pi * inside_ms / fade_ms)


class Fading(QObject):
    """Turns the sound down and up while one stretch is played; going elsewhere ends it."""

    def __init__(self, playback: Playback, parent: QObject) -> None:
        super().__init__(parent)
        self._playback = playback
        self._stretch: tuple[int, int, int] | None = None
        self._steps = QTimer(self)
        self._steps.setInterval(_STEP_MS)
        self._steps.setTimerType(Qt.TimerType.PreciseTimer)
        self._steps.timeout.connect(self._set_gain)
        playback.position_changed.connect(lambda _: self._set_gain())
        playback.state_changed.connect(lambda _: self._set_gain())
        playback.seeked.connect(lambda *_: self.end())
        playback.range_finished.connect(self.end)

    def begin(self, start_ms: int, end_ms: int, fade_ms: int) -> None:
        """Let the stretch that is played now come in and go out."""
        if fade_ms > _UNHEARD_MS:
            self._stretch = (start_ms, end_ms, fade_ms)
            self._set_gain()

    def end(self) -> None:
        """Be as loud as ever."""
        self._stretch = None
        self._set_gain()

    def _set_gain(self) -> None:
        if self._playback.is_playing and not self._playback.in_range:
            self._stretch = None  # Another file is heard, or there was no sound where the stretch would be.
        if self._stretch is None:
            self._steps.stop()
            self._playback.set_gain(1.0)
            return
        start_ms, end_ms, fade_ms = self._stretch
        now_ms = self._playback.position_ms
        self._playback.set_gain(gain_at(now_ms, start_ms, end_ms, fade_ms))
        edge_is_near = min(now_ms - start_ms, end_ms - now_ms) < fade_ms + _NEAR_MS
        if edge_is_near and self._playback.is_playing:
            if not self._steps.isActive():
                self._steps.start()
        else:
            self._steps.stop()
