"""The cover of an episode: a picture file made small and square, and drawn with round corners."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath

_LARGEST = 8000  # Pixels a side; a cover is much smaller, and a file can say anything.


def square_cover(data: bytes, side: int) -> QImage | None:
    """The middle square of a picture file, `side` pixels a side; None where it is no picture. Any thread may ask."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if not size.isValid() or max(size.width(), size.height()) > _LARGEST:
        return None
    reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    picture = reader.read()
    if picture.isNull():
        return None
    left, top = (picture.width() - side) // 2, (picture.height() - side) // 2
    return picture.copy(QRect(left, top, side, side))


def draw_cover(painter: QPainter, box: QRectF, picture: QImage, radius: float = 6) -> None:
    """Draw a square picture into a box."""
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(box, picture)
    painter.restore()
