"""A file as memory: what is not looked at is not read."""

from __future__ import annotations

import mmap
from pathlib import Path

from index.search.damage import DamagedIndex


def mapped(path: Path) -> memoryview:
    """The bytes of a file, in place.

    Raises:
        OSError: it is not there or cannot be read.
        DamagedIndex: it is empty.
    """
    with open(path, "rb") as file:
        try:
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except ValueError as error:
            raise DamagedIndex(f"{path.name} is empty") from error
