import pytest
from hypothesis import given
from reading import cues, read, turns, words

from index import formats
from index.errors import TranscriptError
from index.formats.base import WriteOptions
from index.formats.html_events import events_of
from index.progress import UNWATCHED
from index.transcript import Transcript
from tests.index.making import quick, transcripts

SAMPLE = """<cite>Ana:</cite>
<time>0:00</time>
<p>What is a heron &amp; why?</p>
<p>Ask me.</p>
<cite>Ben:</cite>
<time>1:12</time>
<p>A bird,<br>I think.</p>
"""


def test_the_sample() -> None:
    result = read(SAMPLE)
    assert result.format == "Podcast HTML"
    assert cues(result.transcript)[0] == (0, 72_000, "What is a heron & why?")
    assert turns(result.transcript) == [("Ana", "What is a heron & why? Ask me."), ("Ben", "A bird, I think.")]
    assert result.transcript.starts[5] < result.transcript.starts[6] < 72_000
    assert result.warnings == ()


def test_it_is_known_and_nothing_before_takes_it() -> None:
    assert next(format.name for format in formats.FORMATS if format.sniff(SAMPLE)) == "Podcast HTML"
    for other in (
        "<html><body><time datetime='2023-01-01'>1 May</time><p>News of the day.</p><time>2 May</time></body></html>",
        "<p>We read <cite>A book</cite> and <cite>Another one</cite>.</p>",
        "cite time p 0:00 0:12",
    ):
        found = formats.sniff(other)
        assert found is None or found.name != "Podcast HTML"


def test_names_or_times_may_be_absent_or_inside() -> None:
    only_times = "<time>0:01</time><p>One.</p><time>0:05</time><p>Two.</p>"
    assert cues(read(only_times).transcript)[0] == (1000, 5000, "One.")
    only_names = "<cite>Ana</cite><p>One.</p><cite>Ben</cite><p>Two.</p>"
    assert read(only_names).transcript.timing == "none"
    assert turns(read(only_names).transcript) == [("Ana", "One."), ("Ben", "Two.")]
    inside = (
        "<div><p><cite>Ana:</cite> <time>[0:01]</time> One.</p><p><cite>Ben:</cite> <time>0:05</time> Two.</p></div>"
    )
    assert turns(read(inside).transcript) == [("Ana", "One."), ("Ben", "Two.")]


def test_a_damaged_time_is_told() -> None:
    result = read(SAMPLE.replace("1:12", "soon"))
    assert result.warnings == ("One damaged time was left out.",)
    assert len(result.transcript) == 12


def test_scripts_and_markup_are_never_text_nor_run() -> None:
    text = SAMPLE + "<script>alert(1)</script><style>p{}</style><!-- hidden --><p><img src='file:///x'>a < b</p>"
    assert read(text).transcript.text.endswith("I think. a < b")
    assert read(SAMPLE + "<p>&lt;script&gt;").transcript.text.endswith("<script>")


@pytest.mark.parametrize(
    "hostile", ["<", "<!--", "<a ", "</", "<![CDATA[", "<p a='", "<b>", "&amp", "<script>", "<time>"]
)
def test_hostile_pages_cost_little(hostile: str) -> None:
    assert len(events_of(SAMPLE + hostile * 50_000, UNWATCHED)) < 200_000


def test_too_many_tags() -> None:
    with pytest.raises(TranscriptError, match="more than 2,000,000 tags"):
        read(SAMPLE + "<b>" * 2_000_001)


def test_what_is_written() -> None:
    written = formats.to_text(read(SAMPLE).transcript, "html", WriteOptions(language="en"))
    assert written.startswith('<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n')
    assert '<cite>Ben:</cite>\n<time datetime="PT72.000S">1:12</time>\n<p>A bird, I think.</p>' in written


@quick
@given(transcripts())
def test_what_was_written_comes_back(transcript: Transcript) -> None:
    result = read(formats.to_text(transcript, "html"))
    assert result.format == "Podcast HTML"
    assert words(result.transcript) == words(transcript)
    speakers = [transcript.speaker_of(word) for word in transcript.all_words]
    assert [result.transcript.speaker_of(word) for word in result.transcript.all_words] == speakers
    starts = {cue.start_ms for cue in transcript.cues() if cue.words}
    assert {cue.start_ms for cue in result.transcript.cues()} == starts
