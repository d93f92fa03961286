from hypothesis import given
from hypothesis import strategies as st

from index.align.missed import Slot, missed_times
from tests.index.making import quick


def starts(text: str, between: tuple[int, int], *heard: Slot, parted: str = "") -> list[int]:
    """When the words begin; `parted` are the numbers of those that begin a sentence."""
    texts = text.split()
    return missed_times(texts, [str(number) in parted for number in range(len(texts) + 1)], between, heard)[0]


def test_a_word_that_nobody_heard_was_said_in_the_silence() -> None:
    assert starts("capabilities", (1000, 2900), Slot(2600, 2900, "so")) == [1000]
    assert starts("decouple", (1000, 2900), Slot(1000, 1400, "like"), Slot(1400, 2000, "know")) == [2000]


def test_a_word_heard_otherwise_was_said_where_it_was_heard() -> None:
    others = Slot(1000, 1300, "you"), Slot(1300, 1500, "know"), Slot(1500, 2100, "promise")
    assert starts("provide", (1000, 2100), *others) == [1500]


def test_each_word_has_its_own_of_those_heard_otherwise() -> None:
    others = Slot(1000, 4000, "promise"), Slot(4000, 4200, "eye")
    assert starts("unbundling I", (1000, 4200), *others) == [1000, 4000]


def test_a_word_of_those_heard_that_is_like_it_is_it() -> None:
    others = Slot(1000, 1500, "garden"), Slot(1500, 2000, "harbor"), Slot(2000, 2500, "lantern")
    assert starts("harbour", (1000, 2500), *others) == [1500]


def test_words_that_need_all_the_time_have_all_of_it() -> None:
    begun, over = missed_times(["remarkable", "lighthouses"], [False] * 3, (1000, 1900), [Slot(1200, 1500, "so")])
    assert (begun[0], over[-1]) == (1000, 1900)


def test_in_a_long_silence_a_word_stands_beside_its_sentence() -> None:
    assert starts("harbour", (1000, 9000)) == [1000]
    assert starts("harbour", (1000, 9000), parted="0") == [8600]


def test_a_word_is_not_looked_for_in_the_midst_of_an_advertisement() -> None:
    others = [Slot(400 * number, 400 * number + 200, "product") for number in range(1, 200)]
    others[100] = Slot(others[100].start_ms, others[100].end_ms, "harbour")
    [start] = starts("harbour", (400, 80_000), *others)
    assert start < 8000 or start > 72_000


def test_where_there_is_no_time_words_have_none() -> None:
    assert missed_times(["a", "b"], [False] * 3, (1000, 1020), []) == ([1000, 1000], [1000, 1000])
    assert missed_times(["a", "b"], [True, False, False], (1000, 1020), []) == ([1020, 1020], [1020, 1020])


@quick
@given(
    st.lists(st.sampled_from(["a", "harbour", "remarkable", "25", "—"]), min_size=1, max_size=60),
    st.lists(
        st.tuples(st.integers(-300, 900), st.integers(0, 900), st.sampled_from(["so", "harbor", "x"])), max_size=30
    ),
    st.integers(0, 20_000),
    st.lists(st.booleans(), min_size=61, max_size=61),
)
def test_what_always_holds(
    texts: list[str], said: list[tuple[int, int, str]], room_ms: int, parted: list[bool]
) -> None:
    """Words follow each other, and lie between the times given."""
    heard, at = [], 0
    for pause, length, form in said:
        at = max(0, at + pause)
        heard.append(Slot(at, at + length, form))
    begun, over = missed_times(texts, parted[: len(texts) + 1], (500, 500 + room_ms), heard)
    assert len(begun) == len(over) == len(texts)
    assert sorted(begun) == begun
    assert begun[0] >= 500
    assert max(over) <= 500 + room_ms
    assert all(start <= end for start, end in zip(begun, over, strict=True))
