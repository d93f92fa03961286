import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from making import quick, spoken, transcripts

from index.formats.markdown_text import plain
from index.links import find_moment
from index.quoting import Origin, as_html, as_markdown, as_text, quote_of
from index.transcript import WordRange

ORIGIN = Origin("The harbour that moved", "Salt Lines", "2026-03-18", "harbour.mp3")
TALK = spoken(("Mara", "It took sixty years,\na slow tide of sand."), ("Ives", "And the pilot?"))
NASTY = '<img src=x onerror="alert(1)"> & *stars* _lines_ [a](b) `code` > "quoted"'


class _Seen(HTMLParser):
    """The elements and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_text_says_who_where_and_when() -> None:
    assert as_text(quote_of(TALK, WordRange(0, 4), ORIGIN)) == (
        "“It took sixty years,”\n— Mara, The harbour that moved, Salt Lines, 2026-03-18, 0:00–0:00"
    )


def test_several_speakers_are_named_where_they_speak() -> None:
    text = as_text(quote_of(TALK, TALK.all_words, ORIGIN))
    assert text.startswith("“Mara: It took sixty years, a slow tide of sand.\n\nIves: And the pilot?”\n— The harbour")


def test_what_is_not_known_is_left_out() -> None:
    assert as_text(quote_of(spoken("Hello."), WordRange(0, 1), Origin("talk"))) == "“Hello.”\n— talk, 0:00–0:02"


def test_an_empty_range_is_no_quote() -> None:
    with pytest.raises(ValueError, match="at least one word"):
        quote_of(TALK, WordRange(2, 2), ORIGIN)


def test_markdown_shows_text_as_it_is() -> None:
    quote = quote_of(spoken(("<b>*Eve*", NASTY), length_ms=900), WordRange(0, 10), Origin(NASTY, NASTY))
    lines = plain(as_markdown(quote)).split("\n")
    assert lines[0] == NASTY
    assert lines[-2] == f"— <b>*Eve*, {NASTY}, 0:00–0:00, {NASTY}"


def test_html_shows_text_as_it_is() -> None:
    quote = quote_of(spoken(("<b>Eve", NASTY), length_ms=900), WordRange(0, 10), Origin(NASTY, NASTY, NASTY))
    seen = _Seen(as_html(quote))
    assert set(seen.elements) == {"figure", "blockquote", "p", "figcaption", "cite", "a"}
    assert seen.text.count(NASTY) == 4
    assert not re.search(r'="[^"]*[<>][^"]*"', as_html(quote))


@settings(quick, max_examples=25)
@given(transcripts())
def test_what_is_copied_leads_back(transcript) -> None:
    quote = quote_of(transcript, transcript.all_words, ORIGIN)
    assert quote.end_ms is not None
    if quote.end_ms <= (quote.start_ms or 0):
        return
    for copied in (as_markdown(quote), as_html(quote), quote.link):
        moment = find_moment(copied)
        assert moment is not None
        assert (moment.start_ms, moment.end_ms) == (quote.start_ms, quote.end_ms)
        assert (moment.hint, moment.show, moment.file) == (ORIGIN.episode, ORIGIN.show, ORIGIN.file)
