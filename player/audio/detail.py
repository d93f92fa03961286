"""A waveform of a few seconds, as fine as it is drawn, for setting an edge by eye."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from player.audio.stretch import Sound, form_of, read_stretch


@dataclass(frozen=True, eq=False)
class Detail:
    """The lowest and the highest sample (-1 to 1, over all channels) in each column of a picture."""

    start_ms: int
    end_ms: int
    minima: Sound
    maxima: Sound


def detail(path: Path, start_ms: int, end_ms: int, columns: int) -> Detail:
    """Decode the sound from `start_ms` to `end_ms` for a picture `columns` wide.

    Takes about a millisecond for a second of sound, and some for the seek: `Peaks`, which knows hundredths of a
    second, is the better source for minutes. Columns after the end of the file are silent. Raises MediaError where
    the file is no sound or nothing of it can be decoded there.
    """
    form = form_of(path)
    total = max(1, round(end_ms * form.rate / 1000) - round(start_ms * form.rate / 1000))
    width = min(columns, total)
    minima, maxima = np.full(width, np.inf, np.float32), np.full(width, -np.inf, np.float32)
    at = 0
    for block in read_stretch(path, start_ms, end_ms, form):
        count = block.shape[1]
        touched = np.arange(at * width // total, (at + count - 1) * width // total + 1)
        # A column begins with the first sample at or after its border; the first may have begun in the last block.
        starts = np.maximum(-(-touched * total // width) - at, 0)
        minima[touched] = np.minimum(minima[touched], np.minimum.reduceat(block.min(axis=0), starts))
        maxima[touched] = np.maximum(maxima[touched], np.maximum.reduceat(block.max(axis=0), starts))
        at += count
    unknown = np.isinf(minima)
    minima[unknown] = maxima[unknown] = 0
    # Where there are fewer samples than columns, each is drawn several columns wide.
    drawn = np.arange(columns) * width // max(1, columns)
    return Detail(start_ms, end_ms, minima[drawn], maxima[drawn])
