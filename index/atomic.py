"""Writing a file so that it is either the old one or the whole new one, whatever happens in between."""

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from index.errors import TranscriptError

_REASONS = {
    errno.ENOENT: "its folder does not exist; choose another one",
    errno.ENOTDIR: "part of its path is a file, not a folder; choose another place",
    errno.EACCES: "you may not write there; choose another folder or change its permissions",
    errno.EPERM: "you may not write there; choose another folder or change its permissions",
    errno.EROFS: "that disk can only be read; choose another one",
    errno.ENOSPC: "the disk is full; make some room or choose another disk",
    errno.EDQUOT: "your share of the disk is used up; make some room or choose another disk",
    errno.ENAMETOOLONG: "its name is too long; choose a shorter one",
    errno.EISDIR: "it is a folder; choose a file name",
    errno.EINVAL: "its name is not allowed there; choose another one",
}


@contextlib.contextmanager
def written_atomically(path: Path | str) -> Iterator[Path]:
    """Give an empty temporary file beside `path` to fill, then flush it to the disk and put it in the file's place.

    The permissions of a file that is replaced are kept; a link is followed, so that what it points to is replaced.
    On any failure, and on any exception from the `with` block, the old file stays as it was and the temporary one is
    removed.

    Raises:
        TranscriptError: one sentence that names the file, why it could not be written, and what to do; an OSError
            from the `with` block becomes one too.
    """
    try:
        target, mode = _resolved(path)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=target.parent)
        os.close(handle)
        try:
            yield Path(name)
            with open(name, "r+b") as file:
                os.fsync(file.fileno())
            os.chmod(name, mode)
            os.replace(name, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(name)
            raise
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or f"{(error.strerror or str(error)).lower()}; choose another place"
        raise TranscriptError(f"“{Path(path).name or path}” could not be written: {reason}.") from error


def write_atomically(path: Path | str, data: bytes) -> None:
    """Write the bytes as `written_atomically` does.

    Raises:
        TranscriptError: one sentence that names the file, why it could not be written, and what to do.
    """
    with written_atomically(path) as unfinished:
        unfinished.write_bytes(data)


def _resolved(path: Path | str) -> tuple[Path, int]:
    """The file that is to be replaced and the permissions that the new one gets."""
    try:
        target = Path(os.path.realpath(path))
        return target, _mode_of(target)
    except ValueError as error:  # A NUL in the name.
        raise TranscriptError(f"“{Path(path).name!r}” cannot be the name of a file; choose another one.") from error


def _mode_of(target: Path) -> int:
    """The permissions that the new file gets: those of the old one, else those of any new file."""
    try:
        found = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, "is a directory")
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "is no regular file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "is protected against writing")
    return stat.S_IMODE(found.st_mode)
