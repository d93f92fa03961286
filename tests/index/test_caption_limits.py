import pytest
from making import timed

from index.builder import TranscriptBuilder
from index.caption_limits import unmet
from index.captions import CaptionStyle, rebreak
from index.transcript import Transcript


def _cue(text: str, length_ms: int) -> Transcript:
    builder = TranscriptBuilder()
    builder.add_cue(0, length_ms)
    for word in text.split():
        builder.add_word(word, 0, length_ms)
    return builder.build()


def test_what_can_be_read_is_not_told() -> None:
    assert unmet(timed(("one", 1000, 1400), ("two", 1500, 1900))) == ""


def test_a_caption_gone_before_it_is_read() -> None:
    text = "thirty letters of it, no more."
    assert unmet(_cue(text, 1500)) == ""
    assert unmet(_cue(text, 1499)) == "1 caption is faster than 20 letters a second."
    assert unmet(_cue(text, 1499), CaptionStyle(chars_per_second=25)) == ""
    assert unmet(_cue("two words", 100)) == "", "read at a glance"


@pytest.mark.parametrize(("letters", "amiss"), [(42, False), (43, True)])
def test_a_line_that_is_too_long(letters: int, amiss: bool) -> None:
    assert bool(unmet(_cue("a" * letters, 9000))) is amiss
    assert bool(unmet(_cue("字" * (letters // 2) + "a" * (letters % 2), 9000))) is amiss, "each is as wide as two"


def test_both_are_told_and_counted() -> None:
    builder = TranscriptBuilder()
    for number in range(3):
        builder.add_cue(number * 1000, number * 1000 + 900)
        builder.add_word("x" * 50, number * 1000, number * 1000 + 900)
    told = "3 captions are faster than 20 letters a second, 3 captions are longer than 2 lines of 42 letters."
    assert unmet(builder.build()) == told
    assert "longer" in unmet(rebreak(builder.build())), "one word cannot be broken"
