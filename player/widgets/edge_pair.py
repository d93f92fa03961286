"""The two handles of a stretch of sound, laid over a picture of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from player.theme import Theme
from player.widgets.edge_handle import WIDTH, EdgeHandle

_LEAN = WIDTH / 2 - 3  # The most that a handle leans away from the other one: its line stays on it.


class EdgePair(QObject):
    """Tells what is done to either; its signals begin with whether it is the handle of the beginning."""

    carried = Signal(bool, int, bool)  # To which ms, and whether it was let go there.
    stepped = Signal(bool, int, bool)  # By how many steps, and whether a step is a word or 10 ms.
    clicked = Signal(bool, int)  # At which ms.
    looked_at = Signal(bool, bool)  # Whether the pointer or the keyboard is at it now.

    def __init__(self, theme: Theme, parent: QWidget, ms_of: Callable[[float], int], *, by_click: bool) -> None:
        """`ms_of` gives the time at an x of the parent; `by_click` is whether a click gives one the keyboard."""
        super().__init__(parent)
        self._parent = parent
        self.handles = (EdgeHandle(theme, begin=True, parent=parent), EdgeHandle(theme, begin=False, parent=parent))
        for begin, handle in zip((True, False), self.handles, strict=True):
            handle.hide()
            handle.setFocusPolicy(Qt.FocusPolicy.StrongFocus if by_click else Qt.FocusPolicy.TabFocus)
            handle.carried.connect(lambda x, done, begin=begin: self.carried.emit(begin, ms_of(x), done))
            handle.stepped.connect(lambda by, word, begin=begin: self.stepped.emit(begin, by, word))
            handle.clicked.connect(lambda x, begin=begin: self.clicked.emit(begin, ms_of(x)))
            handle.typed.connect(lambda ms, begin=begin: self.carried.emit(begin, ms, True))
            handle.looked_at.connect(lambda now, begin=begin: self.looked_at.emit(begin, now))

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        for handle in self.handles:
            handle.set_theme(theme)

    @property
    def is_held(self) -> bool:
        """Whether one of them is in the user's hand."""
        return any(handle.isSliderDown() for handle in self.handles)

    def show_times(self, span: tuple[int, int] | None, most_ms: int) -> None:
        """Say when the stretch begins and ends, in ms; None has no handles."""
        if span is None:
            for handle in self.handles:
                handle.hide()
            return
        for handle, ms in zip(self.handles, span, strict=True):
            handle.show_time(ms, most_ms)

    def place(self, left: float, right: float, top: int, height: int) -> None:
        """Stand at two x of the parent; where these are close together, both can still be taken hold of."""
        lean = max(0.0, min(_LEAN, (WIDTH - (right - left)) / 2))
        for handle, x in zip(self.handles, (left, right), strict=True):
            handle.place(x, top, height, lean=lean)
            in_view = -WIDTH <= x <= self._parent.width() + WIDTH
            handle.setVisible(in_view or handle.isSliderDown())  # Of what is hidden no release is told.
