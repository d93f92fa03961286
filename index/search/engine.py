"""Answers a query from the parts of an index."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from index.search.answer import Answer, EpisodeHits, Hits
from index.search.matching import Spans, side_by_side
from index.search.narrowing import passes, speakers
from index.search.nearness import near
from index.search.parts import Part
from index.search.query import Clause, Filter, Kind, Query, Term
from index.search.records import Record
from index.search.spelling import near as near_spelling
from index.search.tokens import paths
from index.search.units import COMMON, Unit, Wording, commonness, said
from index.search.vocabulary import Vocabulary

_K1, _B = 1.2, 0.75
"""BM25: how soon more of the same counts less, and how much long episodes are held back (the usual values)."""

_OFFERED = 3  # Spellings of a word that are tried.

_FAR = 1 << 20  # Words between what is said somewhere in the same episode.

TOO_COMMON = "Said nearly everywhere: type on, or press Enter for all of it."
FAR_APART = "Nowhere said near each other; these episodes have all of it."

_Stretches = Iterable[tuple[int, int, int]]
"""The first, the one after the last, and how far apart what was looked for is said in between."""


@dataclass(frozen=True)
class Parts:
    """What is searched: parts of an index, less the episodes of it that have changed since."""

    parts: Sequence[Part]
    current: Sequence[Collection[int]]  # Of each part, the numbers of the episodes that are as they were.
    vocabulary: Callable[[], Vocabulary]

    @cached_property
    def episodes(self) -> int:
        """How many there are."""
        return sum(map(len, self.current))

    @cached_property
    def mean_length(self) -> float:
        """Of an episode, in slots."""
        lengths = (
            part.entries[number].slots
            for part, current in zip(self.parts, self.current, strict=True)
            for number in current
        )
        return max(1.0, sum(lengths) / max(1, self.episodes))


def answer(
    searched: Parts, query: Query, *, limit: int | None = None, forms: str = "", unfinished: bool = False
) -> Answer:
    """All that a query finds; of the episodes no more than `limit` are given.

    `forms` is the language whose word forms count as the word; with `unfinished` the last word may go on.

    Raises:
        DamagedIndex: the index cannot be read.
    """
    found = _Search(searched, query, Wording(searched.vocabulary, forms), unfinished).run(limit)
    if found.total or not query.clauses:
        return found
    for offer in _offers(searched, query):
        if _Search(searched, offer, Wording(searched.vocabulary, forms), False).run(1).total:
            return replace(found, suggestion=str(offer))
    return found


class _Search:
    """One query on its way through the parts."""

    def __init__(self, searched: Parts, query: Query, wording: Wording, unfinished: bool) -> None:
        self._searched, self._query, self._parts = searched, query, searched.parts
        ends_open = unfinished and bool(query.items) and query.items[-1] in query.clauses
        self._unfinished = unfinished
        clauses = query.clauses
        units = [
            wording.clause(clause, unfinished=ends_open and number == len(clauses) - 1)
            for number, clause in enumerate(clauses)
        ]
        self._units = list(dict.fromkeys(filter(None, units)))
        self._left_out = [unit for clause in query.left_out if (unit := wording.clause(clause))]
        self._phrase = None
        if len(units) > 1 and not wording.forms and all(_is_word(clause) for clause in clauses):
            text = " ".join(clause.terms[0].text for clause in clauses)
            self._phrase = wording.unit(Term(Kind.PREFIX, text)) if ends_open else wording.phrase(text)
        self._allowed, self._filters = searched.current, query.filters
        if self._filters:
            self._allowed = [
                [number for number in current if passes(part.entries[number], self._filters)]
                for part, current in zip(self._parts, searched.current, strict=True)
            ]

    def run(self, limit: int | None) -> Answer:
        """The answer."""
        hint = self._query.hint
        if not self._query.clauses:
            found = self._everything() if self._query.filters else []
        elif not self._units:
            found = []
        elif self._unfinished and len(self._units) == 1 and commonness(self._parts, self._units[0]) > 2 * COMMON:
            found, hint = [], f"{hint} {TOO_COMMON}".strip()
        else:
            found = self._phrases() if self._phrase else []
            if not found or min(commonness(self._parts, unit) for unit in self._units) <= COMMON:
                found = self._near()
            if not found and len(self._units) > 1 and (found := self._near(anywhere=True)):
                hint = f"{hint} {FAR_APART}".strip()
        found.sort(key=lambda one: one.date, reverse=True)
        found.sort(key=lambda one: (one.apart.bit_length(), -one.score))
        total = sum(len(one.hits) for one in found)
        return Answer(self._query, tuple(found[:limit]), total, len(found), hint)

    def _everything(self) -> list[EpisodeHits]:
        return [
            self._episode(part, number, None, 0.0)
            for part, allowed in zip(self._parts, self._allowed, strict=True)
            for number in allowed
        ]

    def _phrases(self) -> list[EpisodeHits]:
        """Where the words are said exactly as they were typed."""
        assert self._phrase is not None
        found = []
        weight = self._weight(self._phrase)
        for part, allowed in zip(self._parts, self._allowed, strict=True):
            spans = said(part, self._phrase, allowed)
            for number in self._kept(part, spans):
                hits = _said_so(part.record(number), spans[number])
                score = self._score(part, number, [(weight, len(spans[number]))])
                found.append(self._episode(part, number, hits, score))
        return [one for one in found if len(one.hits)]

    def _near(self, *, anywhere: bool = False) -> list[EpisodeHits]:
        """Where everything is said near each other, or `anywhere` in one episode."""
        found = []
        units = self._units
        weights = [self._weight(unit) for unit in units]
        order = sorted(range(len(units)), key=lambda unit: commonness(self._parts, units[unit]))
        for part, allowed in zip(self._parts, self._allowed, strict=True):
            numbers: Collection[int] = allowed
            spans = {}
            for unit in order:
                spans[unit] = said(part, units[unit], numbers)
                numbers = spans[unit].keys()
            phrases = said(part, self._phrase, numbers) if self._phrase and numbers else {}
            for number in self._kept(part, numbers):
                of_units = [spans[unit][number] for unit in range(len(units))]
                record = part.record(number)
                if len(units) == 1:
                    hits = _said_so(record, of_units[0])
                elif anywhere:
                    hits = _said_so(record, of_units[order[0]], _FAR)
                else:
                    hits = _in_words(record, near([list(spans) for spans in of_units]))
                    if number in phrases:
                        hits = _beside(_said_so(record, phrases[number]), hits, record)
                score = self._score(part, number, list(zip(weights, map(len, of_units), strict=True)))
                found.append(self._episode(part, number, hits, score))
        return [one for one in found if len(one.hits)]

    def _kept(self, part: Part, numbers: Collection[int]) -> list[int]:
        """The episodes in which nothing is said that is to be left out."""
        left = set(numbers)
        for unit in self._left_out:
            left -= said(part, unit, left).keys() if left else set()
        return sorted(left)

    def _episode(self, part: Part, number: int, hits: Hits | None, score: float) -> EpisodeHits:
        entry, record = part.entries[number], part.record(number)
        if hits is None:
            hits = Hits((), (), (), record)
        counted = speakers(entry, self._filters) if self._filters else None
        if counted is not None:
            hits = Hits.of([span for span in hits.spans if record.speaker_of(span[0]) in counted], record)
        return EpisodeHits(
            *(entry.episode, entry.revision, entry.title, entry.show, entry.date, entry.duration_ms, entry.speakers),
            hits,
            score,
            min(hits.aparts, default=0),
        )

    # BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009)

    def _weight(self, unit: Unit) -> float:
        episodes = self._searched.episodes
        holding = min(episodes, _episodes_with(self._parts, unit))
        return math.log(1 + (episodes - holding + 0.5) / (holding + 0.5))

    def _score(self, part: Part, number: int, said: Sequence[tuple[float, int]]) -> float:
        length = part.entries[number].slots / self._searched.mean_length
        return sum(weight * count * (_K1 + 1) / (count + _K1 * (1 - _B + _B * length)) for weight, count in said)


def _is_word(clause: Clause) -> bool:
    return len(clause.terms) == 1 and clause.terms[0].kind is Kind.WORD


def _episodes_with(parts: Sequence[Part], unit: Unit) -> int:
    """How many episodes may have a unit: those with the rarest of its terms."""
    return sum(
        min((sum(part.counts(term)[0] for part in parts for term in terms) for terms in way.terms), default=0)
        for way in unit.ways
    )


def _said_so(record: Record, spans: Spans, apart: int = 0) -> Hits:
    """Slots as words, everything as far apart; none over another."""
    words = record.words
    firsts = [words[first] for first in spans.firsts]
    ends = [words[end - 1] + 1 for end in spans.ends]
    if Spans(firsts, ends).apart:
        return Hits(firsts, ends, [apart] * len(firsts), record)
    return _in_words(record, ((first, end, apart) for first, end in spans))


def _in_words(record: Record, stretches: _Stretches) -> Hits:
    """Slots as words; none over another."""
    words = record.words
    found = sorted({(words[first], words[end - 1] + 1, apart) for first, end, apart in stretches})
    if any(one[1] > other[0] for one, other in pairwise(found)):
        apart = {(first, end): apart for first, end, apart in reversed(found)}
        found = [(first, end, apart[first, end]) for first, end in side_by_side(sorted(apart))]
    return Hits.of(found, record)


def _beside(exact: Hits, others: Hits, record: Record) -> Hits:
    """The exact hits, and of the others those that lie over none of them."""
    taken = {word for first, end in zip(exact.firsts, exact.ends, strict=True) for word in range(first, end)}
    beside = [span for span in others.spans if taken.isdisjoint(range(span[0], span[1]))]
    return Hits.of(sorted(exact.spans + beside), record)


# What may have been meant


def _offers(searched: Parts, query: Query) -> list[Query]:
    """The query with each word that does not exist replaced by one that does, the likeliest first."""
    choices: dict[str, list[str]] = {}
    for clause in query.clauses:
        for term in clause.terms:
            for word in term.text.split():
                if word not in choices and not _exists(searched.parts, word):
                    choices[word] = _near(searched.vocabulary(), word)
    if not choices or not all(choices.values()):
        return []
    offers = []
    for number in range(_OFFERED):
        chosen = {word: spellings[min(number, len(spellings) - 1)] for word, spellings in choices.items()}
        offers.append(replace(query, items=tuple(_respelt(item, chosen) for item in query.items), hint=""))
    return list(dict.fromkeys(offers))


def _exists(parts: Sequence[Part], word: str) -> bool:
    return not paths(word) or any(
        all(any(part.counts(term)[0] for part in parts) for term in path.terms) for path in paths(word)
    )


def _near(vocabulary: Vocabulary, word: str) -> list[str]:
    """A word in spellings that exist; its parts one by one if it has several."""
    counts = vocabulary.counts
    spellings = [[term] if term in counts else near_spelling(term, counts, _OFFERED) for term in paths(word)[0].terms]
    if not all(spellings):
        return []
    return [" ".join(one[min(number, len(one) - 1)] for one in spellings) for number in range(_OFFERED)]


def _respelt(item: Clause | Filter, chosen: dict[str, str]) -> Clause | Filter:
    if not isinstance(item, Clause) or item.left_out:
        return item
    texts = [" ".join(chosen.get(word, word) for word in term.text.split()) for term in item.terms]
    return replace(item, terms=tuple(Term(term.kind, text) for term, text in zip(item.terms, texts, strict=True)))
