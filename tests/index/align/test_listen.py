from itertools import pairwise

import numpy as np
import pytest
from oracle import WORD_MS, Oracle, never, nobody, one_after_another, silence, untimed

from index.align.language import sentences_of
from index.align.listen import align_text, parts_of
from index.align.outcome import WrongTextError
from index.align.recogniser import Heard
from index.align.sound import RATE, SamplesSound
from index.align.windows import Stray, Window, parted
from index.transcript import Timing

WORDS = [f"word{number}" for number in range(200)]
SAID = one_after_another(WORDS, 1000)
SOUND = silence(62_000)


def test_words_get_the_times_at_which_they_are_heard() -> None:
    merged = align_text(untimed(WORDS), SOUND, nobody, never, Oracle(SAID))
    assert merged is not None
    assert merged.found == 1
    assert merged.transcript.starts.tolist() == [ms for _, ms in SAID]
    assert {Timing(kind) for kind in merged.transcript.timings} == {Timing.ALIGNED}


def test_what_was_not_heard_is_looked_for_between_what_was() -> None:
    oracle = Oracle(SAID, deaf=["word50", "word51"])
    find = Oracle(SAID).find
    oracle.find = find  # type: ignore[method-assign]
    merged = align_text(untimed(WORDS), SOUND, nobody, never, oracle)
    assert merged is not None
    assert merged.transcript.starts[50:52].tolist() == [1000 + 50 * WORD_MS, 1000 + 51 * WORD_MS]
    assert Timing(merged.transcript.timings[50]) == Timing.ALIGNED


def test_words_that_are_not_in_the_sound_are_not_looked_for_where_there_is_no_time_for_them() -> None:
    absent = [f"aside{number}" for number in range(40)]
    oracle = Oracle(SAID)
    merged = align_text(untimed(WORDS[:90] + absent + WORDS[90:]), SOUND, nobody, never, oracle)
    assert merged is not None
    assert {Timing(kind) for kind in merged.transcript.timings[90:130]} == {Timing.UNHEARD}
    assert oracle.asked == [(True, 0)]


def test_words_between_others_far_apart_are_looked_for_beside_both() -> None:
    said = one_after_another(WORDS[:100]) + one_after_another(WORDS[100:], 60_000)
    oracle = Oracle(said, deaf=["word98", "word99", "word100", "word101", "word102"])
    oracle.find = Oracle(said).find  # type: ignore[method-assign]
    merged = align_text(untimed(WORDS), silence(100_000), nobody, never, oracle)
    assert merged is not None
    assert merged.transcript.starts.tolist() == [ms for _, ms in said]
    assert {Timing(kind) for kind in merged.transcript.timings} == {Timing.ALIGNED}


def test_words_found_beside_neither_of_others_far_apart_stand_without_a_time() -> None:
    said = one_after_another(WORDS[:100]) + one_after_another(WORDS[100:], 60_000)
    merged = align_text(untimed(WORDS), silence(100_000), nobody, never, Oracle(said, deaf=["word100"]))
    assert merged is not None
    assert [word for word in merged.transcript.all_words if merged.transcript.timings[word] == Timing.UNHEARD] == [100]
    assert merged.transcript.starts[99] <= merged.transcript.starts[100] <= merged.transcript.starts[101]
    assert merged.transcript.confidences[100] == 0


def test_words_are_parted_where_they_fit() -> None:
    def heard(start_ms: int, score: float) -> Heard:
        return Heard(start_ms, start_ms + 100, score)

    window = Window((3, 4, 5), ("a", "b", "c"), 0, 3, 0, 1000)
    stray = Stray((3, 4, 5), window, window)
    early = [heard(0, -2), heard(100, -4), heard(200, -5)]
    late = [heard(9000, -5), heard(9100, -3), heard(9200, -3)]
    assert [when.start_ms for when in parted(stray, early, late).values()] == [0, 9100, 9200]
    assert parted(stray, [None, None, None], [None, heard(9100, -7), heard(9200, -3)]) == {5: heard(9200, -3)}


def test_a_text_of_something_else_is_refused() -> None:
    with pytest.raises(WrongTextError, match="found in the sound"):
        align_text(untimed([f"other{number}" for number in range(100)]), SOUND, nobody, never, Oracle(SAID))


def test_a_search_can_be_stopped() -> None:
    assert align_text(untimed(WORDS), SOUND, nobody, lambda: True, Oracle(SAID)) is None


def test_parts_are_cut_in_silences_and_leave_nothing_out() -> None:
    noise = np.random.default_rng(1).integers(-3000, 3000, RATE * 100).astype(np.int16)
    noise[RATE * 27 : RATE * 27 + RATE // 2] = 0
    parts = list(parts_of(SamplesSound(noise), 0, 100_000))
    assert parts[0][0] == 0
    assert 27_000 <= parts[0][1] <= 27_500
    assert parts[-1][1] == 100_000
    assert all(one[1] == other[0] for one, other in pairwise(parts))
    assert max(end - start for start, end in parts) <= 36_000


def test_every_word_of_a_language_stands_beside_its_neighbours() -> None:
    sentences = sentences_of(WORDS[:30])
    together = {pair for each in sentences for pair in pairwise(each)}
    assert together >= set(pairwise(WORDS[:30]))
