"""Finding a phrase in one transcript: every occurrence, whatever its case, accents, quotes, hyphens or line breaks."""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.transcript import Transcript, WordRange
from index.wordsplit import GLUED, is_spaceless, split_run

# Marks that a reader does not type: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs. The vowel
# signs of Indic and Thai script and the kana's voicing marks are letters to their readers and stay.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670]")
# Letters that Unicode does not take apart, but people do.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_POINT_IN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_NOT_LETTERS = re.compile(r"[^\w\x00]|_", re.UNICODE)


@lru_cache(maxsize=1 << 17)
def _parts(word: str) -> tuple[str, ...]:
    """The letters of a word as they are compared, cut where a hyphen, an apostrophe or other sign stands in it."""
    if word.isascii():
        folded = word.lower()
        if folded.isalnum():
            return (folded,)
    else:
        folded = unicodedata.normalize("NFKD", word.casefold())
        folded = unicodedata.normalize("NFKC", _ACCENTS.sub("", folded)).casefold().translate(_PLAIN)
    # A point or comma between digits is part of the number: 3.5 is not 35.
    kept = _POINT_IN_NUMBER.sub("\x00", folded)
    return tuple(part.replace("\x00", ".") for part in _letters(kept).split())


def _letters(text: str) -> str:
    """The text with a space for every character that is no letter, digit or mark of a letter."""
    if text.isascii():
        return _NOT_LETTERS.sub(" ", text)
    return "".join(
        character if character == "\x00" or unicodedata.category(character)[0] in "LMN" else " " for character in text
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """The whole stream as one searchable string, with the word that each part of it belongs to."""

    text: str
    offsets: "array[int]"
    words: "array[int]"


class Finder:
    """Finds phrases in one transcript; made once, it answers each query in about the time of two `str.find`.

    Two readings of the stream are searched: one in which the signs inside a word part it (open-source is open
    source), one in which they vanish (e-mail is email, don't is dont). So either way of writing finds the other.
    """

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._lines = tuple(self._line(parted) for parted in (True, False))

    def _line(self, parted: bool) -> _Line:
        texts: list[str] = []
        offsets, words = array("i"), array("i")
        at = 0
        text, limits = self._transcript.text, self._transcript.limits
        for word, (offset, joint) in enumerate(zip(self._transcript.offsets, self._transcript.joints, strict=True)):
            parts = _parts(text[offset : limits[word]])
            if not parts:
                continue
            piece = _SIGN[parted].join(parts)
            if texts and not (joint == GLUED and _runs_on(texts[-1], piece)):
                texts.append(" ")
                at += 1
            offsets.append(at)
            words.append(word)
            texts.append(piece)
            at += len(piece)
        return _Line("".join(texts), offsets, words)

    def find(self, phrase: str, *, prefix: bool = False) -> list[WordRange]:
        """Every occurrence as a word range, in reading order, none inside another.

        A phrase matches whole words; with `prefix` its last word may go on, as while typing (not from one letter
        alone: that would mark a tenth of the text). A phrase without a letter or digit finds nothing.
        """
        found: set[WordRange] = set()
        for line, parted in zip(self._lines, (True, False), strict=True):
            wanted = fold_phrase(phrase, parted=parted)
            if wanted:
                found.update(self._search(line, wanted, prefix and len(wanted) > 1))
        return list(_without_inner(sorted(found)))

    @staticmethod
    def _search(line: _Line, wanted: str, prefix: bool) -> Iterator[WordRange]:
        text = line.text
        at = text.find(wanted)
        while at >= 0:
            end = at + len(wanted)
            begins = at == 0 or text[at - 1] == " " or is_spaceless(text[at])
            ends = prefix or end == len(text) or text[end] == " " or is_spaceless(text[end - 1])
            if begins and ends:
                first = line.words[bisect_right(line.offsets, at) - 1]
                last = line.words[bisect_right(line.offsets, end - 1) - 1]
                yield WordRange(first, last + 1)
            at = text.find(wanted, at + 1)


_SIGN = {True: " ", False: ""}  # What stands for a hyphen or apostrophe in each of the two readings.


def _runs_on(before: str, piece: str) -> bool:
    """Whether two words without a space between them read as one: not where Chinese or Japanese meets other script."""
    return is_spaceless(before[-1]) == is_spaceless(piece[0])


def fold_phrase(phrase: str, *, parted: bool) -> str:
    """The phrase as it is compared: without case, accents and signs; words one space apart."""
    folded = ""
    for run in phrase.split():
        for number, word in enumerate(split_run(run)):
            piece = _SIGN[parted].join(_parts(word))
            if piece and folded:
                folded += piece if number and _runs_on(folded, piece) else " " + piece
            else:
                folded += piece
    return folded


def _without_inner(ranges: list[WordRange]) -> Iterator[WordRange]:
    """Sorted ranges without those that lie inside another (the two readings may find one place twice)."""
    reached = -1
    for number, found in enumerate(ranges):
        longer_follows = number + 1 < len(ranges) and ranges[number + 1].first == found.first
        if found.end > reached and not longer_follows:
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
