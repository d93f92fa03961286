"""What Earmark writes is read by other programs as well, each caption with its words at its time."""

import pytest

from index import formats
from index.builder import TranscriptBuilder
from index.formats.base import Format, WriteOptions
from index.transcript import Transcript
from tests.conformance import talk
from tests.second_readers import Reader, accepts, is_here, readers_of, unread

# These take the times of words in the text of a caption for text.
_NO_WORD_TIMES = {("WebVTT", "pysubs2"), ("LRC", "ffmpeg")}
# What has a way to write every character, and programs that read it.
_EXACT = {"TTML", "Whisper JSON", "Podcast JSON", "Podcast HTML", "ELAN", "TextGrid", "CSV", "TSV", "Word document"}
_EXACT |= {"Markdown"}
PAIRS = [(format, name) for format in formats.writable_formats() for name in readers_of(format)]
pairs = pytest.mark.parametrize(("format", "name"), PAIRS, ids=[f"{format.name}-{name}" for format, name in PAIRS])


def said(*texts: str) -> Transcript:
    """Two people in turn, half an hour apart."""
    builder = TranscriptBuilder()
    for number, text in enumerate(texts):
        start = 1500 + 2_000_000 * number
        builder.add_cue(start, start + 1500)
        builder.set_speaker("Mara" if number % 2 else "Ben Lee")
        builder.add_text(text)
    return builder.build()


LETTERS = said(
    "“Où est-il?” asked Zoë, in naïve 中文.", "1984", '# that: *so* _far_ 100%, she\'d "said"', "NOTE", "-1."
)
SIGNS = said("A & B; 5 < 6 > 4", "{\\i1}x {y} \\N \\", "[z] <i>no</i> &amp; | `~`", "the end.")


def reader(format: Format, name: str) -> Reader:
    if not is_here(name):
        pytest.skip(f"{name} is not installed")
    return readers_of(format)[name]


@pairs
def test_it_is_read(format: Format, name: str) -> None:
    assert accepts(reader(format, name), formats.to_bytes(talk(), format), talk())


@pairs
def test_it_is_read_with_word_times(format: Format, name: str) -> None:
    data = formats.to_bytes(talk(), format, WriteOptions(word_times=True))
    assert accepts(reader(format, name), data, talk()) == ((format.name, name) not in _NO_WORD_TIMES)


@pairs
def test_letters_arrive(format: Format, name: str) -> None:
    assert accepts(reader(format, name), formats.to_bytes(LETTERS, format), LETTERS)


@pytest.mark.parametrize("format", [f for f in formats.writable_formats() if f.name in _EXACT], ids=lambda f: f.name)
def test_signs_arrive(format: Format) -> None:
    data = formats.to_bytes(SIGNS, format)
    assert any(accepts(read, data, SIGNS) for name, read in readers_of(format).items() if is_here(name))


def test_what_nobody_else_reads_is_known() -> None:
    assert unread() == ["Plain text"]


def test_plain_text_is_what_any_program_takes() -> None:
    """It has no grammar that a program could check, so this is all that another one would."""
    for whole in (LETTERS, SIGNS, talk()):
        data = formats.to_bytes(whole, "txt")
        text = data.decode("utf-8")  # Or it raises.
        assert not text.startswith("\ufeff")
        assert all(character.isprintable() or character == "\n" for character in text)
        paragraphs = text.rstrip("\n").split("\n\n")
        assert len(paragraphs) == whole.cue_count
        for paragraph, cue in zip(paragraphs, whole.cues(), strict=True):
            assert paragraph == f"{whole.speaker_of(cue.words.first)}: {whole.text_of(cue.words)}"
