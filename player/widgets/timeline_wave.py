"""The waveform of the timeline, drawn once for each width."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

_STEP, _BAR = 5, 3  # Pixels from bar to bar, and of a bar.
_FINE = 6  # Columns measured for one bar: their mean has more shape than the loudest moment.


@dataclass(frozen=True, slots=True)
class WaveRoom:
    """Where the bars stand in a widget: its size and pixels to a point, the margin on either side, top and height."""

    size: QSize
    ratio: float
    margin: int
    top: int
    height: int


def draw_waves(
    room: WaveRoom, levels: Callable[[int], Sequence[float]] | None, color_at: Callable[[float], QColor]
) -> tuple[QPixmap, QPixmap]:
    """The waveform as it is ahead of the playhead, and as it is behind it.

    `levels` gives the loudness (0 to 1) of so many columns, None a line of dots; `color_at` the colour at an x.
    """
    columns = max(1, (room.size.width() - 2 * room.margin) // _STEP)
    heights = _shape(levels(columns * _FINE)) if levels else [0.0] * columns
    ahead, behind = (_draw(room, heights, color_at, strength) for strength in (0.38, 1.0))
    return ahead, behind


def _draw(room: WaveRoom, heights: Sequence[float], color_at: Callable[[float], QColor], strength: float) -> QPixmap:
    pixmap = QPixmap(room.size * room.ratio)
    pixmap.setDevicePixelRatio(room.ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for column, level in enumerate(heights):
        x = room.margin + column * _STEP
        color = QColor(color_at(x + _BAR / 2))
        color.setAlphaF(color.alphaF() * strength)
        painter.setBrush(color)
        height = max(3.0, min(1.0, level) * (room.height - 4))
        painter.drawRoundedRect(QRectF(x, room.top + (room.height - height) / 2, _BAR, height), 1.5, 1.5)
    painter.end()
    return pixmap


def _shape(levels: Sequence[float]) -> list[float]:
    """Heights of bars, 0 to 1: means of the measured columns, against the loud parts of this very sound."""
    means = [sum(map(float, levels[at : at + _FINE])) / _FINE for at in range(0, len(levels), _FINE)]
    loud = sorted(means)[int(len(means) * 0.97)] if means else 0.0
    return [min(1.0, (mean / loud) ** 1.35) if loud > 0 else 0.0 for mean in means]
