"""Watched folders: what is new or changed in them is picked up."""

from collections.abc import Callable, Sequence
from pathlib import Path

from index.library.adding import Cancelled, Probe, Told, Ways, add, settled
from index.library.catalogue import Library
from index.library.paths import restored, stored
from index.library.report import Report
from index.library.store import now_ms

SETTLED_S = 2.0  # A file that changed less than so long ago may still be being copied or downloaded.


def watched(library: Library) -> list[Path]:
    """The folders that are watched."""
    rows = library.store.rows("SELECT path FROM watched ORDER BY path")
    return [path for (stored_path,) in rows if (path := restored(stored_path))]


def watch(library: Library, folder: Path) -> None:
    """Watch a folder and all under it from now on; `scan_watched` picks up what is in it."""
    with library.store.change() as db:
        db.execute("INSERT OR IGNORE INTO watched VALUES (?, ?)", (stored(folder.absolute()), now_ms()))


def unwatch(library: Library, folder: Path) -> None:
    """Watch a folder no longer; its episodes stay."""
    with library.store.change() as db:
        db.execute("DELETE FROM watched WHERE path = ?", (stored(folder.absolute()),))


def scan_watched(
    library: Library,
    *,
    probe: Probe,
    told: Told = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
    settled_s: float = SETTLED_S,
) -> Report:
    """Add what is new in the watched folders, read anew what was changed, find again what was moved within them.

    What could not be added the last time is left alone until it changes, and so is what was removed for good. Files
    that are just being written are left for the next time (`report.waiting`). Quick where nothing has changed: each
    file is looked at, none is read. A folder that is not there now, as on a drive that was taken out, is no error.

    Raises:
        LibraryError: another Earmark is adding to this library, or it cannot be written.
    """
    folders = [folder for folder in watched(library) if folder.is_dir()]
    ways = Ways(revive=False, is_passed_over=_passed_over(library), settled_ns=settled(settled_s))
    report = add(library, folders, probe=probe, told=told, cancelled=cancelled, ways=ways)
    _pass_over(library, [each.path for each in report.skipped])
    return report


def _passed_over(library: Library) -> Callable[[Path], bool]:
    known = {
        path: (size, mtime_ns)
        for path, size, mtime_ns in library.store.rows("SELECT path, size, mtime_ns FROM passed_over")
    }

    def is_passed_over(path: Path) -> bool:
        size, mtime_ns = known.get(stored(path), (-1, 0))
        if size < 0:
            return False
        status = path.stat()
        return size == status.st_size and mtime_ns in (0, status.st_mtime_ns)

    return is_passed_over


def _pass_over(library: Library, paths: Sequence[Path]) -> None:
    with library.store.change() as db:
        for path in paths:
            if path.is_file():
                status = path.stat()
                row = (stored(path), status.st_size, status.st_mtime_ns, "it could not be added")
                db.execute("INSERT OR REPLACE INTO passed_over VALUES (?, ?, ?, ?)", row)
