import warnings

import pytest
from hypothesis import given, settings
from reading import cues, exact, read, turns
from test_round_trips import _WORDS, again, told, transcripts

from index import formats
from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import WriteOptions
from index.transcript import Transcript

APPLE = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:podcasts="http://podcasts.apple.com/transcript-ttml-internal"
 xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xml:lang="en"><head><metadata><ttm:agent type="person"
 xml:id="SPEAKER_1"/></metadata></head><body dur="1:02:03.456"><div><p begin="0.860" end="7.380"
 ttm:agent="SPEAKER_1"><span podcasts:unit="sentence" begin="0.860" end="2.100"><span podcasts:unit="word"
 begin="0.860" end="1.200">Good</span><span podcasts:unit="word" begin="1.250" end="2.100">tide.</span></span><span
 podcasts:unit="sentence"><span podcasts:unit="word" begin="6" end="6.5">Sand</span><span podcasts:unit="word"
 begin="6.5" end="7.380">came.</span></span></p><p begin="1:48.737" end="1:02:03.456"
 ttm:agent="SPEAKER_2"><span podcasts:unit="sentence"><span podcasts:unit="word" begin="1:48.737"
 end="1:49.000">So?</span></span></p></div></body></tt>"""


def tt(body: str, attributes: str = "") -> str:
    names = 'xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
    return f"<tt {names} {attributes}><body><div>{body}</div></body></tt>"


def span(begin: str, end: str, attributes: str = "") -> tuple[int, int]:
    cue = read(tt(f'<p begin="{begin}" end="{end}">Hello there</p>', attributes)).transcript.cue(0)
    return cue.start_ms, cue.end_ms


def test_apple_podcasts() -> None:
    result = read(APPLE, "transcript.xml")
    assert result.format == "TTML"
    assert result.warnings == ()
    assert cues(result.transcript) == [
        (860, 2100, "Good tide."),
        (6000, 7380, "Sand came."),
        (108_737, 3_723_456, "So?"),
    ]
    assert exact(result.transcript) == [
        ("Good", 860, 1200),
        ("tide.", 1250, 2100),
        ("Sand", 6000, 6500),
        ("came.", 6500, 7380),
        ("So?", 108_737, 109_000),
    ]
    assert turns(result.transcript) == [("SPEAKER_1", "Good tide. Sand came."), ("SPEAKER_2", "So?")]


@pytest.mark.parametrize(
    ("begin", "end", "attributes", "expected"),
    [
        ("0.860", "1:48.737", "", (860, 108_737)),
        ("12.5s", "13500ms", "", (12_500, 13_500)),
        ("00:00:12.5", "0.01h", "", (12_500, 36_000)),
        ("1m", "00:02:00", "", (60_000, 120_000)),
        ("00:00:01:15", "00:00:02:00", "", (1500, 2000)),
        ("00:00:01:12", "50f", 'ttp:frameRate="25"', (1480, 2000)),
        ("00:00:10:00", "300f", 'ttp:frameRate="30" ttp:frameRateMultiplier="1000 1001"', (10_000, 10_010)),
        ("10000000t", "15000000t", 'ttp:tickRate="10000000"', (1000, 1500)),
        ("3t", "4t", "", (3000, 4000)),
        ("0s", "60f", 'ttp:frameRate="0"', (0, 2000)),
    ],
)
def test_times(begin: str, end: str, attributes: str, expected: tuple[int, int]) -> None:
    assert span(begin, end, attributes) == expected


def test_containers_in_time() -> None:
    text = tt(
        '<p begin="2s" dur="3s">One</p><p begin="6s" end="9s">Two <span begin="1s" end="2s">and</span> more</p>'
    ).replace("<div", '<div begin="100s"')
    transcript = read(text).transcript
    assert cues(transcript) == [(102_000, 105_000, "One"), (106_000, 109_000, "Two and more")]
    assert exact(transcript) == [("and", 107_000, 108_000)]


def test_containers_in_sequence() -> None:
    text = tt('<p dur="2s">One</p><p begin="1s" dur="2s">Two</p><p end="500ms">Three</p>')
    text = text.replace("<div", '<div begin="10s" timeContainer="seq"')
    assert cues(read(text).transcript) == [
        (10_000, 12_000, "One"),
        (13_000, 15_000, "Two"),
        (15_000, 15_500, "Three"),
    ]


def test_times_that_count_from_the_beginning_everywhere() -> None:
    text = tt(
        "".join(
            f'<p begin="{n}" end="{n + 9}"><span begin="{n}" end="{n + 1}">Salt</span> <span begin="{n + 2}"'
            f' end="{n + 3}">water</span></p>'
            for n in range(10, 60, 10)
        )
    )
    assert exact(read(text).transcript)[2:4] == [("Salt", 20_000, 21_000), ("water", 22_000, 23_000)]


def test_times_of_a_division_are_those_of_what_is_in_it() -> None:
    text = tt("<p>One</p>").replace("<div", '<div begin="1s" end="2s"')
    assert cues(read(text).transcript) == [(1000, 2000, "One")]


def test_lines_with_times_in_a_paragraph_without() -> None:
    text = tt('<p><span begin="1s" end="2s">One and</span><br/><span begin="3s" end="4s">Two and</span></p>')
    transcript = read(text).transcript
    assert cues(transcript) == [(1000, 2000, "One and"), (3000, 4000, "Two and")]
    assert exact(transcript) == []


def test_words_with_times_in_a_paragraph_without() -> None:
    text = tt('<p><span begin="1s" end="2s">One</span> <span begin="3s" end="4s">Two</span></p>')
    transcript = read(text).transcript
    assert cues(transcript) == [(1000, 4000, "One Two")]
    assert exact(transcript) == [("One", 1000, 2000), ("Two", 3000, 4000)]


def test_a_long_paragraph_of_timed_words_becomes_sentences() -> None:
    text = tt(
        '<p begin="0s" end="500s" ttm:agent="a">'
        + " ".join(f'<span begin="{n}s" end="{n + 1}s">word{n}{"." if n % 10 == 9 else ""}</span>' for n in range(200))
        + "</p>"
    )
    transcript = read(text).transcript
    assert transcript.cue_count == 20
    assert len(exact(transcript)) == 200
    assert transcript.speakers == ("a",)


def test_speakers() -> None:
    text = """<tt><head><metadata><ttm:agent xml:id="a"><ttm:name type="full"> Mara
    Vale </ttm:name></ttm:agent></metadata></head><body><p begin="1s" end="2s" ttm:agent="a">Yes <span
    ttm:agent="2">No</span> And: so</p><p begin="3s" end="4s">Well</p><p begin="5s" end="6s" ttm:agent="a b">All</p>
    </body></tt>"""
    assert turns(read(text).transcript) == [
        ("Mara Vale", "Yes"),
        ("Speaker 2", "No"),
        ("Mara Vale", "And: so"),
        (None, "Well"),
        ("Mara Vale, b", "All"),
    ]


def test_names_in_the_text_of_a_file_without_agents() -> None:
    text = tt('<p begin="1s" end="2s">Ann: Yes</p><p begin="3s" end="4s">Bob: No</p>')
    assert turns(read(text).transcript) == [("Ann", "Yes"), ("Bob", "No")]


def test_line_breaks_white_space_styles_and_descriptions() -> None:
    text = tt(
        '<p begin="1s" end="2s"> <metadata><ttm:desc>no</ttm:desc></metadata>One\n  <span style="x">t<b>w</b>o</span>,'
        '<br/>thr<set begin="0s"/>ee <span ruby="text">no</span></p>'
    )
    transcript = read(text).transcript
    assert transcript.text == "One two, three"
    assert [transcript.begins_line(word) for word in transcript.all_words] == [False, False, True]


@pytest.mark.parametrize(
    "root",
    ["<tt>", '<tt xmlns="http://example.org/other">', '<tt:tt xmlns:tt="http://www.w3.org/2006/10/ttaf1">'],
)
def test_any_namespace(root: str) -> None:
    prefix = "tt:" if root.startswith("<tt:") else ""
    text = f'\ufeff\n<?xml version="1.0" encoding="utf-16"?><!-- 1 --> 2 -->{root}'.replace("--> 2 ", "")
    text += f'<{prefix}body><{prefix}p begin="1s" end="2s">Hello</{prefix}p></{prefix}body></{prefix}tt>'
    assert cues(read(text).transcript) == [(1000, 2000, "Hello")]


def test_without_any_time() -> None:
    result = read(tt("<p ttm:agent='a'>One</p><p ttm:agent='b'>Two</p>"))
    assert result.warnings == ()
    assert not result.transcript.timed
    assert turns(result.transcript) == [("a", "One"), ("b", "Two")]


def test_damaged_times_are_told() -> None:
    result = read(tt('<p begin="soon" end="2s">One</p><p begin="3s" end="1e9h">Two</p><p begin="5s">Three</p>'))
    assert cues(result.transcript)[1:] == [(3000, 5000, "Two"), (5000, 5300, "Three")]
    assert "2 damaged times were left out." in result.warnings


def test_what_comes_before_the_damage_is_read() -> None:
    result = read(tt('<p begin="1s" end="2s">One</p><p begin="3s" end="4s">Two')[:-20])
    assert cues(result.transcript) == [(1000, 2000, "One")]
    assert result.warnings == ("The file is damaged (no element found in line 1); what comes before was read.",)


def test_references_of_html_and_lone_ampersands() -> None:
    result = read(tt('<p begin="1s" end="2s">AT&T &amp; &eacute; &#0; &lt;b> &#233;&nbsp;&foo; \x07</p>'))
    assert result.transcript.text == "AT&T & é � <b> é &foo; �"
    assert result.warnings == ("2 & that stand for themselves were mended.",)


# What is refused

BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f'<!DOCTYPE tt [<!ENTITY a0 "ha">{BOMB}]>{tt("<p>&a9;</p>")}', "document type"),
        (f'<?xml version="1.0"?><!DOCTYPE tt [<!ENTITY x SYSTEM "file:///etc/passwd">]>{tt("<p>&x;</p>")}', "type"),
        (f'<!DOCTYPE tt SYSTEM "http://example.org/tt.dtd">{tt("<p>Hello</p>")}', "document type"),
        (tt("<p>" + "<span>" * 200_000 + "a" + "</span>" * 200_000 + "</p>"), "nested too deeply"),
        (tt(""), "no words"),
        ("<tt><body><p begin='1s'>a", r"damaged XML \(no element found in line 1\)"),
        ("<tt ", "damaged XML"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(TranscriptError, match=message):
        read(text, "talk.ttml")


def test_too_many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.ttml_document.MAX_ENTRIES", 1000)
    with pytest.raises(TranscriptError, match="1,000 pieces"):
        read(tt("<p>" + "a<span begin='1s'>b</span>" * 501 + "</p>"))


@pytest.mark.parametrize(
    "text",
    [
        tt("<p begin='1s'>" + "a<br/>" * 200_000 + "</p>"),
        tt("<p begin='1s'>" + "<i>a</i>" * 100_000 + "</p>"),
        tt("<p begin='1s'>" + "&" * 200_000 + "</p>"),
        tt("<p begin='1s'>" + "<span begin='1s'> </span>" * 50_000 + "a</p>"),
        tt(f"<p begin='{'9' * 500_000}'>a</p>"),
        tt("<p begin='1s' ttm:agent='" + "a " * 100_000 + "'>a</p>"),
        "<!-- " * 10_000 + tt("<p>a</p>"),
        "<?xml " * 10_000,
    ],
)
def test_hostile_text_costs_little(text: str) -> None:
    try:
        read(text, "hostile.ttml")
    except TranscriptError as error:
        assert str(error).startswith("“hostile.ttml” ")  # noqa: PT017


@pytest.mark.parametrize("text", ["<html><body><tt>x</tt>", "tt", "<ttml>", "<!-- <tt> -->", "<title>"])
def test_other_texts_are_not_taken(text: str) -> None:
    found = formats.sniff(text)
    assert found is None or found.name != "TTML"


# Writing


# XML cannot hold the two noncharacters.
_XML_WORDS = _WORDS.map(lambda word: word.replace("\ufffe", "x").replace("\uffff", "x"))


@settings(deadline=None)
@given(transcripts(_XML_WORDS))
def test_round_trip(transcript: Transcript) -> None:
    read_again = again(transcript, "ttml")
    assert told(read_again) == told(transcript)
    assert [(c.start_ms, c.end_ms) for c in read_again.cues()] == [(c.start_ms, c.end_ms) for c in transcript.cues()]
    assert read_again.joints == transcript.joints


@settings(deadline=None)
@given(transcripts(_XML_WORDS, timed=True))
def test_round_trip_with_word_times(transcript: Transcript) -> None:
    read_again = again(transcript, "ttml", WriteOptions(word_times=True))
    assert told(read_again) == told(transcript)
    assert [(c.start_ms, c.end_ms) for c in read_again.cues()] == [(c.start_ms, c.end_ms) for c in transcript.cues()]


@settings(deadline=None)
@given(transcripts(_XML_WORDS))
def test_round_trip_with_estimated_word_times(transcript: Transcript) -> None:
    assert told(again(transcript, "ttml", WriteOptions(word_times=True))) == told(transcript)


def talk() -> Transcript:
    builder = TranscriptBuilder()
    builder.add_cue(500, 2000, id="one")
    builder.set_speaker("Tom & <Jerry>")
    builder.add_word("Salt", 600, 600)
    builder.set_speaker(None)
    builder.add_text("and\nwater \ufffe")
    builder.add_cue(2000, 2000)
    builder.set_speaker("Ann")
    builder.add_text("So")
    return builder.build()


def test_what_is_written() -> None:
    text = formats.to_text(talk(), "ttml", WriteOptions(word_times=True, language='en"'))
    assert 'xml:lang="en&quot;"' in text
    assert '<ttm:agent xml:id="speaker1" type="person"><ttm:name type="full">Tom &amp; &lt;Jerry&gt;</ttm:name>' in text
    assert (
        '<p begin="00:00:00.500" end="00:00:02.000" timeContainer="par"><span ttm:agent="speaker1">'
        '<span begin="00:00:00.100" end="00:00:00.101">Salt</span></span> and<br/>water �</p>'
    ) in text
    assert '<p begin="00:00:02.000" end="00:00:02.001" timeContainer="par" ttm:agent="speaker2">So</p>' in text


def test_without_speakers() -> None:
    text = formats.to_text(talk(), "dfxp", WriteOptions(speakers=False))
    assert "agent" not in text
    assert "<head>" not in text


def test_another_reader_reads_it() -> None:
    pysubs2 = pytest.importorskip("pysubs2")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        events = pysubs2.SSAFile.from_string(formats.to_text(talk(), "ttml"), format_="ttml").events
    assert [(event.start, event.end, event.plaintext) for event in events] == [
        (500, 2000, "Salt and\nwater �"),
        (2000, 2001, "So"),
    ]
