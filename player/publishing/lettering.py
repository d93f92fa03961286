"""Words set in large letters, so that each can be marked as it is spoken, in any script and direction."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from index.plaintext import one_line, shown
from index.transcript import Transcript, WordRange
from player import theme
from player.theme import Theme

_SMALLEST, _SMALLER = 32, 4  # Pixels of the letters: the largest that fit are taken.
_LEADING = 1.32
_FAINT = 0.34  # How much ink a word has that is still to come.


def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal, *, tabular: bool = False) -> QFont:
    """The app's typeface in a size."""
    made = theme.font("body", weight=weight, tabular=tabular)
    made.setPixelSize(pixels)
    return made


def elided(text: str, used: QFont, width: float) -> str:
    """The text on one line, cut with an ellipsis where it would be wider."""
    return QFontMetricsF(used).elidedText(shown(one_line(text, 400)), Qt.TextElideMode.ElideRight, width)


def layout_of(text: str, used: QFont, width: float, *, lines: int = 0) -> QTextLayout:
    """The text broken into lines of at most that width; the last of `lines` lines ends with an ellipsis if need be."""
    layout = _broken(shown(text), used, width)
    if lines and layout.lineCount() > lines:
        start = layout.lineAt(lines - 1).textStart()
        layout = _broken(shown(text)[:start] + elided(shown(text)[start:], used, width), used, width)
    return layout


def _broken(text: str, used: QFont, width: float) -> QTextLayout:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if _is_rtl(text):
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute)
    layout = QTextLayout(text, used)
    layout.setTextOption(option)
    layout.beginLayout()
    top, height = 0.0, used.pixelSize() * _LEADING
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, top))
        top += height
    layout.endLayout()
    return layout


class Lettering:
    """The words of one caption, as large as they fit."""

    def __init__(self, transcript: Transcript, words: WordRange, width: float, height: float, pixels: int) -> None:
        self._words = words
        self._places: list[tuple[int, int]] = []
        text = ""
        for word in words:
            text += "" if word == words.first or transcript.is_glued(word) else " "
            said = shown(transcript.word_text(word))
            # Qt counts in UTF-16.
            begun = _units(text)
            text += said
            self._places.append((begun, _units(text)))
        self.is_rtl = _is_rtl(text)
        for size in range(pixels, _SMALLEST - 1, -_SMALLER):
            self._pixels = size
            self._layout = _broken(text, font(size, QFont.Weight.Medium), width)
            self.height = self._layout.lineCount() * size * _LEADING
            if self.height <= height and not _splits_word(self._layout, self._places):
                break

    def draw(self, painter: QPainter, at: QPointF, colors: Theme, word: int) -> None:
        """Draw the words; `word` is marked, those after it are faint."""
        spoken = word - self._words.first
        if spoken >= 0:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.word_now))
            for box in self._boxes(*self._places[spoken]):
                pad = 0.13 * self._pixels
                painter.drawRoundedRect(box.translated(at).adjusted(-pad, 0, pad, 0), pad * 1.3, pad * 1.3)
        # A format is drawn over what the pen has written: it writes nothing, so that faint words are faint. One at a
        # time, for of three that follow each other on a line Qt leaves out the middle one.
        painter.setPen(Qt.GlobalColor.transparent)
        for each in self._formats(colors, spoken):
            self._layout.draw(painter, at, [each])

    def _formats(self, colors: Theme, spoken: int) -> Iterator[QTextLayout.FormatRange]:
        begun, after = self._places[spoken] if spoken >= 0 else (0, 0)
        for first, end, color in (
            (0, begun, colors.color("ink")),
            (begun, after, colors.color("on_word_now")),
            (after, self._places[-1][1], colors.color("ink", _FAINT)),
        ):
            if first < end:
                yield _colored(first, end, color)

    def _boxes(self, begun: int, end: int) -> Iterator[QRectF]:
        """Where a stretch of the text stands: a box in each line that it is in."""
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            first, last = max(begun, line.textStart()), min(end, line.textStart() + line.textLength())
            if first < last:
                left, right = sorted((_x(line, first), _x(line, last)))
                height = self._pixels * 1.18
                middle = line.y() + line.height() / 2
                yield QRectF(left, middle - height / 2, right - left, height)


def _splits_word(layout: QTextLayout, places: list[tuple[int, int]]) -> bool:
    """Whether a line ends inside a word."""
    breaks = {layout.lineAt(number).textStart() for number in range(1, layout.lineCount())}
    return any(begun < at < end for at in breaks for begun, end in places)


def _x(line: QTextLine, place: int) -> float:
    found: Any = line.cursorToX(place)  # A pair, whatever its type stub says.
    return float(found[0])


def _is_rtl(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left (Unicode TR 9, rule P2)."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _colored(begun: int, end: int, color: QColor) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length = begun, end - begun
    look = QTextCharFormat()
    look.setForeground(color)
    made.format = look
    return made
