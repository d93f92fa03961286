"""The parts of a query as terms that exist, and where each is said in the episodes of one part of the index."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from index.search.matching import Spans, sequences
from index.search.parts import Part
from index.search.postings import Places, union
from index.search.query import Clause, Kind, Term
from index.search.spelling import near
from index.search.tokens import paths
from index.search.vocabulary import Vocabulary

COMMON = 20_000
"""A word that is said more often than this in the library tells little by itself."""


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
        if term.kind is Kind.WORD and self.forms:
            return self._last_of(term.text, lambda word: self.vocabulary().forms(word, self.forms))
        return self.phrase(term.text)

    def phrase(self, text: str) -> Unit:
        """Words exactly as they are."""
        return Unit(tuple(Way(tuple((term,) for term in path.terms), path.readings) for path in paths(text)))

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
        # One letter would be a tenth of all that is said.
        return self.vocabulary().beginning(word) if len(word) > 1 else (word,)

    def _going_on(self, word: str) -> Collection[str]:
        """The word, and rarer ones that begin so, until they are too many to be of use to somebody who types on."""
        counts = self.vocabulary().counts
        found, total = [word], 0
        for term in sorted(self._beginning(word), key=lambda term: -counts.get(term, 0)):
            count = counts.get(term, 0)
            if term != word and total + count <= COMMON:
                found.append(term)
                total += count
        return found

    def _nearly(self, word: str) -> Collection[str]:
        return near(word, self.vocabulary().counts)


def said(part: Part, unit: Unit, within: Collection[int] | None = None) -> dict[int, Spans]:
    """Where a unit is said: slots, sorted, in each episode of a part that has it (of those in `within`).

    Raises:
        DamagedIndex: the index cannot be read.
    """
    found: dict[int, Spans] = {}
    for way in unit.ways:
        for number, spans in _said(part, way, within).items():
            found[number] = Spans.of(sorted({*found[number], *spans})) if number in found else spans
    return found


def _said(part: Part, way: Way, within: Collection[int] | None) -> dict[int, Spans]:
    existing = [[term for term in terms if part.counts(term)[0]] for terms in way.terms]
    if not all(existing):
        return {}
    # From the rarest outward: each leaves fewer episodes to look into.
    rarity = [sum(part.counts(term)[1] for term in terms) for terms in existing]
    numbers = set(part.entries if within is None else within)
    places: list[list[Places]] = [[] for _ in existing]
    for place in sorted(range(len(existing)), key=rarity.__getitem__):
        placed = [part.placed(term, numbers) for term in existing[place]]
        places[place] = (
            list(placed[0].places) if len(placed) == 1 else union(one for each in placed for one in each.places)
        )
        numbers &= placed[0].numbers if len(placed) == 1 else set().union(*(each.numbers for each in placed))
        if not numbers:
            return {}
    return _by_episode(sequences(places, way.readings), part.bases, numbers)


def _by_episode(spans: Spans, bases: Sequence[int], numbers: Collection[int]) -> dict[int, Spans]:
    """The spans of each of some episodes, the slots of each counted from its own first."""
    found: dict[int, Spans] = {}
    firsts, ends = spans.firsts, spans.ends
    at = 0
    while at < len(firsts):
        number = bisect_right(bases, firsts[at]) - 1
        base, begin = bases[number], at
        at = bisect_left(firsts, bases[number + 1], begin)
        if number in numbers:
            inside = [first - base for first in firsts[begin:at]]
            found[number] = Spans(inside, [end - base for end in ends[begin:at]])
    return found


def commonness(parts: Sequence[Part], unit: Unit) -> int:
    """How often the rarest word of a unit is said at the least, in all parts: no more than that can the unit be."""
    return sum(min((sum(_count(parts, term) for term in terms) for terms in way.terms), default=0) for way in unit.ways)


def _count(parts: Sequence[Part], term: str) -> int:
    return sum(part.counts(term)[1] for part in parts)
