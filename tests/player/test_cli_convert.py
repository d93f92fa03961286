from itertools import pairwise
from pathlib import Path

import pytest

from index import formats
from player.cli import main

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello\n\n00:03.000 --> 00:04.000\n<v Bob>Thanks\n"
WHISPER = '{"segments":[{"start":1.0,"end":2.0,"text":" Hello"},7]}'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.vtt").write_text(VTT, "utf-8")
    (tmp_path / "b.json").write_text(WHISPER, "utf-8")
    return tmp_path


class Told:
    """The status, and the lines on either stream."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: object) -> None:
        self.status = main(["convert", *map(str, arguments)])
        out, err = capsys.readouterr()
        self.out, self.err = out.splitlines(), err.splitlines()


def test_many_files_go_to_a_folder_that_is_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = folder / "new" / "srt"
    told = Told(capsys, folder / "a.vtt", folder / "b.json", "--to", "srt", "-o", target)
    assert told.status == 0
    assert told.err == []
    assert told.out == [
        f"{folder / 'a.vtt'}: WebVTT, 2 cues, written to {target / 'a.srt'}",
        f"{folder / 'b.json'}: Whisper JSON, 1 cue, 1 note, written to {target / 'b.srt'}",
        "2 files written",
    ]
    assert formats.read(target / "a.srt").transcript.speakers == ("Ann", "Bob")


def test_without_a_folder_they_lie_beside_their_sources(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = Told(capsys, folder / "a.vtt", "--to", ".TSV")
    assert told.out[-1] == "1 file written"
    assert (folder / "a.tsv").exists()


@pytest.mark.parametrize(
    ("to", "name", "format"),
    [("whisper json", "a.json", "Whisper JSON"), ("json", "a.json", "Podcast JSON"), ("eaf", "a.eaf", "ELAN")],
)
def test_formats_by_name_and_by_suffix(
    folder: Path, capsys: pytest.CaptureFixture[str], to: str, name: str, format: str
) -> None:
    assert Told(capsys, folder / "a.vtt", "--to", to, "-o", folder / "out").status == 0
    assert formats.read(folder / "out" / name).format == format


def test_those_that_fail_are_told_and_the_others_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "c.vtt").write_bytes(b"")
    told = Told(capsys, folder / "none.vtt", folder / "c.vtt", folder, folder / "b.json", "--to", "vtt")
    assert told.status == 1
    assert len(told.err) == 3
    assert told.err[0].startswith("earmark: “none.vtt” is not there")
    assert all("\n" not in line and line.startswith("earmark: ") for line in told.err)
    assert told.out[-1] == "1 file written, 3 failed"
    assert (folder / "b.vtt").exists()


def test_nothing_is_replaced_without_force(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.vtt").write_text("mine", "utf-8")
    told = Told(capsys, folder / "b.json", "--to", "vtt")
    assert told.status == 1
    assert told.err == [f"earmark: {folder / 'b.vtt'} is there already; use --force to replace it."]
    assert (folder / "b.vtt").read_text("utf-8") == "mine"
    assert Told(capsys, folder / "b.json", "--to", "vtt", "--force").status == 0
    assert formats.read(folder / "b.vtt").format == "WebVTT"


def test_two_files_that_would_become_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "a.json").write_text(WHISPER, "utf-8")
    told = Told(capsys, folder / "a.vtt", folder / "a.json", "--to", "txt", "--force", "-o", folder / "out")
    assert told.status == 1
    assert told.err == [
        f"earmark: {folder / 'a.json'} would replace what {folder / 'a.vtt'} became; rename one.",
        "Note: Plain text has no place for times, so these are left out.",
    ]
    assert (folder / "out" / "a.txt").read_text("utf-8") == "Ann: Hello\n\nBob: Thanks\n"


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_transcript_is_never_replaced_by_itself(
    folder: Path, capsys: pytest.CaptureFixture[str], force: tuple[str, ...]
) -> None:
    told = Told(capsys, folder / "a.vtt", "--to", "vtt", *force)
    assert told.status == 1
    assert "is the transcript itself" in told.err[0]
    assert (folder / "a.vtt").read_text("utf-8") == VTT


@pytest.mark.parametrize(
    "arguments",
    [
        ("a.vtt",),
        ("a.vtt", "b.vtt", "c.vtt"),
        ("a.vtt", "b.vtt", "-o", "out"),
        ("a.vtt", "b.vtt", "--force"),
        ("a.vtt", "--to", "mp3"),
        ("a.vtt", "--to", "Deepgram JSON"),
        ("a.vtt", "--to", ""),
        ("--to", "vtt"),
    ],
    ids=" ".join,
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    told = Told(capsys, *arguments)
    assert told.status == 2
    assert told.out == []
    assert len(told.err) == 1
    assert told.err[0].endswith("see earmark convert --help")


def test_a_folder_that_cannot_be_made(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = Told(capsys, folder / "a.vtt", "--to", "srt", "-o", folder / "b.json")
    assert told.status == 1
    assert told.err[0].startswith(f"earmark: The folder “{folder / 'b.json'}” cannot be made")


def test_captions_are_broken_anew(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = tmp_path / "talk.srt", tmp_path / "talk.vtt"
    source.write_text(
        "1\n00:00:01,000 --> 00:00:07,000\nThe tide was low, and so we walked out to the boats.\n", "utf-8"
    )
    assert main(["convert", str(source), str(target), "--rebreak", "--lines", "1", "--characters", "20"]) == 0
    cues = list(formats.read(target).transcript.cues())
    assert len(cues) == 3
    assert all(after.start_ms - cue.end_ms == 80 for cue, after in pairwise(cues))
    assert main(["convert", str(source), str(target), "--lines", "1"]) == 2
    assert "go with --rebreak" in capsys.readouterr().err


def test_word_times_and_repairs_on_request(tmp_path: Path) -> None:
    source, target = tmp_path / "talk.srt", tmp_path / "talk.vtt"
    source.write_text("1\n00:00:01,000 --> 00:00:03,000\nItâ€™s low.\n", "utf-8")
    assert main(["convert", str(source), str(target)]) == 0
    assert "Itâ€™s low." in target.read_text("utf-8")
    assert main(["convert", str(source), str(target), "--words", "--repair"]) == 0
    assert "It’s <00:00:0" in target.read_text("utf-8")


def test_what_a_format_has_no_place_for_is_told_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("c.vtt", "d.vtt"):
        (folder / name).write_text("WEBVTT\n\nfirst\n00:01.000 --> 00:02.000\nHello\n", "utf-8")
    note = "Note: SRT has no place for ids of cues, so these are left out."
    assert Told(capsys, folder / "c.vtt", folder / "one.srt").err == [note]
    assert Told(capsys, folder / "c.vtt", folder / "d.vtt", "--to", "srt").err == [note]
    assert Told(capsys, folder / "c.vtt", folder / "two.vtt").err == []


def test_comments_and_styles_stay(tmp_path: Path) -> None:
    source, target = tmp_path / "talk.vtt", tmp_path / "new.vtt"
    cues = "".join(f"00:0{n}.000 --> 00:0{n}.900\nword\n\nNOTE {n}\n\n" for n in range(1, 4)).rstrip() + "\n"
    source.write_text(f"WEBVTT Tides\n\nSTYLE\n::cue {{ color: teal }}\n\n{cues}", "utf-8")
    assert main(["convert", str(source), str(target)]) == 0
    assert "NOTE 2" in target.read_text("utf-8")
    assert main(["convert", str(source), str(target), "--rebreak"]) == 0
    text = target.read_text("utf-8")
    assert text.startswith("WEBVTT Tides\n\nSTYLE\n::cue { color: teal }\n\n")
    assert "NOTE 2" not in text


def test_a_table_of_episodes_is_told_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "episodes.csv"
    table.write_text("title,url,length,date,transcript\nSalt,https://example.org/1,75,2 Feb 2023,Ann: Low.\n", "utf-8")
    told = Told(capsys, table, "--to", "vtt")
    assert told.status == 1
    assert told.err == ["earmark: “episodes.csv” is a table of episodes; add it to the library."]
