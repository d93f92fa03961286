"""Loudness agrees with EBU Tech 3341's cases and with ffmpeg's own meter, whatever the blocks it comes in."""

from __future__ import annotations

import contextlib
import math
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_sounds import Floats

from player.audio.loudness import LoudnessMeter

NOISE = np.random.default_rng(4).standard_normal(400_000)


def sine(seconds: float, level_db: float, rate: int = 48_000, channels: int = 2, hz: float = 1000) -> Floats:
    wave = 10 ** (level_db / 20) * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)
    return np.repeat(wave[None, :].astype(np.float32), channels, axis=0)


def loudness(sound: Floats, rate: int = 48_000, block: int = 30_000) -> float:
    meter = LoudnessMeter(rate)
    for start in range(0, sound.shape[1], block):
        meter.add(sound[:, start : start + block])
    return meter.integrated_lufs()


# EBU Tech 3341, table 1: cases 1 to 5, each (seconds, dBFS) of a stereo sine of 1 kHz.
@pytest.mark.parametrize(
    ("parts", "lufs"),
    [
        ([(20, -23)], -23.0),
        ([(20, -33)], -33.0),
        ([(10, -36), (60, -23), (10, -36)], -23.0),
        ([(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)], -23.0),
        ([(20, -26), (20.1, -20), (20, -26)], -23.0),
    ],
)
def test_ebu_cases(parts: list[tuple[float, float]], lufs: float) -> None:
    sound = np.concatenate([sine(seconds, level, 24_000) for seconds, level in parts], axis=1)
    assert loudness(sound, 24_000) == pytest.approx(lufs, abs=0.1)


def ffmpeg_loudness(sound: Floats, rate: int) -> float:
    layout = "mono" if len(sound) == 1 else "stereo"
    graph = av.filter.Graph()
    source = graph.add(
        "abuffer", sample_rate=str(rate), sample_fmt="fltp", channel_layout=layout, time_base=f"1/{rate}"
    )
    meter, sink = graph.add("ebur128", metadata="1"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    found = "nan"
    for start in range(0, sound.shape[1], rate):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound[:, start : start + rate]), "fltp", layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, start, Fraction(1, rate)
        graph.push(frame)
        with contextlib.suppress(av.error.BlockingIOError):
            while True:
                found = graph.pull().metadata.get("lavfi.r128.I", found)
    return float(found)


@pytest.mark.skipif(not hasattr(av.AudioFrame, "metadata"), reason="this PyAV does not show what a filter says")
@pytest.mark.parametrize("channels", [1, 2])
@pytest.mark.parametrize("rate", [16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("kind", ["hum", "speech", "pauses", "whistle"])
def test_ffmpeg_says_the_same(kind: str, rate: int, channels: int) -> None:
    times = np.arange(8 * rate) / rate
    noise = NOISE[: len(times)]
    wave = {
        "hum": 0.3 * np.sin(2 * np.pi * 60 * times),
        "speech": 0.1 * noise * np.clip(np.sin(2 * np.pi * 2 * times), 0, 1),
        "pauses": 0.2 * noise * (np.sin(2 * np.pi * times / 4) > 0.3) + 0.0005 * noise,
        "whistle": 0.1 * np.sin(2 * np.pi * 3000 * times),
    }[kind]
    sound = np.repeat(wave[None, :].astype(np.float32), channels, axis=0)
    assert loudness(sound, rate) == pytest.approx(ffmpeg_loudness(sound, rate), abs=0.02)


@given(blocks=st.lists(st.integers(1, 20_000), min_size=1, max_size=30))
def test_blocks_make_no_difference(blocks: list[int]) -> None:
    sound = (0.1 * NOISE[None, : sum(blocks) % 390_000 + 1]).astype(np.float32)
    meter, at = LoudnessMeter(16_000), 0
    for count in [*blocks, sound.shape[1]]:
        meter.add(sound[:, at : at + count])
        at += count
    assert meter.integrated_lufs() == pytest.approx(loudness(sound, 16_000), abs=1e-4)


def test_silence() -> None:
    assert LoudnessMeter(48_000).integrated_lufs() == -math.inf
    assert loudness(np.zeros((1, 96_000), np.float32)) == -math.inf
    assert loudness(sine(5, -75)) == -math.inf


@pytest.mark.parametrize("seconds", [0.05, 0.25, 0.39, 0.4, 0.95])
def test_the_shortest_sounds_have_a_loudness_too(seconds: float) -> None:
    assert loudness(sine(seconds, -23)) == pytest.approx(-23, abs=0.5)
