"""The marks under the words of a page: what was found and kept, the word being spoken, how times are known."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from index.transcript import WordRange
from player.theme import Theme
from player.widgets.page_view import PageView
from player.widgets.timing_marks import paint_timings


@dataclass(slots=True)
class Marks:
    """Which words are marked, and how; `paint` draws those in view."""

    now: int | None = None  # The word being spoken.
    hits: Sequence[WordRange] = ()
    hit: int | None = None  # The one gone to.
    clips: Sequence[WordRange] = ()
    notes: Sequence[tuple[WordRange, str]] = ()  # Words that were noted or highlighted, and the theme's tint for them.
    pending: int | None = None  # The word at which a range was begun with a key.
    timings: bool = False  # Whether words are told apart by how their times are known.

    def paint(self, painter: QPainter, view: PageView, theme: Theme, caret: int | None) -> None:
        """Paint the marks of the words in view, in viewport pixels; `caret` is the keyboard's word."""
        visible = view.visible_words()
        painter.setPen(Qt.PenStyle.NoPen)
        if self.timings:
            paint_timings(painter, view, theme, visible)
        self._paint_notes(painter, view, theme, visible)
        self._paint_clips(painter, view, theme, visible)
        self._paint_hits(painter, view, theme, visible)
        if self.pending is not None and self.pending in visible:
            for rect in view.rects_of(WordRange(self.pending, self.pending + 1))[:1]:
                painter.fillRect(QRectF(rect.left() - 4, rect.top() - 3, 2, rect.height() + 6), theme.color("accent"))
        if self.now is not None and self.now in visible:
            _ground(painter, view, theme, WordRange(self.now, self.now + 1), "word_now")
        if caret is not None and caret in visible:
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for rect in view.rects_of(WordRange(caret, caret + 1)):
                painter.drawRoundedRect(rect.adjusted(-3, -2, 3, 2), 4, 4)

    def note_at(self, view: PageView, point: QPointF) -> WordRange | None:
        """The noted words whose mark in the margin stands at a point of the viewport; the last of several."""
        if not view.note_mark(0, 1).adjusted(-4, 0, 4, 0).left() <= point.x() < view.note_mark(0, 1).right() + 4:
            return None
        visible = view.visible_words()
        for words, _ in reversed(self.notes):
            if words.first < visible.end and words.end > visible.first:
                boxes = view.rects_of(words)
                if boxes and boxes[0].top() <= point.y() <= boxes[-1].bottom():
                    return words
        return None

    def _paint_notes(self, painter: QPainter, view: PageView, theme: Theme, visible: WordRange) -> None:
        """A tint under the words, and a mark in the margin as high as they are."""
        for words, tint in self.notes:
            if words.first < visible.end and words.end > visible.first:
                _ground(painter, view, theme, words, tint)
                boxes = view.rects_of(words)
                if boxes:
                    painter.setBrush(theme.color(f"{tint}_mark"))
                    painter.drawRoundedRect(view.note_mark(boxes[0].top(), boxes[-1].bottom()), 1.5, 1.5)

    def _paint_clips(self, painter: QPainter, view: PageView, theme: Theme, visible: WordRange) -> None:
        for clip in self.clips:
            if clip.first < visible.end and clip.end > visible.first:
                for rect in view.rects_of(clip):
                    underline = QRectF(rect.left(), rect.bottom() + 1, rect.width(), 2)
                    painter.fillRect(underline, theme.color("accent", 0.55))

    def _paint_hits(self, painter: QPainter, view: PageView, theme: Theme, visible: WordRange) -> None:
        first = bisect_left(self.hits, visible.first, key=lambda hit: hit.end - 1)
        for number in range(first, len(self.hits)):
            hit = self.hits[number]
            if hit.first >= visible.end:
                break
            _ground(painter, view, theme, hit, "hit_now" if number == self.hit else "hit")


def _ground(painter: QPainter, view: PageView, theme: Theme, words: WordRange, color: str) -> None:
    painter.setBrush(theme.color(color))
    for rect in view.rects_of(words):
        painter.drawRoundedRect(rect.adjusted(-3, -1.5, 3, 1.5), 4, 4)
