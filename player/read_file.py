"""A transcript's file, read for the page and for the library at once, here or in a process of its own."""

import json
import subprocess
import tempfile
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from index import formats
from index.atomic import write_atomically
from index.episode_table import read_table
from index.errors import EarmarkError, TranscriptError
from index.formats.base import ReadResult
from index.library import Prepared, prepare
from index.library.blob import unpack
from index.library.fingerprint import Print, fingerprint
from index.plaintext import one_line
from index.progress import UNWATCHED, Stage, Watch
from player.child import python_command

HEAVY_BYTES = 4 << 20
"""What is larger is read in a process of its own: in a thread of the window it would make that stutter."""

_BROKEN = "“{}” could not be read: the process that read it ended early. Free some memory and try again."
_WORDS = ("transcript", "packed")  # What is in the file.
_PACKED = {".docx": 20}  # So many times larger inside.


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A transcript's file: what is in it, and that ready for the library."""

    reading: ReadResult
    words: Prepared
    file: Print


def read_file(path: Path, watch: Watch = UNWATCHED) -> ReadFile:
    """Read a transcript's file; takes a while for a long one.

    Raises:
        TranscriptError: one sentence that names the file, why it could not be read, and what to do.
        Unwanted: nobody waits for it any more.
    """
    reading = formats.read(path, watch)
    watch.at(Stage.PACKING)
    return ReadFile(reading, prepare(reading), fingerprint(path))


class TableMet(EarmarkError):
    """The file is no transcript but a table of episodes, which the library takes."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"“{one_line(path.name)}” is a table of episodes; add it to the library.")
        self.path = path


def read_beside(path: Path, watch: Watch = UNWATCHED) -> ReadFile:
    """As `read_file`, for whoever has a window to keep alive: a large file is read in a process of its own.

    Raises:
        TableMet: it is a table of episodes.
    """
    try:
        size = path.stat().st_size * _PACKED.get(path.suffix.lower(), 1)
    except (OSError, ValueError):
        size = 0  # `read_file` says what is wrong.
    try:
        return read_apart(path, watch) if size > HEAVY_BYTES else read_file(path, watch)
    except EarmarkError as error:
        if is_table(path):
            raise TableMet(path) from error
        raise


def is_table(path: Path) -> bool:
    """Whether a file is a table of episodes."""
    try:
        return bool(read_table(path).rows)
    except TranscriptError:
        return False


def read_apart(path: Path, watch: Watch = UNWATCHED) -> ReadFile:
    """As `read_file`, in a process of its own, which ends at once when nobody waits any more.

    Raises:
        EarmarkError: also where that process could not do its work.
    """
    with tempfile.TemporaryDirectory(prefix="earmark-", ignore_cleanup_errors=True) as folder:
        order = {"transcript": str(path), "output": str(Path(folder, "words"))}
        with subprocess.Popen(
            [*python_command("player.worker"), "read"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(json.dumps(order) + "\n")
                process.stdin.flush()
                for line in process.stdout:
                    told = json.loads(line)
                    if "finished" in told:
                        return pick_up(told["finished"], Path(order["output"]))
                    if "failed" in told:
                        raise EarmarkError(told["failed"])
                    watch.at(Stage(told["doing"]), told["done"], told["total"])
            except (OSError, ValueError) as error:
                raise EarmarkError(_BROKEN.format(one_line(path.name))) from error
            finally:
                process.kill()
    raise EarmarkError(_BROKEN.format(one_line(path.name)))


def lay_down(read: ReadFile, path: Path) -> dict[str, Any]:
    """Write the words to a file, and give the rest as plain JSON, for another process to `pick_up`.

    Raises:
        EarmarkError: they cannot be written.
    """
    write_atomically(path, read.words.packed)
    facts = {each.name: getattr(read.words, each.name) for each in fields(read.words) if each.name not in _WORDS}
    return {"words": facts, "file": asdict(read.file), "asides": read.reading.asides}


def pick_up(told: dict[str, Any], path: Path) -> ReadFile:
    """What `lay_down` laid down, from what it gave and the file that it wrote.

    Raises:
        OSError: the file is gone.
    """
    packed = path.read_bytes()
    transcript = unpack(packed)
    facts: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in told["words"].items()
    }
    words = Prepared(transcript=transcript, packed=packed, **facts)
    asides = tuple((cue, block) for cue, block in told["asides"])
    return ReadFile(ReadResult(transcript, words.format, words.warnings, asides), words, Print(**told["file"]))
