"""Paths and titles as the database can hold them: a damaged name of a file must not stop anything."""

import os
from functools import lru_cache
from pathlib import Path


def stored(path: Path | None) -> str | bytes:
    """A path as the database keeps it: text, or the bytes of a name that is not UTF-8."""
    text = str(path or "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(text)
    return text


@lru_cache(maxsize=1 << 15)  # Lists are read again and again, and making a path takes longer than its row.
def restored(value: str | bytes | None) -> Path | None:
    """The path that was kept; None where there is none."""
    return Path(os.fsdecode(value)) if value else None


def writable(text: str) -> str:
    """The text without the halves of surrogate pairs that a damaged file name leaves behind: SQLite takes none."""
    return text.encode("utf-8", "replace").decode("utf-8")
