import numpy as np
import pytest

from index.align.onset import after_pause, after_silence, hard_attack, levels
from index.align.sound import RATE, Samples


def sound(*parts: tuple[int, float]) -> Samples:
    """A tone of so many ms at so many dB, one after the other, in a little noise."""
    amplitude = np.concatenate([np.full(ms * RATE // 1000, np.sqrt(2) * 10 ** (db / 20)) for ms, db in parts])
    wave = amplitude * np.sin(2 * np.pi * 200 * np.arange(len(amplitude)) / RATE)
    noise = np.random.default_rng(1).normal(0, 1, len(wave))
    return np.round(wave + noise).astype(np.int16)


def test_levels_are_those_of_10_ms_every_5() -> None:
    heard = levels(sound((100, 20), (100, 80)))
    assert len(heard) == 39
    assert heard[:19] == pytest.approx(np.full(19, 20), abs=2)
    assert heard[20:] == pytest.approx(np.full(19, 80), abs=0.1)
    assert len(levels(np.zeros(0, np.int16))) == 0


@pytest.mark.parametrize("found_ms", [420, 480, 500, 540, 580])
def test_a_word_after_a_silence_begins_where_the_sound_rises(found_ms: int) -> None:
    heard = levels(sound((500, 30), (300, 75)))
    assert after_silence(heard, found_ms, 800, 0) == 500


def test_a_word_that_begins_softly_begins_there() -> None:
    heard = levels(sound((500, 30), (50, 50), (250, 75)))
    assert after_silence(heard, 545, 800, 0) == 500


@pytest.mark.parametrize(
    ("parts", "silent_ms"),
    [
        (((500, 60), (300, 75)), 0),  # Hardly quieter: a noise.
        (((440, 75), (60, 30), (300, 75)), 440),  # No pause.
        (((300, 30), (500, 75)), 0),  # Something that is no part of the word, such as a breath, goes before.
        (((500, 30), (200, 35), (100, 75)), 0),
        (((800, 75),), 500),
    ],
)
def test_where_no_silence_ends_near_it_a_word_stays_where_it_was_found(
    parts: tuple[tuple[int, float], ...], silent_ms: int
) -> None:
    assert after_silence(levels(sound(*parts)), 510, 800, silent_ms) == 510


def test_no_word_begins_after_its_end_or_outside_the_sound() -> None:
    heard = levels(sound((500, 30), (300, 75)))
    assert after_silence(heard, 450, 480, 0) == 450
    assert after_silence(heard, 900, 950, 0) == 900
    assert after_silence(heard, 0, 50, 0) == 0
    assert hard_attack(heard, 900, 950) == 900
    assert hard_attack(heard, 0, 5) == 0


@pytest.mark.parametrize("found_ms", [335, 350, 360])
def test_a_throat_that_closes_belongs_to_the_vowel_after_it(found_ms: int) -> None:
    heard = levels(sound((300, 75), (50, 35), (300, 75)))
    assert hard_attack(heard, found_ms, 600) == pytest.approx(300, abs=5)


@pytest.mark.parametrize(
    ("parts", "found_ms"),
    [
        (((300, 75), (100, 35), (300, 75)), 400),  # A pause.
        (((300, 75), (50, 55), (300, 75)), 350),  # A consonant.
        (((300, 75), (10, 35), (300, 75)), 310),
        (((300, 75), (50, 35), (300, 75)), 290),  # It began before.
        (((300, 75), (50, 35), (300, 75)), 420),
    ],
)
def test_no_other_quiet_belongs_to_the_vowel(parts: tuple[tuple[int, float], ...], found_ms: int) -> None:
    assert hard_attack(levels(sound(*parts)), found_ms, 700) == found_ms


@pytest.mark.parametrize(
    "parts", [((300, 30), (300, 75)), ((20, 75), (280, 30), (300, 75)), ((300, 30), (300, 75), (250, 30))]
)
def test_a_word_begins_after_the_pause_that_it_was_found_with(parts: tuple[tuple[int, float], ...]) -> None:
    assert after_pause(levels(sound((200, 75), *parts)), 200, 200 + sum(ms for ms, _ in parts)) == 500


@pytest.mark.parametrize(
    "parts",
    [
        ((120, 30), (480, 75)),  # A stop.
        ((300, 60), (300, 75)),  # A hiss.
        ((200, 75), (300, 30), (100, 75)),  # Most of it comes before the pause.
        ((300, 75), (300, 30)),
        ((600, 75),),
        ((50, 75),),
    ],
)
def test_what_is_no_pause_before_most_of_a_word_is_part_of_it(parts: tuple[tuple[int, float], ...]) -> None:
    assert after_pause(levels(sound((200, 75), *parts)), 200, 200 + sum(ms for ms, _ in parts)) == 200
