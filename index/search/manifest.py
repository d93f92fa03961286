"""The list of the files that the index consists of, with their lengths and checksums, so that damage is noticed."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.atomic import write_atomically
from index.search.damage import DamagedIndex, read_with_care

FORMAT = [3, sys.byteorder, unicodedata.unidata_version]
"""The version of the format; the order of bytes and the Unicode that words were compared by are part of it."""

NAME = "manifest.json"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class _File:
    size: int
    modified_ns: int
    crc: int


class Manifest:
    """What files there should be after which commit."""

    def __init__(self, generation: int, files: dict[str, _File]) -> None:
        self.generation = generation
        self._files = files

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of a folder.

        Raises:
            DamagedIndex: there is none, or it is damaged or of another format.
        """
        with read_with_care():
            found = json.loads((folder / NAME).read_bytes())
            if found["format"] != FORMAT:
                raise DamagedIndex(f"the format is {found['format']}, not {FORMAT}")
            return cls(int(found["generation"]), {name: _File(*values) for name, values in found["files"].items()})

    @classmethod
    def write(cls, folder: Path, generation: int, names: Iterable[str], before: Manifest | None = None) -> Manifest:
        """Write down the files of a commit once they are on the disk.

        Those that were known before are only read again if they were copied since, so that they need not be next time.

        Raises:
            EarmarkError: it cannot be written.
            OSError: one of the files cannot be read.
        """
        known = before._files if before else {}
        files = {name: _to_write_down(folder / name, known.get(name)) for name in names}
        values = {name: [file.size, file.modified_ns, file.crc] for name, file in files.items()}
        data = {"format": FORMAT, "generation": generation, "files": values}
        write_atomically(folder / NAME, json.dumps(data).encode())
        return cls(generation, files)

    def check(self, folder: Path, names: Iterable[str]) -> None:
        """See whether files are as they were: by length and time, and by checksum where these differ.

        Raises:
            DamagedIndex: one is not, or is unknown.
        """
        with read_with_care():
            for name in names:
                if _still(folder / name, self._files[name]).crc != self._files[name].crc:
                    raise DamagedIndex(f"{name} has changed")


def _still(path: Path, known: _File) -> _File:
    """A file as it is now: as it is known if its length and time are the same."""
    stat = path.stat()
    return known if (stat.st_size, stat.st_mtime_ns) == (known.size, known.modified_ns) else _looked_at(path)


def _to_write_down(path: Path, known: _File | None) -> _File:
    if known is None:
        return _looked_at(path, sync=True)
    now = _still(path, known)
    return now if now.crc == known.crc else known  # What has changed is damage, and is to be noticed.


def _looked_at(path: Path, *, sync: bool = False) -> _File:
    crc = 0
    with open(path, "rb+" if sync else "rb") as file:
        if sync:
            os.fsync(file.fileno())
        while chunk := file.read(_CHUNK):
            crc = zlib.crc32(chunk, crc)
        stat = os.fstat(file.fileno())
    return _File(stat.st_size, stat.st_mtime_ns, crc)
