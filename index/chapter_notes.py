"""Chapters in show notes: the lines that begin with a time and go on with a title."""

import re
from collections.abc import Sequence
from html import unescape
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.chapters import RawChapter
from index.timecode import parse

_TIME = r"(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}"
# `00:12:34 Title`, `12:34 - Title`, `(1:02:03) Title`, `* [12:34](https://…) Title`, `**0:00–1:20** Title`
_LINE = re.compile(
    rf"[ \t]*(?:[-–—*•·▶►>][ \t]*|[0-9]{{1,3}}[.)][ \t]+)?(?:\*\*|__)?(?P<open>[(\[])?(?P<time>{_TIME})"
    rf"(?:[ \t]?[-–—][ \t]?{_TIME})?(?(open)[)\]])(?:\(https?://[^\s()]{{1,2000}}\))?(?:\*\*|__)?"
    r"[ \t]*(?P<mark>[-–—:|.•]*)[ \t]+(?P<title>\S.*)\Z"
)
_BREAK = re.compile(r"<(?:br|/?p|/?li|/?div|/?tr|/?h[1-6]|/?[uo]l)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_OF_DAY = re.compile(r"[ap]\.?m\b|uhr\b|o.clock\b", re.IGNORECASE)
_LONGEST = 150  # Characters of a title: what is longer is something that was said.
_SHORTEST_MS = 10_000  # Chapters go on for longer, most of them; captions and verses do not.
_LIMIT = 1 << 20  # Characters of notes that are looked at.


class _Line(NamedTuple):
    start_ms: int
    time: str
    title: str


def read_notes(text: str, duration_ms: int | None = None) -> list[RawChapter]:
    """The chapters that show notes list, a time and a title on a line; none where there is no such list.

    At least two lines, with times that rise and titles that are no speeches; one line that is out of order among many
    is left out. Times of day make no chapters, nor does a list that goes on after the end of the sound, if its length
    is known. Tags of HTML are taken for the line breaks that they make.
    """
    lines = [found for found in map(_line, _plain(text[:_LIMIT]).split("\n")) if found]
    rising = _rising(lines)
    if len(rising) < 2 or len(rising) * 5 < len(lines) * 4:
        return []
    if median(len(line.title) for line in rising) > _LONGEST or _are_times_of_day(rising):
        return []
    if median(after.start_ms - before.start_ms for before, after in pairwise(rising)) < _SHORTEST_MS:
        return []
    if duration_ms is not None and rising[-1].start_ms >= duration_ms:
        return []
    return [RawChapter(line.start_ms, None, line.title) for line in rising]


def _plain(text: str) -> str:
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    return unescape(text) if "&" in text else text


def _line(line: str) -> _Line | None:
    found = _LINE.match(line) if len(line) < 2000 else None
    if not found or (len(found["time"]) < 5 and found["mark"] == "."):
        return None
    title = found["title"].strip().strip("*_").strip()
    return _Line(parse(found["time"]), found["time"], title) if title else None


def _rising(lines: Sequence[_Line]) -> list[_Line]:
    """The longest run of lines whose times rise, lines out of order left out; the first of equals."""
    best: list[_Line] = []
    for first in range(min(len(lines), 3)):  # It is the first lines that lead astray: one of them may be another's.
        kept = [lines[first]]
        for line in lines[first + 1 :]:
            if line.start_ms > kept[-1].start_ms:
                kept.append(line)
        best = max(best, kept, key=len)
    return best


def _are_times_of_day(lines: Sequence[_Line]) -> bool:
    """Whether the lines are a programme: `10:30 Meeting`, `9:00 am`; chapters begin at odd seconds or at 0:00."""
    if any(_OF_DAY.match(line.title) for line in lines):
        return True
    short = all(line.time.count(":") == 1 for line in lines)
    return short and lines[0].start_ms > 0 and all(line.time.endswith(("0", "5")) for line in lines)
