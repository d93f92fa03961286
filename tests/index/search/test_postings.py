import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.postings import PLAIN, Kind, bases, count, encode, gather, place, scatter, slots_of, table_of, union
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
        assert count(values[number]) == sum(map(len, kinds.values()))
        for kind, slots in kinds.items():
            expected.setdefault(kind, []).extend((begins[number] + slots).tolist())
    stretch = gather(values)
    assert scatter(stretch) == values
    found = place(stretch, begins)
    assert {places.kind: places.all().tolist() for places in found} == expected
    assert {places.kind: places.all().tolist() for places in union([*found, *found])} == expected


def test_there_is_air_between_two_episodes() -> None:
    for length in range(20):
        begins = bases([length, 1])
        assert begins[1] > length
        assert begins[1] % 8 == 0


def test_bits_as_slots() -> None:
    table = np.array([0b101, 0, 0b10000000], np.uint8)
    assert slots_of(table).tolist() == [0, 2, 23]
    assert table_of(np.array([0, 2, 23]), 3).tolist() == table.tolist()


def test_any_damage_to_places_is_noticed() -> None:
    stretch = gather({0: encode({PLAIN: [3, 5]}, 900), 4: encode({PLAIN: [7]}, 900)})
    begins = bases([900] * 5)
    assert place(stretch, begins)[0].all().tolist() == [3, 5, begins[4] + 7]
    for at in range(len(stretch)):
        with pytest.raises(ValueError, match="no places"):
            place(stretch[:at] + bytes([stretch[at] ^ 0x55]) + stretch[at + 1 :], begins)
    for at in range(len(stretch)):
        with pytest.raises(ValueError, match="no places"):
            place(stretch[:at], begins)
