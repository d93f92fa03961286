"""Icons of one stroke weight, drawn from resources/icons in any colour."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

import resources


class _Drawing(QIconEngine):
    """Draws when it is asked to, at the size it is asked for: most icons of the menus are never seen."""

    def __init__(self, name: str, color: str, disabled: str) -> None:
        super().__init__()
        self._key = (name, color, disabled)

    def clone(self) -> QIconEngine:
        """Another one of these."""
        return _Drawing(*self._key)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into a painter."""
        name, color, disabled = self._key
        _renderer(name, disabled if mode == QIcon.Mode.Disabled and disabled else color).render(painter, rect.toRectF())

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw a picture of its own."""
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    source = resources.path("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", color)
    return QSvgRenderer(QByteArray(source.encode()))


@lru_cache(maxsize=256)
def icon(name: str, color: str, disabled: str = "") -> QIcon:
    """The icon of that name in a colour (`#rrggbb`), and in another where it is disabled; sharp on any screen."""
    return QIcon(_Drawing(name, color, disabled))
