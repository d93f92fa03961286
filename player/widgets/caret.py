"""The keyboard's place in a page of words: steps by word and by line, selects with Shift."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from index.transcript import WordRange
from player.widgets.page_view import PageView

_HORIZONTAL = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_VERTICAL = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Caret(QObject):
    """Stands on a word of a view once a key has put it there."""

    moved = Signal(object)  # WordRange selected by the move, or None.
    left_view = Signal()  # The step went out of sight, and the view was scrolled after it.

    def __init__(self, view: PageView) -> None:
        super().__init__(view)
        self._view = view
        self._word: int | None = None
        self._anchor: int | None = None
        self._home: int | None = None
        self._column: float | None = None  # Where in the line the steps up and down began, in pixels.

    @property
    def shown(self) -> int | None:
        """The word to draw the caret at; None as long as no key has moved it."""
        return self._word

    @property
    def word(self) -> int:
        """The word the keyboard stands on: where it was put, else the word being spoken, else the first in view."""
        if self._word is not None:
            return self._word
        if self._home is not None and self._home in self._view.visible_words():
            return self._home
        return self._view.first_visible_word() or 0

    def set_home(self, word: int | None) -> None:
        """Where to start from while no key has moved the caret: the word being spoken."""
        self._home = word

    def lift(self) -> None:
        """Forget the place."""
        self._word = self._anchor = None

    def stay_within(self, count: int) -> None:
        """Forget a place beyond the words there are now."""
        self._anchor = None
        if self._word is not None and self._word >= count:
            self._word = None
        if self._home is not None and self._home >= count:
            self._home = None

    def press(self, event: QKeyEvent) -> bool:
        """Take a key; gives whether it was one of the caret's."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        extend = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if key in _VERTICAL and not control:
            word, column = self._in_next_line(_VERTICAL[key])
            self._move(word, extend)
            self._column = column
        elif key in _HORIZONTAL and control:
            self._move(self.word + _HORIZONTAL[key], extend)
        else:
            return False
        return True

    def _move(self, word: int, extend: bool) -> None:
        page = self._view.page
        assert page is not None
        before, self._column = self.word, None
        self._word = max(0, min(len(page.transcript) - 1, word))
        if extend:
            self._anchor = before if self._anchor is None else self._anchor
            self.moved.emit(WordRange(min(self._anchor, self._word), max(self._anchor, self._word) + 1))
        else:
            self._anchor = None
            self.moved.emit(None)
        top = self._view.line_top(self._word)
        if top is not None and not 0 <= top <= self._view.viewport().height() - 40:
            self._view.scroll_to(self._word, 0.2 if top < 0 else 0.7)
            self.left_view.emit()

    def _in_next_line(self, step: int) -> tuple[int, float | None]:
        """The word of the line above or below that is nearest to the column, and that column."""
        page, here = self._view.page, self.word
        assert page is not None
        boxes = self._view.rects_of(WordRange(here, here + 1))
        if not boxes:
            return here, None
        top, found = boxes[0].top(), None
        x = boxes[0].center().x() if self._column is None else self._column
        nearest, distance = here, float("inf")
        word = here + step
        while 0 <= word < len(page.transcript):
            boxes = self._view.rects_of(WordRange(word, word + 1))
            if boxes and abs(boxes[0].top() - top) > 2:
                if found is not None and abs(boxes[0].top() - found) > 2:
                    break
                found = boxes[0].top()
                if abs(boxes[0].center().x() - x) < distance:
                    nearest, distance = word, abs(boxes[0].center().x() - x)
            word += step
        return nearest, x
