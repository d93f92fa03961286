"""A full disk, a folder that may only be read, a drive that is gone: one clear sentence, and nothing lost."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from adding_files import add_all, captions

from index.library import Library, LibraryError, back_up, backups

ROOT = Path(__file__).parents[3]
unix = pytest.mark.skipif(sys.platform == "win32", reason="there are other limits there")


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A folder of forty talks of some length."""
    for number in range(40):
        captions(tmp_path / "talks" / f"{number}.vtt", " ".join(f"w{number * word % 9973}" for word in range(2000)))
    return tmp_path / "talks"


def whole(library: Library) -> int:
    """How many episodes there are; none of them is half."""
    library.store.check()
    for episode in library.episodes.select():
        transcript = library.transcript_of(episode.id)
        assert transcript is not None
        assert len(transcript) == episode.words == 2000
    return len(library.episodes.select())


def test_a_disk_that_fills_up_while_adding(tmp_path: Path, talks: Path) -> None:
    path = tmp_path / "library.sqlite"
    with closing(Library(path)) as library:
        ((pages,),) = library.store.rows("PRAGMA page_count")
        library.store._db.execute(f"PRAGMA max_page_count = {pages + 10}")
        with pytest.raises(LibraryError) as refused:
            add_all(library, talks)
        assert refused.value.kind == "full"
        assert str(refused.value) == (
            f"The library {path} cannot be written, and the last change is not kept: the disk is full; make some room"
            " and try again."
        )
        kept = whole(library)
        assert 0 < kept < 40
        with pytest.raises(LibraryError, match="the disk is full"):
            add_all(library, talks)
        assert whole(library) == kept
        library.store._db.execute("PRAGMA max_page_count = 100000")
        assert len(add_all(library, talks).added) == 40 - kept
        assert whole(library) == 40


_FILL = """
import resource, sys
from pathlib import Path
sys.path.insert(0, {here!r})
from adding_files import add_all
from index.library import Library
library = Library({path!r})
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
try:
    add_all(library, Path({talks!r}))
except Exception as error:
    print(type(error).__name__, error)
"""


@unix
def test_a_file_that_may_not_grow(tmp_path: Path, talks: Path) -> None:
    path = tmp_path / "library.sqlite"
    Library(path).close()
    code = _FILL.format(here=str(Path(__file__).parent), path=str(path), talks=str(talks), limit=400_000)
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == (
        f"LibraryError The library {path} cannot be written, and the last change is not kept: its disk does not answer,"
        " is full or was removed; see to the disk and try again.\n"
    )
    with closing(Library(path)) as library:
        assert 0 < whole(library) < 40
        add_all(library, talks)
        assert whole(library) == 40


@unix
def test_no_room_for_a_backup_is_no_half_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite"
    Library(path).close()
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr("shutil.disk_usage", lambda folder: usage)
    with pytest.raises(Exception, match=r"No backup of the library .* could be made \(too little room on the disk\)"):
        back_up(path)
    assert backups(path) == []


@pytest.fixture
def guarded() -> Iterator[Path]:
    """A folder that may be read and not written, also if root runs the tests."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Library(folder / "library.sqlite").close()
        for path, mode in ((folder / "library.sqlite", 0o444), (folder, 0o555)):
            path.chmod(mode)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)
        yield folder
        if is_root:
            os.seteuid(0)
        folder.chmod(0o755)


@unix
def test_a_folder_that_may_only_be_read(guarded: Path) -> None:
    path = guarded / "library.sqlite"
    before = path.read_bytes()
    for place in (path, guarded / "new" / "library.sqlite", guarded / "other.sqlite"):
        with pytest.raises(LibraryError) as refused:
            Library(place).episodes.open(Path("/talk.mp3"), None, "Talk")
        assert refused.value.kind == "read-only"
        assert str(refused.value).endswith(
            "its file or folder may only be read; change its permissions or choose another folder."
        )
    assert path.read_bytes() == before
    assert [each.name for each in guarded.iterdir()] == ["library.sqlite"]


@unix
def test_a_drive_that_is_gone(tmp_path: Path) -> None:
    link = tmp_path / "drive"
    link.symlink_to(tmp_path / "not there" / "any more")
    with pytest.raises(LibraryError) as refused:
        Library(link / "library.sqlite")
    assert refused.value.kind == "gone"
    assert "does not answer, is full or was removed" in str(refused.value)
