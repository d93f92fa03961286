"""What is noted on some words, to be written and coloured."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from player.models.kept_rows import COLOURS
from player.theme import Theme

LIMIT = 20_000
"""Characters of a note."""

_WRITE_AFTER_MS = 700


class ColourDot(QAbstractButton):
    """One of the colours, to be chosen."""

    def __init__(self, theme: Theme, colour: str) -> None:
        super().__init__()
        self.theme = theme
        self.colour = colour
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Colour {}").format(colour))
        self.setToolTip(self.accessibleName())

    def sizeHint(self) -> QSize:
        """Large enough to be hit."""
        return QSize(24, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A dot in the colour, a ring around the chosen one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.rect().center().toPointF()
        painter.setPen(self.theme.color(f"{self.colour}_mark"))
        painter.setBrush(self.theme.color(f"{self.colour}_mark" if self.isChecked() else self.colour))
        painter.drawEllipse(middle, 6.5, 6.5)
        if self.isChecked() or self.hasFocus():
            painter.setPen(self.theme.color("accent" if self.hasFocus() else f"{self.colour}_mark"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, 10, 10)


class _Text(QPlainTextEdit):
    """Plain text; Esc and Ctrl+Enter leave it."""

    left = Signal()
    done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave, or write."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (enter and control):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What was written is to be kept now."""
        super().focusOutEvent(event)
        self.done.emit()


class NoteCard(QFrame):
    """Shows one note. What is written is told after a moment, and at once when the text is left."""

    written = Signal(str)
    colour_requested = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("noteCard")
        self.text = _Text()
        self.text.setObjectName("noteText")
        self.text.setAccessibleName(self.tr("Note"))
        self.text.setPlaceholderText(self.tr("Write a note…"))
        self.text.setFixedHeight(96)
        self._told = ""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_WRITE_AFTER_MS)
        self._soon.timeout.connect(self.tell)
        self.text.textChanged.connect(self._soon.start)
        self.text.done.connect(self.tell)
        self.text.left.connect(self.left)
        self.dots = [ColourDot(theme, colour) for colour in COLOURS]
        row = QHBoxLayout()
        row.setSpacing(2)
        for dot in self.dots:
            dot.clicked.connect(lambda _, colour=dot.colour: self.colour_requested.emit(colour))
            row.addWidget(dot)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.setSpacing(2)
        layout.addWidget(self.text)
        layout.addLayout(row)
        self.row = row

    def show_note(self, text: str, colour: str) -> None:
        """Show another note, or another state of this one; what is being written stays."""
        for dot in self.dots:
            dot.setChecked(dot.colour == colour)
        if self.text.hasFocus() and self.text.toPlainText() != self._told:
            return
        if self.text.toPlainText() != text:
            self.text.setPlainText(text)
        self._told = text
        self._soon.stop()

    def tell(self) -> None:
        """Tell what is written, if that is something new."""
        self._soon.stop()
        text = self.text.toPlainText()[:LIMIT]
        if text != self._told:
            self._told = text
            self.written.emit(text)

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        for dot in self.dots:
            dot.theme = theme
            dot.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing that was written is lost with the card."""
        self.tell()
        super().hideEvent(event)
