"""Chapters inside a sound file: those of its container, and those in its tags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from index.chapter_notes import read_notes
from index.chapters import RawChapter

if TYPE_CHECKING:
    from av.container import InputContainer

_VORBIS_TIME = re.compile(r"(\d{1,4}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,3}))?$")
# Tags that hold show notes, as PyAV names them in ID3, MP4, Vorbis comments and Matroska.
_NOTES = ("description", "synopsis", "comment", "lyrics")


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


def notes_chapters(metadata: Mapping[str, str], duration_ms: int) -> list[RawChapter]:
    """Chapters that the show notes in a file's tags list, a time and a title on a line."""
    for name, text in metadata.items():
        if name.lower().partition("-")[0] in _NOTES:  # ID3 adds the language: lyrics-eng.
            chapters = read_notes(text, duration_ms)
            if chapters:
                return chapters
    return []
