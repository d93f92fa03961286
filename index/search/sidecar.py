"""The file that lies beside a segment of the index: the records of its episodes, to be read in place, and its words.

Written once, in the order of the segment's documents; a segment without its whole sidecar does not count.
"""

from __future__ import annotations

import json
import os
import struct
import zlib
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from index.search.damage import DamagedIndex
from index.search.mapping import mapped
from index.search.records import ARRAYS, Entry, Record

_MAGIC = b"EmSc"
_END = struct.Struct("<4sQQIQQI")  # Magic; begin, length and CRC of the words; the same of the table.
_ALIGNED = 8
_KNOWN = ("timed", "rising")  # Of a record beside its arrays.


class SidecarWriter:
    """Writes a sidecar: every episode of the segment in turn, then `finish`."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin a sidecar in an empty file."""
        self._file = file
        self._table: list[dict[str, Any]] = []
        self._counts: dict[str, int] = {}

    def add(self, entry: Entry, record: Record, counts: Mapping[str, int]) -> None:
        """Take in an episode and how often each of its terms stands in it."""
        places = {}
        for name in ARRAYS:
            values = getattr(record, name)
            data = values.tobytes()
            places[name] = [
                values.format if isinstance(values, memoryview) else values.typecode,
                self._file.tell(),
                len(data),
            ]
            self._file.write(data + bytes(-len(data) % _ALIGNED))
        self._table.append({**asdict(entry), "timed": record.timed, "rising": record.rising, "arrays": places})
        self.count(counts)

    def count(self, counts: Mapping[str, int]) -> None:
        """Take in terms and how often they stand in the segment."""
        own = self._counts
        for term, count in counts.items():
            own[term] = own.get(term, 0) + count

    def finish(self) -> None:
        """Write what is known only at the end."""
        file = self._file
        numbers = array("I", [len(self._counts), *self._counts.values()])
        words = numbers.tobytes() + "\n".join(self._counts).encode()
        table = json.dumps(self._table).encode()
        end = []
        for part in (words, table):
            end += [file.tell(), len(part), zlib.crc32(part)]
            file.write(part)
        file.write(_END.pack(_MAGIC, *end))


@contextmanager
def written(path: Path) -> Iterator[SidecarWriter]:
    """What writes a sidecar of that name; at the end it is on the disk.

    Raises:
        OSError: it cannot be written.
    """
    with open(path, "wb") as file:
        writer = SidecarWriter(file)
        yield writer
        writer.finish()
        file.flush()
        os.fsync(file.fileno())


class Sidecar:
    """A sidecar, from a file or made in memory; of a file what is not looked at is not read."""

    def __init__(self, view: memoryview, name: str) -> None:
        """Its bytes; the name is for what may have to be said.

        Raises:
            DamagedIndex: it is not whole.
        """
        self._view, self._name = view, name
        try:
            magic, *self._words, begin, length, crc = _END.unpack(view[-_END.size :])
            if magic != _MAGIC:
                raise DamagedIndex(f"{name} has no end")
            table = json.loads(self._part(begin, length, crc))
            self._places: Sequence[dict[str, Any]] = [
                row.pop("arrays") | {known: row.pop(known) for known in _KNOWN} for row in table
            ]
            self.entries: Sequence[Entry] = [_entry(row) for row in table]
            self.timed, self.rising = (np.array([places[known] for places in self._places], bool) for known in _KNOWN)
        except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedIndex(f"{name} cannot be read") from error
        self._columns: dict[str, _Column] = {}

    @classmethod
    def open(cls, path: Path) -> Sidecar:
        """The sidecar in a file.

        Raises:
            OSError: it is not there or cannot be read.
            DamagedIndex: it is not whole.
        """
        return cls(mapped(path), path.name)

    def _part(self, begin: int, length: int, crc: int) -> bytes:
        part = bytes(self._view[begin : begin + length])
        if zlib.crc32(part) != crc:
            raise DamagedIndex(f"{self._name} is damaged")
        return part

    def record(self, number: int) -> Record:
        """The arrays of an episode, in place."""
        places, view = self._places[number], self._view
        arrays = {}
        for name in ARRAYS:
            code, begin, size = places[name]
            arrays[name] = view[begin : begin + size].cast(code)
        return Record(**arrays, timed=places["timed"], rising=places["rising"])

    def take(self, name: str, numbers: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Of some episodes, by number, what stands at a place in the array of that name: many at a time."""
        if name not in self._columns:
            self._columns[name] = _Column([places[name] for places in self._places], self._view)
        return self._columns[name].take(numbers, places)

    def counts(self) -> dict[str, int]:
        """Every term and how often it stands in the segment.

        Raises:
            DamagedIndex: the list is damaged.
        """
        words = self._part(*self._words)
        begin = array("I").itemsize
        end = begin * (1 + array("I", words[:begin])[0])
        return dict(zip(words[end:].decode().split("\n"), array("I", words[begin:end]), strict=False))  # If none: "".


class _Column:
    """The arrays of one name of all episodes, seen as one: the file from end to end, and where in it each begins."""

    def __init__(self, places: Sequence[tuple[str, int, int]], view: memoryview) -> None:
        self._types = np.array([np.dtype(code).num for code, _, _ in places])
        self._flat = {}
        self._begins = np.empty(len(places), np.int64)
        for code in {code for code, _, _ in places}:
            kind = np.dtype(code)
            self._flat[kind.num] = np.frombuffer(view[: len(view) // kind.itemsize * kind.itemsize], kind)
        for number, (code, begin, _) in enumerate(places):
            self._begins[number] = begin // np.dtype(code).itemsize

    def take(self, numbers: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
        at = self._begins[numbers] + places
        if len(self._flat) == 1:
            (flat,) = self._flat.values()
            return np.asarray(flat[at], np.int64)
        found = np.empty(len(at), np.int64)
        types = self._types[numbers]
        for kind, flat in self._flat.items():  # Only a very long episode has other types than the rest.
            of_kind = types == kind
            found[of_kind] = flat[at[of_kind]]
        return found


def _entry(row: dict[str, Any]) -> Entry:
    for name in ("tags", "speakers", "questions"):
        row[name] = tuple(row[name])
    return Entry(**row)


def merge(sidecars: Iterable[tuple[Sidecar, Sequence[int]]], path: Path) -> None:
    """Write the sidecar of a segment that is made of others: of each, the episodes of these numbers."""
    with written(path) as writer:
        for sidecar, numbers in sidecars:
            for number in numbers:
                writer.add(sidecar.entries[number], sidecar.record(number), {})
            writer.count(sidecar.counts())
