"""The box that narrows a list: the keys that leave it lead into the list, or away."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

_INTO_THE_LIST = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FilterField(QLineEdit):
    """Narrows as one types; Down and Enter go into the list, Esc clears the box, and then leaves it."""

    list_requested = Signal()
    left = Signal()

    def __init__(self, placeholder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        self.setMaxLength(200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Everything else is typing."""
        if event.key() in _INTO_THE_LIST:
            self.list_requested.emit()
        elif event.key() == Qt.Key.Key_Escape:
            (self.clear if self.text() else self.left.emit)()
        else:
            super().keyPressEvent(event)
