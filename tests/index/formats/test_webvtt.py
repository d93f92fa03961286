import pytest
from reading import cues, exact, read, turns, words

from index import formats
from index.errors import TranscriptError
from index.formats.base import Findings
from index.formats.webvtt import plain_text
from index.formats.webvtt_cues import parse_cues

HEAD = "WEBVTT\n\n"


def one(text: str, timing: str = "00:01.000 --> 00:05.000") -> str:
    return f"{HEAD}{timing}\n{text}\n"


# The file


def test_a_cue_has_its_id_times_text_and_settings() -> None:
    text = f"{HEAD}opening\n01:00:00.500 --> 01:00:02.250 line:0  align:start\nTwo lines\nof text\n"
    (cue,) = parse_cues(text, strict=True)
    assert cue == (3_600_500, 3_602_250, "Two lines\nof text", "opening", "line:0  align:start")
    transcript = read(text).transcript
    assert transcript.cue(0).id == "opening"
    assert transcript.cue(0).settings == "line:0  align:start"
    assert transcript.begins_line(2)


@pytest.mark.parametrize(
    "timing",
    [
        "00:00.000 --> 00:00.00",
        "00:00:0.000 --> 00:00:02.000",
        "0:00.000 --> 0:02.000",
        "00:60.000 --> 00:61.000",
        "60:00.000 --> 61:00.000",
        "00:00:00.0000 --> 00:00:01.000",
        "00:00:00.000 --> 00:00:01.0000",
        "00:00:00.000 -> 00:00:01.000",
        "00:00:00.000 - -> 00:00:01.000",
        "x00:00.000 --> 00:01.000",
        "00:00.000 --> ",
        "--> 00:01.000",
        "٠٠:00.000 --> 00:01.000",
        "00:00:00.000\v--> 00:00:01.000",
        "0\x0000:00.000 --> 00:01.000",
        "99999999999:00:00.000 --> 99999999999:00:01.000",
        "-00:01.000 --> 00:02.000",
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_a_cue_with_a_damaged_time_is_left_out(timing: str, strict: bool) -> None:
    good = "00:02.000 --> 00:03.000\ngood\n"
    findings = Findings()
    assert [cue.text for cue in parse_cues(f"{HEAD}{timing}\nbad\n\n{good}", strict=strict, findings=findings)] == [
        "good"
    ]
    if "-->" in timing:
        assert findings.sentences() == ("One cue with a damaged time was left out.",)


@pytest.mark.parametrize(
    ("timing", "start_ms", "end_ms"),
    [
        ("00:00:25.000-->00:00:27.000", 25_000, 27_000),
        ("\t00:00:25.000 \t--> \f00:00:27.000\t", 25_000, 27_000),
        ("0:00:25.000 --> 000:00:27.000", 25_000, 27_000),
        ("100:00:00.000 --> 1000:00:00.001line:4", 360_000_000, 3_600_000_001),
        ("00:02.000 --> 00:01.000", 2_000, 1_000),
    ],
)
def test_times_as_the_standard_allows_them(timing: str, start_ms: int, end_ms: int) -> None:
    (cue,) = parse_cues(one("x", timing), strict=True)
    assert (cue.start_ms, cue.end_ms) == (start_ms, end_ms)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WEBVTT\n00:01.000 --> 00:02.000\na", ["a"]),
        ("WEBVTT\nKind: captions\nX: y\n\n00:01.000 --> 00:02.000\na", ["a"]),
        (f"{HEAD}NOTE\n\n00:01.000 --> 00:02.000\na\n\nNOTE b\nc\n\n", ["a"]),
        (f"{HEAD}STYLE\n::cue {{ color: red }}\n\nREGION\nid:x\n\n00:01.000 --> 00:02.000\na", ["a"]),
        (f"{HEAD}00:01.000 --> 00:02.000\na\n00:02.000 --> 00:03.000\nb", ["a", "b"]),
        (f"{HEAD}00:01.000 --> 00:02.000\n00:02.000 --> 00:03.000\nb", ["", "b"]),
        (f"{HEAD}00:01.000 --> 00:02.000\na\n2\n00:02.000 --> 00:03.000\nb", ["a\n2", "b"]),
        (f"{HEAD}00:01.000 --> 00:02.000\na\n \nb\n\nlost\n", ["a\n \nb"]),
        (f"{HEAD}a --> b\n00:01.000 --> 00:02.000\n-->\nlost", [""]),
        (f"{HEAD}\n\n\n00:01.000 --> 00:02.000\na", ["a"]),
        (f"{HEAD}00:01.000 --> 00:02.000\nNOTE is text here\nSTYLE", ["NOTE is text here\nSTYLE"]),
        (f"{HEAD}00:01.000 --> 00:02.000\nnul \0 end", ["nul \ufffd end"]),
        (f"{HEAD}00:01.000 --> 00:02.000\nline\u2028end\x85x\x0cy", ["line\u2028end\x85x\x0cy"]),
        (f"{HEAD}00:01.000 --> 00:02.000\nlast\n\n00:01.000 --> 00:0", ["last"]),
        ("WEBVTT", []),
        ("WEBVTT ", []),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    for strict in (True, False):
        assert [cue.text for cue in parse_cues(text, strict=strict)] == expected


@pytest.mark.parametrize("signature", ["", "webvtt\n", "WEBVTTfoo\n", "\ufeff WEBVTT\n", "\nWEBVTT\n", "\tWEBVTT\n"])
def test_a_wrong_signature_is_read_with_a_warning_but_not_strictly(signature: str) -> None:
    text = f"{signature}\n00:01.000 --> 00:02.000\n<v Ann>Hello"
    assert parse_cues(text, strict=True) == []
    result = read(text)
    assert result.format == "WebVTT"
    assert turns(result.transcript) == [("Ann", "Hello")]
    assert result.warnings == ("The signature “WEBVTT” is missing or misspelt.",)


def test_times_in_seconds_alone_as_podcasts_publish_them() -> None:
    result = read(f"{HEAD}0.860 --> 7.38\n<v Mara>One\n\n59.5 --> 1:02.380\ntwo\n\n1:02.380 --> 1:02:03.456\nthree\n")
    assert cues(result.transcript) == [(860, 7380, "One"), (59_500, 62_380, "two"), (62_380, 3_723_456, "three")]
    assert result.warnings == ("3 cues have short times such as “0.860”; they were read.",)


def test_times_with_a_comma() -> None:
    result = read(f"{HEAD}1\n00:00:01,000 --> 00:00:02,500\na\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n")
    assert cues(result.transcript) == [(1000, 2500, "a"), (3000, 4000, "b")]
    assert result.warnings == ("2 cues have times with a comma, as SRT does; they were read.",)


def test_one_comma_among_sound_times_is_damage() -> None:
    good = "".join(f"00:0{n}.000 --> 00:0{n}.500\ngood\n\n" for n in range(4))
    assert len(parse_cues(f"{HEAD}{good}00:05,000 --> 00:06,000\nbad")) == 4


def test_an_index_without_a_blank_line_before_it() -> None:
    result = read(f"{HEAD}1\n00:01.000 --> 00:02.000\na\n2\n00:02.000 --> 00:03.000\nb")
    assert words(result.transcript) == ["a", "b"]
    assert result.transcript.cue(1).id == "2"
    assert result.warnings == ("One blank line is missing between cues.",)


def test_text_without_a_time_is_told() -> None:
    result = read(one("a") + "\nThis stands alone.\n")
    assert result.warnings == ("One block of text without a time was left out.",)


# The text of a cue


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("a &amp; b &lt;c&gt; &nbsp;&lrm;&eacute;&#233;&#xe9;", "a & b <c> \xa0\u200eééé"),
        ("&amp &lt &gt; &ampx &am &bogus; &", "& < > &x &am &bogus; &"),
        ("&amp;lt;", "&lt;"),
        ("&#0; &#xd800; &#x110000;", "\ufffd \ufffd \ufffd"),
        ("<i>un</i>bro<b.x.y>ken</b>", "unbroken"),
        ("<ruby>base<rt>over</rt></ruby>", "baseover"),
        ("<lang en-GB>colour</lang> <bogus>kept</bogus>", "colour kept"),
        ("a <b text", "a "),
        ("a < b > c", "a  c"),
        ("</c>a</", "a"),
        ("<>a<.x>b</>", "ab"),
        ("<c.a<b>c>d", "c>d"),
        ("<00:00:01.000>a<x0:01.000>b", "ab"),
        ("a > b >> c", "a > b >> c"),
        ("<v A & B>x", "x"),
    ],
)
def test_plain_text_is_what_a_browser_shows(raw: str, plain: str) -> None:
    assert plain_text(raw) == plain


def test_markup_inside_a_word_does_not_cut_it() -> None:
    transcript = read(one("<i>un</i>bro<b>ken</b> <c.yellow>word</c>")).transcript
    assert words(transcript) == ["unbroken", "word"]


def test_script_and_images_are_dropped_as_tags_or_shown_as_text() -> None:
    transcript = read(one("<script>alert(1)</script> &lt;img src=x&gt; <img src='file:///x'>")).transcript
    assert transcript.text == "alert(1) <img src=x>"


# Voices


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<v Ann>Hello", [("Ann", "Hello")]),
        ("<v Ann>Hello</v>", [("Ann", "Hello")]),
        ("<v Ann>Hello</v> there", [("Ann", "Hello"), (None, "there")]),
        ("Well <v Ann>Hello", [(None, "Well"), ("Ann", "Hello")]),
        ("<i><v.loud.x Tom &amp; Jerry>Hello</v></i>", [("Tom & Jerry", "Hello")]),
        ("<v Ann>One</v>\n<v Bob>Two", [("Ann", "One"), ("Bob", "Two")]),
        (
            "<v Ann>One <v Bob>two</v> three</v> four",
            [("Ann", "One"), ("Bob", "two"), ("Ann", "three"), (None, "four")],
        ),
        ("<v Ann>One</v>\n<v Ann>Two", [("Ann", "One Two")]),
        ("<v  Ann\n Lee >Hello", [("Ann Lee", "Hello")]),
        ("<v>Hello", [(None, "Hello")]),
        ("<vx Ann>Hello", [(None, "Hello")]),
        ("<v Ann>Note: he left", [("Ann", "Note: he left")]),
    ],
)
def test_voices(text: str, expected: list[tuple[str | None, str]]) -> None:
    assert turns(read(one(text)).transcript) == expected


def test_a_voice_goes_on_over_cues_until_it_is_ended_or_another_speaks() -> None:
    text = "".join(
        f"00:0{n}.000 --> 00:0{n}.900\n{line}\n\n"
        for n, line in enumerate(["<v Ann>a", "b", "<v Bob>c", "<v Bob>d", "e</v> f", "g"])
    )
    assert turns(read(HEAD + text).transcript) == [("Ann", "a b"), ("Bob", "c d e"), (None, "f g")]


def test_speakers_in_ids() -> None:
    ids = ["Speaker 1", "Speaker 2", "Speaker 2"]
    text = "".join(f"{id}\n00:0{n}.000 --> 00:0{n}.900\nword{n}\n\n" for n, id in enumerate(ids))
    assert turns(read(HEAD + text).transcript) == [("Speaker 1", "word0"), ("Speaker 2", "word1 word2")]
    mixed = text.replace("Speaker 1", "intro")
    assert turns(read(HEAD + mixed).transcript) == [(None, "word0 word1 word2")]


def test_zoom_names_before_a_colon() -> None:
    text = "1\n00:05.790 --> 00:13.514\nChristina: Good &amp; short\n\n2\n00:14.000 --> 00:15.000\nLee Wu: Yes: it is\n"
    assert turns(read(HEAD + text).transcript) == [("Christina", "Good & short"), ("Lee Wu", "Yes: it is")]


# Word times


def test_stamps_are_word_times() -> None:
    transcript = read(one("So <00:02.000>here <00:03.500><c>we are</c> now")).transcript
    assert exact(transcript) == [("So", 1000, 2000), ("here", 2000, 3500), ("we", 3500, transcript.ends[2])]
    assert words(transcript) == ["So", "here", "we", "are", "now"]
    assert transcript.ends[4] == 5000
    assert transcript.timing == "mixed"


def test_a_stamp_before_no_word_ends_the_word_before_it() -> None:
    transcript = read(one("<00:01.500>So<00:02.000> <00:03.000>here<00:03.250>")).transcript
    assert exact(transcript) == [("So", 1500, 2000), ("here", 3000, 3250)]


def test_stamps_between_syllables_make_one_word() -> None:
    transcript = read(one("<00:01.000>un<00:01.500>bro<00:02.000>ken <00:03.000>word")).transcript
    assert exact(transcript) == [("unbroken", 1000, 3000), ("word", 3000, 5000)]


def test_stamps_between_ideographs_time_each() -> None:
    transcript = read(one("<00:01.000>今<00:02.000>日<00:03.000>は")).transcript
    assert exact(transcript) == [("今", 1000, 2000), ("日", 2000, 3000), ("は", 3000, 5000)]
    assert transcript.text == "今日は"


def test_stamps_outside_the_cue_are_ignored_and_told() -> None:
    result = read(one("<00:00.500>So <00:03.000>here <00:02.000>we <00:09.000>are"))
    assert exact(result.transcript)[:2] == [("So", 1000, 3000), ("here", 3000, result.transcript.ends[1])]
    assert result.warnings == ("3 times inside cues lie outside them and were ignored.",)


def test_stamps_voices_and_arrows_together() -> None:
    transcript = read(one("<v Ann>&gt;&gt; So <00:02.000>here</v> <v Bob><00:03.000>we")).transcript
    assert turns(transcript) == [("Ann", "So here"), ("Bob", "we")]
    assert exact(transcript) == [("So", 1000, 2000), ("here", 2000, 3000), ("we", 3000, 5000)]


# Nothing to read


@pytest.mark.parametrize("text", ["WEBVTT", "WEBVTT\n\nNOTE nothing\n", f"{HEAD}00:00.0 --> 00:01.0\nx\n"])
def test_no_cue_is_an_error(text: str) -> None:
    with pytest.raises(TranscriptError, match=r"^“talk.vtt” has no captions"):
        read(text)


def test_cues_without_words_are_an_error() -> None:
    with pytest.raises(TranscriptError, match="no words"):
        read(one(" "))


def test_cues_out_of_order_are_sorted_and_keep_their_ids() -> None:
    later, sooner = "b\n00:05.000 --> 00:06.000\nlater", "a\n00:01.000 --> 00:02.000\nsooner"
    transcript = read(f"{HEAD}{later}\n\n{sooner}\n\n00:01.000 --> 00:02.000\nalso").transcript
    assert cues(transcript) == [(1000, 2000, "sooner"), (1000, 2000, "also"), (5000, 6000, "later")]
    assert [cue.id for cue in transcript.cues()] == ["a", "", "b"]


def test_sniffing_needs_no_signature() -> None:
    for text in (HEAD, "webvtt", "00:01.000 --> 00:02.000\nx", "1\n00:01.000 --> 00:02.000\n<v A>x", "0.5 --> 1.25\nx"):
        found = formats.sniff(text)
        assert found is not None
        assert found.name == "WebVTT"
