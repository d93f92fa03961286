"""Tells how far a search is, and every few seconds what it has found, so that nothing is lost where it ends early."""

import time
from collections.abc import Callable

from index.align.crew import Cancelled, Told
from index.transcript import Transcript

_TELL_EVERY_S = 5.0


class Telling:
    """Is told of the work that is done, and knows whether to stop there."""

    def __init__(
        self, told: Told, cancelled: Cancelled, came_in: Callable[[Transcript], None], so_far: Callable[[], Transcript]
    ) -> None:
        """`came_in` is given `so_far` from time to time."""
        self.stopped = False
        self._told, self._cancelled, self._came_in, self._so_far = told, cancelled, came_in, so_far
        self._done = self._total = 0
        self._share = 0.0  # Never falls, also where more is to be done than was thought.
        self._told_at = time.monotonic()

    def expect(self, length_ms: int) -> None:
        """So much more sound is to be searched."""
        self._total += length_ms

    def is_stopped_after(self, length_ms: int) -> bool:
        """So much more sound was searched; whether to stop there."""
        self._done += length_ms
        self._share = max(self._share, self._done / max(1, self._total))
        self._told(round(self._share * self._total), self._total)
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_S:
            self._told_at = now
            self._came_in(self._so_far())
        self.stopped = self._cancelled()
        return self.stopped
