from dataclasses import replace
from itertools import pairwise

import pytest
from oracle import WORD_MS, Oracle, never, nobody, one_after_another, silence, untimed

from index.align.windows import windows
from index.align.words import align_words
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript
from tests.index.making import texts

WORDS = [f"word{number}" for number in range(240)]
SAID = one_after_another(WORDS)
SOUND = silence(240 * WORD_MS)


def captions(off_ms: int = 0, words: list[str] = WORDS) -> Transcript:
    """Eight words to a cue, each cue `off_ms` late."""
    builder = TranscriptBuilder()
    for first in range(0, len(words), 8):
        builder.add_cue(first * WORD_MS + off_ms, (first + 8) * WORD_MS + off_ms)
        builder.add_text(" ".join(words[first : first + 8]))
    return builder.build()


def kinds(transcript: Transcript) -> set[Timing]:
    return {Timing(kind) for kind in transcript.timings}


@pytest.mark.parametrize("off_ms", [0, 350, -0])
def test_words_get_the_times_at_which_they_are_found(off_ms: int) -> None:
    found = align_words(captions(off_ms), SOUND, nobody, never, Oracle(SAID))
    assert found.starts.tolist() == [ms for _, ms in SAID]
    assert kinds(found) == {Timing.ALIGNED}
    assert texts(found) == WORDS
    assert min(found.confidences) >= 127
    assert [cue.start_ms for cue in found.cues()] == [first * WORD_MS for first in range(0, 240, 8)]


def test_what_is_not_heard_is_looked_for_between_what_is_and_then_cue_by_cue_and_then_estimated() -> None:
    oracle = Oracle(SAID, deaf=["word100"])
    found = align_words(captions(), SOUND, nobody, never, oracle)
    assert oracle.asked == [(True, 1), (True, 1)]  # Its gap, then its cue, alone.
    guessed = [word for word in found.all_words if found.timings[word] == Timing.ESTIMATED]
    assert guessed == [100]
    assert found.starts[99] <= found.starts[100] <= found.starts[101]
    assert found.ends[100] > found.starts[100]
    assert found.confidences[100] < 100


def test_words_that_were_not_heard_are_found_between_those_that_were() -> None:
    oracle = Oracle(SAID, deaf=["word50", "word51"])
    oracle.find = Oracle(SAID).find  # type: ignore[method-assign]
    found = align_words(captions(), SOUND, nobody, never, oracle)
    assert kinds(found) == {Timing.ALIGNED}
    assert found.starts.tolist() == [ms for _, ms in SAID]


def test_a_word_that_fits_badly_where_it_was_looked_for_is_not_believed() -> None:
    oracle = Oracle(SAID, deaf=["word50"])
    oracle.find = Oracle(SAID, bad=["word50"]).find  # type: ignore[method-assign]
    found = align_words(captions(), SOUND, nobody, never, oracle)
    assert [word for word in found.all_words if found.timings[word] == Timing.ESTIMATED] == [50]


def test_where_something_else_is_said_nothing_that_was_looked_for_is_believed() -> None:
    oracle = Oracle(SAID, deaf=[word for number, word in enumerate(WORDS[:200]) if number % 12])
    oracle.find = Oracle(SAID).find  # type: ignore[method-assign]
    found = align_words(captions(), SOUND, nobody, never, oracle)
    assert {Timing(kind) for kind in found.timings[:150]} == {Timing.ESTIMATED}
    assert {Timing(kind) for kind in found.timings[200:]} == {Timing.ALIGNED}


def test_words_are_heard_with_the_words_around_them_and_no_others() -> None:
    oracle = Oracle(SAID)
    align_words(captions(), SOUND, nobody, never, oracle, is_in_step=True)
    known = [{word for sentence in part.language for word in sentence} for part in oracle.parts]
    assert set.union(*known) == set(WORDS)
    assert max(map(len, known)) < len(WORDS) / 2


def test_words_with_times_of_their_own_keep_them_and_are_not_searched_again() -> None:
    oracle = Oracle(SAID)
    once = align_words(captions(), SOUND, nobody, never, oracle)
    again = align_words(once, SOUND, nobody, never, Oracle([]))
    assert again.starts == once.starts
    assert again.confidences == once.confidences
    assert windows(once, SOUND.duration_ms) == []


def test_a_word_with_a_time_of_its_own_keeps_it_where_others_of_its_cue_have_none() -> None:
    whole = captions()
    timings = bytearray(whole.timings)
    timings[1] = Timing.EXACT
    half = replace(whole, timings=bytes(timings))
    found = align_words(half, SOUND, nobody, never, Oracle(SAID), is_in_step=True)
    assert (found.timings[1], found.starts[1]) == (Timing.EXACT, whole.starts[1])
    assert found.timings[0] == found.timings[2] == Timing.ALIGNED


def test_a_search_that_is_stopped_keeps_what_it_found_and_goes_on_later() -> None:
    told: list[tuple[int, int]] = []
    part = align_words(captions(), SOUND, lambda *way: told.append(way), lambda: bool(told), Oracle(SAID))
    assert kinds(part) == {Timing.ALIGNED, Timing.ESTIMATED}
    rest = Oracle(SAID)
    whole = align_words(part, SOUND, nobody, never, rest)
    assert kinds(whole) == {Timing.ALIGNED}
    assert whole.starts.tolist() == [ms for _, ms in SAID]
    assert len(rest.parts) < len(windows(captions(), SOUND.duration_ms))


def test_a_word_found_earlier_keeps_its_time_where_the_others_of_its_cue_are_not_found() -> None:
    part = align_words(captions(), SOUND, nobody, never, Oracle(SAID, deaf=["word100"]))
    oracle = Oracle([])
    again = align_words(part, SOUND, nobody, never, oracle)
    assert (again.timings, again.starts) == (part.timings, part.starts)
    assert oracle.asked == [(True, 1), (True, 1)], "for the one that is lacking"


def test_progress_rises_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    align_words(captions(), SOUND, lambda *way: told.append(way), never, Oracle(SAID))
    assert all(a[0] <= b[0] for a, b in pairwise(told))
    assert told[-1][0] == told[-1][1]


def test_captions_stay_as_long_as_they_were_where_their_neighbours_leave_room() -> None:
    builder = TranscriptBuilder()
    for first, start_ms, end_ms in ((0, 0, 2700), (8, 2700, 5000), (16, 4700, 9000)):
        builder.add_cue(start_ms, end_ms)
        builder.add_text(" ".join(WORDS[first : first + 8]))
    found = align_words(builder.build(), silence(9000), nobody, never, Oracle(SAID))
    # The words are said from 0, 2400 and 4800 ms on, to 2390, 4790 and 7190.
    assert [(cue.start_ms, cue.end_ms) for cue in found.cues()] == [(0, 2400), (2400, 4790), (4790, 9000)]


def test_windows_have_context_and_stay_in_the_sound() -> None:
    made = windows(captions(), SOUND.duration_ms)
    assert [word for window in made for word in window.own] == list(range(240))
    assert (made[0].before, made[0].after, made[-1].after) == (0, 4, 0)
    assert made[1].texts[: made[1].before] == tuple(WORDS[made[1].own[0] - 4 : made[1].own[0]])
    assert made[0].start_ms == 0
    assert made[-1].end_ms == SOUND.duration_ms
    assert all(window.end_ms - window.start_ms <= 32_000 for window in made)


def test_marks_and_words_nobody_heard_are_not_searched() -> None:
    words = [*WORDS[:8], "—", *WORDS[8:15]]
    found = align_words(captions(words=words), SOUND, nobody, never, Oracle(SAID))
    assert found.starts[8] > found.starts[7]
    assert found.ends[8] <= found.starts[9]
    assert Timing(found.timings[8]) == Timing.ALIGNED


def test_a_transcript_without_times_is_refused() -> None:
    with pytest.raises(ValueError, match="no times"):
        align_words(untimed(["Hello."]), SOUND, nobody, never, Oracle([]))
