"""Whatever becomes of the index's files, the answers are right, and the next update makes the index whole again."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.search import SearchIndex, State
from index.search.manifest import Manifest
from tests.index.search.library import Shelf

KILLS = int(os.environ.get("EARMARK_INDEX_KILLS", "2"))
FILES = ("*.seg", "*.toc", "beside_*")
HARMS = [(file, how) for file in (*FILES, "manifest.json") for how in ("gone", "empty", "cut", "rubbish")]
HARMS += [(file, where) for file in FILES for where in ("0.1", "0.5", "0.9")]  # Of the manifest see below.
WORDS = "tide sand slow years map coast open-source don't".split()


def make_shelf(episodes: int = 12) -> Shelf:
    shelf, chance = Shelf(), random.Random(5)
    for episode in range(episodes):
        shelf.put(episode, " ".join(chance.choices(WORDS, k=200)), title=f"Talk {episode}")
    return shelf


def answers(index: SearchIndex, shelf: Shelf) -> list[object]:
    return [
        sorted((one.episode, [hit[:3] for hit in one.hits]) for one in index.search(query, shelf).episodes)
        for query in ('"slow tide"', "opensource", "sand -zebra", '"dont map"')
    ]


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return make_shelf()


@pytest.fixture(scope="module")
def right(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> list[object]:
    return answers(SearchIndex(tmp_path_factory.mktemp("none")), shelf)


@pytest.fixture
def index(tmp_path: Path, shelf: Shelf) -> SearchIndex:
    index = SearchIndex(tmp_path)
    index.update(shelf)
    return index


def harm(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif how == "rubbish":
        path.write_bytes(b"\x80\x02" + os.urandom(len(data)))
    else:
        middle = int(len(data) * float(how))
        path.write_bytes(data[:middle] + bytes([data[middle] ^ 0x55]) + data[middle + 1 :])


@pytest.mark.parametrize(("file", "how"), HARMS)
@pytest.mark.parametrize("is_open", [False, True])
def test_damage_costs_a_rebuild(
    index: SearchIndex, shelf: Shelf, right: list[object], file: str, how: str, is_open: bool
) -> None:
    if is_open:
        index.search("tide", shelf)
    else:
        index = SearchIndex(index.folder)
    for path in index.folder.glob(file):
        harm(path, how)
    if not is_open:  # What is open and read already may go on from memory.
        assert index.state(shelf) is State.MISSING
        assert answers(index, shelf) == right  # So few can be searched without an index.
    fresh = SearchIndex(index.folder)
    report = fresh.update(shelf)
    assert (report.rebuilt, report.added) == (True, 12)
    assert fresh.state(shelf) is State.CURRENT
    assert answers(fresh, shelf) == right


def test_any_bit_of_the_manifest(index: SearchIndex, shelf: Shelf, right: list[object]) -> None:
    path = index.folder / "manifest.json"
    data = path.read_bytes()
    for at in range(0, len(data), 23):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        assert answers(SearchIndex(index.folder), shelf) == right
    SearchIndex(index.folder).update(shelf)
    assert SearchIndex(index.folder).state(shelf) is State.CURRENT


def test_bits_that_rot_unseen_are_noticed_when_they_are_met(
    index: SearchIndex, shelf: Shelf, right: list[object]
) -> None:
    (path,) = index.folder.glob("*.seg")
    before = path.stat()
    data = path.read_bytes()
    path.write_bytes(data.replace(b"EmPl", b"EmXx"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    fresh = SearchIndex(index.folder)
    assert answers(fresh, shelf) == right
    assert fresh.state(shelf) is State.MISSING
    assert fresh.update(shelf).rebuilt


def test_an_index_of_another_format_is_made_anew(index: SearchIndex, shelf: Shelf, right: list[object]) -> None:
    path = index.folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": [0, "little", "1.0"]}))
    fresh = SearchIndex(index.folder)
    assert fresh.state(shelf) is State.MISSING
    assert fresh.update(shelf).rebuilt
    assert answers(fresh, shelf) == right


def test_an_index_that_was_copied_is_good(index: SearchIndex, shelf: Shelf) -> None:
    for path in index.folder.iterdir():
        os.utime(path, (1, 1))
    fresh = SearchIndex(index.folder)
    assert fresh.state(shelf) is State.CURRENT
    assert not fresh.update(shelf).rebuilt
    before = Manifest.read(index.folder)
    more = make_shelf(13)
    assert fresh.update(more).added == 1
    after = Manifest.read(index.folder)  # The times of the copies are known now: they need not be read again.
    copied = [name for name in before._files if name in after._files]
    assert copied
    assert all(after._files[name].modified_ns == (index.folder / name).stat().st_mtime_ns for name in copied)


def test_a_commit_that_is_not_written_down_yet_is_read(index: SearchIndex, shelf: Shelf) -> None:
    before = (index.folder / "manifest.json").read_bytes()
    more = make_shelf(13)
    index.update(more)
    (index.folder / "manifest.json").write_bytes(before)
    assert Manifest.read(index.folder).generation == 1
    assert SearchIndex(index.folder).state(more) is State.CURRENT


_WORKER = """
import sys
from pathlib import Path
from index.search import SearchIndex, library_index
from tests.index.search.test_damage import make_shelf
library_index._STEP = 5
shelf = make_shelf(60)
print("ready", flush=True)
for turn in range(1000):
    index = SearchIndex(Path(sys.argv[1]))
    for episode in range(turn % 7, 60, 7):
        shelf.put(episode, shelf.talks[episode].transcript)
    index.update(shelf, anew=turn % 5 == 4)
"""


def test_killed_at_any_moment(tmp_path: Path) -> None:
    shelf = make_shelf(60)
    right = answers(SearchIndex(tmp_path / "none"), make_shelf(16))
    chance = random.Random(11)
    root = str(Path(__file__).resolve().parents[3])
    for _ in range(KILLS):
        command = [sys.executable, "-c", _WORKER, str(tmp_path / "search")]
        with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE) as worker:
            assert worker.stdout
            assert worker.stdout.readline() == b"ready\n"
            time.sleep(chance.random() * 0.6)
            worker.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        index = SearchIndex(tmp_path / "search")
        few = Shelf(dict(list(shelf.talks.items())[:16]))
        assert answers(index, few) == right  # Before an update,
        index.update(few)
        assert index.state(few) is State.CURRENT
        assert answers(index, few) == right  # and after it.
        index.update(shelf)
        leavings = [path.name for path in index.folder.iterdir() if path.is_dir()]
        assert not leavings
