from hypothesis import given
from hypothesis import strategies as st

from index.timing import spread, spread_apart


def test_nothing_to_spread() -> None:
    assert spread([], 0, 1000) == []
    assert spread_apart([], 0, 1000) == ([], [])


def test_one_word_takes_it_all() -> None:
    assert spread(["word"], 100, 900) == [(100, 900)]
    assert spread(["word"], 900, 100) == [(900, 900)]


def test_long_words_take_longer_and_stops_make_pauses() -> None:
    (_, short), (long_begins, long_ends), (last_begins, _) = spread(["a", "considerable.", "time"], 0, 3000)
    assert long_ends - long_begins > 3 * short
    assert last_begins > long_ends
    assert spread(["one,", "two"], 0, 1000)[0][1] < spread(["one,", "two"], 0, 1000)[1][0]


def test_no_pause_is_kept_after_the_last_word() -> None:
    assert spread(["The", "end."], 0, 1000)[-1][1] == 1000


WORDS = st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=40)


@given(WORDS, st.integers(0, 10**9), st.integers(0, 10**6))
def test_words_follow_each_other_from_start_to_end(words: list[str], start_ms: int, length_ms: int) -> None:
    times = spread(words, start_ms, start_ms + length_ms)
    edges = [edge for pair in times for edge in pair]
    assert len(times) == len(words)
    assert edges == sorted(edges)
    assert edges[0] == start_ms
    assert edges[-1] == start_ms + length_ms


@given(WORDS)
def test_a_stretch_that_ends_before_it_begins_has_no_length(words: list[str]) -> None:
    assert set(spread(words, 500, 400)) == {(500, 500)}
