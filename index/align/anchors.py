"""Moments at which a word was heard, set by ear: they shift, stretch and bend the times of a whole transcript."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.transcript import Transcript

_DRIFT = 0.1
"""Clocks and frame rates differ by less than a tenth; where two anchors do by more, something was put in between."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A word, and when it was heard to begin."""

    word: int
    ms: int


def anchored(transcript: Transcript, anchors: Iterable[Anchor]) -> Transcript:
    """The transcript with the times that the anchors say; they are given in the order in which they were set.

    One shifts all words, two stretch them, more bend them piece by piece. Where an anchor contradicts one set later
    (its word is said before, but was heard after), the later one holds.
    """
    points = _agreeing([(transcript.starts[anchor.word], anchor.ms) for anchor in anchors])
    if not points or not transcript.timed:
        return transcript
    return transcript.retimed(warp(points))


def warp(points: Sequence[tuple[int, int]]) -> Callable[[int], int]:
    """What takes a time of the transcript, in ms, to that of the sound; `points` are pairs of both that rise in both.

    Before the first and after the last point the nearest stretch goes on, if it is one that a clock may have.
    """
    froms, tos = [point[0] for point in points], [point[1] for point in points]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points)]
    first, last = (_drift(slopes[0]), _drift(slopes[-1])) if slopes else (1.0, 1.0)
    rates = [first, *slopes, last]

    def to_heard(ms: int) -> int:
        piece = bisect_right(froms, ms)
        near = max(0, piece - 1)
        return max(0, round(tos[near] + (ms - froms[near]) * rates[piece]))

    return to_heard


def _drift(slope: float) -> float:
    return slope if abs(slope - 1) <= _DRIFT else 1.0


def _agreeing(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The points that rise in both numbers, those given later first."""
    kept: list[tuple[int, int]] = []
    for point in reversed(points):
        if all((point[0] - x) * (point[1] - y) > 0 for x, y in kept):
            kept.append(point)
    return sorted(kept)
