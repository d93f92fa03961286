"""Saying where the sound of an episode lies."""

from pathlib import Path

from index.library.fingerprint import Print, fingerprint
from player.session import Session
from player.tasks import Tasks


class Whereabouts:
    """Points episodes of a session's library to their sounds."""

    def __init__(self, session: Session, tasks: Tasks) -> None:
        self._session = session
        self._tasks = tasks

    def point_to(self, episode: int, sound: Path) -> None:
        """Say where the sound of an episode lies, and open it."""
        session = self._session

        def found(file: Print) -> None:
            with session.telling_trouble():
                session.library.episodes.set_sound(episode, sound, file)
                session.library_changed.emit()
                session.open_episode(episode)

        def refused(error: Exception) -> None:
            reason = getattr(error, "strerror", None) or str(error)
            session.told.emit(f"{sound.name} cannot be read ({reason}); choose another file.", True)

        self._tasks.run("point to", lambda: fingerprint(sound), found, refused)
