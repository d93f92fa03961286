"""What long reading tells on its way: what it is at, how far it is, and whether anybody still waits for it."""

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")

TELL_EVERY = 1024  # So many cues or lines are nothing that anybody waits for.


class Stage(StrEnum):
    """What is being done; not every format can tell how far a stage is."""

    READING = "reading the file"  # Counted in bytes.
    FINDING = "finding what is said"  # In lines or characters.
    TAKING = "taking it in"  # In cues.
    TIMING = "giving words their times"  # In cues.
    PACKING = "making it ready for the library"


class Unwanted(Exception):
    """Nobody waits any more for what is being read."""


class Watch:
    """Passed down to whatever may take long."""

    def __init__(
        self,
        told: Callable[[Stage, int, int], None] = lambda stage, done, total: None,
        unwanted: Callable[[], bool] = lambda: False,
    ) -> None:
        self._told = told
        self._unwanted = unwanted

    def at(self, stage: Stage, done: int = 0, total: int = 0) -> None:
        """Tell that so much of a stage is done; a total of 0 is not known.

        Raises:
            Unwanted: nobody waits for it any more.
        """
        if self._unwanted():
            raise Unwanted
        self._told(stage, done, total)

    def each(self, stage: Stage, things: Sequence[T]) -> Iterator[T]:
        """Each of the things, the way through them told as a stage.

        Raises:
            Unwanted: nobody waits for it any more.
        """
        for number, thing in enumerate(things):
            if not number % TELL_EVERY:
                self.at(stage, number, len(things))
            yield thing


UNWATCHED = Watch()
"""Tells nobody, and goes on to the end."""
