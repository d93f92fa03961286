"""The words that exist in the library, in order: those that begin alike, or come from one stem."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nlargest
from itertools import chain

from whoosh.lang import has_stemmer, languages, stemmer_for_language

from index.search.tokens import GAP, JOINED

_ALIKE = 2  # Letters that every form of a word begins with.


class Vocabulary:
    """Every term of some parts and how often it stands in them."""

    def __init__(self, counts: Iterable[Mapping[str, int]]) -> None:
        self.counts: dict[str, int] = {}
        for one in counts:
            if not self.counts:
                self.counts = dict(one)
                continue
            for term, count in one.items():
                self.counts[term] = self.counts.get(term, 0) + count
        self.counts.pop(GAP, None)

    def commonest(self, number: int) -> list[str]:
        """So many of the terms that stand there most often, the most frequent first."""
        return nlargest(number, self.counts, key=self.counts.__getitem__)

    def of_lengths(self, lengths: Iterable[int]) -> Iterator[str]:
        """The terms of so many letters."""
        return chain.from_iterable(self._by_length.get(length, ()) for length in lengths)

    @cached_property
    def _by_length(self) -> Mapping[int, Sequence[str]]:
        found: dict[int, list[str]] = {}
        for term in self.counts:
            found.setdefault(len(term), []).append(term)
        return found

    def beginning(self, prefix: str) -> tuple[str, ...]:
        """The terms that begin so."""
        if prefix.startswith(JOINED):
            return self._from(prefix)
        return self._from(prefix) + self._from(JOINED + prefix)

    @cached_property
    def _sorted(self) -> Sequence[str]:
        return sorted(self.counts)

    def _from(self, prefix: str) -> tuple[str, ...]:
        first = bisect_left(self._sorted, prefix)
        return tuple(self._sorted[first : bisect_left(self._sorted, prefix + "\U0010ffff")])

    def forms(self, term: str, language: str) -> tuple[str, ...]:
        """The terms that are forms of the same word in a language, the term itself with them."""
        stem = stemmer(language)
        if stem is None:
            return (term,)
        root = stem(term)
        same = [other for other in self._from(term[:_ALIKE]) if stem(other) == root]
        return tuple(dict.fromkeys([term, *same]))


def stemmer(language: str) -> Callable[[str], str] | None:
    """What takes a word of a language (`en`) to its stem; None if there is nothing for it."""
    if not language or not has_stemmer(language):
        return None
    stem: Callable[[str], str] = stemmer_for_language(language)
    return stem


def stemmed_languages() -> tuple[str, ...]:
    """The languages whose word forms are known, as codes of two letters."""
    return tuple(sorted(code for code in languages if has_stemmer(code)))
