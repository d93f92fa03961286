"""A card that shows what a file will hold before it is written: cover, title, sound, and what is said."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from index.plaintext import one_line, shown
from player.models.export_values import ExportCard
from player.theme import Theme, font

_INSET, _COVER, _WAVE = 20, 52, 64  # Pixels.
_STEP, _BAR = 5, 3  # From bar to bar, and of a bar.
_LINE = 24  # How high a row is.
_FEW, _FEW_LINES = 8, 6  # Few rows have room for so many lines each.


class ExportCardView(QWidget):
    """Draws one card in the colours of a theme."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Preview"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = theme
        self._card = ExportCard("", "")
        self._cover = QImage()

    def sizeHint(self) -> QSize:
        """Room for a dozen rows."""
        return QSize(320, 420)

    @property
    def card(self) -> ExportCard:
        """What is shown."""
        return self._card

    def show_card(self, card: ExportCard) -> None:
        """Show another card."""
        if card.cover != self._card.cover:
            self._cover = QImage.fromData(card.cover) if card.cover else QImage()
        self._card = card
        self.setAccessibleDescription(shown(card.text))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, then from top to bottom what there is."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QPen(self._theme.color("line"), 1))
        painter.setBrush(self._theme.color("card"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10)
        top = self._paint_heading(painter, float(_INSET))
        if self._card.levels:
            top = self._paint_wave(painter, top)
        self._paint_rows(painter, top)

    def _paint_heading(self, painter: QPainter, top: float) -> float:
        left = float(_INSET)
        if not self._cover.isNull():
            self._paint_cover(painter, QRectF(left, top, _COVER, _COVER))
            left += _COVER + 14
        title, about = font("body", weight=QFont.Weight.DemiBold), font("small")
        heights = [QFontMetricsF(which).height() for which in (title, about)]
        line = top + max(0.0, (_COVER - sum(heights) - 3) / 2) if not self._cover.isNull() else top
        self._paint_text(painter, title, "ink", self._card.title, QPointF(left, line))
        line += heights[0] + 3
        self._paint_text(painter, about, "soft", self._card.about, QPointF(left, line))
        line += heights[1]
        return max(line, top + (_COVER if not self._cover.isNull() else 0)) + 16

    def _paint_cover(self, painter: QPainter, box: QRectF) -> None:
        side = min(self._cover.width(), self._cover.height())
        middle = QRectF((self._cover.width() - side) / 2, (self._cover.height() - side) / 2, side, side)
        path = QPainterPath()
        path.addRoundedRect(box, 7, 7)
        painter.save()
        painter.setClipPath(path)
        painter.drawImage(box, self._cover, middle)
        painter.restore()

    def _paint_wave(self, painter: QPainter, top: float) -> float:
        width = self.width() - 2 * _INSET
        columns, levels = max(1, width // _STEP), self._card.levels
        loud = max(0.05, *levels)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        for column in range(columns):
            part = levels[column * len(levels) // columns : max(1, (column + 1) * len(levels) // columns)]
            height = max(2.0, max(part, default=0.0) / loud * _WAVE)
            bar = QRectF(_INSET + column * _STEP, top + (_WAVE - height) / 2, _BAR, height)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        return top + _WAVE + 18

    def _paint_rows(self, painter: QPainter, top: float) -> None:
        times, said = font("small", tabular=True), font("small")
        metrics = QFontMetricsF(times)
        left = _INSET + max((metrics.horizontalAdvance(time) + 12 for time, _ in self._card.rows if time), default=0.0)
        lines = _FEW_LINES if len(self._card.rows) <= _FEW else 1
        for number, (time, text) in enumerate(self._card.rows):
            room = QRectF(left, top, self.width() - _INSET - left, self.height() - _INSET - top)
            if room.height() < _LINE:
                return
            if room.height() < 2 * _LINE and number + 1 < len(self._card.rows):
                more = self.tr("and {} more").format(len(self._card.rows) - number)
                self._paint_text(painter, said, "soft", more, QPointF(left, top))
                return
            self._paint_text(painter, times, "quiet", time, QPointF(_INSET, top))
            if time and lines > 1:
                top += self._paint_lines(painter, said, text, room, lines) + _LINE - metrics.height()
            else:
                elide = Qt.TextElideMode.ElideRight if time else Qt.TextElideMode.ElideMiddle  # A name has an ending.
                self._paint_text(painter, said, "soft", text, room.topLeft(), elide)
                top += _LINE

    def _paint_lines(self, painter: QPainter, which: QFont, text: str, room: QRectF, lines: int) -> float:
        """Paint text in a few lines; how high they are."""
        metrics, wrap = QFontMetricsF(which), Qt.TextFlag.TextWordWrap
        lines = max(1, min(lines, int(room.height() / metrics.lineSpacing())))
        # Lines end where words do: what fits into so many of them is a little less than their width.
        text = metrics.elidedText(
            shown(one_line(text, 1000)), Qt.TextElideMode.ElideRight, room.width() * (lines - 0.4)
        )
        painter.setFont(which)
        painter.setPen(self._theme.color("soft"))
        painter.drawText(room, wrap, text)
        return metrics.boundingRect(room, wrap, text).height()

    def _paint_text(
        self,
        painter: QPainter,
        which: QFont,
        tone: str,
        text: str,
        at: QPointF,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        metrics = QFontMetricsF(which)
        painter.setFont(which)
        painter.setPen(self._theme.color(tone))
        room = self.width() - _INSET - at.x()
        fitting = metrics.elidedText(shown(one_line(text, 300)), elide, room)
        painter.drawText(QPointF(at.x(), at.y() + metrics.ascent()), fitting)
