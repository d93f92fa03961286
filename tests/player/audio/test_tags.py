"""Tags of every family give clean texts and a true picture, and damage in them is harmless."""

import base64
from pathlib import Path

import mutagen
import pytest
from make_sounds import (
    png,
    write_sound,
)
from mutagen.flac import Picture
from mutagen.id3 import APIC, TIT2
from mutagen.mp4 import MP4Cover

from player.audio.media import probe
from player.audio.tags import COVER_LIMIT


def add_cover(path: Path, picture: bytes, *, kind: int = 3) -> None:
    file = mutagen.File(path)
    if path.suffix in (".mp3", ".wav"):
        if file.tags is None:
            file.add_tags()
        file.tags.add(APIC(encoding=3, mime="image/png", type=kind, desc=str(kind), data=picture))
    elif path.suffix == ".m4a":
        file["covr"] = [MP4Cover(picture, MP4Cover.FORMAT_PNG)]
    else:
        block = Picture()
        block.data, block.type, block.mime = picture, kind, "image/png"
        if path.suffix == ".flac":
            file.add_picture(block)
        else:
            file["metadata_block_picture"] = [base64.b64encode(block.write()).decode()]
    file.save()


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".ogg", ".opus", ".flac", ".wav"])
def test_cover(tmp_path: Path, suffix: str) -> None:
    path = write_sound(tmp_path / f"a{suffix}")
    add_cover(path, png(3000))
    info = probe(path)
    assert info.cover == png(3000)
    assert not info.has_video  # libav shows covers as a video stream
    assert abs(info.duration_ms - 2000) <= 10


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".opus"])
def test_cover_is_limited_to_five_megabytes(tmp_path: Path, suffix: str) -> None:
    path = write_sound(tmp_path / f"a{suffix}")
    add_cover(path, png(COVER_LIMIT + 1))
    assert probe(path).cover is None


def test_front_cover_comes_first_and_links_are_no_pictures(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3")
    add_cover(path, png(100), kind=4)
    add_cover(path, png(200), kind=3)
    assert probe(path).cover == png(200)
    linked = write_sound(tmp_path / "b.mp3")
    add_cover(linked, b"http://example.org/cover.png")
    assert probe(linked).cover is None


def test_damaged_cover_block_is_ignored(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.opus")
    file = mutagen.File(path)
    file["metadata_block_picture"] = ["bm90IGEgcGljdHVyZQ=="]
    file.save()
    assert probe(path).cover is None


def test_tag_text_is_one_clean_line(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3")
    file = mutagen.File(path)
    file.tags.add(TIT2(encoding=3, text="  A\x07\x1b[31m\nb\u202e\u2066c\u2029d\x00e  "))
    file.tags.add(mutagen.id3.TALB(encoding=3, text="x" * 10_000))
    file.save()
    info = probe(path)
    assert info.title == "A[31m bc d, e"
    assert len(info.show) == 300
    assert info.show.endswith("x…")


def test_several_values_are_joined(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.opus")
    file = mutagen.File(path)
    file["artist"] = ["Ada", "Grace"]
    file.save()
    assert probe(path).artist == "Ada, Grace"


def test_old_tag_bytes_that_are_not_utf8(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mkv", metadata={"title": "Caf\u00e9"})
    path.write_bytes(path.read_bytes().replace("Caf\u00e9".encode(), b"Caf\xff\xfe"))
    assert probe(path).title.startswith("Caf")
