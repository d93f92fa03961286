from collections.abc import Callable

import pytest
from oracle import WORD_MS, Oracle, never, nobody, one_after_another, silence

from index.align.anchors import Anchor
from index.align.recogniser import HeardWord
from index.align.shift import in_step, probes, repair
from index.align.words import align_words
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript

WORDS = [f"word{number}" for number in range(2400)]  # Twelve minutes.
SAID = one_after_another(WORDS)
LENGTH_MS = 2400 * WORD_MS


def captions(shift_ms: int = 0, rate: float = 1.0, words: list[str] = WORDS) -> Transcript:
    builder = TranscriptBuilder()
    for first in range(0, len(words), 10):
        builder.add_cue(*(max(0, round(at * WORD_MS * rate) + shift_ms) for at in (first, first + 10)))
        builder.add_text(" ".join(words[first : first + 10]))
    return builder.build()


def test_one_in_step_is_left_as_it_is() -> None:
    transcript = captions(200)
    assert in_step(transcript, LENGTH_MS, Oracle(SAID)) == (transcript, ())


@pytest.mark.parametrize("shift_ms", [4000, 90_000])
def test_a_shift_needs_one_anchor(shift_ms: int) -> None:
    moved, anchors = in_step(captions(shift_ms), LENGTH_MS, Oracle(SAID))
    assert len(anchors) == 1
    assert max(abs(a - b) for a, b in zip(moved.starts, captions().starts, strict=True)) <= 300


def test_a_stretch_needs_two() -> None:
    moved, anchors = in_step(captions(0, 25 / 24), LENGTH_MS, Oracle(SAID))
    assert len(anchors) == 2
    assert max(abs(a - b) for a, b in zip(moved.starts, captions().starts, strict=True)) <= 300


def test_what_was_put_in_between_is_nobody_s_repair() -> None:
    late = [(word, ms if number < 1000 else ms + 60_000) for number, (word, ms) in enumerate(SAID)]
    late = [(word, ms if number < 1800 else ms - 50_000) for number, (word, ms) in enumerate(late)]
    transcript = captions()
    assert in_step(transcript, LENGTH_MS, Oracle(late)) == (transcript, ())


def of_two_halves(words: list[str]) -> list[str]:
    return words[:1200] * 2


def of_sentences_said_twice(words: list[str]) -> list[str]:
    return [word for first in range(0, 1200, 8) for word in words[first : first + 8] * 2]


def with_a_refrain(words: list[str]) -> list[str]:
    return [word for first in range(0, 2400, 120) for word in words[first : first + 90] + words[:30]]


REPEATS = pytest.mark.parametrize("repeats", [of_two_halves, of_sentences_said_twice, with_a_refrain])


@REPEATS
@pytest.mark.parametrize(("shift_ms", "rate", "anchors"), [(0, 1, 0), (4000, 1, 1), (40_000, 1, 1), (0, 25 / 24, 2)])
def test_a_text_that_repeats_itself_is_put_in_step(
    repeats: Callable[[list[str]], list[str]], shift_ms: int, rate: float, anchors: int
) -> None:
    words = repeats(WORDS)
    moved, found = in_step(captions(shift_ms, rate, words), LENGTH_MS, Oracle(one_after_another(words)))
    assert len(found) == anchors
    assert max(abs(a - b) for a, b in zip(moved.starts, captions(words=words).starts, strict=True)) <= 300


@REPEATS
def test_in_a_text_that_repeats_itself_too_nobody_repairs_what_was_put_in(
    repeats: Callable[[list[str]], list[str]],
) -> None:
    words = repeats(WORDS)
    late = [(word, ms if number < 800 else ms + 60_000) for number, (word, ms) in enumerate(one_after_another(words))]
    transcript = captions(words=words)
    assert in_step(transcript, LENGTH_MS + 60_000, Oracle(late)) == (transcript, ())


def test_where_one_place_is_as_good_as_another_nobody_can_tell() -> None:
    words = WORDS[:40] * 60
    transcript = captions(4000, words=words)
    assert in_step(transcript, LENGTH_MS, Oracle(one_after_another(words))) == (transcript, ())
    twice = captions(words=WORDS[:300] * 2)
    assert repair(twice, [[HeardWord(word, ms + 5000, ms + 5200, -1.0) for word, ms in SAID[:40]]]) == ()


def test_a_stretch_of_sound_with_something_put_in_tells_nothing() -> None:
    heard = [(word, ms if number < 20 else ms + 9000) for number, (word, ms) in enumerate(SAID[:40])]
    assert repair(captions(5000), [[HeardWord(word, ms, ms + 200, -1.0) for word, ms in heard]]) == ()


def test_two_stretches_of_sound_must_show_the_slope_of_the_line_through_them() -> None:
    def heard(first: int, late_ms: int = 0) -> list[HeardWord]:
        return [HeardWord(word, ms + late_ms, ms + late_ms + 200, -1.0) for word, ms in SAID[first : first + 100]]

    assert len(repair(captions(0, 25 / 24), [heard(100), heard(2000)])) == 2
    assert repair(captions(0), [heard(100), heard(2000, 30_000)]) == ()
    assert len(repair(captions(0), [heard(100), heard(2000, 1500)])) == 2


def test_a_few_words_tell_nothing() -> None:
    heard = [[HeardWord(word, ms + 5000, ms + 5200, -1.0) for word, ms in SAID[:8]]]
    assert repair(captions(), heard) == ()
    more = [[HeardWord(word, ms + 5000, ms + 5200, -1.0) for word, ms in SAID[:40]]]
    assert repair(captions(), more) == (Anchor(20, 20 * WORD_MS + 5000),)


def test_probes_lie_in_the_sound() -> None:
    assert probes(3_600_000) == [(144_000, 189_000), (1_800_000, 1_845_000), (3_240_000, 3_285_000)]
    assert probes(300_000) == [(12_000, 37_000), (150_000, 175_000), (270_000, 295_000)]
    assert probes(20_000) == [(800, 20_000)]


def test_words_are_found_in_a_transcript_that_is_a_minute_off() -> None:
    found = align_words(captions(60_000), silence(LENGTH_MS), nobody, never, Oracle(SAID))
    assert found.starts.tolist() == [ms for _, ms in SAID]
    assert {Timing(kind) for kind in found.timings} == {Timing.ALIGNED}
