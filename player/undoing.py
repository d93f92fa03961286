"""Taking back what was done to clips, notes and words, and doing it again."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

_REMEMBERED = 200


@dataclass(frozen=True, slots=True)
class _Deed:
    text: str
    undo: Callable[[], None]
    redo: Callable[[], None]
    run: object = None  # Deeds of one run, such as many small steps of one edge, are taken back together.


class Undoing(QObject):
    """A pile of deeds that are done already. Doing a new one forgets those that were taken back."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._done: list[_Deed] = []
        self._undone: list[_Deed] = []

    @property
    def undo_text(self) -> str:
        """What would be taken back, such as `remove a clip`; "" for nothing."""
        return self._done[-1].text if self._done else ""

    @property
    def redo_text(self) -> str:
        """What would be done again; "" for nothing."""
        return self._undone[-1].text if self._undone else ""

    def did(self, text: str, undo: Callable[[], None], redo: Callable[[], None], *, run: object = None) -> None:
        """Something was done: how to take it back, and how to do it again."""
        if run is not None and self._done and self._done[-1].run == run and not self._undone:
            self._done[-1] = replace(self._done[-1], redo=redo)
        else:
            self._done = [*self._done[1 - _REMEMBERED :], _Deed(text, undo, redo, run)]
        self._undone.clear()
        self.changed.emit()

    def undo(self) -> None:
        """Take back what was done last."""
        if self._done:
            deed = self._done.pop()
            self._undone.append(replace(deed, run=None))
            deed.undo()
            self.changed.emit()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._undone:
            deed = self._undone.pop()
            self._done.append(deed)
            deed.redo()
            self.changed.emit()

    def clear(self) -> None:
        """Forget all of it: what was done belongs to an episode that is no longer open."""
        self._done, self._undone = [], []
        self.changed.emit()

    def end_run(self) -> None:
        """What is done from now on is a deed of its own."""
        if self._done:
            self._done[-1] = replace(self._done[-1], run=None)
