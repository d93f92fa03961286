"""What the README promises is so."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import platformdirs.macos
import platformdirs.unix
import platformdirs.windows
import pytest

import resources
from index.formats import FORMATS
from player import cli
from player.actions import VIEW_KEYS, entries
from player.settings import Settings, data_folder

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
DEMO = str(resources.path("demo", "earmark-demo.vtt"))


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text("utf-8")


def section(readme: str, title: str) -> str:
    return readme.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_its_links_lead_somewhere(readme: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", readme)
    assert "resources/screenshot.png" in links
    for link in links:
        assert (ROOT / link).is_file(), link


def test_its_lines_can_be_read_in_an_editor(readme: str) -> None:
    assert [line for line in readme.splitlines() if len(line) > 120 and line[0] not in "|!"] == []


# Setting up


def test_the_make_targets_are_there(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = re.findall(r"^    make (\S+)", section(readme, "Try it"), re.MULTILINE)
    assert targets == ["run", "test"]
    for target in re.findall(r"`make ([a-z-]+)`", readme) + targets:
        assert re.search(rf"^{target}: ", makefile, re.MULTILINE), target


def test_the_python_is_the_one_required(readme: str) -> None:
    required = re.search(r'requires-python = ">=(.+)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert required
    assert set(re.findall(r"Python (\d\.\d+)", readme)) == {required[1]}


# Keys


def rows(part: str) -> Iterator[list[str]]:
    """The cells of each row of a table, without its head."""
    lines = [line for line in part.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split(" | ")]


def test_the_keys_are_those_of_the_table(readme: str) -> None:
    known = {entry.text: ", ".join(f"`{key}`" for key in entry.keys) for entry in entries()}
    told = [pair for cells in rows(section(readme, "Keys")) for pair in zip(cells[::2], cells[1::2], strict=True)]
    assert len(told) > 30
    for keys, text in told:
        assert known.get(text) == keys, f"{text} has {known.get(text)}"
    assert known["Keys"].startswith("`F1`")


def test_so_are_those_of_the_text(readme: str) -> None:
    told = section(readme, "Keys").split("In the text, ")[1]
    for keys, _ in VIEW_KEYS:
        for key in keys.split(" / "):
            assert f"`{key}`" in told


# The command line


def test_the_commands_are_those_there_are(readme: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = re.findall(r"^    earmark (.+)$", section(readme, "The command line"), re.MULTILINE)
    commands = {line.split()[0] for line in lines if line[0].islower()}
    assert commands == set(cli._COMMANDS)
    for command in commands:
        assert cli.main([command, "--help"]) == 0
        told = capsys.readouterr().out
        promised = {option for line in lines if line.split()[0] == command for option in re.findall(r"--[a-z-]+", line)}
        there = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", told.split("options:")[1]))
        assert promised == there - {"--help", "--output"}


def test_the_json_is_what_the_demo_gives(
    readme: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hits, facts = (json.loads(block) for block in re.findall(r"```json\n(.+?)```", readme, re.DOTALL))
    assert cli.main(["find", DEMO, "one voice and end with another", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == hits
    assert cli.main(["info", DEMO, "--json"]) == 0
    given = json.loads(capsys.readouterr().out)
    assert (given, list(given)) == (facts, list(facts))
    assert cli.main(["clip", DEMO, "--phrase", "a moment", "-o", str(tmp_path / "out.vtt"), "--json"]) == 0
    for key in json.loads(capsys.readouterr().out):
        assert f"`{key}`" in section(readme, "The command line").split("`clip` prints")[1]


# Formats


def formats_told() -> str:
    """What is read and written, as the README has it."""

    def listed(names: list[str]) -> str:
        text = ", ".join(names[:-1]) + f" and {names[-1]}"
        lines, width = [""], 118
        for word in text.split():
            if len(lines[-1]) + 1 + len(word) > width:
                lines.append("")
            lines[-1] = f"{lines[-1]} {word}".strip()
        return "\n  ".join(lines)

    read = [format.name for format in FORMATS if format.read or format.unpack]
    written = [f"{format.name} (`{format.suffixes[0]}`)" for format in FORMATS if format.is_written]
    return f"- It reads\n  {listed(read)}.\n- It writes\n  {listed(written)}.\n"


def test_the_formats_are_those_there_are(readme: str) -> None:
    told = section(readme, "Formats").lstrip("\n").split("\n\n")[0] + "\n"
    if os.environ.get("EARMARK_GOLDEN") == "write":
        README.write_text(readme.replace(told, formats_told()), "utf-8")
    elif told != formats_told():
        pytest.fail(f"EARMARK_GOLDEN=write make test puts this there:\n{formats_told()}", pytrace=False)


# Places


def test_things_are_where_it_says(readme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings, library, cache = list(rows(section(readme, "Where things are kept")))
    assert settings[1:] == [f"`{place}`" for place in _places("user_config_dir", "settings.json", monkeypatch)]
    assert library[1:] == [f"`{place}`" for place in _places("user_data_dir", "library.sqlite", monkeypatch)]
    assert cache[1:] == [f"`{place}`" for place in _places("user_cache_dir", "", monkeypatch)]


def _places(kind: str, name: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where a file lies on Linux, macOS and Windows."""
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    home = os.path.expanduser("~")
    options = {"appname": "earmark", "appauthor": False}
    places = [
        str(Path(getattr(system(**options), kind), name)).replace(home, "~")
        for system in (platformdirs.unix.Unix, platformdirs.macos.MacOS)
    ]
    monkeypatch.setattr(platformdirs.windows, "get_win_folder", lambda _: "%LOCALAPPDATA%")
    folder = getattr(platformdirs.windows.Windows(**options), kind).replace("/", "\\")
    return [*places, f"{folder}\\{name}".rstrip("\\")]


def test_the_files_are_named_as_it_says() -> None:
    assert Settings.path().name == "settings.json"
    assert Settings.path().parent.name == data_folder().name == "earmark"
    assert '"library.sqlite"' in (ROOT / "player" / "parts.py").read_text("utf-8")


# Privacy

_NETWORK = re.compile(
    r"^\s*(?:import|from)\s+(?:socket|ssl|http|urllib\.request|ftplib|smtplib|requests|httpx|aiohttp"
    r"|PySide6\.QtNetwork|PySide6\.QtWebEngine\w*)\b",
    re.MULTILINE,
)

_WITHIN_THE_MACHINE = re.compile(r"^from PySide6\.QtNetwork import QLocalServer, QLocalSocket$", re.MULTILINE)


def test_nothing_in_it_speaks_to_a_network() -> None:
    for folder in ("index", "player"):
        for path in (ROOT / folder).rglob("*.py"):
            assert not _NETWORK.search(_WITHIN_THE_MACHINE.sub("", path.read_text("utf-8"))), path
