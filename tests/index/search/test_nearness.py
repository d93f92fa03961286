from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.search.matching import Span, Spans
from index.search.nearness import REACH, near
from tests.index.making import quick

BORDER = 60
BASES = np.array([0, BORDER, 200])


def found_near(*units: list[Span]) -> list[tuple[int, int, int]]:
    found = near([Spans.of(spans) for spans in units], BASES)
    return [(*span, apart) for span, apart in zip(found.spans, found.aparts.tolist(), strict=True)]


def shortest(units: list[list[Span]]) -> set[Span]:
    """Every stretch within reach and one episode that holds a span of each unit, less those with a shorter one."""
    reach = REACH + sum(max(end - first for first, end in spans) for spans in units)
    stretches = {(min(first for first, _ in chosen), max(end for _, end in chosen)) for chosen in product(*units)}
    within = {one for one in stretches if one[1] - one[0] <= reach and (one[0] < BORDER) == (one[1] <= BORDER)}
    return {
        one for one in within if not any(other != one and one[0] <= other[0] and other[1] <= one[1] for other in within)
    }


SPANS = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 3))
    .map(lambda at: (at[0], at[0] + at[1]))
    .filter(lambda span: (span[0] < BORDER) == (span[1] <= BORDER)),
    min_size=1,
    max_size=6,
    unique_by=lambda span: span[0],
).map(sorted)


@quick
@given(st.lists(SPANS, min_size=2, max_size=3))
def test_the_closest_stretches_are_found(units: list[list[Span]]) -> None:
    found = found_near(*units)
    all_of_them = shortest(units)
    assert {stretch[:2] for stretch in found} <= all_of_them
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    # What is left out lies over something that is at least as close.
    for first, end in all_of_them - {stretch[:2] for stretch in found}:
        assert any(first < kept[1] and kept[0] < end for kept in found)


def test_order_and_gaps_count() -> None:
    assert found_near([(0, 1)], [(1, 2)]) == [(0, 2, 0)]
    assert found_near([(1, 2)], [(0, 1)]) == [(0, 2, 1)]
    assert found_near([(0, 1)], [(4, 5)]) == [(0, 5, 3)]
    assert found_near([(0, 1)], [(REACH + 2, REACH + 3)]) == []
    assert found_near([(0, 1), (6, 7)], [(3, 4), (7, 8)]) == [(0, 4, 2), (6, 8, 0)]
    assert found_near([(0, 1)], []) == []


def test_nothing_goes_over_from_one_episode_to_the_next() -> None:
    assert found_near([(BORDER - 1, BORDER)], [(BORDER, BORDER + 1)]) == []
