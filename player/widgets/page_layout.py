"""Lays out a page where it is looked at, and nowhere else: all that is out of sight has an estimated height."""

from array import array
from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPainter,
    QPainterPath,
    QTextBlock,
    QTextCharFormat,
    QTextDocument,
    QTextFrame,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from player.widgets.block_heights import BlockHeights
from player.widgets.page_style import WORDS, BlockStyle, Kind, PageStyle

_ON_CHARACTER = QTextLine.CursorPosition.CursorOnCharacter
_WIDE = 1e9  # Pixels: all that is to the right or below.
_FEW = 4  # Blocks that were changed are laid out at once if they are so few.


Ink = tuple[int, int, QTextCharFormat]  # From a place to before another, and how that is written.


class PageLayout(QAbstractTextDocumentLayout):
    """The layout of a document of text blocks, one below another; places are in pixels from its top left corner.

    Qt's own lays out everything above what is asked for, which takes seconds at the end of a long transcript, each
    time that the width changes.
    """

    def __init__(self, document: QTextDocument, style: PageStyle) -> None:
        super().__init__(document)
        self._style = style
        self._speakers = array("i")
        self._inks: Sequence[Ink] = ()
        self._heights = BlockHeights()
        self._laid: dict[int, int] = {}  # The height of each block whose lines are made.
        self._left, self._width = 0.0, 600.0
        self._above = self._below = 0
        self._sample = ""
        self._told = QSizeF()
        self._size_timer = QTimer(self)
        self._size_timer.setSingleShot(True)
        self._size_timer.setInterval(0)
        self._size_timer.timeout.connect(self.tell_size)

    # What it is told

    def set_style(self, style: PageStyle) -> None:
        """Write all blocks in another style; other colours alone leave every line where it is."""
        same_size, self._style = style.scale == self._style.scale, style
        if same_size:
            self._laid.clear()
            self.update.emit()
        else:
            self._begin_anew()

    def set_sample(self, text: str) -> None:
        """Some of the text, from which the length of the rest is estimated."""
        self._sample = text
        self._begin_anew()

    def arrange(self, left: float, width: float, above: int, below: int) -> bool:
        """Where lines begin and how long they are, and how much is free above the first and below the last block.

        Gives whether lines are broken anew by that.
        """
        anew = width != self._width
        if (left, width, above, below) != (self._left, self._width, self._above, self._below):
            self._left, self._width, self._above, self._below = left, width, above, below
            if anew:
                self._begin_anew()
            self._size_timer.start()
            self.update.emit()
        return anew

    def _begin_anew(self) -> None:
        self._laid.clear()
        self._heights.set_estimates(*self._style.estimates(self._sample, self._width))
        self._size_timer.start()
        self.update.emit()

    @property
    def inks(self) -> Sequence[Ink]:
        """What is drawn otherwise than its block is."""
        return self._inks

    def set_inks(self, inks: Sequence[Ink]) -> None:
        """Draw some places otherwise than their block is; it is drawn when it is next painted."""
        self._inks = inks

    def put(self, first: int, end: int, kinds: Sequence[Kind], speakers: Sequence[int]) -> None:
        """Tell what stands in the document now in place of the blocks from `first` to before `end`.

        Each has its kind, and the number of the speaker whose name it is, else -1. What was in view and is only a few
        blocks, as before, is laid out at once, so that nothing moves that need not.
        """
        more = len(kinds) - (end - first)
        same = range(first, end) if not more and end - first <= _FEW else ()
        measured = list(filter(self._heights.is_measured, same))
        self._laid = {
            number if number < first else number + more: high
            for number, high in self._laid.items()
            if not first <= number < end
        }
        self._speakers[first:end] = array("i", speakers)
        lengths, block = array("i"), self.document().findBlockByNumber(first)
        for kind in kinds:
            lengths.append(block.length() if kind in WORDS else 0)
            block = block.next()
        self._heights.replace(first, end, kinds, lengths)
        for number in measured:
            self._heights.measure(number, self._lay_out(self.document().findBlockByNumber(number)))
        self._size_timer.start()
        self.update[QRectF].emit(QRectF(0, self._top(first), _WIDE, _WIDE))  # type: ignore[index]

    def documentChanged(self, from_: int, charsRemoved: int, charsAdded: int) -> None:
        """Qt tells of a change; nothing follows from it.

        Who writes says precisely what by `put`; to Qt lines that were made are a change as well, since they are given
        formats, and so is another width of the window.
        """

    # Laying out

    def lay_out(self, top: float, bottom: float) -> int:
        """Lay out all that stands between two heights; gives by how many pixels that moved what was laid out before."""
        first = self._heights.at(top - self._above)
        anchor, numbers = first, []
        y = self._heights.top(first) + self._above
        number = first
        while number < len(self._heights) and y < bottom:
            numbers.append(number)
            y += self._heights.height(number)
            number += 1
        if all(map(self._heights.is_measured, numbers)):
            return 0
        anchor = next(filter(self._heights.is_measured, numbers), first)
        before = self._top(anchor)
        y = self._heights.top(first) + self._above
        number, block = first, self.document().findBlockByNumber(first)
        while block.isValid() and y < bottom:
            self._heights.measure(number, self._lay_out(block))
            y += self._heights.height(number)
            number, block = number + 1, block.next()
        self._size_timer.start()
        return self._top(anchor) - before

    def _top(self, number: int) -> int:
        return round(self._heights.top(number)) + self._above

    def _lay_out(self, block: QTextBlock) -> int:
        """Make the lines of a block; gives its height, with what is free above it."""
        number = block.blockNumber()
        if number in self._laid:
            return self._laid[number]
        style = self.style_of(number)
        lines, length = block.layout(), block.length() - 1
        whole = QTextLayout.FormatRange()
        whole.start, whole.length, whole.format = 0, length, style.characters
        lines.setFormats([whole])
        option = self.document().defaultTextOption()
        rightwards = block.textDirection() != Qt.LayoutDirection.RightToLeft
        option.setTextDirection(block.textDirection())
        option.setAlignment(Qt.AlignmentFlag.AlignLeft if rightwards else Qt.AlignmentFlag.AlignRight)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        lines.setTextOption(option)
        lines.beginLayout()
        y = 0.0
        while (line := lines.createLine()).isValid():
            line.setLineWidth(self._width)
            line.setPosition(QPointF(0, y))
            y += ceil(line.ascent() + line.descent() + line.leading()) * style.line_height
        lines.endLayout()
        self._laid[number] = style.above + ceil(y)
        return self._laid[number]

    def style_of(self, number: int) -> BlockStyle:
        """How a block is written."""
        return self._style.of(self._heights.kind(number), self._speakers[number])

    def tell_size(self) -> None:
        """Tell, if it has changed, how large the page is now."""
        self._size_timer.stop()
        size = self.documentSize()
        if size != self._told:
            self._told = size
            self.documentSizeChanged.emit(size)

    # What Qt asks

    def documentSize(self) -> QSizeF:
        """The size of the page, as far as it is known."""
        return QSizeF(self._left + self._width, self._above + round(self._heights.total) + self._below)

    def pageCount(self) -> int:
        """One: nothing is broken into pages."""
        return 1

    def frameBoundingRect(self, frame: QTextFrame) -> QRectF:
        """The whole page: there is one frame."""
        return QRectF(QPointF(0, 0), self.documentSize())

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """Where the lines of a block are; they are made if they were not."""
        if not block.isValid() or block.blockNumber() >= len(self._heights):
            return QRectF()
        number = block.blockNumber()
        high, above = self._lay_out(block), self.style_of(number).above
        return QRectF(self._left, self._top(number) + above, self._width, high - above)

    def hitTest(self, point: QPointF | QPoint | QPainterPath.Element, accuracy: Qt.HitTestAccuracy) -> int:
        """The place in the text at a point, or with fuzzy accuracy the one nearest to it; -1 where there is none."""
        x, y = _coordinates(point)
        block = self.block_at(y)
        found, best = block.position(), float("inf")
        for near in (block, block.next()):  # The gap above a block is its own.
            if not near.isValid():
                break
            box, lines = self.blockBoundingRect(near), near.layout()
            for line in map(lines.lineAt, range(lines.lineCount())):
                text = line.naturalTextRect().translated(box.topLeft())
                away = max(text.top() - y, y - text.bottom(), 0.0)
                if away < best:
                    best = away
                    if accuracy == Qt.HitTestAccuracy.FuzzyHit:
                        found = near.position() + line.xToCursor(x - box.left())
                    elif text.contains(x, y):
                        found = near.position() + line.xToCursor(x - box.left(), _ON_CHARACTER)
                    else:
                        found = -1
        return found

    def block_at(self, y: float) -> QTextBlock:
        """The block that a height belongs to."""
        return self.document().findBlockByNumber(self._heights.at(y - self._above))

    def last_above(self, y: float) -> int:
        """The place of the last character of the lines that begin above a height."""
        block = self.block_at(y)
        while block.isValid():
            top, lines = self.blockBoundingRect(block).top(), block.layout()
            for line in map(lines.lineAt, reversed(range(lines.lineCount()))):
                if top + line.y() < y:
                    return block.position() + max(0, line.textStart() + line.textLength() - 1)
            block = block.previous()
        return 0

    def draw(self, painter: QPainter, context: QAbstractTextDocumentLayout.PaintContext) -> None:
        """Draw what is in the clip."""
        clip = context.clip
        self.lay_out(clip.top(), clip.bottom())
        block = self.block_at(clip.top())
        while block.isValid():
            box = self.blockBoundingRect(block)
            if box.top() > clip.bottom():
                break
            begin, length = block.position(), block.length() - 1
            formats = [
                _format_range(max(0, first - begin), min(length, end - begin), how)
                for first, end, how in self._inks
                if first < begin + length and end > begin
            ]
            block.layout().draw(painter, box.topLeft(), formats, clip)
            block = block.next()


def _format_range(first: int, end: int, how: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = first, end - first, how
    return made


def _coordinates(point: QPointF | QPoint | QPainterPath.Element) -> tuple[float, float]:
    """PySide takes whatever Qt can make a point of."""
    if isinstance(point, QPainterPath.Element):
        return point.x, point.y
    return point.x(), point.y()
