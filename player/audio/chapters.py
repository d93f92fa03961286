"""Chapters of a sound file: those inside it and those in a Podcasting 2.0 JSON file next to it."""

from __future__ import annotations

import json
import math
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from player.audio.container import clean_text

if TYPE_CHECKING:
    from av.container import InputContainer

_TITLE_LIMIT = 300
_COUNT_LIMIT = 5000
_SIDECAR_LIMIT = 4 * 1024 * 1024
_VORBIS_TIME = re.compile(r"(\d{1,4}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,3}))?$")


@dataclass(frozen=True)
class Chapter:
    """A named part of an episode, from `start_ms` up to but without `end_ms`."""

    start_ms: int
    end_ms: int
    title: str


@dataclass(frozen=True)
class RawChapter:
    """A chapter as a source states it: nothing checked, the end perhaps unknown."""

    start_ms: int
    end_ms: int | None
    title: str


def tidy_chapters(raw: Iterable[RawChapter], duration_ms: int) -> tuple[Chapter, ...]:
    """Chapters in order of time, inside the sound, without overlap, each with an end and a clean title.

    A missing or impossible end becomes the next chapter's start. Of two with the same start the first stays.
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
        chapters.append(Chapter(chapter.start_ms, end, clean_text(chapter.title, _TITLE_LIMIT)))
    return tuple(chapters)


def container_chapters(container: InputContainer) -> list[RawChapter]:
    """The chapters the file itself carries (ID3 CHAP, MP4, Matroska, Ogg), as PyAV reads them."""
    chapters = []
    for chapter in container.chapters():
        if not chapter["time_base"]:
            continue
        tick_ms = float(chapter["time_base"]) * 1000
        start, end = round(chapter["start"] * tick_ms), round(chapter["end"] * tick_ms)
        chapters.append(RawChapter(start, end, chapter["metadata"].get("title", "")))
    return chapters


def vorbis_chapters(comments: Mapping[str, str]) -> list[RawChapter]:
    """Chapters in Vorbis comments named CHAPTER001 and CHAPTER001NAME, for FLAC, where PyAV sees none."""
    chapters = []
    for key, value in comments.items():
        number = re.fullmatch(r"chapter(\d{1,4})", key.lower())
        time = _VORBIS_TIME.match(value.strip())
        if number and time:
            hours, minutes, seconds, fraction = time.groups(default="0")
            start = (int(hours) * 60 + int(minutes)) * 60_000 + int(seconds) * 1000
            title = comments.get(f"chapter{number[1]}name", "")
            chapters.append(RawChapter(start + int(fraction.ljust(3, "0")), None, title))
    return chapters


def sidecar_chapters(sound: str | os.PathLike[str]) -> list[RawChapter]:
    """Chapters from `NAME.chapters.json` (or `NAME.mp3.chapters.json`) next to the sound.

    The format is the Podcasting 2.0 "JSON Chapters" 1.2; whatever in it cannot be understood is left out.
    Entries with `"toc": false` are silent changes of picture or link, not chapters to show.
    """
    path = Path(sound)
    for candidate in (path.with_suffix(".chapters.json"), path.with_name(path.name + ".chapters.json")):
        document = _read_json(candidate)
        entries = document.get("chapters") if isinstance(document, dict) else document
        if not isinstance(entries, list):
            continue
        chapters = []
        for entry in entries[:_COUNT_LIMIT]:
            if not isinstance(entry, dict) or entry.get("toc") is False:
                continue
            start = _seconds_to_ms(entry.get("startTime"))
            if start is not None:
                title = entry.get("title")
                end = _seconds_to_ms(entry.get("endTime"))
                chapters.append(RawChapter(start, end, title if isinstance(title, str) else ""))
        if chapters:
            return chapters
    return []


def _read_json(path: Path) -> Any:
    try:
        if not path.is_file() or path.stat().st_size > _SIDECAR_LIMIT:
            return None
        with path.open("rb") as file:
            data = file.read(_SIDECAR_LIMIT + 1)
        return json.loads(data.decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None


def _seconds_to_ms(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    # A time beyond any duration is as good as none; it also keeps rounding from overflowing.
    return round(seconds * 1000) if math.isfinite(seconds) and 0 <= seconds < 1e9 else None
