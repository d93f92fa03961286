from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from index.search.matching import Span, Spans
from index.search.nearness import REACH, near, only_near
from tests.index.making import quick


def shortest(units: list[list[Span]]) -> set[Span]:
    """Every stretch within reach that holds a span of each unit, less those that hold a shorter one."""
    reach = REACH + sum(max(end - first for first, end in spans) for spans in units)
    stretches = {(min(first for first, _ in chosen), max(end for _, end in chosen)) for chosen in product(*units)}
    within = {one for one in stretches if one[1] - one[0] <= reach}
    return {
        one for one in within if not any(other != one and one[0] <= other[0] and other[1] <= one[1] for other in within)
    }


SPANS = st.lists(
    st.tuples(st.integers(0, 120), st.integers(1, 3)).map(lambda at: (at[0], at[0] + at[1])),
    min_size=1,
    max_size=6,
    unique_by=lambda span: span[0],
).map(sorted)


@quick
@given(st.lists(SPANS, min_size=2, max_size=3))
def test_the_closest_stretches_are_found(units: list[list[Span]]) -> None:
    found = near(units)
    all_of_them = shortest(units)
    assert {stretch[:2] for stretch in found} <= all_of_them
    assert all(one.end <= other.first for one, other in pairwise(found))
    # What is left out lies over something that is at least as close.
    for first, end in all_of_them - {stretch[:2] for stretch in found}:
        assert any(first < kept.end and kept.first < end for kept in found)


@quick
@given(st.lists(SPANS, min_size=2, max_size=3))
def test_nothing_is_lost_of_what_may_be_near(units: list[list[Span]]) -> None:
    units = [[(first * 3, end * 3) for first, end in spans] for spans in units]
    left = [list(spans) for spans in only_near([Spans.of(spans) for spans in units])]
    assert all(set(few) <= set(many) for few, many in zip(left, units, strict=True))
    found = near(units)
    assert all(any(first <= span[0] and span[1] <= end for span in spans) for first, end, _ in found for spans in left)


def test_order_and_gaps_count() -> None:
    assert near([[(0, 1)], [(1, 2)]]) == [(0, 2, 0)]
    assert near([[(1, 2)], [(0, 1)]]) == [(0, 2, 1)]
    assert near([[(0, 1)], [(4, 5)]]) == [(0, 5, 3)]
    assert near([[(0, 1)], [(REACH + 2, REACH + 3)]]) == []
