"""A lock beside a library, so that of several Earmarks only one adds files or writes the search index at a time."""

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from index.library.store import MEMORY
from index.library.troubles import BUSY, LibraryError, trouble

if sys.platform == "win32":
    import msvcrt

    def _try(file: IO[str]) -> bool:
        try:
            file.seek(1 << 30)  # A byte that nobody writes, so that who holds the lock can be read.
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


@contextmanager
def held(library: Path | str, what: str, job: str = "adding") -> Iterator[None]:
    """Hold the lock of a job on a library while doing `what` (`adding files`), told to whoever wants it meanwhile.

    The system lets go of it when the process ends, however it ends. The file, `library.adding.lock`, stays.

    Raises:
        LibraryError: another process holds it, or the folder cannot be written.
    """
    if library == MEMORY:
        yield
        return
    path = Path(library).with_suffix(f".{job}.lock")
    try:
        file = open(path, "a+", encoding="utf-8", errors="replace")  # noqa: SIM115 - closed by the stack below
    except OSError as error:
        raise trouble(library, "cannot be locked", error) from error
    with contextlib.ExitStack() as stack:
        stack.callback(file.close)
        if not _try(file):
            raise LibraryError(_taken(library, _holder(file)), BUSY)
        with contextlib.suppress(OSError):  # A full disk: the lock is held all the same.
            file.seek(0)
            file.truncate()
            file.write(f"{what} (process {os.getpid()})")
            file.flush()
        yield


def _holder(file: IO[str]) -> str:
    with contextlib.suppress(OSError):
        file.seek(0)
        return " ".join(file.read(200).split())
    return ""


def _taken(library: Path | str, holder: str) -> str:
    doing = f" is {holder}" if holder else " is writing"
    return f"Another Earmark{doing} with the library {library}; wait for it to end, or do it there."
