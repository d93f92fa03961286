"""Where a term stands: in one episode as bytes in the index, in many as something that can be met with another's."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain as joined
from itertools import repeat
from operator import add
from typing import NamedTuple

EVERY = 0b111
"""The term is read so in every reading of `index.folding.readings`."""

_SHORT, _LONG, _BITS, _MIXED = b"H", b"I", b"b", b"m"
_DENSE = 128  # From one slot in 128 on a bit a slot: a little larger than the list, and quicker by far.


class Kind(NamedTuple):
    """How a term came to stand somewhere: in which readings (bits), and over how many slots."""

    readings: int
    width: int


PLAIN = Kind(EVERY, 1)
"""A word without signs inside: read alike in every reading, in one slot."""


class Places:
    """Slots of one kind: a rising list, or, where they are dense, a bit a slot."""

    __slots__ = ("_bits", "kind", "slots", "table")

    def __init__(self, kind: Kind, slots: Sequence[int], table: bytes = b"") -> None:
        """Either the slots, or the bits of them as bytes, the lowest first."""
        self.kind, self.slots, self.table = kind, slots, table
        self._bits: int | None = None

    @property
    def bits(self) -> int:
        """A bit a slot as one number; 0 where there is a list."""
        if self._bits is None:
            self._bits = int.from_bytes(self.table, "little")
        return self._bits

    @property
    def rarity(self) -> int:
        """About how many slots there are."""
        return len(self.slots) if not self.table else len(self.table) * 8 // _DENSE

    @property
    def size(self) -> int:
        """About how many bytes this takes."""
        return len(self.slots) * 4 + len(self.table) * 2

    def all(self) -> Sequence[int]:
        """Every slot, rising."""
        return slots_of(self.table) if self.table else self.slots


_SET = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]
_SOME = bytes([0]) + bytes([1]) * 255
_ONE = re.compile(b"\1")  # One byte that is looked for is found at the speed of memory; any of many is not.


def slots_of(table: bytes) -> list[int]:
    """The slots of the bits that are set, rising."""
    places = [found.start() for found in _ONE.finditer(table.translate(_SOME))]
    return [(at << 3) + bit for at in places for bit in _SET[table[at]]]


def encode(places: Mapping[Kind, Sequence[int]], slots: int) -> bytes:
    """The places of a term in an episode of so many slots, each kind's rising."""
    if len(places) == 1 and PLAIN in places:
        return _pack(places[PLAIN], slots)
    parts = [_MIXED]
    for kind, of_kind in places.items():
        packed = _pack(of_kind, slots)
        parts.append(array("I", (kind.readings, kind.width, len(packed))).tobytes())
        parts.append(packed)
    return b"".join(parts)


def _pack(places: Sequence[int], slots: int) -> bytes:
    if len(places) * _DENSE > slots:
        return _BITS + _bits_of(places)
    return (_SHORT + array("H", places).tobytes()) if slots <= 0xFFFF else (_LONG + array("I", places).tobytes())


def _bits_of(slots: Sequence[int]) -> bytearray:
    bits = bytearray((slots[-1] >> 3) + 1)
    for slot in slots:
        bits[slot >> 3] |= 1 << (slot & 7)
    return bits


def place(values: Mapping[int, bytes], bases: Sequence[int]) -> list[Places]:
    """What `encode` was given for some episodes, kind by kind, each episode's slots counted from a base of its own.

    Raises:
        ValueError, IndexError: the bytes are damaged.
    """
    rising = sorted(values.items())
    mixed = _MIXED[0]
    if all(value[0] != mixed for _, value in rising):
        return [_placed(PLAIN, rising, bases)]
    by_kind: dict[Kind, list[tuple[int, bytes]]] = {}
    for number, value in rising:
        if value[0] != mixed:
            by_kind.setdefault(PLAIN, []).append((number, value))
            continue
        at = 1
        while at < len(value):
            readings, width, length = array("I", value[at : at + 12])
            at += 12 + length
            by_kind.setdefault(Kind(readings, width), []).append((number, value[at - length : at]))
    return [_placed(kind, found, bases) for kind, found in by_kind.items()]


def _placed(kind: Kind, found: Sequence[tuple[int, bytes]], bases: Sequence[int]) -> Places:
    forms = bytes([value[0] for _, value in found])
    if forms.count(_BITS) * 2 > len(found):
        table = bytearray((bases[found[-1][0] + 1]) >> 3)
        for number, value in found:
            bits = value[1:] if value[:1] == _BITS else _bits_of(_listed(value))
            begin = bases[number] >> 3
            table[begin : begin + len(bits)] = bits
        return Places(kind, (), bytes(table))
    if forms.count(_SHORT) == len(found):
        return Places(kind, _all_short(found, bases))
    slots = array("I")
    for number, value in found:
        base = bases[number]
        slots.extend([base + slot for slot in _listed(value)])
    return Places(kind, slots)


def _all_short(found: Sequence[tuple[int, bytes]], bases: Sequence[int]) -> array[int]:
    """The slots of all, in few steps however many episodes have the term but once."""
    slots = array("H", b"".join([value[1:] for _, value in found]))
    counts = [len(value) >> 1 for _, value in found]
    if sum(counts) != len(slots):
        raise ValueError("no places of a term")
    begins = map(repeat, [bases[number] for number, _ in found], counts)
    return array("I", list(map(add, slots, joined.from_iterable(begins))))


def _listed(value: bytes) -> Sequence[int]:
    form = value[:1]
    if form == _BITS:
        return slots_of(value[1:])
    if form not in (_SHORT, _LONG):
        raise ValueError("no places of a term")
    return array(form.decode(), value[1:])


def bases(lengths: Iterable[int]) -> array[int]:
    """Where the slots of episodes of such lengths begin when they are counted on, with air between; and the end."""
    found = array("I", [0])
    for length in lengths:
        found.append(found[-1] + ((length >> 3) + 1 << 3))
    return found


def union(places: Iterable[Places]) -> list[Places]:
    """The places of several terms as those of one, kind by kind."""
    by_kind: dict[Kind, list[Places]] = {}
    for one in places:
        by_kind.setdefault(one.kind, []).append(one)
    return [
        alike[0] if len(alike) == 1 else Places(kind, sorted({slot for one in alike for slot in one.all()}))
        for kind, alike in by_kind.items()
    ]
