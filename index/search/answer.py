"""What a search gives: episodes in order, and in each of them every hit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from index.search.columns import Columns
from index.search.query import Query
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

    __slots__ = ("_begin", "_columns", "_end")

    def __init__(self, columns: Columns, begin: int, end: int) -> None:
        """The hits from one to before another in the columns of a part."""
        self._columns, self._begin, self._end = columns, begin, end

    def times(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """When each hit begins, and when each ends, in ms; 0 where the episode has no times.

        Quicker than to ask hit by hit: two columns, no object for each.
        """
        starts, ends = self._columns.times
        return starts[self._begin : self._end], ends[self._begin : self._end]

    def __len__(self) -> int:
        return self._end - self._begin

    @overload
    def __getitem__(self, number: int) -> Hit: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Hit]: ...

    def __getitem__(self, number: int | slice) -> Hit | Sequence[Hit]:
        inside = range(self._begin, self._end)
        if isinstance(number, slice):
            chosen = inside[number]
            if chosen.step == 1:
                return Hits(self._columns, chosen.start, max(chosen.start, chosen.stop))
            return [self._hit(at) for at in chosen]
        return self._hit(inside[number])

    def _hit(self, at: int) -> Hit:
        columns = self._columns
        words = WordRange(int(columns.firsts[at]), int(columns.ends[at]))
        record = columns.part.record(int(columns.numbers[at]))
        start_ms, end_ms = record.span_ms(words) if record.timed else (0, 0)
        return Hit(words, start_ms, end_ms, record.timed, record.is_exact(words), int(columns.aparts[at]))

    def __iter__(self) -> Iterator[Hit]:
        return map(self._hit, range(self._begin, self._end))


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
