"""What is being written, how far it is, and the way to stop it; at the foot of the page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from index.plaintext import one_line, shown
from player.widgets.floating import float_over

_WIDTH = 420


class ProgressBar(QFrame):
    """Floats over the page as notices do, and stays until the work is over."""

    cancelled = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("notice")
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far it is"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self._cancel)
        told = QVBoxLayout()
        told.setSpacing(6)
        told.addWidget(self._label)
        told.addWidget(self.bar)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.setSpacing(12)
        layout.addLayout(told, 1)
        layout.addWidget(self.cancel)
        float_over(over, self)
        self.hide()

    def begin(self, doing: str) -> None:
        """Tell of work that has begun."""
        self._label.setText(shown(one_line(doing, 60)))
        self.setAccessibleName(self._label.text())
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        self.show()
        self.place()

    def show_share(self, done: int, total: int) -> None:
        """Tell how far it is."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def place(self) -> None:
        """Stand in the middle of the lower edge."""
        self.setFixedWidth(min(_WIDTH, self._over.width() - 32))
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, self._over.height() - self.height() - 14)
        self.raise_()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self.cancelled.emit()
