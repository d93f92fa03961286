"""A sound file as the samples that a recogniser takes: 16 kHz, 16 bits, one channel, read in pieces that are let go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from player.audio.container import open_sound
from player.audio.media import exact_duration_ms
from player.audio.stretch import Form, read_stretch

_FORM = Form(16_000, 1)
_PER_MS = 16
_KEPT_MS = 20_000  # Sound that stays at hand behind the place that was read last.
_SKIP_MS = 120_000  # From so far ahead on it is quicker to seek than to decode what lies between.
_END_MS = 400 * 3_600_000


class Pcm:
    """The sound of a file. Reading forwards decodes each part once; memory stays flat however long it is."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with open_sound(path) as container:
            self._duration_ms = exact_duration_ms(path, container)
        self._blocks: Iterator[npt.NDArray[np.float32]] = iter(())
        self._kept = np.zeros(0, np.int16)
        self._from_ms = _END_MS  # Where `_kept` begins.

    @property
    def duration_ms(self) -> int:
        """How long it is."""
        return self._duration_ms

    def between(self, start_ms: int, end_ms: int) -> npt.NDArray[np.int16]:
        """The samples from `start_ms` to `end_ms`, fewer only at the end of the sound.

        Raises MediaError where nothing can be decoded there.
        """
        start_ms = max(0, start_ms)
        if not self._from_ms <= start_ms <= self._reached_ms + _SKIP_MS:
            self._blocks = read_stretch(self._path, start_ms, _END_MS, _FORM)
            self._kept, self._from_ms = np.zeros(0, np.int16), start_ms
        pieces = [self._kept]
        count = len(self._kept)
        while count < (end_ms - self._from_ms) * _PER_MS:
            block = next(self._blocks, None)
            if block is None:
                break
            pieces.append(np.clip(np.rint(block[0] * 32767), -32768, 32767).astype(np.int16))
            count += len(pieces[-1])
        self._kept = np.concatenate(pieces)
        found = self._kept[(start_ms - self._from_ms) * _PER_MS : (end_ms - self._from_ms) * _PER_MS].copy()
        old = start_ms - _KEPT_MS - self._from_ms
        if old > _KEPT_MS:
            self._kept, self._from_ms = self._kept[old * _PER_MS :].copy(), self._from_ms + old
        return found

    @property
    def _reached_ms(self) -> int:
        return self._from_ms + len(self._kept) // _PER_MS
