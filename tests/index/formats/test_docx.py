import io
import zipfile
from typing import Any

import docx
import pytest
from reading import cues, read, turns

from index import formats
from index.errors import TranscriptError
from index.formats.base import WriteOptions
from tests.index.making import spoken


def document(*paragraphs: Any, rows: Any = ()) -> bytes:
    """Paragraphs are texts, or a text in bold and one that is not; rows are those of a table."""
    made = docx.Document()
    for paragraph in paragraphs:
        bold, text = ("", paragraph) if isinstance(paragraph, str) else paragraph
        added = made.add_paragraph()
        added.add_run(bold).bold = True
        added.add_run(text)
    if rows:
        table = made.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    packed = io.BytesIO()
    made.save(packed)
    return packed.getvalue()


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one of its files changed or added."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, content)
    return packed.getvalue()


TWO = [("Ana Lopez", "It is cold."), ("Ben", "So it is.")]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["Ana Lopez: It is cold.", "Ben: So it is."],
        [("Ana Lopez:", " It is cold."), ("Ben:", " So it is.")],
        [("Ana Lopez ", "It is cold."), ("Ben  ", "So it is.")],
    ],
)
def test_names(paragraphs: list[Any]) -> None:
    result = read(document(*paragraphs))
    assert (result.format, result.transcript.timing) == ("Word document", "none")
    assert turns(result.transcript) == TWO


def test_names_on_lines_of_their_own() -> None:
    result = read(
        document(("Ana Lopez", ""), "It is cold.", ("Ben", ""), "So?", ("Ana Lopez", ""), "Mm.", ("Ben", ""), "Yes.")
    )
    assert [speaker for speaker, _ in turns(result.transcript)] == ["Ana Lopez", "Ben", "Ana Lopez", "Ben"]


def test_times_in_the_text() -> None:
    result = read(document("[00:00:04] Ana Lopez: It is cold.", "[00:00:09] Ben: So it is."))
    assert turns(result.transcript) == TWO
    assert cues(result.transcript)[0] == (4000, 9000, "It is cold.")


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2)])
def test_a_table(order: tuple[int, ...]) -> None:
    rows = [("Time", "Speaker", "Text"), ("00:00:04", "Ana Lopez", "It is cold."), ("00:00:09", "Ben", "So it is.")]
    result = read(document(rows=[[row[column] for column in order] for row in rows]))
    assert turns(result.transcript) == TWO
    assert cues(result.transcript)[0] == (4000, 9000, "It is cold.")
    assert turns(read(document(rows=[row[1:] for row in rows[1:]])).transcript) == TWO


def test_merged_cells_are_said_once() -> None:
    rows = "".join(
        f"<w:tr><w:tc><w:tcPr>{merged}</w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"
        for merged, text in (
            ('<w:vMerge w:val="restart"/>', "It is cold."),
            ("<w:vMerge/>", "So it is."),
            ('<w:gridSpan w:val="999999999"/>', "And dark."),  # Nobody may believe that.
        )
    )
    whole = document("x")
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        xml = archive.read("word/document.xml").decode()
    table = f"<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>"
    merged = replaced(whole, "word/document.xml", xml.replace("<w:p>", f"{table}<w:p>", 1).encode())
    assert " ".join(cue[2] for cue in cues(read(merged).transcript)) == "It is cold. So it is. And dark. x"


def test_captions_pasted_into_a_document() -> None:
    result = read(document("1", "00:00:01,000 --> 00:00:02,000", "It is cold."))
    assert cues(result.transcript) == [(1000, 2000, "It is cold.")]


def test_what_is_written() -> None:
    transcript = spoken(*TWO, length_ms=65_000)
    data = formats.to_bytes(transcript, "docx")
    written = docx.Document(io.BytesIO(data))
    assert [paragraph.text for paragraph in written.paragraphs] == [
        "[0:00] Ana Lopez: It is cold.",
        "[1:05] Ben: So it is.",
    ]
    assert [run.text for run in written.paragraphs[1].runs if run.bold] == ["Ben:"]
    again = read(data).transcript
    assert turns(again) == TWO
    assert [cue.start_ms for cue in again.cues()] == [0, 65_000]
    plain = docx.Document(io.BytesIO(formats.to_bytes(transcript, "docx", WriteOptions(speakers=False, times=False))))
    assert [paragraph.text for paragraph in plain.paragraphs] == ["It is cold.", "So it is."]


def test_characters_that_xml_cannot_have_are_replaced() -> None:
    data = formats.to_bytes(spoken(("Ana\ufffe", "It\x0cis \uffff cold & <wet>."), ("Ben", "Mm.")), "docx")
    assert "It is \ufffd cold & <wet>." in docx.Document(io.BytesIO(data)).paragraphs[0].text


def test_it_is_no_text() -> None:
    with pytest.raises(TranscriptError, match="A Word document is no text"):
        formats.to_text(spoken("Hello"), "docx")


# Damage and malice


def test_archives_of_other_things() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "text")
    with pytest.raises(TranscriptError, match="is a zip archive"):
        read(packed.getvalue())


def test_an_empty_document() -> None:
    with pytest.raises(TranscriptError, match="is empty"):
        read(document())


def test_a_bomb_is_not_unpacked() -> None:
    bomb = replaced(document("It is cold."), "word/document.xml", bytes(65 << 20))
    assert len(bomb) < 1 << 20
    with pytest.raises(TranscriptError, match="too large inside"):
        read(bomb)


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<w:document",
        b"<a/>",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        b"<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]><a>&c;</a>",
        b"<a>" * 100_000,
    ],
)
def test_damaged_xml(xml: bytes) -> None:
    with pytest.raises(TranscriptError, match=r"damaged Word document|is empty"):
        read(replaced(document("It is cold."), "word/document.xml", xml))


def test_a_document_cut_short_or_with_flipped_bytes() -> None:
    data = document("It is cold out here.")
    for damaged in (data[:-30], data[: len(data) // 2], data[:200]):
        with pytest.raises(TranscriptError, match=r"zip archive|damaged"):
            read(damaged)
    for at in range(0, len(data), len(data) // 40):
        flipped = data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]
        try:
            read(flipped)
        except TranscriptError:
            continue
