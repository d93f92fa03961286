"""What the lists of kept moments show: clips and notes, and which of them a typed word leaves standing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from index.plaintext import one_line
from index.timecode import clock

COLOURS = ("green", "blue", "purple", "red")
"""The colours of highlights, by the names under which the library keeps them and the theme knows them."""

_TAG = re.compile(r"(?<!\w)#(\w[\w-]{0,40})")


def colour_named(name: str) -> str:
    """The colour of that name; the first one for a name that this version does not know."""
    return name if name in COLOURS else COLOURS[0]


def tags_in(text: str) -> tuple[str, ...]:
    """The tags that stand in a remark, `#river` and the like, in order, without the sign."""
    return tuple(dict.fromkeys(_TAG.findall(text)))


@dataclass(frozen=True, slots=True)
class ClipRow:
    """A kept clip."""

    id: int
    title: str
    start_ms: int
    end_ms: int
    first_word: int
    end_word: int
    episode: int = 0
    remark: str = ""
    episode_title: str = ""  # Where clips of several episodes stand in one list.

    def line(self) -> str:
        """The row in one line."""
        parts = (self.title, f"{clock(self.start_ms)} to {clock(self.end_ms)}", self.episode_title, self.remark)
        return ", ".join(one_line(part) for part in parts if part)

    def length(self) -> str:
        """How long it is, for people."""
        seconds = max(1, round((self.end_ms - self.start_ms) / 1000))
        return f"{seconds} s" if seconds < 120 else clock(self.end_ms - self.start_ms)

    def about(self) -> str:
        """The line under the title."""
        times = f"{clock(self.start_ms)} – {clock(self.end_ms)}"
        return " · ".join(part for part in (times, self.length(), self.episode_title, self.remark) if part)

    def words_to_find(self) -> str:
        """Everything a typed word may stand in."""
        return "\n".join((self.title, self.remark, self.episode_title))


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note on words of an episode, or words that were only highlighted."""

    id: int
    text: str
    colour: str
    quote: str  # The words, as far as a list can show them.
    speaker: str
    start_ms: int | None  # None where the transcript has no times.
    first_word: int
    end_word: int
    episode: int = 0
    episode_title: str = ""  # Where notes on several episodes stand in one list.

    def line(self) -> str:
        """The row in one line."""
        parts = (self.time(), self.text, f"“{self.quote}”" if self.quote else "", self.episode_title, self.colour)
        return ", ".join(one_line(part) for part in parts if part)

    def time(self) -> str:
        """When the words are said."""
        return "" if self.start_ms is None else clock(self.start_ms)

    def words_to_find(self) -> str:
        """Everything a typed word may stand in."""
        return "\n".join((self.text, self.quote, self.speaker, self.episode_title, self.colour))


class _Findable(Protocol):
    def words_to_find(self) -> str: ...


F = TypeVar("F", bound=_Findable)


def matching(rows: Iterable[F], typed: str) -> list[F]:
    """The rows in which every typed word stands somewhere, whatever its case."""
    wanted = typed.casefold().split()
    return [row for row in rows if all(word in row.words_to_find().casefold() for word in wanted)]
