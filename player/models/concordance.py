"""The concordance as a table: every place where something is said, with the words left and right of it in columns."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from index.plaintext import shown
from index.timecode import clock

if TYPE_CHECKING:  # Whoosh takes a while to load: not before a window can be seen.
    from index.search.concordance import Row

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Left", "Match", "Right", "Speaker", "Episode", "Time")
LEFT, MATCH, RIGHT, SPEAKER, EPISODE, TIME = range(len(COLUMNS))
_ORDERS = ("left", "match", "right", "speaker", "date", "found")
_NAMELESS = "–"
_MEANT = {"speaker": "speakers", "show": "shows", "month": "months"}


class Concordance(QAbstractTableModel):
    """Lines in the order of a column; places in one episode that are equal stay in the order of time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Row] = ()
        self._lines: list[Row] = []
        self._order = (EPISODE, Qt.SortOrder.AscendingOrder)
        self._only: tuple[str, str] | None = None

    def show(self, lines: "Sequence[Row]") -> None:
        """Show other lines."""
        self._all, self._only = lines, None
        self._arrange()

    def lines(self) -> "Sequence[Row]":
        """The lines as they are shown."""
        return self._lines

    def counts(self, by: str) -> list[tuple[str, int]]:
        """How many lines each `speaker`, `show` or `month` has, the most first, months in their order."""
        from index.search.concordance import counts

        counted: Sequence[tuple[str, int]] = getattr(counts(self._all), _MEANT[by])
        return [(name or _NAMELESS, count) for name, count in counted]

    def show_only(self, by: str, name: str | None) -> None:
        """Show the lines of one speaker, show or month; None shows all of them again."""
        self._only = None if name is None else (by, name)
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column."""
        self._order = (column, order)
        self._arrange()

    def _arrange(self) -> None:
        from index.search.concordance import Order, ordered

        column, order = self._order
        only = self._only
        lines = [line for line in self._all if only is None or _group(line, only[0]) == only[1]]
        lines = ordered(lines, Order(_ORDERS[column]))
        if order == Qt.SortOrder.DescendingOrder:
            lines.reverse()
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    # As Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many lines there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns there are."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The names of the columns, on the side where the words stand."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text and how it is aligned."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        line = self._lines[index.row()]
        time = clock(line.start_ms) if line.timed else ""
        return shown((line.before, line.match, line.after, line.speaker, line.title, time)[index.column()])


def _side(column: int) -> Qt.AlignmentFlag:
    sides = {LEFT: Qt.AlignmentFlag.AlignRight, TIME: Qt.AlignmentFlag.AlignRight, MATCH: Qt.AlignmentFlag.AlignHCenter}
    return sides.get(column, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter


def _group(line: "Row", by: str) -> str:
    return {"speaker": line.speaker, "show": line.show, "month": line.date[:7]}[by] or _NAMELESS
