"""Tables of episodes that people keep or find: title, link, length, date, transcript, summary and questions a row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from index import formats
from index.errors import TranscriptError
from index.formats.base import Findings, ReadResult
from index.formats.decode import decoded
from index.mojibake import Damage, damage, repaired
from index.plaintext import clean, one_line
from index.table_cells import iso_date, length_ms, texts
from index.table_rows import Row, rows_of

MAX_BYTES = 256 << 20  # Some thousand transcripts.


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """An episode as its row tells it; what the row does not tell is "", () or None."""

    title: str
    url: str = ""  # As written: never opened by reading it.
    date: str = ""  # 2023-02-02
    length_ms: int | None = None
    notes: str = ""  # The summary, description or show notes, lines kept.
    questions: tuple[str, ...] = ()
    sound: str = ""  # A path or an address, as written.
    show: str = ""
    text: str = ""  # The transcript as the cell has it, in whatever format.

    def transcript(self) -> ReadResult | None:
        """The transcript, read as the file would be that holds it alone; None where there is none.

        Raises:
            TranscriptError: one sentence that names the episode, and why its transcript cannot be read.
        """
        return formats.read_text(self.text, self.title or "transcript") if self.text else None


@dataclass(frozen=True, slots=True)
class EpisodeTable:
    """The episodes of a table, what was repaired in reading it, and what looks damaged by a wrong encoding."""

    rows: tuple[EpisodeRow, ...]
    warnings: tuple[str, ...] = ()
    damage: Damage | None = None

    @property
    def damaged(self) -> bool:
        """Whether `repaired_table` would change something."""
        return self.damage is not None


def read_table(path: Path | str) -> EpisodeTable:
    """The episodes of a CSV, TSV, JSON or JSON lines file; lines above the columns' names are passed over.

    Damage by a wrong encoding is told and left as it is: see `repaired_table`.

    Raises:
        TranscriptError: one sentence that names the file, why it could not be read, and what to do.
    """
    name, data = formats.file_bytes(path, MAX_BYTES)
    findings = Findings()
    try:
        text, warnings = decoded(data)
        rows = tuple(_episode(row, findings) for row in rows_of(text, findings))
    except TranscriptError as error:
        raise TranscriptError(f"“{name}” {error}.") from error
    return EpisodeTable(rows, (*warnings, *findings.sentences()), damage(*_texts(rows)))


def repaired_table(table: EpisodeTable) -> EpisodeTable:
    """The table with every text repaired, as `table.damage` tells."""
    rows = tuple(
        replace(
            row,
            title=repaired(row.title),
            notes=repaired(row.notes),
            questions=tuple(map(repaired, row.questions)),
            show=repaired(row.show),
            text=repaired(row.text),
        )
        for row in table.rows
    )
    return EpisodeTable(rows, table.warnings, damage(*_texts(rows)))


def _texts(rows: tuple[EpisodeRow, ...]) -> Iterator[str]:
    for row in rows:
        yield from (row.title, row.notes, row.show, row.text, *row.questions)


def _episode(row: Row, findings: Findings) -> EpisodeRow:
    date, length = row.get("date", ""), row.get("length_ms") or row.get("length", "")
    told = EpisodeRow(
        title=one_line(row.get("title", "")),
        url=one_line(row.get("url", ""), 2000),
        date=iso_date(date),
        length_ms=length_ms(length, in_ms=bool(row.get("length_ms"))),
        notes=clean(row.get("notes", "")),
        questions=texts(row.get("questions", "")),
        sound=one_line(row.get("sound", ""), 2000),
        show=one_line(row.get("show", "")),
        text=row.get("transcript", ""),
    )
    if date and not told.date:
        findings.add("One date could not be read.", "{n} dates could not be read.")
    if length and told.length_ms is None:
        findings.add("One length could not be read.", "{n} lengths could not be read.")
    return told
