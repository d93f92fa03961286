from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.align.merge import merge
from index.align.outcome import WrongTextError
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript, WordRange
from tests.index.making import quick, spoken, texts

TALE = (
    "the lighthouse keeper rowed across every morning with bread and letters while gulls argued over the harbour wall "
    "nobody remembered who had painted the boats green or why the bell rang twice before storms came in from the west"
).split()


def clean(*turns: tuple[str | None, str]) -> Transcript:
    builder = TranscriptBuilder()
    builder.forget_times()
    for speaker, text in turns:
        builder.add_cue(0, 0)
        builder.set_speaker(speaker, new_turn=True)
        builder.add_text(text)
    return builder.build()


def heard(words: list[str], *, length_ms: int = 300, gaps: dict[int, int] | None = None) -> Transcript:
    """Words that follow each other, each with a time of its own; a gap in ms before some."""
    builder = TranscriptBuilder()
    at = 0
    for number, word in enumerate(words):
        at += (gaps or {}).get(number, 0)
        builder.add_cue(at, at + length_ms)
        builder.add_word(word, at, at + length_ms)
        at += length_ms
    return builder.build()


def kinds(transcript: Transcript) -> list[Timing]:
    return [Timing(kind) for kind in transcript.timings]


def test_words_speakers_and_paragraphs_stay_and_times_come() -> None:
    text = clean(("Mara", "The lighthouse keeper rowed across, every morning,"), ("Tom", " ".join(TALE[7:])))
    result = merge(text, heard(TALE))
    merged = result.transcript
    assert (result.found, result.warning) == (1.0, "")
    assert texts(merged) == texts(text)
    assert merged.speakers == ("Mara", "Tom")
    assert [turn.words for turn in merged.turns()] == [WordRange(0, 7), WordRange(7, len(TALE))]
    assert merged.starts.tolist() == [300 * number for number in range(len(TALE))]
    assert set(kinds(merged)) == {Timing.ALIGNED}
    assert [(cue.start_ms, cue.end_ms) for cue in merged.cues()] == [(0, 2100), (2100, 300 * len(TALE))]
    assert min(merged.confidences) > 200


def test_times_that_were_estimated_stay_estimates() -> None:
    timed = spoken(" ".join(TALE[:12]), " ".join(TALE[12:24]), " ".join(TALE[24:]))
    merged = merge(clean((None, " ".join(TALE))), timed).transcript
    assert set(kinds(merged)) == {Timing.ESTIMATED}
    assert merged.starts == timed.starts


def test_a_part_that_nobody_heard_is_told_and_takes_no_time() -> None:
    cut = [f"aside{number}" for number in range(30)]
    text = clean((None, " ".join(TALE[:15] + cut + TALE[15:])))
    merged = merge(text, heard(TALE)).transcript
    assert kinds(merged)[15:45] == [Timing.UNHEARD] * 30
    assert set(kinds(merged)[:15] + kinds(merged)[45:]) == {Timing.ALIGNED}
    assert set(merged.confidences[15:45]) == {0}
    assert merged.starts[15:45].tolist() == merged.ends[15:45].tolist() == [4500] * 30
    assert merged.starts[14] == 4200
    assert merged.starts[45] == 4500


def test_a_part_that_the_text_lacks_stays_empty() -> None:
    ad = [f"ad{number}" for number in range(40)]
    merged = merge(clean((None, " ".join(TALE))), heard(TALE[:15] + ad + TALE[15:])).transcript
    assert merged.starts[14:16].tolist() == [14 * 300, 55 * 300]
    assert merged.ends[14] == 15 * 300


def test_a_beginning_and_an_end_that_nobody_heard() -> None:
    merged = merge(clean((None, " ".join(["teaser"] * 12 + TALE + ["outro"] * 9))), heard(TALE)).transcript
    assert kinds(merged)[:12] == [Timing.UNHEARD] * 12
    assert kinds(merged)[-9:] == [Timing.UNHEARD] * 9
    assert merged.starts[12] == 0


def test_a_misheard_word_is_estimated_where_another_was_heard() -> None:
    wrong = [*TALE[:9], "spread", *TALE[10:]]
    merged = merge(clean((None, " ".join(TALE))), heard(wrong)).transcript
    assert merged.starts[9] == 2700
    assert kinds(merged)[8:11] == [Timing.ALIGNED, Timing.ESTIMATED, Timing.ALIGNED]
    assert merged.confidences[9] < 128 < merged.confidences[8]


def test_a_word_said_anew_is_the_second_unless_much_lies_between() -> None:
    stammered = heard([*TALE[:12], "gulls", "the", "gulls", *TALE[13:]])
    text = clean((None, " ".join(TALE)))
    assert TALE[12] == "gulls"
    assert merge(text, stammered).transcript.starts[12] == 14 * 300
    words = [f"word{number}" for number in range(300)]
    other = [f"aside{number}" for number in range(20)]
    parted = heard([*words[:150], *other, *words[149:]])
    assert merge(clean((None, " ".join(words))), parted).transcript.starts[149] == 149 * 300
    parted = heard([*words[:150], "and", *other, "and", *words[150:]])
    text = clean((None, " ".join([*words[:150], "and", *words[150:]])))
    assert merge(text, parted).transcript.starts[150] == 171 * 300


def test_words_missed_beside_one_misheard_have_all_the_time_that_is_free() -> None:
    said = [*TALE[:10], "though", *TALE[13:]]
    text = clean((None, " ".join(TALE)))
    merged = merge(text, heard(said, gaps={10: 150, 11: 450})).transcript
    assert merged.starts[10] < 3000 + 150
    assert merged.ends[12] > 3450
    assert kinds(merged)[10:13] == [Timing.ESTIMATED] * 3


@pytest.mark.parametrize("stop", ["", ",", ".", "?”", "。", "！」"])
def test_a_word_missed_in_a_silence_stands_beside_its_sentence(stop: str) -> None:
    text = clean((None, " ".join([*TALE[:9], TALE[9] + stop, *TALE[10:]])))
    merged = merge(text, heard([*TALE[:10], *TALE[11:]], gaps={10: 6000})).transcript
    assert merged.starts[10] == (3000 if stop in ("", ",") else 9000 - 400)


def test_a_word_without_room_borrows_it_from_its_own_turn() -> None:
    text = clean(("Mara", " ".join(TALE[:10])), ("Tom", "Well, " + " ".join(TALE[10:])))
    merged = merge(text, heard(TALE)).transcript
    assert texts(merged)[10] == "Well,"
    assert merged.ends[10] - merged.starts[10] >= 40
    assert merged.starts[10] == 3000
    assert merged.starts[9] == 2700
    assert merged.ends[9] == 3000


def test_marks_that_are_no_words_share_the_time_of_the_word_before() -> None:
    merged = merge(clean((None, " ".join([*TALE[:5], "—", *TALE[5:]]))), heard(TALE)).transcript
    assert (merged.starts[4], merged.ends[5]) == (1200, 1500)
    assert merged.starts[4] < merged.starts[5] < merged.ends[5]
    assert kinds(merged)[5] == Timing.ALIGNED


def test_notes_of_sounds_are_no_words() -> None:
    merged = merge(clean((None, "[MUSIC PLAYING] " + " ".join(TALE))), heard(["[APPLAUSE]", *TALE])).transcript
    assert kinds(merged)[:2] == [Timing.UNHEARD] * 2
    assert set(kinds(merged)[2:]) == {Timing.ALIGNED}


def test_numbers_meet_however_they_are_written() -> None:
    text = clean((None, "In 1995 we had 25 boats and 3.5 tons, the 2nd most"))
    timed = heard("in nineteen ninety five we had twenty five boats and three point five tons the second most".split())
    merged = merge(text, timed).transcript
    assert set(kinds(merged)) == {Timing.ALIGNED}
    assert (merged.starts[1], merged.ends[1]) == (300, 1200)


def test_a_wrong_text_is_refused_and_a_doubtful_one_told() -> None:
    other = [f"word{number}" for number in range(80)]
    with pytest.raises(WrongTextError, match=r"^Less than 1 % of the words were found"):
        merge(clean((None, " ".join(other))), heard(TALE))
    result = merge(clean((None, " ".join(TALE + other[:60]))), heard(TALE))
    assert result.warning.startswith("Only 39 % of the words")


def test_a_timed_transcript_without_times_is_no_use() -> None:
    text = clean((None, "Hello."))
    with pytest.raises(ValueError, match="no times"):
        merge(text, text)


@quick
@given(
    st.lists(st.tuples(st.sampled_from(["keep", "drop", "add", "swap"]), st.integers(0, 30)), max_size=40),
    st.booleans(),
)
def test_what_always_holds(edits: list[tuple[str, int]], own: bool) -> None:
    """No word is lost, starts never fall, heard words last, nothing lies outside the timed transcript."""
    said = TALE * 2
    for number, (edit, place) in enumerate(edits):
        at = place % len(said)
        if edit == "drop":
            del said[at]
        elif edit == "add":
            said.insert(at, f"new{number}")
        elif edit == "swap":
            said[at] = f"other{number}"
    timed = heard(TALE * 2) if own else spoken(*(" ".join((TALE * 2)[n : n + 9]) for n in range(0, 2 * len(TALE), 9)))
    text = clean((None, " ".join(said)))
    merged = merge(text, timed).transcript
    assert texts(merged) == texts(text)
    assert all(a <= b for a, b in pairwise(merged.starts))
    assert merged.starts[0] >= 0
    assert max(merged.ends) <= timed.end_ms
    for word in merged.all_words:
        heard_at_all = merged.timings[word] != Timing.UNHEARD
        assert (merged.ends[word] > merged.starts[word]) == heard_at_all
        assert merged.confidences[word] > 0 or not heard_at_all
