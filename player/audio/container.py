"""Opens a sound file safely: regular files and sound formats only, errors as one clear sentence."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import EarmarkError

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

# libavformat also reads playlists and scripts (hls, concat, dash, sdp) that name other files and addresses.
# Only what truly holds sound may be opened, so that no "episode.mp3" can make us fetch something else.
FORMATS = (
    "aac,ac3,aiff,amr,ape,asf,au,avi,caf,dsf,eac3,flac,flv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,"
    "mp3,mpc,mpc8,mpeg,mpegts,ogg,tak,tta,w64,wav,wv"
)
# Longer names are cut in messages.
_NAME_LIMIT = 120
# Marks that turn or isolate the direction of text; in a name they can make ".exe" look like ".mp3".
_DIRECTION_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class MediaError(EarmarkError):
    """A sound file cannot be used; the message is one sentence to show as plain text."""


def clean_text(text: str, limit: int) -> str:
    """One line of text from a file, safe to show: no control characters, at most `limit` characters."""
    kept = []
    for char in text[: limit * 4]:
        if char.isspace():
            kept.append(" ")
        elif unicodedata.category(char) not in ("Cc", "Cs", "Cn") and char not in _DIRECTION_MARKS:
            kept.append(char)
    line = " ".join("".join(kept).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def shown(path: str | os.PathLike[str]) -> str:
    """The file's name in quotation marks, for messages."""
    name = os.path.basename(os.path.abspath(os.fspath(path))) or os.fspath(path)
    text = os.fsencode(name).decode("utf-8", "replace")
    return f"“{clean_text(text, _NAME_LIMIT)}”"


def require_regular_file(path: str | os.PathLike[str]) -> os.stat_result:
    """The file's stat, or MediaError when it is missing, empty, unreadable or no regular file.

    Nothing but a regular file is ever opened: a FIFO or a device would block or never end.
    """
    try:
        status = os.stat(path)
    except FileNotFoundError:
        raise MediaError(f"{shown(path)} is not there any more: it was moved, renamed or deleted.") from None
    except (OSError, ValueError) as error:
        raise MediaError(f"{shown(path)} cannot be reached ({_reason(error)}).") from error
    if stat.S_ISDIR(status.st_mode):
        raise MediaError(f"{shown(path)} is a folder: choose a sound file inside it.")
    if not stat.S_ISREG(status.st_mode):
        raise MediaError(f"{shown(path)} is not a regular file, so it cannot be played.")
    if status.st_size == 0:
        raise MediaError(f"{shown(path)} is empty: the download or copy may not be finished.")
    try:
        with open(path, "rb") as file:
            file.read(1)
    except OSError as error:
        raise MediaError(f"{shown(path)} cannot be read ({_reason(error)}).") from error
    return status


@contextmanager
def open_sound(path: str | os.PathLike[str]) -> Iterator[InputContainer]:
    """Open a sound file with PyAV for reading; MediaError for anything that is not one.

    The caller may read streams, packets and chapters inside the `with` block.
    """
    import av

    require_regular_file(path)
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
    try:
        # An absolute path cannot be taken for an address such as "concat:...".
        container = av.open(os.path.abspath(path), options=options, metadata_errors="replace")
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MediaError(
            f"{shown(path)} is not a sound file in a known format, or its beginning is damaged."
        ) from error
    with container:
        yield container


def first_audio(container: InputContainer) -> AudioStream | None:
    """The stream to listen to: the first one with sound that has a decoder, or None."""
    for stream in container.streams.audio:
        if stream.codec_context is not None:
            return stream
    return None


def decoded(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """The frames of a stream from where the container stands; damaged packets are left out."""
    import av

    try:
        for packet in container.demux(stream):
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                continue
            yield from frames
    except av.error.FFmpegError:
        return  # the container breaks off here


def start_seconds(container: InputContainer) -> float:
    """When the file's own clock starts, in seconds; players show this moment as 0:00.

    An MP3 with a Xing header starts 25 ms in (the encoder's delay), Opus in WebM 7 ms before zero.
    """
    start: int | None = container.start_time
    # libavformat marks "unknown" with its lowest number.
    return start / 1_000_000 if start is not None and abs(start) < 1 << 62 else 0.0


def absolute(path: str | os.PathLike[str]) -> Path:
    """The path from the root, links kept."""
    return Path(os.path.abspath(path))


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or "the name is not valid").lower()
