import pytest
from reading import cues, read, turns, words

from index.errors import TranscriptError
from index.formats import to_text
from index.formats.base import WriteOptions
from index.formats.srt import plain_text


def srt(*texts: str) -> str:
    return "\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{text}\n" for n, text in enumerate(texts, 1))


def test_cues() -> None:
    result = read(srt("One two\nthree", "four"))
    assert result.format == "SRT"
    assert cues(result.transcript) == [(1000, 1900, "One two three"), (2000, 2900, "four")]
    assert result.transcript.begins_line(2)
    assert result.transcript.cue(0).id == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1\n00:00:01.000 --> 00:00:02.000 \nwith points", [(1000, 2000, "with points")]),
        ("1\n0:00:01,000 --> 0:00:02,5\nshort", [(1000, 2500, "short")]),
        ("1\n00:01,000 --> 00:02,250\nminutes", [(1000, 2250, "minutes")]),
        ("1\n00:00:01 --> 00:00:02\nwhole", [(1000, 2000, "whole")]),
        ("00:00:50,000 --> 00:00:90,740\nno index", [(50_000, 90_740, "no index")]),
        ("\ufeff\n\n 1 \n00:00:01,000 --> 00:00:02,000\n\nblank first", [(1000, 2000, "blank first")]),
        ("0\n00:00:01,000 --> 00:00:02,000 X1:40 X2:600 Y1:20 Y2:50\nplaced", [(1000, 2000, "placed")]),
        ("1\n00:00:01,000-->00:00:02,000\ntight", [(1000, 2000, "tight")]),
        ("1\n-00:00:01,000 --> 00:00:02,000\nearly", [(0, 2000, "early")]),
        ("1\n00:00:03,000 --> 00:00:02,000\nbackwards", [(3000, 3000, "backwards")]),
        ("1\n00:00:01,000 --> 00:00:02,000\nfirst\n\nafter a blank line", [(1000, 2000, "first after a blank line")]),
        ("A header line\n\n1\n00:00:01,000 --> 00:00:02,000\ntext", [(1000, 2000, "text")]),
        (
            "1 00:00:01,000 --> 00:00:02,000 all on 2 00:00:02,000 --> 00:00:03,000 one line of 7",
            [(1000, 2000, "all on"), (2000, 3000, "one line of 7")],
        ),
    ],
)
def test_variants(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert cues(read(text, "a.srt").transcript) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{t1}\nIt was\n1984\n\n{t2}\nnext", ["It was 1984", "next"]),
        ("{t1}\nIt was\n1984\n{t2}\nnext", ["It was 1984", "next"]),
        ("1\n{t1}\nIt was\n1984\n\n2\n{t2}\nnext", ["It was 1984", "next"]),
        ("1\n{t1}\nIt was\n2\n{t2}\nnext", ["It was", "next"]),
        ("1\n{t1}\n1\n\n2\n{t2}\n2", ["1", "2"]),
        ("7\n{t1}\na\n\n7\n{t2}\nb", ["a", "b"]),
        ("1\n{t1}\n\n2\n{t2}\nb", ["", "b"]),
        ("1\n{t1}\na\n\n\n  2\n{t2}\nb\n\n3\n", ["a", "b 3"]),
    ],
)
def test_an_index_is_digits_set_apart_or_counting_on(text: str, expected: list[str]) -> None:
    filled = text.format(t1="00:00:01,000 --> 00:00:02,000", t2="00:00:03,000 --> 00:00:04,000")
    assert [cue for _, _, cue in cues(read(filled).transcript)] == expected


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("<i>a</i> <B>b</B> <font color='#fff'>c</font> {\\an8}d", "a b c d"),
        ("a<b and c>d &amp; <x>", "a<b and c>d &amp; <x>"),
        ("{curly} <script>", "{curly} <script>"),
        ("<v Ann>hi</v>", "[Ann]: hi"),
        ("<unclosed", "<unclosed"),
    ],
)
def test_known_tags_are_dropped_and_all_else_is_text(raw: str, plain: str) -> None:
    assert plain_text(raw) == plain


def test_arrows_in_text_stay_text() -> None:
    assert words(read(srt("from a --> b", "x")).transcript) == ["from", "a", "-->", "b", "x"]


def test_a_damaged_time_drops_its_cue_and_is_told() -> None:
    result = read(srt("a", "b", "c").replace("00:00:02,000", "00:00:0x,000"))
    assert [text for _, _, text in cues(result.transcript)] == ["a", "c"]
    assert result.warnings == ("One cue with a damaged time was left out.",)


def test_names() -> None:
    text = srt("Travis: When you start\nout", "go on", "Mia Wong: Yes.\nTravis: No.", "[so]: it is")
    assert turns(read(text.replace("[so]: ", "")).transcript) == [
        ("Travis", "When you start out go on"),
        ("Mia Wong", "Yes."),
        ("Travis", "No. it is"),
    ]


def test_no_cue_is_an_error() -> None:
    with pytest.raises(TranscriptError, match=r"^“a.srt” is no transcript"):
        read("1\n99999999999:00:00,000 --> 99999999999:00:01,000\n\nlost", "a.srt")


# Writing


def test_writing() -> None:
    text = srt("Ann: One --> two", "& <three>", "Bob: four\nAnn: five\nand six")
    transcript = read(text).transcript
    assert to_text(transcript, "srt") == (
        "1\n00:00:01,000 --> 00:00:01,900\nAnn: One --> two\n\n"
        "2\n00:00:02,000 --> 00:00:02,900\n& <three>\n\n"
        "3\n00:00:03,000 --> 00:00:03,900\nBob: four\nAnn: five\nand six\n"
    )
    assert "Ann" not in to_text(transcript, "srt", WriteOptions(speakers=False))


def test_names_that_are_none_before_a_colon_are_written_in_brackets() -> None:
    text = srt("[the host]: One", "[B]: two")
    assert to_text(read(text).transcript, "srt") == text


def test_arrows_mark_turns_without_a_name() -> None:
    text = srt("Ann: One", ">> two", ">> three", ">> Ann: four", ">> Ann: five")
    transcript = read(text).transcript
    assert turns(transcript) == [("Ann", "One"), (None, "two"), (None, "three"), ("Ann", "four"), ("Ann", "five")]
    assert turns(read(to_text(transcript, "srt")).transcript) == turns(transcript)
    assert turns(read(to_text(transcript, "vtt")).transcript) == turns(transcript)


def test_a_text_that_looks_like_times_does_not_become_a_cue() -> None:
    transcript = read("WEBVTT\n\n00:01.000 --> 00:02.000\n0:01.5 --&gt; 0:02.5\n").transcript
    again = read(to_text(transcript, "srt")).transcript
    assert words(again) == ["0:01.5", "->", "0:02.5"]


def test_a_cue_lasts_when_written() -> None:
    transcript = read("1\n00:00:03,000 --> 00:00:02,000\nbackwards").transcript
    assert "00:00:03,000 --> 00:00:03,001" in to_text(transcript, "srt")
    assert "00:00:03.000 --> 00:00:03.001" in to_text(transcript, "vtt")
