"""Doing something in an episode that may have to be opened first."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from player.session import Session


class Arriving(QObject):
    """Waits for one episode at a time; opening another one forgets what was to be done."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._then: Callable[[], None] | None = None
        self._episode = 0
        # After everybody else: the session itself still goes to where the episode was left.
        session.sound_opened.connect(self._arrive, Qt.ConnectionType.QueuedConnection)

    def at(self, episode: int, then: Callable[[], None]) -> None:
        """Call `then` in the episode of that id: at once where it is open, else when it has been opened."""
        opened = self._session.episode
        if opened and opened.row.id == episode:
            self._then = None
            then()
        else:
            self._episode, self._then = episode, then
            self._session.open_episode(episode)

    def _arrive(self, media: object) -> None:
        then, self._then = self._then, None
        opened = self._session.episode
        if then and opened and opened.row.id == self._episode:
            then()
