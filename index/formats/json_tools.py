"""What the readers of JSON share: loading it whatever it holds, and taking times, texts and names out of it."""

import json
import math
import re
from functools import lru_cache
from typing import Any

from index.errors import TranscriptError
from index.formats.base import Findings
from index.timecode import MAX_MS, parse

MAX_ENTRIES = 1_000_000

_START = re.compile(r"\ufeff?\s*(?:\{|\[\s*[\[{\"\]])")
# Colours of a terminal, and controls that some programs leave in their texts.
_NOISE = re.compile(r"\x1b\[[0-9;]{0,19}[A-Za-z]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBERED = re.compile(r"[0-9]{1,4}\Z")


def looks_like_json(text: str) -> bool:
    """Whether the text begins as JSON does; `[00:00` of a timed line does not."""
    return bool(_START.match(text))


@lru_cache(maxsize=1)
def _loaded(text: str) -> tuple[Any, str]:
    """The value and "", or None and what is wrong; kept for the next format that looks at the same text."""
    try:
        return json.loads(_NOISE.sub("", text.removeprefix("\ufeff")), strict=False), ""
    except json.JSONDecodeError as error:
        wrong = error.msg.lower().removesuffix(" starting at")  # A place in the line follows there.
        return None, f"is damaged JSON ({wrong} in line {error.lineno:,}); download or export it once more"
    except RecursionError:
        return None, "is JSON nested too deeply, so it is no transcript; choose another file"
    except ValueError:
        return None, "is JSON with a number of thousands of digits, so it is no transcript; choose another file"


def forget() -> None:
    """Let go of the text that was loaded last."""
    _loaded.cache_clear()


def value_of(text: str) -> Any:
    """The value of a JSON text; None where it is no JSON."""
    return _loaded(text)[0] if looks_like_json(text) else None


def load(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        TranscriptError: what is wrong with it, as the predicate of a sentence about the file.
    """
    value, wrong = _loaded(text)
    if wrong:
        raise TranscriptError(wrong)
    return value


def ms_of(value: object, per_second: int = 1) -> int | None:
    """Milliseconds of a time given in units of which `per_second` make one second, a number or digits in a string.

    A string may also be written as a clock has it (`00:00:03,760`). Before the beginning is the beginning; None is
    for what is no time: null, NaN, Infinity, a list, or longer than any recording.
    """
    if type(value) is float and 0 <= value <= 1e6:
        return int(value * 1000 / per_second + 0.5)  # Nearly every time there is.
    if isinstance(value, str):
        try:
            if ":" in value:
                return parse(value)
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value > MAX_MS * per_second:
        return None
    ms = int(max(value, 0) * 1000 / per_second + 0.5)
    return ms if ms <= MAX_MS else None


def name_of(value: object) -> str | None:
    """A speaker's name as programs give it: a string, a number (`Speaker 2`), or a list of these; None for others."""
    if isinstance(value, str):
        name = " ".join(value.split())
        if name == "?":
            return None  # whisper.cpp, where it cannot tell.
        return f"Speaker {name}" if _NUMBERED.match(name) else name or None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"Speaker {value:g}" if isinstance(value, float) else f"Speaker {str(value)[:20]}"
    if isinstance(value, list):
        return ", ".join(name for name in map(name_of, value[:8]) if name) or None
    return None


def dicts_in(value: object) -> list[dict[str, Any]]:
    """The objects of a list; empty for what is no list."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def objects_in(value: object, findings: Findings) -> list[dict[str, Any]]:
    """The objects of a list that should hold nothing else.

    Raises:
        TranscriptError: it is no list, or one longer than any transcript, as the predicate of a sentence.
    """
    if not isinstance(value, list):
        raise TranscriptError("is JSON of another shape: there is no list of segments in it; choose another file")
    if len(value) > MAX_ENTRIES:
        raise TranscriptError(f"has more than {MAX_ENTRIES:,} entries; split it into several files")
    items = dicts_in(value)
    left = len(value) - len(items)
    if left:
        findings.add(
            "One entry that is no segment was left out.", "{n} entries that are no segments were left out.", left
        )
    return items


def text_of(value: object) -> str:
    """The string, or "" for anything else."""
    return value if isinstance(value, str) else ""
