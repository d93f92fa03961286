import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import quick, timed

from index.clip import Clip, clip_of
from index.edges import LEAST_MS, air_ms, near_word, with_edge, with_words
from index.transcript import WordRange

TALK = timed(("one", 1000, 1400), ("two", 1500, 1900), ("three", 2000, 2600), ("four", 3000, 3300))
MIDDLE = clip_of(TALK, WordRange(1, 3), pad_ms=100)  # 1400 to 2700.
SOUND_MS = 4000


@pytest.mark.parametrize(
    ("begin", "ms", "words"),
    [
        (True, 1250, (1, 3)),  # The middle of "one" is at 1200.
        (True, 1150, (0, 3)),
        (True, 1690, (1, 3)),
        (True, 1710, (2, 3)),
        (False, 3100, (1, 3)),
        (False, 3200, (1, 4)),
        (False, 2250, (1, 2)),
    ],
)
def test_words_whose_middle_an_edge_passes_join_or_leave(begin: bool, ms: int, words: tuple[int, int]) -> None:
    edged = with_edge(TALK, MIDDLE, begin, ms, sound_ms=SOUND_MS)
    assert edged.words == WordRange(*words)
    assert (edged.start_ms if begin else edged.end_ms) == ms
    assert (edged.end_ms if begin else edged.start_ms) == (MIDDLE.end_ms if begin else MIDDLE.start_ms)


def test_an_edge_stays_in_the_sound_and_short_of_the_other() -> None:
    assert with_edge(TALK, MIDDLE, True, -7, sound_ms=SOUND_MS).start_ms == 0
    assert with_edge(TALK, MIDDLE, False, 10**6, sound_ms=SOUND_MS).end_ms == SOUND_MS
    assert with_edge(TALK, MIDDLE, False, 10**6).end_ms == 10**6, "nobody knows where the sound ends"
    assert with_edge(TALK, MIDDLE, True, 10**6, sound_ms=SOUND_MS).start_ms == MIDDLE.end_ms - LEAST_MS
    assert with_edge(TALK, MIDDLE, False, 0, sound_ms=SOUND_MS).end_ms == MIDDLE.start_ms + LEAST_MS


def test_without_words_the_times_alone_move() -> None:
    assert with_edge(None, MIDDLE, True, 500) == Clip(MIDDLE.words, 500, MIDDLE.end_ms)


def test_an_edge_moves_by_word_and_leaves_the_other_alone() -> None:
    trimmed = Clip(MIDDLE.words, MIDDLE.start_ms, 2655)
    assert with_words(TALK, trimmed, True, -1, pad_ms=100) == Clip(WordRange(0, 3), 900, 2655)
    assert with_words(TALK, trimmed, False, 1, pad_ms=100) == Clip(WordRange(1, 4), trimmed.start_ms, 3400)
    assert with_words(TALK, trimmed, True, -9, pad_ms=100).words.first == 0
    assert with_words(TALK, trimmed, True, 2, pad_ms=100) == trimmed, "a clip has a word at least"
    assert with_words(TALK, trimmed, False, 9, pad_ms=900, sound_ms=SOUND_MS).end_ms == SOUND_MS


def test_the_air_of_a_clip() -> None:
    assert air_ms(TALK, MIDDLE) == (100, 100)
    assert air_ms(TALK, Clip(MIDDLE.words, 1550, 3000)) == (-50, 400)


def test_near_a_word_is_where_it_would_begin_or_end_with_its_air() -> None:
    assert near_word(TALK, True, 1480, pad_ms=100) == 1400
    assert near_word(TALK, True, 2700, pad_ms=100) == 2900
    assert near_word(TALK, False, 2650, pad_ms=100) == 2700
    assert near_word(TALK, True, 0, pad_ms=2000) == 0, "there is no time before the sound"


@quick
@given(st.booleans(), st.integers(-500, 5000), st.integers(-500, 5000))
def test_however_an_edge_is_carried_a_clip_stays_one(begin: bool, ms: int, then_ms: int) -> None:
    clip = with_edge(TALK, with_edge(TALK, MIDDLE, begin, ms, sound_ms=SOUND_MS), begin, then_ms, sound_ms=SOUND_MS)
    assert 0 <= clip.start_ms <= clip.end_ms - LEAST_MS
    assert clip.end_ms <= SOUND_MS
    assert clip.words
    heard = TALK.range_between(clip.start_ms, clip.end_ms)
    assert not heard or (clip.words.first <= heard.first and heard.end <= clip.words.end)
