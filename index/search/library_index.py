"""The index of a library: brought up to date, asked, and never out of step with the words it was made from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from threading import Lock, RLock
from time import sleep
from typing import TypeVar

from index.errors import EarmarkError
from index.search.answer import Answer
from index.search.damage import DamagedIndex
from index.search.engine import Parts, answer
from index.search.moments import Moment, moments
from index.search.parts import Part, held
from index.search.query import Query, parse
from index.search.source import Document, Source
from index.search.store import IndexStore, Opened
from index.search.vocabulary import Vocabulary

_STEP = 500  # Episodes of one commit: what a crash can cost.
_DIRECTLY = 16  # Episodes that are searched without the index, until it has them.
_PATIENCE_S = 2.0
_WARM = 64  # Words that many phrases are made of.
_GIVING_WAY_S = 0.001


Found = TypeVar("Found")


class State(Enum):
    """How the index stands to the library."""

    CURRENT = "current"
    BEHIND = "behind"  # Some episodes are to be added, replaced or taken out.
    MISSING = "missing"  # There is none that can be used; the next update makes it.


@dataclass(frozen=True, slots=True)
class Report:
    """What an update did."""

    added: int = 0  # Episodes whose words are new in the index.
    removed: int = 0
    failed: tuple[str, ...] = ()  # Sentences about episodes whose words could not be had.
    rebuilt: bool = False
    cancelled: bool = False
    busy: bool = False  # Another Earmark is at it; nothing was done here.


def _nothing_told(done: int, total: int) -> None:
    """Progress that nobody asked for."""


def _go_on() -> bool:
    return False


class SearchIndex:
    """The index in a folder of its own. Every method may be called from any thread; one search works at a time."""

    def __init__(self, folder: Path) -> None:
        self._store = IndexStore(Path(folder))
        self._lock = RLock()
        self._updating = Lock()  # Not the other one: one may search while it is brought up to date.
        self._opened: Opened | None = None
        self._pending: dict[int, Document] = {}
        self._pending_part: Part | None = None
        self._words: tuple[tuple[Part, ...], Vocabulary] | None = None
        self._looked: tuple[Opened | None, dict[int, int], tuple[Parts, int]] | None = None  # At what was asked last.

    @property
    def folder(self) -> Path:
        """Where the index is."""
        return self._store.folder

    # Bringing it up to date

    def state(self, library: Source) -> State:
        """How the index stands to the library."""
        with self._lock:
            opened = self._open()
            if opened is None:
                return State.MISSING
            return State.CURRENT if opened.revisions == library.revisions() else State.BEHIND

    def update(
        self,
        library: Source,
        *,
        told: Callable[[int, int], None] = _nothing_told,
        cancelled: Callable[[], bool] = _go_on,
        anew: bool = False,
    ) -> Report:
        """Bring the index to what the library has: in steps, each of which counts as soon as it is done.

        A damaged index, one of another format, or with `anew` any, is made anew. `told` is given how many episodes of
        how many are done; `cancelled` is asked before each.

        Raises:
            EarmarkError: the folder cannot be written.
        """
        with self._updating:
            try:
                with self._store.locked(_PATIENCE_S) as is_ours:
                    return self._update(library, told, cancelled, anew) if is_ours else Report(busy=True)
            except OSError as error:
                why = error.strerror or str(error)
                raise EarmarkError(
                    f"The search index could not be written to “{self.folder}” ({why}); make room there and try again."
                ) from error

    def _update(
        self, library: Source, told: Callable[[int, int], None], cancelled: Callable[[], bool], anew: bool
    ) -> Report:
        self._store.clear_leavings()
        with self._lock:
            opened = None if anew else self._open()
            if opened is None:
                self._let_go()
                self._store.create()
        have = opened.revisions if opened else {}
        wanted = library.revisions()
        gone = [episode for episode in have if episode not in wanted]
        stale = [episode for episode in wanted if have.get(episode) != wanted[episode]]
        reader = _Reader(library, stale, told, cancelled)
        added = 0
        for begin in range(0, len(stale) or bool(gone), _STEP):
            step = stale[begin : begin + _STEP]
            replaced = [episode for episode in step if episode in have]
            # What changed goes even if its new words cannot be had now: the next update asks for them again.
            added += self._store.commit([*(gone if begin == 0 else ()), *replaced], reader.read(step))
            if reader.was_cancelled:
                break
        if stale or gone:
            self._store.tidy()
        return Report(added, len(gone), tuple(reader.failed), opened is None, reader.was_cancelled)

    def forget(self) -> None:
        """Throw the index away; the next update makes it anew.

        Raises:
            EarmarkError: another Earmark is writing it.
        """
        with self._updating, self._store.locked(_PATIENCE_S) as is_ours:
            if not is_ours:
                raise EarmarkError("Another Earmark is indexing this library; wait until it is done, or close it.")
            with self._lock:
                self._let_go()
                self._store.clear()

    # Asking

    def search(
        self, query: str | Query, library: Source, *, limit: int | None = None, forms: str = "", typing: bool = False
    ) -> Answer:
        """Everything that a query finds in the library as it is now.

        Episodes that the index does not have yet as they are now are searched directly if they are few, and counted
        as `unsearched` if they are many. Of the episodes found no more than `limit` are given. `forms` is the language
        (`en`) whose word forms count as the word. With `typing` the last word may go on.
        """
        asked = parse(query) if isinstance(query, str) else query

        def find(searched: Parts, unsearched: int) -> Answer:
            found = answer(searched, asked, limit=limit, forms=forms, unfinished=typing)
            return replace(found, unsearched=unsearched)

        return self._asked(library, find)

    def moments(
        self, question: str, library: Source, *, episode: int | None = None, limit: int = 10, language: str = "en"
    ) -> list[Moment]:
        """The moments that are most likely about a question, in an episode or in all; the likeliest first."""
        return self._asked(
            library,
            lambda searched, _: moments(searched, question, episode=episode, limit=limit, language=language),
        )

    def _asked(self, library: Source, find: Callable[[Parts, int], Found]) -> Found:
        """What is found in the parts; if the first look meets damage, the second does without the index."""
        with self._lock:
            try:
                return find(*self.parts(library))
            except DamagedIndex:
                self._store.report_damage()
                self._let_go()
                return find(*self.parts(library))

    def parts(self, library: Source) -> tuple[Parts, int]:
        """What can be searched at this moment, and how many episodes of the library are not among it."""
        with self._lock:
            opened = self._open()
            wanted = library.revisions()
            if self._looked and self._looked[0] is opened and self._looked[1] == wanted:
                return self._looked[2]
            parts: list[Part] = []
            current = []
            for part in opened.parts if opened else ():
                parts.append(part)
                current.append(
                    part.chosen(
                        number for number, entry in part.entries.items() if wanted.get(entry.episode) == entry.revision
                    )
                )
            have = opened.revisions if opened else {}
            missing = [episode for episode in wanted if have.get(episode) != wanted[episode]]
            direct = self._direct(
                library, {episode: wanted[episode] for episode in missing[max(0, len(missing) - _DIRECTLY) :]}
            )
            if direct:
                parts.append(direct)
                current.append(direct.chosen(direct.entries))
            unsearched = len(missing) - (len(direct.entries) if direct else 0)
            searched = Parts(parts, current, lambda: self._vocabulary(tuple(parts))), unsearched
            self._looked = opened, wanted, searched
            return searched

    def _direct(self, library: Source, revisions: dict[int, int]) -> Part | None:
        """The episodes that the index does not have, read from the library, if any; kept until they change."""
        known = {episode: one for episode, one in self._pending.items() if revisions.get(episode) == one.revision}
        for episode in revisions:
            if episode not in known:
                try:
                    known[episode] = library.document(episode)
                except EarmarkError:
                    continue
        if self._pending_part is None or known != self._pending:
            self._pending, self._pending_part = known, held(known.values()) if known else None
        return self._pending_part

    def _vocabulary(self, parts: tuple[Part, ...]) -> Vocabulary:
        if self._words is None or self._words[0] != parts:
            self._words = parts, Vocabulary(part.words() for part in parts)
        return self._words[1]

    def warm_up(self, library: Source) -> None:
        """Read what the first search would have to wait for; one that comes meanwhile waits for no more than a word."""
        try:
            searched = self.parts(library)[0]
            for term in reversed(searched.vocabulary().commonest(_WARM)):  # What is read last is kept longest.
                with self._lock:
                    for part in searched.parts:
                        part.places(term)
                sleep(_GIVING_WAY_S)
        except DamagedIndex:
            self._store.report_damage()

    # The index as it is on the disk

    def _open(self) -> Opened | None:
        try:
            if self._opened is None or not self._store.is_still(self._opened):
                self._opened = self._store.open(self._opened)
        except DamagedIndex:
            self._let_go()
        return self._opened

    def _let_go(self) -> None:
        self._opened = self._words = self._looked = None


class _Reader:
    """Takes episodes out of the library one by one, and tells how far it is."""

    def __init__(
        self, library: Source, episodes: list[int], told: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> None:
        self._library, self._total, self._told, self._cancelled = library, len(episodes), told, cancelled
        self._done = 0
        self.failed: list[str] = []
        self.was_cancelled = False

    def read(self, episodes: list[int]) -> Iterator[Document]:
        """The documents of these episodes, until it is cancelled."""
        for episode in episodes:
            if self._cancelled():
                self.was_cancelled = True
                return
            try:
                yield self._library.document(episode)
            except EarmarkError as error:
                self.failed.append(str(error))
            self._done += 1
            self._told(self._done, self._total)
