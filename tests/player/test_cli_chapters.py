import json
from pathlib import Path

import pytest

import resources
from index.chapter_files import read_chapters
from player.cli import main

DEMO = str(resources.path("demo", "earmark-demo.opus"))


def test_chapters_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chapters", DEMO]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("0:00  ")
    assert main(["chapters", DEMO, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["title"] for each in told] == [line.partition("  ")[2] for line in lines]
    assert all(each["start_ms"] < each["end_ms"] for each in told)


@pytest.mark.parametrize("name", ["out.json", "out.VTT"])
def test_chapters_are_written(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["chapters", DEMO, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert main(["chapters", DEMO, "-o", str(tmp_path / name)]) == 0
    written = read_chapters(tmp_path / name)
    assert [(each.start_ms, each.end_ms, each.title) for each in written] == [tuple(each.values()) for each in told]


def test_refusals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["chapters", DEMO, "-o", str(tmp_path / "out.txt")]) == 2
    assert ".json or .vtt" in capsys.readouterr().err
    (tmp_path / "talk.mp3").write_text("no sound")
    assert main(["chapters", str(tmp_path / "talk.mp3")]) == 1
    assert "“talk.mp3” is not a sound file" in capsys.readouterr().err
