"""The moments of an episode, or of a library, where a question is most likely talked about."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from whoosh.lang.stopwords import stoplists

from index.folding import fold
from index.search.engine import Parts
from index.search.parts import Part
from index.transcript import WordRange

_STEP, _STEPS = 40, 4
"""Words of a window are counted in steps; so many steps, about a minute of speech, are a window. They overlap."""

_K1 = 1.2
_ASKING = frozenset(
    "what who whom whose which when where why how do does did is are was were can could would should will may might"
    " tell explain describe discuss talk say think thoughts opinion view mean means role kind way ways give example"
    " examples some any there their they them he she his her it its you your we our us about between".split()
)
"""What makes words a question, and is not what is asked about."""


@dataclass(frozen=True, slots=True)
class Moment:
    """About a minute of an episode."""

    episode: int
    revision: int
    title: str
    show: str
    date: str
    words: WordRange
    start_ms: int
    end_ms: int
    timed: bool  # False: the episode has no times, and both are 0.
    score: float


class _Asked(NamedTuple):
    """A word of a question: the terms that count as it, and how much it tells."""

    terms: tuple[str, ...]
    weight: float


def moments(
    searched: Parts, question: str, *, episode: int | None = None, limit: int = 10, language: str = "en"
) -> list[Moment]:
    """The moments of an episode (without one, of all) that are most likely about a question, the likeliest first.

    BM25 over windows of a minute that overlap; words that make it a question count for nothing, and forms of a word
    in the question's language count as the word. No moment lies over another.

    Raises:
        DamagedIndex: the index cannot be read.
    """
    asked = _asked(searched, question, language)
    found = []
    for part, current in zip(searched.parts, searched.current, strict=True):
        numbers = np.flatnonzero(current).tolist()
        if episode is not None:
            numbers = [number for number in numbers if part.entries[number].episode == episode]
        for number, windows in _scored(part, numbers, asked):
            found += [_moment(part, number, step, score) for step, score in _apart(windows)[:limit]]
    found.sort(key=lambda moment: -moment.score)
    return found[:limit]


def _asked(searched: Parts, question: str, language: str) -> list[_Asked]:
    stopped = stoplists.get(language, frozenset()) | _ASKING
    words = dict.fromkeys(word for word in fold(question, 1).split() if word not in stopped)
    vocabulary = searched.vocabulary() if words else None
    slots = sum(part.bases[-1] for part in searched.parts)
    windows = max(1.0, slots / _STEP)
    asked: dict[tuple[str, ...], float] = {}
    for word in words:
        assert vocabulary
        terms = tuple(sorted(vocabulary.forms(word, language)))
        count = min(windows, sum(vocabulary.counts.get(term, 0) for term in terms) * _STEPS)
        if count:
            asked[terms] = math.log(1 + (windows - count + 0.5) / (count + 0.5))
    return [_Asked(terms, weight) for terms, weight in asked.items()]


def _scored(part: Part, numbers: Collection[int], asked: Sequence[_Asked]) -> Iterator[tuple[int, dict[int, float]]]:
    """The score of every window in which something of the question is said, by episode and first step."""
    steps: dict[int, dict[int, Counter[int]]] = {number: defaultdict(Counter) for number in numbers}
    wanted = part.chosen(numbers)
    for word, (terms, _) in enumerate(asked):
        for places in (places for term in terms for places in part.places(term)):
            slots = places.all()
            of = part.numbers_of(slots)
            here = wanted[of]
            slots, of = slots[here], of[here]
            for number, step in zip(of.tolist(), ((slots - part.bases[of]) // _STEP).tolist(), strict=True):
                steps[number][step][word] += 1
    for number, by_step in steps.items():
        windows = {}
        for first in {max(0, step - back) for step in by_step for back in range(_STEPS)}:
            said = sum((by_step[step] for step in range(first, first + _STEPS) if step in by_step), Counter[int]())
            windows[first] = sum(asked[word].weight * count * (_K1 + 1) / (count + _K1) for word, count in said.items())
        if windows:
            yield number, windows


def _apart(windows: dict[int, float]) -> list[tuple[int, float]]:
    """Windows that do not overlap, the best first."""
    kept: list[tuple[int, float]] = []
    taken: set[int] = set()
    for first, score in sorted(windows.items(), key=lambda one: (-one[1], one[0])):
        steps = range(first, first + _STEPS)
        if taken.isdisjoint(steps):
            kept.append((first, score))
            taken.update(steps)
    return kept


def _moment(part: Part, number: int, first: int, score: float) -> Moment:
    entry, record = part.entries[number], part.record(number)
    end = min(len(record.words), (first + _STEPS) * _STEP)
    words = record.word_range(first * _STEP, end)
    start_ms, end_ms = record.span_ms(words) if record.timed else (0, 0)
    return Moment(
        *(entry.episode, entry.revision, entry.title, entry.show, entry.date),
        *(words, start_ms, end_ms, record.timed, score),
    )
