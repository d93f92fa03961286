"""What a search gives: episodes in order, and in each of them every hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

from index.search.query import Query
from index.search.records import Record
from index.transcript import WordRange


class Hit(NamedTuple):
    """A moment that was looked for."""

    words: WordRange
    start_ms: int
    end_ms: int
    timed: bool  # False: the episode has no times, and both are 0.
    exact: bool  # Whether the times of all its words are the source's own.
    apart: int  # Words between what was looked for; 0: said as it was typed.


class Hits(Sequence[Hit]):
    """Every hit of an episode in reading order; each is looked up when it is asked for."""

    __slots__ = ("_record", "spans")

    def __init__(self, spans: Sequence[tuple[int, int, int]], record: Record) -> None:
        """Of each hit the first word, the one after the last, and the words in between that were not looked for."""
        self.spans = spans
        self._record = record

    def __len__(self) -> int:
        return len(self.spans)

    @overload
    def __getitem__(self, number: int) -> Hit: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Hit]: ...

    def __getitem__(self, number: int | slice) -> Hit | Sequence[Hit]:
        if isinstance(number, slice):
            return Hits(self.spans[number], self._record)
        first, end, apart = self.spans[number]
        words, record = WordRange(first, end), self._record
        start_ms, end_ms = record.span_ms(words) if record.timed else (0, 0)
        return Hit(words, start_ms, end_ms, record.timed, record.is_exact(words), apart)

    def __iter__(self) -> Iterator[Hit]:
        return map(self.__getitem__, range(len(self)))


@dataclass(frozen=True, slots=True)
class EpisodeHits:
    """An episode in which something was found; without hits where only its title, date or the like was asked for."""

    episode: int
    revision: int  # What the hits' words are words of.
    title: str
    show: str
    date: str
    duration_ms: int
    speakers: tuple[str, ...]
    hits: Hits
    score: float = 0.0  # BM25; among episodes that are as close, the higher comes first.
    apart: int = 0  # Of the closest hit.


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a search found."""

    query: Query
    episodes: tuple[EpisodeHits, ...] = ()
    total: int = 0  # Hits in all episodes, those beyond the limit too.
    found_in: int = 0  # Episodes, those beyond the limit too.
    hint: str = ""  # What to know of how it was searched.
    suggestion: str = ""  # Another query, of words that exist; "" where none is needed.
    unsearched: int = 0  # Episodes that are still to be indexed.

    @property
    def counts(self) -> dict[int, int]:
        """How many hits each episode has: what a saved search remembers, to tell later what is new."""
        return {found.episode: len(found.hits) for found in self.episodes}
