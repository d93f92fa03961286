"""Times of the words inside a stretch that has only a beginning and an end."""

import re
from collections.abc import Sequence
from functools import lru_cache

_VOWELS = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿœαεηιουωаеёиоуыэюя]+", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]")


@lru_cache(maxsize=1 << 16)
def _weights(word: str) -> tuple[float, float]:
    """How long a word takes to say, and the pause after it, in syllables."""
    letters = sum(map(str.isalnum, word))
    syllables = len(_VOWELS.findall(word)) + 1.6 * len(_DIGITS.findall(word))
    if syllables > 1 and word.rstrip(".,;:!?\"'”’").endswith("e"):
        syllables -= 0.5  # A last e is mostly silent in English and French, and short elsewhere.
    spoken = max(0.35, 0.55 * max(syllables, 0.5) + 0.14 * letters)
    tail = word.rstrip("\"'”’)]»")
    if tail.endswith((".", "!", "?", "…", "。", "！", "？")):
        return spoken, 1.1
    if tail.endswith((",", ";", ":", "—", "–", "、", "，")):
        return spoken, 0.5
    return spoken, 0.0


def spread(words: Sequence[str], start_ms: int, end_ms: int) -> list[tuple[int, int]]:
    """Start and end in ms of each word, spread over `start_ms` to `end_ms` by letters, syllables and stops.

    Starts never fall; the first is `start_ms`, and the last word ends at `end_ms` (no pause is kept after it).
    """
    return list(zip(*spread_apart(words, start_ms, end_ms), strict=True))


def spread_apart(words: Sequence[str], start_ms: int, end_ms: int) -> tuple[list[int], list[int]]:
    """As `spread`: all starts, and all ends."""
    if len(words) == 1:
        return [start_ms], [max(start_ms, end_ms)]
    weights = [_weights(word) for word in words]
    total, last = 0.0, 0.0
    for spoken, last in weights:
        total += spoken + last
    scale = max(0, end_ms - start_ms) / (total - last) if weights else 0.0
    starts, ends = [], []
    at = start_ms + 0.5  # Rounds.
    for spoken, pause in weights:
        starts.append(int(at))
        at += spoken * scale
        ends.append(int(at))
        at += pause * scale
    return starts, ends
