"""The bytes of a file whatever it is, and what it is if it surely is no transcript."""

import os
import stat
from pathlib import Path

from index.errors import TranscriptError
from index.plaintext import one_line
from index.progress import UNWATCHED, Stage, Watch

MAX_BYTES = 64 << 20
_CHUNK = 4 << 20

# What a file is if it is no transcript, by its first bytes.
OTHER_FILES = (
    (b"\x1f\x8b", "is a gzip archive; unpack it first"),
    (b"PK\x03\x04", "is a zip archive or an office document; unpack it or save it as text first"),
    (b"%PDF", "is a PDF; save it as text first"),
    (b"\xd0\xcf\x11\xe0", "is an office document; save it as text first"),
    (b"{\\rtf", "is a rich text document; save it as plain text first"),
    (b"ID3", "is a sound file, not a transcript; open it as an episode"),
    (b"OggS", "is a sound file, not a transcript; open it as an episode"),
    (b"fLaC", "is a sound file, not a transcript; open it as an episode"),
    (b"RIFF", "is a sound file, not a transcript; open it as an episode"),
    (b"\x89PNG", "is a picture, not a transcript; choose another file"),
    (b"\xff\xd8\xff", "is a picture, not a transcript; choose another file"),
)


def file_bytes(path: Path | str, limit: int = MAX_BYTES, watch: Watch = UNWATCHED) -> tuple[str, bytes]:
    """What messages call a file, and its bytes; only an ordinary file is opened.

    Raises:
        TranscriptError: one sentence that names the file, why it could not be read, and what to do.
        Unwanted: nobody waits for it any more.
    """
    path = Path(path)
    name = one_line(path.name or str(path))
    try:
        found = os.stat(path)
        if stat.S_ISDIR(found.st_mode):
            raise TranscriptError(f"“{name}” is a folder; choose a file in it.")
        if not stat.S_ISREG(found.st_mode):
            raise TranscriptError(f"“{name}” is no ordinary file; choose another one.")
        data = bytearray()
        with open(path, "rb") as file:
            while chunk := file.read(min(_CHUNK, limit + 1 - len(data))):
                data += chunk
                watch.at(Stage.READING, len(data), min(found.st_size, limit + 1))
    except FileNotFoundError as error:
        raise TranscriptError(f"“{name}” is not there; choose another file.") from error
    except PermissionError as error:
        raise TranscriptError(f"“{name}” may not be read; change its permissions or choose another file.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise TranscriptError(f"“{name}” could not be read ({reason.lower()}); choose another file.") from error
    if len(data) > limit:
        raise TranscriptError(f"“{name}” {too_large(limit)}.")
    return name, bytes(data)


def too_large(limit: int) -> str:
    """That a file has more bytes than that, as the predicate of a sentence about it."""
    return f"is larger than {limit >> 20} MB, so it is no transcript; choose another file"
