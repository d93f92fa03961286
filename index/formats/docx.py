"""Word documents (Office Open XML, ECMA-376): the text that typists deliver, and transcripts for people to edit."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from index.errors import TranscriptError
from index.formats.base import WriteOptions
from index.formats.prose_out import prose_paragraphs
from index.formats.speakers import is_name
from index.timecode import parse
from index.transcript import Transcript

if TYPE_CHECKING:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

_DOCUMENT = "word/document.xml"
_MAX_ENTRIES = 5_000
_MAX_BYTES = 256 << 20  # All that is packed,
_MAX_DOCUMENT = 64 << 20  # and the text alone.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")


def sniff(data: bytes) -> bool:
    """Whether the bytes are a zip archive with the text of a Word document in it."""
    if not data.startswith(b"PK\x03\x04") or data.count(b"PK\x01\x02") > _MAX_ENTRIES:
        return False
    try:
        with ZipFile(BytesIO(data)) as archive:
            return _DOCUMENT in archive.namelist()
    except (BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def text_of(data: bytes) -> str:
    """The text of the document, a line a paragraph; a row of a table with times becomes `Ann [0:04] text`.

    Raises:
        TranscriptError: it is damaged, or larger inside than any transcript, as the predicate of a sentence.
    """
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        if (
            sum(entry.file_size for entry in entries) > _MAX_BYTES
            or archive.getinfo(_DOCUMENT).file_size > _MAX_DOCUMENT
        ):
            raise TranscriptError("is far too large inside for a transcript; choose another file")
    import docx  # Takes longer to import than all the rest.

    try:
        return "\n".join(_lines(docx.Document(BytesIO(data))))
    except Exception as error:  # Damaged packages and XML fail in many ways.
        raise TranscriptError("is a damaged Word document; open it in a word processor and save it again") from error


def _lines(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            yield from _rows(block)
        else:
            yield _paragraph(block)
            yield ""


def _paragraph(paragraph: "Paragraph") -> str:
    """The text; a name in bold in front of it is led to it by a colon."""
    text = paragraph.text
    bold = ""
    for run in paragraph.runs:
        if run.text.strip() and not run.bold:
            break
        bold += run.text
    name = bold.strip()
    if name and len(name) < 60 and ":" not in name and is_name(name) and text.strip() != name and text.startswith(bold):
        rest = text[len(bold) :].lstrip()
        if rest[:1] not in (":", "(", "[") and "\n" not in bold and not bold.endswith("\t"):
            return f"{name}: {rest}"
    return text


def _rows(table: "Table") -> Iterator[str]:
    """A line a row: name, time and text where there is a time in it, else the cells, a name in front before a colon."""
    rows = [list(map(_cell, row.tc_lst)) for row in table._tbl.tr_lst]
    timed = any(_is_time(cell) for row in rows for cell in row[:3])
    for row in rows:
        cells = list(filter(None, row))
        time = next((cell for cell in cells[:3] if _is_time(cell)), "")
        others = [cell for cell in cells if cell != time]
        name = others.pop(0).rstrip(": ") if len(others) > 1 and is_name(others[0].rstrip(": ")) else ""
        if time:
            yield f"{name} [{time.strip('[]()')}] {' '.join(others)}".strip()
        elif not timed and name:
            yield f"{name}: {' '.join(others)}"
        elif not timed and others:
            yield " ".join(others)
        yield ""


def _cell(cell: Any) -> str:
    """The text of a cell as the file has it: `row.cells` would repeat it over all the columns that it says it spans."""
    return _SPACES.sub(" ", " ".join(paragraph.text for paragraph in cell.p_lst)).strip()


def _is_time(cell: str) -> bool:
    try:
        return ":" in cell and parse(cell.strip("[]() ")) >= 0
    except ValueError:
        return False


def write(transcript: Transcript, options: WriteOptions) -> bytes:
    """The words as paragraphs: `[0:04] Ann: text`, the name in bold where a turn begins.

    It cannot carry the times of words and cues (each paragraph has its start, in whole seconds), line breaks, or that
    one named speaker begins anew. `options` may leave out the times and the names.
    """
    import docx
    from docx.oxml.parser import OxmlElement
    from docx.text.paragraph import Paragraph

    document = docx.Document()
    document.core_properties.author = document.core_properties.comments = ""
    document.core_properties.title = "Transcript"
    document.core_properties.language = _NOT_XML.sub("\ufffd", options.language)[:255]
    end: Any = document.element.body.sectPr
    for time, label, text in prose_paragraphs(transcript, options):
        element: Any = OxmlElement("w:p")
        end.addprevious(element)  # `document.add_paragraph` looks through all of them for the end.
        paragraph = Paragraph(element, document)
        if time:
            paragraph.add_run(f"{time} ")
        if label:
            paragraph.add_run(_NOT_XML.sub("\ufffd", label)).bold = True
            paragraph.add_run(" ")
        paragraph.add_run(_NOT_XML.sub("\ufffd", text))
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()
