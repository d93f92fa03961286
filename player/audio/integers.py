"""Samples as whole numbers, the way files and encoders of 16 and 24 bits take them."""

from __future__ import annotations

from typing import Any

import numpy as np

from player.audio.stretch import Sound


def in_turn(sound: Sound) -> Sound:
    """Samples from (channels, samples) as one row that has all channels in turn."""
    return np.ascontiguousarray(sound.T).reshape(1, -1)


def integers(sound: Sound, bits: int) -> np.ndarray[Any, Any]:
    """Samples of 16 or 24 bits, all channels in turn in one row; what is louder than full scale is clipped.

    Those of 16 bits are int16, those of 24 lie at the top of int32, where libav looks for them.
    """
    full = 1 << (bits - 1)
    # The 24 bits that a float32 is exact to are enough for 16, and not for clipping at 24.
    values = in_turn(sound) * (np.float32(full) if bits == 16 else np.float64(full))
    np.clip(np.rint(values, out=values), -full, full - 1, out=values)
    return values.astype(np.int16) if bits == 16 else values.astype(np.int32) << 8
