"""Milliseconds to text and back: the only place that knows how times are written."""

import re

# Hours or minutes of any length (bounded, so that a page of digits stays cheap), ASCII digits only, and a
# decimal fraction after a dot or a comma: `1:23:45.678`, `83:45`, `0.860`, `00:00:90,740`.
_TIME = re.compile(r"(?:(?:([0-9]{1,10}):)?([0-9]{1,10}):)?([0-9]{1,10})(?:[.,]([0-9]{1,9}))?\Z")

MAX_MS = 10_000 * 3600 * 1000  # Ten thousand hours: beyond it a time is damage, not a recording.


def fraction_ms(digits: str | None) -> int:
    """Milliseconds of the digits after a decimal point: `5` is 500, `0049` is 4 (cut, as browsers do)."""
    return int((digits or "0")[:3].ljust(3, "0"))


def parse(text: str) -> int:
    """Milliseconds of a typed or written time: `1:23:45.678`, `83:45`, `95`, `0.86` (seconds), `1:02,5`.

    Raises:
        ValueError: the text is no time, or one beyond ten thousand hours.
    """
    found = _TIME.match(text.strip())
    if not found:
        raise ValueError(f"“{text}” is not a time; write it like 1:23:45, 83:45 or 95.5")
    hours, minutes, seconds, fraction = found.groups()
    ms = (int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds)) * 1000 + fraction_ms(fraction)
    if ms > MAX_MS:
        raise ValueError(f"“{text}” is longer than any recording")
    return ms


def clock(ms: int, *, like_ms: int = 0) -> str:
    """A time for people: `4:07`, or `1:04:07` from an hour on; `like_ms` asks for the width of a longer time."""
    seconds = max(0, ms) // 1000
    if seconds >= 3600 or like_ms >= 3_600_000:
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{seconds // 60}:{seconds % 60:02}"


def fine_clock(ms: int) -> str:
    """A time for people who trim, to a hundredth of a second: `4:07.38`."""
    return f"{clock(ms)}.{max(0, ms) % 1000 // 10:02}"


def stamp(ms: int, *, point: str = ".") -> str:
    """A time for files, `01:04:07.120`: hours of two digits or more, as WebVTT has it; SRT's point is a comma."""
    ms = max(0, ms)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}{point}{ms % 1000:03}"
