"""What the list of episodes shows, and how a library is arranged into it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from index.timecode import clock

ORDERS = ("shows", "date", "title", "length", "added")
"""The ways to arrange a library; the first one as `by_show` does."""

_CONTINUED = 4  # So many of the episodes opened last stand on top.
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def day(iso: str) -> str:
    """A date as people write it, `4 Mar 2026`; what is no whole date stays as it is."""
    try:
        when = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


@dataclass(frozen=True, slots=True)
class Changes:
    """What people can write of episodes; None leaves as it is."""

    title: str | None = None
    show: str | None = None
    date: str | None = None
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A heading over some of the episodes."""

    title: str

    def line(self) -> str:
        """The row in one line."""
        return self.title


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """An episode of the library and how far it was heard."""

    id: int
    title: str
    show: str
    position_ms: int
    duration_ms: int
    current: bool
    date: str = ""
    heard: bool = False
    has_sound: bool = True
    has_words: bool = True
    tags: tuple[str, ...] = ()
    opened: int = 0  # The larger, the later it was opened; 0: never.
    cover: str = ""  # What its picture is told by; "" where there is none.
    under_show: bool = False  # Whether the heading above it names the show already.

    def initial(self) -> str:
        """The first letter or digit of its title, which stands for a cover that there is not; "" where it has none."""
        return next((letter.upper()[:1] for letter in self.title if letter.isalnum()), "")

    def where(self) -> str:
        """The show, unless the heading names it."""
        return "" if self.under_show else self.show

    def facts(self) -> str:
        """How far it was heard, or its date and length; what it lacks; its tags."""
        parts = []
        if self.is_begun:
            parts.append(f"{clock(self.position_ms)} of {clock(self.duration_ms)}")
        else:
            parts += [day(self.date), clock(self.duration_ms) if self.duration_ms else ""]
        if not self.has_sound:
            parts.append("text only")
        elif not self.has_words:
            parts.append("sound only")
        parts += [f"#{tag}" for tag in self.tags]
        return " · ".join(part for part in parts if part)

    def about(self) -> str:
        """The line under the title."""
        return " · ".join(part for part in (self.where(), self.facts()) if part)

    def line(self) -> str:
        """The row in one line."""
        return ", ".join(part for part in (self.title, self.about(), "heard" if self.heard else "") if part)

    @property
    def is_begun(self) -> bool:
        """Whether it was heard in part."""
        return bool(self.duration_ms) and not self.heard and self.position_ms > 0

    @property
    def share_heard(self) -> float:
        """How much of it was heard, 0 to 1."""
        if self.heard:
            return 1.0
        return min(1.0, self.position_ms / self.duration_ms) if self.duration_ms else 0.0


LibraryRow = SectionRow | EpisodeRow


def by_show(rows: Sequence[EpisodeRow]) -> list[LibraryRow]:
    """Episodes under the names of their shows, in the order they come; the few opened last stand on top of all."""
    going_on = sorted((row for row in rows if row.opened and not row.heard), key=lambda row: -row.opened)[:_CONTINUED]
    arranged: list[LibraryRow] = [SectionRow("Continue"), *going_on] if going_on else []
    on_top = {row.id for row in going_on}
    shows: dict[str, list[EpisodeRow]] = {}
    for row in rows:
        if row.id not in on_top:
            shows.setdefault(row.show, []).append(row)
    for show in sorted(shows, key=lambda name: (not name, name.casefold())):
        arranged.append(SectionRow(show or ("Other episodes" if len(shows) > 1 else "Episodes")))
        arranged += [replace(row, under_show=True) for row in shows[show]]
    return arranged
