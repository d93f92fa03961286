"""Writes title, show and comment into the tags of a sound file, whatever family of tags it takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.plaintext import one_line

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


NO_TAGS = ClipTags()


def write_tags(path: Path, suffix: str, tags: ClipTags) -> None:
    """Put the tags into the file at `path`, which is of the kind that `suffix` (`.mp3`, ...) names. Raises OSError."""
    import mutagen

    texts = {name: one_line(getattr(tags, name), _LIMIT) for name in ("title", "show", "artist", "date")}
    texts["comment"] = "\n".join(one_line(line, _LIMIT) for line in tags.comment[:_COMMENT_LIMIT].splitlines())
    texts = {name: text for name, text in texts.items() if text}
    if not texts:
        return
    try:
        _WRITERS[suffix](path, texts)
    except mutagen.MutagenError as error:  # It wraps what the system said.
        cause = error.args[0] if error.args else None
        raise cause if isinstance(cause, OSError) else OSError(str(error)) from error


_ID3 = {"title": "TIT2", "show": "TALB", "artist": "TPE1", "date": "TDRC"}
_MP4 = {"title": "\xa9nam", "show": "\xa9alb", "artist": "\xa9ART", "date": "\xa9day", "comment": "\xa9cmt"}
_VORBIS = {"show": "album"}


def _id3(tags: Any, texts: dict[str, str]) -> None:
    from mutagen import id3

    for name, text in texts.items():
        if name == "comment":
            tags.add(id3.COMM(encoding=id3.Encoding.UTF8, lang="und", desc="", text=[text]))
        else:
            tags.add(getattr(id3, _ID3[name])(encoding=id3.Encoding.UTF8, text=[text]))


def _mp3(path: Path, texts: dict[str, str]) -> None:
    from mutagen.id3 import ID3

    tags = ID3()
    _id3(tags, texts)
    tags.save(path)


def _wav(path: Path, texts: dict[str, str]) -> None:
    from mutagen.wave import WAVE

    file = WAVE(path)
    file.add_tags()
    _id3(file.tags, texts)
    file.save()


def _m4a(path: Path, texts: dict[str, str]) -> None:
    from mutagen.mp4 import MP4

    file = MP4(path)
    for name, text in texts.items():
        file[_MP4[name]] = [text]
    file.save()


def _opus(path: Path, texts: dict[str, str]) -> None:
    from mutagen.oggopus import OggOpus

    _vorbis(OggOpus(path), texts)


def _flac(path: Path, texts: dict[str, str]) -> None:
    from mutagen.flac import FLAC

    _vorbis(FLAC(path), texts)


def _vorbis(file: Any, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        file[_VORBIS.get(name, name)] = text
    file.save()


_WRITERS = {".mp3": _mp3, ".wav": _wav, ".m4a": _m4a, ".opus": _opus, ".flac": _flac}
