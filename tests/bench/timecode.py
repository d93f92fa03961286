"""A signal that says at every moment how far into it one is, and the reading of it from a recording.

Each second a tone climbs from 1 to 3 kHz: where it is tells the time to a fraction of a millisecond. Three
steady tones above it, each one of twelve, name the second. Both survive lossy coding, and stretching that keeps
the pitch, because that repeats or drops short pieces whose own speed is unchanged.
"""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

RATE = 44_100
DIGITS = 12
LONGEST_S = DIGITS**3

_LOW_HZ, _CLIMB_HZ = 1000.0, 2000.0
_TONES_HZ = np.array([[base + 125.0 * digit for digit in range(DIGITS)] for base in (4000.0, 6000.0, 8000.0)])
_FADE = 130
_FINE = 1024
_COARSE = 2048
_HOP = 110
_BATCH = 4000

Floats = npt.NDArray[np.float64]
Samples = npt.NDArray[np.int16]


@dataclass(frozen=True)
class Reading:
    """What was heard when: `at` in samples of the recording, `position_s` in seconds of the signal, NaN in doubt."""

    at: Floats
    position_s: Floats


def write_signal(path: Path, seconds: int, seed: int = 1) -> None:
    """Write a mono 16-bit WAV of the signal; noise comes and goes by the minute, so that variable bit rates vary."""
    if seconds > LONGEST_S:
        raise ValueError(f"the signal can name {LONGEST_S} seconds, not {seconds}")
    noise = np.random.default_rng(seed).standard_normal(4 * RATE)
    t = np.arange(RATE) / RATE
    fine = 0.35 * np.sin(2 * np.pi * (_LOW_HZ + _CLIMB_HZ / 2 * t) * t)
    tones = 0.12 * np.sin(2 * np.pi * _TONES_HZ[:, :, None] * t)
    fade = np.minimum(1.0, np.minimum(np.arange(RATE), np.arange(RATE)[::-1]) / _FADE)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        for second in range(seconds):
            sound = fine + sum(tones[place, digit] for place, digit in enumerate(_digits(second)))
            loudness = (0.1, 0.0, 0.03, 0.0)[second // 60 % 4]
            start = second * 7919 % (3 * RATE)
            sound = (sound + loudness * noise[start : start + RATE]) * fade
            file.writeframes((np.clip(sound, -1, 1) * 30_000).astype("<i2").tobytes())


def read_signal(samples: Samples) -> Reading:
    """Tell for every 2.5 ms of a mono recording at 44.1 kHz which moment of the signal it is."""
    centres = np.arange(_COARSE // 2, max(_COARSE // 2, len(samples) - _COARSE // 2), _HOP)
    found = [_read(samples, centres[start : start + _BATCH]) for start in range(0, len(centres), _BATCH)]
    return Reading(centres.astype(float), np.concatenate(found) if found else np.zeros(0))


def _digits(second: int) -> tuple[int, int, int]:
    return second // DIGITS**2 % DIGITS, second // DIGITS % DIGITS, second % DIGITS


def _read(samples: Samples, centres: npt.NDArray[np.int64]) -> Floats:
    coarse = _windows(samples, centres, _COARSE) * np.hanning(_COARSE)
    spectrum = np.abs(np.fft.rfft(coarse))
    bins = np.rint(_TONES_HZ * _COARSE / RATE).astype(int)
    levels = spectrum[:, bins] + spectrum[:, bins - 1] + spectrum[:, bins + 1]
    order = np.sort(levels, axis=2)
    clear = (order[:, :, -1] > 1.8 * order[:, :, -2] + 1e-9).all(axis=1)
    digits = levels.argmax(axis=2)
    seconds = digits[:, 0] * DIGITS**2 + digits[:, 1] * DIGITS + digits[:, 2]
    # Undoing the climb leaves a steady tone, whose pitch is the one in the middle of the window.
    offset = (np.arange(_FINE) - _FINE / 2) / RATE
    steady = _windows(samples, centres, _FINE) * np.hanning(_FINE) * np.exp(-1j * np.pi * _CLIMB_HZ * offset**2)
    fine = np.abs(np.fft.fft(steady, 2 * _FINE))
    step_hz = RATE / (2 * _FINE)
    low, high = int(900 / step_hz), int(3100 / step_hz)
    band = fine[:, low:high]
    peak = np.clip(band.argmax(axis=1), 1, band.shape[1] - 2)
    rows = np.arange(len(band))
    before, top, after = (np.log(band[rows, peak + shift] + 1e-9) for shift in (-1, 0, 1))
    bend = before - 2 * top + after
    pitch_hz = (low + peak + np.where(bend < 0, 0.5 * (before - after) / np.minimum(bend, -1e-9), 0.0)) * step_hz
    loud = band[rows, peak] > 200 * _FINE / 8
    pure = band[rows, peak] > 6 * np.median(band, axis=1)
    inside = (pitch_hz > _LOW_HZ + 60) & (pitch_hz < _LOW_HZ + _CLIMB_HZ - 60)
    position_s = seconds + (pitch_hz - _LOW_HZ) / _CLIMB_HZ
    found: Floats = np.where(clear & loud & pure & inside, position_s, np.nan)
    return found


def _windows(samples: Samples, centres: npt.NDArray[np.int64], length: int) -> Floats:
    found: Floats = samples[centres[:, None] + np.arange(-length // 2, length // 2)].astype(float)
    return found
