"""Where two long texts surely meet: runs of words that stand just once in each of them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Sequence

import numpy as np

_AROUND = 5  # Landmarks to either side that one is held against.
_ASTRAY = 60  # Words that one may be out of their line.


def landmarks(a: Sequence[Hashable], b: Sequence[Hashable], size: int) -> list[tuple[int, int, int]]:
    """The longest rising chain of runs of `size` or more that are unique in both: start in a, start in b, length.

    Runs do not overlap. One that lies far from the line of its neighbours is left out: chance finds such.
    """
    return _runs(_in_line(_rising(_unique(a, b, size))), size)


def _unique(a: Sequence[Hashable], b: Sequence[Hashable], size: int) -> list[tuple[int, int]]:
    once_a, once_b = _once(a, size), _once(b, size)
    return sorted((place, once_b[gram]) for gram, place in once_a.items() if gram in once_b)


def _once(items: Sequence[Hashable], size: int) -> dict[tuple[Hashable, ...], int]:
    places: defaultdict[tuple[Hashable, ...], list[int]] = defaultdict(list)
    for place, gram in enumerate(zip(*(items[offset:] for offset in range(size)), strict=False)):
        places[gram].append(place)
    return {gram: found[0] for gram, found in places.items() if len(found) == 1}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs, sorted by their first, whose second rises too (patience sorting)."""
    lowest: list[int] = []
    tops: list[int] = []
    before = [-1] * len(pairs)
    for number, (_, second) in enumerate(pairs):
        pile = bisect_left(lowest, second)
        if pile:
            before[number] = tops[pile - 1]
        if pile == len(lowest):
            lowest.append(second)
            tops.append(number)
        else:
            lowest[pile], tops[pile] = second, number
    chain = []
    at = tops[-1] if tops else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _in_line(chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(chain) <= _AROUND:
        return chain
    offsets = np.array([second - first for first, second in chain])
    kept = []
    for number, pair in enumerate(chain):
        around = offsets[max(0, number - _AROUND) : number + _AROUND + 1]
        if abs(offsets[number] - np.median(around)) <= _ASTRAY:
            kept.append(pair)
    return kept


def _runs(chain: Sequence[tuple[int, int]], size: int) -> list[tuple[int, int, int]]:
    runs: list[list[int]] = []
    for first, second in chain:
        if runs:
            at, other, length = runs[-1]
            if first - at == second - other and first <= at + length:
                runs[-1][2] = first - at + size
                continue
            late = max(at + length - first, other + length - second, 0)
            if late >= size:
                continue
            runs.append([first + late, second + late, size - late])
        else:
            runs.append([first, second, size])
    return [(first, second, length) for first, second, length in runs]
