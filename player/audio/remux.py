"""A copy of an MP3 with a seek table, for engines that guess the length of one without."""

from __future__ import annotations

import os
from pathlib import Path

from player.audio.container import MediaError, absolute, first_audio, open_sound, shown
from player.audio.disk_cache import DiskCache
from player.audio.mp3_frames import seek_header

_LIMIT_BYTES = 2_000_000_000
_LIMIT_FILES = 40


def seekable_copy(path: str | os.PathLike[str], cache_dir: Path) -> Path:
    """The path itself, or for an MP3 without a Xing, Info or VBRI header that fits it a copy that has one.

    The sound is copied as it is, packet by packet (about 0.5 s for two hours), and kept in `cache_dir` until
    the original changes; the 40 most recent copies, 2 GB at most, stay. Qt Multimedia takes the length of
    an MP3 without such a header from its first bit rate, seeks no further than that, and shows wrong times.
    Raises MediaError when the file is not sound, or the copy cannot be written.
    """
    path = absolute(path)
    with open_sound(path) as container:
        if container.format.name != "mp3":
            return path
    header = seek_header(path)
    if header is not None and header.fits:
        return path
    cache = DiskCache(cache_dir, ".mp3", limit_bytes=_LIMIT_BYTES, limit_files=_LIMIT_FILES)
    try:
        slot = cache.slot(path)
        if not cache.has(slot):
            cache.fill(slot, lambda unfinished: _copy(path, unfinished))
    except OSError as error:
        raise MediaError(f"No copy of {shown(path)} with a seek table could be written ({error.strerror}).") from error
    return slot


def _copy(source: Path, target: Path) -> None:
    import av

    with open_sound(source) as container:
        stream = first_audio(container)
        if stream is None:
            raise MediaError(f"{shown(source)} holds no sound.")
        with av.open(str(target), "w", format="mp3", options={"id3v2_version": "0"}) as copy:
            copied = copy.add_stream_from_template(stream)
            try:
                for packet in container.demux(stream):
                    if packet.size and packet.dts is not None:
                        packet.stream = copied
                        copy.mux(packet)
            except av.error.InvalidDataError:
                pass  # what comes before the damage can be played
    forget_delay(target)


def forget_delay(copy: Path) -> None:
    """Blank the name of the writer behind the seek table, and with it the delay that players cut off.

    The original has no such field, so its first samples are heard; with the field the copy would be 12 ms
    ahead of the waveform, the clips and the transcript.
    """
    with copy.open("r+b") as file:
        head = file.read(1024)
        table = max(head.find(b"Xing"), head.find(b"Info"))
        writer = head.find(b"Lav", table + 4) if table >= 0 else -1
        if writer >= 0:
            file.seek(writer)
            file.write(bytes(4))
