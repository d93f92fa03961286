"""Answers a query from the parts of an index."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.search.answer import Answer, EpisodeHits, Hits
from index.search.columns import Columns, beside, said_near, said_so
from index.search.matching import NOWHERE, Spans
from index.search.narrowing import passes, speakers
from index.search.nearness import near
from index.search.parts import Part
from index.search.query import Clause, Kind, Query
from index.search.suggestions import offers
from index.search.units import COMMON, Unit, Wording, commonness, said
from index.search.vocabulary import Vocabulary

_K1, _B = 1.2, 0.75
"""BM25: how soon more of the same counts less, and how much long episodes are held back (the usual values)."""

_FAR = 1 << 20  # Words between what is said somewhere in the same episode.

TOO_COMMON = "Said nearly everywhere: type on, or press Enter for all of it."
FAR_APART = "Nowhere said near each other; these episodes have all of it."

_Chosen = NDArray[np.bool_]
"""Of every episode of a part, by number, whether it counts."""


@dataclass(frozen=True)
class Parts:
    """What is searched: parts of an index, less the episodes of it that have changed since."""

    parts: Sequence[Part]
    current: Sequence[_Chosen]  # Of each part, the episodes that are as they were.
    vocabulary: Callable[[], Vocabulary]

    @cached_property
    def episodes(self) -> int:
        """How many there are."""
        return sum(int(current.sum()) for current in self.current)

    @cached_property
    def mean_length(self) -> float:
        """Of an episode, in slots."""
        slots = sum(int(part.lengths[current].sum()) for part, current in zip(self.parts, self.current, strict=True))
        return max(1.0, slots / max(1, self.episodes))


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
    for offer in offers(searched.parts, searched.vocabulary, query):
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
            self._phrase = wording.unfinished(text) if ends_open else wording.phrase(text)
        self._allowed, self._filters = searched.current, query.filters
        if self._filters:
            self._allowed = [
                part.chosen(n for n in np.flatnonzero(current).tolist() if passes(part.entries[n], self._filters))
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
            found = self._exactly(self._phrase) if self._phrase else []
            if not found or min(commonness(self._parts, unit) for unit in self._units) <= COMMON:
                found = self._exactly(self._units[0]) if len(self._units) == 1 else self._near()
            if not found and len(self._units) > 1 and (found := self._near(anywhere=True)):
                hint = f"{hint} {FAR_APART}".strip()
        found.sort(key=lambda one: one.date, reverse=True)
        found.sort(key=lambda one: (one.apart.bit_length(), -one.score))
        total = sum(len(one.hits) for one in found)
        return Answer(self._query, tuple(found[:limit]), total, len(found), hint)

    def _everything(self) -> list[EpisodeHits]:
        found = []
        for part, allowed in zip(self._parts, self._allowed, strict=True):
            nothing = Hits(said_so(part, NOWHERE), 0, 0)
            found += [self._episode(part, number, nothing, 0.0, 0) for number in np.flatnonzero(allowed).tolist()]
        return found

    def _exactly(self, unit: Unit) -> list[EpisodeHits]:
        """Where something is said exactly as it was typed."""
        found = []
        weight = self._weight(unit)
        for part, allowed in zip(self._parts, self._allowed, strict=True):
            spans = said(part, unit)
            if len(spans) and (kept := self._kept(part, allowed)).any():
                counts = _counts(part, spans)
                spans = _inside(part, spans, kept)
                found += self._episodes(said_so(part, spans), self._scores(part, [(weight, counts)]))
        return found

    def _near(self, *, anywhere: bool = False) -> list[EpisodeHits]:
        """Where everything is said near each other, or `anywhere` in one episode."""
        found = []
        units = self._units
        weights = [self._weight(unit) for unit in units]
        order = sorted(range(len(units)), key=lambda unit: commonness(self._parts, units[unit]))
        for part, allowed in zip(self._parts, self._allowed, strict=True):
            kept = allowed
            spans, counts = {}, {}
            for unit in order:
                spans[unit] = said(part, units[unit])
                counts[unit] = _counts(part, spans[unit])
                kept = kept & (counts[unit] > 0)
                if not kept.any():
                    break
            else:
                kept = self._kept(part, kept)
                if anywhere:
                    hits = said_so(part, _inside(part, spans[order[0]], kept), _FAR)
                else:
                    hits = said_near(
                        part, near([_inside(part, spans[unit], kept) for unit in range(len(units))], part.bases)
                    )
                    if self._phrase:
                        hits = beside(said_so(part, _inside(part, said(part, self._phrase), kept)), hits)
                scores = self._scores(part, [(weights[unit], counts[unit]) for unit in order])
                found += self._episodes(hits, scores)
        return found

    def _kept(self, part: Part, allowed: _Chosen) -> _Chosen:
        """The episodes in which nothing is said that is to be left out."""
        for unit in self._left_out:
            allowed = allowed & (_counts(part, said(part, unit)) == 0)
        return allowed

    def _episodes(self, hits: Columns, scores: NDArray[np.float64]) -> list[EpisodeHits]:
        """The hits in a part, episode by episode."""
        part = hits.part
        if any(one.field == "speaker" for one in self._filters):
            hits = self._of_speakers(hits)
        if not len(hits):
            return []
        begins = np.flatnonzero(np.diff(hits.numbers, prepend=-1))
        numbers = hits.numbers[begins]
        aparts = np.minimum.reduceat(hits.aparts, begins)
        columns = (numbers, begins, np.append(begins[1:], len(hits)), scores[numbers], aparts)
        return [
            self._episode(part, number, Hits(hits, begin, end), score, apart)
            for number, begin, end, score, apart in zip(*(column.tolist() for column in columns), strict=True)
        ]

    def _of_speakers(self, hits: Columns) -> Columns:
        """Those hits whose first word one of the speakers says who were asked for."""
        part = hits.part
        counted = {each: speakers(part.entries[each], self._filters) for each in np.unique(hits.numbers).tolist()}

        def counts(number: int, word: int) -> bool:
            wanted = counted[number]
            return wanted is None or part.record(number).speaker_of(word) in wanted

        return hits[np.array([counts(*place) for place in hits.places], np.bool_)]

    def _episode(self, part: Part, number: int, hits: Hits, score: float, apart: int) -> EpisodeHits:
        entry = part.entries[number]
        known = entry.episode, entry.revision, entry.title, entry.show, entry.date, entry.duration_ms, entry.speakers
        return EpisodeHits(*known, hits, score, apart)

    # BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009)

    def _weight(self, unit: Unit) -> float:
        episodes = self._searched.episodes
        holding = min(episodes, _episodes_with(self._parts, unit))
        return math.log(1 + (episodes - holding + 0.5) / (holding + 0.5))

    def _scores(self, part: Part, said: Sequence[tuple[float, NDArray[np.int64]]]) -> NDArray[np.float64]:
        """Of every episode of a part, in which things of some weight are said so often."""
        held_back = _K1 * (1 - _B + _B * part.lengths / self._searched.mean_length)
        scores = np.zeros(len(part.lengths))
        for weight, counts in said:
            scores += weight * counts * (_K1 + 1) / (counts + held_back)
        return scores


def _counts(part: Part, spans: Spans) -> NDArray[np.int64]:
    """How many spans each episode of a part has."""
    return np.diff(np.searchsorted(spans.firsts, part.bases))


def _inside(part: Part, spans: Spans, kept: _Chosen) -> Spans:
    """The spans in some episodes of a part."""
    return spans if kept.all() else spans[kept[part.numbers_of(spans.firsts)]]


def _is_word(clause: Clause) -> bool:
    return len(clause.terms) == 1 and clause.terms[0].kind is Kind.WORD


def _episodes_with(parts: Sequence[Part], unit: Unit) -> int:
    """How many episodes may have a unit: those with the rarest of its terms."""
    return sum(
        min((sum(part.counts(term)[0] for part in parts for term in terms) for terms in way.terms), default=0)
        for way in unit.ways
    )
