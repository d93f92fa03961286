"""The folder of derived files follows the sounds they belong to, stays small and is never half written."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from player.audio.disk_cache import DiskCache


def writer(content: bytes = b"x") -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"sound")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def age(path: Path, seconds: int) -> None:
    moment = path.stat().st_mtime - seconds
    os.utime(path, (moment, moment))


def test_slot_belongs_to_path_size_and_time(tmp_path: Path, sound: Path, folder: Path) -> None:
    cache = DiskCache(folder, ".x")
    slot = cache.slot(sound)
    assert slot.parent == folder
    assert cache.slot(sound) == slot == cache.slot(tmp_path / "." / "a.mp3")
    other = tmp_path / "b.mp3"
    other.write_bytes(b"sound")
    stat = sound.stat()
    os.utime(other, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    os.utime(sound, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1000))
    later = cache.slot(sound)
    sound.write_bytes(b"sounds")
    os.utime(sound, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert len({slot, cache.slot(other), later, cache.slot(sound)}) == 4


def test_missing_sound_is_an_os_error(folder: Path) -> None:
    with pytest.raises(FileNotFoundError):
        DiskCache(folder, ".x").slot("/nowhere/a.mp3")


def test_fill_makes_the_folder_and_has_finds_the_entry(sound: Path, folder: Path) -> None:
    cache = DiskCache(folder, ".x")
    slot = cache.slot(sound)
    assert not cache.has(slot)
    cache.fill(slot, writer(b"abc"))
    assert cache.has(slot)
    assert slot.read_bytes() == b"abc"
    assert list(folder.iterdir()) == [slot]


def test_a_failing_writer_leaves_nothing_behind(sound: Path, folder: Path) -> None:
    cache = DiskCache(folder, ".x")
    slot = cache.slot(sound)
    cache.fill(slot, writer(b"old"))

    def fail(path: Path) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        cache.fill(slot, fail)
    assert slot.read_bytes() == b"old"
    assert list(folder.iterdir()) == [slot]


def test_oldest_go_beyond_the_number_and_use_counts_as_young(folder: Path) -> None:
    cache = DiskCache(folder, ".x", limit_files=2)
    first, second, third = (folder / f"{name}.x" for name in "abc")
    cache.fill(first, writer())
    cache.fill(second, writer())
    age(first, 50)
    age(second, 20)
    assert cache.has(first)  # was the oldest, is now the youngest
    cache.fill(third, writer())
    assert sorted(folder.iterdir()) == [first, third]


def test_oldest_go_beyond_the_size_but_never_the_newest(folder: Path) -> None:
    cache = DiskCache(folder, ".x", limit_bytes=10)
    first, second = folder / "a.x", folder / "b.x"
    cache.fill(first, writer(b"123456"))
    age(first, 10)
    cache.fill(second, writer(b"123456"))
    assert list(folder.iterdir()) == [second]
    cache.fill(first, writer(b"more than ten bytes"))
    assert list(folder.iterdir()) == [first]


def test_only_own_files_are_dropped(folder: Path) -> None:
    folder.mkdir()
    note, abandoned, fresh = folder / "note.txt", folder / "a.part", folder / "b.part"
    for path in (note, abandoned, fresh):
        path.write_bytes(b"long ago")
    age(note, 90_000)
    age(abandoned, 90_000)
    cache = DiskCache(folder, ".x", limit_files=1)
    cache.fill(folder / "c.x", writer())
    assert sorted(folder.iterdir()) == [fresh, folder / "c.x", note]
