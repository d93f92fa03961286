import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.search.matching import Spans, sequences
from index.search.postings import EVERY, NO_SLOTS, PLAIN, Kind, Places, table_of
from tests.index.making import quick

ROOM = 96
WIDE = Kind(0b010, 2)


def naive(terms: list[dict[Kind, list[int]]], readings: int) -> set[tuple[int, int]]:
    """Where the terms follow each other, looked for slot by slot; what lies over one before it in its reading not."""
    found = set()
    for reading in (bit for bit in (1, 2, 4) if readings & bit):
        reached = 0
        for first in range(ROOM):
            ends = {first}
            for term in terms:
                ends = {
                    end + kind.width for end in ends for kind in term if kind.readings & reading and end in term[kind]
                }
            for end in sorted(ends):
                if first >= reached:
                    found.add((first, end))
                    reached = end
    return found


@st.composite
def places(draw: st.DrawFn) -> tuple[dict[Kind, list[int]], list[Places]]:
    """A term, as lists and as bits."""
    slots = st.lists(st.integers(0, ROOM - 3), min_size=1, max_size=60, unique=True).map(sorted)
    kinds = draw(st.dictionaries(st.sampled_from([PLAIN, PLAIN, WIDE]), slots, min_size=1))
    found = []
    for kind, of_kind in kinds.items():
        listed = np.array(of_kind, np.int64)
        dense = draw(st.booleans())
        found.append(Places(kind, NO_SLOTS, table_of(listed, ROOM >> 3)) if dense else Places(kind, listed))
    return kinds, found


@quick
@given(st.lists(places(), min_size=1, max_size=4), st.sampled_from([EVERY, 0b010, 0b101]))
def test_terms_in_a_row_are_found_however_they_are_kept(
    terms: list[tuple[dict[Kind, list[int]], list[Places]]], readings: int
) -> None:
    counts = [sum(map(len, kinds.values())) for kinds, _ in terms]
    found = sequences(counts, lambda number: terms[number][1], readings)
    # Two kinds of a term at one slot do not come from one transcript: which of them is kept is left open.
    expected = naive([kinds for kinds, _ in terms], readings)
    if all(len(kinds) == 1 for kinds, _ in terms):
        assert set(found) == expected
    else:
        assert {first for first, _ in found} >= {min(expected)[0]} if expected else not len(found)


def test_nothing_is_asked_for_that_cannot_matter() -> None:
    asked: list[int] = []

    def places(number: int) -> list[Places]:
        asked.append(number)
        return [Places(PLAIN, np.array([[4], [9], [10]][number]))]

    assert not len(sequences([3, 1, 2], places))
    assert asked == [1, 2, 0]
    asked.clear()
    assert not len(sequences([2, 1, 3], places))
    assert asked == [1, 0]


def test_words_that_would_begin_far_before_the_first_slot_are_not_found() -> None:
    wide = Kind(EVERY, 25)
    twice = [Places(wide, NO_SLOTS, table_of(np.array([0, 25]), 7))]
    last = [Places(PLAIN, NO_SLOTS, table_of(np.array([50]), 7))]
    assert list(sequences([2, 2, 1], [twice, twice, last].__getitem__)) == [(0, 51)]
    assert not len(sequences([2, 2, 2, 1], [twice, twice, twice, last].__getitem__))


def test_spans_of_several_are_put_in_order_each_once() -> None:
    several = [Spans.of([(1, 3), (8, 9)]), Spans.of([(1, 2), (1, 3)])]
    assert list(Spans.together(several)) == [(1, 2), (1, 3), (8, 9)]
