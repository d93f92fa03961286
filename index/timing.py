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
    if not words:
        return []
    weights = [_weights(word) for word in words]
    total = sum(spoken + pause for spoken, pause in weights) - weights[-1][1]
    scale = max(0, end_ms - start_ms) / total
    times: list[tuple[int, int]] = []
    at = 0.0
    for spoken, pause in weights:
        begun = start_ms + int(at * scale + 0.5)
        at += spoken
        times.append((begun, start_ms + int(at * scale + 0.5)))
        at += pause
    return times
