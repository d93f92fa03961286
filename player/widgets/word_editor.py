"""A small line over the page in which words or a speaker's name are written anew."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from index.plaintext import shown
from player.widgets.floating import shadow

_LEAST, _MOST = 120, 460  # Pixels of the line.
_LONGEST = 2000  # Characters.


class WordEditor(QFrame):
    """Floats over a view. Enter, or going elsewhere, writes; Esc leaves everything as it was."""

    written = Signal(str, bool)  # The new text; whether it is meant everywhere. Not told where nothing was changed.
    left = Signal(bool)  # It is gone, written or not; whether the keyboard was in it until then.

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.setObjectName("floating")
        self._label = QLabel()
        self._label.setProperty("tone", "soft")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._line = QLineEdit()
        self._line.setMaxLength(_LONGEST)
        self._everywhere = QCheckBox(self.tr("Everywhere"))
        self._everywhere.setToolTip(self.tr("In every turn of this speaker, or in this one alone"))
        self._before, self._names = "", tuple[str, ...]()
        self._chosen = False  # Whether it is settled where the name is meant.
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 8, 6)
        for widget in (self._label, self._line, self._everywhere):
            layout.addWidget(widget)
        self._line.textEdited.connect(self._guess_where)
        self._everywhere.clicked.connect(self._choose)
        self._everywhere.installEventFilter(self)
        self._line.installEventFilter(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look_where_the_keyboard_is)
        shadow(self)
        self.hide()

    def edit_words(self, text: str, boxes: Sequence[QRectF]) -> None:
        """Write words anew; they stand in these boxes (viewport pixels)."""
        self._names = ()
        self._open(text, self.tr("Words"), boxes, everywhere=False)

    def edit_name(self, name: str, names: Sequence[str], boxes: Sequence[QRectF], *, here: bool) -> None:
        """Write the name of who speaks there; Up and Down offer `names`. `here`: most likely in this turn alone."""
        self._names = tuple(names)
        self._open(name, self.tr("Speaker ↑↓"), boxes, everywhere=True)
        self._chosen = here
        self._everywhere.setChecked(not here)

    def _open(self, text: str, label: str, boxes: Sequence[QRectF], *, everywhere: bool) -> None:
        self._before, self._chosen = text, False
        self._label.setText(label)
        self._line.setAccessibleName(label)
        self._line.setText(shown(text))
        self._before = self._line.text()
        self._everywhere.setVisible(everywhere)
        self._everywhere.setChecked(everywhere)
        width = self._line.fontMetrics().horizontalAdvance(text) + 40
        self._line.setFixedWidth(max(_LEAST, min(_MOST, width)))
        self._place(boxes)
        self.show()
        self.raise_()
        self._line.selectAll()
        self._line.setFocus()

    def _place(self, boxes: Sequence[QRectF]) -> None:
        self.adjustSize()
        box = boxes[0] if boxes else QRectF(self._over.rect().center(), self._over.rect().center())
        top = round(box.bottom()) + 6
        if top + self.height() > self._over.height():
            top = round(box.top()) - self.height() - 6
        left = min(round(box.left()) - 10, self._over.width() - self.width() - 12)
        self.move(max(8, left), max(8, top))

    def _guess_where(self, text: str) -> None:
        """Another speaker's name is most likely meant for this turn alone, a new one for all turns."""
        if not self._chosen and self._names:
            self._everywhere.setChecked(shown(text.strip()) not in map(shown, self._names))

    def _choose(self) -> None:
        self._chosen = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Write, leave, or take the next name that is known."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish(write=True)
        elif event.key() == Qt.Key.Key_Escape:
            self._finish(write=False)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._names:
            names = list(map(shown, self._names))
            now = names.index(self._line.text()) if self._line.text() in names else -1
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._line.setText(names[(now + step) % len(names)])
            self._guess_where(self._line.text())
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Going elsewhere writes; Space ticks the box, whatever it does elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and watched is self._everywhere:
            event.setAccepted(isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space)
            return event.isAccepted()
        if event.type() == QEvent.Type.FocusOut:
            self._soon.start()  # Then it is clear where the keyboard has gone.
        return False

    def _look_where_the_keyboard_is(self) -> None:
        focus = QApplication.focusWidget()
        if self.isVisible() and focus not in (None, self._line, self._everywhere):  # None: in another program.
            self._finish(write=True)

    def _finish(self, *, write: bool) -> None:
        if not self.isVisible():
            return
        text, everywhere = self._line.text(), self._everywhere.isVisible() and self._everywhere.isChecked()
        inside = QApplication.focusWidget() in (self._line, self._everywhere)
        self.hide()
        if write and text.strip() != self._before.strip():
            self.written.emit(text, everywhere)
        self.left.emit(inside)
