"""The file that lies beside a segment of the index: the records of its episodes, to be read in place, and its words.

Written once, in the order of the segment's documents; a segment without its whole sidecar does not count.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from index.search.damage import DamagedIndex
from index.search.records import ARRAYS, Entry, Record

_MAGIC = b"EmSc"
_END = struct.Struct("<4sQQIQQI")  # Magic; begin, length and CRC of the words; the same of the table.
_ALIGNED = 8
_KNOWN = ("timed", "rising")  # Of a record beside its arrays.


class SidecarWriter:
    """Writes a sidecar: every episode of the segment in turn, then `finish`."""

    def __init__(self, path: Path) -> None:
        """Begin a sidecar.

        Raises:
            OSError: the file cannot be made.
        """
        self._file: BinaryIO = open(path, "wb")  # noqa: SIM115 - closed by `finish`.
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
        """Write what is known only at the end, and see it on the disk."""
        with self._file as file:
            words = "\n".join(f"{count} {term}" for term, count in sorted(self._counts.items())).encode()
            table = json.dumps(self._table).encode()
            end = []
            for part in (words, table):
                end += [file.tell(), len(part), zlib.crc32(part)]
                file.write(part)
            file.write(_END.pack(_MAGIC, *end))
            file.flush()
            os.fsync(file.fileno())


class Sidecar:
    """A sidecar that is mapped: what is not looked at is not read."""

    def __init__(self, path: Path) -> None:
        """Open a sidecar.

        Raises:
            OSError: it is not there or cannot be read.
            DamagedIndex: it is not whole.
        """
        self._name = path.name
        with open(path, "rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise DamagedIndex(f"{path.name} is empty") from error
        self._view = memoryview(self._map)
        try:
            magic, *self._words, begin, length, crc = _END.unpack(self._view[-_END.size :])
            if magic != _MAGIC:
                raise DamagedIndex(f"{path.name} has no end")
            table = json.loads(self._part(begin, length, crc))
            self._places: Sequence[dict[str, Any]] = [
                row.pop("arrays") | {known: row.pop(known) for known in _KNOWN} for row in table
            ]
            self.entries: Sequence[Entry] = [_entry(row) for row in table]
        except (struct.error, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DamagedIndex(f"{path.name} cannot be read") from error

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

    def counts(self) -> dict[str, int]:
        """Every term and how often it stands in the segment.

        Raises:
            DamagedIndex: the list is damaged.
        """
        text = self._part(*self._words).decode()
        rows = (row.split(" ", 1) for row in text.split("\n") if row)
        return {term: int(count) for count, term in rows}


def _entry(row: dict[str, Any]) -> Entry:
    for name in ("tags", "speakers", "questions"):
        row[name] = tuple(row[name])
    return Entry(**row)


def merge(sidecars: Iterable[tuple[Sidecar, Sequence[int]]], path: Path) -> None:
    """Write the sidecar of a segment that is made of others: of each, the episodes of these numbers."""
    writer = SidecarWriter(path)
    for sidecar, numbers in sidecars:
        for number in numbers:
            writer.add(sidecar.entries[number], sidecar.record(number), {})
        writer.count(sidecar.counts())
    writer.finish()
