"""A whole transcript as a few bytes a word, and back: what the library keeps of it.

Version 1: a byte 1, then, deflated: the length of a head (4 bytes), the head as JSON, and the arrays one after
another. The head names each array and how it is written; what is no array stands in it as it is.
"""

import hashlib
import json
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import add, sub
from types import MappingProxyType
from typing import Any

from index.errors import TranscriptError
from index.transcript import Transcript

VERSION = 1
_DAMAGED = "The stored words are damaged; open the transcript's file again."
_LEVEL = 4  # Takes half the time of 6, and 3 % more room.

# Arrays that lie just above another one: their differences from it are small and alike. All others rise, so their
# steps are written.
_ABOVE = {"limits": "offsets", "ends": "starts", "cue_ends": "cue_starts"}
_RISING = ("offsets", "starts", "cue_firsts", "cue_starts", "turn_firsts", "turn_speakers")
_BYTES = ("timings", "joints", "confidences")
_TYPES = {"starts": "q", "ends": "q", "cue_starts": "q", "cue_ends": "q"}  # All others are "i".
_WIDTHS = (("B", 0, 0xFF), ("h", -(1 << 15), (1 << 15) - 1), ("i", -(1 << 31), (1 << 31) - 1))


def pack(transcript: Transcript) -> bytes:
    """The transcript in about 7 bytes a word; `unpack` gives it back with every word, time and name the same."""
    written: list[tuple[str, str, int]] = []
    parts: list[bytes] = []

    def write(name: str, kind: str, data: bytes) -> None:
        written.append((name, kind, len(data)))
        parts.append(data)

    write("text", "text", transcript.text.encode("utf-8", "surrogatepass"))
    for name in _RISING:
        write(name, *_narrow(_steps(getattr(transcript, name))))
    for name, base in _ABOVE.items():
        write(name, *_narrow(list(map(sub, getattr(transcript, name), getattr(transcript, base)))))
    for name in _BYTES:
        write(name, "bytes", getattr(transcript, name))
    head = {
        "parts": written,
        "speakers": transcript.speakers,
        "cue_ids": list(transcript.cue_ids.items()),
        "cue_settings": list(transcript.cue_settings.items()),
        "timed": transcript.timed,
    }
    if transcript.cues_are_paragraphs == transcript.timed:  # Else it goes without saying, as before there were any.
        head["paragraphs"] = transcript.cues_are_paragraphs
    told = json.dumps(head, separators=(",", ":")).encode("ascii")
    return bytes([VERSION]) + zlib.compress(b"".join((struct.pack("<I", len(told)), told, *parts)), _LEVEL)


def digest_of(packed: bytes) -> str:
    """What tells these words from all others, however the library of this machine has deflated them.

    Raises:
        TranscriptError: they are damaged.
    """
    try:
        return hashlib.blake2b(zlib.decompress(memoryview(packed)[1:]), digest_size=16).hexdigest()
    except zlib.error as error:
        raise TranscriptError(_DAMAGED) from error


def unpack(packed: bytes) -> Transcript:
    """The transcript that was packed; 100,000 words take some 30 ms.

    Raises:
        TranscriptError: these are not the bytes of a transcript, or they are damaged.
    """
    if packed[:1] != bytes([VERSION]):
        raise TranscriptError(
            "These words were stored by another version of Earmark; open the transcript's file again."
        )
    try:
        return _unpacked(memoryview(zlib.decompress(memoryview(packed)[1:])))
    except (zlib.error, struct.error, ValueError, KeyError, TypeError) as error:
        raise TranscriptError(_DAMAGED) from error


def _unpacked(data: memoryview) -> Transcript:
    (length,) = struct.unpack_from("<I", data)
    head = json.loads(bytes(data[4 : 4 + length]))
    at, found = 4 + length, dict[str, Any]()
    for name, kind, size in head["parts"]:
        found[name] = _read(kind, data[at : at + size])
        at += size
    for name in _RISING:
        found[name] = array(_TYPES.get(name, "i"), accumulate(found[name]))
    for name, base in _ABOVE.items():
        found[name] = array(_TYPES.get(name, "i"), map(add, found[name], found[base]))
    return Transcript(
        **found,
        speakers=tuple(head["speakers"]),
        cue_ids=MappingProxyType(dict(head["cue_ids"])),
        cue_settings=MappingProxyType(dict(head["cue_settings"])),
        timed=head["timed"],
        cues_are_paragraphs=head.get("paragraphs", not head["timed"]),
    )


def _steps(values: Sequence[int]) -> list[int]:
    """The first value, then by how much each is more than the one before it."""
    return [*values[:1], *map(sub, values[1:], values)]


def _narrow(values: Sequence[int]) -> tuple[str, bytes]:
    """Numbers in as few bytes each as hold them all: all first bytes, then all second bytes, as deflating likes it."""
    low, high = (min(values), max(values)) if values else (0, 0)
    code = next((code for code, least, most in _WIDTHS if least <= low and high <= most), "q")
    data, width = _little(array(code, values)).tobytes(), array(code).itemsize
    return code, b"".join(data[place::width] for place in range(width))


def _read(kind: str, data: memoryview) -> Iterable[int] | str | bytes:
    if kind == "text":
        return str(data, "utf-8", "surrogatepass")
    if kind == "bytes":
        return bytes(data)
    numbers = array(kind)
    width, count = numbers.itemsize, len(data) // numbers.itemsize
    woven = bytearray(len(data))
    for place in range(width):
        woven[place::width] = data[place * count : (place + 1) * count]
    numbers.frombytes(woven)
    return _little(numbers)


def _little(numbers: "array[int]") -> "array[int]":
    """The numbers as a machine of little-endian order has them: a library can be carried to another one."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers
