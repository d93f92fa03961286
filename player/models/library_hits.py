"""What a search of the library shows: the hits of each episode, and the words around those that are in sight."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt

from index.timecode import clock
from player.models.library_rows import day
from player.models.rows import Index, Rows
from player.models.values import Snippet

SNIPPET = Qt.ItemDataRole.UserRole + 1  # The Snippet of a row, or None while it is not there yet.


@dataclass(frozen=True, slots=True)
class LibraryHitRow:
    """A place in an episode; the first of each episode also tells which one it is and where all its hits lie."""

    episode: int
    number: int  # Among the hits of its episode, from 0.
    first_word: int
    end_word: int
    start_ms: int | None  # None where the transcript has no times.
    title: str
    show: str
    date: str
    hits: int  # How many the episode has.
    strip: tuple[float, ...] = ()  # Where they lie, 0 to 1; only in the first row of an episode.

    @property
    def leads(self) -> bool:
        """Whether it is the first row of its episode."""
        return self.number == 0

    def time(self) -> str:
        """When it is said."""
        return "" if self.start_ms is None else clock(self.start_ms)

    def facts(self) -> str:
        """The date, and how often."""
        often = f"{self.hits:,} times" if self.hits > 1 else ""
        return " · ".join(part for part in (day(self.date), often) if part)

    def about(self) -> str:
        """Show, date and how often."""
        return " · ".join(part for part in (self.show, self.facts()) if part)

    def line(self) -> str:
        """The row in one line."""
        lead = f"{self.title}, {self.about()}, " if self.leads else ""
        return f"{lead}{self.time()}"


@dataclass(frozen=True, slots=True)
class MoreRow:
    """Stands for the hits, or the episodes, that are not listed yet."""

    episode: int  # 0: more episodes.
    count: int

    def line(self) -> str:
        """The row in one line."""
        what = "more in this episode" if self.episode else "more episodes"
        return f"{self.count:,} {what}"


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A search that was kept, and how much it finds that was not there when it was last looked at."""

    id: int
    name: str
    query: str
    new: int

    def line(self) -> str:
        """The row in one line."""
        return ", ".join((self.name, self.about()))

    def about(self) -> str:
        """The line under the name."""
        new = f"{self.new:,} new" if self.new else "nothing new"
        return new if self.name == self.query else f"{new} · {self.query}"


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question that the episode is said to answer."""

    text: str

    def line(self) -> str:
        """The row in one line."""
        return self.text


FoundRow = LibraryHitRow | MoreRow | SavedRow | QuestionRow


class LibraryHits(Rows[FoundRow]):
    """The rows of a search. Only for rows that are painted it asks for the words around their hits."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(lambda row: row.line(), parent)
        self._snippet: Callable[[LibraryHitRow], Snippet | None] = lambda row: None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Of all rows only searches that were kept have a name to edit."""
        flags = super().flags(index)
        saved = index.isValid() and isinstance(self.value(index), SavedRow)
        return flags if saved else flags & ~Qt.ItemFlag.ItemIsEditable

    def set_snippets(self, snippet: Callable[[LibraryHitRow], Snippet | None]) -> None:
        """What gives the words of a row: None until they are there, then `refresh_snippets` is to be called."""
        self._snippet = snippet

    def refresh_snippets(self) -> None:
        """Show words that have arrived."""
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0), [SNIPPET])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The value, its line, or the words around it."""
        if index.isValid() and role in (SNIPPET, Qt.ItemDataRole.AccessibleTextRole):
            row = self.value(index)
            snippet = self._snippet(row) if isinstance(row, LibraryHitRow) else None
            if role == SNIPPET:
                return snippet
            if snippet:
                return f"{row.line()}, {snippet.line()}"
        return super().data(index, role)
