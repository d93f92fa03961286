"""Finding a phrase in one transcript: every occurrence, whatever its case, accents, quotes, hyphens or line breaks."""

import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice, product

from index.folding import STACKING, apart, fold, readings, stands_alone
from index.transcript import Transcript, WordRange
from index.wordsplit import GLUED

_SPELT, _TRIED = 8, 81  # Words of a phrase whose spelling is looked at, spellings of it that are tried.
_LONGEST = 60  # Letters of a word whose spelling is looked at: comparing takes their square.


@dataclass(frozen=True, slots=True)
class _Line:
    """The whole stream as one searchable string, with the word that each part of it belongs to."""

    text: str  # A space at either end, so that every word stands between two.
    offsets: "array[int]"
    words: "array[int]"


class Finder:
    """Finds phrases in one transcript; made once, it answers each query in about the time of three `str.find`.

    Three readings of the stream are searched: one in which the signs inside a word part it (open-source is open
    source, l'amour holds amour), one in which apostrophes and points vanish (don't is dont, U.S. is US), and one in
    which hyphens do too (e-mail is email). So either way of writing finds the other.
    """

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        text = transcript.text
        read = [readings(text[first:end]) for first, end in zip(transcript.offsets, transcript.limits, strict=True)]
        self._lines = tuple(self._line(pieces, reading) for reading, pieces in enumerate(zip(*read, strict=True)))

    def _line(self, pieces: tuple[str, ...], reading: int) -> _Line:
        texts: list[str] = [" "]
        offsets, words = array("i"), array("i")
        at = 1
        text, begins, limits = self._transcript.text, self._transcript.offsets, self._transcript.limits
        spaced = False  # Whether a space was met since the last piece.
        for word, (piece, joint) in enumerate(zip(pieces, self._transcript.joints, strict=True)):
            spaced |= joint != GLUED
            if not piece:
                continue
            if words:
                before = texts[-1]
                # Pieces of one word, each with a time of its own, are read as that word is: don + 't, open + -source.
                glued = not spaced and (readings(text[begins[words[-1]] : limits[word]])[reading] == before + piece)
                if apart(before, piece, glued):
                    texts.append(" ")
                    at += 1
            spaced = False
            offsets.append(at)
            words.append(word)
            texts.append(piece)
            at += len(piece)
        texts.append(" ")
        return _Line("".join(texts), offsets, words)

    def find(self, phrase: str, *, prefix: bool = False) -> list[WordRange]:
        """Every occurrence as a word range, in reading order, none over another (as in `aha aha aha`).

        A phrase matches whole words; with `prefix` its last word may go on, as while typing (not from one letter
        alone: that would mark a tenth of the text). A phrase without a letter or digit finds nothing.
        """
        found: set[WordRange] = set()
        for reading, line in enumerate(self._lines):
            wanted = fold(phrase, reading)
            if wanted:
                found.update(_search(line, wanted, prefix and len(wanted) > 1))
        return list(_side_by_side(sorted(found)))

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


def _side_by_side(ranges: list[WordRange]) -> Iterator[WordRange]:
    """Sorted ranges without those that lie over one before them (the readings may find one place twice)."""
    reached = 0
    for number, found in enumerate(ranges):
        longer_follows = number + 1 < len(ranges) and ranges[number + 1].first == found.first
        if found.first >= reached and not longer_follows:
            yield found
            reached = found.end


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
