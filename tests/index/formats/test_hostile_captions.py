"""Input that is made to hang, to crash or to mislead: each is read or refused with a sentence, in linear time."""

import pytest

from index import formats
from index.errors import TranscriptError

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n"
SRT = "1\n00:00:00,000 --> 00:00:02,000\n"
TEXT = "[00:00:00.000 --> 00:00:01.000] "
MANY = 100_000


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("9" * 2_000_000 + " --> ", id="two million digits"),
        pytest.param(f"{VTT}x\n\n{'9' * 900_000} --> {'9' * 900_000}\ny", id="digits for a time in WebVTT"),
        pytest.param(f"{SRT}x\n\n{'9' * 900_000} --> {'9' * 900_000}\ny", id="digits for a time in SRT"),
        pytest.param(SRT + ("9" * 900_000 + "\n") * 3 + "00:00:03,000 --> 00:00:04,000\nx", id="digits for an index"),
        pytest.param(f"{VTT}{'<' * MANY}x", id="angle brackets"),
        pytest.param(f"{SRT}{'<font ' * MANY}x", id="font tags cut short"),
        pytest.param(f"{SRT}{'{' * MANY}x", id="braces"),
        pytest.param(f"{VTT}{'<v ' * MANY}x", id="voices cut short"),
        pytest.param(VTT + "<v A>" * MANY + "x" + "</v>" * MANY, id="nested voices"),
        pytest.param(VTT + "<i>" * MANY + "x" + "</i>" * MANY, id="nested tags"),
        pytest.param(VTT + "<00:01.000>a" * 70_000, id="stamps in one word"),
        pytest.param(VTT + "x" + "<00:01.000>" * 80_000, id="stamps before no word"),
        pytest.param(VTT + "&amp" * 200_000, id="references cut short"),
        pytest.param(f"{VTT}x{chr(10) * MANY}y", id="blank lines after a cue"),
        pytest.param(f"{SRT}x{chr(10) * MANY}y", id="blank lines in a cue"),
        pytest.param(f"{VTT}{'x' * 16_000_000}", id="one line of 16 MB"),
        pytest.param(VTT + "00:00.000 --> 00:01.000\nx\n\n" * 1_000_000, id="a million cues"),
        pytest.param(SRT + "--> " * 160_000, id="arrows"),
        pytest.param(SRT + ">> a " * MANY, id="turns"),
        pytest.param(SRT + "A: " * MANY, id="colons in a line"),
        pytest.param(SRT + "Ann: a\n" * MANY, id="names"),
        pytest.param(SRT + "[" * 300_000, id="brackets"),
        pytest.param("[0:" * 300_000, id="times cut short in brackets"),
        pytest.param(TEXT + "x\n" * MANY, id="lines that go on"),
        pytest.param("\t" * 900_000 + "-->", id="tabs before an arrow"),
        pytest.param(f"00:00:00.000{' ' * 900_000}--> 1", id="spaces before an arrow"),
        pytest.param("\n" * 2_000_000, id="nothing but lines"),
        pytest.param(" " * 900_000 + "{}", id="spaces before JSON"),
        pytest.param('{"segments":' + "[" * MANY, id="nested lists"),
        pytest.param('{"a":' * MANY, id="nested objects"),
        pytest.param(VTT + "漢" * MANY, id="a line of ideographs"),
        pytest.param(VTT + "「" * MANY, id="opening brackets of Japanese"),
        pytest.param(VTT + "a\n" * 50_000 + "\n00:02.000 --> 00:02.005\n" + "a\n" * 50_000, id="lines that may roll"),
    ],
)
def test_costs_little_and_ends_well(text: str) -> None:
    try:
        words = len(formats.read_bytes(text.encode(), "hostile.vtt").transcript)
        sentence = ""
    except TranscriptError as error:
        words, sentence = 0, str(error)
    assert words or sentence.startswith("“hostile.vtt” ")
    assert len(sentence) < 300


def test_a_commented_cue_is_read_past_and_written() -> None:
    text = f"WEBVTT\n\nNOTE 00:00:00.000 --> 00:00:01.000\nhidden\n\n{VTT.removeprefix('WEBVTT')}shown\n"
    result = formats.read_bytes(text.encode(), "a.vtt")
    assert result.warnings == ()
    assert result.transcript.text == "shown"
    assert "hidden" not in formats.to_text(result.transcript, "vtt")


def test_styles_are_never_fetched_nor_shown() -> None:
    text = "WEBVTT\n\nSTYLE\n@import url(http://example.org/x.css);\n\n00:00.000 --> 00:01.000\nshown\n"
    assert formats.read_bytes(text.encode(), "a.vtt").transcript.text == "shown"


def test_control_characters_and_surrogates_are_replaced() -> None:
    text = "WEBVTT\n\nid\x07\n00:00.000 --> 00:01.000\n<v A\x1b[1m>a\x00b \x08c\n"
    transcript = formats.read_bytes(text.encode(), "a.vtt").transcript
    assert transcript.text == "a\ufffdb \ufffdc"
    assert transcript.speakers == ("A\ufffd[1m",)
    assert transcript.cue(0).id == "id\ufffd"


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "<img src='file:///etc/passwd'>", "<a href='javascript:x'>y</a>", "%s {0} ${x}"],
)
def test_markup_in_srt_is_text(text: str) -> None:
    assert formats.read_bytes(f"{SRT}{text}\n".encode(), "a.srt").transcript.text == text


def test_a_name_of_ten_thousand_characters_is_only_long() -> None:
    text = f"{VTT}<v {'A' * 10_000}>hello"
    assert formats.read_bytes(text.encode(), "a.vtt").transcript.speakers == ("A" * 10_000,)
