"""What alignment asks of a sound: its samples between two times; and where in it somebody speaks."""

from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt

RATE = 16_000
"""Samples a second, 16 bits, one channel."""

Samples = npt.NDArray[np.int16]

FRAME_MS = 10
_FRAME = RATE * FRAME_MS // 1000
_QUIET_SHARE = 0.1  # Of the frames, so many at least are background.
_ABOVE_DB = 8.0  # What is louder than the background by this much may be speech,
_RANGE_DB = 0.25  # or by this share of the way from the background to the loudest.
_BRIDGE = 8  # Frames of quiet inside a word, as before a p.


class Sound(Protocol):
    """A sound that can be read in pieces; quickest where they follow each other."""

    @property
    def duration_ms(self) -> int:
        """How long it is."""

    def between(self, start_ms: int, end_ms: int) -> Samples:
        """The samples from `start_ms` to `end_ms`, 16 a millisecond; fewer only at the end of the sound."""


class SamplesSound:
    """Samples in memory as a sound."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples

    @property
    def duration_ms(self) -> int:
        """How long it is."""
        return len(self._samples) * 1000 // RATE

    def between(self, start_ms: int, end_ms: int) -> Samples:
        """The samples between two times."""
        return self._samples[max(0, start_ms) * RATE // 1000 : max(0, end_ms) * RATE // 1000]


def loudness(samples: Samples) -> npt.NDArray[np.float32]:
    """The level of each 10 ms in dB."""
    count = len(samples) // _FRAME
    frames = samples[: count * _FRAME].reshape(count, _FRAME).astype(np.float32)
    frames -= frames.mean(axis=1, keepdims=True)
    levels: npt.NDArray[np.float32] = 10 * np.log10((frames**2).mean(axis=1) + 1)
    return levels


def speech(samples: Samples) -> npt.NDArray[np.bool_]:
    """For each 10 ms whether it is loud enough to be speech, short silences inside words bridged."""
    levels = loudness(samples)
    if not len(levels):
        return np.zeros(0, bool)
    quiet, loud = float(np.quantile(levels, _QUIET_SHARE)), float(np.quantile(levels, 0.95))
    found: npt.NDArray[np.bool_] = levels > quiet + max(_ABOVE_DB, _RANGE_DB * (loud - quiet))
    edges = np.flatnonzero(np.diff(found.astype(np.int8)))
    for left, right in pairwise(edges.tolist()):
        if right - left <= _BRIDGE and not found[left + 1]:
            found[left + 1 : right + 1] = True
    return found


def quietest(samples: Samples, from_ms: int, to_ms: int) -> int:
    """The middle of the quietest 200 ms between two times of the samples, in ms: a good place for a cut."""
    levels = loudness(samples)
    first, end = from_ms // FRAME_MS, max(from_ms // FRAME_MS + 1, to_ms // FRAME_MS)
    width = 20
    window = levels[first:end]
    if len(window) <= width:
        return (from_ms + to_ms) // 2
    sums = np.convolve(window, np.ones(width), "valid")
    return from_ms + (int(np.argmin(sums)) + width // 2) * FRAME_MS
