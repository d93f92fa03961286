from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.builder import TranscriptBuilder
from index.transcript import NO_SPEAKER, Timing, Transcript, Turn, Word, WordRange
from tests.index.making import timed


@pytest.fixture
def talk() -> Transcript:
    """Two cues and two turns that do not begin together, and a silence between 2 and 3 seconds."""
    builder = TranscriptBuilder()
    builder.add_cue(0, 2000, id="a", settings="line:0")
    builder.set_speaker("Ann")
    for text, start_ms, end_ms in (("The", 0, 200), ("tide", 200, 900), ("rose.", 1000, 2000)):
        builder.add_word(text, start_ms, end_ms)
    builder.add_cue(3000, 5000)
    builder.add_word("Slowly.", 3000, 3500)
    builder.set_speaker("Bob")
    builder.add_word("It", 4000, 4200)
    builder.add_word("did.", 4200, 5000)
    return builder.build()


# Ranges


def test_a_range() -> None:
    words = WordRange(2, 5)
    assert (len(words), list(words), bool(words), 4 in words, 5 in words) == (3, [2, 3, 4], True, True, False)
    assert not WordRange(5, 2)
    assert len(WordRange(5, 2)) == 0
    assert WordRange(1, 2) < WordRange(2, 2)


# Words


def test_words(talk: Transcript) -> None:
    assert len(talk) == 6
    assert talk.word(1) == Word("tide", 200, 900, Timing.EXACT)
    assert talk.all_words == WordRange(0, 6)
    assert talk.text == "The tide rose. Slowly.\nIt did."


@pytest.mark.parametrize(
    ("ms", "word"), [(-1, None), (0, 0), (199, 0), (200, 1), (999, 1), (2500, 2), (3999, 3), (4000, 4), (10**9, 5)]
)
def test_the_word_at_a_time_is_the_last_begun(ms: int, word: int | None, talk: Transcript) -> None:
    assert talk.word_at(ms) == word


@pytest.mark.parametrize(
    ("ms", "start_ms"), [(-1, 0), (0, 200), (199, 200), (999, 1000), (3999, 4000), (4000, 4200), (10**9, None)]
)
def test_the_next_word_begins_after_a_time(ms: int, start_ms: int | None, talk: Transcript) -> None:
    assert talk.start_after(ms) == start_ms


def test_who_speaks_at_a_time(talk: Transcript) -> None:
    assert [talk.speaker_at(ms) for ms in (-1, 0, 3999, 4000)] == [NO_SPEAKER, 0, 0, 1]


def test_the_next_word_is_found_by_time_where_people_talk_over_each_other() -> None:
    assert timed(("a", 0, 1), ("b", 900, 950), ("c", 500, 600)).start_after(1) == 500


def test_words_at_other_times_are_found_by_those() -> None:
    across = timed(("a", 0, 10), ("b", 900, 950), ("c", 500, 600))
    assert across.word_at(700) == 2
    assert across.retimed(lambda ms: ms + 1000).word_at(1700) == 2
    together = across.retimed(lambda ms: min(ms, 400))
    assert (together.word_at(399), together.word_at(400)) == (0, 2)
    assert [(cue.start_ms, cue.end_ms) for cue in across.retimed(lambda ms: 2 * ms).cues()] == [
        (2 * cue.start_ms, 2 * cue.end_ms) for cue in across.cues()
    ]


def test_of_words_that_begin_together_the_last_is_found() -> None:
    assert timed(("a", 0, 1), ("b", 5, 6), ("c", 5, 9)).word_at(5) == 2


def test_where_people_talk_over_each_other_words_are_found_by_time() -> None:
    builder = TranscriptBuilder()
    for start_ms, text in ((0, "a b c d"), (500, "x")):
        builder.add_cue(start_ms, start_ms + 1000)
        builder.add_text(text)
    transcript = builder.build()
    assert list(transcript.starts) != sorted(transcript.starts)
    found = transcript.word_at(500)
    assert found is not None
    assert transcript.starts[found] == max(start for start in transcript.starts if start <= 500)
    assert 4 in transcript.range_between(400, 1600)


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "first", "end"),
    [(0, 5000, 0, 6), (150, 900, 1, 2), (2100, 2900, 3, 3), (3200, 4100, 3, 4), (4100, 4101, 4, 5), (900, 100, 2, 2)],
)
def test_the_words_between_two_times(start_ms: int, end_ms: int, first: int, end: int, talk: Transcript) -> None:
    found = talk.range_between(start_ms, end_ms)
    assert len(found) == end - first
    if end > first:
        assert found == WordRange(first, end)


def test_a_span(talk: Transcript) -> None:
    assert talk.span_ms(WordRange(1, 4)) == (200, 3500)
    assert talk.span_ms(WordRange(5, 6)) == (4200, 5000)


def test_text_and_prose_of_a_range(talk: Transcript) -> None:
    assert talk.text_of(WordRange(1, 5)) == "tide rose. Slowly.\nIt"
    assert talk.text_of(WordRange(3, 3)) == ""
    assert talk.prose(WordRange(3, 5)) == "Ann: Slowly.\n\nBob: It"
    assert talk.prose(WordRange(0, 0)) == ""


# Cues


def test_cues(talk: Transcript) -> None:
    first, second = talk.cues()
    assert (first.words, first.start_ms, first.end_ms, first.id, first.settings) == (
        WordRange(0, 3),
        0,
        2000,
        "a",
        "line:0",
    )
    assert (second.words, second.id) == (WordRange(3, 6), "")
    assert [talk.cue_of(word) for word in talk.all_words] == [0, 0, 0, 1, 1, 1]


# Turns


def test_turns(talk: Transcript) -> None:
    assert list(talk.turns()) == [Turn(WordRange(0, 4), "Ann"), Turn(WordRange(4, 6), "Bob")]
    assert [talk.turn_of(word) for word in talk.all_words] == [0, 0, 0, 0, 1, 1]
    assert talk.speaker_of(5) == "Bob"
    assert list(talk.turns_in(WordRange(2, 5))) == [Turn(WordRange(2, 4), "Ann"), Turn(WordRange(4, 5), "Bob")]
    assert list(talk.turns_in(WordRange(2, 2))) == []


# The whole


def test_the_whole(talk: Transcript) -> None:
    assert (talk.start_ms, talk.end_ms, talk.timing, talk.speakers) == (0, 5000, "exact", ("Ann", "Bob"))


def test_nothing_at_all() -> None:
    empty = TranscriptBuilder().build()
    assert (empty.start_ms, empty.end_ms, empty.timing) == (0, 0, "estimated")
    assert empty.word_at(5) is None
    assert not empty.range_between(0, 10)
    assert empty.prose(empty.all_words) == ""


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 50)), min_size=1, max_size=30), st.integers(0, 3000))
def test_lookup_by_time_is_what_a_search_from_the_front_finds(steps: list[tuple[int, int]], ms: int) -> None:
    at, words = 0, list[tuple[str, int, int]]()
    for pause, length in steps:
        words.append(("w", at + pause, at + pause + length))
        at += pause + length
    transcript = timed(*words)
    begun = [number for number, (_, start, _) in enumerate(words) if start <= ms]
    assert transcript.word_at(ms) == (begun[-1] if begun else None)
    inside = [number for number, (_, start, end) in enumerate(words) if 0 <= (start + end) // 2 < ms]
    assert list(transcript.range_between(0, ms)) == inside


# How times are known


def known(talk: Transcript, *timings: Timing) -> Transcript:
    return replace(talk, timings=bytes(timings))


EXACT, ESTIMATED, ALIGNED, APPROXIMATE, UNHEARD = (
    Timing.EXACT,
    Timing.ESTIMATED,
    Timing.ALIGNED,
    Timing.APPROXIMATE,
    Timing.UNHEARD,
)


@pytest.mark.parametrize(
    ("timings", "name"),
    [
        ([EXACT] * 6, "exact"),
        ([EXACT] * 5 + [UNHEARD], "exact"),
        ([ALIGNED] * 5 + [EXACT], "aligned"),
        ([ALIGNED] * 5 + [APPROXIMATE], "aligned"),
        ([ALIGNED] * 5 + [ESTIMATED], "mixed"),
        ([ESTIMATED] * 5 + [UNHEARD], "estimated"),
        ([UNHEARD] * 6, "none"),
    ],
)
def test_how_the_times_are_known_all_in_all(talk: Transcript, timings: list[Timing], name: str) -> None:
    assert known(talk, *timings).timing == name


def test_a_word_that_was_not_heard_is_never_the_word_at_a_time(talk: Transcript) -> None:
    transcript = known(talk, EXACT, UNHEARD, EXACT, EXACT, EXACT, UNHEARD)
    assert [transcript.word_at(ms) for ms in (0, 200, 999, 1000, 3000, 4999)] == [0, 0, 0, 2, 3, 4]
    assert known(talk, *[UNHEARD] * 6).word_at(1000) is None


def test_words_that_were_not_heard_end_no_stretch_of_time(talk: Transcript) -> None:
    assert known(talk, UNHEARD, EXACT, EXACT, EXACT, EXACT, UNHEARD).range_between(0, 5000) == WordRange(1, 5)


def test_confidence_is_unknown_until_it_is_given(talk: Transcript) -> None:
    assert talk.confidence(0) is None
    assert replace(talk, confidences=bytes([0, 51, 255, 0, 0, 0])).confidence(1) == pytest.approx(0.2)
