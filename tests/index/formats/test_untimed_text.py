from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import read, turns

from index import formats
from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import WriteOptions
from index.paragraphs import paragraphs
from index.transcript import Transcript
from tests.index.making import quick

NAMES = "Ana Lopez\nHello and welcome to the marsh.\nBen\nThanks, it is cold.\nAna Lopez\nIt is.\nYes.\nBen\nMm, yes.\n"
INLINE = "Ana: Hello and welcome.\nBen: Thanks.\nHere's the thing: it is cold.\nAna: So it is.\n"
ARTICLE = """The marsh in winter
Few people come here.

Note: bring boots. One thing is certain though: it is cold.
Guest: a heron, and its family
Links: see below
There was a time when nobody came, and there will be one again.
What follows is about birds: herons, ducks and others.
Birds
A heron stands still for an hour.
"""


def untimed(text: str) -> Transcript:
    result = read(text)
    assert result.format == "Plain text"
    assert result.transcript.timing == "none"
    return result.transcript


def test_names_on_lines_of_their_own() -> None:
    transcript = untimed(NAMES)
    assert turns(transcript) == [
        ("Ana Lopez", "Hello and welcome to the marsh."),
        ("Ben", "Thanks, it is cold."),
        ("Ana Lopez", "It is. Yes."),
        ("Ben", "Mm, yes."),
    ]
    assert transcript.cue_count == 5


def test_names_before_a_colon() -> None:
    assert turns(untimed(INLINE)) == [
        ("Ana", "Hello and welcome."),
        ("Ben", "Thanks. Here's the thing: it is cold."),
        ("Ana", "So it is."),
    ]


def test_two_turns_are_enough() -> None:
    assert turns(untimed("Ana: Hello & welcome\n\nBen: Thanks\n")) == [("Ana", "Hello & welcome"), ("Ben", "Thanks")]


def test_labels_of_programs_and_arrows() -> None:
    labelled = "[SPEAKER_00]: It is cold.\n[SPEAKER_01]: So it is.\n[SPEAKER_00]: Well.\n"
    assert [speaker for speaker, _ in turns(untimed(labelled))] == ["SPEAKER_00", "SPEAKER_01", "SPEAKER_00"]
    assert turns(untimed(">> It is cold.\n>> So it is.\n")) == [(None, "It is cold."), (None, "So it is.")]


def test_the_head_of_a_document_speaks_as_nobody() -> None:
    text = "Title: Marsh talk\nPlace: Ely\n\nAna: Hello and welcome.\n\nBen: Thanks.\n\nAna: So.\n\nBen: Yes.\n"
    assert untimed(text).speakers == ("Ana", "Ben")


def test_an_article_has_no_speakers() -> None:
    transcript = untimed(ARTICLE)
    assert transcript.speakers == ()
    assert transcript.turn_count == 1
    assert transcript.cue_count == 9


def test_a_slip_in_a_name_is_told() -> None:
    result = read(NAMES * 3 + "Ana Lopes\nAnd I had one more thing to say.\nSpeaker 3\nMe too.\n")
    assert result.transcript.speakers == ("Ana Lopez", "Ben", "Speaker 3")
    assert result.warnings == ("“Ana Lopes” stands once as a speaker; it was taken for “Ana Lopez”.",)


def test_lines_broken_to_fit_a_page_are_one_paragraph() -> None:
    line = "There was a time when nobody came out to the marsh in winter at all"
    assert untimed(f"{line}\n{line}\nand so on.\n\nNext one.\n").cue_count == 2
    assert untimed(f"{line}\nShort one.\n{line}\n").cue_count == 3


def test_paragraphs_are_those_of_the_source_even_when_long() -> None:
    sentence = "A heron stands still for an hour. "
    transcript = untimed(f"{sentence * 40}\n\n{sentence}\n")
    assert [len(paragraph.words) for paragraph in paragraphs(transcript)] == [280, 7]
    assert formats.to_text(transcript, "txt").count("\n\n") == 1


def test_chinese_and_russian() -> None:
    assert untimed("今天天气很好。").cue_count == 1
    assert turns(untimed("张三：你好，欢迎。\n李四：谢谢。\n"))[0][0] == "张三"
    assert turns(untimed("Анна: Привет всем.\nИван: Спасибо.\n"))[1] == ("Иван", "Спасибо.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Two words.", "neither times nor sentences"),
        ("12 34 56 78 90", "neither times nor sentences"),
        ('{"a": "there are words in it"}', "is JSON"),
        ('{"a": "there are words in it', r"damaged JSON \(unterminated string in line 1\)"),
        ("<!DOCTYPE html><p>Not found, we are sorry.</p>", "web page"),
        ("<?xml version='1.0'?><note><to>you and me there</to></note>", "XML or HTML"),
        ("<note><to>you and me there</to></note>", "XML or HTML"),
        ("one two three \x01\x02\x03\x04", "is no text"),
        ("1\nfoo --> bar\nsome text is here\n", "looks like captions"),
        ("name\tage\tcity\nAna\t3\tEly\nBen\t4\tUlm\n", "is a table"),
        ("title,url,length\nA long walk,there,12\n", "is a table"),
        ("def read(text: str) -> str:\n    return text.strip()[0] + ('x' * 3)\n", "source of something else"),
        ("a { color: red; } b { margin: 0 }", "source of something else"),
    ],
)
def test_what_is_no_prose(text: str, message: str) -> None:
    with pytest.raises(TranscriptError, match=message):
        read(text)


def test_the_projects_own_sources_are_no_transcripts() -> None:
    folder = Path(formats.__file__).parent
    taken = []
    for path in folder.glob("*.py"):
        try:
            found = formats.read(path).format
        except TranscriptError:
            continue
        if found in ("Timed text", "Markdown", "Plain text"):
            taken.append((path.name, found))
    assert not taken


_WORD = st.one_of(
    st.text("abcdeéñж", min_size=2, max_size=8), st.sampled_from("don’t e-mail Well, it. 20% (yes)".split())
)
_PARAGRAPHS = st.lists(st.lists(_WORD, min_size=3, max_size=20), min_size=1, max_size=4)


@quick
@given(st.lists(_PARAGRAPHS, min_size=2, max_size=8), st.sampled_from(["txt", "md", "docx"]))
def test_what_was_written_comes_back(said: list[list[list[str]]], format: str) -> None:
    builder = TranscriptBuilder()
    builder.forget_times()
    for number, parts in enumerate(said):
        for part in parts:
            builder.add_cue(0, 0)
            builder.set_speaker(("Ana Lopez", "Ben")[number % 2])
            builder.add_text(" ".join(["So", *part]))
    transcript = builder.build()
    result = formats.read_bytes(formats.to_bytes(transcript, format), "again")
    assert result.transcript.text == transcript.text
    assert turns(result.transcript) == turns(transcript)
    assert result.transcript.cue_count == transcript.cue_count
    assert result.transcript.timing == "none"


def test_asides_in_brackets_are_said() -> None:
    assert formats.read_text("Ana: (laughs) (sighs) (yes)\n\nBen: (coughs) (no, no) (yes)", "a").format == "Plain text"


def test_names_may_be_left_out() -> None:
    assert formats.to_text(untimed(INLINE), "txt", WriteOptions(speakers=False)).startswith(
        "Hello and welcome.\n\nThanks."
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[0:00] a b c\n" + "[" * 900_000, id="brackets"),
        pytest.param("Ann (0:00) hello there\nBob (0:01) my dear\n" + ("a" + " " * 900_000 + "\n") * 3, id="spaces"),
        pytest.param("[0:00] hello\n[0:01] there\n" + "1:00" * 200_000, id="times in a line"),
        pytest.param("[0:00] hello\n[0:01] there\nTranscribed " + "by " * 300_000, id="a long footer"),
        pytest.param("**hello** my dear friends " + "*a " * 200_000, id="stars"),
        pytest.param("# hello my dear\n" * 9000 + "[a](b " * 150_000, id="links cut short"),
        pytest.param("# hello my dear\n" * 9000 + "<a" * 300_000, id="tags cut short"),
        pytest.param("# hello my dear friends\n" + "- " * 400_000, id="dashes"),
        pytest.param("Ann\nhello my dear\nBob\nwhat is it\n" * 20_000, id="names on lines"),
        pytest.param("".join(f"Annabelle {n:x}\nhello\n" for n in range(30_000)), id="names that stand once"),
        pytest.param("hello my dear friends " * 60_000, id="one line"),
        pytest.param("hello my dear\n\n" * 500_001, id="paragraphs"),
    ],
)
def test_hostile_texts_cost_little_and_end_well(text: str) -> None:
    try:
        assert len(read(text).transcript)
    except TranscriptError as error:
        assert str(error).startswith("“talk.vtt” ")  # noqa: PT017
