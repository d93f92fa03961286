"""Moments stay with their words when the transcript changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import quick, spoken, transcripts

from index.builder import TranscriptBuilder
from index.library.anchoring import Moment, carried
from index.transcript import Transcript, WordRange

TALK = (
    "It took sixty years for the tide of sand to reach the town",
    "and then one winter it was gone again as if it had never been there",
    "yeah that is what my grandmother told me about it",
    "yeah and she was there when the church came out of the dune",
)


def moment(transcript: Transcript, words: str, nth: int = 0) -> Moment:
    """The words as they are kept, with a little air."""
    wanted, said = words.split(), [transcript.word_text(word) for word in transcript.all_words]
    places = [at for at in range(len(said)) if said[at : at + len(wanted)] == wanted]
    first, end = places[nth], places[nth] + len(wanted)
    start_ms, end_ms = transcript.span_ms(WordRange(first, end)) if transcript.timed else (0, 0)
    return Moment(first, end, max(0, start_ms - 100), end_ms + 100)


def said(transcript: Transcript, kept: Moment) -> str:
    return transcript.text_of(WordRange(kept.first, kept.end)).replace("\n", " ")


def untimed(*texts: str) -> Transcript:
    builder = TranscriptBuilder()
    for text in texts:
        builder.add_cue(0, 0)
        builder.add_text(text)
    builder.forget_times()
    return builder.build()


@pytest.mark.parametrize("words", ["sixty years", "yeah", "told me about it", "It", "dune", "never been there yeah"])
def test_words_that_are_the_same(words: str) -> None:
    old = spoken(*TALK)
    new = spoken("Welcome back to the show with some more words", *TALK)
    (kept,) = carried(old, new, [before := moment(old, words)])
    assert said(new, kept) == words
    # The new transcript says all of it one cue later, and so its times are a cue later too.
    assert (kept.start_ms, kept.end_ms) == pytest.approx((before.start_ms + 2000, before.end_ms + 2000), abs=101)


def test_the_nearest_of_many() -> None:
    old, new = spoken(*TALK), spoken(*TALK)
    for nth in (0, 1):
        (kept,) = carried(old, new, [moment(old, "yeah", nth)])
        assert kept == moment(old, "yeah", nth)


def test_corrected_words_are_known_by_those_around_them() -> None:
    old = spoken(*TALK)
    new = spoken(TALK[0], "and then one summer it was all gone again as if it had never been there", *TALK[2:])
    (kept,) = carried(old, new, [moment(old, "one winter it was gone")])
    assert said(new, kept) == "one summer it was all gone"


def test_times_stay_where_only_the_version_changes() -> None:
    old, new = spoken(*TALK), spoken("Welcome back", *TALK)
    (kept,) = carried(old, new, [before := moment(old, "sixty years")], follow=False)
    assert said(new, kept) == "sixty years"
    assert (kept.start_ms, kept.end_ms) == (before.start_ms, before.end_ms)


def test_words_that_are_gone_leave_their_place() -> None:
    old, new = spoken(*TALK), spoken(TALK[0], "hm", *TALK[2:])
    (kept,) = carried(old, new, [moment(old, "as if it had never been there")])
    assert said(new, kept)
    assert abs(kept.start_ms - 3000) < 2500


def test_without_times_the_words_around_tell() -> None:
    old, new = untimed(*TALK), untimed("Welcome", *TALK)
    kept = carried(old, new, [moment(old, "yeah", 0), moment(old, "yeah", 1), moment(old, "the dune")])
    assert [said(new, each) for each in kept] == ["yeah", "yeah", "the dune"]
    assert [new.word_text(each.first + 1) for each in kept[:2]] == ["that", "and"]


def test_times_that_come_at_last_are_taken() -> None:
    old, new = untimed(*TALK), spoken(*TALK)
    (kept,) = carried(old, new, [moment(old, "told me about it")])
    assert (kept.start_ms, kept.end_ms) == new.span_ms(WordRange(kept.first, kept.end))


def test_times_that_are_lost_stay() -> None:
    old, new = spoken(*TALK), untimed(*TALK)
    (kept,) = carried(old, new, [before := moment(old, "told me about it")])
    assert kept == before


def test_no_words_at_all() -> None:
    old, empty = spoken(*TALK), TranscriptBuilder().build()
    before = moment(old, "sixty years")
    assert carried(old, empty, [before]) == [before]
    assert carried(empty, old, [before]) == [before]


@quick
@given(transcripts(), transcripts(overlapping=True), st.data())
def test_a_moment_is_never_nowhere(old: Transcript, new: Transcript, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(first + 1, len(old)))
    start_ms, end_ms = old.span_ms(WordRange(first, end))
    (kept,) = carried(old, new, [Moment(first, end, start_ms, end_ms)])
    assert 0 <= kept.first < kept.end <= len(new)
    assert 0 <= kept.start_ms <= kept.end_ms


@quick
@given(transcripts(), st.data())
def test_where_nothing_changed_nothing_moves(old: Transcript, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(first + 1, len(old)))
    times = old.span_ms(WordRange(first, end))
    (kept,) = carried(old, old, [Moment(first, end, *times)])
    # Of the same words that begin together, as in cues at one time, any may be meant.
    assert old.starts[kept.first] == old.starts[first]
    assert kept.end - kept.first == end - first
