"""Tables of captions: whisper.cpp's CSV, openai-whisper's TSV, and other CSVs with a start and a text column."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings, WriteOptions
from index.formats.json_tools import ms_of, name_of
from index.formats.rawcue import check_count, check_lines
from index.formats.segments import CARRY_ON, Segment, feed
from index.formats.segments_out import one_line, spoken
from index.timecode import parse
from index.transcript import Transcript

_NAMES = {
    "start": "start|starts|start time|starttime|begin|begin time|from|in|in point|timecode in|onset|time|timestamp",
    "end": "end|ends|end time|endtime|stop|to|out|out point|timecode out|offset",
    "duration": "duration|length|dur",
    "text": "text|transcript|transcription|caption|subtitle|sentence|utterance|segment|content|speech|body|word|words",
    "speaker": "speaker|speaker name|speaker label|name|voice|who",
}
_COLUMNS = {name: kind for kind, names in _NAMES.items() for name in names.split("|")}
_UNIT = re.compile(r"\s*[(\[]?\b(ms|msec|milliseconds|s|sec|secs|seconds)[)\]]?\Z")
_HEADER_SAMPLE = 1 << 12
_WHOLE = re.compile(r"-?[0-9]{1,15}\Z")
_BARE = re.compile(r"[0-9]{1,10}\t[0-9]{1,10}\t\S")
_SLOW = 0.5  # Characters in a unit of time: speech has about 15 a second, which is 0.015 a millisecond.
_FORMULA = tuple("=+-@")


class _Layout(NamedTuple):
    """Which column is which, how they are parted, and whether times are known to be milliseconds."""

    columns: dict[str, int]
    delimiter: str
    quoted: bool
    in_ms: bool
    header: int  # How many rows.


def sniff_tsv(text: str) -> bool:
    """Whether tabs part the columns."""
    layout = _layout(text)
    return layout is not None and layout.delimiter == "\t"


def sniff_csv(text: str) -> bool:
    """Whether commas or semicolons part the columns."""
    layout = _layout(text)
    return layout is not None and layout.delimiter != "\t"


def _layout(text: str) -> _Layout | None:
    """The layout that the header tells, or that whole numbers in the first two columns do; None if it is no such table.

    The texts of openai-whisper's own TSV are never quoted, so a quotation mark in them is one.
    """
    head = text[:_HEADER_SAMPLE].lstrip("\ufeff\n").split("\n", 3)
    if len(head) < 2:
        return None
    if _BARE.match(head[0]) and _BARE.match(head[1]):
        return _Layout({"start": 0, "end": 1, "text": 2}, "\t", False, True, 0)
    delimiter = max("\t,;", key=head[0].count)
    names = [name.strip().strip('"').strip().lower().replace("_", " ") for name in head[0].split(delimiter)]
    units = [found[1] if (found := _UNIT.search(name)) else "" for name in names]
    columns: dict[str, int] = {}
    for number, name in enumerate(names):
        kind = _COLUMNS.get(_UNIT.sub("", name).strip())
        if kind:
            columns.setdefault(kind, number)
    if len(names) < 2 or not {"start", "text"} <= columns.keys():
        return None
    first = next(csv.reader([head[1]], delimiter=delimiter), [])
    if len(first) <= columns["start"] or _ms(first[columns["start"]].strip(), 1) is None:
        return None
    bare = delimiter == "\t" and set(names) <= {"start", "end", "text", "speaker"} and '"' not in head[0]
    return _Layout(columns, delimiter, not bare, units[columns["start"]].startswith("m"), 1)


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the rows to the builder, a cue each. Times are clock times, seconds or milliseconds.

    Whole numbers are milliseconds where people would else speak too slowly.

    Raises:
        TranscriptError: no row has both a time and a text.
    """
    check_lines(text)
    text = text.lstrip("\ufeff\n")
    layout = _layout(text)
    if layout is None:
        raise TranscriptError("is no table with a start and a text column; choose another file")
    told = list(_rows(text, layout))[layout.header :]
    check_count(len(told))
    columns = layout.columns
    kept = [
        {kind: row[at].strip() if at < len(row) else "" for kind, at in columns.items()} for row in told if any(row)
    ]
    per_second = 1000 if layout.in_ms or _in_ms(kept) else 1
    segments = []
    for cells in kept:
        start = _ms(cells["start"], per_second)
        if start is None:
            findings.add("One row without a time was left out.", "{n} rows without a time were left out.")
            continue
        end = _ms(cells.get("end", ""), per_second)
        length = _ms(cells.get("duration", ""), per_second)
        if end is None and length is not None:
            end = start + length
        speaker = name_of(cells["speaker"]) if "speaker" in cells else CARRY_ON
        segments.append(Segment(start, end, cells["text"], (), speaker))
    feed(sorted(segments, key=lambda segment: segment.start_ms or 0), builder, findings)


def _rows(text: str, layout: _Layout) -> Iterable[list[str]]:
    """The rows; a damaged one ends the table.

    Raises:
        TranscriptError: a field is longer than any caption, as when a quotation mark is never closed.
    """
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=layout.delimiter,
        quoting=csv.QUOTE_MINIMAL if layout.quoted else csv.QUOTE_NONE,
    )
    try:
        yield from reader
    except csv.Error as error:
        raise TranscriptError(
            f"is a damaged table ({error}, near line {reader.line_num:,}); export it once more"
        ) from error


def _in_ms(rows: list[dict[str, str]]) -> bool:
    """Whether the times are whole numbers, and the texts would be said too slowly if these were seconds."""
    sample = rows[:1000]
    if not sample or not all(_WHOLE.match(row["start"]) and _WHOLE.match(row.get("end") or "0") for row in sample):
        return False
    if "end" in sample[0]:
        lengths = [int(row["end"] or "0") - int(row["start"]) for row in sample]
    else:
        lengths = [int(after["start"]) - int(row["start"]) for row, after in pairwise(sample)]
    rates = sorted(len(row["text"]) / length for row, length in zip(sample, lengths, strict=False) if length > 0)
    return bool(rates) and rates[len(rates) // 2] < _SLOW


def _ms(cell: str, per_second: int) -> int | None:
    """Milliseconds of a clock time or of a number, whose decimal mark may be a comma."""
    if not cell or len(cell) > 40:
        return None
    if _WHOLE.match(cell):
        return ms_of(int(cell), per_second)
    if per_second == 1000:
        return ms_of(cell.replace(",", "."), per_second) if ":" not in cell else ms_of(cell)
    try:
        return 0 if cell.startswith("-") else parse(cell.removesuffix("s"))
    except ValueError:
        return ms_of(cell)


def write_csv(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as whisper.cpp's CSV: a row a cue, times in ms, texts quoted and begun with a space.

    That space also keeps spreadsheets from taking a text that begins with `=`, `+`, `-` or `@` for a formula; readers
    drop it, so the words stay as they are. Names get one only if they begin so. Not carried: word times, line breaks,
    cue ids and settings, and where a turn begins if its speaker goes on.
    """
    named = options.speakers and bool(transcript.speakers)
    file = io.StringIO()
    file.write("start,end,speaker,text\n" if named else "start,end,text\n")
    csv.writer(file, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n").writerows(
        [start, end, *([_guarded(name)] if named else []), " " + text]
        for start, end, name, text in _table(transcript, options)
    )
    return file.getvalue()


def write_tsv(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as openai-whisper's TSV: a row a cue, times in ms, texts as they are, without quotation marks.

    Who speaks is told in a fourth column, which programs that know three leave alone. A text that spreadsheets would
    take for a formula gets a space in front, which readers drop. Not carried: what `write_csv` names.
    """
    named = options.speakers and bool(transcript.speakers)
    rows = [
        "\t".join([str(start), str(end), _guarded(text), *([_guarded(name)] if named else [])])
        for start, end, name, text in _table(transcript, options)
    ]
    return "\n".join(["start\tend\ttext\tspeaker" if named else "start\tend\ttext", *rows]) + "\n"


def _table(transcript: Transcript, options: WriteOptions) -> Iterator[tuple[int, int, str, str]]:
    for part in spoken(transcript, options):
        yield part.start_ms, part.end_ms, part.speaker or "", one_line(transcript, part.words)


def _guarded(text: str) -> str:
    return " " + text if text.startswith(_FORMULA) else text
