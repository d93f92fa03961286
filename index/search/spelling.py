"""Words that exist and are spelt nearly as another: for `word~`, and for what may have been meant."""

from __future__ import annotations

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from index.search.vocabulary import Vocabulary

_LONGEST = 60  # Letters of a word whose spelling is looked at.
_SHORT = 5  # Up to so many letters one may be wrong, beyond it two.


def allowed(word: str) -> int:
    """How many letters may be wrong, missing, too many or swapped for a word to be spelt nearly as another."""
    return 1 if len(word) <= _SHORT else 2


def near(word: str, vocabulary: Vocabulary, limit: int | None = None) -> list[str]:
    """The words that exist and are nearest in spelling, of those that are as near the most frequent first.

    Only words that share a letter with it at the beginning or the end: a slip at both is rare.
    """
    counts = vocabulary.counts
    if not 2 < len(word) <= _LONGEST:
        return [word] if word in counts else []
    most = allowed(word)
    first, last = word[0], word[-1]
    lengths = range(len(word) - most, len(word) + most + 1)
    candidates = [other for other in vocabulary.of_lengths(lengths) if other[0] == first or other[-1] == last]
    found = extract(word, candidates, scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None)
    ranked = sorted((distance, -counts[other], other) for other, distance, _ in found)
    return [other for _, _, other in ranked[:limit]]
