"""Draws the words around a match on two lines, the match marked."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QTextCharFormat, QTextLayout, QTextOption

from index.plaintext import shown
from player.models.values import Snippet
from player.theme import Theme, font

LINE_HEIGHT = 20
_BEFORE = 38  # Of the characters before, only the last few: the match should stand in the first line.


def draw_snippet(painter: QPainter, theme: Theme, box: QRectF, snippet: Snippet, *, named: bool = False) -> None:
    """Draw the words into a box two lines high; `named` leads them with the speaker, in the speaker's colour."""
    before = shown(snippet.before)
    if len(before) > _BEFORE:
        before = before[-_BEFORE:].split(" ", 1)[-1]
    name, match = shown(snippet.speaker) if named else "", shown(snippet.match)
    parts = [part for part in (name, before, match, shown(snippet.after)) if part]
    layout = QTextLayout(" ".join(parts), font("body"))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    start = sum(len(part) + 1 for part in (name, before) if part)
    formats = [_format(start, len(match), _marked(theme))]
    if name:
        formats.append(_format(0, len(name), _named(theme, snippet.speaker_number)))
    layout.setFormats(formats)
    layout.beginLayout()
    for number in range(2):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(box.width())
        line.setPosition(QPointF(0, number * LINE_HEIGHT))
    layout.endLayout()
    painter.setPen(theme.color("soft"))
    layout.draw(painter, box.topLeft())


def _format(start: int, length: int, style: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, style
    return made


def _marked(theme: Theme) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setBackground(theme.color("hit"))
    style.setForeground(theme.color("ink"))
    return style


def _named(theme: Theme, speaker: int) -> QTextCharFormat:
    style = QTextCharFormat()
    style.setForeground(theme.speaker(speaker))
    style.setFontWeight(600)
    return style
