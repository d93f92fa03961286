"""The range in hand becomes what is seen."""

from PySide6.QtCore import QObject

from index.transcript import WordRange
from player.parts import Parts


class ShowKeeping(QObject):
    """Listens to keeping, and tells the window."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        keeping = parts.keeping
        for signal, slot in (
            (keeping.told, lambda sentence, error: self._window.notice.tell(sentence, error=error)),
            (keeping.range_changed, self._show_range),
            (keeping.pending_changed, self._window.view.set_pending),
            (keeping.looping_changed, parts.actions["loop_selection"].setChecked),
            (parts.changed, self._mark),
            (parts.trimming.opened, lambda _: self._place_selection_bar()),
            (self._window.view.verticalScrollBar().valueChanged, lambda _: self._place_selection_bar()),
        ):
            signal.connect(slot)

    def _show_range(self, words: WordRange | None) -> None:
        view = self._window.view
        if words != view.selection:
            view.select(words)
        if words:
            self._window.follow.hold("selection")
        else:
            self._window.follow.release("selection")
        self._place_selection_bar()
        self._mark()

    def _place_selection_bar(self) -> None:
        """Have the bar beside the selected words, where they are in view."""
        words = self._parts.keeping.range
        beside = words if self._parts.trimming.clip is None else None  # The strip has these buttons too.
        self._window.selection_bar.show_beside(self._window.view.rects_of(beside) if beside else ())

    def _mark(self) -> None:
        """Show the range on the timeline."""
        clip = self._parts.keeping.clip()
        self._window.seek_bar.mark(range=(clip.start_ms, clip.end_ms) if clip else None)
