"""Asks espeak-ng, where it is installed, how words of other languages than English are said."""

import re
import shutil
import subprocess
from collections.abc import Sequence

from index.align.ipa import nearest_phones
from index.errors import EarmarkError

_PROGRAM = "espeak-ng"
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]+)*\Z")
_SWITCH = re.compile(r"\([a-z0-9-]+\)")  # Around a word that is said as in another language: `(en)tˈiːm(de)`.
_PATIENCE_S = 60.0

UNAVAILABLE = (
    "Words of other languages than English are looked for with the help of espeak-ng, which is missing here or does not"
    " know this language, so their times are estimated; install espeak-ng if it is missing."
)


def knows(language: str) -> bool:
    """Whether espeak-ng is here and speaks the language, such as `de` or `pt-br`."""
    if not _LANGUAGE.match(language.lower()) or not shutil.which(_PROGRAM):
        return False
    return _told([], language) is not None


def phones_of_words(words: Sequence[str], language: str) -> dict[str, str]:
    """The nearest phones of the recogniser for each word, which is made of letters or digits only.

    Raises:
        EarmarkError: espeak-ng is missing or does not know the language.
    """
    return {word: nearest_phones(ipa) for word, ipa in zip(words, _ipa_of_each(words, language), strict=True)}


def _ipa_of_each(words: Sequence[str], language: str) -> list[str]:
    told = _told(words, language)
    if told is None:
        raise EarmarkError(UNAVAILABLE)
    if len(told) == len(words):
        return told
    if len(words) == 1:
        return [" ".join(told)]
    half = len(words) // 2  # It says some word in two goes, or not at all: look for it among fewer.
    return _ipa_of_each(words[:half], language) + _ipa_of_each(words[half:], language)


def _told(words: Sequence[str], language: str) -> list[str] | None:
    """What espeak-ng says of words in the International Phonetic Alphabet, one a line; None if it cannot.

    Where it does not know the language as it is spoken somewhere (`de-at`), it is asked for the language as such.
    """
    plain = language.lower()
    for voice in dict.fromkeys((plain, plain.partition("-")[0])):
        try:
            run = subprocess.run(
                [_PROGRAM, "-q", "--ipa", "-b", "1", "-v", voice],
                input="".join(f"{word}\n\n" for word in words),
                capture_output=True,
                encoding="utf-8",
                timeout=_PATIENCE_S,
            )
        except (OSError, subprocess.TimeoutExpired, UnicodeError):
            return None
        if not run.returncode:
            return [line for line in map(str.strip, _SWITCH.sub("", run.stdout).splitlines()) if line]
    return None
