"""Rows whose order is the user's: dragged with the mouse, or stepped up and down."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import QModelIndex, QObject, Qt

from player.models.rows import Index, Rows

T = TypeVar("T")


class MovableRows(Rows[T]):
    """Tells the new order after every move; whoever keeps it shows it again."""

    def __init__(self, text: Callable[[T], str], moved: Callable[[Sequence[T]], None], parent: QObject) -> None:
        """`moved` is given all values in their new order."""
        super().__init__(text, parent)
        self._moved = moved
        self.movable = True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be dragged, and dropped between others."""
        flags = super().flags(index)
        if not self.movable:
            return flags
        return flags | (Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled)

    def supportedDropActions(self) -> Qt.DropAction:
        """They are moved, never copied."""
        return Qt.DropAction.MoveAction

    def moveRows(self, source: Index, row: int, count: int, target: Index, before: int) -> bool:
        """Move `count` rows so that they stand before another one."""
        if not self.movable or not self.beginMoveRows(QModelIndex(), row, row + count - 1, QModelIndex(), before):
            return False
        values = list(self._values)
        taken = values[row : row + count]
        del values[row : row + count]
        at = before if before < row else before - count
        self._values = [*values[:at], *taken, *values[at:]]
        self.endMoveRows()
        self._moved(self._values)
        return True

    def step(self, row: int, by: int) -> bool:
        """Move one row up (-1) or down (1); whether it could be."""
        target = row + by
        if not 0 <= target < self.rowCount() or not 0 <= row < self.rowCount():
            return False
        return self.moveRows(QModelIndex(), row, 1, QModelIndex(), target if by < 0 else target + 1)
