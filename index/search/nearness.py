"""Where several things are said near each other in one episode: the shortest stretches that hold them all."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from index.search.matching import Span, Spans

REACH = 30
"""Slots that a stretch may have beyond what is looked for: about ten seconds of speech."""


class Stretch(NamedTuple):
    """The first slot, the one after the last, and how far apart what was looked for is said in between."""

    first: int
    end: int
    apart: int


def near(units: Sequence[Sequence[Span]]) -> list[Stretch]:
    """Stretches that hold a span of every unit, none over another, the closest chosen first; in reading order.

    `units` are the sorted spans of each thing that was looked for, none empty, in the order in which they were typed.
    A stretch with all in that order and nothing in between is 0 apart; another order counts as one more.
    """
    reach = REACH + sum(max(end - first for first, end in spans) for spans in units)
    found = [stretch for part in _neighbourhoods(units, reach) for stretch in _shortest(part, reach)]
    kept: list[Stretch] = []
    for stretch in sorted(found, key=itemgetter(2, 0)):
        at = bisect_left(kept, stretch)
        if (at == 0 or kept[at - 1].end <= stretch.first) and (at == len(kept) or stretch.end <= kept[at].first):
            kept.insert(at, stretch)
    return kept


def only_near(units: Sequence[Spans]) -> list[Spans]:
    """The spans of each unit that may be part of a stretch: all others are farther from the rarest than it reaches."""
    reach = REACH + sum(int((spans.ends - spans.firsts).max(initial=0)) for spans in units)
    rarest = min(units, key=len)
    begins, ends = rarest.firsts - reach, rarest.ends + reach
    holds = np.ones(len(rarest), np.bool_)
    for spans in units:
        holds &= np.searchsorted(spans.firsts, begins) < np.searchsorted(spans.firsts, ends, side="right")
    begins, ends = begins[holds], ends[holds]
    # Where several neighbourhoods go over into each other, that which began last is the one to be asked.
    ends = np.maximum.accumulate(ends)
    found = []
    for spans in units:
        at = np.searchsorted(begins, spans.firsts, side="right") - 1
        found.append(spans[(at >= 0) & (ends[at] >= spans.firsts)] if len(begins) else spans[:0])
    return found


def _neighbourhoods(units: Sequence[Sequence[Span]], reach: int) -> Iterator[list[Sequence[Span]]]:
    """The spans around those of the rarest unit: elsewhere nothing can be found."""
    rarest = min(units, key=len)
    number = 0
    while number < len(rarest):
        first, end = rarest[number][0] - reach, rarest[number][1] + reach
        while number < len(rarest) and rarest[number][0] - reach <= end:
            end = max(end, rarest[number][1] + reach)
            number += 1
        around = [spans[bisect_left(spans, (first, 0)) : bisect_right(spans, (end, 0))] for spans in units]
        if all(around):
            yield around


def _shortest(units: Sequence[Sequence[Span]], reach: int) -> Iterator[Stretch]:
    """Every stretch within reach that holds a span of each unit and no shorter one that does."""
    events = sorted((end, first, unit) for unit, spans in enumerate(units) for first, end in spans)
    last: list[Span | None] = [None] * len(units)
    waiting: Stretch | None = None
    for end, first, unit in events:
        before = last[unit]
        if before is None or first > before[0]:
            last[unit] = first, end
        spans = [span for span in last if span is not None]
        if len(spans) < len(units):
            continue
        begin = min(spans)[0]
        if waiting and begin > waiting.first:
            if end > waiting.end:  # Else the new one is shorter.
                yield waiting
            waiting = None
        if waiting is None and end - begin <= reach and last[unit] == (first, end):
            gap = max(0, end - begin - sum(span[1] - span[0] for span in spans))
            waiting = Stretch(begin, end, gap + (spans != sorted(spans)))
    if waiting:
        yield waiting
