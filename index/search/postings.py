"""Where a term stands in one episode, as bytes in the index and as something that can be met with another's."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

EVERY = 0b111
"""The term is read so in every reading of `index.folding.readings`."""

_SHORT, _LONG, _BITS, _MIXED = b"H", b"I", b"b", b"m"
_DENSE = 32  # From one slot in 32 on, a bit a slot is no larger than the list, and quicker by far.


class Kind(NamedTuple):
    """How a term came to stand somewhere: in which readings (bits), and over how many slots."""

    readings: int
    width: int


PLAIN = Kind(EVERY, 1)
"""A word without signs inside: read alike in every reading, in one slot."""


@dataclass(frozen=True, slots=True)
class Places:
    """Slots of one kind, rising: as a list, or, where they are dense, a bit a slot."""

    kind: Kind
    slots: Sequence[int]  # Empty if there are bits.
    bits: bytes = b""

    def __len__(self) -> int:
        return int.from_bytes(self.bits, "little").bit_count() if self.bits else len(self.slots)

    def all(self) -> Sequence[int]:
        """Every slot, rising."""
        return slots_of(int.from_bytes(self.bits, "little")) if self.bits else self.slots


def slots_of(bits: int) -> list[int]:
    """The slots of the bits that are set, rising."""
    found = []
    text = bin(bits)
    last = len(text) - 1
    at = text.rfind("1")
    while at > 0:
        found.append(last - at)
        at = text.rfind("1", 0, at)
    return found


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


def decode(value: bytes) -> list[Places]:
    """What `encode` was given, kind by kind.

    Raises:
        ValueError: the bytes are damaged.
    """
    if value[:1] != _MIXED:
        return [_unpack(PLAIN, value)]
    found = []
    at = 1
    while at < len(value):
        header = array("I", value[at : at + 12])
        readings, width, length = header
        at += 12 + length
        found.append(_unpack(Kind(readings, width), value[at - length : at]))
    return found


def _unpack(kind: Kind, value: bytes) -> Places:
    form = value[:1]
    if form == _BITS:
        return Places(kind, (), value[1:])
    if form not in (_SHORT, _LONG):
        raise ValueError("no places of a term")
    return Places(kind, array(form.decode(), value[1:]))


def union(places: Iterable[Places]) -> list[Places]:
    """The places of several terms as those of one, kind by kind."""
    by_kind: dict[Kind, list[Places]] = {}
    for one in places:
        by_kind.setdefault(one.kind, []).append(one)
    return [
        alike[0] if len(alike) == 1 else Places(kind, sorted({slot for one in alike for slot in one.all()}))
        for kind, alike in by_kind.items()
    ]
