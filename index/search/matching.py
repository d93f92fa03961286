"""Where terms follow each other: found from the rarest outward, many places at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain as joined
from itertools import pairwise

from index.search.postings import EVERY, Places, slots_of

Span = tuple[int, int]
"""The first slot and the one after the last."""


@dataclass(frozen=True, slots=True)
class _Chain:
    """Places of the rarest term that are left, with as many terms on either side as were asked for so far."""

    readings: int
    before: int  # Slots that the terms on its left take,
    after: int  # and itself with those on its right.
    slots: Sequence[int]  # Of the rarest term; or, where they are dense,
    bits: int  # a bit a slot.

    def spans(self) -> list[Span]:
        """From the first of the terms to the last."""
        bits, before, after = self.bits, self.before, self.after
        slots = slots_of(bits.to_bytes((bits.bit_length() + 7) // 8, "little")) if bits else self.slots
        return [(slot - before, slot + after) for slot in slots]


def sequences(terms: Sequence[Sequence[Places]], readings: int = EVERY) -> list[Span]:
    """Every place where the terms follow each other in one of the readings (bits), sorted.

    Each term is given by all its places, kind by kind. What `aha aha aha` holds of `aha aha` is found once.
    """
    counts = [sum(one.rarity for one in places) for places in terms]
    anchor = counts.index(min(counts))
    chains = [
        _Chain(readings & one.kind.readings, 0, one.kind.width, one.slots, one.bits)
        for one in terms[anchor]
        if readings & one.kind.readings
    ]
    left, right = anchor - 1, anchor + 1
    while chains and (left >= 0 or right < len(terms)):
        # The rarer neighbour first: it leaves the fewest places to look at.
        if right == len(terms) or (left >= 0 and counts[left] <= counts[right]):
            chains = [longer for chain in chains for longer in _extended(chain, terms[left], forward=False)]
            left -= 1
        else:
            chains = [longer for chain in chains for longer in _extended(chain, terms[right], forward=True)]
            right += 1
    return _apart(chains, readings) if chains else []


def _apart(chains: Sequence[_Chain], readings: int) -> list[Span]:
    """The spans of the chains; those of one reading do not overlap."""
    if len(chains) == 1:
        return _without_overlaps(chains[0].spans())
    spans = [(chain.readings, chain.spans()) for chain in chains]
    if all(of_chain == readings for of_chain, _ in spans):
        readings &= -readings  # All readings alike: one will do.
    found: set[Span] = set()
    reading = 1
    while reading <= readings:
        if readings & reading:
            found.update(_without_overlaps(sorted(joined(*(some for bits, some in spans if bits & reading)))))
        reading <<= 1
    return sorted(found)


def _without_overlaps(spans: list[Span]) -> list[Span]:
    if all(one[1] <= other[0] for one, other in pairwise(spans)):
        return spans
    kept = []
    reached = 0
    for span in spans:
        if span[0] >= reached:
            kept.append(span)
            reached = span[1]
    return kept


def _extended(chain: _Chain, term: Sequence[Places], *, forward: bool) -> list[_Chain]:
    """The chain with one more term on its right or left, for every kind of it that is there."""
    longer = []
    for places in term:
        readings = chain.readings & places.kind.readings
        if not readings:
            continue
        width = places.kind.width
        shift = chain.after if forward else -chain.before - width
        slots, bits = _shared(chain, places, shift)
        if slots or bits:
            before, after = (0, width) if forward else (width, 0)
            longer.append(_Chain(readings, chain.before + before, chain.after + after, slots, bits))
    return longer


def _shared(chain: _Chain, places: Places, shift: int) -> tuple[Sequence[int], int]:
    """The slots of the chain from which, so many slots on, the term stands."""
    table = places.table
    if chain.bits and table:
        return (), chain.bits & (places.bits >> shift if shift >= 0 else places.bits << -shift)
    if table:
        size = len(table) << 3
        return [
            slot
            for slot in chain.slots
            if 0 <= slot + shift < size and table[slot + shift >> 3] >> (slot + shift & 7) & 1
        ], 0
    if chain.bits:
        kept = chain.bits.to_bytes((chain.bits.bit_length() + 7) // 8, "little")
        size = len(kept) << 3
        found = [slot - shift for slot in places.slots]
        return [slot for slot in found if 0 <= slot < size and kept[slot >> 3] >> (slot & 7) & 1], 0
    if len(chain.slots) * _FEW < len(places.slots):
        return [slot for slot in chain.slots if _holds(places.slots, slot + shift)], 0
    there = set(places.slots)
    return [slot for slot in chain.slots if slot + shift in there], 0


_FEW = 16  # For so few of so many, each is looked up; else all are laid out to be met.


def _holds(slots: Sequence[int], slot: int) -> bool:
    at = bisect_left(slots, slot)
    return at < len(slots) and slots[at] == slot


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
