"""What is not to be trusted of the times of a transcript."""

from dataclasses import replace

from making import counted

from index.doubt import doubtful, seen_timings
from index.transcript import Timing, WordRange

E, A, S, U = Timing.EXACT, Timing.ALIGNED, Timing.ESTIMATED, Timing.UNHEARD


def test_words_not_heard_or_estimated_among_others_are_doubtful() -> None:
    transcript = replace(counted(12), timings=bytes([A, S, A, A, U, A, A, A, S, S, A, A]))
    assert doubtful(transcript) == (WordRange(1, 5), WordRange(8, 10))


def test_a_word_hardly_found_is_doubtful_and_shown_as_estimated() -> None:
    transcript = replace(
        counted(8), timings=bytes([A] * 8), confidences=bytes([255, 255, 100, 128, 255, 255, 255, 255])
    )
    assert doubtful(transcript) == (WordRange(2, 3),)
    assert list(seen_timings(transcript)[1:4]) == [A, S, A]


def test_where_nothing_is_sure_nothing_is_doubtful() -> None:
    assert doubtful(replace(counted(4), timings=bytes([S] * 4))) == ()
    assert doubtful(replace(counted(4), timings=bytes([U] * 4))) == ()


def test_exact_words_need_no_confidence() -> None:
    assert doubtful(replace(counted(4), timings=bytes([E] * 4), confidences=bytes(4))) == ()
