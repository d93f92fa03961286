"""The words of a transcript as terms in slots, so that a phrase is found as `index.find.Finder` finds it.

A slot is a place that a term can take. Most words take one; open-source takes two, because it is also read as two
words, and its reading opensource fills both. Chinese, Japanese, Thai and the like have a slot a letter.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from index.folding import READINGS, STACKING, fold, readings, stands_alone
from index.search.postings import PLAIN, Kind, encode
from index.transcript import Transcript
from index.wordsplit import GLUED

JOINED = "\x01"
"""Marks the side of a term where, without a space, a script begins that has none: `iPhone` in iPhoneได้."""

GAP = "\x02"
"""The term of a space between two letters of a script that has none; people do not write it, but signs leave it."""


class Token(NamedTuple):
    """A term of a piece of text, and the letters it is made of."""

    term: str
    begin: int
    end: int


def split(text: str) -> Iterator[Token]:
    """The terms of a folded text: words, and letters where letters stand alone."""
    if text.isascii():  # No script without spaces.
        at = 0
        for word in text.split(" "):
            if word:
                yield Token(word, at, at + len(word))
            at += len(word) + 1
        return
    at, before_alone = 0, False
    for chunk in text.split(" "):
        for number, (begin, end, alone) in enumerate(_runs(chunk)):
            if alone and number == 0 and before_alone:
                yield Token(GAP, at - 1, at)
            term = chunk[begin:end]
            if not alone:
                term = (JOINED if begin else "") + term + (JOINED if end < len(chunk) else "")
            yield Token(term, at + begin, at + end)
            before_alone = alone
        at += len(chunk) + 1


def _runs(chunk: str) -> Iterator[tuple[int, int, bool]]:
    """Where each letter that stands alone (with the signs stacked on it) and each run of others begins and ends."""
    begin = 0
    while begin < len(chunk):
        alone = stands_alone(chunk[begin])
        end = begin + 1
        if alone:
            while STACKING.match(chunk[begin]) and end < len(chunk) and _is_mark(chunk[end]):
                end += 1
        else:
            while end < len(chunk) and not stands_alone(chunk[end]):
                end += 1
        yield begin, end, alone
        begin = end


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


# Phrases


@dataclass(frozen=True, slots=True)
class Path:
    """The terms of a phrase, one after the other, and the readings (bits) in which it is spelt so."""

    terms: tuple[str, ...]
    readings: int


def paths(phrase: str) -> list[Path]:
    """The ways to spell a phrase in terms, at most one a reading; none if it has no letter or digit."""
    found: dict[tuple[str, ...], int] = {}
    for reading in range(READINGS):
        terms = tuple(token.term for token in split(fold(phrase, reading)))
        if terms:
            found[terms] = found.get(terms, 0) | 1 << reading
    return [Path(terms, bits) for terms, bits in found.items()]


# Transcripts


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a transcript with the places of each (see `index.search.postings`), and the word of each slot."""

    places: dict[str, bytes]
    counts: dict[str, int]
    words: array[int]


class _Shape(NamedTuple):
    """How a word, or words read as one, lie in slots."""

    slots: tuple[int, ...]  # For each slot, which of the words it belongs to.
    terms: tuple[tuple[str, int, Kind], ...]  # Term, first slot, kind.


_Shaped = _Shape | str | None
"""The term of a plain word, the shape of any other, None for one without a letter or digit."""


def terms_of(transcript: Transcript) -> Terms:
    """Every term of a transcript."""
    plain: defaultdict[str, list[int]] = defaultdict(list)
    odd: defaultdict[str, dict[Kind, list[int]]] = defaultdict(dict)
    words = array("I")
    for word, shape in _shapes_in(transcript):
        if isinstance(shape, str):
            plain[shape].append(len(words))
            words.append(word)
        elif shape is not None:
            slot = len(words)
            for term, at, kind in shape.terms:
                (plain[term] if kind == PLAIN else odd[term].setdefault(kind, [])).append(slot + at)
            words.extend([word + inner for inner in shape.slots])
    slots = len(words)
    places = {term: encode({PLAIN: at}, slots) for term, at in plain.items() if term not in odd}
    counts = {term: len(at) for term, at in plain.items()}
    for term, kinds in odd.items():
        if term in plain:
            kinds[PLAIN] = plain[term]
        places[term] = encode(kinds, slots)
        counts[term] = sum(map(len, kinds.values()))
    return Terms(places, counts, words)


@lru_cache(maxsize=1 << 17)
def _shape_of(word: str) -> _Shaped:
    """The shape of a word by itself."""
    read = readings(word)
    if not read[0]:
        return None
    same = read[0] == read[1] == read[2]
    if same and read[0].isascii() and read[0].isalnum():
        return read[0]
    tokens = list(split(read[0])) if same else []
    return tokens[0].term if len(tokens) == 1 else _shape([_Piece(0, read)])


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word that is read together with those before it."""

    word: int  # Counted from the first of them.
    read: tuple[str, ...]  # In each reading.
    joined: tuple[bool, ...] = (False,) * READINGS  # Whether no space stands before it, in each reading.


def _shape(pieces: Sequence[_Piece]) -> _Shape:
    """How pieces lie in slots: each has as many as it has terms in the reading where it has most."""
    read = [_tokens(pieces, reading) for reading in range(READINGS)]
    room = [max(len(touching[number]) for _, touching in read) for number in range(len(pieces))]
    firsts = [sum(room[:number]) for number in range(len(pieces))]
    found: dict[tuple[str, int, int], int] = {}
    for reading, (tokens, touching) in enumerate(read):
        for number, token in enumerate(tokens):
            over = [piece for piece, inside in enumerate(touching) if number in inside]
            first = firsts[over[0]] + touching[over[0]].index(number)
            last = over[-1]
            ends_piece = touching[last][-1] == number
            end = firsts[last] + (room[last] if ends_piece else touching[last].index(number) + 1)
            key = token.term, first, end - first
            found[key] = found.get(key, 0) | 1 << reading
    slots = tuple(piece.word for piece, count in zip(pieces, room, strict=True) for _ in range(count))
    return _Shape(slots, tuple((term, at, Kind(bits, width)) for (term, at, width), bits in found.items()))


def _tokens(pieces: Sequence[_Piece], reading: int) -> tuple[list[Token], list[list[int]]]:
    """The terms of some pieces in one reading, and for each piece the numbers of those that it has a part in."""
    text, begins = "", []
    for piece in pieces:
        text += "" if piece.joined[reading] or not text else " "
        begins.append(len(text))
        text += piece.read[reading]
    tokens = list(split(text))
    touching: list[list[int]] = [[] for _ in pieces]
    for number, token in enumerate(tokens):
        for touched in range(bisect_right(begins, token.begin) - 1, bisect_right(begins, token.end - 1)):
            touching[touched].append(number)
    return tokens, touching


def _shapes_in(transcript: Transcript) -> Iterable[tuple[int, _Shaped]]:
    """Every word with its shape; of words that are read as one, the first with the shape of all."""
    text = transcript.text
    texts = [text[begin:end] for begin, end in zip(transcript.offsets, transcript.limits, strict=True)]
    if GLUED not in transcript.joints and text.isascii():
        return enumerate(map(_shape_of, texts))
    return _joined_shapes(transcript, texts)


def _joined_shapes(transcript: Transcript, texts: list[str]) -> Iterator[tuple[int, _Shaped]]:
    waiting: list[_Piece] = []  # Pieces that the next one may be read together with.
    first, glued = 0, True  # The word of the first of them; whether no space was met since the last.
    for word, text in enumerate(texts):
        glued &= transcript.joints[word] == GLUED
        shape = _shape_of(text)
        if shape is None:
            continue
        read = readings(text)
        joined = _joins(transcript, first, waiting[-1], word, read, glued) if waiting else None
        if joined is None:
            if waiting:
                yield first, _shape_of(texts[first]) if len(waiting) == 1 else _shape(waiting)
            first, waiting = word, [_Piece(0, read)]
        else:
            waiting.append(_Piece(word - first, read, joined))
        glued = True
    if waiting:
        yield first, _shape_of(texts[first]) if len(waiting) == 1 else _shape(waiting)


def _joins(
    transcript: Transcript, first: int, last: _Piece, word: int, read: tuple[str, ...], glued: bool
) -> tuple[bool, ...] | None:
    """In which readings a word goes on with the piece before it without a space; None if it stands for itself."""
    if stands_alone(last.read[0][-1]) or stands_alone(read[0][0]):
        # Letters that stand alone are terms by themselves; but a sign is stacked on the letter before it.
        stacked = stands_alone(last.read[0][-1]) and _begins_with_mark(read[0])
        return (True,) * READINGS if stacked else None
    if not glued:
        return None
    together = readings(transcript.text[transcript.offsets[first + last.word] : transcript.limits[word]])
    joined = tuple(whole == before + after for whole, before, after in zip(together, last.read, read, strict=True))
    return joined if any(joined) else None


def _begins_with_mark(text: str) -> bool:
    return bool(STACKING.match(text)) and _is_mark(text[0])
