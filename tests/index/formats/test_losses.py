import pytest

from index import formats
from index.builder import TranscriptBuilder
from index.formats.base import Format, WriteOptions
from index.formats.losses import KEEPS, Part, left_out, parts_of
from index.transcript import Transcript
from index.wordsplit import LINE, SPACE

_CUES = (("Mara", "The tide was\nlow."), ("Ben Lee", "So we walked\nout."), ("Ben Lee", "Too far."))
written = pytest.mark.parametrize("format", formats.writable_formats(), ids=lambda format: format.name)


def rich() -> Transcript:
    """A transcript with everything there is."""
    builder = TranscriptBuilder()
    at = 1000
    for number, (name, text) in enumerate(_CUES):
        builder.add_cue(at, at + 3000, id=f"id{number}", settings="align:start")
        builder.set_speaker(name, new_turn=number == 2)
        for line in text.split("\n"):
            for place, word in enumerate(line.split()):
                builder.add_word(word, at, at + 300, joint=SPACE if place else LINE)
                at += 500
        at += 2000
    return builder.build()


@written
def test_each_format_keeps_what_it_is_said_to_keep(format: Format) -> None:
    data = formats.to_bytes(rich(), format, WriteOptions(word_times=True))
    again = formats.read_bytes(data, "again").transcript
    assert parts_of(rich()) == ~Part(0)
    assert parts_of(again) == KEEPS[format.name]


@written
def test_what_is_lost_is_told(format: Format) -> None:
    assert bool(left_out(rich(), format)) == (KEEPS[format.name] != ~Part(0))


def test_the_sentence() -> None:
    told = {name: left_out(rich(), format) for name in KEEPS if (format := formats.format_named(name))}
    assert told["WebVTT"] == ""
    assert (
        told["SRT"] == "SRT has no place for times of words, ids of cues and settings of cues, so these are left out."
    )
    assert told["Plain text"].startswith("Plain text has no place for times, turns of one speaker after the other, ")


def test_nothing_is_told_of_what_is_not_there() -> None:
    plain = formats.read_text("1\n00:00:01,000 --> 00:00:02,000\nlow\n", "talk.srt").transcript
    assert [left_out(plain, each) for each in formats.writable_formats() if each.name != "Plain text"] == [""] * 16
