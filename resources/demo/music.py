"""A few seconds of soft music for the start, the end and the chapters of the demo episode."""

from collections.abc import Sequence

import numpy as np

from resources.demo.speech import Samples

__all__ = ["intro", "outro", "sting"]

# Notes by their MIDI numbers: D major with a ninth, G major with a seventh, and home again.
_INTRO = ((0, (50, 57)), (0.30, (66,)), (0.60, (69,)), (0.90, (73,)), (1.20, (76,)), (1.9, (43, 59, 66, 74)))
_STING = ((0, (62, 69)), (0.28, (74,)), (0.56, (78,)))
_OUTRO = ((0, (43, 59, 66, 71)), (1.1, (45, 57, 64, 73)), (2.2, (38, 50, 57)), (2.45, (66,)), (2.7, (69,)))
_OUTRO_END = ((2.95, (74,)), (3.2, (78,)))


def intro(rate: int) -> Samples:
    """Four and a half seconds that open the episode, silent at both ends."""
    return _play(_INTRO, 4.5, rate)


def sting(rate: int) -> Samples:
    """Three notes between chapters, two seconds."""
    return _play(_STING, 2.0, rate)


def outro(rate: int) -> Samples:
    """Seven seconds that close the episode."""
    return _play(_OUTRO + _OUTRO_END, 7.0, rate)


def _play(notes: Sequence[tuple[float, Sequence[int]]], seconds: float, rate: int) -> Samples:
    out = np.zeros(round(seconds * rate))
    for at, pitches in notes:
        begin = round(at * rate)
        for pitch in pitches:
            out[begin:] += _note(440 * 2 ** ((pitch - 69) / 12), (len(out) - begin) / rate, rate)
    fade = np.sin(np.linspace(np.pi / 2, 0, round(0.4 * len(out)))) ** 2
    out[-len(fade) :] *= fade
    return np.asarray(out * 0.16 / np.abs(out).max())


def _note(frequency: float, seconds: float, rate: int) -> Samples:
    """A soft electric-piano tone: a slow attack, few overtones, the high ones gone first."""
    t = np.arange(round(seconds * rate)) / rate
    decay = 1.1 * (220 / frequency) ** 0.3
    tone = np.zeros_like(t)
    for overtone, level in ((1, 1.0), (2, 0.22), (3, 0.09), (4, 0.03)):
        shiver = 1 + 0.0006 * (overtone - 1)
        tone += level * np.sin(2 * np.pi * frequency * overtone * shiver * t) * np.exp(-t * overtone**0.7 / decay)
    return np.asarray(tone * (1 - np.exp(-t / 0.018)) * (220 / frequency) ** 0.35)
