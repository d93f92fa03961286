"""What is kept of an episode beside the index, to be read in place: the word of each slot, word times, turns."""

from __future__ import annotations

import json
import mmap
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from index.search.source import Document
from index.transcript import NO_SPEAKER, Timing, WordRange

_HEADER = struct.Struct("<4sIQ")  # Magic, CRC of the table, its length.
_MAGIC = b"EmR1"
_ALIGNED = 8


class DamagedRecord(Exception):
    """The bytes are not those that were written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an indexed episode before its words are looked at."""

    episode: int
    revision: int
    title: str
    show: str
    date: str
    tags: tuple[str, ...]
    speakers: tuple[str, ...]
    duration_ms: int
    slots: int
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The arrays of an episode: views on a file that is mapped, or on memory."""

    words: Sequence[int]  # The word of each slot.
    starts: Sequence[int]  # ms, of each word.
    ends: Sequence[int]
    turn_firsts: Sequence[int]
    turn_speakers: Sequence[int]  # Into the entry's speakers, or NO_SPEAKER.
    exact: Sequence[int]  # Whether each word's time is the source's own; one value if it is the same for all.
    timed: bool

    def word_range(self, first_slot: int, end_slot: int) -> WordRange:
        """The words that some slots belong to."""
        return WordRange(self.words[first_slot], self.words[end_slot - 1] + 1)

    def span_ms(self, words: WordRange) -> tuple[int, int]:
        """When the first of the words begins and the last to end ends, in ms."""
        if len(words) == 1:
            return self.starts[words.first], self.ends[words.first]
        starts = self.starts[words.first : words.end]
        return min(starts), max(*starts, *self.ends[words.first : words.end])

    def is_exact(self, words: WordRange) -> bool:
        """Whether every word of the range has a time of its own."""
        exact = self.exact
        return bool(self.timed and (exact[0] if len(exact) == 1 else all(exact[words.first : words.end])))

    def speaker_of(self, word: int) -> int:
        """Which of the speakers says the word, or NO_SPEAKER."""
        if not self.turn_firsts:
            return NO_SPEAKER
        return self.turn_speakers[bisect_right(self.turn_firsts, word) - 1]

    def turns(self) -> Iterator[tuple[int, int, int]]:
        """First word, end and speaker of every turn."""
        for number, (first, speaker) in enumerate(zip(self.turn_firsts, self.turn_speakers, strict=True)):
            end = self.turn_firsts[number + 1] if number + 1 < len(self.turn_firsts) else len(self.starts)
            yield first, end, speaker


_ARRAYS = ("words", "starts", "ends", "turn_firsts", "turn_speakers", "exact")


def record_of(document: Document, words: array[int]) -> Record:
    """The record of an episode whose slots belong to these words."""
    transcript = document.transcript
    exact = bytes(timing == Timing.EXACT for timing in transcript.timings)
    if len(set(exact)) < 2:
        exact = exact[:1] or b"\0"
    return Record(
        words if len(transcript) > 0xFFFF else array("H", words),
        _narrow(transcript.starts),
        _narrow(transcript.ends),
        transcript.turn_firsts,
        transcript.turn_speakers,
        array("B", exact),
        transcript.timed,
    )


def _narrow(times: array[int]) -> array[int]:
    """Times in four bytes each, unless one is later than the 596th hour."""
    try:
        return array("i", times)
    except OverflowError:
        return times


def entry_of(document: Document, slots: int) -> Entry:
    """The entry of an episode of so many slots."""
    return Entry(
        document.episode,
        document.revision,
        document.title,
        document.show,
        document.date,
        tuple(document.tags),
        document.transcript.speakers,
        document.duration_ms,
        slots,
        tuple(document.questions),
    )


def append(file: BinaryIO, record: Record) -> int:
    """Write a record at the end of a file; gives where it begins."""
    offset = file.tell()
    table, blobs, at = {}, [], 0
    for name in _ARRAYS:
        values = getattr(record, name)
        data = values.tobytes()
        table[name] = [values.typecode, at, len(data)]
        padding = -len(data) % _ALIGNED
        blobs.append(data + bytes(padding))
        at += len(data) + padding
    head = json.dumps({**table, "timed": record.timed}).encode()
    head += b" " * (-(len(head) + _HEADER.size) % _ALIGNED)
    file.write(_HEADER.pack(_MAGIC, zlib.crc32(head), len(head)) + head + b"".join(blobs))
    return offset


class Records:
    """A file of records, mapped: a record is read where it lies, and only as far as it is looked at."""

    def __init__(self, path: Path) -> None:
        """Open a file of records.

        Raises:
            OSError: it cannot be read.
            DamagedRecord: it is empty.
        """
        with open(path, "rb") as file:
            try:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except ValueError as error:
                raise DamagedRecord(f"{path.name} is empty") from error
        self._view = memoryview(self._map)

    def __getitem__(self, offset: int) -> Record:
        """The record that begins at an offset.

        Raises:
            DamagedRecord: there is none.
        """
        try:
            magic, crc, length = _HEADER.unpack_from(self._view, offset)
            at = offset + _HEADER.size
            head = bytes(self._view[at : at + length])
            if magic != _MAGIC or zlib.crc32(head) != crc:
                raise DamagedRecord("no record begins here")
            table = json.loads(head)
            base = at + length
            arrays = {
                name: self._view[base + begin : base + begin + size].cast(code)
                for name in _ARRAYS
                for code, begin, size in [table[name]]
            }
        except (struct.error, ValueError, KeyError, TypeError) as error:
            raise DamagedRecord("no record begins here") from error
        return Record(**arrays, timed=bool(table["timed"]))

    def close(self) -> None:
        """Let go of the file, as far as no record of it is in use."""
        try:
            self._view.release()
            self._map.close()
        except BufferError:  # It is freed with the last record.
            pass
