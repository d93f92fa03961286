"""Where a term stands: in the index as one stretch of bytes for all episodes, in memory as arrays that can be met."""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain as joined
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

EVERY = 0b111
"""The term is read so in every reading of `index.folding.readings`."""

_SHORT, _LONG, _BITS, _MIXED = b"H", b"I", b"b", b"m"
_DENSE = 128  # From one slot in 128 on a bit a slot: a little larger than the list, and quicker by far.
_BYTES = {_SHORT: 2, _LONG: 4}  # Of a slot.

Slots = NDArray[np.int64]
"""Slots, rising."""

Table = NDArray[np.uint8]
"""A bit a slot, the lowest first."""


class Kind(NamedTuple):
    """How a term came to stand somewhere: in which readings (bits), and over how many slots."""

    readings: int
    width: int


PLAIN = Kind(EVERY, 1)
"""A word without signs inside: read alike in every reading, in one slot."""

NO_SLOTS: Slots = np.empty(0, np.int64)


class Places:
    """Slots of one kind: a rising list, or, where they are dense, a bit a slot."""

    __slots__ = ("kind", "slots", "table")

    def __init__(self, kind: Kind, slots: Slots, table: Table | None = None) -> None:
        """Either the slots, or the bits of them."""
        self.kind, self.slots, self.table = kind, slots, table

    @property
    def size(self) -> int:
        """How many bytes this takes."""
        return self.slots.nbytes if self.table is None else self.table.nbytes

    def all(self) -> Slots:
        """Every slot, rising."""
        return self.slots if self.table is None else slots_of(self.table)


def slots_of(table: Table) -> Slots:
    """The slots of the bits that are set, rising."""
    places = np.flatnonzero(table != 0)
    bits = np.flatnonzero(np.unpackbits(table[places], bitorder="little").view(np.bool_))
    slots: Slots = (places[bits >> 3] << 3) + (bits & 7)
    return slots


def each_once(slots: Slots) -> Slots:
    """Slots in order, none of them twice. (Sorting is quicker by far than the hashing of `numpy.unique`.)"""
    rising = np.sort(slots)
    return rising[np.diff(rising, prepend=-1) > 0]


def table_of(slots: Slots, length: int) -> Table:
    """So many bytes with the bits of slots set."""
    bits = np.zeros(length << 3, np.bool_)
    bits[slots] = True
    return np.packbits(bits, bitorder="little")


# One episode


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
        bits = bytearray((places[-1] >> 3) + 1)
        for slot in places:
            bits[slot >> 3] |= 1 << (slot & 7)
        return _BITS + bits
    return (_SHORT + array("H", places).tobytes()) if slots <= 0xFFFF else (_LONG + array("I", places).tobytes())


def count(value: bytes) -> int:
    """How many places `encode` was given."""
    form, packed = value[:1], value[1:]
    if form == _BITS:
        return int.from_bytes(packed, "little").bit_count()
    if form == _MIXED:
        return sum(count(of_kind) for _, of_kind in _by_kind(value))
    return len(packed) // _BYTES[form]


def _by_kind(value: bytes) -> Iterator[tuple[Kind, bytes]]:
    if value[:1] != _MIXED:
        yield PLAIN, value
        return
    at = 1
    while at < len(value):
        readings, width, length = array("I", value[at : at + 12])
        at += 12 + length
        yield Kind(readings, width), value[at - length : at]


# Many episodes

_SEAL = struct.Struct("<4sI")  # Magic, CRC of the rest.
_HEAD = struct.Struct("<Ic3x")  # Episodes, the form of all of them or `_MIXED`.
_MAGIC = b"EmPl"


def gather(values: Mapping[int, bytes]) -> bytes:
    """What `encode` gave for some episodes, by number, as one stretch: so it is read in few steps."""
    numbers = sorted(values)
    rising = [values[number] for number in numbers]
    form = rising[0][:1]
    if any(value[:1] != form for value in rising):
        form = _MIXED
    if form != _MIXED:
        rising = [value[1:] for value in rising]
    lengths = array("I", map(len, rising))
    rest = b"".join((_HEAD.pack(len(numbers), form), array("I", numbers).tobytes(), lengths.tobytes(), *rising))
    return _SEAL.pack(_MAGIC, zlib.crc32(rest)) + rest


class _Stretch(NamedTuple):
    form: bytes
    numbers: NDArray[np.uint32]
    lengths: NDArray[np.uint32]  # Bytes of each episode.
    data: memoryview


def _read(stretch: bytes | memoryview) -> _Stretch:
    rest = memoryview(stretch)[_SEAL.size :]
    if stretch[: _SEAL.size] != _SEAL.pack(_MAGIC, zlib.crc32(rest)):
        raise ValueError("no places of a term")
    episodes, form = _HEAD.unpack_from(rest)
    numbers = np.frombuffer(rest, np.uint32, episodes, _HEAD.size)
    lengths = np.frombuffer(rest, np.uint32, episodes, _HEAD.size + episodes * 4)
    return _Stretch(form, numbers, lengths, rest[_HEAD.size + episodes * 8 :])


def scatter(stretch: bytes | memoryview) -> dict[int, bytes]:
    """What `gather` was given.

    Raises:
        ValueError: the bytes are damaged.
    """
    form, numbers, lengths, data = _read(stretch)
    front = b"" if form == _MIXED else form
    ends = np.cumsum(lengths).tolist()
    begins = [0, *ends[:-1]]
    return {
        number: front + bytes(data[begin:end])
        for number, begin, end in zip(numbers.tolist(), begins, ends, strict=True)
    }


def place(stretch: bytes | memoryview, bases: Slots) -> list[Places]:
    """The places in a stretch, kind by kind, each episode's slots counted from a base of its own.

    Raises:
        ValueError: the bytes are damaged.
    """
    form, numbers, lengths, data = _read(stretch)
    if form == _SHORT:  # Most terms, in few steps however many episodes have the term but once.
        begins = np.repeat(bases[numbers], lengths >> 1)
        return [Places(PLAIN, begins + np.frombuffer(data, np.uint16))]
    by_kind: dict[Kind, list[tuple[int, bytes]]] = {}
    for number, value in scatter(stretch).items():
        for kind, packed in _by_kind(value):
            by_kind.setdefault(kind, []).append((number, packed))
    return [_placed(kind, found, bases) for kind, found in by_kind.items()]


def _placed(kind: Kind, found: Sequence[tuple[int, bytes]], bases: Slots) -> Places:
    dense = [(number, value) for number, value in found if value[:1] == _BITS]
    listed = [_listed(value) + bases[number] for number, value in found if value[:1] != _BITS]
    table: Table | None = None
    if len(dense) * 2 > len(found):
        length = int(bases[-1]) >> 3
        table = table_of(np.concatenate(listed), length) if listed else np.zeros(length, np.uint8)
        for number, value in dense:
            begin = int(bases[number]) >> 3
            table[begin : begin + len(value) - 1] = np.frombuffer(value, np.uint8, offset=1)
        return Places(kind, NO_SLOTS, table)
    listed += [slots_of(np.frombuffer(value, np.uint8, offset=1)) + bases[number] for number, value in dense]
    slots = np.concatenate(listed)
    return Places(kind, np.sort(slots) if dense else slots)


def _listed(value: bytes) -> Slots:
    slots = array(value[:1].decode(), value[1:])
    return np.array(slots, np.int64)


def bases(lengths: Iterable[int]) -> Slots:
    """Where the slots of episodes of such lengths begin when they are counted on, with air between; and the end."""
    rooms = ((length >> 3) + 1 << 3 for length in lengths)
    return np.cumsum(np.fromiter(joined([0], rooms), np.int64))


def union(places: Iterable[Places]) -> list[Places]:
    """The places of several terms as those of one, kind by kind."""
    by_kind: dict[Kind, list[Places]] = {}
    for one in places:
        by_kind.setdefault(one.kind, []).append(one)
    return [alike[0] if len(alike) == 1 else _united(kind, alike) for kind, alike in by_kind.items()]


def _united(kind: Kind, alike: Sequence[Places]) -> Places:
    lists = [one.slots for one in alike if one.table is None]
    tables = [one.table for one in alike if one.table is not None]
    slots = each_once(np.concatenate(lists)) if lists else NO_SLOTS
    if not tables:
        return Places(kind, slots)
    return Places(kind, NO_SLOTS, np.bitwise_or.reduce([*tables, table_of(slots, len(tables[0]))]))
