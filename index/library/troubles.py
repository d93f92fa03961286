"""What can go wrong with the library's file, told in one sentence that says what to do."""

import os
import sqlite3
from pathlib import Path

from index.errors import EarmarkError
from index.library.backups import Backup, backups

DAMAGED, NEWER, FULL, READ_ONLY, BUSY, GONE, OTHER = "damaged", "newer", "full", "read-only", "busy", "gone", "other"

_KINDS = {
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_PERM: READ_ONLY,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
    sqlite3.SQLITE_IOERR: GONE,
    sqlite3.SQLITE_CANTOPEN: GONE,
}
_REASONS = {
    FULL: "the disk is full; make some room and try again",
    READ_ONLY: "its file or folder may only be read; change its permissions or choose another folder",
    BUSY: "another Earmark is writing into it; try again in a moment",
    GONE: "its disk does not answer, is full or was removed; see to the disk and try again",
}


class LibraryError(EarmarkError):
    """The library cannot be used, or a change of it was not kept. Nothing was overwritten."""

    def __init__(self, sentence: str, kind: str = OTHER, backup: Backup | None = None) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.backup = backup
        """The newest copy that could take the library's place (`backups.restore_backup`), where it is damaged."""


def kind_of(error: Exception) -> str:
    """What an error of SQLite or of the system is about."""
    if isinstance(error, OSError):
        return READ_ONLY if isinstance(error, PermissionError) else GONE
    code = getattr(error, "sqlite_errorcode", None)
    return OTHER if code is None else _KINDS.get(code & 0xFF, OTHER)


def trouble(path: Path | str, failed: str, error: Exception) -> LibraryError:
    """The error for people: what `failed` (`cannot be opened`), why, and what to do; a backup where one helps."""
    kind = kind_of(error)
    if kind == GONE and _may_only_be_read(Path(path).parent):
        kind = READ_ONLY  # SQLite cannot open its log there, and does not say why.
    if kind == DAMAGED:
        return damaged(path, str(error))
    reason = _REASONS.get(kind, f"{error}; see to its folder and try again")
    return LibraryError(f"The library {path} {failed}: {reason}.", kind)


def _may_only_be_read(folder: Path) -> bool:
    return folder.is_dir() and not os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def damaged(path: Path | str, why: str) -> LibraryError:
    """The error for a library whose file is broken."""
    found = backups(path)
    way_out = (
        f"the backup of {found[0].made:%Y-%m-%d %H:%M} can take its place"
        if found
        else "there is no backup, so move it away to start a new one"
    )
    return LibraryError(
        f"The library {path} is damaged ({_brief(why)}); {way_out}.", DAMAGED, found[0] if found else None
    )


def newer(path: Path | str) -> LibraryError:
    """The error for a library that a later version has brought up to date."""
    return LibraryError(f"The library {path} was made by a newer Earmark; open it with that one.", NEWER)


def _brief(why: str) -> str:
    return " ".join(why.split())[:120].rstrip(" .")
