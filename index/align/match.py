"""Which word of one text is which word of another: landmarks first, then the best alignment between them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import JaroWinkler, Levenshtein

from index.align.affine import FAINTLY, SIMILAR, align, word_scores
from index.align.landmarks import landmarks

_SIZES = (8, 4, 3, 2)  # Short runs mislead where something is said twice and one of the two was misheard.
_SMALL = 40_000  # Pairs of words that need no landmarks,
_HUGE = 8_000_000  # and those that are too many for the best alignment.
_USUAL_EDIT = 4  # About one word in so many differs at most; of more it is slower to find out which.
_RUN = 3  # Words that the shortest edit leaves as they are by more than chance.
_NEAR = 8  # Words that may be missing or too many inside one stretch of agreement.
_REACH = 30  # A small agreement counts so near a large one.
_STRONG = 5.0  # What a stretch must weigh to stand alone.
_HELD = 3  # Different words that others hold between them, and words more on one side than there are pairs.
_BESIDE = 2  # Words from a pair that speaks for one, at most.
_SUPPORT = 4  # Words to either side that speak for a pair.
_NOWHERE = 10**8  # Farther away than any word.

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
    alike = np.array([likeness(left[a], right[b]) for a, b in pairs], np.float32)
    a = np.array([pair[0] for pair in pairs], np.int32)
    b = np.array([pair[1] for pair in pairs], np.int32)
    for keep in (_held, _beside, _anchored):
        kept = keep(a, b, alike)
        a, b, alike = a[kept], b[kept], alike[kept]
    return Match(a, b, alike, _support(a, b, alike, len(left)))


def likeness(a: str, b: str) -> float:
    """How alike two forms are, 0 to 1; 0 where it means nothing."""
    if a == b:
        return 1.0
    found = JaroWinkler.normalized_similarity(a, b) if min(len(a), len(b)) > 2 else 0.0
    return found if found > FAINTLY else 0.0


def _pairs(
    left: Sequence[str], right: Sequence[str], at: int, over: int, sizes: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Pairs in two stretches that begin at `at` and `over`."""
    cells = len(left) * len(right)
    if cells <= 1:
        yield from [(at, over)] * cells
        return
    if cells <= (_HUGE if not sizes else _SMALL):
        yield from ((at + a, over + b) for a, b in align(word_scores(left, right)))
        return
    runs = landmarks(left, right, sizes[0]) if sizes else _common_runs(left, right)
    if not runs and not sizes:
        return
    a = b = 0
    for start, other, length in [*runs, (len(left), len(right), 0)]:
        yield from _pairs(left[a:start], right[b:other], at + a, over + b, sizes[1:])
        yield from ((at + start + step, over + other + step) for step in range(length))
        a, b = start + length, other + length


def _common_runs(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of words that the shortest edit leaves as they are: start in both, and length. Quick, whatever the size."""
    numbers = {word: number for number, word in enumerate({*left, *right})}  # They are compared in half the time.
    a, b = ([numbers[word] for word in words] for words in (left, right))
    edit = Levenshtein.opcodes(a, b, score_hint=max(len(a), len(b)) // _USUAL_EDIT)
    runs = ((op.src_start, op.dest_start, op.src_end - op.src_start) for op in edit if op.tag == "equal")
    return [run for run in runs if run[2] >= _RUN]


def _held(a: Ints, b: Ints, alike: Floats) -> npt.NDArray[np.bool_]:
    """Pairs of different words only where they are few, and close to the pairs on both sides of them.

    A name that was misheard stands between words that were not.
    """
    others = np.flatnonzero(alike > 0)
    between = np.diff(others) - 1
    span = np.maximum(np.diff(a[others]), np.diff(b[others]))
    holds = np.concatenate(([False], (between <= _HELD) & (span <= between + _HELD), [False]))
    return (alike > 0) | holds[np.searchsorted(others, np.arange(len(a)))]


def _beside(a: Ints, b: Ints, alike: Floats) -> npt.NDArray[np.bool_]:
    """Pairs beside one of the same word: near it in both texts, and next to it if they are only alike themselves.

    Where much was misheard, any common word meets its like some words away by chance.
    """
    same = alike == 1
    sure_a, sure_b = (np.concatenate(([-_NOWHERE], ends[same], [_NOWHERE])) for ends in (a, b))
    away = np.full(len(a), _NOWHERE)
    for other in (np.searchsorted(sure_a, a, "left") - 1, np.searchsorted(sure_a, a, "right")):
        away = np.minimum(away, np.maximum(np.abs(sure_a[other] - a), np.abs(sure_b[other] - b)))
    return np.where(same, away <= _BESIDE, (away <= 1) | (alike == 0))


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
    partner = np.full(count + 2 * _SUPPORT, -_NOWHERE, np.int64)
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
