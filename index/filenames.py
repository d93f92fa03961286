"""File names made of titles: safe on every system, never a way out of their folder."""

import re
import unicodedata

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]')
# Names that Windows keeps for devices, whatever suffix follows.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)
_MAX_BYTES = 120  # Most systems allow 255, suffix and folder included on some.


def safe_name(title: str, fallback: str = "clip") -> str:
    """A name without a suffix for a file that holds something of this title.

    No separators, control or direction characters, no device names, no leading dot or dash, at most 120 bytes.
    """
    name = unicodedata.normalize("NFC", _FORBIDDEN.sub(" ", title))
    name = " ".join(name.split()).strip(" .-")
    while len(name.encode("utf-8")) > _MAX_BYTES:
        cut = name.rfind(" ")
        name = name[:cut] if cut > 40 else name[:-1]
    name = name.rstrip(" .-")
    if _DEVICES.match(name):
        name = f"_{name}"
    return name or fallback
