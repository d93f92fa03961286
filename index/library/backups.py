"""Dated copies of the library beside it: making one, keeping a few, putting one in the library's place."""

import contextlib
import os
import re
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from index.errors import EarmarkError

KEPT = 3
_EVERY = timedelta(days=1)
_STAMP = "%Y-%m-%d-%H%M%S"
_PAGES_A_STEP = 2000  # 8 MB: whoever writes meanwhile waits for no longer than that takes.


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the whole library as it was at one moment."""

    path: Path
    made: datetime
    size: int  # bytes


def backups(library: Path | str) -> list[Backup]:
    """The copies of a library, newest first; those in its folder `backups`."""
    library = Path(library)
    pattern = re.compile(re.escape(library.stem) + r"-(\d{4}-\d\d-\d\d-\d{6})(?:-\d+)?" + re.escape(library.suffix))
    found = []
    with contextlib.suppress(OSError, ValueError), os.scandir(library.parent / "backups") as entries:
        for entry in entries:
            match = pattern.fullmatch(entry.name)
            if match and entry.is_file():
                made = datetime.strptime(match[1], _STAMP)
                found.append(Backup(Path(entry.path), made, entry.stat().st_size))
    return sorted(found, key=lambda backup: (backup.made, backup.path.name), reverse=True)


def back_up(library: Path | str, *, now: datetime | None = None, keep: int = KEPT) -> Backup:
    """Copy the library as it is now, others reading and writing it meanwhile; older copies than `keep` are removed.

    Raises:
        EarmarkError: it could not be copied; no half copy is left behind.
    """
    library, now = Path(library), now or datetime.now()
    folder = library.parent / "backups"
    part = folder / f".{library.name}.{os.getpid()}.part"
    try:
        folder.mkdir(exist_ok=True)
        if shutil.disk_usage(folder).free < 2 * library.stat().st_size:
            raise OSError("too little room on the disk")
        with contextlib.suppress(FileNotFoundError):
            part.unlink()
        _copy(library, part)
        target = _free_name(folder / f"{library.stem}-{now:{_STAMP}}{library.suffix}")
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise EarmarkError(f"No backup of the library {library} could be made ({error}); see to its disk.") from error
    for old in backups(library)[keep:]:
        with contextlib.suppress(OSError):
            old.path.unlink()
    return Backup(target, now.replace(microsecond=0), target.stat().st_size)


def back_up_if_due(library: Path | str, *, now: datetime | None = None) -> Backup | None:
    """Back up a library whose newest copy is more than a day old, or half its size; None where that is not so.

    Takes as long as copying the file does; meant for a thread or a process of its own.

    Raises:
        EarmarkError: as `back_up`.
    """
    library, now = Path(library), now or datetime.now()
    found = backups(library)
    if not library.is_file():
        return None
    if found and now - found[0].made < _EVERY and library.stat().st_size < 2 * found[0].size:
        return None
    return back_up(library, now=now)


def restore_backup(library: Path | str, backup: Backup) -> Path:
    """Put a copy in the place of the library; gives where the library that was there has gone, beside it.

    Nobody may have the library open. The copy stays where it is.

    Raises:
        EarmarkError: it could not be done; the library is where it was.
    """
    library = Path(library)
    part = library.with_name(f".{library.name}.{os.getpid()}.part")
    aside = _free_name(library.with_name(f"{library.stem}-damaged-{datetime.now():{_STAMP}}{library.suffix}"))
    try:
        shutil.copyfile(backup.path, part)
        for ending in ("-wal", "-shm", ""):  # The library itself last: without it the others mean nothing.
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{library}{ending}", f"{aside}{ending}")
        os.replace(part, library)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        for ending in ("", "-shm", "-wal"):
            if os.path.exists(f"{aside}{ending}") and not os.path.exists(f"{library}{ending}"):
                os.replace(f"{aside}{ending}", f"{library}{ending}")
        raise EarmarkError(
            f"The backup {backup.path} could not take the place of {library} ({error}); see to the disk."
        ) from error
    return aside


def _copy(library: Path, target: Path) -> None:
    """Copy with SQLite's own backup, which sees the write-ahead log too and one moment only."""
    source, copy = sqlite3.connect(f"{library.absolute().as_uri()}?mode=rw", uri=True), sqlite3.connect(target)
    try:
        source.backup(copy, pages=_PAGES_A_STEP, sleep=0.0)
        damage = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if damage != "ok":
            raise sqlite3.DatabaseError(damage)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        source.close()
        copy.close()


def _free_name(path: Path) -> Path:
    """The path, or with a number where that name is taken."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
