"""earmark search, concordance and reindex, as typed."""

import csv
import json
from pathlib import Path

import pytest

from index.search.concordance import Order
from player.cli import main
from player.commands.searching import ORDERS

TALK = """WEBVTT

00:00:01.000 --> 00:00:03.000
<v Mara>A slow tide of

00:00:03.000 --> 00:00:05.000
<v Tom>sand over sixty years.
"""


@pytest.fixture
def library(tmp_path: Path) -> list[str]:
    (tmp_path / "dunes.vtt").write_text(TALK)
    (tmp_path / "coast.vtt").write_text(TALK.replace("sixty", "forty").replace("sand", "stone"))
    folder = str(tmp_path / "library")
    assert main(["add", str(tmp_path / "dunes.vtt"), str(tmp_path / "coast.vtt"), "--library", folder]) == 0
    return ["--library", folder]


def test_search(library: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["search", '"tide of sand"', *library]) == 0
    title, hit = capsys.readouterr().out.splitlines()
    assert title.startswith("dunes")
    assert hit == "  0:01  Mara: A slow [tide of sand] over sixty years."


def test_search_as_json(library: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["search", "slow", "tide", "--json", *library]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) == 2
    assert list(found[0]) == "episode show title start_ms end_ms speaker before match after exact".split()
    assert (found[0]["speaker"], found[0]["match"], found[0]["exact"]) == ("Mara", "slow tide", False)
    assert main(["search", "slow", "tide", "--json", "--limit", "1", *library]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 1


def test_search_tells_what_it_left_out(library: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["search", "tide", "--limit", "1", *library]) == 0
    assert capsys.readouterr().out.endswith("1 hit of 2.\n")
    assert main(["search", '"slow tide', *library]) == 0
    assert "quotation mark is not closed" in capsys.readouterr().err
    assert main(["search", "tides", "--forms", "en", *library]) == 0


def test_nothing_found_is_a_failure_with_an_offer(library: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["search", "sixtty", "--json", *library]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out) == []
    assert told.err == "earmark: “sixtty” is said nowhere in the library; the nearest that is: sixty.\n"


def test_where_to_look_alone_lists_the_episodes(library: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["search", "title:dunes", *library]) == 0
    assert capsys.readouterr().out == "dunes\n"


def test_no_word_to_look_for_is_told(library: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["search", "***", *library]) == 1
    assert capsys.readouterr().err.endswith(
        "earmark: There is no word in that to look for; see earmark search --help.\n"
    )


def test_what_was_added_since_is_found(library: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "tide", *library]) == 0
    (tmp_path / "new.vtt").write_text(TALK.replace("tide", "flood"))
    assert main(["add", str(tmp_path / "new.vtt"), *library]) == 0
    capsys.readouterr()
    assert main(["search", "flood", *library]) == 0
    assert "[flood]" in capsys.readouterr().out


def test_concordance(library: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["concordance", "over", "--sort", "left", *library]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("[")[0].split()[-1] for line in lines[:2]] == ["sand", "stone"]
    assert lines[2:] == [f"Speakers: {'Tom'} 2", lines[3], "Months: unknown 2"]
    assert main(["concordance", "over", "--csv", str(tmp_path / "over.csv"), *library]) == 0
    with open(tmp_path / "over.csv", encoding="utf-8-sig", newline="") as file:
        assert [row["match"] for row in csv.DictReader(file)] == ["over", "over"]
    assert main(["concordance", "nobody", *library]) == 1


def test_orders_are_those_of_the_concordance() -> None:
    assert [order.value for order in Order] == list(ORDERS)


def test_reindex(library: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["reindex", *library]) == 0
    assert capsys.readouterr().out == "2 episodes indexed.\n"


def test_a_library_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "tide", "--library", str(tmp_path)]) == 1
    assert "There is no library" in capsys.readouterr().err
