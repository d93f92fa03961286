"""The waveform has the right values at the right times, whatever the coding, and survives on disk."""

import os
import random
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.audio.peaks import Peaks, PeaksBuilder, PeaksCache, load_peaks, save_peaks

ROOT = Path(__file__).resolve().parents[3]


def made(maxima: object, *, per_second: int = 100, duration_ms: int | None = None) -> Peaks:
    high = np.array(maxima, np.int8)
    return Peaks(per_second, -high, high, len(high) * 1000 // per_second if duration_ms is None else duration_ms)


def row(low: float, high: float, count: int) -> npt.NDArray[np.float32]:
    return np.resize(np.array([low, high], np.float32), count)


def test_values_and_borders() -> None:
    builder = PeaksBuilder()
    builder.add([np.concatenate([row(-0.5, 1.0, 441), row(-1.0, 0.25, 441)])], 44_100)
    builder.finish()
    low, high = builder.take()
    assert low.tolist() == [-64, -127]
    assert high.tolist() == [127, 32]
    assert builder.seconds == 0.02


@given(
    cuts=st.lists(st.integers(1, 3000), max_size=8),
    rate=st.sampled_from([8000, 11_025, 22_050, 44_100, 48_000, 100, 150]),
)
def test_cutting_into_blocks_changes_nothing(cuts: list[int], rate: int) -> None:
    sound = np.random.default_rng(1).uniform(-1, 1, 5000).astype(np.float32)
    whole, parts = PeaksBuilder(), PeaksBuilder()
    whole.add([sound], rate)
    for part in np.split(sound, np.minimum(np.cumsum(cuts, dtype=int), len(sound))):
        parts.add([part], rate)
    whole.finish()
    parts.finish()
    one, other = whole.take(), parts.take()
    assert np.array_equal(one[0], other[0])
    assert np.array_equal(one[1], other[1])


def test_a_rate_that_is_no_multiple_keeps_time() -> None:
    """22,050 Hz has 220.5 samples in a hundredth of a second; an hour must not drift."""
    builder = PeaksBuilder()
    second = np.zeros(22_050, np.float32)
    for _ in range(600):
        builder.add([second], 22_050)
    builder.add([row(1, 1, 10)], 22_050)
    builder.finish()
    high = builder.take()[1]
    assert np.flatnonzero(high).tolist() == [60_000]


def test_every_sample_type_and_the_loudest_channel() -> None:
    quiet, loud = np.zeros(480), np.full(480, 0.5)
    for dtype, scale, middle in [
        ("u1", 127, 128),
        ("i2", 32_767, 0),
        ("i4", 2**31 - 1, 0),
        ("i8", 2**62, 0),
        ("f4", 1, 0),
        ("f8", 1, 0),
    ]:
        channels = [(values * scale + middle).astype(dtype) for values in (quiet, loud)]
        expected = 32 if dtype == "i8" else 64
        for interleaved in (False, True):
            builder = PeaksBuilder()
            if interleaved:
                builder.add([np.stack(channels, axis=1).ravel()], 48_000, 2)
            else:
                builder.add(channels, 48_000)
            builder.finish()
            low, high = builder.take()
            assert low.tolist() == [0], dtype
            assert abs(high[0] - expected) <= 1, dtype
            assert len(high) == 1


def test_numbers_that_are_none_are_silence_and_too_loud_is_full() -> None:
    builder = PeaksBuilder()
    samples = np.array([np.nan, 0, 0, 0], np.float32).repeat(120)
    builder.add([samples], 12_000)
    samples[:] = [np.nan, np.inf, -7, -np.inf] * 120
    builder.add([samples], 48_000)
    builder.finish()
    low, high = builder.take()
    assert high.tolist() == [0, 0, 0, 0, 127]
    assert low.tolist() == [0, 0, 0, 0, -127]


def test_change_of_rate_and_gaps() -> None:
    builder = PeaksBuilder()
    builder.add([row(-1, 1, 44_100)], 44_100)
    builder.add([row(-0.5, 0.5, 8000)], 8000)
    builder.silence_until(3.0)
    builder.silence_until(2.5)  # the past stays as it is
    builder.add([row(-1, 1, 80)], 8000)
    builder.finish()
    high = builder.take()[1]
    assert len(high) == 301
    assert set(high[:100]) == {127}
    assert set(high[100:200]) == {64}
    assert set(high[200:300]) == {0}
    assert high[300] == 127


def test_nothing_at_all() -> None:
    builder = PeaksBuilder()
    builder.add([np.zeros(0, np.float32)], 44_100)
    builder.finish()
    assert [len(part) for part in builder.take()] == [0, 0]
    assert builder.seconds == 0


def test_levels_are_the_loudest_of_each_column() -> None:
    peaks = made([0, 127, 0, 0, 64, 0, 0, 32])
    assert peaks.levels(4).tolist() == pytest.approx([1, 0, 64 / 127, 32 / 127])
    assert peaks.levels(1).tolist() == [1]
    assert peaks.levels(16).tolist() == pytest.approx(np.repeat(peaks.maxima, 2) / 127)
    assert peaks.levels(0).tolist() == []
    assert peaks.levels(4).dtype == np.float32


def test_levels_see_the_lower_half_too() -> None:
    peaks = Peaks(100, np.array([-127, -128], np.int8), np.array([0, 0], np.int8), 20)
    assert peaks.levels(2).tolist() == [1, 1]


def test_levels_of_a_part() -> None:
    peaks = made([10, 20, 30, 40])
    assert (peaks.levels(2, 10, 30) * 127).round().tolist() == [20, 30]
    assert (peaks.levels(4, -20, 20) * 127).round().tolist() == [0, 0, 10, 20]
    assert (peaks.levels(4, 20, 60) * 127).round().tolist() == [30, 40, 0, 0]
    assert peaks.levels(3, 30, 30).tolist() == [0, 0, 0]
    assert peaks.levels(3, 100, 200).tolist() == [0, 0, 0]


def test_a_growing_waveform_grows_to_the_right() -> None:
    peaks = made([127] * 25, duration_ms=1000)
    assert peaks.levels(8).tolist() == [1, 1, 0, 0, 0, 0, 0, 0]
    assert made([], duration_ms=1000).levels(3).tolist() == [0, 0, 0]


@given(count=st.integers(0, 300), width=st.integers(1, 700), start=st.integers(-500, 4000), span=st.integers(1, 5000))
def test_levels_never_miss_nor_invent(count: int, width: int, start: int, span: int) -> None:
    peaks = made(np.random.default_rng(count).integers(1, 127, count))
    levels = peaks.levels(width, start, start + span)
    assert levels.shape == (width,)
    assert levels.min() >= 0
    assert levels.max() <= 1
    if count and start == 0 and span >= peaks.duration_ms:
        assert levels.max() == np.float32(peaks.maxima.max()) / np.float32(127)


def test_quietest_near() -> None:
    loud = np.full(300, 100)
    loud[140:160] = 3
    peaks = made(loud)
    assert 1400 <= peaks.quietest_near(1200, 500) < 1600
    assert peaks.quietest_near(1200, 500) == 1425  # the first window that lies in the pause as a whole
    assert peaks.quietest_near(1800, 500) == 1575
    assert abs(peaks.quietest_near(1500, 500) - 1500) <= 5
    assert abs(peaks.quietest_near(300, 100) - 300) <= 5  # all is equally loud: stay
    assert abs(peaks.quietest_near(1300, 50) - 1300) <= 50


def test_a_single_quiet_hundredth_is_no_pause() -> None:
    loud = np.full(200, 100)
    loud[60] = 0
    loud[120:130] = 30
    assert 1200 <= made(loud).quietest_near(900, 500) <= 1300


def test_quietest_near_the_ends_and_where_nothing_is_known() -> None:
    peaks = made([0, 0, *[90] * 96, 0, 0])
    assert peaks.quietest_near(-50, 100) <= 20
    assert peaks.quietest_near(5000, 100) >= 970
    assert made([], duration_ms=1000).quietest_near(400, 100) == 400
    assert made([5] * 10, duration_ms=1000).quietest_near(700, 100) == 700
    assert peaks.quietest_near(503, 0) == 503


@given(ms=st.integers(-100, 4000), within=st.integers(0, 1000), count=st.integers(0, 300))
def test_quietest_near_stays_near(ms: int, within: int, count: int) -> None:
    peaks = made(np.random.default_rng(count).integers(0, 127, count))
    inside = max(0, min(ms, peaks.duration_ms))
    assert abs(peaks.quietest_near(ms, within) - inside) <= within
    assert 0 <= peaks.quietest_near(ms, within) <= peaks.duration_ms


def test_peaks_are_values() -> None:
    peaks = made([1, 2])
    with pytest.raises(ValueError, match="read-only"):
        peaks.maxima[0] = 5
    with pytest.raises(ValueError, match="same length"):
        Peaks(100, np.zeros(2, np.int8), np.zeros(3, np.int8), 20)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "sound.mp3"
    path.write_bytes(b"stands for a sound")
    return path


def test_cache_keeps_a_waveform_until_the_sound_changes(tmp_path: Path, sound: Path) -> None:
    cache = PeaksCache(tmp_path / "cache")
    assert cache.load(sound) is None
    peaks = made([1, 2, 3], duration_ms=27)
    cache.store(cache.slot(sound), peaks)
    kept = cache.load(sound)
    assert kept is not None
    assert (kept.per_second, kept.duration_ms) == (100, 27)
    assert kept.minima.tolist() == [-1, -2, -3]
    assert kept.maxima.tolist() == [1, 2, 3]
    os.utime(sound, (1, 1))
    assert cache.load(sound) is None
    sound.unlink()
    assert cache.load(sound) is None


def test_damaged_cache_is_no_cache(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    save_peaks(made(list(range(100))), path)
    whole = path.read_bytes()
    chance = random.Random(8)
    for _ in range(400):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        kept = load_peaks(path)
        assert kept is None or kept.maxima.tolist() == list(range(100))
    for size in range(0, len(whole), 37):
        path.write_bytes(whole[:size])
        assert load_peaks(path) is None


@pytest.mark.parametrize(
    "arrays",
    [
        {},
        {"facts": np.array([1, 100, 20])},
        {"facts": np.array([99, 100, 20])},
        {"facts": np.array([1, 0, 20])},
        {"facts": np.array([1, 100, -5])},
        {"minima": np.zeros(3, np.int8)},
        {"maxima": np.zeros(2, np.float64)},
        {"minima": np.zeros((2, 1), np.int8), "maxima": np.zeros((2, 1), np.int8)},
        {"minima": np.array([{"an": "object"}], dtype=object)},
    ],
    ids=["whole", "same", "version", "rate", "duration", "lengths", "type", "shape", "pickle"],
)
def test_foreign_archives_are_refused(
    tmp_path: Path, arrays: dict[str, npt.NDArray[np.generic]], request: pytest.FixtureRequest
) -> None:
    path = tmp_path / "a.npz"
    rows = {"minima": np.zeros(2, np.int8), "maxima": np.zeros(2, np.int8), "facts": np.array([1, 100, 20])}
    with path.open("wb") as file:
        np.savez(file, **{**rows, **arrays})
    fine = request.node.callspec.id in ("whole", "same")
    assert (load_peaks(path) is not None) == fine
