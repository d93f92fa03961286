"""Brings sound to a wanted loudness without letting its peaks clip."""

from __future__ import annotations

import math

import numpy as np

from player.audio.loudness import Floats, LoudnessMeter
from player.audio.stretch import Sound

# EBU R 128 s2 for speech on the web asks for -1 dB at most, which leaves room for what lossy coding adds.
_CEILING = 10 ** (-1.0 / 20)
# Softer sound than this allows is mostly noise, which no one wants to hear louder still.
_MOST_GAIN_DB = 24.0
_STEPS_A_SECOND = 1000
# The gain gives way this long before a peak and comes back as long after it: 25 ms, too slow to be heard as a buzz.
_REACH = 25
_ROUNDS = 4


class Levelling:
    """Takes in the whole of a sound first, then changes it block by block; keeps 4 kB a second."""

    def __init__(self, rate: int) -> None:
        """For sound of `rate` samples a second."""
        self._meter = LoudnessMeter(rate)
        self._step = max(1, rate // _STEPS_A_SECOND)
        self._peaks: list[Sound] = []
        self._rest: Sound = np.zeros(0, np.float32)
        self._curve: Floats = np.ones(2)
        self._at = 0

    def measure(self, sound: Sound) -> None:
        """Take in the next (channels, samples)."""
        self._meter.add(sound)
        loudest = np.concatenate((self._rest, np.abs(sound).max(axis=0)))
        whole = len(loudest) // self._step
        self._peaks.append(loudest[: whole * self._step].reshape(whole, self._step).max(axis=1))
        self._rest = loudest[whole * self._step :]

    def aim(self, lufs: float) -> None:
        """Settle how the sound is changed so that it becomes `lufs` loud; silence stays what it is."""
        self._at = 0
        gain_db = 0.0
        self._curve = self._spared(1.0)
        # What is taken off the peaks is missed in the whole: after some rounds next to nothing is.
        for _ in range(_ROUNDS):
            loudness = self._meter.integrated_lufs(self._meter.steps() * self._powers())
            if math.isinf(loudness):
                return
            gain_db = min(_MOST_GAIN_DB, gain_db + lufs - loudness)
            self._curve = self._spared(10 ** (gain_db / 20))

    def _powers(self) -> Floats:
        """The mean power that the curve gives each step of the meter."""
        total = np.concatenate(([0.0], np.cumsum(self._curve**2)))
        borders = np.arange(len(self._meter.steps()) + 1) * (self._meter.step / self._step)
        ends = np.interp(borders, np.arange(len(total)), total)
        powers: Floats = np.diff(ends) / np.maximum(np.diff(np.minimum(borders, len(total) - 1)), 1e-9)
        return powers

    def _spared(self, gain: float) -> Floats:
        """The gain at each border between steps, `gain` wherever no peak near by would clip."""
        peaks = np.concatenate((*self._peaks, [self._rest.max(initial=0.0)]))
        needed = np.minimum(gain, _CEILING / np.maximum(peaks, 1e-9))
        # One value for each border between steps. The least of all around, then the mean over as many: so wherever
        # the mean is taken, each of its terms already spares the steps on both sides.
        padded = np.pad(needed, _REACH + 1, constant_values=gain)
        least = np.lib.stride_tricks.sliding_window_view(padded, 2 * _REACH + 2).min(axis=1)
        window = np.ones(2 * _REACH + 1) / (2 * _REACH + 1)
        return np.convolve(np.pad(least, _REACH, mode="edge"), window, "valid")

    def apply(self, sound: Sound) -> Sound:
        """Change the next (channels, samples) of what was measured."""
        places = (self._at + np.arange(sound.shape[1])) / self._step
        self._at += sound.shape[1]
        gains = np.interp(places, np.arange(len(self._curve)), self._curve)
        return (sound * gains).astype(np.float32)
