"""Timed text as people share it: Otter, Rev, BBC, Descript, Sonix, Trint, Premiere and DaVinci Resolve exports.

A turn begins with a line that has a time and perhaps a name, in whatever order and brackets; its text stands on that
line or on those that follow. `Ann  55:21`, `Ann (00:00): text`, `Ann: [00:00:13] text`, `[00:01:23] Ann: text`,
`[01:00:02:10 - 01:00:05:00]`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats import markdown_text
from index.formats.base import Findings
from index.formats.rawcue import check_count, check_lines
from index.formats.segments import CARRY_ON
from index.formats.speakers import is_name
from index.formats.started import Started, feed_started
from index.progress import Stage, Watch
from index.timecode import parse

_TIME = r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}[:;][0-9]{2}|(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}(?:[.,][0-9]{1,3})?"
_TIMES = rf"(?P<start>{_TIME})(?:[ \t]{{0,3}}[-–—][ \t]{{0,3}}(?P<end>{_TIME}))?"
_NAME = r"(?P<name>[^\W_][^\n:\[\](){}<>|]{0,59}?)[ \t]{0,9}"
_GAP = r"[ \t]{0,9}"
_TIME_FIRST = re.compile(
    rf"[ \t]{{0,20}}(?P<open>[\[(])?{_TIMES}(?(open)[\])]:?|(?=\s|\Z))(?![ \t]{{0,9}}-{{1,3}}>)"
    rf"[ \t]{{0,20}}(?:[-–—|][ \t]{{1,9}})?(?P<rest>.*)\Z"
)
_NAME_FIRST = re.compile(rf"{_GAP}{_NAME}:?{_GAP}[\[(]{_TIMES}[\])]{_GAP}:?(?P<rest>.*)\Z")
_NAME_GAP_TIME = re.compile(
    rf"{_GAP}{_NAME}:?(?:[ \t]{{2,20}}|\t|[ \t][|–—-][ \t]|[ \t](?=[0-9]{{1,2}}:[0-9]{{2}}:)){_TIMES}{_GAP}(?P<rest>)\Z"
)
_DIGITS = re.compile(r"[0-9]:[0-9]{2}")
_ID = re.compile(r"(?i:speaker|spk|guest|host)[ _]?\w{1,3}\Z|[^\W_][\w.-]{0,30}[0-9_][\w.-]{0,30}\Z")
_FRAMES = re.compile(r"([0-9]{1,2}:[0-9]{2}:[0-9]{2})[:;]([0-9]{2})\Z")
_FOOTER = re.compile(
    r"(?:this )?(?:transcri(?:bed|pt|ption)|captions?|subtitles?|generated|exported|created|made)\b.{0,60}"
    r"\b(?:by|with|from|using|at)\b.{1,120}|https?://\S{1,300}",
    re.IGNORECASE,
)
_SAMPLE = 1 << 16
_HOUR_MS = 3_600_000


class _Head(NamedTuple):
    """What the line that begins a turn tells."""

    start: str
    end: str
    name: str
    rest: str
    bare: bool  # The time comes first and is in no brackets.


class _Turn(NamedTuple):
    head: _Head
    lines: list[str]


def sniff(text: str) -> bool:
    """Whether two lines or more begin turns, with times that do not fall, and read like speech, not a programme."""
    heads: list[tuple[_Head, str]] = []
    lines = [line for line in _plain(text[:_SAMPLE]).split("\n") if line.strip()]
    for number, line in enumerate(lines):
        head = _head(line)
        if head:
            heads.append((head, head.rest or (lines[number + 1] if number + 1 < len(lines) else "")))
    if len(heads) < 2 or len(heads) * 60 < len(lines):
        # A single line is enough where it is all that there is and its time is in brackets.
        return len(heads) == len(lines) == 1 and not (heads[0][0].bare or heads[0][0].name) and bool(heads[0][1])
    times = [_ms(head.start, 30) for head, _ in heads]
    if sum(after < before for before, after in pairwise(times)) * 10 > len(heads):
        return False
    return not _is_programme([head for head, _ in heads], times, [said for _, said in heads])


def _is_programme(heads: Sequence[_Head], times: Sequence[int], texts: Sequence[str]) -> bool:
    """Whether the times are those of an agenda, of chapters or of verses, with a few words to each."""
    if all(head.bare and head.rest and head.start.count(":") == 1 for head in heads):
        if all(head.start.endswith(("0", "5")) for head in heads):
            return True  # Times of day.
        seconds = (times[-1] - times[0]) / 1000
        rate = sum(len(text.split()) for text in texts[:-1]) / seconds if seconds else 0
        if seconds and not 0.1 < rate < 10:
            return True
    if len(heads) < 3 or any(head.name or ":" in head.rest for head in heads) or not all(head.rest for head in heads):
        return False
    gaps = [after - before for before, after in pairwise(times)]
    return median(gaps) >= 30_000 and max(len(text.split()) for text in texts) <= 12


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the turns to the builder; each ends where the next begins.

    Raises:
        TranscriptError: no line has a time.
    """
    check_lines(text)
    turns = _turns(_plain(text), findings, builder.watch)
    if not turns:
        raise TranscriptError("has no timed lines that could be read; export it once more")
    check_count(len(turns))
    rate = _frame_rate(turns, findings)
    offset = 0
    if (
        rate
        and min(_ms(turn.head.start, rate) for turn in turns) >= _HOUR_MS > _ms(turns[0].head.start, rate) - _HOUR_MS
    ):
        offset = _HOUR_MS
        findings.add("The times begin at one hour, as in a video timeline; that hour was taken off.", "")
    named = _names_on_lines(turns)
    alone = any(turn.head.name and not turn.head.rest for turn in turns)
    said = []
    for head, lines in turns:
        start = _ms(head.start, rate) - offset
        end = _ms(head.end, rate) - offset if head.end else None
        speaker: str | None = head.name or (None if alone and not head.rest else CARRY_ON)
        if named and lines and _is_label(lines[0]):
            speaker, lines = lines[0].strip().rstrip(":").strip(), lines[1:]
        said.append(Started(start, "\n".join(lines), speaker, end))
    feed_started(said, builder, findings)


def _plain(text: str) -> str:
    return markdown_text.plain(text) if markdown_text.is_marked_up(text) else text


def _head(line: str) -> _Head | None:
    if not _DIGITS.search(line, 0, 200):
        return None
    found = _TIME_FIRST.match(line)
    if found:
        return _Head(found["start"], found["end"] or "", "", found["rest"].strip(), not found["open"])
    for pattern in (_NAME_FIRST, _NAME_GAP_TIME):
        found = pattern.match(line)
        if found and _is_label(found["name"]):
            return _Head(found["start"], found["end"] or "", found["name"].strip(), found["rest"].strip(), False)
    return None


def _is_label(text: str) -> bool:
    """Whether the text is a speaker's name or number and nothing else."""
    name = text.strip().rstrip(":").strip()
    return len(name) <= 60 and bool(name) and (bool(_ID.match(name)) or (is_name(name) and ":" not in name))


def _turns(text: str, findings: Findings, watch: Watch) -> list[_Turn]:
    turns: list[_Turn] = []
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if len(lines) > 2 and _FOOTER.fullmatch(lines[-1].strip()[:400]) and not _head(lines[-1]):
        findings.add("A last line that tells who made the transcript was left out.", "")
        lines.pop()
    for line in watch.each(Stage.FINDING, lines):
        head = _head(line)
        if head:
            turns.append(_Turn(head, [head.rest] if head.rest else []))
        elif line.strip():
            if turns:
                turns[-1].lines.append(line.strip())
            else:
                findings.add(
                    "One line before the first time was left out.", "{n} lines before the first time were left out."
                )
    return turns


def _names_on_lines(turns: Sequence[_Turn]) -> bool:
    """Whether the first line of the text of most turns is a name and nothing else."""
    firsts = [turn.lines[0] for turn in turns if len(turn.lines) > 1 and not turn.head.name]
    names = Counter(line for line in firsts if _is_label(line))
    return len(firsts) * 2 > len(turns) and names.total() * 5 > len(firsts) * 3


def _times(turns: Sequence[_Turn]) -> Iterator[str]:
    for turn in turns:
        yield turn.head.start
        if turn.head.end:
            yield turn.head.end


def _frame_rate(turns: Sequence[_Turn], findings: Findings) -> int:
    """Frames in a second, as far as the highest frame tells; 0 if the times are not counted in frames."""
    frames = [int(found[2]) for found in map(_FRAMES.match, _times(turns)) if found]
    if not frames:
        return 0
    rate = next((rate for rate in (24, 25, 30, 50, 60) if max(frames) < rate), 100)
    findings.add(f"The times are in frames; they were read as {rate} to a second.", "")
    return rate


def _ms(time: str, rate: int) -> int:
    found = _FRAMES.match(time)
    if found:
        return parse(found[1]) + int(found[2]) * 1000 // max(rate, int(found[2]) + 1)
    return parse(time)
