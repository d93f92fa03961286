"""Which word of one text is which word of another: landmarks first, then the best alignment between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import JaroWinkler, Levenshtein

from index.align.affine import FAINTLY, SIMILAR, align, word_scores
from index.align.landmarks import landmarks

_SIZES = (4, 3, 2)
_SMALL = 40_000  # Pairs of words that need no landmarks,
_HUGE = 8_000_000  # and those that are too many for the best alignment.
_NEAR = 8  # Words that may be missing or too many inside one stretch of agreement.
_REACH = 30  # A small agreement counts so near a large one.
_STRONG = 5.0  # What a stretch must weigh to stand alone.
_SUPPORT = 4  # Words to either side that speak for a pair.

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Match:
    """Pairs of words, rising in both texts: item k says that `left[k]` of one is `right[k]` of the other."""

    left: Ints
    right: Ints
    alike: Floats  # 1: the same word; 0: another word at the same place.
    support: Floats  # The share of the words around it that agree, 0 to 1.

    def __len__(self) -> int:
        return len(self.left)


def match(left: Sequence[str], right: Sequence[str]) -> Match:
    """The words of two texts that are each other, without those that meet by chance."""
    pairs = list(_pairs(left, right, 0, 0, _SIZES))
    alike = np.array([_likeness(left[a], right[b]) for a, b in pairs], np.float32)
    a = np.array([pair[0] for pair in pairs], np.int32)
    b = np.array([pair[1] for pair in pairs], np.int32)
    for keep in (_held, _anchored):
        kept = keep(a, b, alike)
        a, b, alike = a[kept], b[kept], alike[kept]
    return Match(a, b, alike, _support(a, b, alike, len(left)))


def _likeness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    found = JaroWinkler.normalized_similarity(a, b) if min(len(a), len(b)) > 2 else 0.0
    return found if found > FAINTLY else 0.0


def _pairs(
    left: Sequence[str], right: Sequence[str], at: int, over: int, sizes: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs in two stretches that begin at `at` and `over`."""
    cells = len(left) * len(right)
    if not cells:
        return
    if cells <= _SMALL or not sizes:
        found = align(word_scores(left, right)) if cells <= _HUGE else _roughly(left, right)
        yield from ((at + a, over + b) for a, b in found)
        return
    runs = landmarks(left, right, sizes[0])
    a = b = 0
    for start, other, length in [*runs, (len(left), len(right), 0)]:
        yield from _pairs(left[a:start], right[b:other], at + a, over + b, sizes[1:])
        yield from ((at + start + step, over + other + step) for step in range(length))
        a, b = start + length, other + length


def _roughly(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Equal words of the shortest edit: quick, whatever the size."""
    return [
        (op.src_start + step, op.dest_start + step)
        for op in Levenshtein.opcodes(left, right)
        if op.tag == "equal"
        for step in range(op.src_end - op.src_start)
    ]


def _held(a: Ints, b: Ints, alike: Floats) -> npt.NDArray[np.bool_]:
    """Pairs of different words only where the pairs on both sides of them are close and one of each is sure.

    A name that was misheard stands between words that were not.
    """
    kept = np.ones(len(a), bool)
    last = -1
    for place in np.flatnonzero(alike == 0):
        if place <= last:
            continue
        end = int(place)
        while end < len(a) and alike[end] == 0:
            end += 1
        last = end
        inside = place > 0 and end < len(a)
        span_a = a[end] - a[place - 1] if inside else 0
        span_b = b[end] - b[place - 1] if inside else 0
        if not inside or end - place > 3 or max(span_a, span_b) > end - place + 3:
            kept[place:end] = False
    return kept


def _anchored(a: Ints, b: Ints, alike: Floats) -> npt.NDArray[np.bool_]:
    """Pairs in stretches of agreement that are strong, or weak but close to a strong one."""
    if not len(a):
        return np.zeros(0, bool)
    step = np.maximum(np.diff(a), np.diff(b))
    borders = [0, *(np.flatnonzero(step > _NEAR) + 1).tolist(), len(a)]
    stretches = list(pairwise(borders))
    strong = [_weight(a[s:e], b[s:e], alike[s:e]) >= _STRONG for s, e in stretches]
    kept = np.zeros(len(a), bool)
    for number, (start, end) in enumerate(stretches):
        if strong[number]:
            kept[start:end] = True
            continue
        for other in (number - 1, number + 1):
            if 0 <= other < len(stretches) and strong[other]:
                before, after = sorted((stretches[number], stretches[other]))
                gap_a, gap_b = a[after[0]] - a[before[1] - 1], b[after[0]] - b[before[1] - 1]
                close = max(gap_a, gap_b) <= _REACH and abs(gap_a - gap_b) <= _NEAR
                kept[start:end] |= close
    return kept


def _weight(a: Ints, b: Ints, alike: Floats) -> float:
    """What a stretch weighs: its sure pairs, less where words lie between them."""
    sure = float((alike == 1).sum()) + 0.5 * float(((alike > SIMILAR) & (alike < 1)).sum())
    span = max(int(a[-1] - a[0]), int(b[-1] - b[0])) + 1
    return sure * min(1.0, 1.5 * sure / span)


def _support(a: Ints, b: Ints, alike: Floats, count: int) -> Floats:
    """For each pair the share of the words around it that are paired, alike, and about as far away from it in both."""
    partner = np.full(count + 2 * _SUPPORT, -(10**6), np.int64)
    partner[a[alike > 0] + _SUPPORT] = b[alike > 0]
    agreeing = np.zeros(len(a), np.float32)
    possible = np.zeros(len(a), np.float32)
    for offset in range(-_SUPPORT, _SUPPORT + 1):
        if offset:
            near = np.abs(partner[a + _SUPPORT + offset] - b) <= 2 * _SUPPORT + 2
            inside = (a + offset >= 0) & (a + offset < count)
            agreeing += near & inside
            possible += inside
    return np.where(possible > 0, agreeing / np.maximum(possible, 1), 1.0).astype(np.float32)
