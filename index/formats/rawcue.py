"""A cue as a file has it, before its text becomes words; and how much of a file is read at all."""

from typing import NamedTuple

from index.errors import TranscriptError

MAX_CUES = 500_000
MAX_LINE = 1_000_000  # Characters.


class RawCue(NamedTuple):
    """A cue of a caption file; `text` still has the mark-up of its format."""

    start_ms: int
    end_ms: int
    text: str
    id: str = ""
    settings: str = ""


class Piece(NamedTuple):
    """A part of a cue's text, with the times that the source gives its first word, or both to its only word."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None


def check_lines(text: str) -> None:
    """Refuse a text with a line that nobody wrote as one, or with more cues than any recording has.

    Raises:
        TranscriptError: what is too much, as the predicate of a sentence about the file.
    """
    if len(text) > MAX_LINE and max(map(len, text.split("\n"))) > MAX_LINE:
        raise TranscriptError("has a line of more than a million characters, so it is no transcript")
    check_count(text.count("-->"))


def check_count(cues: int) -> None:
    """Refuse more cues than any recording has.

    Raises:
        TranscriptError: so many, as the predicate of a sentence about the file.
    """
    if cues > MAX_CUES:
        raise TranscriptError(f"has more than {MAX_CUES:,} cues; split it into several files")
