"""Where terms follow each other: found from the rarest outward, many places at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain as joined
from itertools import islice
from operator import le

from index.search.postings import EVERY, Places, slots_of

Span = tuple[int, int]
"""The first slot and the one after the last."""


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans in reading order, in two columns: many are met, moved and counted without an object for each."""

    firsts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Spans:
        """Of sorted spans."""
        pairs = list(spans)
        return cls([first for first, _ in pairs], [end for _, end in pairs])

    def __len__(self) -> int:
        return len(self.firsts)

    def __iter__(self) -> Iterator[Span]:
        return zip(self.firsts, self.ends, strict=True)

    @property
    def apart(self) -> bool:
        """Whether none lies over another."""
        return all(map(le, self.ends, islice(self.firsts, 1, None)))


@dataclass(frozen=True, slots=True)
class _Chain:
    """Places of the rarest term that are left, with as many terms on either side as were asked for so far."""

    readings: int
    before: int  # Slots that the terms on its left take,
    after: int  # and itself with those on its right.
    slots: Sequence[int]  # Of the rarest term; or, where they are dense,
    bits: int  # a bit a slot.

    @property
    def width(self) -> int:
        """Slots that all the terms take."""
        return self.before + self.after

    def firsts(self) -> Sequence[int]:
        """The slots where the first of the terms begins."""
        bits, before = self.bits, self.before
        slots = slots_of(bits.to_bytes((bits.bit_length() + 7) // 8, "little")) if bits else self.slots
        return [slot - before for slot in slots] if before else slots

    def spans(self) -> Spans:
        """From the first of the terms to the last."""
        return _as_wide(self.firsts(), self.width)


def _as_wide(firsts: Sequence[int], width: int) -> Spans:
    return Spans(firsts, [first + width for first in firsts])


def sequences(terms: Sequence[Sequence[Places]], readings: int = EVERY) -> Spans:
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
    return _apart(chains, readings) if chains else Spans((), ())


def _apart(chains: Sequence[_Chain], readings: int) -> Spans:
    """The spans of the chains; those of one reading do not overlap."""
    if len(chains) == 1:
        return _without_overlaps(chains[0].spans())
    if all(chain.readings == readings for chain in chains):
        return _without_overlaps(_together(chains))
    every = _together(chains)
    if every.apart:
        return every
    found: set[Span] = set()
    reading = 1
    while reading <= readings:
        if readings & reading and (read := [chain for chain in chains if chain.readings & reading]):
            found.update(_without_overlaps(_together(read)))
        reading <<= 1
    return Spans.of(sorted(found))


def _together(chains: Sequence[_Chain]) -> Spans:
    """The spans of some chains, each once."""
    width = chains[0].width
    if all(chain.width == width for chain in chains):
        return _as_wide(sorted({*joined.from_iterable(chain.firsts() for chain in chains)}), width)
    return Spans.of(sorted({*joined.from_iterable(chain.spans() for chain in chains)}))


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
        return [at - shift for at in _set_in(table, [slot + shift for slot in chain.slots])], 0
    if chain.bits:
        kept = chain.bits.to_bytes((chain.bits.bit_length() + 7) // 8, "little")
        return _set_in(kept, [slot - shift for slot in places.slots]), 0
    if len(chain.slots) * _FEW < len(places.slots):
        return [slot for slot in chain.slots if _holds(places.slots, slot + shift)], 0
    met = {slot + shift for slot in chain.slots}.intersection(places.slots)
    return sorted([slot - shift for slot in met]), 0


def _set_in(table: bytes, slots: list[int]) -> list[int]:
    """Those of the rising slots whose bit is set."""
    inside = slots[bisect_left(slots, 0) : bisect_left(slots, len(table) << 3)]
    return [slot for slot in inside if table[slot >> 3] >> (slot & 7) & 1]


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
