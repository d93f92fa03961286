"""File names made of titles: safe on every system, never a way out of their folder."""

import re
import unicodedata

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
