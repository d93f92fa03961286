"""Files for tests of adding: sounds that a stand-in looks into, and transcripts."""

from collections.abc import Callable
from pathlib import Path

from index.errors import EarmarkError
from index.library import Facts, Library
from index.library.adding import add
from index.library.report import Report

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Mara>{}\n"


def look(sound: Path) -> Facts:
    """What a sound file of a test says: its text, a fact a line; `damaged` is none."""
    text = sound.read_text("utf-8")
    if text.startswith("damaged"):
        raise EarmarkError(f"“{sound.name}” is damaged: no sound in it can be decoded.")
    told = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    return Facts(title=told.get("title", ""), show=told.get("show", ""), date=told.get("date", ""), duration_ms=60_000)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def sound(path: Path, **facts: str) -> Path:
    """A sound file; no two are the same."""
    return write(path, f"sound of {path.name}\n" + "".join(f"{name}: {value}\n" for name, value in facts.items()))


def captions(path: Path, words: str = "") -> Path:
    return write(path, VTT.format(words or f"the words of {path.stem}"))


AddAll = Callable[..., Report]


def add_all(library: Library, *paths: Path) -> Report:
    return add(library, paths, probe=look)
