"""Draws the rows of the library: headings, and episodes with how far they were heard."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from player.models.library_rows import LibraryRow, SectionRow
from player.models.rows import VALUE, Index
from player.theme import font
from player.widgets.lists import RowDelegate, row_rect

_HEADING = 34


class EpisodeDelegate(RowDelegate):
    """An episode: title, show or date, with a thin bar for what was heard of it; headings stand between."""

    height = 66

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Headings are lower than episodes."""
        heading = isinstance(index.data(VALUE), SectionRow)
        return QSize(120, _HEADING if heading else self.height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row: LibraryRow = index.data(VALUE)
        painter.save()
        if isinstance(row, SectionRow):
            box = QRectF(row_rect(option)).adjusted(18, 13, -18, -4)
            self.line(painter, box, row.title, "soft", font("small", weight=QFont.Weight.Medium))
            painter.restore()
            return
        box = self.ground(painter, option, lifted=row.current)
        self.line(painter, box, row.title, "ink", font("body", weight=QFont.Weight.Medium))
        self.facts(painter, box.adjusted(0, 20, 0, 0), row.where(), row.facts())
        bar = QRectF(box.left(), box.bottom() - 3, box.width(), 2)
        painter.fillRect(bar, self.theme.color("line"))
        if row.share_heard:
            bar.setWidth(box.width() * row.share_heard)
            painter.fillRect(bar, self.theme.color("accent"))
        painter.restore()
