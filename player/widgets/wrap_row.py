"""A row of widgets that goes on in further lines where there is little room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class WrapRow(QLayout):
    """Puts its items side by side, as many as go into a line; what is left of a line goes to those that can grow."""

    def __init__(self, *, gap: int = 8, line_gap: int = 2) -> None:
        """`gap` pixels stand between two items of a line, `line_gap` between two lines."""
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Take one more item."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """An item; None beyond the last one."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It is as wide as there is room."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """Fewer pixels across take more of them down."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high all lines are together."""
        lines = self._lines(width)
        return sum(map(_height, lines)) + self._line_gap * (len(lines) - 1)

    def minimumSize(self) -> QSize:
        """As wide as the widest item must be."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def sizeHint(self) -> QSize:
        """All items in one line."""
        items = self._shown()
        wide = sum(item.sizeHint().width() for item in items) + self._gap * (len(items) - 1)
        return QSize(wide, _height(items))

    def setGeometry(self, rect: QRect) -> None:
        """Put every item in its place."""
        super().setGeometry(rect)
        y = rect.top()
        for line in self._lines(rect.width()):
            widths = self._widths(line, rect.width())
            x, high = rect.left(), _height(line)
            for item, width in zip(line, widths, strict=True):
                tall = min(high, item.sizeHint().height())
                item.setGeometry(QRect(QPoint(x, y + (high - tall) // 2), QSize(width, tall)))
                x += width + self._gap
            y += high + self._line_gap

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        room = 0
        for item in self._shown():
            wanted = _width(item)
            if not lines or room < wanted + self._gap:
                lines.append([])
                room = width + self._gap
            lines[-1].append(item)
            room -= wanted + self._gap
        return lines

    def _widths(self, line: list[QLayoutItem], width: int) -> list[int]:
        widths = [min(width, _width(item)) for item in line]
        growing = [at for at, item in enumerate(line) if _grows(item)]
        left = width - sum(widths) - self._gap * (len(line) - 1)
        for at in growing:
            widths[at] += max(0, left) // len(growing)
        return widths


def _grows(item: QLayoutItem) -> bool:
    return bool(item.expandingDirections() & Qt.Orientation.Horizontal)


def _width(item: QLayoutItem) -> int:
    """How wide an item is at least: one that can grow begins small."""
    return item.minimumSize().width() if _grows(item) else item.sizeHint().width()


def _height(line: list[QLayoutItem]) -> int:
    return max((item.sizeHint().height() for item in line), default=0)
