"""How a note is drawn in its list: its colour, when and who, what was noted, and the words."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyleOptionViewItem

from index.plaintext import one_line, shown
from player.models.kept_rows import NoteRow, colour_named
from player.models.rows import VALUE, Index
from player.theme import font
from player.widgets.lists import RowDelegate

_LINE = 18  # Pixels from line to line.


class NoteDelegate(RowDelegate):
    """Two lines of the note, or of the words where nothing was written, under who says them and when."""

    height = 78

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row: NoteRow = index.data(VALUE)
        painter.save()
        box = self.ground(painter, option)
        bar = QRectF(box.left(), box.top() + 1, 3, box.height() - 4)
        painter.fillRect(bar, self.theme.color(f"{colour_named(row.colour)}_mark"))
        box = box.adjusted(12, 0, 0, 0)
        time_font = font("small", tabular=True)
        width = QFontMetricsF(time_font).horizontalAdvance(row.time())
        self.line(painter, QRectF(box.right() - width, box.top(), width + 1, 16), row.time(), "soft", time_font)
        head = QRectF(box.left(), box.top(), box.width() - width - 12, 16)
        self.line(painter, head, row.episode_title or row.speaker, "soft", font("small", weight=QFont.Weight.Medium))
        body = box.adjusted(0, 19, 0, 0)
        if row.text.strip():
            self._wrapped(painter, body, row.text, "ink", 2)
        else:
            self._wrapped(painter, body, row.quote, "soft", 2)
        painter.restore()

    def _wrapped(self, painter: QPainter, box: QRectF, text: str, color: str, lines: int) -> None:
        """Paint a few lines of text, the last one cut with an ellipsis."""
        which = font("body")
        text, at = shown(one_line(text, 300)), 0
        layout = QTextLayout(text, which)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        for number in range(lines):
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(box.width())
            if number == lines - 1:
                at = line.textStart()
                break
            line.setPosition(QPointF(0, number * _LINE))
            first = text[: line.textLength()]
            self.line(painter, box, first.rstrip(), color, which)
        layout.endLayout()
        if at:
            self.line(painter, box.adjusted(0, _LINE, 0, 0), text[at:], color, which)
