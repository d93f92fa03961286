"""Counting MP3 frames agrees with libavformat's packets, on whole, tagged, damaged and hostile files."""

import random
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_sounds import packet_count, write_mp3_without_header, write_sound

from player.audio.mp3_frames import FrameCount, count_frames, exact_duration_ms, seek_header

FRAME_MS = 1152 * 1000 / 44_100


@pytest.fixture(scope="module")
def vbr(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mp3_without_header(tmp_path_factory.mktemp("mp3") / "vbr.mp3")


def test_variable_bit_rate_without_header(vbr: Path) -> None:
    assert seek_header(vbr) is None
    count = count_frames(vbr)
    assert count.frames == packet_count(vbr)
    assert count.duration_ms == round(count.frames * FRAME_MS) == exact_duration_ms(vbr)


def test_agrees_with_ffprobe(vbr: Path) -> None:
    if shutil.which("ffprobe") is None:
        pytest.skip("ffprobe is not installed")
    command = ["ffprobe", "-loglevel", "error", "-count_packets", "-show_entries", "stream=nb_read_packets"]
    answer = subprocess.run([*command, "-of", "csv=p=0", vbr], capture_output=True, text=True, check=True)
    assert count_frames(vbr).frames == int(answer.stdout.strip().rstrip(","))


@pytest.mark.parametrize("rate", [8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])
def test_every_sample_rate(tmp_path: Path, rate: int) -> None:
    path = write_sound(tmp_path / "a.mp3", seconds=0.5, rate=rate, options={"write_xing": "0", "id3v2_version": "0"})
    count = count_frames(path)
    assert count.frames == packet_count(path) > 0
    samples = 1152 if rate >= 32_000 else 576
    assert count.duration_ms == round(count.frames * samples * 1000 / rate)


def test_xing_header_is_exact_and_trusted(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3", seconds=2)
    header = seek_header(path)
    assert header is not None
    assert header.fits
    assert header.duration_ms == exact_duration_ms(path) == 2000  # without the encoder's delay and padding
    assert header.frames == packet_count(path) == count_frames(path).frames


def test_cut_off_download_is_counted_not_believed(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3", seconds=4, metadata={"title": "Cut"})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    header = seek_header(path)
    assert header is not None
    assert not header.fits
    assert abs(exact_duration_ms(path) - 2000) < 3 * FRAME_MS


def test_spliced_advertisement_is_counted_not_believed(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3", seconds=2, bit_rate=320_000)
    show = write_sound(tmp_path / "b.mp3", seconds=3, bit_rate=320_000)
    path.write_bytes(path.read_bytes() + show.read_bytes())
    header = seek_header(path)
    assert header is not None
    assert not header.fits
    assert abs(exact_duration_ms(path) - 5000) < 6 * FRAME_MS


def test_vbri_header(tmp_path: Path, vbr: Path) -> None:
    frames = vbr.read_bytes()
    # One frame of 32 kbit/s and 44.1 kHz is 104 bytes: a header, 32 bytes of side information, then VBRI.
    first = bytearray(104)
    first[:4] = b"\xff\xfb\x10\xc0"
    count = count_frames(vbr).frames
    first[36:54] = b"VBRI" + bytes(6) + (len(frames) + 104).to_bytes(4, "big") + count.to_bytes(4, "big")
    path = tmp_path / "vbri.mp3"
    path.write_bytes(bytes(first) + frames)
    header = seek_header(path)
    assert header is not None
    assert header.fits
    assert header.frames == count == count_frames(path).frames
    assert exact_duration_ms(path) == round(count * FRAME_MS)


def test_tags_and_damage_are_stepped_over(tmp_path: Path, vbr: Path) -> None:
    frames = vbr.read_bytes()
    count = count_frames(vbr).frames
    size = 70_000  # an ID3 tag larger than one look, full of what resembles frames
    tag = b"ID3\x04\0\0" + bytes([0, size >> 14, size >> 7 & 0x7F, size & 0x7F]) + b"\xff\xfb\x90\x00" * (size // 4)
    path = tmp_path / "tagged.mp3"
    path.write_bytes(tag + tag + frames + b"APETAGEX" + bytes(200) + b"TAG" + bytes(125))
    assert count_frames(path).frames == count
    path.write_bytes(bytes(500) + frames + b"junk \xff\xfb" * 9000 + tag + frames)
    # The frames at the edges of the damage may go; no more than that.
    assert 2 * count - 2 <= count_frames(path).frames <= 2 * count
    path.write_bytes(frames[:-50])
    assert count_frames(path).frames == count - 1


def test_hole_of_zeros_across_the_reading_window(tmp_path: Path, vbr: Path) -> None:
    frames = vbr.read_bytes()
    path = tmp_path / "hole.mp3"
    path.write_bytes(frames + bytes(3 << 20) + frames)
    assert 2 * count_frames(vbr).frames - 1 <= count_frames(path).frames <= 2 * count_frames(vbr).frames


def test_longer_than_one_chunk(tmp_path: Path, vbr: Path) -> None:
    frames = vbr.read_bytes()
    path = tmp_path / "long.mp3"
    path.write_bytes(frames * 70)
    assert path.stat().st_size > 2 << 20
    assert count_frames(path).frames == 70 * count_frames(vbr).frames


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"\xff\xfb\x90",
        b"hello " * 1000,
        b"\xff" * 200_000,
        b"\xff\xfb\x90\x00" * 50_000,
        b"ID3" * 50_000,
        random.Random(1).randbytes(300_000),
    ],
    ids=["empty", "one byte", "no frame", "text", "ff", "false starts", "false tags", "noise"],
)
def test_no_sound_at_all(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(content)
    assert count_frames(path) == FrameCount(0, 0)
    assert seek_header(path) is None
    assert exact_duration_ms(path) == 0


@settings(max_examples=60, deadline=None)
@given(
    start=st.integers(0, 20_000),
    damage=st.binary(max_size=600).map(lambda tail: b"\xff\xfb" + tail),
)
def test_damage_anywhere_is_survived(
    tmp_path_factory: pytest.TempPathFactory, vbr: Path, start: int, damage: bytes
) -> None:
    whole = vbr.read_bytes()
    path = tmp_path_factory.getbasetemp() / "damaged.mp3"
    path.write_bytes(whole[:start] + damage + whole[start + len(damage) :])
    count = count_frames(path).frames
    assert 0.8 * count_frames(vbr).frames < count <= count_frames(vbr).frames + 8


def test_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        exact_duration_ms(tmp_path / "missing.mp3")
