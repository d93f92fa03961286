import pytest
from oracle import WORD_MS, Oracle, never, nobody, one_after_another, silence, untimed

from index.align.approximate import align_approximately, align_text_approximately
from index.align.outcome import WrongTextError
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript

WORDS = [f"wort{number}" for number in range(160)]
SAID = one_after_another(WORDS)
SOUND = silence(160 * WORD_MS)


def captions() -> Transcript:
    """Eight words to a cue, each cue 200 ms late."""
    builder = TranscriptBuilder()
    for first in range(0, len(WORDS), 8):
        builder.add_cue(first * WORD_MS + 200, (first + 8) * WORD_MS + 200)
        builder.add_text(" ".join(WORDS[first : first + 8]))
    return builder.build()


def kinds(transcript: Transcript) -> set[Timing]:
    return {Timing(kind) for kind in transcript.timings}


def hearing(found: Oracle, heard: Oracle) -> Oracle:
    """A crew that finds as one and hears as the other."""
    found.hear = heard.hear  # type: ignore[method-assign]
    return found


def test_what_is_found_where_it_was_heard_is_approximate() -> None:
    deaf = hearing(Oracle(SAID), Oracle(SAID, deaf=WORDS[3::8]))
    result = align_approximately(captions(), SOUND, nobody, never, deaf)
    assert kinds(result) == {Timing.APPROXIMATE}
    assert result.starts.tolist() == [ms for _, ms in SAID]


def test_what_is_heard_elsewhere_stays_an_estimate() -> None:
    late = [(word, ms + 900) for word, ms in SAID]
    result = align_approximately(captions(), SOUND, nobody, never, hearing(Oracle(SAID), Oracle(late)))
    assert kinds(result) == {Timing.ESTIMATED}


def test_what_was_hardly_heard_stays_an_estimate() -> None:
    silent = hearing(Oracle(SAID), Oracle(SAID, deaf=WORDS[:55]))
    result = align_approximately(captions(), SOUND, nobody, never, silent, is_in_step=True)
    assert {Timing(kind) for kind in result.timings[:40]} == {Timing.ESTIMATED}
    assert {Timing(kind) for kind in result.timings[-60:]} == {Timing.APPROXIMATE}


def test_a_search_that_is_stopped_gives_a_whole_transcript() -> None:
    result = align_approximately(captions(), SOUND, nobody, lambda: True, Oracle(SAID))
    assert len(result) == len(WORDS)
    assert kinds(result) == {Timing.ESTIMATED}


def test_a_text_without_times_is_found_by_what_is_heard() -> None:
    merged = align_text_approximately(untimed(WORDS), SOUND, nobody, never, Oracle(SAID, deaf=[]))
    assert merged is not None
    assert kinds(merged.transcript) == {Timing.APPROXIMATE}
    assert merged.transcript.starts.tolist() == [ms for _, ms in SAID]
    assert merged.transcript.cue_count == 1


def test_another_text_is_refused_and_a_stopped_search_gives_none() -> None:
    other = untimed([f"anders{number}" for number in range(100)])
    with pytest.raises(WrongTextError):
        align_text_approximately(other, SOUND, nobody, never, Oracle(SAID))
    assert align_text_approximately(untimed(WORDS), SOUND, nobody, lambda: True, Oracle(SAID)) is None


def test_a_text_without_times_needs_the_other_way() -> None:
    with pytest.raises(ValueError, match="no times"):
        align_approximately(untimed(WORDS), SOUND, nobody, never, Oracle(SAID))
