"""The waveform of a few seconds agrees with the samples, however wide it is drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_sounds import write_wav

from player.audio.container import MediaError
from player.audio.detail import detail

RATE = 8000
SOUND = np.random.default_rng(5).uniform(-1, 1, (2, 10 * RATE)).astype(np.float32)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_wav(tmp_path_factory.mktemp("detail") / "noise.wav", SOUND, RATE, 2)


@settings(max_examples=50)
@given(start_ms=st.integers(0, 9000), length_ms=st.integers(1, 999), columns=st.integers(1, 1500))
def test_each_column_holds_its_samples(path: Path, start_ms: int, length_ms: int, columns: int) -> None:
    drawn = detail(path, start_ms, start_ms + length_ms, columns)
    samples = SOUND[:, start_ms * RATE // 1000 : (start_ms + length_ms) * RATE // 1000]
    count = samples.shape[1]
    assert len(drawn.minima) == len(drawn.maxima) == columns
    for column in range(0, columns, 1 + columns // 20):
        part = samples[:, -(-column * count // columns) : -(-(column + 1) * count // columns)]
        if part.shape[1] and count >= columns:
            assert drawn.minima[column] == pytest.approx(part.min(), abs=1e-3)
            assert drawn.maxima[column] == pytest.approx(part.max(), abs=1e-3)
    assert drawn.minima.min() == pytest.approx(samples.min(), abs=1e-3)
    assert drawn.maxima.max() == pytest.approx(samples.max(), abs=1e-3)


def test_over_the_end_it_is_silent(path: Path) -> None:
    drawn = detail(path, 9500, 10_500, 100)
    assert np.abs(drawn.maxima[:50]).min() > 0
    assert (drawn.minima[50:] == 0).all()
    assert (drawn.maxima[50:] == 0).all()


def test_what_is_no_sound(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"No sound here. " * 400)
    with pytest.raises(MediaError, match=r"“a\.mp3”"):
        detail(tmp_path / "a.mp3", 0, 1000, 10)
