"""A quiet line at the foot of the page: what is worked at in the background, how far it is, and ways to stop it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget


class WorkStrip(QWidget):
    """Hidden while there is nothing to tell."""

    def __init__(self, actions: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._label = QLabel()
        self._label.setProperty("tone", "soft")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setMaximumWidth(160)
        self._bar.setAccessibleName(self.tr("How far it is"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 2, 8, 2)
        layout.addWidget(self._label)
        layout.addWidget(self._bar, 1)
        layout.addStretch(1)
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            layout.addWidget(button)
        self.setMinimumWidth(1)
        self.hide()

    def show_work(self, text: str, done: int, total: int) -> None:
        """Tell what is being done and how far it is; without a text there is nothing."""
        self.setVisible(bool(text))
        percent = f" · {100 * done // total} %" if total else ""
        self._label.setText(text + percent)
        self.setAccessibleName(self._label.text())
        self._bar.setRange(0, total)  # Of nothing: nobody knows yet how far it is.
        self._bar.setValue(done)

    @property
    def text(self) -> str:
        """What it says; empty while there is nothing to tell."""
        return self._label.text() if self.isVisible() else ""
