"""Chapters of an episode: when each begins and what it is called, whatever file tells it."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from index.plaintext import one_line, shown
from index.timecode import stamp

_TITLE_LIMIT = 300
_COUNT_LIMIT = 5000


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named part of an episode, from `start_ms` up to but without `end_ms`."""

    start_ms: int
    end_ms: int
    title: str


@dataclass(frozen=True, slots=True)
class RawChapter:
    """A chapter as a source states it: nothing checked, the end perhaps unknown."""

    start_ms: int
    end_ms: int | None
    title: str


def tidy_chapters(raw: Iterable[RawChapter], duration_ms: int) -> tuple[Chapter, ...]:
    """Chapters in order of time, inside the sound, without overlap, each with an end and a clean title.

    A missing or impossible end becomes the next chapter's start. Of two with the same start the first stays, so of
    chapters inside a chapter (WebVTT nests them) those that begin something.
    """
    starts: dict[int, RawChapter] = {}
    for chapter in raw:
        if 0 <= chapter.start_ms < duration_ms:
            starts.setdefault(chapter.start_ms, chapter)
    ordered = [starts[start] for start in sorted(starts)][:_COUNT_LIMIT]
    chapters = []
    for index, chapter in enumerate(ordered):
        limit = ordered[index + 1].start_ms if index + 1 < len(ordered) else duration_ms
        end = chapter.end_ms
        if end is None or not chapter.start_ms < end <= limit:
            end = limit
        chapters.append(Chapter(chapter.start_ms, end, _title(chapter.title)))
    return tuple(chapters)


def _title(text: str) -> str:
    """The title on one line, without control characters and marks that turn the direction of what stands around it."""
    return one_line(shown(text[: 4 * _TITLE_LIMIT]).replace("\u2060", "").replace("\0", " "), _TITLE_LIMIT)


# Podcasting 2.0


def read_json(text: str) -> list[RawChapter]:
    """The chapters of a Podcasting 2.0 "JSON Chapters" file (version 1.2), none where there are none.

    Whatever in it cannot be understood is left out. Entries with `"toc": false` are silent changes of picture or link,
    not chapters to show.
    """
    try:
        document = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return []
    entries = document.get("chapters") if isinstance(document, dict) else document
    chapters = []
    for entry in entries[:_COUNT_LIMIT] if isinstance(entries, list) else ():
        if not isinstance(entry, dict) or entry.get("toc") is False:
            continue
        start = _seconds_to_ms(entry.get("startTime"))
        if start is not None:
            title = entry.get("title")
            end = _seconds_to_ms(entry.get("endTime"))
            chapters.append(RawChapter(start, end, title if isinstance(title, str) else ""))
    return chapters


def _seconds_to_ms(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    # A time beyond any duration is as good as none; it also keeps rounding from overflowing.
    return round(seconds * 1000) if math.isfinite(seconds) and 0 <= seconds < 1e9 else None


def write_json(chapters: Sequence[Chapter]) -> str:
    """The chapters as a Podcasting 2.0 "JSON Chapters" file."""
    entries: list[dict[str, Any]] = [
        {"startTime": chapter.start_ms / 1000, "endTime": chapter.end_ms / 1000, "title": chapter.title}
        for chapter in chapters
    ]
    return json.dumps({"version": "1.2.0", "chapters": entries}, ensure_ascii=False, indent=1) + "\n"


# WebVTT


def read_vtt(text: str) -> list[RawChapter]:
    """The chapters of a WebVTT file of the kind `chapters`, whose cues' texts are titles; none where there are none."""
    # The formats bring their libraries, which a process that only measures a sound does without.
    from index.formats.webvtt import plain_text
    from index.formats.webvtt_cues import parse_cues

    return [RawChapter(cue.start_ms, cue.end_ms, plain_text(cue.text)) for cue in parse_cues(text)[:_COUNT_LIMIT]]


def write_vtt(chapters: Sequence[Chapter]) -> str:
    """The chapters as a WebVTT file whose cues' texts are their titles."""
    cues = (
        f"{stamp(chapter.start_ms)} --> {stamp(chapter.end_ms)}\n{escape(chapter.title, quote=False)}\n"
        for chapter in chapters
    )
    return "\n".join(["WEBVTT\n", *cues])
