"""The process that looks for words: it answers lines, and says what it cannot do."""

import errno
import io
import json
import sys
import wave
from pathlib import Path

import pytest

from player.work import searcher
from player.work.searcher import argument_of, main


class NoRoom:
    """A recogniser on a disk that is full."""

    def __init__(self, language: str, *, wide: bool) -> None:
        pass

    def learn(self, sentences: object) -> None:
        """Write the language down."""
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_told_and_not_taken_for_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(bytes(32_000))
    monkeypatch.setattr(searcher, "Recogniser", NoRoom)
    monkeypatch.setattr(searcher.os, "nice", lambda _: 0, raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps({"learn": [["sea"]]}) + "\n"))
    out = sys.stdout
    assert main([argument_of(tmp_path / "a.wav"), "en"]) == 0
    monkeypatch.setattr(sys, "stdout", out)
    told = json.loads(capsys.readouterr().out)
    assert told["failed"].endswith("cannot be written here: no space left on device.")
