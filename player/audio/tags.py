"""Title, show, artist, date and cover from a sound file's tags, whatever family of tags they are."""

from __future__ import annotations

import base64
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from player.audio.container import clean_text
from player.audio.pictures import picture_type

COVER_LIMIT = 5 * 1024 * 1024
_TEXT_LIMIT = 300
_DATE_LIMIT = 40
# Names of one fact in ID3, MP4 and everything built on Vorbis comments, APE, ASF or Matroska tags.
_NAMES = {
    "title": ("TIT2", "\xa9nam", "title"),
    "show": ("TALB", "\xa9alb", "album", "WM/AlbumTitle", "show"),
    "artist": ("TPE1", "\xa9ART", "artist", "author"),
    "date": ("TDRC", "TDRL", "\xa9day", "date", "year", "WM/Year"),
}
_FRONT_COVER = 3


@dataclass(frozen=True)
class Tags:
    """What the tags say; empty strings and None for what they do not."""

    title: str = ""
    show: str = ""
    artist: str = ""
    date: str = ""
    cover: bytes | None = None
    comments: Mapping[str, str] = field(default_factory=dict)
    """All Vorbis comments by lower-case name, for the chapters some files keep there."""


def read_tags(path: str | os.PathLike[str], fallback: Mapping[str, str]) -> Tags:
    """Read the tags with mutagen; never raises, because playing does not depend on them.

    `fallback` is the container's own idea of its tags, for formats mutagen does not know (Matroska, AVI).
    """
    import mutagen

    try:
        file = mutagen.File(os.fspath(path))
    # mutagen promises MutagenError, but hostile bytes also bring out struct.error, IndexError and others.
    except Exception:
        file = None
    lookup = _Lookup(getattr(file, "tags", None), fallback)
    return Tags(
        title=clean_text(lookup.text("title"), _TEXT_LIMIT),
        show=clean_text(lookup.text("show"), _TEXT_LIMIT),
        artist=clean_text(lookup.text("artist"), _TEXT_LIMIT),
        date=clean_text(lookup.text("date"), _DATE_LIMIT),
        cover=_cover(file),
        comments=lookup.comments(),
    )


class _Lookup:
    """Texts by name from mutagen's tags, then from the container's."""

    def __init__(self, tags: Any, fallback: Mapping[str, str]) -> None:
        self._tags = tags
        self._fallback = {key.lower(): value for key, value in fallback.items()}

    def text(self, fact: str) -> str:
        for name in _NAMES[fact]:
            text = self._own(name) or self._fallback.get(name.lower(), "")
            if text.strip():
                return text
        return ""

    def _own(self, name: str) -> str:
        if self._tags is None:
            return ""
        try:
            value = self._tags[name]
            # ID3 frames hold a list of texts, the others are one; joined as people would write them.
            texts = getattr(value, "text", value)
            return ", ".join(str(text) for text in texts) if isinstance(texts, list) else str(texts)
        # A tag that lacks the name raises KeyError, one that forbids it ValueError; damage anything.
        except Exception:
            return ""

    def comments(self) -> dict[str, str]:
        if not hasattr(self._tags, "vendor"):  # only Vorbis comments name their writer
            return {}
        return {str(key).lower(): str(value) for key, value in self._tags}


def _cover(file: Any) -> bytes | None:
    """The front cover, else the first picture; only true pictures of at most COVER_LIMIT bytes."""
    try:
        pictures = sorted(_pictures(file), key=lambda picture: picture[0] != _FRONT_COVER)
    # As above: what a damaged picture block raises is anyone's guess, and a cover is only an ornament.
    except Exception:
        return None
    for _kind, data in pictures:
        # An ID3 "picture" may also be an address to fetch, which nobody asked for.
        if picture_type(data) and len(data) <= COVER_LIMIT:
            return data
    return None


def _pictures(file: Any) -> Iterator[tuple[int, bytes]]:
    for picture in getattr(file, "pictures", ()):  # FLAC
        yield picture.type, picture.data
    tags = getattr(file, "tags", None)
    if tags is None:
        return
    if hasattr(tags, "getall"):  # ID3, in MP3, WAV and AIFF
        for frame in tags.getall("APIC"):
            yield frame.type, frame.data
    elif hasattr(tags, "vendor"):  # Ogg: a FLAC picture block as text
        from mutagen.flac import Picture

        for text in tags.get("metadata_block_picture", []):
            if len(text) <= COVER_LIMIT * 3 // 2:
                picture = Picture(base64.b64decode(text))
                yield picture.type, picture.data
    elif "covr" in tags:  # MP4
        for data in tags["covr"]:
            yield _FRONT_COVER, bytes(data)
