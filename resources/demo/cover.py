"""Draws the demo episode's cover: a page of words with its corner turned down, one of them marked."""

import os

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPainterPath

__all__ = ["draw"]

_SIDE = 600
_TEAL, _PAPER, _FOLD, _INK, _MARK = "#0a6a66", "#fbfaf7", "#dfe9e5", "#c3d3cf", "#ffd34d"
_PAGE = QRectF(126, 76, 348, 444)
_CORNER = 84.0

# The words of the page, by their widths; the third line is the one being heard.
_WORDS = ((70, 34, 66), (46, 88, 28, 56), (), (58, 26, 64, 70), (92, 40, 66), (30, 72, 52))
_HEARD = 2
_WAVE = (10, 22, 36, 20, 12, 0, 16, 40, 58, 46, 62, 38, 20, 0, 12, 26, 18, 32, 14)
_MARKED = range(6, 13)  # the bars of the wave that make the marked word


def draw() -> bytes:
    """The cover as a PNG of 600 by 600 pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication([])
    image = QImage(_SIDE, _SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor(_TEAL))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    _draw_rings(painter)
    _draw_page(painter)
    _draw_words(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub says bytes, the library wants text
    del app
    return bytes(data.data())


def _draw_rings(painter: QPainter) -> None:
    """Rings of sound on the cloth behind the page, going out from the marked word."""
    centre = QPointF(_PAGE.left() + 170, _line_y(_HEARD))
    painter.setBrush(QColor(255, 255, 255, 6))
    for radius in range(470, 180, -56):
        painter.drawEllipse(centre, radius, radius)


def _draw_page(painter: QPainter) -> None:
    left, top, right, bottom = _PAGE.left(), _PAGE.top(), _PAGE.right(), _PAGE.bottom()
    radius = 16.0
    page = QPainterPath(QPointF(left + radius, top))
    page.lineTo(right - _CORNER, top)
    page.lineTo(right, top + _CORNER)
    page.lineTo(right, bottom - radius)
    page.quadTo(right, bottom, right - radius, bottom)
    page.lineTo(left + radius, bottom)
    page.quadTo(left, bottom, left, bottom - radius)
    page.lineTo(left, top + radius)
    page.quadTo(left, top, left + radius, top)
    painter.setBrush(QColor(0, 0, 0, 5))
    for spread in range(1, 15):
        painter.drawRoundedRect(_PAGE.adjusted(-spread, _CORNER, spread, spread + 6), 16 + spread, 16 + spread)
    painter.setBrush(QColor(_PAPER))
    painter.drawPath(page)
    fold = QPainterPath(QPointF(right - _CORNER, top))
    fold.lineTo(right - _CORNER, top + _CORNER - 12)
    fold.quadTo(right - _CORNER, top + _CORNER, right - _CORNER + 12, top + _CORNER)
    fold.lineTo(right, top + _CORNER)
    fold.closeSubpath()
    painter.setBrush(QColor(_FOLD))
    painter.drawPath(fold)


def _draw_words(painter: QPainter) -> None:
    for line, widths in enumerate(_WORDS):
        x = _PAGE.left() + 44
        for width in widths:
            painter.setBrush(QColor(_INK))
            painter.drawRoundedRect(QRectF(x, _line_y(line) - 7, width, 14), 7, 7)
            x += width + 14
    x, step, thick = _PAGE.left() + 44, 14.0, 7.0
    first, last = x + _MARKED[0] * step, x + _MARKED[-1] * step + thick
    painter.setBrush(QColor(_MARK))
    painter.drawRoundedRect(QRectF(first - 12, _line_y(_HEARD) - 45, last - first + 24, 90), 14, 14)
    painter.setBrush(QColor(_TEAL))
    for index, height in enumerate(_WAVE):
        if height:
            bar = QRectF(x + index * step, _line_y(_HEARD) - height / 2, thick, height)
            painter.drawRoundedRect(bar, thick / 2, thick / 2)


def _line_y(line: int) -> float:
    """The middle of a line of the page; the one being heard has more room around it."""
    return _PAGE.top() + 80 + 46 * line + (28 if line == _HEARD else 56 if line > _HEARD else 0)
