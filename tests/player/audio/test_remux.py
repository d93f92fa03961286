"""An MP3 without a seek table gets a copy with one; everything else stays itself."""

import os
from pathlib import Path

import av
import numpy as np
import pytest
from make_sounds import packet_count, write_mp3_without_header, write_sound

from player.audio.media import MediaError, probe
from player.audio.mp3_frames import count_frames, seek_header
from player.audio.remux import seekable_copy


def decoded(path: Path) -> np.ndarray:
    with av.open(str(path)) as container:
        return np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    return write_mp3_without_header(tmp_path / "bare.mp3")


def test_copy_has_a_header_and_the_same_sound(tmp_path: Path, bare: Path) -> None:
    before = bare.read_bytes()
    copy = seekable_copy(bare, tmp_path / "cache")
    assert copy.parent == tmp_path / "cache"
    header = seek_header(copy)
    assert header is not None
    assert header.fits
    assert header.frames == packet_count(bare) == packet_count(copy)
    assert abs(probe(copy).duration_ms - probe(bare).duration_ms) <= 1
    with av.open(str(copy)) as container:
        assert container.duration is not None
        assert abs(container.duration / 1000 - count_frames(bare).duration_ms) <= 1
    assert np.array_equal(decoded(copy), decoded(bare))
    assert bare.read_bytes() == before


def test_copy_is_made_once_until_the_original_changes(tmp_path: Path, bare: Path) -> None:
    copy = seekable_copy(bare, tmp_path / "cache")
    made = copy.stat().st_ino
    assert seekable_copy(bare, tmp_path / "cache") == copy
    assert copy.stat().st_ino == made
    bare.write_bytes(bare.read_bytes()[:-1000])
    changed = seekable_copy(bare, tmp_path / "cache")
    assert changed != copy
    assert packet_count(changed) < packet_count(copy)


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".ogg", ".opus", ".flac", ".wav", ".mkv"])
def test_what_can_be_sought_is_left_alone(tmp_path: Path, suffix: str) -> None:
    path = write_sound(tmp_path / f"a{suffix}", seconds=0.5)
    assert seekable_copy(path, tmp_path / "cache") == path
    assert not (tmp_path / "cache").exists()


def test_header_that_lies_is_replaced(tmp_path: Path) -> None:
    show = write_sound(tmp_path / "show.mp3", seconds=2, bit_rate=320_000)
    spliced = tmp_path / "spliced.mp3"
    spliced.write_bytes(show.read_bytes() * 2)
    copy = seekable_copy(spliced, tmp_path / "cache")
    assert copy != spliced
    header = seek_header(copy)
    assert header is not None
    assert header.fits
    assert abs(probe(copy).duration_ms - probe(spliced).duration_ms) < 60


def test_tagged_and_damaged_files_are_copied_as_far_as_they_go(tmp_path: Path, bare: Path) -> None:
    frames = bare.read_bytes()
    damaged = tmp_path / "damaged.mp3"
    damaged.write_bytes(frames[:9000] + bytes(3000) + frames[9000:])
    copy = seekable_copy(damaged, tmp_path / "cache")
    assert abs(probe(copy).duration_ms - probe(bare).duration_ms) < 120


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "a.mp3"
    text.write_text("text " * 500)
    with pytest.raises(MediaError, match=r"a\.mp3"):
        seekable_copy(text, tmp_path / "cache")
    with pytest.raises(MediaError, match="is not there"):
        seekable_copy(tmp_path / "gone.mp3", tmp_path / "cache")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "fifo.mp3")
        with pytest.raises(MediaError, match="not a regular file"):
            seekable_copy(tmp_path / "fifo.mp3", tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_cache_that_cannot_be_written_is_a_media_error(tmp_path: Path, bare: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    with pytest.raises(MediaError, match=r"No copy of “bare\.mp3”"):
        seekable_copy(bare, tmp_path / "cache")
