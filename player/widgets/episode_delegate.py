"""Draws the rows of the library: headings, and episodes with how far they were heard."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from player.models.library_rows import EpisodeRow, LibraryRow, SectionRow
from player.models.rows import VALUE, Index
from player.theme import Theme, font
from player.widgets.cover import draw_cover
from player.widgets.lists import RowDelegate, row_rect

_HEADING = 34
_COVER = 36  # Pixels a side: as high as the two lines beside it.


class EpisodeDelegate(RowDelegate):
    """An episode: title, show or date, with a thin bar for what was heard of it; headings stand between."""

    height = 66

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.covers = False  # Whether any episode of the list has one: else there is no room kept for them.
        self.small_cover: Callable[[str, int], QImage | None] = lambda cover, side: None

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
        text = box.adjusted(_COVER + 10, 0, 0, 0) if self.covers else box
        if self.covers:
            self._cover(painter, QRectF(box.left(), box.top() + 1, _COVER, _COVER), row)
        self.line(painter, text, row.title, "ink", font("body", weight=QFont.Weight.Medium))
        self.facts(painter, text.adjusted(0, 20, 0, 0), row.where(), row.facts())
        bar = QRectF(box.left(), box.bottom() - 3, box.width(), 2)
        painter.fillRect(bar, self.theme.color("line"))
        if row.share_heard:
            bar.setWidth(box.width() * row.share_heard)
            painter.fillRect(bar, self.theme.color("accent"))
        painter.restore()

    def _cover(self, painter: QPainter, box: QRectF, row: EpisodeRow) -> None:
        """Paint the cover; where there is none, or none yet, a quiet ground of its size with the title's initial."""
        side = round(_COVER * painter.device().devicePixelRatioF())
        picture = self.small_cover(row.cover, side) if row.cover else None
        if picture is not None:
            draw_cover(painter, box, picture, radius=4)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("line"))
        painter.drawRoundedRect(box, 4, 4)
        if not row.cover:
            painter.setPen(self.theme.color("soft"))
            painter.setFont(font("body", weight=QFont.Weight.Medium))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, row.initial())
