"""A command tells a terminal how far the reading of a long file is, and tells nothing else."""

import io
from pathlib import Path

import pytest
from talk import write_talk

from index import formats
from index.formats.base import ReadResult
from index.progress import Stage, Watch
from player import cli


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading stands at two places, each a second after the one before."""
    read, now = formats.read, [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])

    def slowly(path: Path, watch: Watch) -> ReadResult:
        for stage, done, total in ((Stage.FINDING, 0, 0), (Stage.TAKING, 1, 4), (Stage.TAKING, 2, 4)):
            now[0] += 0.3 if stage is Stage.FINDING else 1
            watch.at(stage, done, total)
        return read(path)

    monkeypatch.setattr(formats, "read", slowly)


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("command", [["info"], ["find", "lantern"], ["convert", "--to", "srt"]], ids=lambda c: c[0])
def test_a_terminal_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    transcript = write_talk(tmp_path)[1]
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    assert cli.main([command[0], str(transcript), *command[1:]]) == 0
    assert terminal.getvalue().startswith(
        "\r\x1b[Ktalk.vtt: taking it in, 25 %\r\x1b[Ktalk.vtt: taking it in, 50 %\r\x1b[K"
    )


@pytest.mark.usefixtures("slow")
def test_a_file_is_told_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["info", str(write_talk(tmp_path)[1])]) == 0
    assert capsys.readouterr().err == ""


def test_what_is_quick_is_not_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("time.monotonic", lambda: 0.0)
    assert cli.main(["info", str(write_talk(tmp_path)[1])]) == 0
    assert terminal.getvalue() == ""
