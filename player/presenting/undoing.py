"""What can be taken back, and done again, stands in the menu."""

from PySide6.QtCore import QObject

from index.transcript import Transcript
from player.parts import Parts


class ShowUndoing(QObject):
    """Listens to the pile of deeds, and says what its two actions would do."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._texts = {name: parts.actions[name].text() for name in ("undo", "redo")}
        parts.does({"undo": parts.undoing.undo, "redo": parts.undoing.redo})
        parts.undoing.changed.connect(self._show)
        parts.session.transcript_changed.connect(self._start_anew)
        self._show()

    def _start_anew(self, transcript: Transcript | None) -> None:
        self._parts.undoing.clear()

    def _show(self) -> None:
        for name, what in (("undo", self._parts.undoing.undo_text), ("redo", self._parts.undoing.redo_text)):
            action = self._parts.actions[name]
            action.setEnabled(bool(what))
            action.setText(f"{self._texts[name]}: {what}" if what else self._texts[name])
