"""What floats over the page: the bar beside a selection, the way back to now, and notices."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QAction, QColor, QIcon
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from index.plaintext import one_line, shown

_NOTICE_MS = 9000


def shadow(widget: QWidget) -> None:
    """Let a widget float: a soft shadow under it."""
    effect = QGraphicsDropShadowEffect(widget)
    effect.setBlurRadius(24)
    effect.setOffset(0, 4)
    effect.setColor(QColor(0, 0, 0, 60))
    widget.setGraphicsEffect(effect)


class _Follower(QObject):
    """Tells a floating widget when the one it floats over changes its size."""

    def __init__(self, over: QWidget, floating: QWidget) -> None:
        super().__init__(floating)
        self._floating = floating
        over.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move along; the event goes on to its widget."""
        if event.type() == QEvent.Type.Resize and self._floating.isVisible():
            QTimer.singleShot(0, self._floating.place)  # type: ignore[attr-defined]
        return False


def float_over(over: QWidget, floating: QWidget) -> None:
    """Give a widget a shadow, and have its `place` called whenever the one it floats over changes its size."""
    shadow(floating)
    _Follower(over, floating)


class SelectionBar(QFrame):
    """What can be done with the selected words, beside them."""

    def __init__(self, over: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("floating")
        self._boxes: list[QRectF] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(2)
        for number, action in enumerate(actions):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            if number == 0:
                button.setProperty("tone", "primary")
            layout.addWidget(button)
        float_over(over, self)
        self.hide()

    def show_beside(self, boxes: Sequence[QRectF]) -> None:
        """Float under the last of the boxes (viewport pixels), or above the first; none hides it."""
        self._boxes = list(boxes)
        self.place()

    def place(self) -> None:
        """Find the best spot."""
        area = self._over
        visible = [box for box in self._boxes if box.bottom() > 0 and box.top() < area.height()]
        if not visible:
            self.hide()
            return
        self.adjustSize()
        below = round(visible[-1].bottom()) + 10
        top = below if below + self.height() < area.height() - 4 else round(visible[0].top()) - self.height() - 10
        left = round(visible[-1].right()) - self.width() // 2
        self.move(max(8, min(area.width() - self.width() - 16, left)), max(8, top))
        self.show()
        self.raise_()


class PlayingBar(QFrame):
    """What is being played of many moments, and what to do with each; at the head of the page."""

    def __init__(self, over: QWidget, actions: Sequence[QAction]) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("floating")
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 4, 4, 4)
        layout.setSpacing(2)
        layout.addWidget(self._label)
        layout.addSpacing(12)
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            layout.addWidget(button)
        float_over(over, self)
        self.hide()

    def tell(self, text: str) -> None:
        """Show what is being played."""
        self._label.setText(shown(one_line(text, 60)))
        self.setAccessibleName(self._label.text())
        self.show()
        self.place()

    def place(self) -> None:
        """Stand in the middle of the upper edge."""
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, 14)
        self.raise_()


class BackToNow(QPushButton):
    """The pill that leads back to the word being spoken, with an arrow towards it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("pill")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._direction = 1
        float_over(over, self)
        self.hide()

    def point(self, direction: int) -> None:
        """Show the way up (-1) or down (1); 0 hides the pill."""
        self.setVisible(direction != 0)
        if direction:
            self._direction = direction
            self.setText(self.tr("Back to now  ↑") if direction < 0 else self.tr("Back to now  ↓"))
            self.place()

    def place(self) -> None:
        """Stand in the middle of the edge beyond which now is."""
        area = self._over
        self.adjustSize()
        top = 14 if self._direction < 0 else area.height() - self.height() - 16
        self.move((area.width() - self.width()) // 2, top)
        self.raise_()


class Notice(QFrame):
    """A sentence for the user at the foot of the page, with at most one thing to do about it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("notice")
        self._sign = QLabel()
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._button = QPushButton()
        self._button.setProperty("tone", "strong")
        self._button.clicked.connect(self._do)
        self._close = QPushButton(self.tr("Close"))
        self._close.clicked.connect(self.hide)
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._sign)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._close)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._act: Callable[[], None] | None = None
        float_over(over, self)
        self.hide()

    def set_icon(self, error: QIcon) -> None:
        """Take the sign that stands before an error, in the theme's colour."""
        self._sign.setPixmap(error.pixmap(20, 20))

    @property
    def text(self) -> str:
        """The sentence shown; empty while there is none."""
        return self._label.text() if self.isVisible() else ""

    def tell(
        self,
        sentence: str,
        *,
        action: str = "",
        act: Callable[[], None] | None = None,
        error: bool = False,
        stay: bool = False,
    ) -> None:
        """Show a sentence, and a button `action` that does `act`.

        Errors stay until they are closed, and so do others on request; the rest goes by itself.
        """
        self._act = act
        self.setProperty("kind", "error" if error else "note")
        self.style().polish(self)
        self._sign.setVisible(error)
        self._label.setText(shown(one_line(sentence, 600)))
        self.setAccessibleName(self._label.text())
        self._button.setText(action)
        self._button.setVisible(bool(action))
        self._timer.stop()
        if not error and not stay:
            self._timer.start(_NOTICE_MS)
        self.show()
        self.place()

    def place(self) -> None:
        """Stand in the middle of the lower edge."""
        area = self._over
        width = min(620, area.width() - 32)
        self._label.setMinimumWidth(0)
        self.setFixedWidth(width)
        self.setFixedHeight(max(44, self._layout.heightForWidth(width)))
        self.move((area.width() - width) // 2, area.height() - self.height() - 14)
        self.raise_()

    def _do(self) -> None:
        self.hide()
        if self._act:
            self._act()
