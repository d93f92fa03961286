"""A quiet line over the page: what was found of the open episode, and the one thing to do about it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from index.plaintext import one_line, shown


class OfferBar(QWidget):
    """It stays until something is done about it, it is closed, or another episode is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("head")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton()
        self._button.setProperty("tone", "strong")
        self._button.clicked.connect(self._do)
        self._close = QToolButton()
        self._close.setText("×")
        self._close.setFixedSize(28, 28)
        self._close.setAccessibleName(self.tr("Close"))
        self._close.setToolTip(self.tr("Leave it as it is"))
        self._close.clicked.connect(self.hide)
        self._action: QAction | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 5, 8, 5)
        layout.setSpacing(8)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._button)
        layout.addWidget(self._close)
        self.hide()

    def offer(self, sentence: str, label: str, action: QAction) -> None:
        """Say what was found; a button with that label does the action."""
        self._action = action
        self._label.setText(shown(one_line(sentence, 300)))
        self.setAccessibleName(self._label.text())
        self._button.setText(label)
        self._button.setToolTip(action.toolTip())
        self.show()

    def _do(self) -> None:
        if self._action:
            self._action.trigger()

    @property
    def text(self) -> str:
        """The sentence shown; empty while there is none."""
        return self._label.text() if self.isVisible() else ""
