"""The bubble over the timeline: a time and the words spoken there."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from index.plaintext import one_line, shown


class Bubble(QFrame):
    """Floats above the widget that it tells of, inside its window."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self.setObjectName("floating")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._heading, self._words = QLabel(), QLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(2)
        for label in (self._heading, self._words):
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        self._heading.setProperty("tone", "soft")
        self.hide()

    def tell(self, heading: str, words: str, x: int) -> None:
        """Show a heading and some words above the owner at `x`, its own pixels."""
        window = self._owner.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self._heading.setText(shown(one_line(heading, 80)))
        self._words.setText(shown(one_line(words, 90)))
        self._words.setVisible(bool(words))
        self.adjustSize()
        place = self._owner.mapTo(window, QPoint(x, 0))
        left = max(8, min(window.width() - self.width() - 8, place.x() - self.width() // 2))
        self.move(left, place.y() - self.height() - 6)
        self.show()
        self.raise_()
