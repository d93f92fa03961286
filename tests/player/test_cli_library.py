"""The library from the command line: added to, listed, removed from, brought back."""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

import resources
from index.library import Library, back_up
from player import cli

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Mara>It took sixty years\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the demo episode, another transcript, and what is none."""
    folder = tmp_path / "Sands"
    folder.mkdir()
    for name in ("earmark-demo.opus", "earmark-demo.vtt"):
        shutil.copy(resources.path("demo", name), folder / name)
    (folder / "2023-05-04 A slow tide.vtt").write_text(VTT, "utf-8")
    (folder / "empty.vtt").write_bytes(b"")
    return folder


class Shell:
    """Runs commands on one library."""

    def __init__(self, capsys: pytest.CaptureFixture[str], place: Path) -> None:
        self._capsys = capsys
        self.place = place

    def run(self, *arguments: object, status: int = 0) -> tuple[str, str]:
        """What a command prints, on stdout and on stderr."""
        self._capsys.readouterr()
        assert cli.main([*map(str, arguments), "--library", str(self.place)]) == status
        return tuple(self._capsys.readouterr())  # type: ignore[return-value]

    def json(self, *arguments: object) -> Any:
        return json.loads(self.run(*arguments, "--json")[0])


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Shell:
    return Shell(capsys, tmp_path / "library")


def test_add_and_list(shell: Shell, folder: Path) -> None:
    out, err = shell.run("add", folder)
    assert out.splitlines() == [
        "2 added, 1 left out.",
        "  “empty.vtt” is empty, so there is no transcript in it; choose another file.",
    ]
    assert err == ""  # Progress is for people before a terminal.
    tide, demo = sorted(shell.json("list"), key=lambda each: each["words"])
    assert tide == {
        "id": tide["id"],
        "title": "A slow tide",
        "show": "Sands",
        "date": "2023-05-04",
        "sound": None,
        "transcript": str(folder / "2023-05-04 A slow tide.vtt"),
        "duration_ms": 2000,
        "words": 4,
        "speakers": ["Mara"],
        "tags": [],
        "heard": False,
    }
    assert demo["sound"] == str(folder / "earmark-demo.opus")
    assert (demo["words"], demo["speakers"], demo["duration_ms"] > 180_000) == (499, ["Host", "Guide"], True)
    out, _ = shell.run("list", "--speaker", "Mara")
    assert out == f"    {tide['id']}  A slow tide  (Sands, 2023-05-04, 0:02, 4 words)\n"
    assert shell.json("list", "--unheard", "--sort", "length")[0]["id"] == tide["id"]
    assert shell.run("list", "--tag", "none")[0] == "There are no such episodes.\n"
    assert shell.json("list", "--show", "none") == []
    assert [each["title"] for each in shell.json("list", "--since", "2023", "--until", "2023-05")] == ["A slow tide"]
    assert "“soon” is not a date" in shell.run("list", "--since", "soon", status=2)[1]


def test_add_again_and_add_nothing(shell: Shell, folder: Path) -> None:
    first = shell.json("add", folder)
    assert (len(first["added"]), first["told"]) == (2, "2 added, 1 left out.")
    assert shell.json("add", folder)["present"] == first["added"]
    out, _ = shell.run("add", folder / "empty.vtt", folder / "nowhere.mp3", status=1)
    assert out.splitlines()[0] == "2 left out."


def test_progress_before_a_terminal(shell: Shell, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    _, err = shell.run("add", folder)
    assert err.split("\r\x1b[K")[1:] == ["0 of 3", "1 of 3", "2 of 3", ""]


def test_remove_and_restore(shell: Shell, folder: Path) -> None:
    one, two = shell.json("add", folder)["added"]
    assert shell.run("remove", one, two)[0] == "2 episodes removed; earmark restore brings them back.\n"
    assert shell.json("list") == []
    assert len(shell.json("list", "--bin")) == 2
    assert shell.run("restore", one)[0] == "1 episode brought back.\n"
    assert [each["id"] for each in shell.json("list")] == [one]
    for wrong, place in (("remove", "library"), ("restore", "bin")):
        id = two if wrong == "remove" else one
        assert f"There is no episode {id} in the {place};" in shell.run(wrong, id, status=1)[1]
    assert shell.run("remove", "--empty-bin")[0] == "1 episode removed for good.\n"
    assert shell.json("list", "--bin") == []
    assert (folder / "earmark-demo.opus").exists()


@pytest.mark.parametrize(
    "wrong", [["remove"], ["remove", "1", "--empty-bin"], ["restore"], ["restore", "1", "--backup"]]
)
def test_one_thing_at_a_time(shell: Shell, wrong: list[str]) -> None:
    _, err = shell.run(*wrong, status=2)
    assert "say which episodes" in err


def test_missing_files_are_listed_and_found_again(shell: Shell, folder: Path, tmp_path: Path) -> None:
    episode = shell.json("add", folder / "2023-05-04 A slow tide.vtt")["added"][0]
    assert shell.run("missing")[0] == "No file is missing.\n"
    lost = folder / "2023-05-04 A slow tide.vtt"
    (tmp_path / "elsewhere").mkdir()
    lost.rename(tmp_path / "elsewhere" / "tide.vtt")
    assert shell.json("missing") == [{"id": episode, "title": "A slow tide", "paths": [str(lost)]}]
    assert shell.run("missing")[0] == f"    {episode}  A slow tide  ({lost})\n"
    assert (
        shell.run("missing", tmp_path / "elsewhere")[0] == "Files of 1 episode were found again.\nNo file is missing.\n"
    )
    assert shell.json("list")[0]["transcript"] == str(tmp_path / "elsewhere" / "tide.vtt")


def test_clips(shell: Shell, folder: Path) -> None:
    episode = shell.json("add", folder / "2023-05-04 A slow tide.vtt")["added"][0]
    assert shell.run("clips")[0] == "There are no clips.\n"
    library = Library(shell.place / "library.sqlite")
    clip = library.clips.keep(episode, "How long", (2, 4), (900, 2000))
    library.close()
    assert shell.json("clips") == [
        {
            "id": clip.id,
            "title": "How long",
            "episode": episode,
            "episode_title": "A slow tide",
            "show": "",
            "start_ms": 900,
            "end_ms": 2000,
            "text": "sixty years",
        }
    ]
    assert shell.run("clips")[0] == "How long  (A slow tide, 0:00–0:02)\n"


def test_a_library_that_is_not_there_is_not_made_by_looking(shell: Shell) -> None:
    _, err = shell.run("list", status=1)
    assert err == f"earmark: There is no library in {shell.place}; earmark add --library makes one.\n"
    assert not shell.place.exists()


def test_the_app_s_own_is_the_one_without_a_choice(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.commands.library_place.data_folder", lambda: tmp_path / "own")
    assert cli.main(["list", "--json"]) == 0
    assert capsys.readouterr().out == "[]\n"
    assert (tmp_path / "own" / "library.sqlite").exists()


def test_a_damaged_library_comes_back_from_its_backup(shell: Shell, folder: Path) -> None:
    (episode,) = shell.json("add", folder / "2023-05-04 A slow tide.vtt")["added"]
    path = shell.place / "library.sqlite"
    assert "There is no backup" in shell.run("restore", "--backup", status=1)[1]
    backup = back_up(path)
    path.write_bytes(b"SQLite format 3\x00" + b"damaged" * 2000)
    _, err = shell.run("list", status=1)
    assert f"the backup of {backup.made:%Y-%m-%d %H:%M} can take its place" in err
    out, _ = shell.run("restore", "--backup")
    assert out.startswith(
        f"The library is the one of {backup.made:%Y-%m-%d %H:%M} again; the one that was there is now"
    )
    assert [each["id"] for each in shell.json("list")] == [episode]
    assert b"damaged" in next(shell.place.glob("library-damaged-*.sqlite")).read_bytes()
