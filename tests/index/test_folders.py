"""Folders are made with those above them; one that cannot be is told in a sentence."""

from pathlib import Path

import pytest

from index.errors import EarmarkError
from index.folders import make_folder


def test_it_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    make_folder(folder)
    make_folder(folder)
    assert folder.is_dir()


@pytest.mark.parametrize(("name", "why"), [("file/b", "not a directory"), ("file", "file exists"), ("\0", "not valid")])
def test_one_that_cannot_be_made_is_told(tmp_path: Path, name: str, why: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EarmarkError, match=rf"^The folder “.*” cannot be made \(.*{why}\); choose another one\.$"):
        make_folder(tmp_path / name)
