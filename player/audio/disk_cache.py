"""A folder of derived files, each belonging to one state of one sound file, the oldest dropped first."""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

_UNFINISHED = ".part"
_UNFINISHED_FOR_S = 3600


class DiskCache:
    """Keeps what was computed from a sound file until that file changes.

    A slot's name is a hash of the sound's absolute path, size and modification time (mtime_ns), so a changed
    file simply finds no entry. Losing the folder loses nothing but time.
    """

    def __init__(self, folder: Path, suffix: str, *, limit_bytes: int = 500_000_000, limit_files: int = 2000) -> None:
        self._folder = folder
        self._suffix = suffix
        self._limit_bytes = limit_bytes
        self._limit_files = limit_files

    def slot(self, sound: str | os.PathLike[str]) -> Path:
        """Where the entry for the sound, as it is now, belongs. Raises OSError when the sound is gone."""
        path = os.path.abspath(sound)
        status = os.stat(path)
        digest = hashlib.blake2b(os.fsencode(path), digest_size=16)
        digest.update(f"\0{status.st_size}\0{status.st_mtime_ns}".encode())
        return self._folder / f"{digest.hexdigest()}{self._suffix}"

    def has(self, slot: Path) -> bool:
        """Whether the slot is filled; asking marks it as recently used."""
        if not slot.is_file():
            return False
        with contextlib.suppress(OSError):
            os.utime(slot)
        return True

    def fill(self, slot: Path, write: Callable[[Path], None]) -> None:
        """Let `write` make the file under a temporary name, then put it into the slot in one step.

        Drops the oldest entries beyond the limits. Raises OSError, and whatever `write` raises.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=_UNFINISHED)
        os.close(handle)
        unfinished = Path(name)
        try:
            write(unfinished)
            os.replace(unfinished, slot)
        finally:
            unfinished.unlink(missing_ok=True)
        self._prune(slot)

    def _prune(self, newest: Path) -> None:
        total = count = 0
        for path, status in self._entries():
            if path.suffix == _UNFINISHED:
                # A worker that was stopped while writing leaves one of these behind.
                if time.time() - status.st_mtime > _UNFINISHED_FOR_S:
                    _drop(path)
                continue
            total += status.st_size
            count += 1
            if path != newest and (total > self._limit_bytes or count > self._limit_files):
                total -= status.st_size
                count -= 1
                _drop(path)

    def _entries(self) -> list[tuple[Path, os.stat_result]]:
        """Own entries and unfinished ones, the most recently used first; nothing else is ever touched."""
        found = []
        for path in self._folder.iterdir():
            if path.suffix in (self._suffix, _UNFINISHED):
                with contextlib.suppress(OSError):
                    found.append((path, path.stat()))
        return sorted(found, key=lambda entry: entry[1].st_mtime_ns, reverse=True)


def _drop(path: Path) -> None:
    # On Windows a file that is being played cannot be deleted; it goes another time.
    with contextlib.suppress(OSError):
        path.unlink()
