"""The clock that says what is heard now, between an engine's rare and sometimes late reports."""

import math
import time
from collections import deque
from collections.abc import Callable

SYNC_LIMIT_MS = 500

# Reports come late, never early: a busy interpreter delays the stamp. So of the last few offsets the largest
# is the truest.
WINDOW = 4
# Further off than this, the sound itself has jumped.
JUMP_MS = 350.0
# How fast the clock glides to a corrected offset.
GLIDE_S = 0.15
# For this long after a seek an engine may still report the place it came from.
STALE_S = 1.0
# A step back up to this size is waited out; a larger one is taken, the sound being clearly elsewhere.
WAIT_OUT_MS = 2000.0


def _no_bias(rate: float) -> float:
    return 0.0


class PlayClock:
    """Interpolates the position: offset + rate * monotonic time - bias.

    Between two jumps it never runs backwards. All positions are in ms of the file, as floats; all stamps are
    seconds of the same monotonic clock. Not safe for threads: reports are stamped where they arise and
    brought here by their owner.
    """

    def __init__(
        self,
        monotonic: Callable[[], float] = time.monotonic,
        bias: Callable[[float], float] = _no_bias,
    ) -> None:
        """Take the clock to run by and `bias(rate)`, how far reports run ahead of what is heard, in ms."""
        self._monotonic = monotonic
        self._bias = bias
        self._rate = 1.0
        self._sync_offset_ms = 0
        self._running = False
        self._held_ms = 0.0
        self._floor_ms = 0.0
        self._since_s = 0.0
        self._offset_ms = 0.0
        self._glide_from_s = 0.0
        self._glide_ms = 0.0
        self._window: deque[float] = deque(maxlen=WINDOW)
        self._left: list[tuple[float, float]] = []

    @property
    def rate(self) -> float:
        """How fast the file's time runs against real time."""
        return self._rate

    @property
    def sync_offset_ms(self) -> int:
        """How much later than the engine believes the sound reaches the ear, -500 to 500 ms of real time."""
        return self._sync_offset_ms

    def now_ms(self) -> float:
        """Return the position being heard now."""
        if not self._running:
            return self._held_ms
        position_ms = self._at(self._monotonic())
        if self._floor_ms - WAIT_OUT_MS <= position_ms < self._floor_ms:
            return self._floor_ms
        self._floor_ms = position_ms
        return position_ms

    def start(self, stamp_s: float | None = None, lag_ms: float = 0.0) -> None:
        """Run on from the held position, the sound having set in `lag_ms` after `stamp_s` (else after now)."""
        if not self._running:
            self._running = True
            self._anchor(self._held_ms, self._monotonic() if stamp_s is None else stamp_s, lag_ms)

    def hold(self) -> None:
        """Stand still at the position heard now."""
        self._held_ms = self.now_ms()
        self._running = False

    def jump(self, position_ms: float, lag_ms: float = 0.0) -> None:
        """Show `position_ms` at once, and if running run on from it once the sound sets in, `lag_ms` from now."""
        now_s = self._monotonic()
        if self._running:
            self._left = [(at_s, left_ms) for at_s, left_ms in self._left if now_s - at_s < STALE_S]
            self._left.append((now_s, self._offset_at(now_s)))
        self._held_ms = position_ms
        self._anchor(position_ms, now_s, lag_ms)

    def set_rate(self, rate: float) -> None:
        """Go on at `rate` from the position heard now."""
        position_ms = self.now_ms()
        self._rate = rate
        self._left.clear()
        self._anchor(position_ms, self._monotonic(), -max(0, self._sync_offset_ms))

    def set_sync_offset(self, offset_ms: int) -> None:
        """Correct for sound that reaches the ear late (positive) or early; clamped to -500..500 ms."""
        self._sync_offset_ms = max(-SYNC_LIMIT_MS, min(SYNC_LIMIT_MS, offset_ms))
        self._floor_ms = 0.0

    def tick(self, stamp_s: float, position_ms: float) -> None:
        """Learn that an engine reported `position_ms` at `stamp_s`."""
        if not self._running or stamp_s < self._since_s:
            return
        offset_ms = position_ms - self._rate * stamp_s * 1000
        current_ms = self._offset_at(stamp_s)
        error_ms = abs(offset_ms - current_ms)
        if any(stamp_s - at_s < STALE_S and abs(offset_ms - left_ms) < error_ms for at_s, left_ms in self._left):
            return
        if error_ms > JUMP_MS * max(1.0, self._rate):
            self._window.clear()
            current_ms = offset_ms
        self._window.append(offset_ms)
        self._offset_ms = max(self._window)
        self._glide_from_s, self._glide_ms = stamp_s, current_ms - self._offset_ms

    def _anchor(self, position_ms: float, stamp_s: float, lag_ms: float) -> None:
        """Have `position_ms` be heard `lag_ms` after `stamp_s`, until reports know better."""
        self._window.clear()
        self._glide_ms = 0.0
        self._floor_ms = position_ms
        self._since_s = stamp_s
        real_ms = stamp_s * 1000 + lag_ms + max(0, self._sync_offset_ms)
        self._offset_ms = position_ms + self._bias_ms() - self._rate * real_ms

    def _bias_ms(self) -> float:
        return self._bias(self._rate) + self._rate * self._sync_offset_ms

    def _offset_at(self, at_s: float) -> float:
        past_s = max(0.0, at_s - self._glide_from_s)
        return self._offset_ms + self._glide_ms * math.exp(-past_s / GLIDE_S)

    def _at(self, at_s: float) -> float:
        return max(0.0, self._offset_at(at_s) + self._rate * at_s * 1000 - self._bias_ms())
