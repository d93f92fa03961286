"""Text that was read in the wrong encoding and saved again (`itâ€™s`, `β€”`): how much of it, and how to repair it."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from index.timing import spread
from index.transcript import NO_SPEAKER, Timing, Transcript
from index.wordsplit import GLUED, split_run

_SAMPLES = 5
_RUN = re.compile(r"[^ \t\n]+")  # A no-break space is often part of the damage.
# The last byte of a closing quotation mark stands for nothing in these code pages, and is lost on the way; in Greek
# that of an opening one, too.
_LOST_QUOTES = re.compile("(?:â€|β€|вЂ)\ufffd")
_WESTERN = re.compile("[ÃÂâ]")  # How UTF-8 looks that was read as Windows-1252.
_GRAVE = "Ã"  # What is left of `à` (C3 A0) where its second half was taken for a space.


@dataclass(frozen=True, slots=True)
class Damage:
    """How many places a repair would change, and a few of them, the commonest first: before and after."""

    places: int
    samples: tuple[tuple[str, str], ...]

    def sentence(self) -> str:
        """What to tell of it: `254 places look damaged, such as “β€”” for “—”`."""
        before, after = self.samples[0]
        count = "One place looks" if self.places == 1 else f"{self.places:,} places look"
        return f"{count} damaged by a wrong encoding, such as “{before}” for “{after}”."


def damage(*texts: str) -> Damage | None:
    """What a repair of the texts would change; None where nothing is damaged.

    A place is a run of characters between spaces; what `Damage` shows of it is the damaged part.
    """
    mender = _Mender.of(texts)
    found: Counter[tuple[str, str]] = Counter()
    for text in texts:
        for run, count in Counter(_suspects(text)).items():
            mended = mender.mended(run)
            if mended != run:
                found[_differing(run, mended)] += count
    if not found:
        return None
    return Damage(found.total(), tuple(pair for pair, _ in found.most_common(_SAMPLES)))


def repaired(text: str) -> str:
    """The text with what a wrong encoding did to it undone; everything else stays as it is."""
    if text.isascii():
        return text
    mender = _Mender.of([text])
    return _RUN.sub(lambda found: mender.mended(found[0]), text)


def damage_in(transcript: Transcript) -> Damage | None:
    """What a repair of a transcript would change, its speakers' names included."""
    return damage(transcript.text, *transcript.speakers)


def repair(transcript: Transcript) -> Transcript:
    """The transcript with its words and names repaired; every word keeps its times, cue and turn.

    What turns out to be Chinese or Japanese is cut into words anew, which share the time of what they were.
    """
    pieces = list(_pieces(transcript))
    counts = [len(each) for each in pieces]
    places = array("i", [0])
    for count in counts:
        places.append(places[-1] + count)
    texts: list[str] = []
    starts, ends = array("q"), array("q")
    timings, joints, confidences = bytearray(), bytearray(), bytearray()
    offsets, limits = array("i"), array("i")
    at = before = 0
    for word, own in enumerate(pieces):
        gap = transcript.text[before : transcript.offsets[word]]
        before = transcript.limits[word]
        start, end = transcript.starts[word], transcript.ends[word]
        times = [(start, end)] if len(own) == 1 else spread(own, start, end)
        for number, (piece, (piece_start, piece_end)) in enumerate(zip(own, times, strict=True)):
            texts.append(gap if number == 0 else "")
            at += len(texts[-1])
            offsets.append(at)
            texts.append(piece)
            at += len(piece)
            limits.append(at)
            starts.append(piece_start)
            ends.append(piece_end)
            joints.append(GLUED if number else transcript.joints[word])
            timings.append(_shared(transcript.timings[word]) if len(own) > 1 else transcript.timings[word])
        confidences += transcript.confidences[word : word + 1] * len(own)
    speakers = {name: number for number, name in enumerate(dict.fromkeys(map(repaired, transcript.speakers)))}
    renumbered = [speakers[repaired(name)] for name in transcript.speakers]
    return replace(
        transcript,
        text="".join(texts),
        offsets=offsets,
        limits=limits,
        starts=starts,
        ends=ends,
        timings=bytes(timings),
        joints=bytes(joints),
        confidences=bytes(confidences),
        cue_firsts=array("i", (places[first] for first in transcript.cue_firsts)),
        turn_firsts=array("i", (places[first] for first in transcript.turn_firsts)),
        turn_speakers=array(
            "i", (number if number == NO_SPEAKER else renumbered[number] for number in transcript.turn_speakers)
        ),
        speakers=tuple(speakers),
    )


def _shared(timing: int) -> int:
    return timing if timing in (Timing.NONE, Timing.UNHEARD) else Timing.ESTIMATED


def _pieces(transcript: Transcript) -> Iterator[list[str]]:
    """Each word repaired, in the words that it then is."""
    text = transcript.text
    mender = _Mender.of([text])
    for first, limit in zip(transcript.offsets, transcript.limits, strict=True):
        word = text[first:limit]
        mended = word if word.isascii() else "".join(mender.mended(word).split())  # A space would make two words of it.
        yield [word] if mended in ("", word) else split_run(mended)


def _suspects(text: str) -> Iterable[str]:
    return () if text.isascii() else (run for run in _RUN.findall(text) if not run.isascii())


def _differing(before: str, after: str) -> tuple[str, str]:
    """The parts in which two texts differ, with the letters beyond ASCII around them."""
    shorter = min(len(before), len(after))
    first = last = 0
    while first < shorter and before[first] == after[first] and before[first].isascii():
        first += 1
    while last < shorter - first and before[-1 - last] == after[-1 - last] and before[-1 - last].isascii():
        last += 1
    return before[first : len(before) - last][:40], after[first : len(after) - last][:40]


@dataclass(frozen=True, slots=True)
class _Mender:
    """What is to be repaired in some texts, decided once over all of them."""

    pages: tuple["_Page", ...]
    grave: bool  # A last `Ã` is an `à`.

    @classmethod
    def of(cls, texts: Iterable[str]) -> "_Mender":
        runs = [run for text in texts for run in _suspects(text)]
        quoted = [_LOST_QUOTES.sub(_quote, run) for run in runs]
        pages = tuple(page for page in _PAGES if page.suits(quoted))
        return cls(pages, any(_WESTERN.search(run) and _mended(run, pages) != run for run in set(runs)))

    def mended(self, run: str) -> str:
        """A run between spaces, repaired."""
        if run.isascii():
            return run
        mended = _mended(run, self.pages)
        return mended[:-1] + "à" if self.grave and mended.endswith(_GRAVE) else mended


@lru_cache(maxsize=1 << 14)
def _mended(run: str, pages: tuple["_Page", ...]) -> str:
    from ftfy import fix_encoding  # Most texts never need it, and it takes as long to load as a window to draw.
    from ftfy.badness import is_bad

    mended = _LOST_QUOTES.sub(_quote, run)
    if is_bad(mended):
        mended = fix_encoding(mended)
    for page in pages:
        mended = page.mended(mended)
    return mended


def _quote(found: re.Match[str]) -> str:
    return "”" if found.start() else "“"


class _Page:
    """UTF-8 that was read as a code page of another alphabet, in text of Latin letters.

    ftfy looks for signs of damage that such text does not show: to it `β€”` is a letter, a coin and a quotation mark.
    """

    def __init__(self, encoding: str, alphabet: str) -> None:
        # As browsers do, a byte that the code page leaves free is taken for the control character of its number.
        pairs = ((bytes([byte]).decode(encoding, "ignore") or chr(byte), byte) for byte in range(0x80, 0xF5))
        self._bytes = dict(pairs)
        self._letters = re.compile(f"[{alphabet}]")
        tail = self._class(0x80, 0xC0)
        kinds = ((0xC2, 0xE0, 1), (0xE0, 0xF0, 2), (0xF0, 0xF5, 3))
        self._sequence = re.compile(
            "|".join(f"{self._class(low, high)}{tail}{{{count}}}" for low, high, count in kinds)
        )

    def _class(self, low: int, high: int) -> str:
        return f"[{re.escape(''.join(letter for letter, byte in self._bytes.items() if low <= byte < high))}]"

    def suits(self, runs: Iterable[str]) -> bool:
        """Whether most letters of the alphabet in the runs are damage, not words of that language."""
        damaged = sound = 0
        for run in runs:
            total = len(self._letters.findall(run))
            left = len(self._letters.findall(self._sequence.sub("", run))) if total else 0
            damaged, sound = damaged + total - left, sound + left
        return damaged > sound

    def mended(self, run: str) -> str:
        """The run with every sequence of the code page that is a character in UTF-8 made that character."""
        return self._sequence.sub(self._character, run)

    def _character(self, found: re.Match[str]) -> str:
        try:
            return bytes(map(self._bytes.__getitem__, found[0])).decode("utf-8")
        except UnicodeDecodeError:
            return found[0]


_PAGES = (
    _Page("cp1253", "\u0370-\u03ff"),
    _Page("cp1251", "\u0400-\u04ff"),
    _Page("cp1250", "ÂĂÄĹâ"),
)
