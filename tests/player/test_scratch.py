"""What goes wrong with temporary files is told of their folder, not of names that nobody has heard of."""

import errno
import os
import tempfile
from pathlib import Path

import pytest

from index.atomic import written_atomically
from index.errors import EarmarkError
from player.scratch import filling, scratch_folder


def test_it_is_gone_afterwards() -> None:
    with scratch_folder() as folder:
        (folder / "sound.wav").write_bytes(b"RIFF")
    assert not folder.exists()


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_told_of_the_folder_above(code: int) -> None:
    with scratch_folder() as folder:
        sound = folder / "sound.wav"
        with pytest.raises(EarmarkError) as told, filling(folder), written_atomically(sound):
            raise OSError(code, os.strerror(code))
    assert str(told.value).startswith(f"The folder for temporary files, “{folder.parent}”, has no room left for this;")
    assert "sound.wav" not in str(told.value)


def test_other_troubles_are_told_as_they_are(tmp_path: Path) -> None:
    with pytest.raises(EarmarkError, match="No sound"), filling(tmp_path):
        raise EarmarkError("No sound.")
    with pytest.raises(FileNotFoundError), filling(tmp_path):
        (tmp_path / "missing").read_bytes()


def test_no_folder_for_temporary_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with (
        pytest.raises(EarmarkError, match=r"missing”, cannot be used .*; let TMPDIR name another one"),
        scratch_folder(),
    ):
        pass
