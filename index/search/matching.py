"""Where terms follow each other in one episode: found from the rarest outward, many places at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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


def sequences(terms: Sequence[Sequence[Places]], readings: int = EVERY) -> list[Span]:
    """Every place where the terms follow each other in one of the readings (bits), sorted.

    Each term is given by all its places in the episode, kind by kind.
    """
    counts = [sum(map(len, places)) for places in terms]
    anchor = counts.index(min(counts))
    chains = [
        _Chain(
            readings & places.kind.readings, 0, places.kind.width, places.slots, int.from_bytes(places.bits, "little")
        )
        for places in terms[anchor]
        if readings & places.kind.readings
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
    """The spans of the chains; those of one reading do not overlap (`aha aha aha` holds `aha aha` once)."""
    found: set[Span] = set()
    if all(chain.readings == readings for chain in chains):
        readings &= -readings  # All readings alike: one will do.
    reading = 1
    while reading <= readings:
        if readings & reading:
            spans = [span for chain in chains if chain.readings & reading for span in _spans(chain)]
            reached = 0
            for span in spans if len(chains) == 1 else sorted(spans):
                if span[0] >= reached:
                    found.add(span)
                    reached = span[1]
        reading <<= 1
    return sorted(found)


def _spans(chain: _Chain) -> list[Span]:
    before, after = chain.before, chain.after
    return [(slot - before, slot + after) for slot in (slots_of(chain.bits) if chain.bits else chain.slots)]


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
    if places.bits:
        bits = int.from_bytes(places.bits, "little")
        if chain.bits:
            return (), chain.bits & (bits >> shift if shift >= 0 else bits << -shift)
        table, size = places.bits, len(places.bits) << 3
        return [
            slot
            for slot in chain.slots
            if 0 <= slot + shift < size and table[slot + shift >> 3] >> (slot + shift & 7) & 1
        ], 0
    there = set(places.slots)
    return [slot for slot in (slots_of(chain.bits) if chain.bits else chain.slots) if slot + shift in there], 0


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
