"""The exact duration of an MP3: from a Xing or VBRI header that fits the file, else by counting frames.

An MP3 states its length nowhere but in that optional header. Players guess from the first bit rate when it
is missing, and are out by a quarter and more on variable bit rates. Reading each frame's four-byte header
and leaping to the next costs about 0.1 s for two hours. Layout of frame headers: ISO 11172-3 and 13818-3;
Xing, LAME and VBRI as their encoders write them.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# Every sample rate divides this number, so durations add up exactly as whole numbers.
_TICKS_PER_SECOND = 14_112_000
_CHUNK = 1 << 20
_WINDOW = 1 << 16
# No frame is longer than 2,881 bytes (MPEG-2.5 layer II at 160 kbit/s and 8 kHz).
_LONGEST_FRAME = 4096
# A hostile file could consist of places that look like a frame and are none: after so many, counting ends.
_FALSE_STARTS = 200_000
_BREAKS = 10_000
_SYNC = re.compile(rb"\xff[\xe2-\xff][\x10-\xef]|ID3", re.DOTALL)
_BIT_RATES = {
    # (MPEG-1?, layer): kbit/s by index
    (True, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}


@dataclass(frozen=True)
class FrameCount:
    """How many frames of sound a file holds and how long they last together."""

    frames: int
    duration_ms: int


@dataclass(frozen=True)
class SeekHeader:
    """What a Xing, Info or VBRI header says, and whether the file bears it out.

    `fits` is False when the header's byte count does not match the file: a download cut short, or
    advertisements spliced in before or after. Then neither its duration nor its seek table is any good.
    """

    frames: int
    duration_ms: int
    fits: bool


def exact_duration_ms(path: str | os.PathLike[str]) -> int:
    """The duration in milliseconds, exact to a frame; 0 when the file holds no MPEG audio.

    Raises OSError when the file cannot be read.
    """
    header = seek_header(path)
    if header is not None and header.fits:
        return header.duration_ms
    return count_frames(path).duration_ms


def count_frames(path: str | os.PathLike[str]) -> FrameCount:
    """Count the frames of sound, leaving out tags, damage and the frame that only carries a seek header.

    A last frame cut off by the end of the file is not counted. Raises OSError when it cannot be read.
    """
    lengths, durations = _LENGTHS, _DURATIONS
    frames = ticks = key = 0
    with Path(path).open("rb") as file:
        search = _Search(file)
        found = search.next_frame(0)
        if found is None:
            return FrameCount(0, 0)
        at = found
        head = _read_at(file, at, 256)
        if _header_offset(head) is not None:
            at += lengths[head[1] << 8 | head[2]]
        for _ in range(_BREAKS):
            # Inside: leap from frame to frame until the chain breaks or the file ends.
            while True:
                data = _read_at(file, at, _CHUNK)
                last = len(data) < _CHUNK
                limit = len(data) if last else _CHUNK - _LONGEST_FRAME
                data += b"\0\0\0"
                pos = 0
                while pos < limit:
                    key = data[pos + 1] << 8 | data[pos + 2]
                    length = lengths[key]
                    if not length or data[pos] != 0xFF:
                        break
                    frames += 1
                    ticks += durations[key]
                    pos += length
                at += pos
                if pos < limit or last:
                    break
            if pos >= limit:
                if pos > limit and frames:
                    frames -= 1
                    ticks -= durations[key]
                break
            found = search.next_frame(at)
            if found is None:
                break
            at = found
    return FrameCount(frames, round(ticks * 1000 / _TICKS_PER_SECOND))


def seek_header(path: str | os.PathLike[str]) -> SeekHeader | None:
    """The Xing, Info or VBRI header in the first frame, or None. Raises OSError when it cannot be read."""
    with Path(path).open("rb") as file:
        at = _Search(file).next_frame(0)
        if at is None:
            return None
        head = _read_at(file, at, 256)
        byte_count = file.seek(0, os.SEEK_END) - at
    offset = _header_offset(head)
    if offset is None:
        return None
    key = head[1] << 8 | head[2]
    delay = padding = frames = declared = 0
    if head[offset : offset + 4] == b"VBRI":
        declared = int.from_bytes(head[offset + 10 : offset + 14], "big")
        frames = int.from_bytes(head[offset + 14 : offset + 18], "big")
    else:
        flags = head[offset + 7]
        field = offset + 8
        if flags & 1:
            frames = int.from_bytes(head[field : field + 4], "big")
            field += 4
        if flags & 2:
            declared = int.from_bytes(head[field : field + 4], "big")
            field += 4
        field += (100 if flags & 4 else 0) + (4 if flags & 8 else 0)
        if head[field : field + 4] in (b"LAME", b"Lavf", b"Lavc"):
            trim = int.from_bytes(head[field + 21 : field + 24], "big")
            delay, padding = trim >> 12, trim & 0xFFF
    trimmed = (delay + padding) * _TICKS_PER_SECOND // _sample_rate(key)
    ticks = max(0, frames * _DURATIONS[key] - trimmed)
    # Tags may follow the sound, so a little more than declared is right; clearly more or less is not.
    surplus = byte_count - declared
    fits = frames > 0 and declared > 0 and -_LONGEST_FRAME <= surplus <= max(65_536, declared // 100)
    return SeekHeader(frames, round(ticks * 1000 / _TICKS_PER_SECOND), fits)


class _Search:
    """Finds where a chain of frames begins; gives up after too many false starts."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._left = _FALSE_STARTS

    def next_frame(self, at: int) -> int | None:
        """The offset of the next frame at or after `at` that another one like it follows."""
        while self._left > 0:
            data = _read_at(self._file, at, _WINDOW)
            last = len(data) < _WINDOW
            limit = len(data) if last else _WINDOW - _LONGEST_FRAME
            pos = 0
            while pos < limit and self._left > 0:
                match = _SYNC.search(data, pos)
                if match is None:
                    pos = len(data) if last else max(limit, len(data) - 2)
                    break
                pos = match.start()
                if pos >= limit:
                    break
                if data[pos] != 0xFF:
                    pos += _id3_size(data[pos : pos + 10])
                    continue
                if _is_followed(data, pos):
                    return at + pos
                self._left -= 1
                pos += 1
            if last and pos >= len(data):
                return None
            at += pos
        return None


def _is_followed(data: bytes, pos: int) -> bool:
    length = _LENGTHS[data[pos + 1] << 8 | data[pos + 2]]
    if not length:
        return False
    after = pos + length
    if after == len(data):  # the very last frame of the file
        return True
    if after + 3 > len(data) or data[after] != 0xFF:
        return False
    # Version, layer and sample rate hold within a stream; protection, bit rate and padding may change.
    same_kind = (data[after + 1] ^ data[pos + 1]) & 0xFE == 0 and (data[after + 2] ^ data[pos + 2]) & 0x0C == 0
    return same_kind and _LENGTHS[data[after + 1] << 8 | data[after + 2]] > 0


def _id3_size(head: bytes) -> int:
    """The size of an ID3v2 tag from its first ten bytes (ID3v2.4, 3.1), or 3 when it is none."""
    if len(head) < 10 or head[3] == 0xFF or any(byte & 0x80 for byte in head[6:10]):
        return 3
    size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
    return size + (20 if head[5] & 0x10 else 10)


def frame_length(head: bytes) -> int:
    """How long a frame is in bytes, from its first four; 0 where they begin none."""
    return _LENGTHS[head[1] << 8 | head[2]] if head[0] == 0xFF else 0


def info_offset(head: bytes) -> int:
    """Where Xing or Info stands in a frame that begins with these four bytes: after its side information."""
    mpeg1 = head[1] & 0x18 == 0x18
    mono = head[3] & 0xC0 == 0xC0
    return 4 + ((17 if mono else 32) if mpeg1 else (9 if mono else 17))


def _header_offset(head: bytes) -> int | None:
    """Where Xing, Info or VBRI stands in the first frame."""
    offset = info_offset(head)
    if head[offset : offset + 4] in (b"Xing", b"Info"):
        return offset
    return 36 if head[36:40] == b"VBRI" else None


def _read_at(file: BinaryIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)


def _sample_rate(key: int) -> int:
    base = (44_100, 48_000, 32_000)[key >> 2 & 3]
    return base >> {3: 0, 2: 1, 0: 2}[key >> 11 & 3]


def _tables() -> tuple[list[int], list[int]]:
    """Frame length in bytes and duration in ticks for each second and third header byte; 0 = no frame."""
    lengths, durations = [0] * 65_536, [0] * 65_536
    for key in range(0xE000, 65_536):
        version, layer_bits, bit_index, rate_index = key >> 11 & 3, key >> 9 & 3, key >> 4 & 15, key >> 2 & 3
        if version == 1 or layer_bits == 0 or bit_index in (0, 15) or rate_index == 3:
            continue
        mpeg1, layer = version == 3, 4 - layer_bits
        rate = _sample_rate(key)
        bits = _BIT_RATES[mpeg1, layer][bit_index] * 1000
        padding = key >> 1 & 1
        samples = 384 if layer == 1 else 576 if layer == 3 and not mpeg1 else 1152
        if layer == 1:
            lengths[key] = (12 * bits // rate + padding) * 4
        else:
            lengths[key] = samples // 8 * bits // rate + padding
        durations[key] = samples * _TICKS_PER_SECOND // rate
    return lengths, durations


_LENGTHS, _DURATIONS = _tables()
