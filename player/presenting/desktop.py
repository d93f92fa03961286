"""What Earmark is to the desktop around it: the player its media keys mean, and what opens `earmark:` links."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from index.errors import EarmarkError
from player.desktop import registering
from player.desktop.first import Wish

if TYPE_CHECKING:
    from player.app import App


class ShowDesktop(QObject):
    """Fulfils what is wished from outside the window."""

    def __init__(self, app: "App") -> None:
        super().__init__(app)
        self._app = app
        app.does({"open_links": self._open_links})
        app.actions["open_links"].setChecked(registering.is_installed())

    def fulfil(self, wish: Wish) -> None:
        """Open what Earmark was started for, here or by another one that was started later."""
        if wish.demo:
            self._app.session.open_demo()
        elif wish.link:
            self._app.pasting.follow(wish.link)
        elif wish.paths:
            self._app.session.open_paths(wish.paths)
        self.raise_window()

    def raise_window(self) -> None:
        """Bring the window before the others."""
        window = self._app.window
        if window.isMinimized():
            window.showNormal()
        window.raise_()
        window.activateWindow()

    def _open_links(self) -> None:
        action = self._app.actions["open_links"]
        try:
            told = registering.install() if action.isChecked() else registering.remove()
        except EarmarkError as error:
            told = str(error)
        action.setChecked(registering.is_installed())
        self._app.window.notice.tell(told)
