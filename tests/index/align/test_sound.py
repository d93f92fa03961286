import numpy as np

from index.align.estimate import estimate
from index.align.room import MIN_MS, make_room
from index.align.sound import RATE, SamplesSound, quietest, speech


def tones(*spans_ms: tuple[int, int], length_ms: int = 4000) -> np.ndarray:
    """A hum between these times, and a little noise."""
    samples = np.random.default_rng(1).normal(0, 20, length_ms * 16)
    for start, end in spans_ms:
        time = np.arange((end - start) * 16) / RATE
        samples[start * 16 : end * 16] += 6000 * np.sin(2 * np.pi * 180 * time)
    return samples.astype(np.int16)


def test_speech_is_where_it_is_loud() -> None:
    found = speech(tones((500, 1500), (1550, 2000), (3000, 3500)))
    edges = np.flatnonzero(np.diff(found.astype(int))) * 10
    assert np.abs(edges - [500, 2000, 3000, 3500]).max() <= 20  # The 50 ms between two words are bridged.
    assert len(speech(np.zeros(0, np.int16))) == 0


def test_the_quietest_place_is_a_good_one_for_a_cut() -> None:
    assert 2000 < quietest(tones((0, 2000), (2600, 4000)), 500, 3900) < 2600


def test_samples_between_times() -> None:
    sound = SamplesSound(np.arange(3200, dtype=np.int16))
    assert sound.duration_ms == 200
    assert sound.between(10, 20)[0] == 160
    assert len(sound.between(150, 999)) == 800
    assert len(sound.between(-50, 10)) == 160


def test_estimated_words_lie_in_speech_and_not_in_silence() -> None:
    starts, ends = estimate(["one", "two", "three", "four"], tones((1000, 1600), (3000, 3600)), 10_000)
    assert starts[0] == 11_000
    assert abs(ends[-1] - 13_600) <= 20
    assert all(11_000 <= ms <= 11_620 or 12_980 <= ms <= 13_620 for ms in starts)
    assert starts == sorted(starts)


def test_words_in_silence_are_spread_over_all_of_it() -> None:
    starts, ends = estimate(["one", "two"], np.zeros(16_000, np.int16), 500)
    assert (starts[0], ends[-1]) == (500, 1500)


def test_words_without_room_borrow_from_the_longer_neighbour() -> None:
    starts, ends = [0, 400, 400, 1200], [400, 400, 1200, 1300]
    make_room(["a", "b", "c", "d"], starts, ends, [False] * 4, [False] * 4)
    assert (starts[0], ends[0]) == (0, 400)
    assert starts[1] == 400
    assert ends[1] - starts[1] >= MIN_MS
    assert ends[2] == 1200


def test_words_of_another_turn_and_those_found_give_last() -> None:
    starts, ends = [0, 400, 400], [400, 400, 600]
    make_room(["a", "b", "c"], starts, ends, [False] * 3, [True, True, False])
    assert (starts[0], ends[0]) == (0, 400)
    starts, ends = [0, 400, 400], [400, 400, 600]
    make_room(["a", "b", "c"], starts, ends, [True, False, False], [True, False, False])
    assert (starts[0], ends[0]) == (0, 400)
