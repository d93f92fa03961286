"""Reading a transcript for a command: what takes long tells the terminal how far it is."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index import formats
from index.errors import TranscriptError
from index.formats.base import ReadResult
from index.plaintext import one_line, shown
from index.progress import UNWATCHED, Stage, Watch
from player.commands.printing import show_line

_SLOW_S, _TELL_EVERY_S = 0.5, 0.1


def read(path: Path) -> ReadResult:
    """The transcript in a file; what takes long tells the terminal how far it is, on a line that is cleared at the end.

    Raises:
        EarmarkError: one sentence that names the file, why it could not be read, and what to do.
    """
    with watched(path) as watch:
        try:
            return formats.read(path, watch)
        except TranscriptError as error:
            from player.read_file import TableMet, is_table  # Only here: it brings the library.

            if is_table(path):
                raise TableMet(path) from error
            raise


@contextmanager
def watched(path: Path) -> Iterator[Watch]:
    """A watch that tells the terminal how far the reading of a file is, once it takes long."""
    if not (sys.stderr and sys.stderr.isatty()):
        yield UNWATCHED
        return
    name, due, told = shown(one_line(path.name, 40)), time.monotonic() + _SLOW_S, False

    def tell(stage: Stage, done: int, total: int) -> None:
        nonlocal due, told
        if time.monotonic() >= due:
            due, told = time.monotonic() + _TELL_EVERY_S, True
            show_line(f"{name}: {stage}" + (f", {100 * done // total} %" if total else ""))

    try:
        yield Watch(tell)
    finally:
        if told:
            show_line("")
