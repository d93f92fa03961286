"""Words, names and turns corrected by hand: what is said changes, when it is said does not."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import quick

from index.align.anchors import Anchor
from index.builder import TranscriptBuilder
from index.corrections import (
    Correction,
    CorrectionError,
    DropAnchor,
    FixWords,
    JoinTurns,
    NameSpeaker,
    SetAnchor,
    SetTime,
    SplitTurn,
    from_json,
    make,
    to_json,
)
from index.draft import Draft
from index.transcript import Timing, Transcript, WordRange


def talk(*, exact: bool = True) -> Transcript:
    """Three cues of two speakers; a word lasts 500 ms."""
    builder, at_ms = TranscriptBuilder(), 1000
    for speaker, text in (("Ana", "The river runs past."), ("Ana", "old houses"), ("Ben", "Where people sit?")):
        builder.add_cue(at_ms, at_ms + 500 * len(text.split()))
        builder.set_speaker(speaker)
        for word in text.split():
            builder.add_word(word, at_ms, at_ms + 500) if exact else builder.add_text(word)
            at_ms += 500
    return builder.build()


def corrected(transcript: Transcript, *corrections: Correction) -> Transcript:
    """The transcript with the corrections made."""
    draft = Draft(transcript)
    make(draft, corrections)
    return draft.build()


def check_whole(transcript: Transcript) -> None:
    """Everything of the transcript fits together."""
    words = [transcript.word_text(word) for word in transcript.all_words]
    assert "".join(transcript.text.split()) == "".join(words)
    for firsts, count in ((transcript.cue_firsts, len(words) + 1), (transcript.turn_firsts, len(words))):
        assert sorted(firsts) == list(firsts)
        assert not firsts or firsts[0] == 0
        assert all(first < count for first in firsts)
    assert len(set(transcript.turn_firsts)) == len(transcript.turn_firsts)
    assert len(transcript.turn_firsts) == len(transcript.turn_speakers)
    assert len(transcript.starts) == len(transcript.ends) == len(transcript.timings) == len(transcript.joints)
    named = [each for each in transcript.turn_speakers if each >= 0]
    assert list(dict.fromkeys(named)) == list(range(len(transcript.speakers)))
    assert all(start <= end for start, end in zip(transcript.starts, transcript.ends, strict=True))


def test_a_word_is_fixed_and_its_time_stays() -> None:
    before = talk()
    after = corrected(before, FixWords(1, 2, "rivers"))
    assert after.text_of(after.all_words) == "The rivers runs past. old houses\nWhere people sit?"
    assert (after.starts, after.ends, after.timings) == (before.starts, before.ends, before.timings)
    check_whole(after)


def test_more_words_share_the_time_and_are_estimated() -> None:
    after = corrected(talk(), FixWords(1, 2, "wide old river"))
    assert after.text.startswith("The wide old river runs")
    assert (after.starts[1], after.ends[3]) == (1500, 2000)
    assert set(after.timings[1:4]) == {Timing.ESTIMATED}
    assert after.starts[4] == 2000
    assert list(after.cue_firsts) == [0, 6, 8]
    assert list(after.turn_firsts) == [0, 8]
    check_whole(after)


def test_one_word_of_several_keeps_a_time_of_its_own() -> None:
    after = corrected(talk(), FixWords(4, 6, "greenhouses"))
    assert (after.starts[4], after.ends[4], after.timings[4]) == (3000, 4000, Timing.EXACT)
    check_whole(after)


def test_words_can_be_taken_out() -> None:
    after = corrected(talk(), FixWords(6, 9, ""))
    assert after.text == "The river runs past. old houses"
    assert after.turn_count == 1
    assert after.speakers == ("Ana",)
    assert after.cue_count == 3, "the cue stays, empty"
    check_whole(after)


def test_not_all_words_can_be_taken_out() -> None:
    with pytest.raises(CorrectionError, match="at least one word"):
        corrected(talk(), FixWords(0, 9, " "))


def test_words_of_two_turns_keep_their_number() -> None:
    assert "old house\nThere people" in corrected(talk(), FixWords(5, 7, "house There")).text
    with pytest.raises(CorrectionError, match="two turns"):
        corrected(talk(), FixWords(5, 7, "houses"))


def test_chinese_is_cut_into_its_characters() -> None:
    after = corrected(talk(), FixWords(1, 2, "河流"))
    assert after.text.startswith("The 河流 runs")
    assert (after.word_text(1), after.word_text(2)) == ("河", "流")
    check_whole(after)


def test_a_line_break_of_a_cue_stays() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 1000)
    builder.add_text("one\ntwo three")
    after = corrected(builder.build(), FixWords(0, 3, "uno due tre"))
    assert after.begins_line(1)
    assert not after.begins_line(2)


def test_untimed_words_stay_without_times() -> None:
    builder = TranscriptBuilder()
    builder.forget_times()
    builder.add_cue(0, 0)
    builder.add_text("one two")
    after = corrected(builder.build(), FixWords(0, 1, "twenty one"))
    assert not after.timed
    assert set(after.timings) == {Timing.NONE}


def test_confidences_go_along() -> None:
    before = replace(talk(), confidences=bytes([200, 100, 150, 1, 2, 3, 4, 5, 6]))
    after = corrected(before, FixWords(0, 2, "A wide river"), FixWords(5, 7, "cottages"))
    assert list(after.confidences) == [100, 100, 100, 150, 1, 2, 4, 5, 6]


def test_a_speaker_is_named_here() -> None:
    after = corrected(talk(), SplitTurn(4), NameSpeaker(1, " Cleo\n"))
    assert [turn.speaker for turn in after.turns()] == ["Ana", "Cleo", "Ben"]
    assert after.speakers == ("Ana", "Cleo", "Ben")
    check_whole(after)


def test_a_speaker_is_named_everywhere() -> None:
    after = corrected(talk(), SplitTurn(4), NameSpeaker(0, "Anna", everywhere=True))
    assert [turn.speaker for turn in after.turns()] == ["Anna", "Anna", "Ben"]


def test_a_name_can_be_taken_away() -> None:
    after = corrected(talk(), NameSpeaker(1, ""))
    assert [turn.speaker for turn in after.turns()] == ["Ana", None]


def test_turns_are_split_and_joined() -> None:
    split = corrected(talk(), SplitTurn(2))
    assert [list(turn.words) for turn in split.turns()] == [[0, 1], [2, 3, 4, 5], [6, 7, 8]]
    assert split.text.startswith("The river\nruns past.")
    joined = corrected(talk(), SplitTurn(2), JoinTurns(2), JoinTurns(1))
    assert [turn.speaker for turn in joined.turns()] == ["Ana"]
    assert "\n" not in joined.text
    check_whole(split)
    check_whole(joined)


def test_a_turn_that_begins_there_is_not_split() -> None:
    assert corrected(talk(), SplitTurn(6)).turn_count == 2


@pytest.mark.parametrize(
    "wrong",
    [FixWords(8, 10, "x"), FixWords(2, 2, "x"), FixWords(-1, 1, "x"), NameSpeaker(2, "x"), SplitTurn(9), JoinTurns(0)],
)
def test_what_does_not_fit_is_refused(wrong: Correction) -> None:
    with pytest.raises(CorrectionError, match="does not fit"):
        corrected(talk(), wrong)


def test_anchors_go_along_with_their_words() -> None:
    corrections = [SetAnchor(1, 5000), SetAnchor(7, 9000), FixWords(1, 2, "wide old river"), FixWords(0, 1, "")]
    assert make(Draft(talk()), corrections) == [Anchor(0, 5000), Anchor(8, 9000)]
    assert make(Draft(talk()), [*corrections, DropAnchor(0), SetAnchor(8, 9100)]) == [Anchor(8, 9100)]


def test_a_word_is_timed_alone_and_those_beside_it_share_what_is_left() -> None:
    fixed = corrected(talk(), SetTime(1, 4, 2, 2300))
    assert fixed.starts[2] == 2300
    assert [fixed.timings[word] for word in range(5)] == [
        Timing.EXACT,
        Timing.ESTIMATED,
        Timing.ALIGNED,
        Timing.ESTIMATED,
        Timing.EXACT,
    ]
    assert (fixed.starts[1], fixed.ends[1], fixed.ends[3]) == (1500, 2300, 3000)
    for word in (0, 4, 5, 6):
        assert fixed.starts[word] == talk().starts[word]


def test_a_word_timed_alone_stays_between_those_around_it() -> None:
    fixed = corrected(talk(), SetTime(2, 3, 2, 9000))
    assert (fixed.starts[2], fixed.ends[2]) == (2500, 2500)
    assert corrected(talk(), SetTime(2, 3, 2, 100)).starts[2] == 2000


def test_an_anchor_counts_for_the_times_it_was_set_on() -> None:
    corrections = [SetAnchor(1, 5000), SetAnchor(7, 9000, alignment=1)]
    assert make(Draft(talk()), corrections, 0) == [Anchor(1, 5000)]
    assert make(Draft(talk()), corrections, 1) == [Anchor(7, 9000)]


_TEXTS = st.text(st.sampled_from(["a", "b", "<", " ", "河", "\n", "\ud800"]), max_size=8)
_CORRECTIONS = st.lists(
    st.one_of(
        st.builds(FixWords, st.integers(0, 10), st.integers(0, 12), _TEXTS),
        st.builds(NameSpeaker, st.integers(0, 4), _TEXTS, st.booleans()),
        st.builds(SplitTurn, st.integers(0, 10)),
        st.builds(JoinTurns, st.integers(0, 4)),
        st.builds(SetAnchor, st.integers(0, 10), st.integers(0, 10_000)),
        st.builds(DropAnchor, st.integers(0, 10)),
        st.builds(SetTime, st.integers(0, 10), st.integers(0, 12), st.integers(0, 10), st.integers(0, 10_000)),
    ),
    max_size=8,
)


@quick
@given(corrections=_CORRECTIONS, exact=st.booleans())
def test_whatever_is_corrected_stays_whole(corrections: list[Correction], exact: bool) -> None:
    draft = Draft(talk(exact=exact))
    for each in corrections:
        try:
            make(draft, [each])
        except CorrectionError:
            continue
        made = draft.build()
        check_whole(made)
        assert len(draft.sources) == len(made)
        assert all(0 <= source.first < source.end <= 9 for source in draft.sources)
        assert made.cue_starts == talk().cue_starts


@quick
@given(corrections=_CORRECTIONS)
def test_corrections_survive_being_written_down(corrections: list[Correction]) -> None:
    assert [from_json(each) for each in json.loads(json.dumps(list(map(to_json, corrections))))] == corrections


@pytest.mark.parametrize(
    "damage", [None, 5, {}, {"do": "fly"}, {"do": "split"}, {"do": "split", "word": 1, "x": 2}, []]
)
def test_damaged_corrections_are_told(damage: object) -> None:
    with pytest.raises(CorrectionError, match="damaged"):
        from_json(damage)


def test_sources_tell_where_words_come_from() -> None:
    draft = Draft(talk())
    make(draft, [FixWords(1, 3, "one two three"), FixWords(0, 1, "A")])
    assert draft.sources[:5] == [WordRange(0, 1), *[WordRange(1, 3)] * 3, WordRange(3, 4)]
