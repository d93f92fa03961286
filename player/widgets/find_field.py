"""The box to find words in, with how many there are and which one is shown."""

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

_DEBOUNCE_MS = 160
_IN_LIBRARY_MS = 40  # There nothing jumps in the text meanwhile, and hits are to be seen within 100 ms of a key press.
_ROOM_TO_TYPE = 90  # Pixels.


class FindField(QLineEdit):
    """Tells what to find a moment after the last key; Enter steps on, Shift+Enter back, Esc closes."""

    query_changed = Signal(str)
    next_requested = Signal()
    previous_requested = Signal()
    closed = Signal()
    down_requested = Signal()  # Into the list of results.
    scope_changed = Signal(bool)  # Whether the whole library is searched.

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("findField")
        self.setProperty("empty", "true")
        self.setMaxLength(500)
        self._count = QLabel(self)
        self._count.setProperty("tone", "soft")
        self._count.setTextFormat(Qt.TextFormat.PlainText)
        self._icon = QLabel(self)
        self.in_library = False
        self._for_want_of_words = False  # Whether the library is searched because no episode can be.
        self._scope = QToolButton(self)
        self._scope.setObjectName("scope")
        self._scope.setCursor(Qt.CursorShape.ArrowCursor)
        self._scope.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scope.clicked.connect(lambda: self.set_scope(not self.in_library))
        self._previous, self._next = self._button(self.tr("Previous hit")), self._button(self.tr("Next hit"))
        self._previous.clicked.connect(self.previous_requested)
        self._next.clicked.connect(self.next_requested)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(self._typed)
        self._told = ""
        self._last = ""  # What was searched when the search was ended.
        self._name_scope()

    def _button(self, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setIconSize(QSize(16, 16))
        button.setFixedSize(24, 24)
        button.setStyleSheet("padding: 0")
        button.hide()
        return button

    def set_icons(self, search: QIcon, previous: QIcon, following: QIcon) -> None:
        """Dress the field in icons of the theme's colour."""
        self._icon.setPixmap(search.pixmap(16, 16))
        self._previous.setIcon(previous)
        self._next.setIcon(following)

    def set_scope(self, in_library: bool) -> None:
        """Search the library, or the open episode."""
        if in_library != self.in_library:
            self._take_scope(in_library)
            self.show_count(None, None)
            self._timer.stop()
            self._told = self.text()
            self.scope_changed.emit(in_library)
        self._for_want_of_words = False

    def offer_episode(self, offered: bool) -> None:
        """Let the open episode be searched, or where there are no words open, the library alone."""
        self._scope.setEnabled(offered)
        if not offered and not self.in_library:
            self._take_scope(True)
            self._for_want_of_words = True
        elif offered and self._for_want_of_words:
            self._for_want_of_words = False
            if not self.text():  # Else the library is being searched, and goes on being.
                self._take_scope(False)

    def _take_scope(self, in_library: bool) -> None:
        self.in_library = in_library
        self._timer.setInterval(_IN_LIBRARY_MS if in_library else _DEBOUNCE_MS)
        self._name_scope()

    def _name_scope(self) -> None:
        self._scope.setText(self.tr("Library") if self.in_library else self.tr("Episode"))
        other = self.tr("the open episode") if self.in_library else self.tr("the whole library")
        self._scope.setToolTip(self.tr("Search {} instead").format(other))
        self._scope.setAccessibleName(self._scope.toolTip())
        text = self.tr("Find in the library") if self.in_library else self.tr("Find in this episode")
        self.setPlaceholderText(text)
        self.setAccessibleName(text)
        self._place()

    def show_found(self, text: str, *, steps: bool) -> None:
        """Tell in words how much was found, and offer to step through it."""
        self._count.setText(text)
        self._count.setAccessibleName(text)
        self.setAccessibleDescription(text)  # The keyboard is here: this is what a screen reader says.
        for button in (self._previous, self._next):
            button.setVisible(steps)
        self._place()

    def show_count(self, current: int | None, total: int | None) -> None:
        """Tell which hit of how many is shown; None of None clears it."""
        if total is None:
            text = ""
        elif not total:
            text = self.tr("Not found")
        elif current is None:
            text = self.tr("{} found").format(total)
        else:
            text = self.tr("{} of {}").format(current + 1, total)
        self.show_found(text, steps=bool(total))

    def _typed(self) -> None:
        empty = "false" if self.text() else "true"
        if self.property("empty") != empty:
            self.setProperty("empty", empty)
            self.style().polish(self)
        self._timer.start()

    def _tell(self) -> None:
        self._timer.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.query_changed.emit(self._told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Esc and Down are the search's; everything else is typing."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            self._tell()
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.previous_requested if back else self.next_requested).emit()
        elif key == Qt.Key.Key_Escape:
            self.close_search()
        elif key == Qt.Key.Key_Down:
            self._tell()
            self.down_requested.emit()
        else:
            super().keyPressEvent(event)

    def search_again(self) -> None:
        """Search for what was searched last, if nothing is being searched."""
        if not self.text() and self._last:
            self.setText(self._last)
            self._tell()

    def close_search(self) -> None:
        """End the search: who listens returns to where it began, and only then are its hits gone."""
        self._last = self.text() or self._last
        self.closed.emit()
        self.clear()
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the count and buttons at the right end."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Fonts and styles change the room that the count needs."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_timer"):
            self._place()

    def _place(self) -> None:
        right = self.width() - 6
        for button in (self._next, self._previous):
            if not button.isHidden():
                right -= button.width()
                button.move(right, (self.height() - button.height()) // 2)
        self._count.adjustSize()
        self._scope.adjustSize()
        # What is typed comes first: in a narrow window it is told to screen readers and in the tooltip alone.
        fits = right - self._count.width() - 6 - (28 + self._scope.width()) >= _ROOM_TO_TYPE
        self._count.setVisible(fits)
        self.setToolTip("" if fits else self._count.text())
        if fits:
            right -= self._count.width() + 6
        self._count.move(right, (self.height() - self._count.height()) // 2)
        self._icon.setGeometry(10, (self.height() - 16) // 2, 16, 16)
        self._scope.move(28, (self.height() - self._scope.height()) // 2)
        self.setTextMargins(24 + self._scope.width(), 0, self.width() - right, 0)
