"""What was read is never written over."""

import contextlib
import os
from pathlib import Path

from index.errors import EarmarkError


def refuse_same(source: Path, target: Path) -> None:
    """See to it that what is written is not what was read.

    Raises:
        EarmarkError: both are one file.
    """
    same = False
    with contextlib.suppress(OSError, ValueError):  # Then reading or writing tells what is wrong.
        same = os.path.samefile(source, target)
    if same:
        raise EarmarkError(f"{target} is the transcript itself, which is never changed; write to another file.")
