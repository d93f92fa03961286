"""Samples of every format, broken at random: a transcript or one sentence, and what was read can be written.

A short run here; `make fuzz` goes on for EARMARK_FUZZ_SECONDS and tells every input that breaks the rule.
"""

import os
import time
from collections.abc import Iterator
from random import Random

import pytest

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats import FORMATS, read_bytes, to_bytes, writable_formats
from tests.conformance_samples import SAMPLES

_SECONDS = float(os.environ.get("EARMARK_FUZZ_SECONDS", "0"))
_ROUNDS = 12  # Of each format, in the short run.
_SLOW_S = 5.0
_NASTY = (
    b"\0",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"-->",
    b"<",
    b"&",
    b"\n\n",
    b"9" * 300,
    b"[" * 300,
    b"NaN",
    b"1e999",
    b"-1",
)


def _whole_samples() -> dict[str, bytes]:
    """A sample of each format: its own, or what Earmark writes."""
    builder = TranscriptBuilder()
    for number, (name, text) in enumerate((("Ann", "The tide was\nlow."), ("Ben", "So we walked & talked."))):
        builder.add_cue(number * 3000, number * 3000 + 2500)
        builder.set_speaker(name)
        builder.add_text(text)
    transcript = builder.build()
    written = {format.name: to_bytes(transcript, format) for format in writable_formats()}
    return written | {name: text.encode() for name, text in SAMPLES.items()}


_WHOLE = _whole_samples()


def _broken(whole: bytes, chance: Random) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.randint(1, 6)):
        at, length = chance.randrange(len(data) + 1), chance.choice((1, 2, 8, 40))
        deed = chance.randrange(6)
        if deed == 0:
            del data[at : at + length]
        elif deed == 1:
            data[at:at] = data[at : at + length] * chance.randint(1, 30)
        elif deed == 2:
            data[at:at] = chance.choice(_NASTY)
        elif deed == 3:
            other = _WHOLE[chance.choice(sorted(_WHOLE))]
            start = chance.randrange(len(other) + 1)
            data[at:at] = other[start : start + 60]
        elif deed == 4 and at < len(data):
            data[at] = chance.randrange(256)
        else:
            del data[at:]
    return bytes(data)


def _inputs(name: str) -> Iterator[bytes]:
    chance = Random(name)
    until = time.monotonic() + _SECONDS / len(_WHOLE)
    rounds = 0
    while rounds < _ROUNDS or (_SECONDS and time.monotonic() < until):
        rounds += 1
        yield _broken(_WHOLE[name], chance)


def test_there_is_a_sample_of_every_format() -> None:
    assert {format.name for format in FORMATS} <= set(_WHOLE)


@pytest.mark.parametrize("name", sorted(_WHOLE))
def test_what_is_broken_breaks_nothing(name: str) -> None:
    for data in _inputs(name):
        begun, sentence = time.process_time(), ""
        try:
            transcript = read_bytes(data, "broken").transcript
            for format in writable_formats():
                if transcript.timed or not format.needs_times:
                    to_bytes(transcript, format)
        except TranscriptError as error:
            sentence = str(error)
        except Exception as error:
            raise AssertionError(f"{type(error).__name__} with {data!r}") from error
        assert "\n" not in sentence, data
        assert not _SECONDS or time.process_time() - begun < _SLOW_S, data
