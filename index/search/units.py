"""The parts of a query as terms that exist, and where each is said in the episodes of one part of the index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from heapq import nlargest

from index.search.matching import NOWHERE, Spans, sequences
from index.search.parts import Part
from index.search.postings import Places, union
from index.search.query import Clause, Kind, Term
from index.search.spelling import near
from index.search.tokens import paths
from index.search.vocabulary import Vocabulary

COMMON = 20_000
"""A word that is said more often than this in the library tells little by itself."""

_MOST = 250
"""Words that an unfinished one may become: each is to be looked up in every part."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to say something: terms in a row, each one of several, in some of the readings (bits)."""

    terms: tuple[tuple[str, ...], ...]
    readings: int


@dataclass(frozen=True, slots=True)
class Unit:
    """Something to be said, in any of some ways."""

    ways: tuple[Way, ...]

    def __bool__(self) -> bool:
        return bool(self.ways)


@dataclass(frozen=True, slots=True)
class Wording:
    """How the words of a query are taken."""

    vocabulary: Callable[[], Vocabulary]  # Asked for only where it is needed.
    forms: str = ""  # The language whose word forms count as the word; "" takes words as they are.

    def unit(self, term: Term, *, unfinished: bool = False) -> Unit:
        """A term of a query; `unfinished` may go on."""
        if term.kind is Kind.PHRASE and term.text.endswith("*"):
            return self._last_of(term.text.rstrip("*"), self._beginning)
        if unfinished:
            return self._last_of(term.text, self._going_on)
        if term.kind is Kind.PREFIX:
            return self._last_of(term.text, self._beginning)
        if term.kind is Kind.NEARLY:
            return self._last_of(term.text, self._nearly)
        if term.kind is Kind.WORD and _takes_endings(term.text):
            return self._last_of(term.text, self._beginning)
        if term.kind is Kind.WORD and self.forms:
            return self._last_of(term.text, lambda word: self.vocabulary().forms(word, self.forms))
        return self.phrase(term.text)

    def phrase(self, text: str) -> Unit:
        """Words exactly as they are."""
        return Unit(tuple(Way(tuple((term,) for term in path.terms), path.readings) for path in paths(text)))

    def unfinished(self, text: str) -> Unit:
        """Words exactly as they are, but that the last may go on; as the most frequent that begin so, if many do."""

        def likely(word: str) -> Collection[str]:
            counts = self.vocabulary().counts
            return {word, *nlargest(_MOST, self._beginning(word), key=lambda term: counts.get(term, 0))}

        return self._last_of(text, likely)

    def clause(self, clause: Clause, *, unfinished: bool = False) -> Unit:
        """Any of the terms of a clause."""
        return Unit(tuple(way for term in clause.terms for way in self.unit(term, unfinished=unfinished).ways))

    def _last_of(self, text: str, others: Callable[[str], Collection[str]]) -> Unit:
        ways = []
        for path in paths(text):
            last = tuple(others(path.terms[-1])) or path.terms[-1:]
            ways.append(Way((*((term,) for term in path.terms[:-1]), last), path.readings))
        return Unit(tuple(ways))

    def _beginning(self, word: str) -> Collection[str]:
        # One letter would be a tenth of all that is said, unless it is a syllable.
        return self.vocabulary().beginning(word) if len(word) > 1 or _takes_endings(word) else (word,)

    def _going_on(self, word: str) -> Collection[str]:
        """The word, and rarer ones that begin so, until they are too many to be of use to somebody who types on."""
        counts = self.vocabulary().counts
        found, total = [word], 0
        for term in sorted(self._beginning(word), key=lambda term: -counts.get(term, 0)):
            count = counts.get(term, 0)
            if term != word and total + count <= COMMON:
                found.append(term)
                total += count
                if len(found) == _MOST:
                    break
        return found

    def _nearly(self, word: str) -> Collection[str]:
        return near(word, self.vocabulary())


def _takes_endings(word: str) -> bool:
    """Whether what is said of a word is written onto it: Korean is, and 한국어 is looked for to find 한국어를 too."""
    return "가" <= word[-1:] <= "힣"


def said(part: Part, unit: Unit) -> Spans:
    """Where a unit is said in a part, in slots that are counted on from episode to episode.

    Raises:
        DamagedIndex: the index cannot be read.
    """
    ways = [spans for way in unit.ways if (spans := _said(part, way))]
    return Spans.together(ways) if ways else NOWHERE


def _said(part: Part, way: Way) -> Spans:
    existing = [[term for term in terms if part.counts(term)[0]] for terms in way.terms]
    if not all(existing):
        return NOWHERE

    def places(number: int) -> Sequence[Places]:
        terms = existing[number]
        if len(terms) == 1:
            return part.places(terms[0])
        return union(one for term in terms for one in part.places(term))

    return sequences([sum(part.counts(term)[1] for term in terms) for terms in existing], places, way.readings)


def commonness(parts: Sequence[Part], unit: Unit) -> int:
    """How often the rarest word of a unit is said at the least, in all parts: no more than that can the unit be."""
    return sum(min((sum(_count(parts, term) for term in terms) for terms in way.terms), default=0) for way in unit.ways)


def _count(parts: Sequence[Part], term: str) -> int:
    return sum(part.counts(term)[1] for part in parts)
