"""File names made of titles: safe on every system, never a way out of their folder."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from index.errors import EarmarkError
from index.plaintext import one_line
from index.timecode import clock

# What separates folders, what some system forbids, what cannot be seen: controls, joiners, marks of direction, tags.
_FORBIDDEN = re.compile(
    r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb'
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
# Names that Windows keeps for devices, whatever suffix follows.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|\Z)", re.IGNORECASE)
_EDGES = " .-"  # Hidden files, options of a command, and what Windows drops at the end.
_MAX_BYTES = 120  # Most systems allow 255, suffix and folder included on some.


def safe_name(title: str) -> str:
    """A name without a suffix for a file that holds something of this title.

    No separators, control or direction characters, no device names, no leading dot or dash, at most 120 bytes; `clip`
    where nothing is left.
    """
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", title[: 20 * _MAX_BYTES]))
    name = " ".join(name.split()).strip(_EDGES)
    if len(name.encode("utf-8")) >= _MAX_BYTES:
        name = name.encode("utf-8")[: _MAX_BYTES - 1].decode("utf-8", "ignore")
        cut = name.rfind(" ")
        name = name[:cut] if cut > 40 else name
    name = name.rstrip(_EDGES)
    if _DEVICES.match(name):
        name = f"_{name}"
    return name or "clip"


PATTERN_FIELDS = ("show", "episode", "n", "title", "start")
"""What may stand in braces in a pattern of names."""

_FIELD = re.compile(r"\{([^{}]{0,40})\}")
_LIMIT_OF_FIELD = 60  # Letters: so that a long title leaves room for what follows it.


def check_pattern(pattern: str) -> None:
    """See to it that a pattern names only fields that there are.

    Raises:
        EarmarkError: it does not; the message names those there are.
    """
    unknown = next((name for name in _FIELD.findall(pattern) if name not in PATTERN_FIELDS), None)
    if unknown is not None:
        known = ", ".join(f"{{{name}}}" for name in PATTERN_FIELDS)
        raise EarmarkError(f"“{{{one_line(unknown)}}}” is nothing that a name can hold; choose among {known}.")


def name_fields(*, show: str, episode: str, title: str, number: int, count: int, start_ms: int) -> dict[str, str]:
    """The values of a row of `names_from`: a moment of an episode, the number-th of so many, and when it begins."""
    return {
        "show": show,
        "episode": episode,
        "title": title,
        "n": f"{number:0{len(str(count))}}",
        "start": clock(start_ms).replace(":", "."),
    }


def names_from(pattern: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    """A safe name without a suffix for each row of field values; no two are equal on any system.

    `pattern` has fields in braces, `{show} {n} {title}`; a value is text, whatever stands in it, and a field that a row
    lacks is left out. Names that would be the same, also where capitals count for nothing, get `(2)` and so on.
    """
    check_pattern(pattern)
    names: list[str] = []
    taken: set[str] = set()
    for row in rows:
        filled = _FIELD.sub(lambda field, row=row: _shortened(row.get(field[1], "")), pattern)  # type: ignore[misc]
        first = safe_name(filled)
        name, number = first, 1
        while unicodedata.normalize("NFC", name).casefold() in taken:
            number += 1
            name = f"{first} ({number})"
        taken.add(unicodedata.normalize("NFC", name).casefold())
        names.append(name)
    return names


def _shortened(value: str) -> str:
    if len(value) <= _LIMIT_OF_FIELD:
        return value
    cut = value[:_LIMIT_OF_FIELD]
    return cut[: cut.rfind(" ")] if cut.rfind(" ") > _LIMIT_OF_FIELD // 2 else cut
