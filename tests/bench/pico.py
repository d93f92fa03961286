"""Speech of SVOX Pico, an engine that is no kin of the recogniser's, in five languages, with the time of every word.

Pico tells no times. But a text is spoken alike whichever of its words are loud: where the odd words are loud one time
and the even ones the other, the louder of the two sounds tells which word is being said.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.bench.spoken import PAUSES_MS, RATE, Speech, read_wave, sentences_of, with_fillers

VOICES = {"en": "en-US", "de": "de-DE", "es": "es-ES", "fr": "fr-FR", "it": "it-IT"}
_FRAME = 64  # Samples that Pico makes at a time, of one loudness each.
_FRAME_MS = 1000 * _FRAME // RATE
# A word is loud from when Pico's last stage is told so, but that gives out what it was given 352 samples before: two
# frames wait for their neighbours, and the middle of a frame lies 256 samples behind the first one that it adds to,
# less half a frame. The sound agrees: held against the loudness, stops close and hisses begin and end 20 ms later, by
# the median, than in Festival's speech against the times that Festival tells.
_LAG_MS = 22
_LOUD, _SOFT = 100, 50
_MOST = 14  # Words that are said in one go: longer ones pico may not end.
_PATIENCE_S = 3.0
_TELLING = 0.5  # Binary logarithm of the two sounds' ratio; it is 1 inside a word.
_AUDIBLE = 60.0  # Mean amplitude; a sentence begins and ends with less.


def why_not() -> str:
    """Why nothing can be spoken here; "" where it can."""
    return "" if shutil.which("pico2wave") else "needs pico2wave (Debian non-free: libttspico-utils)"


def speak(turns: Sequence[Sequence[str]], language: str, *, disfluent: bool = False, seed: int = 1) -> Speech:
    """The turns, sentence by sentence, with pauses; sentences whose words cannot be told apart are left out.

    With `disfluent`, words that the text lacks are put in; they are English.
    """
    draw = random.Random(seed)
    wanted = [(turn, sentence) for turn, words in enumerate(turns) for sentence in sentences_of(words, _MOST)]
    said = [with_fillers(each, draw) if disfluent else [(word, True) for word in each] for _, each in wanted]
    with ThreadPoolExecutor(2) as pool:
        spoken = list(pool.map(lambda each: _timed([word for word, _ in each], VOICES[language]), said))
    kept: list[list[str]] = [[] for _ in turns]
    pieces: list[npt.NDArray[np.int16]] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for (turn, sentence), words, heard in zip(wanted, said, spoken, strict=True):
        if heard is None:
            continue
        samples, times = heard
        kept[turn] += sentence
        for (_, ours), (begun, over) in zip(words, times, strict=True):
            if ours:
                starts.append(at * 1000 // RATE + begun)
                ends.append(at * 1000 // RATE + over)
        silence = np.zeros(RATE * draw.choice(PAUSES_MS) // 1000, np.int16)
        pieces += [samples, silence]
        at += len(samples) + len(silence)
    return Speech(np.concatenate(pieces), tuple(tuple(turn) for turn in kept if turn), np.array(starts), np.array(ends))


def _timed(words: Sequence[str], voice: str) -> tuple[npt.NDArray[np.int16], list[tuple[int, int]]] | None:
    """A sentence, trimmed, and when each of its words begins and ends in it, in ms; None where that is not clear."""
    odd, even = (_spoken(words, voice, loud) for loud in (1, 0))
    if not len(odd) or len(odd) != len(even):
        return None
    louder = np.maximum(_levels(odd), _levels(even))
    audible = np.flatnonzero(louder > _AUDIBLE)
    ratio = np.log2((_levels(even) + 1) / (_levels(odd) + 1))
    runs: list[list[int]] = []
    for frame in audible.tolist():
        if abs(ratio[frame]) < _TELLING:
            continue
        side = int(ratio[frame] < 0)
        if runs and runs[-1][0] == side:
            runs[-1][2] = frame
        else:
            runs.append([side, frame, frame])
    if len(runs) != len(words) or runs[0][0] != 0:
        return None
    first, end = runs[0][1], runs[-1][2] + 1
    plain = np.where(
        np.repeat(ratio[first:end], _FRAME) >= 0, *(each[first * _FRAME : end * _FRAME] for each in (even, odd))
    )
    return plain, [(begun - first * _FRAME_MS, over - first * _FRAME_MS) for begun, over in _said(runs, audible)]


def _said(runs: Sequence[Sequence[int]], audible: npt.NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """When each word begins and ends, in ms, by the frames from and to which it is loud and those that are audible."""
    begins, ends = audible * _FRAME_MS, (audible + 1) * _FRAME_MS
    free_ms = 0  # The word before is over.
    for _, first, last in runs:
        begun = max(first * _FRAME_MS, free_ms)
        begun = max(begun, int(begins[np.searchsorted(ends, begun, side="right")]))
        free_ms = (last + 1) * _FRAME_MS + _LAG_MS
        yield begun, min(free_ms, int(ends[np.searchsorted(begins, free_ms) - 1]))


def _spoken(words: Sequence[str], voice: str, loud: int) -> npt.NDArray[np.int16]:
    """The sentence with the words at even places loud, or with `loud` 1 those at odd places."""
    marked = (
        f'<volume level="{_LOUD if place % 2 == loud else _SOFT}">{word}</volume>' for place, word in enumerate(words)
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "said.wav"
        command = ["pico2wave", "-l", voice, "-w", str(path), " ".join(marked)]
        try:
            subprocess.run(command, check=True, timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired:  # Some texts with many marks keep it busy for ever.
            return np.zeros(0, np.int16)
        return read_wave(path)


def _levels(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.float64]:
    count = len(samples) // _FRAME
    levels: npt.NDArray[np.float64] = np.abs(samples[: count * _FRAME].reshape(count, _FRAME).astype(float)).mean(
        axis=1
    )
    return levels
