"""Finding a phrase in one transcript: every occurrence, whatever its case, accents, quotes, hyphens or line breaks."""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice, product

from index.transcript import Transcript, WordRange
from index.wordsplit import GLUED, is_spaceless, split_run

# Marks that a reader does not type: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs. The vowel
# signs of Indic and Thai script and the kana's voicing marks are letters to their readers and stay.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670]")
# Letters that Unicode does not take apart, but people do.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
# One apostrophe and one hyphen for all that look like them; nothing for what cannot be seen (soft hyphen, Arabic
# stretching, joiners, marks of direction).
_SIGNS = str.maketrans(
    dict.fromkeys("’‘‛ʼʻʹ`´′", "'")
    | dict.fromkeys("‐‑", "-")
    | dict.fromkeys("\u00ad\u0640\u061c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")
    | dict.fromkeys("\u2066\u2067\u2068\u2069")
)
# What may vanish between two letters; two of a kind (a dash, an ellipsis) always part them.
_APOSTROPHE_OR_POINT = re.compile(r"(?<=[^\s'.-])['.](?=[^\s'.-])")
_HYPHEN = re.compile(r"(?<=[^\s'.-])-(?=[^\s'.-])")
_POINT_IN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
_TYPED_POINT = re.compile(r"\.(?![0-9])|(?<![0-9])\.")
_THOUSANDS = re.compile(r"(?<=[0-9])\x00(?=[0-9]{3}(?![0-9]))")
_NOT_LETTERS = re.compile(r"[^\w\x00]|_", re.UNICODE)
# Thai, Lao, Burmese and Khmer: written without spaces too, but kept in whole runs, for their letters stack.
_STACKING = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_FIRST_ALONE = "\u0e00"  # No script without spaces has a lower letter.
_SPELT, _TRIED = 8, 81  # Words of a phrase whose spelling is looked at, spellings of it that are tried.
_LONGEST = 60  # Letters of a word whose spelling is looked at: comparing takes their square.


@lru_cache(maxsize=1 << 17)
def _readings(word: str) -> tuple[str, str, str]:
    """The letters of a word as they are compared, with the signs inside it read in three ways (see `Finder`)."""
    if word.isascii():
        folded = word.lower()
        if folded.isalnum():
            return folded, folded, folded
    else:
        folded = unicodedata.normalize("NFKD", word.translate(_SIGNS).casefold())
        folded = unicodedata.normalize("NFKC", _ACCENTS.sub("", folded)).casefold().translate(_PLAIN)
    # A point or comma between digits is part of the number: 3.5 is not 35 (but 1,000 may be 1000).
    kept = _POINT_IN_NUMBER.sub("\x00", folded)
    plain = _THOUSANDS.sub("", _APOSTROPHE_OR_POINT.sub("", kept))
    return _letters(kept), _letters(plain), _letters(_HYPHEN.sub("", plain))


def _letters(text: str) -> str:
    """The letters, digits and marks of letters in a text, with one space for whatever stands between them."""
    if text.isascii():
        kept = _NOT_LETTERS.sub(" ", text)
    else:
        kept = "".join(
            character if character == "\x00" or unicodedata.category(character)[0] in "LMN" else " "
            for character in text
        )
    return " ".join(kept.split()).replace("\x00", ".")


def _stands_alone(character: str) -> bool:
    """Whether the character is of a script that puts no spaces between words, so that a phrase may begin anywhere."""
    return character >= _FIRST_ALONE and (is_spaceless(character) or bool(_STACKING.match(character)))


def _apart(before: str, after: str, glued: bool) -> bool:
    """Whether a space stands between two pieces as they are compared.

    None between Chinese, Japanese or Thai, however the lines of a caption are broken; always one where such a script
    meets another, for people write it with a space or without.
    """
    if before[-1] < _FIRST_ALONE and after[0] < _FIRST_ALONE:
        return not glued
    alone = _stands_alone(before[-1]) + _stands_alone(after[0])
    return alone == 1 or (alone == 0 and not glued)


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
        read = [_readings(text[first:end]) for first, end in zip(transcript.offsets, transcript.limits, strict=True)]
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
                glued = not spaced and (_readings(text[begins[words[-1]] : limits[word]])[reading] == before + piece)
                if _apart(before, piece, glued):
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
            wanted = _fold(phrase, reading)
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
            folded = _fold(word, 1)
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
    lead = "" if _stands_alone(wanted[0]) else " "
    needle = lead + wanted + ("" if prefix or _stands_alone(wanted[-1]) else " ")
    stacked = not prefix and bool(_STACKING.match(wanted[-1]))
    at = text.find(needle)
    while at >= 0:
        begin = at + len(lead)
        end = begin + len(wanted)
        if stacked and unicodedata.category(text[end])[0] == "M":  # The last letter is another one: a sign follows it.
            at = text.find(needle, at + 1)
            continue
        yield WordRange(words[bisect_right(offsets, begin) - 1], words[bisect_right(offsets, end - 1) - 1] + 1)
        at = text.find(needle, end)


def _fold(phrase: str, reading: int) -> str:
    """The phrase as it is compared: without case, accents and signs; words one space apart."""
    pieces: list[str] = []
    # A point that is typed is meant: U.S. shall not find every "us".
    for run in _TYPED_POINT.sub(" ", phrase).split():
        since = ""  # The run from its last piece with letters on.
        for word in split_run(run):
            since += word
            piece = _readings(word)[reading]
            if piece:
                if pieces and _apart(pieces[-1], piece, _readings(since)[reading] == pieces[-1] + piece):
                    pieces.append(" ")
                pieces.append(piece)
                since = word
    return "".join(pieces)


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
