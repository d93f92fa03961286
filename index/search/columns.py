"""The hits in a part of the index, by episode and in reading order, in columns: many without an object for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.search.matching import Span, Spans, side_by_side
from index.search.nearness import Stretches
from index.search.parts import Numbers, Part


@dataclass(frozen=True)
class Columns:
    """Hits in a part; those of one episode do not lie over each other."""

    part: Part
    numbers: Numbers  # The episode of each.
    firsts: NDArray[np.int64]  # Its first word,
    ends: NDArray[np.int64]  # the one after the last,
    aparts: NDArray[np.int64]  # and the words in between that were not looked for.

    @cached_property
    def times(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """When each begins, and when each ends, in ms; 0 where the episode has no times."""
        return self.part.times_of(self.numbers, self.firsts, self.ends)

    @property
    def places(self) -> Iterator[tuple[int, int]]:
        """Episode and first word of each."""
        return zip(self.numbers.tolist(), self.firsts.tolist(), strict=True)

    def __getitem__(self, which: NDArray[np.bool_] | NDArray[np.int64]) -> Columns:
        return Columns(self.part, *(column[which] for column in (self.numbers, self.firsts, self.ends, self.aparts)))

    def __len__(self) -> int:
        return len(self.numbers)


def said_so(part: Part, spans: Spans, apart: int = 0) -> Columns:
    """Spans of slots as hits in words, everything as far apart."""
    return _in_words(part, spans, np.full(len(spans), apart))


def said_near(part: Part, stretches: Stretches) -> Columns:
    """Stretches of slots as hits in words."""
    return _in_words(part, stretches.spans, stretches.aparts)


def _in_words(part: Part, spans: Spans, aparts: NDArray[np.int64]) -> Columns:
    numbers = part.numbers_of(spans.firsts)
    firsts, ends = part.words_at(numbers, spans.firsts), part.words_at(numbers, spans.ends - 1) + 1
    return _side_by_side(Columns(part, numbers, firsts, ends, aparts))


def _side_by_side(hits: Columns) -> Columns:
    """Those that are left where, read in words, one lies over another."""
    over = (hits.numbers[:-1] == hits.numbers[1:]) & (hits.ends[:-1] > hits.firsts[1:])
    if not over.any():
        return hits
    touched = np.unique(hits.numbers[:-1][over])
    several = [hits[~np.isin(hits.numbers, touched)]]
    for number in touched.tolist():
        here = hits[hits.numbers == number]
        aparts: dict[Span, int] = {}
        for first, end, apart in zip(here.firsts.tolist(), here.ends.tolist(), here.aparts.tolist(), strict=True):
            aparts[first, end] = min(apart, aparts.get((first, end), apart))
        kept = side_by_side(sorted(aparts))
        several.append(_of_episode(hits.part, number, [(*span, aparts[span]) for span in kept]))
    return _together(several)


def _of_episode(part: Part, number: int, hits: list[tuple[int, int, int]]) -> Columns:
    columns = np.array(hits, np.int64).reshape(-1, 3)
    return Columns(part, np.full(len(hits), number), columns[:, 0], columns[:, 1], columns[:, 2])


def _together(several: list[Columns]) -> Columns:
    columns = [
        np.concatenate([getattr(hits, name) for hits in several]) for name in ("numbers", "firsts", "ends", "aparts")
    ]
    return Columns(several[0].part, *columns)[np.lexsort((columns[1], columns[0]))]


def beside(exact: Columns, others: Columns) -> Columns:
    """The exact hits, and of the others those that lie over none of them."""
    if not len(exact):
        return others
    begins, ends = (exact.numbers << 32) + exact.firsts, (exact.numbers << 32) + exact.ends
    at = np.searchsorted(ends, (others.numbers << 32) + others.firsts, side="right")
    begins = np.append(begins, np.iinfo(np.int64).max)
    return _together([exact, others[begins[at] >= (others.numbers << 32) + others.ends]])
