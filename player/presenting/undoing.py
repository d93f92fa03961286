"""What can be taken back, and done again, stands in the menu."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from index.transcript import Transcript

if TYPE_CHECKING:
    from player.app import App


class ShowUndoing(QObject):
    """Listens to the pile of deeds, and says what its two actions would do."""

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self._app = app
        self._texts = {name: app.actions[name].text() for name in ("undo", "redo")}
        app.does({"undo": app.undoing.undo, "redo": app.undoing.redo})
        app.undoing.changed.connect(self._show)
        app.session.transcript_changed.connect(self._start_anew)
        self._show()

    def _start_anew(self, transcript: Transcript | None) -> None:
        self._app.undoing.clear()

    def _show(self) -> None:
        for name, what in (("undo", self._app.undoing.undo_text), ("redo", self._app.undoing.redo_text)):
            action = self._app.actions[name]
            action.setEnabled(bool(what))
            action.setText(f"{self._texts[name]}: {what}" if what else self._texts[name])
