"""Writes sound as MP3, with the header that tells players how long it is and which samples to leave out."""

from __future__ import annotations

from typing import BinaryIO

import lameenc

from player.audio.integers import integers
from player.audio.mp3_frames import count_frames, frame_length, info_offset
from player.audio.stretch import Form, Sound

# What LAME puts before the first sample. It is told without the 529 samples that decoders need on their own account.
_DELAY = 576
_SAMPLES = {True: 1152, False: 576}  # To a frame, by whether it is MPEG-1.
_QUALITY = 3  # LAME's own choice for a constant bit rate.
_FIELDS = (1 | 2 | 4 | 8).to_bytes(4, "big")  # The counts of frames and bytes, a seek table and a quality follow.
_WRITER = b"LAME4.0"  # What programs that read the tag take for one of LAME's.
_CONSTANT = 1  # The revision of the tag (0) and how bits are spent, half a byte each.


class Mp3Encoder:
    """Encodes sound into a file that is open for it, at a constant bit rate."""

    def __init__(self, file: BinaryIO, form: Form, bit_rate: int) -> None:
        self._file = file
        self._lame = lameenc.Encoder()
        self._lame.silence()
        self._lame.set_channels(form.channels)
        self._lame.set_in_sample_rate(form.rate)
        self._lame.set_out_sample_rate(form.rate)
        self._lame.set_bit_rate(bit_rate // 1000)
        self._lame.set_quality(_QUALITY)
        self._count = 0
        self._head = b""  # Of the first frame.

    def write(self, sound: Sound) -> None:
        """Write the next (channels, samples); what is louder than full scale is clipped."""
        self._count += sound.shape[1]
        self._put(self._lame.encode(integers(sound, 16)))

    def finish(self) -> None:
        """Write what the encoder still holds, and at last the header, for which there is room at the beginning."""
        if not self._count:
            return
        self._put(self._lame.flush())
        self._file.flush()
        frames, size = count_frames(self._file.name).frames, self._file.tell()
        self._file.seek(0)
        self._file.write(info_frame(self._head, frames, size, self._count))

    def _put(self, data: bytearray) -> None:
        if data and not self._head:
            self._head = _plain(bytes(data[:4]))
            self._file.write(bytes(frame_length(self._head)))
        self._file.write(data)


def info_frame(head: bytes, frames: int, size: int, samples: int) -> bytes:
    """The silent first frame of an MP3 at a constant bit rate, with the Info header and LAME's tag in it.

    The layout is that of Xing's header and of the "MP3 Info Tag" that LAME specifies.

    Args:
        head: the first four bytes of any frame of sound.
        frames: how many frames of sound follow.
        size: the size of the whole file in bytes, this frame included.
        samples: how many samples went into the encoder.
    """
    head = _plain(head)
    padding = max(0, min(0xFFF, frames * _SAMPLES[head[1] & 0x08 == 0x08] - _DELAY - samples))
    table = bytes(place * 256 // 100 for place in range(100))
    frame = bytearray(head.ljust(info_offset(head), b"\0"))
    frame += b"Info" + _FIELDS + frames.to_bytes(4, "big") + size.to_bytes(4, "big") + table + bytes(4)
    frame += _WRITER.ljust(9, b"\0") + bytes([_CONSTANT]) + bytes(11)
    frame += (_DELAY << 12 | padding).to_bytes(3, "big") + bytes(4) + size.to_bytes(4, "big") + bytes(2)
    frame += _checksum(frame).to_bytes(2, "big")
    return bytes(frame.ljust(frame_length(head), b"\0"))


def _plain(head: bytes) -> bytes:
    """The header of a frame of that kind without padding."""
    return bytes([head[0], head[1], head[2] & ~0x02, head[3]])


def _checksum(data: bytes | bytearray) -> int:
    """CRC-16 with the polynomial 0x8005, bits reflected."""
    found = 0
    for byte in data:
        found ^= byte
        for _ in range(8):
            found = found >> 1 ^ (0xA001 if found & 1 else 0)
    return found
