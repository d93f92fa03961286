from hypothesis import given
from hypothesis import strategies as st

from index.builder import TranscriptBuilder
from index.timing import spread
from index.transcript import Transcript
from index.wordsplit import GLUED, LINE


def words(transcript: Transcript) -> list[tuple[str, int, int]]:
    return [(word.text, word.start_ms, word.end_ms) for word in map(transcript.word, transcript.all_words)]


def turns(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, transcript.text_of(turn.words)) for turn in transcript.turns()]


def test_nothing() -> None:
    transcript = TranscriptBuilder().build()
    assert (len(transcript), transcript.cue_count, transcript.turn_count, transcript.text) == (0, 0, 0, "")


def test_text_is_spread_over_its_cue() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(1000, 3000)
    builder.add_text("three short words")
    transcript = builder.build()
    expected = spread(["three", "short", "words"], 1000, 3000)
    assert [(start, end) for _, start, end in words(transcript)] == expected
    assert transcript.timing == "estimated"


def test_joints_tell_spaces_lines_and_glue() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 1000)
    builder.add_text("one  two\n\nthree 今日\nは")
    transcript = builder.build()
    assert transcript.text == "one two three 今日 は"
    assert [transcript.begins_line(word) for word in transcript.all_words] == [False, False, True, False, False, True]
    assert [transcript.is_glued(word) for word in transcript.all_words] == [False, False, False, False, True, False]


def test_exact_words_among_words_without_times() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 4000)
    builder.add_text("zero")
    builder.add_word("one", 1000, 1500)
    builder.add_text("two")
    builder.add_word("three", 2000)
    builder.add_word("four", 3000, 2000)
    builder.add_text("five")
    transcript = builder.build()
    assert words(transcript) == [
        ("zero", 0, 1000),
        ("one", 1000, 1500),
        ("two", 1500, 2000),
        ("three", 2000, 3000),
        ("four", 3000, 3000),
        ("five", 3000, 4000),
    ]
    assert bytes(transcript.timings) == bytes([1, 0, 1, 0, 0, 1])
    assert transcript.timing == "mixed"


def test_a_word_with_a_start_alone_shares_the_time_with_those_after_it() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 3000)
    builder.add_word("one", 1000)
    builder.add_text("two three")
    transcript = builder.build()
    assert words(transcript)[0][1] == 1000
    edges = [edge for _, start, end in words(transcript) for edge in (start, end)]
    assert edges == sorted(edges)
    assert edges[-1] == 3000


def test_a_word_of_several_words_shares_its_time_out() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 1000)
    builder.add_word(" New  York ", 100, 900)
    builder.add_word("")
    builder.add_word("東京", 900)
    transcript = builder.build()
    assert [text for text, *_ in words(transcript)] == ["New", "York", "東", "京"]
    assert words(transcript)[0][1] == 100
    assert words(transcript)[1][2] == 900
    assert transcript.is_glued(3)


def test_the_lines_of_one_caption_follow_each_other() -> None:
    builder = TranscriptBuilder()
    for text in ("first line", "second line"):
        builder.add_cue(1000, 3000)
        builder.add_text(text)
    transcript = builder.build()
    starts = [start for _, start, _ in words(transcript)]
    assert starts == sorted(set(starts))
    assert transcript.cue_count == 2


def test_cues_are_sorted_stably_with_all_that_belongs_to_them() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(5000, 6000, id="late", settings="line:0")
    builder.set_speaker("Ann")
    builder.add_text("five\nsix")
    builder.add_cue(1000, 2000, id="soon")
    builder.set_speaker("Bob", new_turn=True)
    builder.add_text("one")
    builder.add_cue(1000, 1500)
    builder.set_speaker("Bob", new_turn=True)
    builder.add_word("two", 1200, 1300, joint=GLUED)
    transcript = builder.build()
    assert [text for text, *_ in words(transcript)] == ["one", "two", "five", "six"]
    assert [cue.id for cue in transcript.cues()] == ["soon", "", "late"]
    assert transcript.cue(2).settings == "line:0"
    assert turns(transcript) == [("Bob", "one"), ("Bob", "two"), ("Ann", "five six")]
    assert transcript.begins_line(3)
    assert words(transcript)[1] == ("two", 1200, 1300)
    assert transcript.speakers == ("Bob", "Ann")


def test_speakers_carry_over_and_turns_end_where_they_change() -> None:
    builder = TranscriptBuilder()
    for start, name, new_turn, text in (
        (0, " Ann \n Lee", False, "a"),
        (1, "Ann Lee", False, "b"),
        (2, "Ann Lee", True, "c"),
        (3, None, False, "d"),
        (4, "", True, "e"),
        (5, "Bob", False, "f"),
    ):
        builder.add_cue(start * 1000, start * 1000 + 500)
        builder.set_speaker(name, new_turn=new_turn)
        builder.add_text(text)
    builder.add_cue(9000, 9500)
    builder.add_text("g")
    assert turns(builder.build()) == [("Ann Lee", "a b"), ("Ann Lee", "c"), (None, "d"), (None, "e"), ("Bob", "f g")]


def test_a_speaker_who_says_nothing_is_not_named() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 1)
    builder.set_speaker("Silent")
    builder.set_speaker("Ann")
    builder.add_text("a")
    assert builder.build().speakers == ("Ann",)


def test_control_characters_are_replaced_everywhere() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 1000, id="i\0", settings="s\x07")
    builder.set_speaker("A\ud800")
    builder.add_text("a\0 b")
    builder.add_word("c\x1b")
    transcript = builder.build()
    assert transcript.text == "a\ufffd b c\ufffd"
    assert transcript.speakers == ("A\ufffd",)
    assert (transcript.cue(0).id, transcript.cue(0).settings) == ("i\ufffd", "s\ufffd")


def test_an_end_before_its_start_and_negative_times() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(2000, 1000)
    builder.add_word("a", -5, -3)
    transcript = builder.build()
    assert (transcript.cue(0).start_ms, transcript.cue(0).end_ms) == (2000, 2000)
    assert words(transcript) == [("a", 0, 0)]


def test_empty_cues_are_kept() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 1000)
    builder.add_cue(1000, 2000)
    builder.add_text("a")
    builder.add_cue(2000, 3000)
    transcript = builder.build()
    assert [len(cue.words) for cue in transcript.cues()] == [0, 1, 0]
    assert transcript.cue_of(0) == 1


CUES = st.lists(
    st.tuples(
        st.integers(0, 5000),
        st.integers(0, 3000),
        st.lists(
            st.tuples(st.text(max_size=6), st.none() | st.integers(0, 8000), st.none() | st.integers(0, 8000)),
            max_size=5,
        ),
        st.none() | st.sampled_from(["Ann", "Bob"]),
        st.booleans(),
    ),
    max_size=6,
)


@given(CUES)
def test_whatever_goes_in_the_arrays_agree(
    cues: list[tuple[int, int, list[tuple[str, int | None, int | None]], str | None, bool]],
) -> None:
    builder = TranscriptBuilder()
    for start_ms, length_ms, said, speaker, new_turn in cues:
        builder.add_cue(start_ms, start_ms + length_ms)
        builder.set_speaker(speaker, new_turn=new_turn)
        for text, word_start, word_end in said:
            if word_start is None and word_end is None:
                builder.add_text(text, joint=LINE)
            else:
                builder.add_word(text, word_start, word_end)
    transcript = builder.build()
    count = len(transcript)
    lengths = {len(array) for array in (transcript.limits, transcript.starts, transcript.ends)}
    assert lengths | {len(transcript.timings), len(transcript.joints)} == {count}
    assert all(0 <= transcript.starts[word] <= transcript.ends[word] for word in transcript.all_words)
    assert list(transcript.cue_starts) == sorted(transcript.cue_starts)
    assert [word for cue in transcript.cues() for word in cue.words] == list(range(count))
    assert [word for turn in transcript.turns() for word in turn.words] == list(range(count))
    assert all(transcript.word_text(word) and not transcript.word_text(word).isspace() for word in transcript.all_words)
    assert "".join(transcript.text.split()) == "".join(map(transcript.word_text, transcript.all_words))


def test_without_times_there_are_none() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(5000, 6000)
    builder.add_text("first")
    builder.add_cue(0, 1000)
    builder.add_word("second", 10, 20)
    builder.forget_times()
    transcript = builder.build()
    assert words(transcript) == [("first", 0, 0), ("second", 0, 0)]
    assert not transcript.timed
