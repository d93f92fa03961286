"""Where two long texts surely meet: runs of words that stand just once in each of them."""

from bisect import bisect_left
from collections.abc import Hashable, Sequence

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

_AROUND = 5  # Landmarks to either side that one is held against.
_ASTRAY = 60  # Words that one may be out of their line.

Ints = npt.NDArray[np.int64]


def landmarks(a: Sequence[Hashable], b: Sequence[Hashable], size: int) -> list[tuple[int, int, int]]:
    """The longest rising chain of runs of `size` or more that are unique in both: start in a, start in b, length.

    Runs do not overlap. One that lies far from the line of its neighbours is left out: chance finds such.
    """
    return _runs(_in_line(_rising(_unique(a, b, size))), size)


def _unique(a: Sequence[Hashable], b: Sequence[Hashable], size: int) -> list[tuple[int, int]]:
    """Where runs of `size` that stand just once in each begin in a, rising, and in b."""
    grams = _grams([*a, *b], size)
    names_a, places_a = _once(grams[: max(0, len(a) - size + 1)])
    names_b, places_b = _once(grams[len(a) :])
    _, in_a, in_b = np.intersect1d(names_a, names_b, assume_unique=True, return_indices=True)
    firsts, seconds = places_a[in_a], places_b[in_b]
    order = np.argsort(firsts)
    return list(zip(firsts[order].tolist(), seconds[order].tolist(), strict=True))


def _grams(items: Sequence[Hashable], size: int) -> Ints:
    """A number for each run of `size`, in order of their beginnings; runs of the same items have the same."""
    numbers: dict[Hashable, int] = {}
    grams = np.array([numbers.setdefault(item, len(numbers)) for item in items], np.int64)
    length = 1
    while length < size and len(grams):
        more = min(length, size - length)
        # A run is two shorter ones that overlap or meet; numbered anew, two of their numbers always fit into one.
        grams = np.unique(grams[:-more] * len(items) + grams[more:], return_inverse=True)[1]
        length += more
    return grams


def _once(grams: Ints) -> tuple[Ints, Ints]:
    """Those that stand just once, rising, and where."""
    names, places, counts = np.unique(grams, return_index=True, return_counts=True)
    return names[counts == 1], places[counts == 1]


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
    around = sliding_window_view(np.pad(offsets, _AROUND, mode="reflect"), 2 * _AROUND + 1)
    kept = np.abs(offsets - np.median(around, axis=1)) <= _ASTRAY
    return [pair for pair, keep in zip(chain, kept.tolist(), strict=True) if keep]


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
