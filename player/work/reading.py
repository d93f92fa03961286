"""The job that reads a transcript too long to be read beside the window."""

import gc
from pathlib import Path
from typing import Any

from index.progress import Unwanted, Watch
from player.read_file import lay_down, read_file
from player.worker import Cancelled, Told


def read(order: dict[str, Any], told: Told, cancelled: Cancelled) -> dict[str, Any]:
    """Read the transcript `order["transcript"]` and lay it down in the file `order["output"]`.

    The answer is what `player.read_file.pick_up` takes; told is each `index.progress.Stage` by its value.

    Raises:
        EarmarkError: one sentence that names the file, why it could not be read, and what to do.
    """
    watch = Watch(lambda stage, done, total: told(done, total, stage.value), cancelled)
    gc.disable()  # What is made here lives until the end; to look through it again and again takes half of the time.
    try:
        return lay_down(read_file(Path(order["transcript"]), watch), Path(order["output"]))
    except Unwanted:
        return {}
    finally:
        gc.enable()
