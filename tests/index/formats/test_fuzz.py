"""Samples of every format, broken at random: a transcript or one sentence, and what was read can be written.

A short run here; `make fuzz` goes on for EARMARK_FUZZ_SECONDS and tells every input that breaks the rule.
"""

import os
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.builder import TranscriptBuilder
from index.formats import FORMATS, to_bytes, writable_formats
from tests.conformance_samples import SAMPLES
from tests.fuzz import FAMILIES, MOST_MB, SLOWEST_S, read_and_write
from tests.index.making import quick

_SECONDS = float(os.environ.get("EARMARK_FUZZ_SECONDS", "0"))
_ROUNDS = 12  # Of each format, in the short run.
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


@st.composite
def _broken(draw: st.DrawFn, name: str) -> bytes:
    """The sample of a format with a few places cut out, doubled, filled with something nasty or from another sample."""
    data = bytearray(_WHOLE[name])
    for _ in range(draw(st.integers(1, 6))):
        at, length = draw(st.integers(0, len(data))), draw(st.sampled_from((1, 2, 8, 40)))
        deed = draw(st.integers(0, 5))
        if deed == 0:
            del data[at : at + length]
        elif deed == 1:
            data[at:at] = data[at : at + length] * draw(st.integers(1, 30))
        elif deed == 2:
            data[at:at] = draw(st.sampled_from(_NASTY))
        elif deed == 3:
            other = _WHOLE[draw(st.sampled_from(sorted(_WHOLE)))]
            start = draw(st.integers(0, len(other)))
            data[at:at] = other[start : start + 60]
        elif deed == 4:
            data[at : at + 1] = draw(st.binary(min_size=1, max_size=4))
        else:
            del data[at:]
    return bytes(data)


def _keeps_the_promise(data: bytes) -> None:
    begun = time.process_time()
    read_and_write(data)
    assert not _SECONDS or time.process_time() - begun < SLOWEST_S
    assert not _SECONDS or _memory_mb() < MOST_MB


def _memory_mb() -> float:
    """The most that this process ever took; 0 where the system does not tell it so."""
    if sys.platform != "linux":
        return 0
    from resource import RUSAGE_SELF, getrusage

    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def test_there_is_a_sample_of_every_format_and_each_has_a_family() -> None:
    assert {format.name for format in FORMATS} <= set(_WHOLE)
    assert sorted(name for names in FAMILIES.values() for name in names) == sorted(each.name for each in FORMATS)


@pytest.mark.parametrize("family", [family for family, names in FAMILIES.items() if names])
def test_what_is_broken_breaks_nothing(family: str) -> None:
    names = FAMILIES[family]

    @settings(quick, derandomize=not _SECONDS, max_examples=_ROUNDS * len(names))
    @given(st.sampled_from(names).flatmap(_broken))
    def holds(data: bytes) -> None:
        _keeps_the_promise(data)

    until = time.monotonic() + _SECONDS / len(FAMILIES)
    holds()
    while time.monotonic() < until:  # Each run is another one then.
        holds()
