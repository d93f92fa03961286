"""What stands in a cell of an episode table: a date, a length, a list, whoever wrote it."""

import json
import math
import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from index.timecode import MAX_MS, parse

_ISO_DATE = re.compile(r"([0-9]{4})[-/.]?([0-9]{2})[-/.]?([0-9]{2})(?:[T ].{0,40})?\Z")
_NUMBERS = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\Z")
_WORDS = re.compile(
    r"(?:[^\W\d]{2,12}\.?,? )?(?:(?P<d1>[0-9]{1,2})(?:st|nd|rd|th|\.)? )?(?P<month>[^\W\d]{3,12})\.?"
    r"(?: (?P<d2>[0-9]{1,2})(?:st|nd|rd|th)?)?,? (?P<year>[0-9]{4})\Z"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ISO_LENGTH = re.compile(r"P(?:([0-9]{1,3})D)?T?(?:([0-9]{1,5})H)?(?:([0-9]{1,7})M)?(?:([0-9.]{1,12})S)?\Z")
_UNITS = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s?(ms|h|hr|hrs|hours?|m|min|mins|minutes?|s|sec|secs|seconds?)\b")
_UNIT_MS = {"ms": 1, "h": 3_600_000, "m": 60_000, "s": 1000}
_STRING = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_BULLET = re.compile(r"[ \t]*(?:[-–*•]|[0-9]{1,3}[.)])[ \t]+")
_ITEMS = 10_000


def iso_date(cell: str) -> str:
    """The date as `2023-02-02`, whichever way it is written; "" where it is none or could be two (`02/03/2023`)."""
    cell = " ".join(cell.split())
    try:
        if found := _ISO_DATE.match(cell):
            return date(*map(int, found.groups())).isoformat()
        if cell.isdecimal() and 9 <= len(cell) <= 13:  # Seconds or milliseconds since 1970.
            seconds = int(cell) / (1000 if len(cell) > 10 else 1)
            return datetime.fromtimestamp(seconds, UTC).date().isoformat()
        if found := _NUMBERS.match(cell):
            return _day_and_month(*map(int, found.groups()))
        if (found := _WORDS.match(cell)) and found["month"][:3].lower() in _MONTHS:
            month, day = _MONTHS.index(found["month"][:3].lower()) + 1, int(found["d1"] or found["d2"] or 1)
            return date(int(found["year"]), month, day).isoformat()
        return parsedate_to_datetime(cell).date().isoformat() if cell[-1:].isalnum() else ""
    except (ValueError, OverflowError, OSError):
        return ""


def _day_and_month(first: int, second: int, year: int) -> str:
    if first > 12 or first == second:
        return date(year, second, first).isoformat()
    return date(year, first, second).isoformat() if second > 12 else ""


def length_ms(cell: str, *, in_ms: bool = False) -> int | None:
    """The length in ms of `4584` (seconds, with `in_ms` ms), `1:16:24`, `PT1H16M24S` or `76 min`; None for others."""
    cell = cell.strip().lower()
    found = _ISO_LENGTH.match(cell.upper())
    try:
        if found and any(found.groups()):
            days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
            ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
        elif units := _UNITS.findall(cell):
            ms = sum(float(count) * _UNIT_MS[unit if unit == "ms" else unit[0]] for count, unit in units)
        elif ":" in cell:
            ms = parse(cell)
        else:
            ms = float(cell.replace(",", "")) * (1 if in_ms else 1000)
    except ValueError:
        return None
    return round(ms) if math.isfinite(ms) and 0 < ms <= MAX_MS else None


def texts(cell: str) -> tuple[str, ...]:
    """The texts of a list, written as JSON, as Python prints it, or a line each; one text alone is a list of one."""
    cell = cell.strip()
    if cell[:1] in ("[", "(") and cell[-1:] in ("]", ")"):
        items = _json_list(cell) or [_unescaped(one or other) for one, other in _STRING.findall(cell)]
        if items or not cell[1:-1].strip():
            return _clean(items)
    return _clean([_BULLET.sub("", line, count=1) for line in cell.split("\n")])


def _json_list(cell: str) -> list[str]:
    try:
        value = json.loads(cell)
    except (ValueError, RecursionError):
        return []
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        code = found[1] or found[2]
        return chr(int(code, 16)) if code else {"n": "\n", "t": "\t", "r": "\r"}.get(found[3], found[3])

    return _ESCAPE.sub(character, text) if "\\" in text else text


def _clean(items: list[str]) -> tuple[str, ...]:
    return tuple(" ".join(item.split()) for item in items[:_ITEMS] if item.strip())
