"""What a sound file says of itself: how long it is, what it is called, its cover and its chapters."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.chapter_files import chapters_beside
from index.chapters import Chapter, tidy_chapters
from player.audio import mp3_frames
from player.audio.container import MediaError, absolute, first_audio, open_sound, shown, start_seconds
from player.audio.embedded_chapters import container_chapters, notes_chapters, vorbis_chapters
from player.audio.tags import read_tags

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

__all__ = ["Chapter", "MediaError", "MediaInfo", "exact_duration_ms", "probe"]

# These have no index and no total; libavformat guesses from the bit rate, so their packets are counted.
_GUESSED = frozenset({"aac", "ac3", "eac3", "amr", "mpeg", "mpegts", "tta", "mpc"})
# A header that claims more is damaged; the packets know better.
_LONGEST_MS = 400 * 3_600_000
_PACKETS_TO_TRY = 500


@dataclass(frozen=True)
class MediaInfo:
    """A sound file at a glance. Texts are one clean line each, empty when the file does not say."""

    path: Path
    duration_ms: int
    title: str
    show: str
    artist: str
    date: str
    cover: bytes | None
    """The front cover as the bytes of a picture file (JPEG, PNG, GIF, BMP or WebP), at most 5 MB."""
    chapters: tuple[Chapter, ...]
    has_sound: bool
    """False for a video without a sound track, which can still be followed with its captions."""
    has_video: bool
    """True for moving pictures; a cover does not count."""
    kind: str
    """The sound's coding: "mp3", "aac", "opus", "vorbis", "flac", "pcm" or libavcodec's name; "" if none."""


def probe(path: str | os.PathLike[str]) -> MediaInfo:
    """Look into a sound file, or raise MediaError with one sentence saying what is wrong with it.

    Takes milliseconds; 0.1 s for two hours of MP3 without a Xing header. Chapters in a file
    such as `NAME.chapters.json` next to the sound win over those inside it, and these over a list in its show notes.
    """
    path = absolute(path)
    with open_sound(path) as container:
        sound = first_audio(container)
        has_video = any(not _is_cover(stream) for stream in container.streams.video)
        if sound is None and container.streams.audio:
            raise MediaError(f"{shown(path)} holds sound in a coding that cannot be decoded here.")
        if sound is None and not has_video:
            raise MediaError(f"{shown(path)} holds no sound.")
        duration_ms = exact_duration_ms(path, container)
        raw_chapters = container_chapters(container)
        metadata = {**(sound.metadata if sound else {}), **container.metadata}
        kind = _kind(sound) if sound else ""
        if sound is not None:
            _require_decodable(path, container, sound)
    if duration_ms <= 0:
        raise MediaError(f"{shown(path)} holds no sound, or it is damaged from its beginning.")
    tags = read_tags(path, metadata)
    notes = notes_chapters(metadata, duration_ms)
    for source in (chapters_beside(path), raw_chapters, vorbis_chapters(tags.comments), notes):
        chapters = tidy_chapters(source, duration_ms)
        if chapters:
            break
    return MediaInfo(
        path=path,
        duration_ms=duration_ms,
        title=tags.title,
        show=tags.show,
        artist=tags.artist,
        date=tags.date,
        cover=tags.cover,
        chapters=chapters,
        has_sound=sound is not None,
        has_video=has_video,
        kind=kind,
    )


def exact_duration_ms(path: str | os.PathLike[str], container: InputContainer) -> int:
    """The duration in milliseconds of the opened file, 0 when it holds nothing.

    MP3 by its frames, other formats by their header, and by their packets where there is no (sane) header.
    Counting packets moves the container's reading position to its end, and back to its start.
    """
    if container.format.name == "mp3":
        return mp3_frames.exact_duration_ms(path)
    if container.format.name not in _GUESSED and container.duration:
        duration_ms = round(container.duration / 1000)
        if 0 < duration_ms <= _LONGEST_MS:
            return duration_ms
    return _counted_ms(container)


def _counted_ms(container: InputContainer) -> int:
    import av

    stream = first_audio(container) or container.streams[0]
    end = total = 0
    try:
        for packet in container.demux(stream):
            length = packet.duration or 0
            total += length
            if packet.pts is not None:
                end = max(end, packet.pts + length)
    except av.error.FFmpegError:
        pass  # the end of a damaged file comes early
    with contextlib.suppress(av.error.FFmpegError):
        container.seek(0)
    tick = float(stream.time_base or 0)
    by_time = end * tick - start_seconds(container)
    by_length = total * tick
    # Times that jump (a broken writer, joined files) say nothing; the lengths still add up.
    seconds = by_time if by_time <= 2 * by_length or not total else by_length
    return round(seconds * 1000)


def _require_decodable(path: Path, container: InputContainer, stream: AudioStream) -> None:
    """Raise MediaError unless a first piece of sound can be decoded."""
    import av

    try:
        for count, packet in enumerate(container.demux(stream)):
            try:
                if any(frame.samples for frame in packet.decode()):
                    return
            except av.error.FFmpegError:
                pass  # a damaged packet; the next one may be whole
            if count >= _PACKETS_TO_TRY:
                break
    except av.error.FFmpegError:
        pass  # the container itself breaks off
    raise MediaError(f"{shown(path)} is damaged: no sound in it can be decoded.")


def _is_cover(stream: object) -> bool:
    from av.stream import Disposition

    return bool(getattr(stream, "disposition", 0) & Disposition.attached_pic)


def _kind(stream: AudioStream) -> str:
    name = str(stream.codec_context.codec.canonical_name)
    return "pcm" if name.startswith("pcm_") else name
