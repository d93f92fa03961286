"""The jumps through an episode, to be undone and done again."""

_SAME_MS = 800  # Jumps that hardly move are not worth a step back.
_LIMIT = 200


class Jumps:
    """Where the listener came from at each jump, newest last."""

    def __init__(self) -> None:
        self._back: list[int] = []
        self._again: list[int] = []
        self._last: tuple[int, bool] | None = None  # Where the last jump came from, and whether it is in `_back`.

    def clear(self) -> None:
        """Forget all jumps."""
        self._back.clear()
        self._again.clear()
        self._last = None

    def add(self, from_ms: int, to_ms: int) -> None:
        """Note a jump; what was undone before can no longer be redone."""
        self._last = (from_ms, abs(to_ms - from_ms) >= _SAME_MS)
        if self._last[1]:
            self._back = [*self._back, from_ms][-_LIMIT:]
            self._again.clear()

    def take_back(self) -> int | None:
        """Forget the last jump as if it had not been made; gives where it came from, None where there was none."""
        if self._last is None:
            return None
        (from_ms, noted), self._last = self._last, None
        if noted and self._back:
            self._back.pop()
        return from_ms

    def undo(self, now_ms: int) -> int | None:
        """Where to go back to from here; None where there is nothing to undo."""
        self._last = None
        if not self._back:
            return None
        self._again.append(now_ms)
        return self._back.pop()

    def redo(self, now_ms: int) -> int | None:
        """Where to go again; None where nothing was undone."""
        self._last = None
        if not self._again:
            return None
        self._back.append(now_ms)
        return self._again.pop()

    @property
    def can_undo(self) -> bool:
        """Whether there is a jump to undo."""
        return bool(self._back)

    @property
    def can_redo(self) -> bool:
        """Whether there is a jump to do again."""
        return bool(self._again)
