"""The process that decodes a sound for its waveform, and the messages it sends while it works.

Run as `python -m player.audio.peaks_worker SOUND CACHE_FOLDER`, both as `worker_arguments` writes them; it
sends messages to its standard output.
A message is a letter, the length of what follows as four bytes (little-endian), and that many bytes.
Nothing heavy is imported before `main` runs, so the window can use the reading half.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

if TYPE_CHECKING:
    from av.audio.fifo import AudioFifo
    from av.audio.frame import AudioFrame

    from player.audio.peaks import Peaks, PeaksBuilder

HEADER = b"H"  # peaks per second, expected milliseconds: two uint32
PIECE = b"P"  # the next minima, then as many maxima, int8
DONE = b"D"  # the milliseconds really decoded: one uint32
FAILED = b"E"  # one sentence, UTF-8
FACTS = struct.Struct("<II")
LENGTH = struct.Struct("<I")
_PREFIX = struct.Struct("<cI")

_FIRST_PIECE_S = 0.2
_PIECE_S = 1.0
_BLOCK = 1 << 18
_NICENESS = 10
# Timestamps wander by rounding; only a true gap is filled, and an hour of it is a damaged timestamp.
_GAP_S = 0.05
_GAP_LIMIT_S = 3600.0
_LIMIT_S = 100 * 3600.0


class MessageReader:
    """Puts messages together from bytes as they arrive."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Take in bytes; yields each complete message as its letter and its content."""
        self._buffer += data
        while len(self._buffer) >= _PREFIX.size:
            kind, length = _PREFIX.unpack_from(self._buffer)
            end = _PREFIX.size + length
            if len(self._buffer) < end:
                return
            content = bytes(self._buffer[_PREFIX.size : end])
            del self._buffer[:end]
            yield kind, content


def worker_arguments(sound: Path, cache_folder: Path) -> list[str]:
    """The two paths as plain ASCII, percent-encoded: a name need not be text that QProcess can pass on."""
    return [quote_from_bytes(os.fsencode(path)) for path in (sound, cache_folder)]


def write_message(file: IO[bytes], kind: bytes, content: bytes) -> None:
    """Write one message. Raises OSError when nobody listens any more."""
    file.write(_PREFIX.pack(kind, len(content)) + content)
    file.flush()


def read_peaks(
    sound: Path,
    started: Callable[[int, int], None],
    grew: Callable[[bytes], None],
    clock: Callable[[], float] = time.monotonic,
) -> Peaks:
    """Decode a whole sound and return its waveform.

    Calls `started(per_second, expected_ms)` once, then `grew(minima + maxima)` about every second with the
    bytes that were added. Damaged packets are skipped and what can be read is kept. Raises MediaError when
    nothing can.
    """
    import numpy as np

    from player.audio.container import MediaError, first_audio, open_sound, shown
    from player.audio.media import exact_duration_ms
    from player.audio.peaks import PER_SECOND, Peaks, PeaksBuilder

    builder = PeaksBuilder()
    pieces: list[tuple[Any, Any]] = []
    with open_sound(sound) as container:
        stream = first_audio(container)
        if stream is None:
            raise MediaError(f"{shown(sound)} holds no sound.")
        started(PER_SECOND, max(0, exact_duration_ms(sound, container)))
        due = clock() + _FIRST_PIECE_S
        for _ in _decode(container, stream, builder):
            if clock() >= due:
                due = clock() + _PIECE_S
                pieces.append(builder.take())
                grew(pieces[-1][0].tobytes() + pieces[-1][1].tobytes())
    if not builder.seconds:
        raise MediaError(f"{shown(sound)} is damaged: no sound in it can be decoded.")
    builder.finish()
    pieces.append(builder.take())
    grew(pieces[-1][0].tobytes() + pieces[-1][1].tobytes())
    minima, maxima = (np.concatenate(rows) for rows in zip(*pieces, strict=True))
    return Peaks(PER_SECOND, minima, maxima, round(builder.seconds * 1000))


def _decode(container: Any, stream: Any, builder: PeaksBuilder) -> Iterator[None]:
    """Feed the sound to the builder in blocks of some seconds, yielding after each."""
    from player.audio.container import decoded, start_seconds
    from player.audio.peaks import PER_SECOND

    start = start_seconds(container)
    block = _Block(builder)
    for frame in decoded(container, stream):
        if frame.sample_rate < PER_SECOND:
            continue  # nothing anyone can hear; the header is damaged
        time_s = frame.time
        if time_s is not None and block.starts_later(time_s - start):
            block.flush()
            builder.silence_until(time_s - start)
        if block.add(frame):
            yield
            if block.seconds > _LIMIT_S:
                break
    block.flush()


class _Block:
    """Gathers the samples of frames of one kind, because one large sum is quicker than many small ones.

    There are 140,000 frames to an hour: what is done with each of them counts.
    """

    def __init__(self, builder: PeaksBuilder) -> None:
        self._builder = builder
        self._kind: tuple[str, int, int] | None = None
        self._count = 0
        self._fifo: AudioFifo | None = None

    @property
    def seconds(self) -> float:
        """Where the next frame belongs by counting samples."""
        return self._builder.seconds + (self._count / self._kind[1] if self._kind else 0.0)

    def starts_later(self, seconds: float) -> bool:
        """Whether a frame at this time leaves a gap after the last one."""
        return _GAP_S < seconds - self.seconds < _GAP_LIMIT_S

    def add(self, frame: AudioFrame) -> bool:
        """Take in a frame; True when that completed a block."""
        kind = (frame.format.name, frame.sample_rate, frame.layout.nb_channels)
        if kind != self._kind or self._fifo is None:
            self.flush()
            self._begin(kind)
        assert self._fifo is not None
        self._count += frame.samples
        frame.pts = None  # The FIFO would insist that times go on without a break.
        self._fifo.write(frame)
        if self._count < _BLOCK:
            return False
        self.flush()
        return True

    def flush(self) -> None:
        """Hand what was gathered to the builder."""
        import numpy as np

        frame = self._fifo.read() if self._fifo is not None else None
        if frame is not None and self._kind is not None:
            name, rate, channels = self._kind
            interleaved = 1 if name.endswith("p") else channels
            dtype = _DTYPES[name.removesuffix("p")]
            # A plane may be longer than its samples: libav pads it for alignment.
            rows = [np.frombuffer(memoryview(plane), dtype, frame.samples * interleaved) for plane in frame.planes]
            self._builder.add(rows, rate, interleaved)
        self._count = 0

    def _begin(self, kind: tuple[str, int, int]) -> None:
        from av.audio.fifo import AudioFifo

        self._kind, self._fifo = kind, AudioFifo()


_DTYPES = {"u8": "u1", "s16": "i2", "s32": "i4", "s64": "i8", "flt": "f4", "dbl": "f8"}


def main(arguments: list[str]) -> int:
    """Send the waveform of one sound to standard output and keep it in the cache; 0 when it worked."""
    from player.audio.container import MediaError, require_regular_file
    from player.audio.peaks import PeaksCache

    sound, folder = (Path(os.fsdecode(unquote_to_bytes(argument))) for argument in arguments)
    cache = PeaksCache(folder)
    output = sys.stdout.buffer
    if hasattr(os, "nice"):
        # Drawing can wait; the sound that is playing cannot.
        os.nice(_NICENESS)
    try:
        require_regular_file(sound)
        slot = cache.slot(sound)
        peaks = read_peaks(
            sound,
            lambda per_second, ms: write_message(output, HEADER, FACTS.pack(per_second, ms)),
            lambda piece: write_message(output, PIECE, piece),
        )
        # A full disk costs only the next start, and a file that changed meanwhile must not be kept.
        with contextlib.suppress(OSError):
            if cache.slot(sound) == slot:
                cache.store(slot, peaks)
        write_message(output, DONE, LENGTH.pack(peaks.duration_ms))
    except MediaError as error:
        write_message(output, FAILED, str(error).encode())
        return 1
    except BrokenPipeError:
        # The window is gone, so nobody needs this; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
