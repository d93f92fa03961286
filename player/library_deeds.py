"""Doing something to the library so that it can be taken back, and asking it something; trouble is told."""

from collections.abc import Callable
from typing import TypeVar

from player.session import Session
from player.undoing import Undoing

T = TypeVar("T")


class LibraryDeeds:
    """Deeds on one kind of thing; `read` is called after each, done or undone."""

    def __init__(self, session: Session, undoing: Undoing, read: Callable[[], None]) -> None:
        self._session = session
        self._undoing = undoing
        self._read = read

    def do(self, text: str, deed: Callable[[], None], undo: Callable[[], None], *, run: object = None) -> bool:
        """Do it, and remember how to take it back; whether it went well. Deeds of one run are undone together."""
        done = self._try(deed)
        if done:
            self._undoing.did(text, lambda: self._step(undo), lambda: self._step(deed), run=run)
        return done

    def found(self, ask: Callable[[], list[T]]) -> list[T]:
        """What the library answers; nothing where it cannot be read."""
        found: list[T] = []
        with self._session.telling_trouble():
            found += ask()
        return found

    def _try(self, step: Callable[[], None]) -> bool:
        done = False
        with self._session.telling_trouble():
            step()
            done = True
        self._read()
        return done

    def _step(self, step: Callable[[], None]) -> None:
        self._try(step)
