from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.postings import PLAIN, Kind, bases, encode, place, slots_of, union
from tests.index.making import quick

LENGTHS = st.sampled_from([9, 200, 70_000])
KINDS = st.sampled_from([PLAIN, Kind(0b001, 1), Kind(0b110, 2)])


@st.composite
def episodes(draw: st.DrawFn) -> list[tuple[int, dict[Kind, list[int]]]]:
    """For some episodes how long they are, and where a term stands in each, kind by kind."""
    found = []
    for _ in range(draw(st.integers(1, 4))):
        length = draw(LENGTHS)
        slots = st.lists(st.integers(0, min(length, 400) - 1), min_size=1, max_size=40, unique=True).map(sorted)
        found.append((length, draw(st.dictionaries(KINDS, slots, min_size=1))))
    return found


@quick
@given(episodes())
def test_places_come_back(talks: list[tuple[int, dict[Kind, list[int]]]]) -> None:
    begins = bases(length for length, _ in talks)
    values = {number: encode(kinds, length) for number, (length, kinds) in enumerate(talks)}
    expected: dict[Kind, list[int]] = {}
    for number, (_, kinds) in enumerate(talks):
        for kind, slots in kinds.items():
            expected.setdefault(kind, []).extend(begins[number] + slot for slot in slots)
    assert {places.kind: list(places.all()) for places in place(values, begins)} == expected
    both = union([*place(values, begins), *place(values, begins)])
    assert {places.kind: list(places.all()) for places in both} == expected


def test_there_is_air_between_two_episodes() -> None:
    for length in range(20):
        begins = bases([length, 1])
        assert begins[1] > length
        assert begins[1] % 8 == 0


def test_bits_as_slots() -> None:
    assert slots_of(bytes([0b101, 0, 0b10000000])) == [0, 2, 23]


def test_damaged_places_are_noticed() -> None:
    with pytest.raises(ValueError, match="no places"):
        place({0: b"?123"}, array("I", [0, 16]))
