from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import quick, spoken, texts, timed, transcripts

from index import formats
from index.clip import clip_of, cut
from index.reel import Section, joined
from index.transcript import Transcript, WordRange


def _section(transcript: Transcript, first: int, end: int, source: str = "") -> Section:
    clip = clip_of(transcript, WordRange(first, end), pad_ms=100)
    return Section(cut(transcript, clip), clip.end_ms - clip.start_ms, source)


ONE = spoken(("Mara", "It took sixty years."), ("Ives", "And then?"))
TWO = timed(("Nothing.", 5000, 5600), ("Much.", 5700, 6000), speaker="Ives")


def test_sections_follow_each_other_with_a_gap() -> None:
    reel = joined([_section(ONE, 0, 4), _section(TWO, 0, 2), _section(ONE, 4, 6)], gap_ms=500)
    assert texts(reel.transcript) == "It took sixty years. Nothing. Much. And then?".split()
    first, second, third = reel.sections
    assert (first.start_ms, first.end_ms) == (0, 2100)
    assert (second.start_ms, second.end_ms) == (2600, 2600 + 1200)
    assert third.start_ms == second.end_ms + 500
    assert reel.length_ms == third.end_ms
    assert reel.transcript.word(4).start_ms == second.start_ms + 100
    assert [section.words for section in reel.sections] == [WordRange(0, 4), WordRange(4, 6), WordRange(6, 8)]
    assert reel.transcript.speakers == ("Mara", "Ives")
    assert [turn.speaker for turn in reel.transcript.turns()] == ["Mara", "Ives", "Ives"]


def test_each_section_bears_its_source_in_the_captions() -> None:
    reel = joined([_section(ONE, 0, 4, "One, 0:00"), _section(TWO, 0, 2, "Two\n--> 0:05")])
    text = formats.to_text(reel.transcript, "WebVTT")
    assert "\n\nOne, 0:00\n00:00:00.000 --> " in text
    assert "\n\nTwo -> 0:05\n00:00:02.200 --> " in text


def test_the_section_at_a_time() -> None:
    reel = joined([_section(ONE, 0, 4), _section(TWO, 0, 2)], gap_ms=1000)
    assert [reel.section_at(ms) for ms in (0, 2099, 2500, 3099, 3100, 99_999)] == [0, 0, 0, 0, 1, 1]


def test_there_is_something_to_join() -> None:
    with pytest.raises(ValueError, match="at least one"):
        joined([])


def test_sections_that_overlap_begin_before_the_one_before_is_over() -> None:
    reel = joined([_section(ONE, 0, 4), _section(TWO, 0, 2), _section(ONE, 4, 6)], gap_ms=[-300, -500])
    first, second, third = reel.sections
    assert (first.end_ms - second.start_ms, second.end_ms - third.start_ms) == (300, 500)
    assert [reel.section_at(ms) for ms in (second.start_ms - 1, second.start_ms)] == [0, 1]
    assert [reel.share_at(ms) for ms in (0, second.start_ms, second.start_ms + 150, first.end_ms)] == [1, 0, 0.5, 1]


def test_between_each_two_sections_lies_a_gap() -> None:
    with pytest.raises(ValueError, match="zip"):
        joined([_section(ONE, 0, 4), _section(TWO, 0, 2)], gap_ms=[100, 100])


def test_nothing_is_said_any_more_when_the_next_one_speaks() -> None:
    reel = joined([_section(ONE, 0, 4), _section(TWO, 0, 2)], gap_ms=-600)
    begun_ms = reel.transcript.word(4).start_ms
    assert begun_ms == reel.sections[1].start_ms + 100
    for word in range(4):
        assert reel.transcript.word(word).end_ms <= begun_ms
    cues = list(reel.transcript.cues())
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(cues))
    assert reel.transcript.word_at(begun_ms) == 4


@settings(quick, max_examples=25)
@given(st.lists(transcripts(), min_size=1, max_size=4), st.integers(0, 3000))
def test_a_reel_says_what_its_sections_say_when_they_say_it(parts: list[Transcript], gap_ms: int) -> None:
    sections = [Section(part, part.end_ms + 50, f"Part {number}") for number, part in enumerate(parts)]
    reel = joined(sections, gap_ms=gap_ms)
    whole = reel.transcript
    assert texts(whole) == [word for part in parts for word in texts(part)]
    assert whole.cue_count == sum(part.cue_count for part in parts)
    at = 0
    for placed, part, section in zip(reel.sections, parts, sections, strict=True):
        assert placed.end_ms - placed.start_ms == section.length_ms
        assert cut_back(whole, placed.words, placed.start_ms) == [
            (part.word(word), part.speaker_of(word), part.begins_line(word), part.is_glued(word))
            for word in part.all_words
        ]
        cues = [whole.cue(at + number) for number in range(part.cue_count)]
        assert [(cue.start_ms - placed.start_ms, cue.end_ms - placed.start_ms, len(cue.words)) for cue in cues] == [
            (cue.start_ms, cue.end_ms, len(cue.words)) for cue in part.cues()
        ]
        at += part.cue_count


def cut_back(whole: Transcript, words: WordRange, start_ms: int) -> list[object]:
    return [
        (
            type(word)(word.text, word.start_ms - start_ms, word.end_ms - start_ms, word.timing),
            whole.speaker_of(number),
            whole.begins_line(number),
            whole.is_glued(number),
        )
        for number, word in ((number, whole.word(number)) for number in words)
    ]
