"""Where terms follow each other: found from the rarest outward, all places at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.search.postings import EVERY, NO_SLOTS, Places, Slots, Table, each_once, slots_of

Span = tuple[int, int]
"""The first slot and the one after the last."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans in reading order, in two columns: many are met, moved and counted without an object for each."""

    firsts: Slots
    ends: Slots

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Spans:
        """Of sorted spans."""
        columns = np.array(list(spans), np.int64).reshape(-1, 2)
        return cls(columns[:, 0], columns[:, 1])

    @classmethod
    def together(cls, several: Sequence[Spans]) -> Spans:
        """All of several, each once, in order."""
        if len(several) == 1:
            return several[0]
        firsts = np.concatenate([spans.firsts for spans in several])
        widths = np.concatenate([spans.ends for spans in several]) - firsts
        room = int(widths.max(initial=0)) + 1
        firsts, widths = np.divmod(each_once(firsts * room + widths), room)
        return cls(firsts, firsts + widths)

    def __len__(self) -> int:
        return len(self.firsts)

    def __iter__(self) -> Iterator[Span]:
        return zip(self.firsts.tolist(), self.ends.tolist(), strict=True)

    def __getitem__(self, which: slice | NDArray[np.bool_]) -> Spans:
        return Spans(self.firsts[which], self.ends[which])

    @property
    def apart(self) -> bool:
        """Whether none lies over another."""
        return bool((self.ends[:-1] <= self.firsts[1:]).all())


NOWHERE = Spans(NO_SLOTS, NO_SLOTS)


@dataclass(frozen=True, slots=True)
class _Chain:
    """Places of the rarest term that are left, with as many terms on either side as were asked for so far."""

    readings: int
    before: int  # Slots that the terms on its left take,
    after: int  # and itself with those on its right.
    slots: Slots  # Of the rarest term; or, where they are dense,
    table: Table | None  # a bit a slot.

    def spans(self) -> Spans:
        """From the first of the terms to the last."""
        slots = self.slots if self.table is None else slots_of(self.table)
        return Spans(slots - self.before, slots + self.after)


def sequences(counts: Sequence[int], places: Callable[[int], Sequence[Places]], readings: int = EVERY) -> Spans:
    """Every place where terms follow each other in one of the readings (bits), sorted.

    Of each term it is known about how many places it has; where these are, kind by kind, is asked for when they matter.
    What `aha aha aha` holds of `aha aha` is found once.
    """
    anchor = counts.index(min(counts))
    chains = [
        _Chain(readings & one.kind.readings, 0, one.kind.width, one.slots, one.table)
        for one in places(anchor)
        if readings & one.kind.readings
    ]
    left, right = anchor - 1, anchor + 1
    while chains and (left >= 0 or right < len(counts)):
        # The rarer neighbour first: it leaves the fewest places to look at.
        if right == len(counts) or (left >= 0 and counts[left] <= counts[right]):
            chains = [longer for chain in chains for longer in _extended(chain, places(left), forward=False)]
            left -= 1
        else:
            chains = [longer for chain in chains for longer in _extended(chain, places(right), forward=True)]
            right += 1
    return _apart(chains, readings) if chains else NOWHERE


def _apart(chains: Sequence[_Chain], readings: int) -> Spans:
    """The spans of the chains; those of one reading do not overlap."""
    every = Spans.together([chain.spans() for chain in chains])
    if every.apart:
        return every
    if all(chain.readings == readings for chain in chains):
        return _without_overlaps(every)
    found = []
    reading = 1
    while reading <= readings:
        if readings & reading and (read := [chain.spans() for chain in chains if chain.readings & reading]):
            found.append(_without_overlaps(Spans.together(read)))
        reading <<= 1
    return Spans.together(found)


def _without_overlaps(spans: Spans) -> Spans:
    if spans.apart:
        return spans
    kept = []
    reached = 0
    for span in spans:
        if span[0] >= reached:
            kept.append(span)
            reached = span[1]
    return Spans.of(kept)


def _extended(chain: _Chain, term: Sequence[Places], *, forward: bool) -> list[_Chain]:
    """The chain with one more term on its right or left, for every kind of it that is there."""
    longer = []
    for places in term:
        readings = chain.readings & places.kind.readings
        if not readings:
            continue
        width = places.kind.width
        shift = chain.after if forward else -chain.before - width
        slots, table = _shared(chain, places, shift)
        if len(slots) or table is not None:
            before, after = (0, width) if forward else (width, 0)
            longer.append(_Chain(readings, chain.before + before, chain.after + after, slots, table))
    return longer


def _shared(chain: _Chain, places: Places, shift: int) -> tuple[Slots, Table | None]:
    """The slots of the chain from which, so many slots on, the term stands."""
    if chain.table is None:
        if places.table is None:
            return _met(chain.slots, places.slots, shift), None
        return _set_in(places.table, chain.slots, shift), None
    if places.table is None:
        return _set_in(chain.table, places.slots - shift, 0), None
    table = chain.table & _shifted(places.table, shift)
    return NO_SLOTS, table if table.any() else None


def _set_in(table: Table, slots: Slots, shift: int) -> Slots:
    """Those of the rising slots whose bit, so many on, is set."""
    begin, end = np.searchsorted(slots, (-shift, (len(table) << 3) - shift))
    slots = slots[begin:end]
    at = slots + shift
    is_set: NDArray[np.bool_] = (table[at >> 3] >> (at & 7).astype(np.uint8) & 1).astype(np.bool_)
    return slots[is_set]


def _met(slots: Slots, others: Slots, shift: int) -> Slots:
    """Those of the slots that, so many on, are among the others. The fewer are looked up among the more."""
    if len(slots) > len(others):
        return _among(others - shift, slots)
    return _among(slots + shift, others) - shift


def _among(few: Slots, many: Slots) -> Slots:
    if not len(few):
        return few
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0  # Beyond the last: equal to none.
    held: NDArray[np.bool_] = many[at] == few
    return few[held]


def _shifted(table: Table, shift: int) -> Table:
    """The table in which each bit stands so many places lower; those that leave it are lost."""
    whole, bits = divmod(shift, 8)
    moved = np.zeros(len(table) + 1, np.uint8)
    if whole >= 0:
        moved[: max(0, len(table) - whole)] = table[whole:]
    else:
        moved[-whole:] = table[: max(0, len(moved) + whole)]
    if not bits:
        return moved[:-1]
    return (moved[:-1] >> np.uint8(bits)) | (moved[1:] << np.uint8(8 - bits))


def side_by_side(spans: Sequence[Span]) -> list[Span]:
    """Sorted spans without those that lie over one before them; of those that begin together the longest stays."""
    kept: list[Span] = []
    reached = 0
    for number, (first, end) in enumerate(spans):
        longer_follows = number + 1 < len(spans) and spans[number + 1][0] == first
        if first >= reached and not longer_follows:
            kept.append((first, end))
            reached = end
    return kept
