import os
import stat
import sys
from pathlib import Path

import pytest
from reading import read, turns

from index import formats
from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings, WriteOptions

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello &amp; welcome\n\n00:03.000 --> 00:04.000\n<v Bob>Thanks\n"
SRT = "1\n00:00:01,000 --> 00:00:02,000\nAnn: Hello & welcome\n\n2\n00:00:03,000 --> 00:00:04,000\nBob: Thanks\n"
PROSE = "Ann: Hello & welcome\n\nBob: Thanks\n"


def test_the_table_is_sound() -> None:
    names = [format.name for format in formats.FORMATS]
    assert len(set(names)) == len(names)
    assert all(format.suffixes and all(s.startswith(".") for s in format.suffixes) for format in formats.FORMATS)
    assert all(format.read or format.is_written for format in formats.FORMATS)
    assert formats.__all__ == sorted(formats.__all__, key=lambda name: (name.islower(), not name.isupper(), name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (VTT, "WebVTT"),
        (SRT, "SRT"),
        ("[00:00:00.000 --> 00:00:01.000]  Hello", "Whisper text"),
        ('{"segments":[{"start":0,"end":1,"text":"Hello"}]}', "Whisper JSON"),
        ('{"segments":[{"startTime":0,"endTime":1,"body":"Hello"}]}', "Podcast JSON"),
    ],
)
def test_formats_are_known_by_content_not_by_name(text: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / "misleading.csv"
    path.write_text(text)
    result = formats.read(str(path))
    assert result.format == name
    assert len(result.transcript)


@pytest.mark.parametrize("text", ["", "Just prose.", "https://a.b/?x-->y", "a --> b", "{}", "<html>-->"])
def test_sniffing_finds_nothing_in_other_texts(text: str) -> None:
    assert formats.sniff(text) is None


# What is refused


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\n \r\n\t", "is empty"),
        (bytes(100), "is empty"),
        (b"\x1f\x8b\x08\x00", "gzip archive"),
        (b"PK\x03\x04zip", "zip archive"),
        (b"%PDF-1.7", "PDF"),
        (b"ID3\x04", "sound file"),
        (b"<!DOCTYPE html>\n<title>404</title>", "web page"),
        (b"  <HTML>", "web page"),
        (b"Some prose.", "neither times nor sentences were found"),
        (b"WEBVTT\n\n" + b"x" * 1_100_000, "line of more than a million"),
        (b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nx\n\n" * 500_001, "500,000 cues"),
    ],
)
def test_what_is_no_transcript_is_told_in_one_sentence(data: bytes, message: str) -> None:
    with pytest.raises(TranscriptError, match=message) as caught:
        formats.read_bytes(data, "talk.vtt")
    sentence = str(caught.value)
    assert sentence.startswith("“talk.vtt” ")
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_file_too_large_is_not_even_decoded(tmp_path: Path) -> None:
    path = tmp_path / "large.vtt"
    with path.open("wb") as file:
        file.truncate(formats.MAX_BYTES + 1)
    with pytest.raises(TranscriptError, match="larger than 64 MB"):
        formats.read(path)


def test_folders_devices_and_missing_files(tmp_path: Path) -> None:
    cases = {tmp_path: "is a folder", tmp_path / "none.vtt": "is not there", tmp_path / "a\0b": "could not be read"}
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.vtt")
        cases[tmp_path / "pipe.vtt"] = "no ordinary file"
    if Path("/dev/zero").exists():
        cases[Path("/dev/zero")] = "no ordinary file"
    for path, message in cases.items():
        with pytest.raises(TranscriptError, match=message):
            formats.read(path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "secret.vtt"
    path.write_text(VTT)
    path.chmod(0)
    with pytest.raises(TranscriptError, match="may not be read"):
        formats.read(path)


def test_a_hostile_file_name_cannot_break_the_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a\nb<b>{x}%s.vtt"
    path.write_text("nothing")
    with pytest.raises(TranscriptError) as caught:
        formats.read(path)
    assert str(caught.value).startswith("“a b<b>{x}%s.vtt” is no transcript")


# Writing


@pytest.mark.parametrize(("suffix", "text"), [(".vtt", None), (".srt", SRT), (".txt", PROSE), (".SRT", SRT)])
def test_the_suffix_chooses_the_format(suffix: str, text: str | None, tmp_path: Path) -> None:
    path = tmp_path / f"out{suffix}"
    formats.write(read(VTT).transcript, path)
    if text is None:
        assert turns(formats.read(path).transcript) == [("Ann", "Hello & welcome"), ("Bob", "Thanks")]
    else:
        assert path.read_text() == text
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_a_named_format_outweighs_the_suffix(tmp_path: Path) -> None:
    formats.write(read(VTT).transcript, tmp_path / "out.vtt", format_name="SRT")
    assert (tmp_path / "out.vtt").read_text() == SRT
    formats.write(read(VTT).transcript, tmp_path / "out", format_name="txt")
    assert (tmp_path / "out").read_text() == PROSE


@pytest.mark.parametrize(("name", "message"), [("out.doc", "cannot be written as “.doc”"), ("out", "has no suffix")])
def test_formats_that_cannot_be_written(name: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match=message):
        formats.write(read(VTT).transcript, tmp_path / name)
    assert not list(tmp_path.iterdir())
    with pytest.raises(TranscriptError, match="Deepgram JSON"):
        formats.to_text(read(VTT).transcript, "Deepgram JSON")


def test_prose_without_speakers() -> None:
    assert formats.to_text(read(VTT).transcript, "txt", WriteOptions(speakers=False)) == "Hello & welcome\n\nThanks\n"


def test_the_formats_that_can_be_written() -> None:
    names = [format.name for format in formats.writable_formats()]
    assert {"WebVTT", "SRT", "Podcast HTML", "Word document", "Markdown", "Plain text"} <= set(names)
    assert names == [format.name for format in formats.FORMATS if format.name in names]
    assert formats.format_named("vtt") is formats.format_named("WEBVTT") is formats.format_named(".vtt")
    assert formats.format_named("nope") is None


def test_writing_into_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match=r"“out.vtt” could not be written: its folder does not exist"):
        formats.write(read(VTT).transcript, tmp_path / "none" / "out.vtt")


def test_written_files_have_the_permissions_of_new_files(tmp_path: Path) -> None:
    formats.write(read(VTT).transcript, tmp_path / "out.vtt")
    (tmp_path / "plain").touch()
    assert stat.S_IMODE((tmp_path / "out.vtt").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_findings_count() -> None:
    findings = Findings()
    findings.add("One x.", "{n} x.")
    findings.add("One y.", "{n} y.", 1200)
    findings.add("One x.", "{n} x.")
    assert findings.sentences() == ("2 x.", "1,200 y.")


def test_a_transcript_without_times_is_only_written_as_text() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 0)
    builder.set_speaker("Ann")
    builder.add_text("Hello")
    builder.forget_times()
    transcript = builder.build()
    assert formats.to_text(transcript, "txt") == "Ann: Hello\n"
    for format in ("vtt", "srt"):
        with pytest.raises(TranscriptError, match="without times"):
            formats.to_text(transcript, format)
