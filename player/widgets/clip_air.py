"""The row under a clip's sound that says how much air it has around its words, and how it comes in and goes out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from player.theme import font

_LONGEST_AIR_MS, _LONGEST_FADE_MS = 5000, 2000


class _Milliseconds(QSpinBox):
    """A number that looks like text until somebody comes near."""

    left = Signal()

    def __init__(self, name: str, least: int, most: int, step: int) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setRange(least, most)
        self.setSingleStep(step)
        self.setSuffix(" ms")
        self.setFont(font("small", tabular=True))
        self.setProperty("tone", "bare")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self.setFixedWidth(round(QFontMetricsF(self.font()).horizontalAdvance("-5000 ms")) + 14)

    def show_value(self, ms: int) -> None:
        """Show another value without asking for it."""
        self.blockSignals(True)
        self.setValue(ms)
        self.blockSignals(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc leave; what was typed counts with Enter alone."""
        if event.key() == Qt.Key.Key_Escape:
            self.lineEdit().setText(self.textFromValue(self.value()) + self.suffix())
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.interpretText()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ClipAir(QWidget):
    """Shows it in ms, and tells what is wanted instead."""

    air_wanted = Signal(bool, int)  # Before the first word (True) or after the last.
    fade_wanted = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.before = _Milliseconds(self.tr("Air before the first word"), -_LONGEST_AIR_MS, 10 * _LONGEST_AIR_MS, 50)
        self.after = _Milliseconds(self.tr("Air after the last word"), -_LONGEST_AIR_MS, 10 * _LONGEST_AIR_MS, 50)
        self.fade = _Milliseconds(self.tr("How long clips take to come in and go out"), 0, _LONGEST_FADE_MS, 10)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for text, boxes in (
            (self.tr("Air before and after"), (self.before, self.after)),
            (self.tr("Fades"), (self.fade,)),
        ):
            label = QLabel(text)
            label.setProperty("tone", "soft")
            label.setFont(font("small"))
            label.setBuddy(boxes[0])
            row.addSpacing(12)
            row.addWidget(label)
            for box in boxes:
                row.addWidget(box)
                box.left.connect(self.left)
        self.before.valueChanged.connect(lambda ms: self.air_wanted.emit(True, ms))
        self.after.valueChanged.connect(lambda ms: self.air_wanted.emit(False, ms))
        self.fade.valueChanged.connect(self.fade_wanted)

    def show_air(self, before_ms: int, after_ms: int) -> None:
        """Show how much there is."""
        self.before.show_value(before_ms)
        self.after.show_value(after_ms)

    def show_fade(self, ms: int) -> None:
        """Show how long fades are."""
        self.fade.show_value(ms)
