"""How words are compared wherever they are looked for: without case, accents and signs, in three readings."""

import re
import unicodedata
from functools import lru_cache

from index.wordsplit import is_spaceless, split_run

READINGS = 3
"""How many ways there are to read the signs inside a word (see `readings`)."""

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
STACKING = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
_FIRST_ALONE = "\u0e00"  # No script without spaces has a lower letter.


@lru_cache(maxsize=1 << 17)
def readings(word: str) -> tuple[str, str, str]:
    """The letters of a word as they are compared, with the signs inside it read in three ways.

    In the first they part it (open-source is open source, l'amour holds amour), in the second apostrophes and points
    vanish (don't is dont, U.S. is US), in the third hyphens do too (e-mail is email).
    """
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


def stands_alone(character: str) -> bool:
    """Whether the character is of a script that puts no spaces between words, so that a phrase may begin anywhere."""
    return character >= _FIRST_ALONE and (is_spaceless(character) or bool(STACKING.match(character)))


def apart(before: str, after: str, glued: bool) -> bool:
    """Whether a space stands between two pieces as they are compared.

    None between Chinese, Japanese or Thai, however the lines of a caption are broken; always one where such a script
    meets another, for people write it with a space or without.
    """
    if before[-1] < _FIRST_ALONE and after[0] < _FIRST_ALONE:
        return not glued
    alone = stands_alone(before[-1]) + stands_alone(after[0])
    return alone == 1 or (alone == 0 and not glued)


def fold(phrase: str, reading: int) -> str:
    """The phrase as it is compared: without case, accents and signs; words one space apart."""
    pieces: list[str] = []
    # A point that is typed is meant: U.S. shall not find every "us".
    for run in _TYPED_POINT.sub(" ", phrase).split():
        since = ""  # The run from its last piece with letters on.
        for word in split_run(run):
            since += word
            piece = readings(word)[reading]
            if piece:
                if pieces and apart(pieces[-1], piece, readings(since)[reading] == pieces[-1] + piece):
                    pieces.append(" ")
                pieces.append(piece)
                since = word
    return "".join(pieces)
