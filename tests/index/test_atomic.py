import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from index import atomic
from index.atomic import write_atomically, written_atomically
from index.errors import TranscriptError


def only(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def test_new_and_old_files(tmp_path: Path) -> None:
    path = tmp_path / "out.vtt"
    write_atomically(path, b"one")
    assert path.read_bytes() == b"one"
    write_atomically(str(path), b"two")
    assert path.read_bytes() == b"two"
    assert only(tmp_path) == ["out.vtt"]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "can only be read"),
        (errno.EACCES, "you may not write there"),
        (errno.EIO, "input/output error; choose another place"),
    ],
)
@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_on_failure_the_old_file_stays(
    code: int, message: str, step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.vtt"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(atomic.os, step, fail)
    with pytest.raises(TranscriptError, match=message) as caught:
        write_atomically(path, b"new")
    assert str(caught.value).startswith("“out.vtt” could not be written: ")
    assert path.read_bytes() == b"old"
    assert only(tmp_path) == ["out.vtt"]


def test_an_interruption_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(atomic.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "out.vtt", b"new")
    assert only(tmp_path) == []


def test_places_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for path, message in {
        tmp_path / "folder": "it is a folder",
        tmp_path / "none" / "out.vtt": "its folder does not exist",
        tmp_path / "file" / "out.vtt": "is a file, not a folder|does not exist",
        tmp_path / ("x" * 300): "too long|not allowed",
        tmp_path / "a\0b": "cannot be the name of a file",
    }.items():
        with pytest.raises(TranscriptError, match=message):
            write_atomically(path, b"new")
    assert only(tmp_path) == ["file", "folder"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(TranscriptError, match="not allowed"):
        write_atomically(tmp_path / "pipe", b"new")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.skipif(sys.platform == "win32", reason="permissions and links are others there")
def test_permissions_are_kept_and_links_followed(tmp_path: Path) -> None:
    path, link = tmp_path / "out.vtt", tmp_path / "link.vtt"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_protected_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.vtt"
    path.write_bytes(b"old")
    path.chmod(0o444)
    with pytest.raises(TranscriptError, match="you may not write there"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (KeyError("x"), KeyError),
        (OSError(errno.ENOSPC, "full"), TranscriptError),
        (TranscriptError("No."), TranscriptError),
    ],
)
def test_what_goes_wrong_while_it_is_filled_leaves_the_old_file(
    tmp_path: Path, error: Exception, told: type[Exception]
) -> None:
    path = tmp_path / "out.mp3"
    path.write_bytes(b"old")

    def fill() -> None:
        with written_atomically(path) as unfinished:
            unfinished.write_bytes(b"half")
            raise error

    with pytest.raises(told, match=r"x|“out.mp3” could not be written: the disk is full|No\."):
        fill()
    assert path.read_bytes() == b"old"
    assert only(tmp_path) == ["out.mp3"]
