"""A cover becomes a file once, private, and the oldest of many goes."""

import os
import sys
from pathlib import Path

import pytest

from index.errors import EarmarkError
from player.cover_files import cover_file

PNG = b"\x89PNG\r\n\x1a\n"


def test_a_picture_is_written_once(tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "covers"
    path = cover_file(PNG + b"one", folder)
    assert path is not None
    assert path.suffix == ".png"
    assert path.read_bytes() == PNG + b"one"
    written = path.stat().st_mtime_ns
    assert cover_file(PNG + b"one", folder) == path
    assert path.stat().st_mtime_ns == written
    assert list(folder.iterdir()) == [path]
    if sys.platform != "win32":
        assert folder.stat().st_mode & 0o777 == 0o700


def test_what_is_no_picture_is_no_file(tmp_path: Path) -> None:
    assert cover_file(b"<svg/>", tmp_path / "covers") is None
    assert not (tmp_path / "covers").exists()


def test_only_some_are_kept(tmp_path: Path) -> None:
    paths = []
    for number in range(30):
        path = cover_file(PNG + bytes([number]), tmp_path)
        assert path is not None
        os.utime(path, ns=(number * 10**9, number * 10**9))
        paths.append(path)
    assert sorted(tmp_path.iterdir()) == sorted(paths[10:])


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(EarmarkError, match="cannot be made"):
        cover_file(PNG, tmp_path / "file" / "covers")
