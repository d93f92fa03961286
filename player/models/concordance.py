"""The concordance as a table: every place where something is said, with the words left and right of it in columns."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from index.plaintext import shown
from index.timecode import clock

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Left", "Match", "Right", "Speaker", "Episode", "Time")
LEFT, MATCH, RIGHT, SPEAKER, EPISODE, TIME = range(len(COLUMNS))


@dataclass(frozen=True, slots=True)
class Line:
    """One place: where it is and the words around it."""

    episode: int
    title: str
    show: str
    date: str
    start_ms: int | None
    speaker: str
    left: str
    match: str
    right: str
    first_word: int
    end_word: int


# What a column is ordered by; the words on the left from the match outward, as concordances are.
_KEYS: tuple[Callable[[Line], Any], ...] = (
    lambda line: line.left.casefold().split()[::-1],
    lambda line: line.match.casefold(),
    lambda line: line.right.casefold().split(),
    lambda line: (not line.speaker, line.speaker.casefold()),
    lambda line: (line.date, line.title.casefold()),
    lambda line: line.start_ms or 0,
)


class Concordance(QAbstractTableModel):
    """Lines in the order of a column; places in one episode that are equal stay in the order of time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Line] = ()
        self._lines: list[Line] = []
        self._order = (EPISODE, Qt.SortOrder.AscendingOrder)
        self._only: tuple[str, str] | None = None

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self._all, self._only = lines, None
        self._arrange()

    def lines(self) -> Sequence[Line]:
        """The lines as they are shown."""
        return self._lines

    def counts(self, by: str) -> list[tuple[str, int]]:
        """How many lines each `speaker`, `show` or `month` has, the most first, months in their order."""
        counted = Counter(_group(line, by) for line in self._all)
        return sorted(counted.items()) if by == "month" else counted.most_common()

    def show_only(self, by: str, name: str | None) -> None:
        """Show the lines of one speaker, show or month; None shows all of them again."""
        self._only = None if name is None else (by, name)
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column."""
        self._order = (column, order)
        self._arrange()

    def _arrange(self) -> None:
        column, order = self._order
        only = self._only
        lines = [line for line in self._all if only is None or _group(line, only[0]) == only[1]]
        lines.sort(key=lambda line: (line.date, line.episode, line.first_word))
        lines.sort(key=_KEYS[column], reverse=order == Qt.SortOrder.DescendingOrder)
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
        """The names of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.tr(COLUMNS[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text and how it is aligned."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            sides = {LEFT: Qt.AlignmentFlag.AlignRight, MATCH: Qt.AlignmentFlag.AlignHCenter}
            side = sides.get(index.column(), Qt.AlignmentFlag.AlignLeft)
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        line = self._lines[index.row()]
        time = "" if line.start_ms is None else clock(line.start_ms)
        return shown((line.left, line.match, line.right, line.speaker, line.title, time)[index.column()])


def _group(line: Line, by: str) -> str:
    return {"speaker": line.speaker, "show": line.show, "month": line.date[:7]}[by] or "–"
