"""Finds given words in a stretch of sound, and hears words of a language: the one place that knows pocketsphinx."""

from __future__ import annotations

import math
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from index.align.espeak import phones_of_words
from index.align.onset import Levels, after_pause, after_silence, hard_attack, levels
from index.align.pronounce import NOTHING, SONORANTS, STOPS, VOWELS, phones_of, pieces, written_pieces
from index.errors import EarmarkError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

RATE = 16_000
"""Samples a second that the recogniser takes: 16 bits, one channel."""

ENGLISH = "en"
"""The language that the recogniser was made for."""

_FRAME_MS = 10
# Phones that together sound a little like anything; at the ends of a window they take what is not in its words.
_GARBAGE = ("AA", "IY", "S", "N", "T", "ER")
_GARBAGE_SHARE = 0.5
# One pass is enough: a second, over what the first left, costs half as much again and finds no more. Most of the work
# is to hold frames against the model, and every other one tells as much; to look ahead for the phones that may come
# saves none of it among few words. A language made of the very text may weigh more than one of all English; few words
# are told apart by fewer of the model's densities.
_OPTIONS: dict[str, Any] = {
    "lm": None,
    "fwdflat": False,
    "bestpath": False,
    "pl_window": 0,
    "ds": 2,
    "topn": 4,
    "lw": 9,
}
_MANY_WORDS, _MORE_DENSITIES = 200, 6
_WIDE = {"beam": 1e-100, "pbeam": 1e-100, "wbeam": 1e-80}
_SCALE = 1024  # The decoder gives the likelihood of a frame with its logarithm shifted right by ten bits.
_LEAST = 1e-300  # A likelihood too small for a float.
_HOLD = "hold"
_MOST_VARIANTS = 9
_VARIANT = re.compile(r"\(\d+\)\Z")
_NO_WORDS = ("<", "[", "+", "~", "(")
_SILENCES = ("<s>", "<sil>")

UNAVAILABLE = (
    "Words cannot be looked for in the sound here: the package pocketsphinx is missing. Install it with"
    " “pip install pocketsphinx”; until then word times are estimated."
)


class Heard(NamedTuple):
    """When a word was heard, in ms from the beginning of the sound given, and how well it fitted.

    The score is the logarithm of a likelihood, per frame: 0 at best.
    """

    start_ms: int
    end_ms: int
    score: float


class HeardWord(NamedTuple):
    """A word that was heard without being asked for, and how well it fitted, as in `Heard`."""

    text: str
    start_ms: int
    end_ms: int
    score: float


def is_english(language: str) -> bool:
    """Whether a language such as `en-us` is the one that the recogniser was made for."""
    return language.partition("-")[0] == ENGLISH


def is_available() -> bool:
    """Whether there is a recogniser on this machine."""
    return find_spec("pocketsphinx") is not None


def require_recogniser() -> None:
    """Raise EarmarkError with a sentence on what to do where there is no recogniser."""
    if not is_available():
        raise EarmarkError(UNAVAILABLE)


class Recogniser:
    """One decoder with the English model that pocketsphinx brings; not for use by several threads.

    Words of another `language` are made of the sounds of that model that are nearest to theirs, with espeak-ng.
    With `wide` it looks at less likely ways too: slower by some times, to look for given words.
    """

    def __init__(self, language: str = ENGLISH, *, wide: bool = False) -> None:
        require_recogniser()
        from pocketsphinx import Decoder

        self._language = language
        self._english = is_english(language)
        self._foreign: dict[str, str] = {}  # The phones of words of another language than English.
        self._spelled: dict[str, str] = {}
        self._hearing: Any = None
        self._decoder: Any = Decoder(loglevel="FATAL", samprate=RATE, **(_OPTIONS | (_WIDE if wide else {})))
        self._names: dict[str, str] = {}
        self._garbage = [self._add(f"~{phone.lower()}", phone) for phone in _GARBAGE]
        self._search(_HOLD, self._decoder.create_fsg(_HOLD, 0, 1, [(0, 1, 1.0, self._garbage[0])]))

    def find(
        self, sound: npt.NDArray[np.int16], words: Sequence[str], *, before: int = 0, after: int = 0
    ) -> list[Heard | None]:
        """When each of the words, said in this order somewhere in the sound, is said; None for all where they are not.

        The first `before` and the last `after` words are context: they may be said outside the sound. A written word
        without anything to speak (`—`) is None.
        """
        names: list[str] = []
        owners: list[int] = []
        self._ask_for(words)
        for number, word in enumerate(words):
            for piece in self._pieces(word):
                names.append(self._name(piece))
                owners.append(number)
        found: list[Heard | None] = [None] * len(words)
        if not names:
            return found
        lead = sum(owner < before for owner in owners)
        trail = sum(owner >= len(words) - after for owner in owners)
        for place, segment in self._aligned(sound, names, lead, trail):
            old = found[owners[place]]
            start, end, score = segment
            if old is None:
                found[owners[place]] = Heard(start, end, score)
            else:
                length, more = old.end_ms - old.start_ms, end - start
                mean = (old.score * length + score * more) / max(1, length + more)
                found[owners[place]] = Heard(old.start_ms, end, mean)
        return found

    def _aligned(
        self, sound: npt.NDArray[np.int16], names: Sequence[str], lead: int, trail: int
    ) -> list[tuple[int, Heard]]:
        """The places of the names that were found, all of those that are no context, and their times."""
        count = len(names)
        # States: 0 takes garbage; 1 to count + 1 lie before, between and after the words; the last takes garbage.
        last = count + 2
        share = _GARBAGE_SHARE / len(self._garbage)
        steps: list[tuple[Any, ...]] = []
        for phone in self._garbage:
            steps += [(0, 0, share, phone), (last, last, share, phone)]
        steps += [(0, 1 + skipped, 1.0) for skipped in range(min(lead, count - 1) + 1)]
        steps += [(count + 1 - skipped, last, 1.0) for skipped in range(min(trail, count - 1) + 1)]
        steps += [(place + 1, place + 2, 1.0, name) for place, name in enumerate(names)]
        self._search("window", self._decoder.create_fsg("window", 0, last, steps))
        heard = _run(self._decoder, sound)
        self._decoder.activate_search(_HOLD)
        self._decoder.remove_search("window")
        said = [name for name, _ in heard]
        for skipped in range(min(lead, count - 1) + 1):
            end = skipped + len(said)
            if count - trail <= end <= count and list(names[skipped:end]) == said:
                return [(skipped + place, times) for place, (_, times) in enumerate(heard)]
        return []

    def hear(self, sound: npt.NDArray[np.int16]) -> list[HeardWord]:
        """The words in the sound by the language given with `learn`."""
        if self._hearing is None:
            return []
        heard = _run(self._hearing, sound)
        return [HeardWord(self._spelled[name], *times) for name, times in heard if name in self._spelled]

    def learn(self, sentences: Sequence[Sequence[str]]) -> None:
        """Take a language from sentences: what is heard from then on is made of their words, in about their order."""
        from pocketsphinx import Decoder
        from pocketsphinx.lm import ArpaBoLM

        self._spelled = {}
        lines = []
        self._ask_for([word for sentence in sentences for word in sentence])
        for sentence in sentences:
            named = [(self._name(piece), piece) for word in sentence for piece in self._pieces(word)]
            self._spelled.update(named)
            lines.append(" ".join(["<s>", *(name for name, _ in named), "</s>"]))
        model = ArpaBoLM(text="\n".join(lines))
        model.compute()
        # With a dictionary of its own: to make a language known to the whole one takes a quarter of a minute.
        with tempfile.TemporaryDirectory(prefix="earmark-") as folder:
            language, dictionary = os.path.join(folder, "language.arpa"), os.path.join(folder, "words.dict")
            with open(dictionary, "w", encoding="utf-8") as file:
                file.writelines(f"{name} {phones}\n" for word in self._spelled for name, phones in self._variants(word))
            with open(language, "w", encoding="utf-8") as file:
                model.write(file)
            options = _OPTIONS | {"lm": language, "dict": dictionary}
            if len(self._spelled) >= _MANY_WORDS:
                options["topn"] = _MORE_DENSITIES
            self._hearing = Decoder(loglevel="FATAL", samprate=RATE, **options)

    def _variants(self, name: str) -> Iterator[tuple[str, str]]:
        """The ways to pronounce a word that the decoder knows."""
        for number in range(1, _MOST_VARIANTS):
            variant = name if number == 1 else f"{name}({number})"
            phones = self._decoder.lookup_word(variant)
            if not phones:
                return
            yield variant, phones

    def _pieces(self, word: str) -> list[str]:
        return pieces(word) if self._english else written_pieces(word)

    def _ask_for(self, words: Sequence[str]) -> None:
        """Learn how words of another language are said, all at once."""
        if not self._english:
            new = {piece for word in words for piece in self._pieces(word)} - self._foreign.keys()
            if new:
                self._foreign.update(phones_of_words(sorted(new), self._language))

    def _name(self, piece: str) -> str:
        """What the decoder calls a piece; it learns to pronounce those that it does not know."""
        name = self._names.get(piece)
        if name is None:
            lower = piece.lower().replace("’", "'")
            if not self._english:
                name = self._add(f"~w{len(self._names)}", self._foreign[piece] or NOTHING)
            elif self._decoder.lookup_word(lower):
                name = lower
            else:
                name = self._add(f"~w{len(self._names)}", phones_of(piece, self._decoder.lookup_word))
            self._names[piece] = name
        return name

    def _add(self, name: str, phones: str) -> str:
        self._decoder.add_word(name, phones, True)
        return name

    def _search(self, name: str, grammar: Any) -> None:
        self._decoder.add_fsg(name, grammar)
        self._decoder.activate_search(name)


def _run(decoder: Any, sound: npt.NDArray[np.int16]) -> list[tuple[str, Heard]]:
    """The words of the decoder's best way through the sound."""
    decoder.start_utt()
    decoder.process_raw(sound.tobytes(), full_utt=True)
    decoder.end_utt()
    if decoder.hyp() is None:
        return []
    loud = levels(sound)
    heard: list[tuple[str, Heard]] = []
    before = _Before(False, "", 0)
    for part in decoder.seg() or ():
        name = _VARIANT.sub("", part.word)
        phones = (decoder.lookup_word(part.word) or "").split()
        start_ms, end_ms = part.start_frame * _FRAME_MS, (part.end_frame + 1) * _FRAME_MS
        if not name.startswith(_NO_WORDS) or name.startswith("~w"):
            begun = _begun(loud, phones, start_ms, end_ms, before)
            if heard:  # The word before it gives what it takes.
                other, last = heard[-1]
                begun = max(begun, last.start_ms + _FRAME_MS)
                heard[-1] = other, last._replace(end_ms=min(last.end_ms, begun))
            frames = part.end_frame - part.start_frame + 1
            score = math.log(max(part.ascore, _LEAST)) * _SCALE / max(1, frames)
            heard.append((name, Heard(begun, end_ms, score)))
        silent = name in _SILENCES
        before = _Before(silent, before.phone if silent or not phones else phones[-1], start_ms)
    return heard


class _Before(NamedTuple):
    """What comes before a word: whether it is silence, the last phone that was said, and when it begins."""

    silent: bool
    phone: str
    start_ms: int


def _begun(loud: Levels, phones: Sequence[str], start_ms: int, end_ms: int, before: _Before) -> int:
    """When a word of these phones begins that the decoder has between two times: it knows no onset to a frame."""
    begun = after_pause(loud, start_ms, end_ms)
    if begun != start_ms or not phones or phones[0] in STOPS:
        return begun
    begun = after_silence(loud, start_ms, end_ms, before.start_ms) if before.silent else start_ms
    if begun == start_ms and phones[0] in VOWELS and (before.silent or before.phone in SONORANTS):
        return hard_attack(loud, start_ms, end_ms)
    return begun
