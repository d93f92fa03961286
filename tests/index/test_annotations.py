import csv
import io
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st
from making import quick, spoken

from index.annotations import Annotated, Annotation, Stretch, to_csv, to_labels, to_markdown, to_soundbites
from index.formats.markdown_text import plain
from index.quoting import Origin
from index.transcript import WordRange

TALK = spoken(("Mara", "=SUM(A1) took *sixty* years."), ("Ives", "And then?"))
ORIGIN = Origin("The harbour", "Salt Lines", "2026-03-18", "harbour.mp3")
NOTES = [
    Annotation(WordRange(4, 6), "Ask [him](x).\n\n<b>Twice</b>", "yellow"),
    Annotation(WordRange(0, 4), "", "#ffd34d"),
    Annotation(WordRange(2, 2), "points at nothing"),
]


def test_markdown_quotes_in_order_and_shows_text_as_it_is() -> None:
    text = to_markdown([Annotated(TALK, ORIGIN, NOTES)])
    assert "[0:00](earmark:episode?title=The%20harbour&show=Salt%20Lines&file=harbour.mp3#t=0,2)" in text
    assert [line for line in plain(text).split("\n") if line] == [
        "The harbour",
        "Salt Lines, 2026-03-18",
        "=SUM(A1) took *sixty* years.",
        "— 0:00, Mara, #ffd34d",
        "And then?",
        "— 0:02, Ives, yellow",
        "Ask [him](x).",
        "<b>Twice</b>",
    ]


def test_csv_has_a_row_for_each_and_no_formulas() -> None:
    head, first, second = csv.reader(io.StringIO(to_csv([Annotated(TALK, ORIGIN, NOTES)])))
    assert head == ["show", "episode", "date", "start", "end", "speaker", "words", "note", "colour"]
    assert first[3:] == [
        *("00:00:00.000", "00:00:02.000", "Mara"),
        *(" =SUM(A1) took *sixty* years.", "", "#ffd34d"),
    ]
    assert second[6:] == ["And then?", "Ask [him](x).\n\n<b>Twice</b>", "yellow"]


@quick
@given(st.text(), st.text())
def test_any_note_can_be_written(note: str, colour: str) -> None:
    annotations = [Annotation(WordRange(0, 2), note, colour)]
    rows = list(csv.reader(io.StringIO(to_csv([Annotated(TALK, ORIGIN, annotations)]), newline="")))
    assert len(rows) == 2
    assert not rows[1][7].startswith(("=", "+", "-", "@", "\t", "\r"))
    to_markdown([Annotated(TALK, ORIGIN, annotations)]).encode("utf-8")


STRETCHES = [Stretch("Second & <last>", 90_500, 95_000), Stretch("First\tone", 1_250, 61_250)]


def test_labels_are_those_of_audacity() -> None:
    assert to_labels(STRETCHES) == "1.250000\t61.250000\tFirst one\n90.500000\t95.000000\tSecond & <last>\n"


def test_soundbites_are_tags_for_a_feed() -> None:
    head = '<item xmlns:podcast="https://podcastindex.org/namespace/1.0">'
    found = list(
        ElementTree.fromstring(f"{head}{to_soundbites([*STRETCHES, Stretch('x' * 400, 99_000, 99_001)])}</item>")
    )
    assert [(tag.get("startTime"), tag.get("duration")) for tag in found] == [
        *(("1.250", "60.000"), ("90.500", "4.500"), ("99.000", "0.001")),
    ]
    assert found[1].text == "Second & <last>"
    assert len(found[2].text or "") == 128
