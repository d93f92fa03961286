from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import lines, quick, spoken, texts, timed, transcripts

from index.builder import TranscriptBuilder
from index.captions import rebreak
from index.clip import Clip, clip_of, cut
from index.formats import WriteOptions, read_bytes, to_text
from index.transcript import Timing, Transcript, WordRange

TALK = timed(("one", 1000, 1400), ("two", 1500, 1900), ("three", 2000, 2600), ("four", 3000, 3300))


# The stretch of sound


def test_a_clip_is_its_words() -> None:
    clip = clip_of(TALK, WordRange(1, 3))
    assert clip == Clip(WordRange(1, 3), 1500, 2600)


def test_air_on_either_side() -> None:
    clip = clip_of(TALK, WordRange(1, 3), pad_ms=150)
    assert (clip.start_ms, clip.end_ms) == (1350, 2750)


def test_air_ends_where_the_sound_does() -> None:
    clip = clip_of(TALK, TALK.all_words, pad_ms=5000, sound_end_ms=4000)
    assert (clip.start_ms, clip.end_ms) == (0, 4000)


def test_no_word_is_cut_off_though_the_sound_seems_shorter() -> None:
    assert clip_of(TALK, WordRange(3, 4), pad_ms=100, sound_end_ms=3100).end_ms == 3300


def test_no_words_no_clip() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        clip_of(TALK, WordRange(2, 2))


def test_people_who_talk_over_each_other() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 5000)
    builder.set_speaker("Ann")
    builder.add_word("listen", 2000, 5000)
    builder.add_cue(1000, 2500)
    builder.set_speaker("Ben")
    builder.add_word("no", 1000, 2500)
    talk = builder.build()
    clip = clip_of(talk, talk.all_words)
    assert (clip.start_ms, clip.end_ms) == (1000, 5000)
    part = cut(talk, clip)
    assert {texts(part)[word]: part.starts[word] for word in part.all_words} == {"listen": 1000, "no": 0}


# What is cut


def test_times_from_zero() -> None:
    part = cut(TALK, clip_of(TALK, WordRange(1, 3), pad_ms=100))
    assert [(word.text, word.start_ms, word.end_ms) for word in map(part.word, part.all_words)] == [
        ("two", 100, 500),
        ("three", 600, 1200),
    ]


def test_original_times() -> None:
    part = cut(TALK, clip_of(TALK, WordRange(1, 3), pad_ms=100), keep_times=True)
    assert list(part.starts) == [1500, 2000]
    assert (part.start_ms, part.end_ms) == (1500, 2600)


def test_cues_are_cut_at_words() -> None:
    talk = spoken("one two three four", "five six", "seven eight nine ten")
    part = cut(talk, clip_of(talk, WordRange(2, 8)))
    assert [lines(part, number) for number in range(part.cue_count)] == [["three four"], ["five six"], ["seven eight"]]
    whole = part.cue(1)
    offset = talk.starts[2]
    assert (whole.start_ms, whole.end_ms) == (2000 - offset, 4000 - offset)  # An uncut cue keeps its times;
    assert part.cue(0).start_ms == 0  # a cut one is shown with its words.
    assert part.cue(2).end_ms == talk.ends[7] - offset


def test_part_of_one_cue() -> None:
    talk = spoken("one two three four")
    part = cut(talk, clip_of(talk, WordRange(1, 3)))
    assert texts(part) == ["two", "three"]
    assert part.cue_count == 1


def test_speakers_and_turns() -> None:
    talk = spoken(("Ann", "one two"), ("Ben", "three"), ("Cleo", "four"), ("Ben", "five six"))
    part = cut(talk, clip_of(talk, WordRange(2, 5)))
    assert part.speakers == ("Ben", "Cleo")
    assert [(turn.speaker, part.text_of(turn.words)) for turn in part.turns()] == [
        ("Ben", "three"),
        ("Cleo", "four"),
        ("Ben", "five"),
    ]


def test_nobody_named() -> None:
    talk = spoken(("Ann", "one"), (None, "two three"))
    part = cut(talk, clip_of(talk, WordRange(1, 3)))
    assert part.speakers == ()
    assert part.speaker_of(0) is None


def test_two_turns_of_one_speaker_stay_two() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 3000)
    builder.add_text("one")
    builder.set_speaker(None, new_turn=True)
    builder.add_text("two three")
    talk = builder.build()
    assert cut(talk, clip_of(talk, WordRange(0, 2))).turn_count == 2


def test_ids_settings_and_timings() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 1000, id="a", settings="align:start")
    builder.add_text("one")
    builder.add_cue(1000, 2000)
    builder.add_word("two", 1000, 1500)
    builder.add_cue(2000, 3000, id="c", settings="line:0")
    builder.add_text("three four")
    talk = builder.build()
    part = cut(talk, clip_of(talk, WordRange(1, 3)))
    assert [(cue.id, cue.settings) for cue in part.cues()] == [("", ""), ("c", "line:0")]
    assert [part.word(word).timing for word in part.all_words] == [Timing.EXACT, Timing.ESTIMATED]


def test_lines_of_the_source_are_kept() -> None:
    talk = spoken("one two\nthree four")
    assert lines(cut(talk, clip_of(talk, WordRange(1, 3))), 0) == ["two", "three"]


def test_a_word_on_the_edge_of_a_stretch_begins_and_ends_with_it() -> None:
    part = cut(TALK, Clip(WordRange(0, 2), 1100, 1800))
    assert (list(part.starts), list(part.ends)) == ([0, 400], [300, 700])
    assert (part.start_ms, part.end_ms) == (0, 700)
    kept = cut(TALK, Clip(WordRange(0, 2), 1100, 1800), keep_times=True)
    assert (list(kept.starts), list(kept.ends)) == ([1100, 1500], [1400, 1800])


# Any clip of any transcript


@st.composite
def clips(draw: st.DrawFn, *, overlapping: bool) -> tuple[Transcript, Clip]:
    talk = draw(transcripts(overlapping=overlapping))
    first = draw(st.integers(0, len(talk) - 1))
    words = WordRange(first, draw(st.integers(first + 1, len(talk))))
    return talk, clip_of(talk, words, pad_ms=draw(st.sampled_from([0, 150, 5000])), sound_end_ms=talk.end_ms)


@quick
@given(clips(overlapping=True), st.booleans())
def test_the_words_are_those_of_the_clip(drawn: tuple[Transcript, Clip], keep_times: bool) -> None:
    talk, clip = drawn
    part = cut(talk, clip, keep_times=keep_times)
    offset = 0 if keep_times else clip.start_ms
    assert 0 <= clip.start_ms < max(clip.end_ms, clip.start_ms + 1)
    assert texts(part) == texts(talk)[clip.words.first : clip.words.end]
    assert part.text == talk.text_of(clip.words)
    for here, there in zip(part.all_words, clip.words, strict=True):
        assert part.starts[here] + offset == talk.starts[there]
        assert part.ends[here] + offset == talk.ends[there]
        assert part.timings[here] == talk.timings[there]
        assert part.speaker_of(here) == talk.speaker_of(there)
        assert part.is_glued(here) == talk.is_glued(there)


@quick
@given(clips(overlapping=True), st.booleans())
def test_the_cues_cover_the_words_in_order_within_the_clip(drawn: tuple[Transcript, Clip], keep_times: bool) -> None:
    talk, clip = drawn
    part = cut(talk, clip, keep_times=keep_times)
    offset = 0 if keep_times else clip.start_ms
    assert [word for cue in part.cues() for word in cue.words] == list(part.all_words)
    for cue in part.cues():
        assert clip.start_ms <= cue.start_ms + offset <= cue.end_ms + offset <= clip.end_ms
    assert all(cue.start_ms <= following.start_ms for cue, following in pairwise(part.cues()))


# Written and read again. Words are plain here: what text survives in which format is for the formats' own tests.

PLAIN = "one two, three. four! five don’t e-mail 3.5 AT&T 今日は天気 straße".split()


@st.composite
def plain_clips(draw: st.DrawFn, *also: str) -> tuple[Transcript, Clip]:
    talk = draw(transcripts(words=st.sampled_from([*PLAIN, *also])))
    first = draw(st.integers(0, len(talk) - 1))
    words = WordRange(first, draw(st.integers(first + 1, len(talk))))
    return talk, clip_of(talk, words, pad_ms=draw(st.sampled_from([0, 150])))


@quick
@given(plain_clips("<b>", "-->"), st.booleans(), st.booleans())
def test_a_clip_written_as_webvtt_reads_back(
    drawn: tuple[Transcript, Clip], keep_times: bool, well_broken: bool
) -> None:
    part = cut(*drawn, keep_times=keep_times)
    written = rebreak(part) if well_broken else part
    text = to_text(written, "vtt", WriteOptions(word_times=True))
    read = read_bytes(text.encode(), "clip.vtt").transcript
    assert texts(read) == texts(part)
    assert list(map(read.speaker_of, read.all_words)) == list(map(part.speaker_of, part.all_words))
    assert [(cue.start_ms, max(cue.start_ms, cue.end_ms)) for cue in read.cues()] == [
        (cue.start_ms, max(cue.start_ms + 1, cue.end_ms)) for cue in written.cues()
    ]
    exact = [word for word in part.all_words if part.timings[word] == Timing.EXACT]
    for word in exact:
        assert abs(read.starts[word] - part.starts[word]) <= 1


@quick
@given(plain_clips())
def test_a_clip_written_as_srt_reads_back(drawn: tuple[Transcript, Clip]) -> None:
    part = rebreak(cut(*drawn))
    read = read_bytes(to_text(part, "srt").encode(), "clip.srt").transcript
    assert texts(read) == texts(part)
    assert [cue.start_ms for cue in read.cues()] == [cue.start_ms for cue in part.cues()]
    assert [cue.end_ms for cue in read.cues()] == [cue.end_ms for cue in part.cues()]
