"""The waveform of a sound: its lowest and highest sample in each hundredth of a second."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from player.audio.disk_cache import DiskCache

Int8s = npt.NDArray[np.int8]
Samples = npt.NDArray[Any]

PER_SECOND = 100
FULL_SCALE = 127
# Half the width of the window a pause is judged by: 50 ms hold the longest pitch period and a stop consonant.
_PAUSE_REACH = 2
_LONGEST_MS = 400 * 3_600_000
_FORMAT_VERSION = 1


@dataclass(frozen=True, eq=False)
class Peaks:
    """A waveform, whole or still growing.

    `minima` and `maxima` have one int8 (-127..127 for -1..1, the largest over all channels) for each
    1 / `per_second` s from the beginning on. While the waveform grows `duration_ms` is the expected length;
    in a finished one it is the length that was really decoded.
    """

    per_second: int
    minima: Int8s = field(repr=False)
    maxima: Int8s = field(repr=False)
    duration_ms: int

    def __post_init__(self) -> None:
        if self.minima.shape != self.maxima.shape or self.minima.ndim != 1:
            raise ValueError("minima and maxima must be two rows of the same length")
        self.minima.flags.writeable = False
        self.maxima.flags.writeable = False

    def levels(self, width: int, start_ms: int = 0, end_ms: int | None = None) -> npt.NDArray[np.float32]:
        """The waveform from `start_ms` to `end_ms` (default: all of it) for drawing `width` columns wide.

        Returns `width` floats, 0 to 1, each the loudest moment inside its column; 0 where nothing is known.
        """
        levels = np.zeros(max(0, width), np.float32)
        end_ms = self.duration_ms if end_ms is None else end_ms
        if width <= 0 or end_ms <= start_ms:
            return levels
        # Column borders in whole bins; one before the beginning or after the known end stays silent.
        borders = np.linspace(start_ms, end_ms, width + 1) * (self.per_second / 1000)
        starts = borders.astype(np.int64)
        known = np.flatnonzero((borders[:-1] >= 0) & (starts[:-1] < len(self.maxima)))
        if len(known) == 0:
            return levels
        first, last = starts[known[0]], min(int(np.ceil(borders[known[-1] + 1])), len(self.maxima))
        loudest = self._loudness(int(first), max(last, int(first) + 1))
        levels[known] = np.maximum.reduceat(loudest, starts[known] - first) / np.float32(FULL_SCALE)
        return levels

    def quietest_near(self, ms: int, within_ms: int) -> int:
        """The middle of the quietest 50 ms at most `within_ms` away from `ms`; the nearest of equals.

        Returns `ms` itself, kept inside the sound, where the waveform is not known.
        """
        ms = max(0, min(ms, self.duration_ms))
        bin_ms = 1000 / self.per_second
        first = max(0, int((ms - within_ms) / bin_ms))
        stop = min(len(self.maxima), int((ms + within_ms) / bin_ms) + 1)
        if stop <= first:
            return ms
        # At either end of the sound the window would hang over: the outermost value is repeated.
        reached = np.arange(first - _PAUSE_REACH, stop + _PAUSE_REACH).clip(0, len(self.maxima) - 1)
        padded = self._loudness(int(reached[0]), int(reached[-1]) + 1)[reached - reached[0]].astype(np.int32)
        sums = np.convolve(padded, np.ones(2 * _PAUSE_REACH + 1, np.int32), "valid")
        middles = (np.arange(first, stop) + 0.5) * bin_ms
        allowed = np.abs(middles - ms) <= within_ms
        if not allowed.any():
            return ms
        sums, middles = sums[allowed], middles[allowed]
        quietest = middles[sums == sums.min()]
        nearest = quietest[np.argmin(np.abs(quietest - ms))]
        return min(self.duration_ms, int(nearest))

    def _loudness(self, first: int, stop: int) -> Int8s:
        # -128 never occurs in our own data, and as an absolute value it would not fit.
        low = np.maximum(self.minima[first:stop], -FULL_SCALE)
        return np.maximum(self.maxima[first:stop], -low)


class PeaksBuilder:
    """Turns a stream of samples into minima and maxima, a block at a time."""

    def __init__(self, per_second: int = PER_SECOND) -> None:
        self._per_second = per_second
        self._rate = 0
        self._position = 0  # samples since the beginning at the present rate
        self._bin = 0  # the bin that is still open
        self._low = self._high = 0.0
        self._open = False
        self._minima: list[Int8s] = []
        self._maxima: list[Int8s] = []

    @property
    def seconds(self) -> float:
        """How much sound has been taken in."""
        return self._position / self._rate if self._rate else 0.0

    def add(self, channels: Sequence[Samples], rate: int, interleaved: int = 1) -> None:
        """Take in one block: an array of samples for each channel, or one array with several interleaved.

        `rate` is in samples a second and no less than the peaks a second.
        Integers are scaled by their type's range (uint8 is silent at 128), floats are -1 to 1.
        """
        count = len(channels[0]) // interleaved
        if count == 0 or rate <= 0:
            return
        self._set_rate(rate)
        first = self._position * self._per_second // rate
        last = (self._position + count - 1) * self._per_second // rate
        # A bin begins with the first sample at or after its time: ceil(bin * rate / per_second).
        borders = -(-np.arange(first + 1, last + 1) * rate // self._per_second) - self._position
        starts = np.concatenate(([0], borders)) * interleaved
        # fmin and fmax pass over what is not a number; a whole bin of it becomes silence.
        with np.errstate(invalid="ignore"):
            low = np.min([np.fmin.reduceat(samples, starts) for samples in channels], axis=0)
            high = np.max([np.fmax.reduceat(samples, starts) for samples in channels], axis=0)
        self._append(first, _scaled(low), _scaled(high))
        self._position += count

    def silence_until(self, seconds: float) -> None:
        """Fill a gap: what follows begins `seconds` after the beginning."""
        position = round(seconds * self._rate)
        if position <= self._position:
            return
        first = self._position * self._per_second // self._rate
        last = (position - 1) * self._per_second // self._rate
        nothing = np.zeros(last - first + 1)
        self._append(first, nothing, nothing)
        self._position = position

    def take(self) -> tuple[Int8s, Int8s]:
        """The minima and maxima completed since the last call."""
        minima, maxima = self._minima, self._maxima
        self._minima, self._maxima = [], []
        nothing = np.zeros(0, np.int8)
        return np.concatenate([nothing, *minima]), np.concatenate([nothing, *maxima])

    def finish(self) -> None:
        """Complete the last bin, however little of it there was."""
        if self._open:
            self._close(np.array([self._low]), np.array([self._high]))
            self._open = False

    def _set_rate(self, rate: int) -> None:
        if self._rate and rate != self._rate:
            self._position = round(self._position * rate / self._rate)
        self._rate = rate

    def _append(self, first: int, low: npt.NDArray[np.float64], high: npt.NDArray[np.float64]) -> None:
        if self._open and first == self._bin:
            low[0], high[0] = min(low[0], self._low), max(high[0], self._high)
        elif self._open:
            # Only rounding at a change of rate gets here: the open bin ends where the next one begins.
            self.finish()
        self._close(low[:-1], high[:-1])
        self._bin = first + len(low) - 1
        self._low, self._high, self._open = float(low[-1]), float(high[-1]), True

    def _close(self, low: npt.NDArray[np.float64], high: npt.NDArray[np.float64]) -> None:
        self._minima.append(np.rint(low * FULL_SCALE).astype(np.int8))
        self._maxima.append(np.rint(high * FULL_SCALE).astype(np.int8))


def _scaled(values: Samples) -> npt.NDArray[np.float64]:
    """Samples of any type as floats from -1 to 1."""
    floats = values.astype(np.float64)
    if values.dtype == np.uint8:
        floats = (floats - 128) / 128
    elif values.dtype.kind == "i":
        floats /= -float(np.iinfo(values.dtype).min)
    else:
        floats = np.nan_to_num(floats, nan=0.0, posinf=1.0, neginf=-1.0)
    return np.clip(floats, -1.0, 1.0)


class PeaksCache:
    """Waveforms on disk: about 0.7 MB an hour, 500 MB or 2,000 files at most, the least used dropped."""

    def __init__(self, folder: Path, *, limit_bytes: int = 500_000_000, limit_files: int = 2000) -> None:
        self._disk = DiskCache(folder, ".npz", limit_bytes=limit_bytes, limit_files=limit_files)

    def load(self, sound: Path) -> Peaks | None:
        """The waveform of the sound as it is now, or None: not there, damaged, or the sound unreachable."""
        try:
            slot = self._disk.slot(sound)
            return load_peaks(slot) if self._disk.has(slot) else None
        except OSError:
            return None

    def slot(self, sound: Path) -> Path:
        """Where the waveform of the sound, as it is now, belongs. Raises OSError when it is unreachable."""
        return self._disk.slot(sound)

    def store(self, slot: Path, peaks: Peaks) -> None:
        """Keep a waveform in its slot. Raises OSError."""
        self._disk.fill(slot, lambda unfinished: save_peaks(peaks, unfinished))


def save_peaks(peaks: Peaks, path: Path) -> None:
    """Write a waveform as a NumPy archive. Raises OSError."""
    facts = np.array([_FORMAT_VERSION, peaks.per_second, peaks.duration_ms], np.int64)
    with path.open("wb") as file:
        np.savez(file, facts=facts, minima=peaks.minima, maxima=peaks.maxima)


def load_peaks(path: Path) -> Peaks | None:
    """Read what save_peaks wrote, or None when the file is damaged, unreadable or no such archive."""
    try:
        with path.open("rb") as file:
            # The checksums come first: NumPy would parse damaged headers before it looks at them.
            with zipfile.ZipFile(file) as archive:
                if archive.testzip() is not None:
                    return None
            file.seek(0)
            with np.load(file, allow_pickle=False) as arrays:
                facts, minima, maxima = arrays["facts"], arrays["minima"], arrays["maxima"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, RuntimeError, zlib.error):
        return None
    is_ours = facts.dtype == np.int64 and facts.shape == (3,) and facts[0] == _FORMAT_VERSION
    if not is_ours or minima.dtype != np.int8 or maxima.dtype != np.int8:
        return None
    per_second, duration_ms = int(facts[1]), int(facts[2])
    if minima.ndim != 1 or minima.shape != maxima.shape:
        return None
    if not (0 < per_second <= 10_000 and 0 <= duration_ms <= _LONGEST_MS):
        return None
    return Peaks(per_second, minima, maxima, duration_ms)
