"""A page of words that scrolls: its margins, and where on the screen each word is."""

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter, QResizeEvent, QTextCursor, QTextLine
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from index.timecode import clock
from index.transcript import WordRange
from player.theme import Theme, font
from player.widgets.cover import draw_cover
from player.widgets.page import Page

_GUTTER = 92  # Pixels left of the words, for the times; more where large ones need it.
COVER = 50  # Pixels a side: as high as the heading, and as wide as the margin has room for.
_BESIDE_TIMES = 20  # Pixels between a time and the words.
_ABOVE = 20  # Pixels above the first line.
_COLUMN = 632  # Pixels of a line at a text scale of 1: 60 to 75 characters.
_WRITE_S = 0.008  # So long a long page is written at a time.
_LOOKS = 8  # So often what has come into view is laid out anew because what was laid out brought more of it.


@dataclass(frozen=True, slots=True)
class Place:
    """Where a view stands: the word at its top (0 near the top of the page), its height there, the pixels scrolled."""

    word: int
    top: float
    scrolled: int


class PageView(QTextEdit):
    """Shows a `Page`, read-only, with the time of each paragraph in the margin."""

    lines_moved = Signal()  # Lines are broken anew, or more words are written: what was in sight may be elsewhere.

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setAcceptDrops(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A bar that came and went with the length of the text would resize the view in the middle of its painting.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._theme = theme
        self._scale = 1.0
        self._page: Page | None = None
        self._left = _GUTTER
        self._cover: QImage | None = None
        self._wanted: Place | None = None  # Where to stand once the words there are written.
        self._writing = QTimer(self)
        self._writing.setInterval(0)
        self._writing.timeout.connect(self._write_more)
        self.verticalScrollBar().valueChanged.connect(self._settle)

    @property
    def page(self) -> Page | None:
        """The page in view; None where there is no transcript."""
        return self._page

    def set_page(self, page: Page) -> None:
        """Show a page from its top; what it lacks is written while it is shown."""
        self._page, self._wanted = page, None
        self.setDocument(page.document)
        self._set_margins()
        self._settle()
        self._writing.start() if not page.is_written else self._writing.stop()

    def _write_more(self) -> None:
        if self._page is None:
            return
        self._page.write(_WRITE_S)
        if self._page.is_written:
            self._writing.stop()
        if self._wanted is not None and self._wanted.word < self._page.written:
            place, self._wanted = self._wanted, None
            self.return_to(place)
        self.lines_moved.emit()

    def set_cover(self, cover: QImage | None) -> None:
        """Show a square picture beside the heading, or none."""
        self._cover = cover
        self.viewport().update()

    def _set_margins(self) -> None:
        gutter = self._gutter()
        column = min(round(_COLUMN * self._scale), self.viewport().width() - gutter - 24)
        free = self.viewport().width() - column
        self._left = max(gutter, min(free // 2, free - 24))
        below = self.viewport().height() // 2
        if self._page is not None and self._page.layout.arrange(self._left, column, _ABOVE, below):
            self.lines_moved.emit()

    def _settle(self) -> None:
        """Lay out what has come into view; where that moves what was there before, scroll along."""
        bar = self.verticalScrollBar()
        for _ in range(_LOOKS):
            if self._page is None:
                return
            moved = self._page.layout.lay_out(bar.value(), bar.value() + self.viewport().height())
            self._page.layout.tell_size()
            if not moved:
                return
            bar.setValue(bar.value() + moved)

    def _gutter(self) -> int:
        if self._page is None or not self._page.transcript.timed:
            return _GUTTER
        last_ms = self._page.transcript.end_ms
        longest = QFontMetricsF(self._time_font()).horizontalAdvance(clock(last_ms, like_ms=last_ms))
        return max(_GUTTER, round(longest) + _BESIDE_TIMES + 12)

    def _time_font(self) -> QFont:
        return font("body", scale=self._scale, tabular=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines at a comfortable length and the same words in view."""
        place = self.place()
        super().resizeEvent(event)
        self._set_margins()
        if event.oldSize().width() != event.size().width():
            self.return_to(place)
        self._settle()

    def sizeHint(self) -> QSize:
        """As wide as a comfortable line."""
        return QSize(_COLUMN + _GUTTER, 480)

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Nothing that a text names is ever loaded."""
        return None

    # Where words are

    def rects_of(self, words: WordRange) -> list[QRectF]:
        """The boxes of the words in viewport pixels, one a line; none for words that the page does not have.

        Of a range that begins above the view there are those of its first paragraph and of what is in view.
        """
        if self._page is None or not words or words.end > self._page.written:
            return []
        begin, end = self._page.position_of(words.first), self._page.end_of(words.end - 1)
        layout, scrolled = self._page.layout, self.verticalScrollBar().value()
        height = self.viewport().height()
        in_view = layout.block_at(scrolled)
        rects: list[QRectF] = []
        block = self.document().findBlock(begin)
        while block.isValid() and block.position() <= end:
            box = layout.blockBoundingRect(block)
            if box.top() - scrolled > height and rects:
                break
            if self._page.paragraph_in_block(block.blockNumber()) is not None:
                lines = block.layout()
                for number in range(lines.lineCount()):
                    line = lines.lineAt(number)
                    first = max(begin - block.position(), line.textStart())
                    last = min(end - block.position(), line.textStart() + line.textLength())
                    if first >= last:
                        continue
                    left, right = sorted((_x(line, first), _x(line, last)))
                    top = box.top() + line.y() - scrolled
                    rects.append(QRectF(box.left() + left, top, right - left, line.height()))
            block = block.next()
            if block.isValid() and block.position() < in_view.position():
                block = in_view
        return rects

    def word_under(self, point: QPointF) -> int | None:
        """The word whose box, or the gap after it, holds a point of the viewport; None beside the text."""
        if self._page is None:
            return None
        position = self.cursorForPosition(point.toPoint()).position()
        word = self._page.word_at(position)
        if word is None:
            return None
        for near in (word, word - 1, word + 1):
            if 0 <= near < self._page.written and any(
                rect.adjusted(-3, -6, 5, 6).contains(point) for rect in self.rects_of(WordRange(near, near + 1))
            ):
                return near
        return None

    def first_visible_word(self) -> int | None:
        """The first word in view."""
        if self._page is None:
            return None
        return self._page.word_at(self.cursorForPosition(QPoint(self._left + 1, 4)).position())

    def visible_words(self) -> WordRange:
        """The words in view, whole lines."""
        if self._page is None or not len(self._page.transcript):
            return WordRange(0, 0)
        bottom = self.verticalScrollBar().value() + self.viewport().height()
        last = self._page.word_at(self._page.layout.last_above(bottom))
        return WordRange(self.first_visible_word() or 0, 0 if last is None else last + 1)

    def line_top(self, word: int) -> float | None:
        """How far below the top of the view, in pixels, the line of the word begins."""
        rects = self.rects_of(WordRange(word, word + 1))
        return rects[0].top() if rects else None

    def scroll_to(self, word: int, part: float) -> None:
        """Scroll so that the word's line stands at a part of the height (0 top, 1 bottom)."""
        self._stand(word, part * self.viewport().height())

    def _stand(self, word: int, top: float) -> None:
        """Scroll so that the word's line stands so many pixels below the top, as soon as the word is written."""
        if self._page is not None and self._page.written <= word:
            self._wanted = Place(word, top, 0)
        else:
            self._wanted = None
            self.verticalScrollBar().setValue(self.scrolled_to(word, top))

    def scrolled_to(self, word: int, top: float) -> int:
        """How far the page is scrolled, in pixels, when the word's line stands so many pixels below the top."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if self._page is None or self._page.written <= word:
            return bar.value()
        layout = self._page.layout
        seen = layout.block_at(bar.value())
        before = layout.blockBoundingRect(seen).top()
        for _ in range(_LOOKS):  # Laying out what stands above it there can move it.
            line = bar.value() + (self.line_top(word) or 0.0)
            layout.lay_out(line - top, line - top + height)
            if line == bar.value() + (self.line_top(word) or 0.0):
                break
        layout.tell_size()
        bar.setValue(round(bar.value() + layout.blockBoundingRect(seen).top() - before))  # What is in view stays there.
        return round(bar.value() + (self.line_top(word) or 0.0) - top)

    def place(self) -> Place:
        """What is in view, to `return_to` when the lines have been laid out anew."""
        word = self.first_visible_word() or 0
        return Place(word, self.line_top(word) or 0.0 if word else 0.0, self.verticalScrollBar().value())

    def return_to(self, place: Place) -> None:
        """Have the same words in view as before, at the same height."""
        if place.word:
            self._stand(place.word, place.top)
        else:
            self.verticalScrollBar().setValue(place.scrolled)

    def cursor_over(self, words: WordRange) -> QTextCursor:
        """A text cursor that selects the words."""
        assert self._page is not None
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._page.position_of(words.first))
        cursor.setPosition(self._page.end_of(words.end - 1), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # The margin

    def margin_word(self, point: QPointF) -> int | None:
        """The first word of the paragraph whose time in the margin stands at the point."""
        if self._page is None or not self._page.transcript.timed or point.x() > self._left - 12:
            return None
        cursor = self.cursorForPosition(QPoint(self._left + 1, round(point.y())))
        block = cursor.block()
        number = self._page.paragraph_in_block(block.blockNumber())
        if number is None:
            number = self._page.paragraph_in_block(block.blockNumber() + 1)
        elif cursor.block().layout().lineForTextPosition(cursor.positionInBlock()).lineNumber() > 0:
            return None
        return None if number is None else self._page.paragraphs[number].words.first

    def note_mark(self, top: float, bottom: float) -> QRectF:
        """Where in the margin a mark stands beside the lines between two heights."""
        return QRectF(self._left - 13, top, 3, bottom - top)

    def paint_margin(self, painter: QPainter) -> None:
        """Paint the time of each paragraph in view, right-aligned beside its first line, and the cover above them."""
        if self._cover is not None:
            above = _ABOVE + 1 - self.verticalScrollBar().value()
            draw_cover(painter, QRectF(self._left - _BESIDE_TIMES - COVER, above, COVER, COVER), self._cover)
        if self._page is None or not self._page.transcript.timed:
            return
        painter.setFont(self._time_font())
        painter.setPen(self._theme.color("quiet"))
        ascent = QFontMetricsF(painter.font()).ascent()
        layout, scrolled = self._page.layout, self.verticalScrollBar().value()
        block = layout.block_at(scrolled)
        if block.previous().isValid():
            block = block.previous()
        while block.isValid():
            box = layout.blockBoundingRect(block)
            if box.top() - scrolled > self.viewport().height():
                break
            number = self._page.paragraph_in_block(block.blockNumber())
            if number is not None:
                paragraph = self._page.paragraphs[number]
                named = self._page.paragraph_in_block(block.blockNumber() - 1) is None and paragraph.begins_turn
                beside = block.previous() if named and self._page.transcript.turn(paragraph.turn).speaker else block
                top = layout.blockBoundingRect(beside).top() - scrolled
                line = beside.layout().lineAt(0)
                top += line.y()
                text = clock(self._page.transcript.starts[paragraph.words.first], like_ms=self._page.transcript.end_ms)
                width = QFontMetricsF(painter.font()).horizontalAdvance(text)
                painter.drawText(QPointF(self._left - _BESIDE_TIMES - width, top + max(ascent, line.ascent())), text)
            block = block.next()


def _x(line: QTextLine, position: int) -> float:
    """Where a place of the text is in its line; PySide gives the place back beside it."""
    found = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
