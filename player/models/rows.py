"""A list model over frozen values: one value a row, told apart by what they are, not by where they stand."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
VALUE = Qt.ItemDataRole.UserRole  # The whole value, for delegates.


class Rows(QAbstractListModel, Generic[T]):
    """Shows values in their order; `text` says a row in one line, for screen readers and type-ahead."""

    def __init__(self, text: Callable[[T], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._values: Sequence[T] = ()
        self._rename: Callable[[T, str], None] | None = None
        self._title: Callable[[T], str] | None = None
        self._is_heading: Callable[[T], bool] = lambda value: False

    def make_editable(self, title: Callable[[T], str], rename: Callable[[T, str], None]) -> None:
        """Let a row's title be edited in place: `title` gives it, `rename` is told the new one."""
        self._title, self._rename = title, rename

    def set_headings(self, is_heading: Callable[[T], bool]) -> None:
        """Say which values are headings: they stand among the others and cannot be chosen."""
        self._is_heading = is_heading

    def set_values(self, values: Sequence[T]) -> None:
        """Show other values."""
        self.beginResetModel()
        self._values = values
        self.endResetModel()

    def refresh(self, values: Sequence[T]) -> None:
        """Show new values of the same rows where there are as many as before; what is chosen stays chosen."""
        if len(values) != len(self._values):
            self.set_values(values)
        elif values:
            self._values = values
            self.dataChanged.emit(self.index(0, 0), self.index(len(values) - 1, 0))

    def values(self) -> Sequence[T]:
        """All values in order."""
        return self._values

    def value(self, index: Index) -> T:
        """The value of a row."""
        return self._values[index.row()]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._values)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The value (for delegates), its line, or its title while it is edited."""
        if not index.isValid():
            return None
        value = self._values[index.row()]
        if role == VALUE:
            return value
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(value)
        if role == Qt.ItemDataRole.EditRole and self._title:
            return self._title(value)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be selected, and edited where there is a title to edit."""
        if index.isValid() and self._is_heading(self.value(index)):
            return Qt.ItemFlag.NoItemFlags  # The keys pass over it.
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self._rename else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a new title; an empty one changes nothing."""
        title = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or self._rename is None or not title:
            return False
        self._rename(self._values[index.row()], title)
        return True
