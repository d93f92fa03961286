"""Writes title, show, comment and cover into the tags of a sound file, whatever family of tags it takes."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.plaintext import one_line
from player.audio.pictures import picture_type
from player.audio.tags import COVER_LIMIT

_LIMIT = 300
_COMMENT_LIMIT = 4000


@dataclass(frozen=True)
class ClipTags:
    """What the tags of a file that was cut say; what is empty is not written."""

    title: str = ""
    show: str = ""
    artist: str = ""
    date: str = ""
    """A year or an ISO date."""
    comment: str = ""
    cover: bytes | None = None
    """A picture file: JPEG or PNG for every player; what is no picture is left out."""


NO_TAGS = ClipTags()


def write_tags(path: Path, suffix: str, tags: ClipTags) -> None:
    """Put the tags into the file at `path`, which is of the kind that `suffix` (`.mp3`, ...) names. Raises OSError."""
    import mutagen

    texts = {name: one_line(getattr(tags, name), _LIMIT) for name in ("title", "show", "artist", "date")}
    texts["comment"] = "\n".join(one_line(line, _LIMIT) for line in tags.comment[:_COMMENT_LIMIT].splitlines())
    texts = {name: text for name, text in texts.items() if text}
    kind = picture_type(tags.cover) if tags.cover and len(tags.cover) <= COVER_LIMIT else ""
    cover = _Cover(tags.cover, kind) if tags.cover and kind else None
    if not texts and not cover:
        return
    try:
        _WRITERS[suffix](path, texts, cover)
    except mutagen.MutagenError as error:  # It wraps what the system said.
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


@dataclass(frozen=True)
class _Cover:
    data: bytes
    kind: str


_ID3 = {"title": "TIT2", "show": "TALB", "artist": "TPE1", "date": "TDRC"}
_MP4 = {"title": "\xa9nam", "show": "\xa9alb", "artist": "\xa9ART", "date": "\xa9day", "comment": "\xa9cmt"}
_VORBIS = {"show": "album"}


def _id3(tags: Any, texts: dict[str, str], cover: _Cover | None) -> None:
    from mutagen import id3

    for name, text in texts.items():
        if name == "comment":
            tags.add(id3.COMM(encoding=id3.Encoding.UTF8, lang="und", desc="", text=[text]))
        else:
            tags.add(getattr(id3, _ID3[name])(encoding=id3.Encoding.UTF8, text=[text]))
    if cover:
        front = id3.PictureType.COVER_FRONT
        tags.add(id3.APIC(encoding=id3.Encoding.LATIN1, mime=cover.kind, type=front, desc="", data=cover.data))


def _mp3(path: Path, texts: dict[str, str], cover: _Cover | None) -> None:
    from mutagen.id3 import ID3

    tags = ID3()
    _id3(tags, texts, cover)
    tags.save(path)


def _wav(path: Path, texts: dict[str, str], cover: _Cover | None) -> None:
    from mutagen.wave import WAVE

    file = WAVE(path)
    file.add_tags()
    _id3(file.tags, texts, cover)
    file.save()


def _m4a(path: Path, texts: dict[str, str], cover: _Cover | None) -> None:
    from mutagen.mp4 import MP4, MP4Cover

    file = MP4(path)
    for name, text in texts.items():
        file[_MP4[name]] = [text]
    kinds = {"image/jpeg": MP4Cover.FORMAT_JPEG, "image/png": MP4Cover.FORMAT_PNG}
    if cover and cover.kind in kinds:
        file["covr"] = [MP4Cover(cover.data, imageformat=kinds[cover.kind])]
    file.save()


def _opus(path: Path, texts: dict[str, str], cover: _Cover | None) -> None:
    from mutagen.oggopus import OggOpus

    file = OggOpus(path)
    if cover:  # A FLAC picture block as text: RFC 7845 leaves it to this custom of Vorbis comments.
        file["metadata_block_picture"] = base64.b64encode(_block(cover).write()).decode("ascii")
    _vorbis(file, texts)


def _flac(path: Path, texts: dict[str, str], cover: _Cover | None) -> None:
    from mutagen.flac import FLAC

    file = FLAC(path)
    if cover:
        file.add_picture(_block(cover))
    _vorbis(file, texts)


def _block(cover: _Cover) -> Any:
    """The cover as FLAC has it (RFC 9639, 8.8)."""
    from mutagen.flac import Picture
    from mutagen.id3 import PictureType

    block = Picture()
    block.type, block.mime, block.data = PictureType.COVER_FRONT, cover.kind, cover.data
    return block


def _vorbis(file: Any, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        file[_VORBIS.get(name, name)] = text
    file.save()


_WRITERS = {".mp3": _mp3, ".wav": _wav, ".m4a": _m4a, ".opus": _opus, ".flac": _flac}
