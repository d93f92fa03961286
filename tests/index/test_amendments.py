"""What was found and corrected, put on the original: together, in any order, and taken back."""

from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import counted, quick

from index.amendments import Amended, Amendments, amend, with_found_times
from index.change_list import change_list
from index.corrections import Correction, CorrectionError, FixWords, NameSpeaker, SetAnchor, SplitTurn
from index.transcript import Timing, Transcript


def heard(amended: Amended, by_ms: int = 70) -> Transcript:
    """The words as an alignment with the sound would give them: all a little later, and sure."""
    transcript, count = amended.transcript, len(amended.transcript)
    return replace(
        transcript,
        starts=array("q", (start + by_ms for start in transcript.starts)),
        ends=array("q", (end + by_ms for end in transcript.ends)),
        timings=bytes([Timing.ALIGNED]) * count,
        confidences=bytes([230]) * count,
    )


def corrected(original: Transcript, *corrections: Correction) -> Transcript:
    """The original with corrections made."""
    return amend(Amendments(original, corrections=corrections)).transcript


def test_nothing_done_is_the_original() -> None:
    original = counted(20)
    assert amend(Amendments(original)).transcript is original
    assert Amendments(original).is_empty


def test_found_times_stay_with_corrected_words() -> None:
    nothing = Amendments(counted(20))
    found = with_found_times(nothing, amend(nothing), heard(amend(nothing)))
    fixed = amend(replace(found, corrections=(FixWords(3, 4, "three"), FixWords(5, 6, "five and a half")))).transcript
    assert fixed.word_text(3) == "three"
    assert (fixed.starts[3], fixed.timings[3]) == (3070, Timing.ALIGNED)
    assert (fixed.starts[5], fixed.timings[6]) == (5070, Timing.ESTIMATED)
    assert (fixed.starts[9], fixed.confidences[9]) == (6070, 230)


def test_times_found_for_corrected_words_are_those_of_the_original() -> None:
    amendments = Amendments(
        counted(20), corrections=(FixWords(5, 6, "five and"), FixWords(10, 12, "ten"), NameSpeaker(0, "Ana"))
    )
    amended = amend(amendments)
    found = with_found_times(amendments, amended, heard(amended))
    assert found.found is not None
    assert found.found.text == amendments.original.text
    assert [found.found.starts[word] for word in (4, 5, 6, 9)] == [4070, 5070, 6070, 9070]
    assert found.found.timings[9] == Timing.ESTIMATED, "two words stood for one"
    assert amend(found).transcript.speakers == ("Ana",)
    assert amend(found).transcript.starts[6] == pytest.approx(5070 + 300, abs=200)


def test_words_taken_out_have_no_time_found() -> None:
    amendments = Amendments(counted(20), corrections=(FixWords(5, 8, ""),))
    found = with_found_times(amendments, amend(amendments), heard(amend(amendments))).found
    assert found is not None
    assert [Timing(found.timings[word]) for word in (4, 5, 7, 8)] == [
        Timing.ALIGNED,
        Timing.UNHEARD,
        Timing.UNHEARD,
        Timing.ALIGNED,
    ]


def test_anchors_end_where_times_are_found() -> None:
    shifted = Amendments(counted(20), corrections=(SetAnchor(5, 9000),))
    amended = amend(shifted)
    assert amended.transcript.starts[0] == 4000
    found = with_found_times(shifted, amended, heard(amended, 0))
    assert amend(found).transcript.starts[5] == 9000
    assert amend(found).anchors == ()
    again = replace(found, corrections=(*found.corrections, SetAnchor(5, 9100, alignment=1)))
    assert amend(again).transcript.starts[0] == 4100


def test_times_of_other_words_are_refused() -> None:
    nothing = Amendments(counted(20))
    with pytest.raises(ValueError, match="other words"):
        with_found_times(nothing, amend(nothing), counted(19))


_CORRECTIONS = st.lists(
    st.one_of(
        st.builds(FixWords, st.integers(0, 15), st.integers(1, 20), st.sampled_from(["", "one", "one two", "a b c"])),
        st.builds(SplitTurn, st.integers(0, 15)),
    ),
    max_size=6,
)


@quick
@given(_CORRECTIONS)
def test_found_times_and_corrections_agree(corrections: list[Correction]) -> None:
    amendments = Amendments(counted(20), corrections=tuple(corrections))
    try:
        amended = amend(amendments)
    except CorrectionError:
        return
    found = with_found_times(amendments, amended, heard(amended))
    assert found.found is not None
    assert sorted(found.found.starts) == list(found.found.starts)
    assert amend(found).transcript.text == amended.transcript.text


def test_the_diff_tells_what_was_changed() -> None:
    original = counted(70)
    amended = corrected(original, FixWords(12, 13, "twelve"), SplitTurn(54), NameSpeaker(1, "Ben"))
    assert change_list(original, amended, "talk.vtt").splitlines() == [
        "--- talk.vtt",
        "+++ talk.vtt (corrected)",
        "@@ -1,3 +1,3 @@ 0:10",
        " w0 w1 w2 w3 w4 w5 w6 w7 w8 w9",
        "-w10 w11 w12 w13 w14 w15 w16 w17 w18 w19",
        "+w10 w11 twelve w13 w14 w15 w16 w17 w18 w19",
        " w20 w21 w22 w23 w24 w25 w26 w27 w28 w29",
        "@@ -5,3 +5,3 @@ 0:50",
        " w40 w41 w42 w43 w44 w45 w46 w47 w48 w49",
        "-w50 w51 w52 w53 w54 w55 w56 w57 w58 w59",
        "+w50 w51 w52 w53 / Ben: w54 w55 w56 w57 w58 w59",
        " w60 w61 w62 w63 w64 w65 w66 w67 w68 w69",
    ]


def test_without_changed_words_there_is_no_diff() -> None:
    original = counted(20)
    assert change_list(original, corrected(original, SetAnchor(5, 9000)), "x") == ""


def test_a_name_cannot_break_the_diff() -> None:
    text = change_list(
        counted(10), amend(Amendments(counted(10), corrections=(FixWords(0, 1, "a"),))).transcript, "a\n+b"
    )
    assert text.splitlines()[0] == "--- a +b"
