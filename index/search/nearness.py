"""Where several things are said near each other: the shortest stretches that hold them all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.search.matching import NOWHERE, Spans
from index.search.postings import NO_SLOTS, Slots

REACH = 30
"""Slots that a stretch may have beyond what is looked for: about ten seconds of speech."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches in reading order, in columns, and of each how far apart what was looked for is said in it."""

    spans: Spans
    aparts: NDArray[np.int64]

    def __getitem__(self, which: NDArray[np.bool_]) -> Stretches:
        return Stretches(self.spans[which], self.aparts[which])


NONE = Stretches(NOWHERE, NO_SLOTS)


def near(units: Sequence[Spans], bases: Slots) -> Stretches:
    """Stretches that hold a span of every unit, none over another, the closest chosen first.

    `units` are the spans of each thing that was looked for, in the order in which they were typed; the slots of each
    episode begin at one of the `bases`, and no stretch goes over from one to the next. A stretch with all in that order
    and nothing in between is 0 apart; another order counts as one more.
    """
    if not all(map(len, units)):
        return NONE
    reach = REACH + sum(int((spans.ends - spans.firsts).max()) for spans in units)
    around = _around_the_rarest(units, reach)
    return _chosen(_shortest(around, reach, bases)) if all(map(len, around)) else NONE


def _around_the_rarest(units: Sequence[Spans], reach: int) -> list[Spans]:
    """The spans of each unit that may be part of a stretch: all others are too far from those of the rarest."""
    rarest = min(units, key=len)
    begins, ends = rarest.firsts - reach, rarest.ends + reach
    holds = np.ones(len(rarest), np.bool_)
    for spans in units:
        holds &= np.searchsorted(spans.firsts, begins) < np.searchsorted(spans.firsts, ends, side="right")
    begins, ends = begins[holds], np.maximum.accumulate(ends[holds])
    if not len(begins):
        return [spans[:0] for spans in units]
    found = []
    for spans in units:
        at = np.searchsorted(begins, spans.firsts, side="right") - 1
        found.append(spans[(at >= 0) & (ends[at] >= spans.firsts)])
    return found


def _shortest(units: Sequence[Spans], reach: int, bases: Slots) -> Stretches:
    """Every stretch within reach that holds a span of each unit and no shorter one that does.

    As one reads on from end to end of the spans, the last of each unit that was met makes a stretch; it is the shortest
    that begins there if none before it did.
    """
    units = [_without_longer(spans) for spans in units]
    ends = np.sort(np.concatenate([spans.ends for spans in units]))
    met = [np.searchsorted(spans.ends, ends, side="right") - 1 for spans in units]
    all_met = np.logical_and.reduce([last >= 0 for last in met])
    ends, met = ends[all_met], [last[all_met] for last in met]
    firsts = np.stack([spans.firsts[last] for spans, last in zip(units, met, strict=True)])
    lasts = np.stack([spans.ends[last] for spans, last in zip(units, met, strict=True)])
    begins = firsts.min(axis=0)
    new = np.diff(begins, prepend=-1) > 0
    in_one = np.searchsorted(bases, begins, side="right") == np.searchsorted(bases, ends - 1, side="right")
    is_one = new & in_one & (ends - begins <= reach)
    gaps = np.maximum(0, ends - begins - (lasts - firsts).sum(axis=0))
    turned = (np.diff(firsts, axis=0) < 0).any(axis=0)
    return Stretches(Spans(begins, ends), gaps + turned)[is_one]


def _without_longer(spans: Spans) -> Spans:
    """Spans without those that hold another, in the order of their ends as of their beginnings."""
    order = np.lexsort((spans.firsts, spans.ends))
    spans = Spans(spans.firsts[order], spans.ends[order])
    reached = np.maximum.accumulate(spans.firsts)
    return spans[np.append(True, spans.firsts[1:] > reached[:-1])]


def _chosen(found: Stretches) -> Stretches:
    """Of stretches that lie over each other the closest, of those that are as close the first."""
    firsts, ends = found.spans.firsts, found.spans.ends
    over = firsts[1:] < ends[:-1]
    if not over.any():
        return found
    kept = ~(np.append(over, False) | np.append(False, over))  # Those that lie over none.
    several = np.flatnonzero(~kept)
    taken: set[int] = set()
    for at in several[np.lexsort((firsts[several], found.aparts[several]))].tolist():
        slots = range(int(firsts[at]), int(ends[at]))
        if taken.isdisjoint(slots):
            taken.update(slots)
            kept[at] = True
    return found[kept]
