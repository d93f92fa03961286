"""Words that were packed come back as they were."""

import zlib
from array import array
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import quick, spoken, timed, transcripts

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.library.blob import digest_of, pack, unpack
from index.transcript import Timing, Transcript

Q = st.integers(-(1 << 63), (1 << 63) - 1)


def assert_same(one: Transcript, other: Transcript) -> None:
    for field in fields(Transcript):
        ours, theirs = getattr(one, field.name), getattr(other, field.name)
        assert ours == theirs, field.name
        if isinstance(ours, array):
            assert isinstance(theirs, array)
            assert ours.typecode == theirs.typecode, field.name


@quick
@given(transcripts(overlapping=True))
def test_any_transcript_comes_back(transcript: Transcript) -> None:
    assert_same(transcript, unpack(pack(transcript)))


@quick
@given(transcripts(), st.data())
def test_so_do_kinds_of_timing_and_confidences(transcript: Transcript, data: st.DataObject) -> None:
    count = len(transcript)
    timings = bytes(data.draw(st.lists(st.sampled_from(list(Timing)), min_size=count, max_size=count)))
    confidences = data.draw(st.binary(min_size=count, max_size=count))
    transcript = replace(transcript, timings=timings, confidences=confidences)
    assert_same(transcript, unpack(pack(transcript)))


@pytest.mark.parametrize("far", [0, 255, 256, 40_000, 10**6, 10**12])
def test_times_of_any_size(far: int) -> None:
    assert_same(made := timed(("one", 0, far), ("two", far, 2 * far)), unpack(pack(made)))


def test_none_at_all() -> None:
    empty = TranscriptBuilder().build()
    assert_same(empty, unpack(pack(empty)))


def test_without_times() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 0)
    builder.add_text("no times at all")
    builder.forget_times()
    assert_same(made := builder.build(), unpack(pack(made)))


def test_text_that_cannot_be_written_as_utf8() -> None:
    transcript = replace(spoken(("\ud800 name", "one")), speakers=("\ud800",), cue_ids={0: "\udfff"})
    assert unpack(pack(transcript)).speakers == ("\ud800",)
    assert unpack(pack(transcript)).cue_ids == {0: "\udfff"}


def test_a_long_one_takes_few_bytes_a_word() -> None:
    transcript = spoken(*(f"cue number {number} of very many that are alike" for number in range(2000)))
    assert len(pack(transcript)) < 2 * len(transcript)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(TranscriptError, match=r"^These? .*; open the transcript's file again\.$|^The stored words"):
        unpack(data)


def test_damage_is_noticed_or_does_none() -> None:
    packed = pack(made := spoken("one two three", "four five six"))
    refused = 0
    for at in range(len(packed)):
        try:
            assert_same(made, unpack(packed[:at] + bytes([packed[at] ^ 0x40]) + packed[at + 1 :]))
        except TranscriptError:
            refused += 1
        with pytest.raises(TranscriptError):
            unpack(packed[:at])
    assert refused > len(packed) - 3  # Some bits after the last letter mean nothing.


def test_a_head_that_lies_is_refused() -> None:
    with pytest.raises(TranscriptError, match="damaged"):
        unpack(b"\x01" + zlib.compress(b'\x0e\0\0\0{"parts":[[]]}'))


def spoken_by_ana(*, timed: bool) -> Transcript:
    builder = TranscriptBuilder()
    if not timed:
        builder.forget_times()
    builder.add_cue(0, 900 if timed else 0)
    builder.set_speaker("Ana")
    builder.add_text("with times" if timed else "no times at all")
    return builder.build()


def test_the_same_words_are_told_by_the_same_digest_for_ever() -> None:
    """Times that were found for words are theirs only as long as nothing about them is packed otherwise."""
    assert digest_of(pack(spoken_by_ana(timed=False))) == "fbe094338401db6cf0da975fbe282013"
    assert digest_of(pack(spoken_by_ana(timed=True))) == "a1b728b1ef30ea82483c89fce6b6bc88"


def test_a_digest_does_not_depend_on_how_words_were_deflated() -> None:
    packed = pack(made := spoken("one two three"))
    other = packed[:1] + zlib.compress(zlib.decompress(packed[1:]), 0)
    assert other != packed
    assert digest_of(other) == digest_of(packed) != digest_of(pack(spoken("one two four")))
    assert_same(made, unpack(other))


def test_what_is_damaged_has_no_digest() -> None:
    with pytest.raises(TranscriptError, match="damaged"):
        digest_of(b"\x01no words")
