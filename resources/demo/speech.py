"""Speaks words with espeak-ng and says to the millisecond when each of them starts and ends.

The library also reports words, but it speaks some pairs as one ("in the", "it was") and reports a word that
begins with a vowel before the last sound of the one in front of it ("run of"). Its phonemes are reported to
the millisecond in which they are heard, so the words take their times from these.
"""

import ctypes
import ctypes.util
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Samples", "SpeechError", "Spoken", "Synthesiser", "Voice", "align"]

Samples = NDArray[np.float64]

# Numbers from espeak-ng's speak_lib.h.
_AUDIO_OUTPUT_SYNCHRONOUS = 2
_PHONEME_EVENTS = 1
_RATE, _PITCH, _RANGE = 1, 3, 4
_CHARS_UTF8 = 1
_POS_CHARACTER = 1
_EVENT_LIST_TERMINATED, _EVENT_PHONEME = 0, 7

_VOWELS = "aeiouAEIOUV03@"  # first letters of espeak-ng's names for vowels


class SpeechError(Exception):
    """The voice is missing or did not say what it was given; the message says which and what to do."""


@dataclass(frozen=True)
class Voice:
    """A voice by its espeak-ng name (``en-us+m3``), with pitch and liveliness (pitch range) from 0 to 100."""

    name: str
    words_per_minute: int
    pitch: int = 50
    liveliness: int = 50


@dataclass(frozen=True)
class Spoken:
    """One utterance, from its first sound: the samples at ``rate`` (Hz), and a start and end (ms) a word."""

    samples: Samples
    rate: int
    starts_ms: tuple[int, ...]
    ends_ms: tuple[int, ...]


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class _Phoneme(NamedTuple):
    at_ms: int
    name: str

    @property
    def is_pause(self) -> bool:
        return self.name.startswith("_")


class Synthesiser:
    """espeak-ng in this process; the library allows one at a time."""

    def __init__(self) -> None:
        """Load libespeak-ng; raises SpeechError where it or its voices are not installed."""
        name = ctypes.util.find_library("espeak-ng") or "libespeak-ng.so.1"
        try:
            self._library = ctypes.CDLL(name)
        except OSError as error:
            raise SpeechError(f"{name} cannot be loaded ({error}): install libespeak-ng1.") from error
        self.rate: int = self._library.espeak_Initialize(_AUDIO_OUTPUT_SYNCHRONOUS, 0, None, _PHONEME_EVENTS)
        if self.rate <= 0:
            raise SpeechError("espeak-ng found no voices: install espeak-ng-data.")
        self._blocks: list[NDArray[np.int16]] = []
        self._phonemes: list[_Phoneme] = []
        self._callback: Callable[..., int] = _Callback(self._receive)  # kept, or it would be collected
        self._library.espeak_SetSynthCallback(self._callback)

    def say(self, voice: Voice, words: Sequence[str]) -> Spoken:
        """Speak the words as one utterance, each with a start of its own, later than the one before.

        Raises SpeechError where the voice is missing or a word cannot be found in the sound.
        """
        if self._library.espeak_SetVoiceByName(voice.name.encode()) != 0:
            raise SpeechError(f"espeak-ng has no voice {voice.name!r}: install espeak-ng-data.")
        settings = ((_RATE, voice.words_per_minute), (_PITCH, voice.pitch), (_RANGE, voice.liveliness))
        for parameter, value in settings:
            self._library.espeak_SetParameter(parameter, value, 0)
        alone = [[p.name for p in self._synthesise(_spoken(word))[1] if not p.is_pause] for word in words]
        samples, phonemes = self._synthesise(" ".join(map(_spoken, words)))
        sounds = [p for p in phonemes if not p.is_pause]
        firsts = align([p.name for p in sounds], alone)
        missing = [word for word, first in zip(words, firsts, strict=True) if first is None]
        if missing:
            raise SpeechError(f"espeak-ng swallowed {missing[0]!r} in {' '.join(words)!r}: reword it.")
        starts = [sounds[first].at_ms for first in firsts if first is not None]
        pauses = [p.at_ms for p in phonemes if p.is_pause]
        ends = [
            min([following, *(pause for pause in pauses if start < pause)])
            for start, following in zip(starts, [*starts[1:], len(samples) * 1000 // self.rate], strict=True)
        ]
        zero = starts[0]
        return Spoken(
            samples[zero * self.rate // 1000 :],
            self.rate,
            tuple(start - zero for start in starts),
            tuple(end - zero for end in ends),
        )

    def _receive(self, wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            self._blocks.append(np.ctypeslib.as_array(wave, (count,)).copy())
        index = 0
        while (event := events[index]).type != _EVENT_LIST_TERMINATED:
            if event.type == _EVENT_PHONEME:
                name = bytes(event.id.string).decode(errors="replace")
                if not name.startswith(";"):  # a glide between two vowels, part of neither
                    self._phonemes.append(_Phoneme(event.audio_position, name))
            index += 1
        return 0

    def _synthesise(self, text: str) -> tuple[Samples, list[_Phoneme]]:
        self._blocks, self._phonemes = [], []
        data = text.encode()
        self._library.espeak_Synth(data, len(data) + 1, 0, _POS_CHARACTER, 0, _CHARS_UTF8, None, None)
        if not self._blocks or not self._phonemes:
            raise SpeechError(f"espeak-ng made no sound of {text!r}: reword it.")
        return np.concatenate(self._blocks).astype(np.float64) / 32768, self._phonemes


def _spoken(word: str) -> str:
    """A word as espeak-ng reads it best: plain apostrophes, no quotation marks, no dots to stumble over."""
    plain = word.replace("’", "'").strip("“”").lstrip("…")
    return plain.removesuffix("…").rstrip("“”") + "," if plain.endswith("…") else plain


def align(heard: Sequence[str], alone: Sequence[Sequence[str]]) -> list[int | None]:
    """For each word the index in ``heard`` of its first sound, given the sounds each word has ``alone``.

    The cheapest way to turn one row into the other (Wagner and Fischer, 1974): in running speech sounds
    weaken, vanish and link ("for it" gains an r), but they keep their order. A sound that links two words
    belongs to the first.
    """
    expected = [(name, word) for word, names in enumerate(alone) for name in names]
    costs = [[float(row + column) for column in range(len(expected) + 1)] for row in range(len(heard) + 1)]
    for row, name in enumerate(heard, 1):
        for column, (wanted, _) in enumerate(expected, 1):
            costs[row][column] = min(
                costs[row - 1][column - 1] + _difference(name, wanted),
                costs[row - 1][column] + 1,
                costs[row][column - 1] + 1,
            )
    firsts: list[int | None] = [None] * len(alone)
    row, column = len(heard), len(expected)
    while row and column:
        here = costs[row][column]
        if here == costs[row - 1][column - 1] + _difference(heard[row - 1], expected[column - 1][0]):
            row, column = row - 1, column - 1
            firsts[expected[column][1]] = row
        elif here == costs[row - 1][column] + 1:
            row -= 1
        else:
            column -= 1
    return firsts


def _difference(one: str, other: str) -> float:
    if one == other:
        return 0
    alike = (one[0] in _VOWELS) == (other[0] in _VOWELS)
    return 0.75 if alike and one[0] == other[0] else 1 if alike else 3
