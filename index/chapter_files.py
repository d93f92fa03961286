"""The files beside a sound that tell its chapters, and what is in such a file."""

import os
from pathlib import Path

from index.chapter_notes import read_notes
from index.chapters import RawChapter, read_json, read_vtt

SUFFIXES = (".chapters.json", ".chapters.vtt", ".chapters.txt")
"""What stands after a sound's name in the name of its chapters, best first."""

_LIMIT = 4 << 20  # Bytes.


def chapters_beside(sound: str | os.PathLike[str]) -> list[RawChapter]:
    """The chapters that a file beside the sound tells, none without one.

    For `talk.mp3` it is `talk.chapters.json`, `.vtt` or `.txt`, or `talk.mp3.chapters.json` and so on; the first with
    chapters in it counts.
    """
    path = Path(sound)
    for suffix in SUFFIXES:
        for candidate in (path.with_suffix(suffix), path.with_name(path.name + suffix)):
            chapters = read_chapters(candidate)
            if chapters:
                return chapters
    return []


def read_chapters(path: Path) -> list[RawChapter]:
    """The chapters in a file of Podcasting 2.0 JSON, WebVTT or show notes; none where it has none or is none."""
    text = _text(path)
    if text.lstrip()[:1] in ("{", "["):
        chapters = read_json(text)
        if chapters:
            return chapters  # Notes may begin with a bracket, too.
    if text.lstrip()[:6] == "WEBVTT":
        return read_vtt(text)
    return read_notes(text)


def _text(path: Path) -> str:
    try:
        # Nothing but a regular file is opened: a FIFO or a device would block or never end.
        if not path.is_file() or path.stat().st_size > _LIMIT:
            return ""
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
    except (OSError, ValueError):
        return ""
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
