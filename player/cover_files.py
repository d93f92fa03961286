"""Pictures as files of Earmark's own, for other programs to show: the cover of what is played."""

import contextlib
import hashlib
from pathlib import Path

from index.atomic import write_atomically
from index.folders import make_folder
from player.audio.pictures import picture_type

_KEPT = 20  # A program may still be showing one of those that came before.


def cover_file(picture: bytes, folder: Path) -> Path | None:
    """The file in a folder, which only this user can look into, that has the picture; None where it is no picture.

    It is written if it is not there yet, and the oldest ones are let go.

    Raises:
        EarmarkError: it cannot be written.
    """
    kind = picture_type(picture)
    if not kind:
        return None
    name = hashlib.blake2b(picture, digest_size=16).hexdigest()
    path = folder / f"{name}.{kind.partition('/')[2]}"
    if not path.is_file():
        make_folder(folder)
        with contextlib.suppress(OSError):
            folder.chmod(0o700)
        write_atomically(path, picture)
        _let_go(folder, path)
    return path


def _let_go(folder: Path, newest: Path) -> None:
    with contextlib.suppress(OSError):
        files = sorted(folder.iterdir(), key=lambda path: (path == newest, path.stat().st_mtime_ns))
        for path in files[:-_KEPT]:
            path.unlink()
