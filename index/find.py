"""Finding a phrase in one transcript: every occurrence, whatever its case, accents, quotes, hyphens or line breaks."""

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from heapq import merge
from itertools import islice, product

from index.folding import STACKING, apart, fold, readings, stands_alone
from index.transcript import Transcript, WordRange
from index.wordsplit import GLUED

_SPELT, _TRIED = 8, 81  # Words of a phrase whose spelling is looked at, spellings of it that are tried.
_JOINED = 10_000  # Pieces of text that are joined at a time.
_LONGEST = 60  # Letters of a word whose spelling is looked at: comparing takes their square.


@dataclass(frozen=True, slots=True)
class _Line:
    """The whole stream as one searchable string, with the word that each part of it belongs to."""

    text: str  # A space at either end, so that every word stands between two.
    offsets: "array[int]"
    words: "array[int]"


class _Writing:
    """One reading of a transcript while it is written, word by word.

    Nothing here takes long in one piece, so that other threads go on meanwhile, whatever the length of the transcript.
    """

    def __init__(self, transcript: Transcript, reading: int) -> None:
        self._transcript, self._reading = transcript, reading
        self._written: list[str] = []  # Long pieces of the text,
        self._texts: list[str] = [" "]  # and what is to be joined to the next of them.
        self._before = " "
        self._offsets, self._words = array("i"), array("i")
        self._at = 1
        self._spaced = False  # Whether a space was met since the last piece.

    def add(self, word: int, piece: str, joint: int) -> None:
        """Write what is read of a word."""
        self._spaced |= joint != GLUED
        if not piece:
            return
        if self._words and apart(self._before, piece, self._glued(word, piece)):
            self._texts.append(" ")
            self._at += 1
        self._spaced = False
        self._offsets.append(self._at)
        self._words.append(word)
        self._texts.append(piece)
        self._before = piece
        self._at += len(piece)
        if len(self._texts) > _JOINED:
            self._written.append("".join(self._texts))
            self._texts.clear()

    def _glued(self, word: int, piece: str) -> bool:
        """Whether pieces with a time of their own are read as the word they make is: don + 't, open + -source."""
        if self._spaced:
            return False
        whole = self._transcript.text[self._transcript.offsets[self._words[-1]] : self._transcript.limits[word]]
        return readings(whole)[self._reading] == self._before + piece

    def line(self) -> _Line:
        """All of it."""
        return _Line("".join([*self._written, *self._texts, " "]), self._offsets, self._words)


class Finder:
    """Finds phrases in one transcript; made once, it answers each query in about the time of three `str.find`.

    Three readings of the stream are searched: one in which the signs inside a word part it (open-source is open
    source, l'amour holds amour), one in which apostrophes and points vanish (don't is dont, U.S. is US), and one in
    which hyphens do too (e-mail is email). So either way of writing finds the other.
    """

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        lines = tuple(_Writing(transcript, reading) for reading in range(3))
        text, joints = transcript.text, transcript.joints
        for word, (first, end) in enumerate(zip(transcript.offsets, transcript.limits, strict=True)):
            for line, piece in zip(lines, readings(text[first:end]), strict=True):
                line.add(word, piece, joints[word])
        self._lines = tuple(line.line() for line in lines)

    def find(self, phrase: str, *, prefix: bool = False) -> list[WordRange]:
        """Every occurrence as a word range, in reading order, none over another (as in `aha aha aha`).

        A phrase matches whole words; with `prefix` its last word may go on, as while typing (not from one letter
        alone: that would mark a tenth of the text). A phrase without a letter or digit finds nothing.
        """
        found = []
        for reading, line in enumerate(self._lines):
            wanted = fold(phrase, reading)
            if wanted:
                found.append(_search(line, wanted, prefix and len(wanted) > 1))
        return list(_side_by_side(merge(*found, key=_place)))

    def nearest(self, phrase: str) -> str | None:
        """The phrase in the nearest spelling that exists here, to be offered where it was not found; None without one.

        Words that are said somewhere stay as they are; of several spellings, the ones said together are preferred.
        """
        said = dict.fromkeys(self._lines[1].text.split() if self._lines else ())
        choices: list[list[str]] = []
        for word in phrase.split()[:_SPELT]:
            folded = fold(word, 1)
            if not folded or folded in said:
                choices.append([word])
                continue
            close = get_close_matches(folded, said, n=3, cutoff=0.7) if len(folded) <= _LONGEST else []
            if not close:
                return None
            choices.append(close)
        spellings = [" ".join(words) for words in islice(product(*choices), _TRIED)]
        if spellings == [" ".join(phrase.split())]:
            return None
        return next((spelling for spelling in spellings if self.find(spelling)), spellings[0] if spellings else None)


def _search(line: _Line, wanted: str, prefix: bool) -> Iterator[WordRange]:
    """The places of a folded phrase. Each is searched for with the spaces around it, so what is met is a match."""
    text, offsets, words = line.text, line.offsets, line.words
    lead = "" if stands_alone(wanted[0]) else " "
    needle = lead + wanted + ("" if prefix or stands_alone(wanted[-1]) else " ")
    stacked = not prefix and bool(STACKING.match(wanted[-1]))
    at = text.find(needle)
    while at >= 0:
        begin = at + len(lead)
        end = begin + len(wanted)
        if stacked and unicodedata.category(text[end])[0] == "M":  # The last letter is another one: a sign follows it.
            at = text.find(needle, at + 1)
            continue
        yield WordRange(words[bisect_right(offsets, begin) - 1], words[bisect_right(offsets, end - 1) - 1] + 1)
        at = text.find(needle, end)


def _place(words: WordRange) -> tuple[int, int]:
    return words.first, words.end


def _side_by_side(ranges: Iterable[WordRange]) -> Iterator[WordRange]:
    """Sorted ranges without those that lie over one before them (the readings may find one place twice)."""
    last: WordRange | None = None  # Not given yet: of several that begin together the longest is.
    reached = 0
    for found in ranges:
        if last is not None and found.first != last.first and last.first >= reached:
            yield last
            reached = last.end
        last = found
    if last is not None and last.first >= reached:
        yield last


@dataclass(frozen=True, slots=True)
class Context:
    """A match between the words around it, as text."""

    before: str
    match: str
    after: str


def context(transcript: Transcript, match: WordRange, words: int = 8) -> Context:
    """The match with up to `words` words on either side, on one line each."""
    first, end = max(0, match.first - words), min(len(transcript), match.end + words)
    around = (WordRange(first, match.first), match, WordRange(match.end, end))
    return Context(*(transcript.text_of(part).replace("\n", " ") for part in around))
