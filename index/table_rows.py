"""The rows of a table of episodes, by what their columns mean: CSV, TSV, JSON, or JSON lines."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from index.errors import TranscriptError
from index.formats.base import Findings
from index.plaintext import one_line

_NAMES = {
    "title": "title|episode title|episode name|episode|headline|name",
    "url": "url|link|episode url|episode link|web page|webpage url|page|page url|permalink|video url|youtube url|href",
    "sound": "audio|audio url|audio file|audio path|enclosure|enclosure url|media|media url|mp3|sound|file"
    "|filename|path",
    "length": "length|duration|seconds|runtime|length seconds|duration seconds|itunes duration|duration string",
    "length_ms": "duration ms|length ms|milliseconds",
    "date": "date|publish date|published|published at|publication date|pub date|pubdate|release date|released"
    "|upload date|aired|air date|date published",
    "transcript": "transcript|transcription|transcript text|full transcript|full text|text|content|body",
    "notes": "summary|description|show notes|shownotes|notes|abstract|episode description|synopsis|content encoded",
    "questions": "questions|question|discussion questions",
    "show": "show|podcast|podcast name|podcast title|show name|series|channel|feed",
}
COLUMNS = {name: kind for kind, names in _NAMES.items() for name in names.split("|")}
"""What a column's name, in small letters, says that it holds."""

_TELLING = frozenset({"transcript", "notes", "url", "sound", "questions"})  # What else makes an episode of a title.
_SEPARATORS = re.compile(r"[\s_\-:]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNIT = re.compile(r" ?[(\[](?:s|sec|secs|seconds)[)\]]\Z")
_HEAD_LINES = 50  # Within which the header must stand.
_LISTS = ("episodes", "items", "results", "data", "entries", "rows")
_MAX_ROWS = 100_000
_MAX_CELL = 8 << 20  # Characters: ten times the longest talk.

Row = dict[str, str]
"""Texts of a row by what they are: keys of the table of names."""


def rows_of(text: str, findings: Findings) -> list[Row]:
    """The rows that tell of episodes.

    Raises:
        TranscriptError: it is no such table, or a damaged one, as the predicate of a sentence about the file.
    """
    text = text.lstrip("\ufeff")
    begin = text.lstrip()[:1]
    rows = list(_json_rows(text, findings) if begin in ("{", "[") else _table_rows(text, findings))
    told = [row for row in rows if row.get("title") or row.get("transcript")]
    if len(told) < len(rows):
        findings.add(
            "One row without a title and a transcript was left out.",
            "{n} rows without a title and a transcript were left out.",
            len(rows) - len(told),
        )
    if not told:
        raise TranscriptError("has no episodes in it; choose another file")
    if len(told) > _MAX_ROWS:
        raise TranscriptError(f"has more than {_MAX_ROWS:,} rows; split it into several files")
    return told


def kinds_of(names: Sequence[str]) -> dict[int, str]:
    """What each column holds, the first of each kind; empty if they are no columns of a table of episodes."""
    kinds: dict[int, str] = {}
    for number, name in enumerate(names):
        words = _SEPARATORS.sub(" ", _CAMEL.sub(" ", name.strip().strip('"'))).strip().lower()
        kind = COLUMNS.get(_UNIT.sub("", words))
        if kind and kind not in kinds.values():
            kinds[number] = kind
    found = set(kinds.values())
    return kinds if ("title" in found and found & _TELLING) or {"url", "transcript"} <= found else {}


# Comma-separated values


def _table_rows(text: str, findings: Findings) -> Iterator[Row]:
    at, delimiter, kinds, skipped = _header(text)
    if skipped:
        findings.add("One line above the table was left out.", "{n} lines above the table were left out.", skipped)
    limit = csv.field_size_limit(_MAX_CELL)
    reader = csv.reader(io.StringIO(text[at:], newline=""), delimiter=delimiter)
    try:
        next(reader)
        for cells in reader:
            if any(map(str.strip, cells)):
                yield {kind: cells[number].strip() for number, kind in kinds.items() if number < len(cells)}
    except csv.Error as error:
        raise TranscriptError(
            f"is a damaged table ({one_line(str(error))}, near line {reader.line_num:,}); export it once more"
        ) from error
    finally:
        csv.field_size_limit(limit)


def _header(text: str) -> tuple[int, str, dict[int, str], int]:
    """Where the line with the columns' names begins, what parts them, what they hold, and the lines left out above."""
    at = skipped = 0
    for line in text.split("\n", _HEAD_LINES)[:_HEAD_LINES]:
        for delimiter in ",\t;|":
            if delimiter in line[:10_000]:
                kinds = kinds_of(_cells(line[:10_000], delimiter))
                if kinds:
                    return at, delimiter, kinds, skipped
        skipped += bool(line.strip())
        at += len(line) + 1
    raise TranscriptError("is no table of episodes: no columns such as title and transcript were found in it")


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


# JSON


def _json_rows(text: str, findings: Findings) -> Iterator[Row]:
    entries = _entries(text, findings)
    episodes = [entry for entry in entries if isinstance(entry, dict)]
    if not any(kinds_of([str(name) for name in entry]) for entry in episodes[:20]):
        raise TranscriptError("is JSON, but no table of episodes: no fields such as title and transcript are in it")
    for entry in episodes:
        kinds = kinds_of([str(name) for name in entry])
        yield {kind: _text(value) for (number, value) in enumerate(entry.values()) if (kind := kinds.get(number))}


def _entries(text: str, findings: Findings) -> list[Any]:
    value: Any
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        raise TranscriptError("is JSON nested too deeply, so it is no table; choose another file") from None
    except ValueError:
        return _lines(text, findings)
    if isinstance(value, dict):
        value = next((value[name] for name in _LISTS if isinstance(value.get(name), list)), [value])
    return value if isinstance(value, list) else []


def _lines(text: str, findings: Findings) -> list[Any]:
    values: list[Any] = []
    for line in text.split("\n"):
        if line.strip():
            try:
                values.append(json.loads(line, strict=False))
            except (ValueError, RecursionError):
                findings.add("One damaged line was left out.", "{n} damaged lines were left out.")
    if not values:
        raise TranscriptError("is damaged JSON; download or export it once more")
    return values


def _text(value: Any) -> str:
    """The text of a value; a list of texts stays JSON, as the cells of such columns have it."""
    if isinstance(value, str):
        return value.strip()
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, int | float):
        return repr(value)[:40]
    return json.dumps(value, ensure_ascii=False)
