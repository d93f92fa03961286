"""A small chart of counts: one bar a name, a click on one narrows what is listed to it."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from index.plaintext import shown
from player.theme import Theme, font

_ROW, _NAME = 22, 150


class Tally(QWidget):
    """Shows the first few names with their counts; Up and Down choose one as the pointer does, Esc none."""

    chosen = Signal(object)  # str, or None.

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._all: Sequence[tuple[str, int]] = ()
        self._counts: Sequence[tuple[str, int]] = ()
        self._most = 8
        self._chosen: str | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_counts(self, counts: Sequence[tuple[str, int]]) -> None:
        """Show other counts."""
        self._all, self._chosen = counts, None
        self._take()

    def show_most(self, most: int) -> None:
        """Show so many names, the others as a number."""
        if most != self._most:
            self._most = most
            self._take()

    def _take(self) -> None:
        self._counts = self._all[: self._most]
        self.setAccessibleName(", ".join(f"{name}: {count:,}" for name, count in self._counts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line for each name."""
        return QSize(320, _ROW * (len(self._counts) + (len(self._all) > len(self._counts))) + 4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((count for _, count in self._counts), default=1)
        small, strong = font("small", tabular=True), font("small", weight=QFont.Weight.DemiBold)
        for number, (name, count) in enumerate(self._counts):
            row = QRectF(0, number * _ROW, self.width(), _ROW)
            faded = self._chosen not in (None, name)
            metrics = QFontMetricsF(strong if self._chosen == name else small)
            painter.setFont(strong if self._chosen == name else small)
            painter.setPen(self.theme.color("soft" if faded else "ink"))
            text = metrics.elidedText(shown(name), Qt.TextElideMode.ElideRight, _NAME - 10)
            base = row.top() + (_ROW + metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(0, base), text)
            room = max(20.0, self.width() - _NAME - 60)
            bar = QRectF(_NAME, row.top() + 6, max(2.0, room * count / most), _ROW - 12)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("accent", 0.35 if faded else 0.85))
            painter.drawRoundedRect(bar, 2, 2)
            painter.setPen(self.theme.color("soft"))
            painter.drawText(QPointF(bar.right() + 8, base), f"{count:,}")
        if rest := len(self._all) - len(self._counts):
            painter.setFont(small)
            painter.setPen(self.theme.color("soft"))
            painter.drawText(QPointF(0, len(self._counts) * _ROW + 16), self.tr("and {} more").format(rest))
        if self.hasFocus():
            painter.setPen(self.theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(-4.5, 0.5, -0.5, -0.5), 4, 4)

    def _choose(self, name: str | None) -> None:
        self._chosen = None if name == self._chosen else name
        self.chosen.emit(self._chosen)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar under the pointer, or none again."""
        number = int(event.position().y() // _ROW)
        if number < len(self._counts):
            self._choose(self._counts[number][0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose another bar."""
        names = [name for name, _ in self._counts]
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and names:
            at = names.index(self._chosen) if self._chosen in names else (-1 if event.key() == Qt.Key.Key_Down else 0)
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._choose(names[(at + step) % len(names)])
        elif event.key() == Qt.Key.Key_Escape and self._chosen is not None:
            self._choose(self._chosen)
        else:
            super().keyPressEvent(event)
