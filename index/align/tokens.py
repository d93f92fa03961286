"""What is compared: the words as they are heard, without case, punctuation, accents and the ways of writing numbers."""

import re
import unicodedata
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from index.align.numbers import spoken_number
from index.transcript import Transcript
from index.wordsplit import is_spaceless

_PIECE = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:st|nd|rd|th|s)?(?![^\W\d_])|[^\W_]+(?:['’][^\W_]+)*", re.IGNORECASE)
# Two spellings of what is said in one way.
_SAME = {
    "okay": "ok",
    "alright": "allright",
    "cause": "because",
    "til": "until",
    "till": "until",
    "versus": "vs",
    "mister": "mr",
    "doctor": "dr",
    "ooh": "oh",
    "yep": "yeah",
    "yup": "yeah",
    "etcetera": "etc",
    "em": "them",
}
_PARTED = {"gonna": ("going", "to"), "wanna": ("want", "to"), "etc": ("et", "cetera"), "etcetera": ("et", "cetera")}
# A note in brackets tells of a sound; one in parentheses does if it says so.
_SOUNDS = re.compile(
    r"\b(?:music|musical|laugh(?:s|ing|ter)?|applause|inaudible|crosstalk|silence|cough(?:s|ing)?|sighs?|unintelligible"
    r"|beep|clears|chuckl(?:es|ing)|pause)\b",
    re.IGNORECASE,
)
_NOTE_WORDS = 6  # A longer one is a remark that may be read out.
_CLOSING = {"[": "]", "(": ")"}


@dataclass(frozen=True, slots=True)
class Tokens:
    """A transcript as it is heard: the form of each token, and the word of the transcript that it is part of."""

    forms: tuple[str, ...]
    words: "array[int]"

    def __len__(self) -> int:
        return len(self.forms)


def tokens_of(transcript: Transcript) -> Tokens:
    """The tokens of every word that is said; notes of sounds, `>>` and dashes give none."""
    texts = [transcript.word_text(word) for word in transcript.all_words]
    forms: list[str] = []
    words = array("i")
    silent = frozenset(_notes(texts))
    for word, text in enumerate(texts):
        if word not in silent:
            found = forms_of(text)
            forms += found
            words.extend([word] * len(found))
    return Tokens(tuple(forms), words)


@lru_cache(maxsize=1 << 16)
def forms_of(word: str) -> tuple[str, ...]:
    """The tokens of one written word: `GPT-3,` is `gpt`, `three`; `—` is nothing."""
    found: list[str] = []
    for piece in _PIECE.findall(word):
        number = spoken_number(piece)
        if number:
            found += number
        elif form := _form(piece):
            found += _PARTED.get(form, (_SAME.get(form, form),))
    if "%" in word:
        found.append("percent")
    return tuple(found)


def _form(piece: str) -> str:
    if is_spaceless(piece[0]):
        return piece
    plain = piece.casefold() if piece.isascii() else unicodedata.normalize("NFKD", piece).casefold()
    return "".join(filter(str.isalnum, plain))


def _notes(texts: list[str]) -> Iterator[int]:
    """The words of notes such as `[MUSIC]`, `(audience laughs)` and `♪`."""
    word = 0
    while word < len(texts):
        closing = _CLOSING.get(texts[word][:1])
        if closing:
            for end in range(word, min(len(texts), word + _NOTE_WORDS)):
                if texts[end].rstrip(".,;:!?").endswith(closing):
                    if closing == "]" or _SOUNDS.search(" ".join(texts[word : end + 1])):
                        yield from range(word, end + 1)
                        word = end
                    break
        word += 1
