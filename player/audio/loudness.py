"""How loud sound is to the ear: ITU-R BS.1770-4's integrated loudness, as EBU R 128 uses it."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from player.audio.stretch import Sound

Floats = npt.NDArray[np.float64]

# BS.1770-4: blocks of 400 ms that overlap by three quarters, so one begins every 100 ms.
_STEP_S = 0.1
_STEPS_A_BLOCK = 4
# Blocks softer than this are silence, and of the others those 10 LU under their mean are pauses.
_ABSOLUTE_GATE_LUFS = -70.0
_RELATIVE_GATE_LU = -10.0
# After so long the filter's answer to a click has fallen below what 24 bits can hold.
_ANSWER_S = 0.15
# Each filter as (centre in Hz, quality, gain in dB): the head's shelf, and the low cut. BS.1770 gives coefficients
# for 48 kHz only; these are the analogue filters behind them, which serve every rate.
_SHELF = (1681.974450955533, 0.7071752369554196, 3.999843853973347)
_LOW_CUT = (38.13547087602444, 0.5003270373238773)
# Of the rate: nearer to half of it no filter is stable.
_HIGHEST = 0.45


class LoudnessMeter:
    """Takes in sound block by block; in memory it keeps eighty bytes a second."""

    def __init__(self, rate: int) -> None:
        """Measure sound of `rate` samples a second; each of its channels counts alike."""
        self._step = round(rate * _STEP_S)
        self._answer = _weighting(rate)
        self._before: Sound | None = None  # The end of what came before, which the filter still hears.
        self._rest = np.zeros(0)  # Power of the samples of the step that is not complete yet.
        self._steps: list[float] = []
        self._count = 0

    def add(self, sound: Sound) -> None:
        """Take in (channels, samples), as many channels each time."""
        if sound.shape[1] == 0:
            return
        reach = len(self._answer) - 1
        if self._before is None:
            self._before = np.zeros((len(sound), reach), np.float32)
        with_before = np.concatenate((self._before, sound), axis=1)
        self._before = with_before[:, with_before.shape[1] - reach :]
        power = np.concatenate((self._rest, _filtered(with_before, self._answer)))
        whole = len(power) // self._step
        self._steps += power[: whole * self._step].reshape(whole, self._step).mean(axis=1).tolist()
        self._rest = power[whole * self._step :]
        self._count += sound.shape[1]

    @property
    def step(self) -> int:
        """How many samples there are to a step, which is a tenth of a second."""
        return self._step

    def steps(self) -> Floats:
        """The weighted power of each whole step, and of what is left after the last as if it were one."""
        return np.array([*self._steps, self._rest.sum() / self._step])

    def integrated_lufs(self, steps: Floats | None = None) -> float:
        """The loudness of all that was taken in, in LUFS; minus infinity where it is silence.

        Sound shorter than one block of 0.4 s counts as one block. `steps` gives it for other powers than `steps()`.
        """
        steps = self.steps() if steps is None else steps
        whole = len(self._steps)
        if whole < _STEPS_A_BLOCK:
            blocks = np.array([steps.sum() * self._step / self._count]) if self._count else np.zeros(0)
        else:
            blocks = np.lib.stride_tricks.sliding_window_view(steps[:whole], _STEPS_A_BLOCK).mean(axis=1)
        loud = blocks[blocks > _power(_ABSOLUTE_GATE_LUFS)]
        if len(loud) == 0:
            return -math.inf
        loud = loud[loud > loud.mean() * 10 ** (_RELATIVE_GATE_LU / 10)]
        return _lufs(float(loud.mean()))


def _filtered(sound: Sound, answer: Floats) -> Floats:
    """The power, summed over the channels, of the weighted sound after its first `len(answer) - 1` samples."""
    reach = len(answer) - 1
    size = 1 << max(1, sound.shape[1] - 1).bit_length()
    weighted = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(answer, size), size)
    power: Floats = (weighted[:, reach : sound.shape[1]] ** 2).sum(axis=0)
    return power


@lru_cache(maxsize=4)
def _weighting(rate: int) -> Floats:
    """What the K-weighting filter makes of a click, `_ANSWER_S` long."""
    answer = np.zeros(round(rate * _ANSWER_S))
    answer[0] = 1.0
    for feed, back in (_shelf(rate), _low_cut(rate)):
        answer = _run(feed, back, answer)
    return answer


def _shelf(rate: int) -> tuple[Floats, Floats]:
    centre, quality, gain_db = _SHELF
    k = math.tan(math.pi * min(centre / rate, _HIGHEST))
    high = 10 ** (gain_db / 20)
    band = high**0.4996667741545416
    scale = 1 + k / quality + k * k
    feed = np.array([high + band * k / quality + k * k, 2 * (k * k - high), high - band * k / quality + k * k])
    return feed / scale, np.array([2 * (k * k - 1), 1 - k / quality + k * k]) / scale


def _low_cut(rate: int) -> tuple[Floats, Floats]:
    centre, quality = _LOW_CUT
    k = math.tan(math.pi * centre / rate)
    scale = 1 + k / quality + k * k
    return np.array([1.0, -2.0, 1.0]), np.array([2 * (k * k - 1), 1 - k / quality + k * k]) / scale


def _run(feed: Floats, back: Floats, values: Floats) -> Floats:
    """A filter of second order, sample by sample; it runs once for each rate, over some thousand samples."""
    found = np.zeros_like(values)
    x1 = x2 = y1 = y2 = 0.0
    for place, x in enumerate(values):
        y = feed[0] * x + feed[1] * x1 + feed[2] * x2 - back[0] * y1 - back[1] * y2
        found[place] = y
        x2, x1, y2, y1 = x1, x, y1, y
    return found


def _lufs(power: float) -> float:
    return -0.691 + 10 * math.log10(power)


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))
