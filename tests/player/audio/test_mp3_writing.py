"""An MP3 that is written says of itself what is true, and gives back every sample that went in."""

from __future__ import annotations

from pathlib import Path

import av
import mutagen.mp3
import numpy as np
import pytest
from make_sounds import decoded, marks

from player.audio.encoding import coding_for, encoder
from player.audio.mp3_frames import count_frames, seek_header
from player.audio.mp3_writing import info_frame
from player.audio.stretch import Form


def write(path: Path, form: Form, sound: np.ndarray, block: int = 10_000) -> Path:
    with encoder(path, coding_for(path), form) as file:
        for start in range(0, sound.shape[1], block):
            file.write(sound[:, start : start + block])
    return path


@pytest.mark.parametrize("rate", [8000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("channels", [1, 2])
def test_its_header_fits_it(tmp_path: Path, rate: int, channels: int) -> None:
    path = write(tmp_path / "a.mp3", Form(rate, channels), marks(2, rate, [1000], channels))
    header, counted = seek_header(path), count_frames(path)
    assert header is not None
    assert header.fits
    assert header.frames == counted.frames
    assert header.duration_ms == 2000
    info = mutagen.mp3.MP3(path).info
    assert (info.sample_rate, info.channels, info.bitrate_mode) == (rate, channels, mutagen.mp3.BitrateMode.CBR)
    assert info.length == pytest.approx(2.0, abs=0.001)


@pytest.mark.parametrize("count", [1, 500, 1152, 44_100, 44_101])
def test_no_sample_is_missing_and_none_too_many(tmp_path: Path, count: int) -> None:
    sound = np.full((1, count), 0.25, np.float32)
    heard, rate = decoded(write(tmp_path / "a.mp3", Form(44_100, 1), sound, 777))
    assert (rate, heard.shape[1]) == (44_100, count)


def test_nothing_is_a_file_without_sound(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", Form(44_100, 1), np.zeros((1, 0), np.float32))
    assert path.read_bytes() == b""


@pytest.mark.parametrize("channels", [1, 2])
def test_its_tag_is_what_libav_writes(tmp_path: Path, channels: int) -> None:
    """But for the name of the encoder, the seek table's rounding, and the checksums."""
    path = tmp_path / "a.mp3"
    with av.open(str(path), "w", options={"id3v2_version": "0"}) as container:
        stream = container.add_stream("libmp3lame", rate=44_100, layout="mono" if channels == 1 else "stereo")
        stream.bit_rate = 96_000
        frame = av.AudioFrame.from_ndarray(np.zeros((channels, 50_000), np.float32), "fltp", stream.layout.name)
        frame.sample_rate = 44_100
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    theirs = path.read_bytes()
    frames = count_frames(path).frames
    ours = info_frame(theirs[:4], frames, len(theirs), 50_000)
    assert len(ours) == 313
    at = theirs.find(b"Info")
    assert ours[: at + 16] == theirs[: at + 16]
    table = [np.frombuffer(data, np.uint8, 100, at + 16).astype(int) for data in (ours, theirs)]
    assert np.abs(table[0] - table[1]).max() <= 20  # libav's is of whole frames, and these are few.
    tag = at + 120
    assert ours[tag : tag + 4] == b"LAME"
    assert ours[tag + 21 : tag + 24] == theirs[tag + 21 : tag + 24]  # Delay and padding.
    assert ours[tag + 28 : tag + 32] == theirs[tag + 28 : tag + 32]  # The size.


def test_the_checksum_is_that_of_the_tag() -> None:
    frame = info_frame(b"\xff\xfb\x70\xc4", 100, 31_613, 110_000)
    tag = frame.find(b"LAME")
    found = 0
    for byte in frame[: tag + 34]:  # Bit by bit from the left, as the standard draws it, then turned round.
        found ^= int(f"{byte:08b}"[::-1], 2) << 8
        for _ in range(8):
            found = (found << 1 ^ (0x8005 if found & 0x8000 else 0)) & 0xFFFF
    assert int.from_bytes(frame[tag + 34 : tag + 36], "big") == int(f"{found:016b}"[::-1], 2)
