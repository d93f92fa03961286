"""Sound comes to the wanted loudness, and nothing in it clips."""

from __future__ import annotations

import numpy as np
import pytest
from make_sounds import Floats
from test_loudness import NOISE, loudness, sine

from player.audio.levelling import Levelling

RATE = 44_100
CEILING = 10 ** (-1 / 20)


def levelled(sound: Floats, lufs: float, block: int = 20_000) -> Floats:
    levelling = Levelling(RATE)
    blocks = [sound[:, start : start + block] for start in range(0, sound.shape[1], block)]
    for each in blocks:
        levelling.measure(each)
    levelling.aim(lufs)
    return np.concatenate([levelling.apply(each) for each in blocks], axis=1)


def speech(level: float) -> Floats:
    times = np.arange(8 * RATE) / RATE
    return (level * NOISE[: len(times)] * np.clip(np.sin(2 * np.pi * 2 * times), 0, 1))[None, :].astype(np.float32)


@pytest.mark.parametrize("lufs", [-16.0, -19.0, -23.0])
@pytest.mark.parametrize("level", [0.02, 0.05, 0.2])
def test_it_is_as_loud_as_was_wanted(level: float, lufs: float) -> None:
    sound = levelled(speech(level), lufs)
    assert loudness(sound, RATE) == pytest.approx(lufs, abs=0.3)
    assert np.abs(sound).max() <= CEILING + 1e-6


def test_far_from_its_peaks_it_is_only_multiplied() -> None:
    sound = speech(0.02)
    changed = levelled(sound, -30)
    assert np.ptp(changed[sound > 0.01] / sound[sound > 0.01]) < 1e-5


def test_a_single_loud_moment_is_held_down_and_nothing_else() -> None:
    sound = speech(0.02)
    sound[:, 4 * RATE : 4 * RATE + 400] = 0.9
    changed = levelled(sound, -20)
    assert np.abs(changed).max() <= CEILING + 1e-6
    gain = np.abs(changed[0, :RATE]).max() / np.abs(sound[0, :RATE]).max()
    near = slice(4 * RATE + 4000, 5 * RATE)
    assert np.abs(changed[0, near]).max() == pytest.approx(gain * np.abs(sound[0, near]).max(), rel=1e-3)


def test_silence_and_near_silence() -> None:
    silence = np.zeros((1, RATE), np.float32)
    assert (levelled(silence, -16) == 0).all()
    faint = sine(2, -60, RATE, channels=1)
    assert np.abs(levelled(faint, -16)).max() == pytest.approx(np.abs(faint).max() * 10 ** (24 / 20), rel=0.01)


@pytest.mark.parametrize("rate", [400, 2000, 7350])
def test_rates_that_are_hardly_sound(rate: int) -> None:
    levelling, sound = Levelling(rate), sine(4, -40, rate, channels=1, hz=rate / 10)
    levelling.measure(sound)
    levelling.aim(-20)
    assert np.abs(sound).max() < np.abs(levelling.apply(sound)).max() <= CEILING


def test_a_moment_shorter_than_a_step() -> None:
    sound = np.full((1, 20), 0.01, np.float32)
    assert np.abs(levelled(sound, -16)).max() <= CEILING
