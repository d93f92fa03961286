"""The handle at one edge of a clip: carried with the mouse, moved with the arrow keys."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

from index.timecode import stamp
from player.theme import Theme

WIDTH = 18  # Pixels in which it can be taken hold of.


class EdgeHandle(QAbstractSlider):
    """A slider whose value is the edge's time in ms. It moves when it is told to; what the user wants it tells."""

    carried = Signal(float, bool)  # To which x of the parent, and whether it was let go there.
    stepped = Signal(int, bool)  # By how many steps, and whether a step is a word or 10 ms.

    def __init__(self, theme: Theme, *, begin: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._begin = begin
        self._grip = 0.0  # How far from the edge it was taken hold of.
        self.setAccessibleName(self.tr("Where the clip begins") if begin else self.tr("Where the clip ends"))
        self.setToolTip(
            self.tr("{}: drag, or Left and Right by 10 ms, with Ctrl by a word").format(self.accessibleName())
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)

    def sizeHint(self) -> QSize:
        """Narrow, and as high as the waveform."""
        return QSize(WIDTH, 60)

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.update()

    def show_time(self, ms: int, most_ms: int) -> None:
        """Show another time; screen readers are told it as people write it."""
        self.setRange(0, max(ms, most_ms))
        self.setValue(ms)
        self.setAccessibleDescription(stamp(ms))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line at the edge with a grip on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.width() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(QRectF(middle - 1, 4, 2, self.height() - 8), 1, 1)
        grip = QRectF(middle - 4, self.height() / 2 - 13, 8, 26)
        painter.drawRoundedRect(grip, 4, 4)
        painter.setBrush(self._theme.color("on_accent"))
        painter.drawRect(QRectF(middle - 0.5, grip.top() + 8, 1, 10))
        if self.hasFocus():
            painter.setPen(self._theme.color("ink"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(grip.adjusted(-2.5, -2.5, 2.5, 2.5), 6, 6)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setSliderDown(True)
            self._grip = event.position().x() - self.width() / 2

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry it along."""
        if self.isSliderDown():
            self.carried.emit(self.mapToParent(event.position()).x() - self._grip, False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setSliderDown(False)
            self.carried.emit(self.mapToParent(event.position()).x() - self._grip, True)

    # Keyboard

    def event(self, event: QEvent) -> bool:
        """Keep Left and Right, plain and with Ctrl, from the window while it has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._by(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step; every other key is the window's."""
        by = self._by(event)
        if by:
            self.stepped.emit(by, bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the waveform."""
        event.ignore()

    @staticmethod
    def _by(event: QKeyEvent) -> int:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            return 0
        return (event.key() == Qt.Key.Key_Right) - (event.key() == Qt.Key.Key_Left)
