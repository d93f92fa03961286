"""A transcript's file is read to the same thing here and in a process of its own, which stops when it is told to."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from index.errors import EarmarkError, TranscriptError
from index.library import Prepared
from index.progress import Stage, Unwanted, Watch
from player import read_file
from player.work.reading import read

VTT = """WEBVTT

NOTE Of the second take.

c1
0.860 --> 00:07.380 align:start
<v Mara>It took <00:03.000>sixty years.

00:08.000 --> 00:09.000
<v Ben Lee>Über all das.
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    found = tmp_path / "talk.vtt"
    found.write_text(VTT, "utf-8")
    return found


def facts(read: read_file.ReadFile) -> tuple[object, ...]:
    reading, words = read.reading, read.words
    own = [getattr(words, name) for name in Prepared.__slots__ if name != "transcript"]
    return own, read.file, reading.format, reading.warnings, reading.asides, list(reading.transcript.starts)


def test_it_is_the_same_from_another_process(path: Path) -> None:
    told: list[tuple[Stage, int, int]] = []
    here, apart = read_file.read_file(path), read_file.read_apart(path, Watch(lambda *each: told.append(each)))
    assert here.reading.asides
    assert len(here.reading.warnings) == 1
    assert facts(apart) == facts(here)
    assert [stage for stage, _, _ in told][:2] == [Stage.READING, Stage.FINDING]
    assert told[-1][0] is Stage.PACKING


def test_what_is_refused_is_the_same_sentence(path: Path) -> None:
    path.write_bytes(b"\x89PNG")
    with pytest.raises(TranscriptError) as here:
        read_file.read_file(path)
    with pytest.raises(EarmarkError) as apart:
        read_file.read_apart(path)
    assert str(apart.value) == str(here.value)


def test_only_the_large_get_a_process(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_file, "read_apart", lambda *_: "apart")
    assert read_file.read_beside(path) != "apart"
    monkeypatch.setattr(read_file, "HEAVY_BYTES", len(VTT))
    assert read_file.read_beside(path) == "apart"
    monkeypatch.setattr(read_file, "HEAVY_BYTES", 10 * len(VTT))
    assert read_file.read_beside(path.rename(path.with_suffix(".docx"))) == "apart"
    with pytest.raises(TranscriptError, match="not there"):
        read_file.read_beside(path)


def test_a_process_ends_when_nobody_waits(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[str]] = []
    make = subprocess.Popen

    def noted(*args: object, **kwargs: object) -> "subprocess.Popen[str]":
        started.append(make(*args, **kwargs))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(Unwanted):
        read_file.read_apart(path, Watch(unwanted=lambda: True))
    assert [process.poll() is not None for process in started] == [True]
    assert list(tmp_path.iterdir()) == [path]


def test_a_process_that_dies_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_file, "python_command", lambda _: [sys.executable, "-c", ""])
    with pytest.raises(EarmarkError, match=r"“talk\.vtt” could not be read: the process that read it ended early"):
        read_file.read_apart(path)


def test_the_job_stops_when_it_is_cancelled(path: Path, tmp_path: Path) -> None:
    order = {"transcript": str(path), "output": str(tmp_path / "words")}
    assert read(order, lambda *_: None, lambda: True) == {}
    assert not (tmp_path / "words").exists()
