import pytest
from reading import read, turns

from index.formats.speakers import SpeakerMarks, is_name


@pytest.mark.parametrize(
    "name",
    [
        "Ann",
        "Ludwig van Beethoven",
        "SPEAKER_01",
        "Speaker 2",
        "Dr. Lee",
        "J.R. O’Neill",
        "Q",
        "Audience member",
        "张三",
    ],
)
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "words",
    ["Here's the thing", "ann", "10", "One Two Three Four Five", "Well", "He said,", "Stop!", "(Ann"],
)
def test_no_names(words: str) -> None:
    assert not is_name(words)


def said(*lines: str) -> list[tuple[str | None, str]]:
    text = "\n".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}\n" for n, line in enumerate(lines, 1))
    return turns(read(text).transcript)


def test_words_before_a_colon_are_not_speakers() -> None:
    lines = ("Here's the thing: it works.", "10:30 Meeting: at ten.", "see https://example.org: there")
    assert said(*lines) == [(None, " ".join(lines))]


def test_one_colon_somewhere_in_a_long_talk_is_no_speaker() -> None:
    assert said("It begins.", "Tomorrow: rain.", "It ends.") == [(None, "It begins. Tomorrow: rain. It ends.")]


def test_names_must_outnumber_other_colons() -> None:
    assert said("Ann: one", "what I mean is: two", "my advice: three") == [
        (None, "Ann: one what I mean is: two my advice: three")
    ]
    assert said("Ann: one", "what I mean is: two", "Bob: three") == [
        ("Ann", "one what I mean is: two"),
        ("Bob", "three"),
    ]


def test_a_name_carries_over_until_the_next() -> None:
    assert said("Ann: one", "two", "Bob: three", "four", "Ann: five") == [
        ("Ann", "one two"),
        ("Bob", "three four"),
        ("Ann", "five"),
    ]


def test_a_name_repeated_in_every_cue_is_one_turn() -> None:
    assert said("Ann: one", "Ann: two", "Bob: three") == [("Ann", "one two"), ("Bob", "three")]


def test_brackets_need_no_proof_and_make_other_colons_text() -> None:
    assert said("[SPEAKER_00]: one", "Ann: two", "[SPEAKER_01]: three") == [
        ("SPEAKER_00", "one Ann: two"),
        ("SPEAKER_01", "three"),
    ]
    assert said("[MUSIC] plays", "on") == [(None, "[MUSIC] plays on")]


def test_arrows() -> None:
    assert said(">> one", "two >> three", ">> ANN LEE: four", ">>> five", ">>six") == [
        (None, "one two"),
        (None, "three"),
        ("ANN LEE", "four"),
        (None, "five"),
        (None, "six"),
    ]


def test_arrows_inside_lines_alone_are_text() -> None:
    assert said("one", "cat a >> b") == [(None, "one cat a >> b")]


def test_chinese_colons_need_no_space() -> None:
    assert said("张三：你好。", "李四：好。") == [("张三", "你好。"), ("李四", "好。")]


def test_several_speakers_in_one_cue() -> None:
    assert said("- Ann: one\n- Bob: two", "Ann: three") == [("Ann", "one"), ("Bob", "two"), ("Ann", "three")]


def test_dashes_without_names_are_kept() -> None:
    assert said("- one\n- two") == [(None, "- one - two")]


def test_split_keeps_every_word() -> None:
    marks = SpeakerMarks.of(["Ann: a >> b", ">> Bob: c"])
    parts = marks.split("Ann: one >> two\n>> Bob: three\nfour")
    assert [(part.speaker, part.arrows, part.text.strip()) for part in parts] == [
        ("Ann", False, "one"),
        (None, True, "two"),
        ("Bob", True, "three"),
        (None, False, "four"),
    ]
    assert not parts[-1].changes
