"""The handle at one edge of a clip: carried with the mouse, moved with the arrow keys."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QWidget

from index.timecode import stamp
from player.theme import Theme

WIDTH = 18  # Pixels in which it can be taken hold of.
_GRIP = 26  # How high the grip is, at most.
_STILL = 3  # A press that moves no farther than so many pixels is a click.


class EdgeHandle(QAbstractSlider):
    """A slider whose value is the edge's time in ms. It moves when it is told to; what the user wants it tells."""

    carried = Signal(float, bool)  # To which x of the parent, and whether it was let go there.
    stepped = Signal(int, bool)  # By how many steps, and whether a step is a word or 10 ms.
    clicked = Signal(float)  # At which x of the parent it was pressed and let go without being carried.
    typed = Signal(int)  # To how many ms a screen reader wants it.
    looked_at = Signal(bool)  # The pointer or the keyboard is at it, or has left.

    def __init__(self, theme: Theme, *, begin: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._begin = begin
        self._pressed_at = 0.0  # The parent's x at which it was taken hold of,
        self._grip = 0.0  # and how far from the edge that was.
        self._carried = False
        self._at = WIDTH / 2  # Where in it the edge is.
        self._ours = False  # Whether it is us who change the value now.
        self.setAccessibleName(self.tr("Where the clip begins") if begin else self.tr("Where the clip ends"))
        self.setToolTip(
            self.tr("{}: drag, with Shift freely; Left and Right by 10 ms, with Ctrl by a word").format(
                self.accessibleName()
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.valueChanged.connect(self._value_changed)

    def sizeHint(self) -> QSize:
        """Narrow, and as high as the waveform."""
        return QSize(WIDTH, 60)

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.update()

    def show_time(self, ms: int, most_ms: int) -> None:
        """Show another time; screen readers are told it as people write it."""
        self._ours = True
        self.setRange(0, max(ms, most_ms))
        self.setValue(ms)
        self._ours = False
        self.setAccessibleDescription(stamp(ms))

    def place(self, x: float, top: int, height: int, *, lean: float = 0.0) -> None:
        """Stand at `x` of the parent, leaning away from the other handle by so many pixels."""
        self._at = WIDTH / 2 + (lean if self._begin else -lean)
        left = round(x - self._at)
        self._at = x - left
        self.setGeometry(left, top, WIDTH, height)
        self.update()

    def _value_changed(self, ms: int) -> None:
        if not self._ours:
            self.typed.emit(ms)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line at the edge with a grip on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        painter.drawRoundedRect(QRectF(self._at - 1, 4, 2, self.height() - 8), 1, 1)
        high = min(_GRIP, self.height() - 20)
        middle = self.width() / 2 + (self._at - self.width() / 2) * 0.6  # A leaning grip hangs beside its line.
        grip = QRectF(middle - 4, (self.height() - high) / 2, 8, high)
        painter.drawRoundedRect(grip, 4, 4)
        painter.setBrush(self._theme.color("on_accent"))
        painter.drawRect(QRectF(middle - 0.5, grip.center().y() - high / 5, 1, high / 2.5))
        if self.hasFocus():
            painter.setPen(self._theme.color("ink"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(grip.adjusted(-2.5, -2.5, 2.5, 2.5), 6, 6)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            if self.focusPolicy() & Qt.FocusPolicy.ClickFocus:
                self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setSliderDown(True)
            self._pressed_at, self._carried = self._x(event), False
            self._grip = event.position().x() - self._at

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry it along."""
        if self.isSliderDown():
            self._carried = self._carried or abs(self._x(event) - self._pressed_at) > _STILL
            if self._carried:
                self.carried.emit(self._x(event) - self._grip, False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if event.button() == Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setSliderDown(False)
            if self._carried:
                self.carried.emit(self._x(event) - self._grip, True)
            else:
                self.clicked.emit(self._x(event))

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody holds what is gone: no release will be told."""
        super().hideEvent(event)
        self.setSliderDown(False)

    def _x(self, event: QMouseEvent) -> float:
        return self.mapToParent(event.position()).x()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer comes."""
        self.looked_at.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer goes."""
        self.looked_at.emit(self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard comes."""
        super().focusInEvent(event)
        self.looked_at.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard goes."""
        super().focusOutEvent(event)
        self.looked_at.emit(self.underMouse())

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
