"""Searching the whole library: the query, what it finds, which of it is listed, and the searches that were kept."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from index.errors import EarmarkError
from index.library import Library, SavedSearch
from index.transcript import WordRange
from player.library_reader import LibraryReader
from player.models.library_hits import FoundRow, LibraryHitRow, MoreRow, QuestionRow, SavedRow
from player.models.values import Snippet
from player.playing_hits import Moment
from player.settings import Settings
from player.tasks import Tasks

if TYPE_CHECKING:
    from index.search import Answer, EpisodeHits
    from index.search.moments import Moment as LikelyMoment

_HITS_FIRST = 3  # So many hits of an episode are listed before it is asked for more,
_EPISODES_FIRST = 40  # and so many episodes.
_MOMENTS = 12
_STRIP = 120  # Marks on a strip; more would be one on another.


class Searching(QObject):
    """Searches off the GUI thread. Facts only: whoever shows or plays a hit listens."""

    changed = Signal()  # Another query, other rows.
    snippets_changed = Signal()  # Words around hits have arrived.

    def __init__(
        self,
        reader: LibraryReader | None,
        library: Library,
        tasks: Tasks,
        settings: Callable[[], Settings],
        parent: QObject,
    ) -> None:
        """Without a reader, of a library that could not be opened, every search is refused with a sentence."""
        super().__init__(parent)
        self._given = reader
        self._settings = settings
        self._library = library
        self._tasks = tasks
        self.query = ""
        self.answer: Answer | None = None
        self.rows: Sequence[FoundRow] = ()
        self.trouble = ""
        self.questions: Sequence[str] = ()  # What the open episode is said to answer.
        self._asked = ""
        self._asked_of: int | None = None
        self._whole: set[int] = set()  # Episodes whose hits are all listed.
        self._episodes_listed = _EPISODES_FIRST
        self._snippets: dict[tuple[int, WordRange], Snippet] = {}
        self._wanted: dict[tuple[int, WordRange], None] = {}
        self._fetching = False

    @property
    def _reader(self) -> LibraryReader:
        if self._given is None:
            raise EarmarkError("The library cannot be searched, for its file could not be opened.")
        return self._given

    # Finding

    def find(self, query: str) -> None:
        """Search as it is typed; an empty query lists the searches that were kept, and the episode's questions."""
        self.query = query.strip()
        if self.query != self._asked:
            self._asked, self._asked_of = "", None
        self._whole.clear()
        self._episodes_listed = _EPISODES_FIRST
        self.search_again()

    def ask(self, question: str, episode: int | None = None) -> None:
        """Look for the moments that are most likely about a question, in an episode or in all."""
        self._asked_of = episode
        self._asked = question
        self.find(question)

    @property
    def asks(self) -> bool:
        """Whether the query is a question: one that was asked, or that ends as questions do."""
        return bool(self.query) and (self.query == self._asked or self.query.endswith(("?", "？", "؟")))

    def search_again(self) -> None:
        """Search the same once more: the library or its index has changed."""
        self._snippets.clear()
        self._wanted.clear()
        if self._given:
            self._given.forget()
        question, episode = self.query, self._asked_of
        if self.asks:
            self._tasks.run(
                "search",
                lambda: self._reader.moments(question, episode, _MOMENTS),
                self._show_moments,
                self._refused,
            )
        elif self.query:
            query, forms = self.query, self._settings().search_forms

            def work() -> "Answer | None":
                if self.query != query:  # By the time that a thread is free, more has been typed.
                    return None
                return self._reader.search(query, typing=not forms, forms=forms)

            self._tasks.run("search", work, self._answered, self._refused)
        else:
            self._tasks.run("search", self._saved, self._show_saved, self._refused)

    def _answered(self, answer: "Answer | None") -> None:
        self.answer, self.trouble = answer, ""
        self._list()

    def _show_moments(self, moments: "Sequence[LikelyMoment]") -> None:
        self.answer, self.trouble = None, ""
        self.rows = [
            LibraryHitRow(
                *(found.episode, 0, found.words.first, found.words.end),
                found.start_ms if found.timed else None,
                *(found.title, found.show, found.date, 1),
            )
            for found in moments
        ]
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        self.answer, self.rows, self.trouble = None, (), str(error)
        self.changed.emit()

    def _list(self) -> None:
        episodes = self.answer.episodes if self.answer else ()
        rows: list[FoundRow] = []
        for found in episodes[: self._episodes_listed]:
            rows += self._rows_of(found)
        if len(episodes) > self._episodes_listed:
            rows.append(MoreRow(0, len(episodes) - self._episodes_listed))
        self.rows = rows
        self.changed.emit()

    def _rows_of(self, found: "EpisodeHits") -> list[FoundRow]:
        shown = len(found.hits) if found.episode in self._whole else _HITS_FIRST
        if len(found.hits) == shown + 1:
            shown += 1  # A row that says "1 more" takes the room of that one.
        rows: list[FoundRow] = []
        for number, hit in enumerate(found.hits[:shown]):
            rows.append(
                LibraryHitRow(
                    found.episode,
                    number,
                    hit.words.first,
                    hit.words.end,
                    hit.start_ms if hit.timed else None,
                    found.title,
                    found.show,
                    found.date,
                    len(found.hits),
                    _strip(found) if number == 0 else (),
                )
            )
        if len(found.hits) > shown:
            rows.append(MoreRow(found.episode, len(found.hits) - shown))
        return rows

    def expand(self, row: MoreRow) -> None:
        """List what a row stands for."""
        if row.episode:
            self._whole.add(row.episode)
        else:
            self._episodes_listed *= 4
        self._list()

    def moments(self) -> list[Moment]:
        """Every hit with times, in the order of the list."""
        return [
            Moment(found.episode, hit.words, hit.start_ms, hit.end_ms)
            for found in (self.answer.episodes if self.answer else ())
            for hit in found.hits
            if hit.timed
        ]

    def hits_in(self, episode: int) -> list[WordRange]:
        """The words of every hit in an episode."""
        found = next((each for each in (self.answer.episodes if self.answer else ()) if each.episode == episode), None)
        return [hit.words for hit in found.hits] if found else []

    # The words around hits

    def snippet(self, row: LibraryHitRow) -> Snippet | None:
        """The words around a hit; None while they are being fetched."""
        key = (row.episode, WordRange(row.first_word, row.end_word))
        found = self._snippets.get(key)
        if found is None:
            self._wanted[key] = None
            self._fetch()
        return found

    def _fetch(self) -> None:
        if self._fetching or not self._wanted:
            return
        self._fetching = True
        wanted = list(self._wanted)
        self._wanted.clear()

        def work() -> dict[tuple[int, WordRange], Snippet]:
            return {key: self._reader.snippet(*key) for key in wanted}

        self._tasks.run("snippets", work, self._fetched, lambda error: self._fetched({}))

    def _fetched(self, snippets: dict[tuple[int, WordRange], Snippet]) -> None:
        self._fetching = False
        self._snippets.update(snippets)
        if snippets:
            self.snippets_changed.emit()
        self._fetch()

    # Searches that were kept

    def save(self) -> SavedSearch | None:
        """Keep the query, to be told later what it finds that is new."""
        if not self.query or self.answer is None:
            return None
        return self._library.searches.save(self.query, self.query, _counts(self.answer))

    def look_at(self, row: SavedRow) -> None:
        """Search what was kept; what it finds now is no longer new."""

        def noted(answer: "Answer") -> None:
            self._library.searches.look_at(row.id, _counts(answer))

        self._tasks.run("look at", lambda: self._reader.search(row.query), noted, lambda error: None)

    def _saved(self) -> list[SavedRow]:
        rows = []
        for saved in self._reader.library.searches.all():
            new = saved.new_in(_counts(self._reader.search(saved.query)))
            rows.append(SavedRow(saved.id, saved.name, saved.query, sum(new.values())))
        return rows

    def _show_saved(self, rows: list[SavedRow]) -> None:
        asked = [QuestionRow(question) for question in self.questions]
        self.answer, self.rows, self.trouble = None, [*asked, *rows], ""
        self.changed.emit()


def _counts(answer: "Answer") -> dict[int, int]:
    return {found.episode: len(found.hits) for found in answer.episodes}


def _strip(found: "EpisodeHits") -> tuple[float, ...]:
    if not found.duration_ms:
        return ()
    every = max(1, len(found.hits) // _STRIP)
    return tuple(min(1.0, hit.start_ms / found.duration_ms) for hit in found.hits[::every] if hit.timed)
