import json

import pytest
from reading import cues, read, turns, words
from sniffing import takers

from index.errors import TranscriptError
from index.formats.base import ReadResult


def stamp(seconds: object) -> str:
    return f'<span class="timestamp" contenteditable="false" data-timestamp="{seconds}">00:12</span>'


def otr(html: str) -> ReadResult:
    return read(json.dumps({"text": html, "media": "lake.mp3", "media-time": 13.5}), "talk.otr")


def test_stamps_names_and_paragraphs() -> None:
    html = (
        f"<p>{stamp(0.5)}<b>Josh</b>: It&nbsp;rained &amp; rained.</p>"
        f"<p>{stamp('12.111684')}</p><p><strong>Ann Lee:</strong> When?<br>Where?</p>"
        f"<p>{stamp(20)} <b>Never</b> in {stamp(24)}<i>August</i>: dry.</p>"
    )
    result = otr(html)
    assert result.format == "oTranscribe"
    assert turns(result.transcript) == [
        ("Josh", "It rained & rained."),
        ("Ann Lee", "When? Where? Never in August: dry."),
    ]
    assert [(start, text) for start, _, text in cues(result.transcript)] == [
        (500, "It rained & rained."),
        (12112, "When?"),
        (12112, "Where?"),
        (20000, "Never in"),
        (24000, "August: dry."),
    ]
    assert result.warnings == ()


def test_it_is_known_by_its_media() -> None:
    assert takers(json.dumps({"text": "<p>hello</p>", "media": ""})) == ["oTranscribe"]
    assert takers(json.dumps({"text": "<p>hello</p>"})) == []


def test_without_stamps_there_are_no_times() -> None:
    result = otr("<p>Ann: Hello</p><p>Bob: Yes</p>")
    assert not result.transcript.timed
    assert turns(result.transcript) == [("Ann", "Hello"), ("Bob", "Yes")]


def test_nothing_of_the_page_is_run_or_loaded() -> None:
    result = otr(
        f'{stamp(1)}<script>alert(1)</script><iframe src="file:///etc/passwd">x</iframe><style>@import url(x)</style>'
        '<img src="http://example.org/x.png" onerror="y">Words <a href="javascript:z">here</a> &lt;b&gt;'
    )
    assert words(result.transcript) == ["Words", "here", "<b>"]


def test_damaged_stamps_are_counted() -> None:
    result = otr(f"{stamp('nan')}one {stamp(3)}two {stamp('')}three <b>unclosed")
    assert words(result.transcript) == ["one", "two", "three", "unclosed"]
    assert result.warnings == ("2 damaged times were left out.",)


@pytest.mark.parametrize("html", ["", "<p></p>", stamp(1), "<span class='timestamp'>1"])
def test_no_words(html: str) -> None:
    with pytest.raises(TranscriptError, match="no words"):
        otr(html)


@pytest.mark.parametrize(
    "html",
    ["<b>" * 100_000 + "x", "<b>\\n" * 100_000 + "x", "<span " * 100_000 + "x", "<!--" * 100_000, stamp(1) * 20_000],
)
def test_hostile_html_costs_little(html: str) -> None:
    try:
        assert len(otr(html).transcript)
    except TranscriptError as error:
        assert "no words" in str(error)  # noqa: PT017
