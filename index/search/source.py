"""What search asks of the library: which episodes there are, and the words of each."""

from __future__ import annotations

from typing import Protocol

from index.transcript import Transcript


class Document(Protocol):
    """An episode as it is searched."""

    @property
    def episode(self) -> int:
        """Its number in the library."""

    @property
    def revision(self) -> int:
        """Grows whenever something below changes."""

    @property
    def title(self) -> str: ...

    @property
    def show(self) -> str: ...

    @property
    def date(self) -> str:
        """`YYYY-MM-DD`, the beginning of it, or nothing."""

    @property
    def tags(self) -> tuple[str, ...]: ...

    @property
    def duration_ms(self) -> int: ...

    @property
    def questions(self) -> tuple[str, ...]: ...

    @property
    def transcript(self) -> Transcript: ...


class Source(Protocol):
    """The library, as far as search knows it."""

    def revisions(self) -> dict[int, int]:
        """Every episode to be found, with its revision."""

    def document(self, episode_id: int, /) -> Document:
        """An episode as it is now.

        Raises:
            EarmarkError: it is gone, or cannot be read.
        """

    def transcript_of(self, episode_id: int, /) -> Transcript | None:
        """The words of an episode."""
