import tracemalloc
import wave
from pathlib import Path

import numpy as np
import pytest

from player.audio.container import MediaError
from player.audio.pcm import Pcm

RATE = 16_000


def ramp(path: Path, seconds: int, rate: int = RATE) -> Path:
    """A sound whose samples tell the time: each ms has the value of its number, modulo 10,000."""
    values = np.arange(seconds * 1000) % 10_000
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(values, rate // 1000).astype("<i2").tobytes())
    return path


def ms_of(samples: np.ndarray) -> list[int]:
    return [int(value) for value in (samples[0], samples[-1])]


def test_pieces_are_what_lies_between_their_times(tmp_path: Path) -> None:
    pcm = Pcm(ramp(tmp_path / "a.wav", 9))
    assert pcm.duration_ms == 9000
    for start, end in ((0, 100), (50, 3000), (2900, 8000), (10, 20), (8999, 9000)):
        piece = pcm.between(start, end)
        assert len(piece) == (end - start) * 16
        assert ms_of(piece) == [start, end - 1]
    assert len(pcm.between(8900, 12_000)) == 100 * 16
    assert len(pcm.between(-100, 10)) == 10 * 16


def test_long_steps_ahead_and_back_are_to_the_sample_too(tmp_path: Path) -> None:
    pcm = Pcm(ramp(tmp_path / "a.wav", 400))
    for start in (0, 390_000, 200_000, 330_000, 100, 399_000):
        assert ms_of(pcm.between(start, start + 500)) == [start % 10_000, (start + 499) % 10_000]


def test_memory_stays_flat(tmp_path: Path) -> None:
    pcm = Pcm(ramp(tmp_path / "a.wav", 300, 8000))
    tracemalloc.start()
    for start in range(0, 300_000, 18_000):
        pcm.between(start, start + 20_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20  # Five minutes are 9.6 MB.


def test_what_is_no_sound_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_text("not a sound")
    with pytest.raises(MediaError, match="not a sound file"):
        Pcm(path)
