"""Lines under words that tell how their times are known, each of a form of its own, so that no colour is needed."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from index.doubt import seen_timings
from index.transcript import Timing, WordRange
from player.theme import Theme
from player.widgets.page_view import PageView

_DASHES: dict[Timing, list[float]] = {  # In widths of the line: on, off.
    Timing.ALIGNED: [],
    Timing.APPROXIMATE: [7.0, 4.0],
    Timing.ESTIMATED: [2.0, 3.0],
}
_WIDTH = 1.0  # Pixels; whole ones, so that every line is as strong as the next.


def paint_timings(painter: QPainter, view: PageView, theme: Theme, visible: WordRange) -> None:
    """Paint the lines of the words in view."""
    page = view.page
    if page is None or not page.transcript.timed:
        return
    for words, timing in _runs(seen_timings(page.transcript), visible):
        if timing is not Timing.EXACT:
            for rect in view.rects_of(words):
                paint_timing(painter, theme, rect, timing)


def paint_timing(painter: QPainter, theme: Theme, rect: QRectF, timing: Timing) -> None:
    """Paint the line of one run of words, which fill the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if timing is Timing.UNHEARD:
        painter.fillRect(rect.adjusted(-1, 1, 1, 0), theme.color("line"))
        y = float(round(rect.center().y() + 2))
        color = theme.color("quiet")
    else:
        y = float(round(rect.bottom()))
        color = theme.color("accent") if timing in (Timing.ALIGNED, Timing.APPROXIMATE) else theme.color("soft")
    pen = QPen(color, _WIDTH)
    if dashes := _DASHES.get(timing):
        pen.setDashPattern(dashes)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.drawLine(QPointF(rect.left(), y), QPointF(rect.right(), y))
    painter.restore()


def _runs(timings: bytes, words: WordRange) -> Iterator[tuple[WordRange, Timing]]:
    """Neighbours whose times are known in the same way, together."""
    first = words.first
    for word in words:
        if word + 1 == words.end or timings[word + 1] != timings[word]:
            yield WordRange(first, word + 1), Timing(timings[word])
            first = word + 1
