"""The edges of a clip, or of the range in hand, go where handles are carried and keys say."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from player.parts import Parts

if TYPE_CHECKING:
    from player.range_edges import RangeEdges
    from player.trimming import Trimming

_BY_KEY = {
    "grow_start": (True, -1, True),
    "shrink_start": (True, 1, True),
    "shrink_end": (False, -1, True),
    "grow_end": (False, 1, True),
    "start_earlier": (True, -1, False),
    "start_later": (True, 1, False),
    "end_earlier": (False, -1, False),
    "end_later": (False, 1, False),
}


class ShowEdges(QObject):
    """Listens to the handles of the timeline and of the clip editor, and to the keys."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        bar, wave = parts.window.seek_bar, parts.window.clip_editor.wave
        for signal, slot in (
            (bar.edge_moved, self._carry_range),
            (bar.edge_stepped, lambda begin, by, words: parts.range_edges.step(begin, by, words=words)),
            (wave.edge_moved, self._carry_clip),
            (wave.edge_stepped, lambda begin, by, words: parts.trimming.step(begin, by, words=words)),
            (parts.keeping.range_changed, lambda _: self._allow()),
        ):
            signal.connect(slot)
        parts.does({name: partial(self._step, *how) for name, how in _BY_KEY.items()})
        self._allow()

    @property
    def _meant(self) -> "Trimming | RangeEdges":
        """Whose edges keys move: those of the clip that is open, else those of the range."""
        return self._parts.trimming if self._parts.trimming.clip else self._parts.range_edges

    def _step(self, begin: bool, by: int, words: bool) -> None:
        self._meant.step(begin, by, words=words)

    def _carry_clip(self, begin: bool, ms: int, done: bool) -> None:
        pixel_ms = self._parts.window.clip_editor.wave.pixel_ms
        self._parts.trimming.carry(begin, ms, done=done, pixel_ms=None if self._is_free else pixel_ms)

    def _carry_range(self, begin: bool, ms: int, done: bool) -> None:
        pixel_ms = self._parts.window.seek_bar.pixel_ms
        self._parts.range_edges.carry(begin, ms, done=done, pixel_ms=None if self._is_free else pixel_ms)
        words = self._parts.keeping.range
        if words:  # The page goes along to the words that come or go.
            self._parts.window.view.scroll_to(words.first if begin else words.end - 1, 0.4)

    @property
    def _is_free(self) -> bool:
        """Whether Shift is held: then an edge stays where it is let go."""
        return bool(self._parts.qt.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)

    def _allow(self) -> None:
        timed = self._parts.range_edges.clip is not None
        for name in ("start_earlier", "start_later", "end_earlier", "end_later"):
            self._parts.actions[name].setEnabled(timed or self._parts.trimming.clip is not None)
