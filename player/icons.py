"""Icons of one stroke weight, drawn from resources/icons in any colour."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources


@lru_cache(maxsize=256)
def icon(name: str, color: str, disabled: str = "") -> QIcon:
    """The icon of that name in a colour (`#rrggbb`), sharp on any screen."""
    made = QIcon()
    for size in (16, 20, 24, 32, 48, 64):
        made.addPixmap(_pixmap(name, color, size))
        if disabled:
            made.addPixmap(_pixmap(name, disabled, size), QIcon.Mode.Disabled)
    return made


def _pixmap(name: str, color: str, size: int) -> QPixmap:
    source = resources.path("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", QColor(color).name())
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source.encode())).render(painter)
    painter.end()
    return pixmap
