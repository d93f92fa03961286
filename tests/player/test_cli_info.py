import json
from pathlib import Path

import pytest

import resources
from player.cli import main

SOUND, CAPTIONS = (str(resources.path("demo", f"earmark-demo.{suffix}")) for suffix in ("opus", "vtt"))
TABLE = "junk\ntitle,url,length,date,transcript\nSalt β€” sand,https://example.org,75,2023-02-02,one two three\n"


def test_language_and_length(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["info", CAPTIONS, "--sound", SOUND]) == 0
    told = capsys.readouterr().out
    assert "Language: English" in told
    assert "sound" not in told
    longer = tmp_path / "talk.srt"
    longer.write_text("1\n00:00:01,000 --> 01:00:00,000\nLow.\n", "utf-8")
    assert main(["info", str(longer), "--sound", SOUND, "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["language"] is None
    assert facts["warnings"][0].startswith("The words go on for ")
    assert main(["info", CAPTIONS, "--sound", str(longer)]) == 1
    assert "is not a sound file" in capsys.readouterr().err


def test_a_table_of_episodes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "episodes.csv"
    path.write_text(TABLE, "utf-8")
    assert main(["info", str(path)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Table of episodes: 1 episode",
        "  Salt β€” sand (2023-02-02, 1:15, 3 words)",
        "Note: One line above the table was left out.",
        "Note: One place looks damaged by a wrong encoding, such as “β€”” for “—”.",
    ]
    assert main(["info", str(path), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["episodes"][0]["length_ms"] == 75_000
    assert facts["damage"] == {"places": 1, "samples": [["β€”", "—"]]}
    path.write_text("place,tide,boats\nEly,low,three\n", "utf-8")
    assert main(["info", str(path)]) == 1
    assert "is a table, but of no kind of transcript" in capsys.readouterr().err
