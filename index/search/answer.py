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
    """Every hit of an episode in reading order, in columns; each is looked up when it is asked for."""

    __slots__ = ("_record", "aparts", "ends", "firsts")

    def __init__(self, firsts: Sequence[int], ends: Sequence[int], aparts: Sequence[int], record: Record) -> None:
        """Of each hit the first word, the one after the last, and the words in between that were not looked for."""
        self.firsts, self.ends, self.aparts = firsts, ends, aparts
        self._record = record

    @classmethod
    def of(cls, spans: Sequence[tuple[int, int, int]], record: Record) -> Hits:
        """Of hits one by one."""
        firsts, ends, aparts = zip(*spans, strict=True) if spans else ((), (), ())
        return cls(firsts, ends, aparts, record)

    @property
    def spans(self) -> list[tuple[int, int, int]]:
        """The hits one by one."""
        return list(zip(self.firsts, self.ends, self.aparts, strict=True))

    def times(self) -> tuple[Sequence[int], Sequence[int]]:
        """When each hit begins, and when each ends, in ms; 0 where the episode has no times.

        Quicker than to ask hit by hit: two columns, no object for each.
        """
        record = self._record
        if not record.timed:
            return bytes(len(self)), bytes(len(self))
        return record.spans_ms(self.firsts, self.ends)

    def __len__(self) -> int:
        return len(self.firsts)

    @overload
    def __getitem__(self, number: int) -> Hit: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Hit]: ...

    def __getitem__(self, number: int | slice) -> Hit | Sequence[Hit]:
        if isinstance(number, slice):
            return Hits(self.firsts[number], self.ends[number], self.aparts[number], self._record)
        words, record = WordRange(self.firsts[number], self.ends[number]), self._record
        start_ms, end_ms = record.span_ms(words) if record.timed else (0, 0)
        return Hit(words, start_ms, end_ms, record.timed, record.is_exact(words), self.aparts[number])

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
