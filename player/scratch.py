"""A folder for files that are only needed while others are made; what goes wrong with it is told as what it is."""

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import EarmarkError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder in the system's folder for temporary files, which is gone afterwards.

    Raises:
        EarmarkError: it cannot be made.
    """
    try:
        made = tempfile.TemporaryDirectory(prefix="earmark-", ignore_cleanup_errors=True)
    except OSError as error:
        raise _told(error, tempfile.tempdir) from error
    with made as folder:
        yield Path(folder)


@contextmanager
def filling(folder: Path) -> Iterator[None]:
    """Around what writes into such a folder: nobody has heard of its files, so an error tells of the folder above it.

    Raises:
        EarmarkError: one sentence that names the folder for temporary files and what to do, where that is the trouble.
    """
    try:
        yield
    except (OSError, EarmarkError) as error:
        cause = error if isinstance(error, OSError) else error.__cause__
        if isinstance(cause, OSError) and cause.errno in _FULL:
            raise _told(cause, str(folder.parent)) from error
        raise


def _told(error: OSError, folder: str | None) -> EarmarkError:
    where = f"The folder for temporary files, “{folder}”," if folder else "The folder for temporary files"
    if error.errno in _FULL:
        return EarmarkError(f"{where} has no room left for this; make some on its disk and try again.")
    reason = (error.strerror or str(error)).lower()
    return EarmarkError(f"{where} cannot be used ({reason}); let TMPDIR name another one.")
