"""Which words are looked for where, and what is believed of what is found."""

from index.align.recogniser import Heard
from index.align.windows import believed, gaps
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript


def with_a_gap() -> Transcript:
    """Eight words from 3 s on, 300 ms each; the first two were not heard."""
    builder = TranscriptBuilder()
    for number, word in enumerate("a title nobody reads then the talk begins".split()):
        builder.add_cue(3000 + 300 * number, 3300 + 300 * number)
        if number < 2:
            builder.add_text(word)
        else:
            builder.add_word(word, 3000 + 300 * number, 3300 + 300 * number)
    return builder.build()


def test_a_word_between_others_is_not_believed_where_one_of_those_is_said() -> None:
    text = with_a_gap()
    assert [Timing(kind).is_own for kind in text.timings] == [False, False, *[True] * 6]
    (window,) = gaps(text, 10_000)
    assert window.own == (0, 1)
    there, over_the_next = Heard(3200, 3500, -2.0), Heard(3500, 3800, -2.0)
    rest = [None] * window.after
    assert dict(believed(window, [there, over_the_next, *rest])) == {0: there}
    assert dict(believed(window, [None, Heard(3350, 3700, -2.0), *rest])) == {1: Heard(3350, 3700, -2.0)}
