"""Watched folders are picked up, and files that were moved are found again."""

import os
import shutil
from pathlib import Path

import pytest
from adding_files import add_all, captions, look, sound, write

from index import formats
from index.library import Library, prepare
from index.library.finding_files import Traces, find_again, missing, traces_of_sound
from index.library.fingerprint import fingerprint
from index.library.report import Report
from index.library.watching import scan_watched, unwatch, watch, watched


@pytest.fixture
def folder(library: Library, tmp_path: Path) -> Path:
    """A watched folder with an episode in it."""
    folder = tmp_path / "Sands"
    sound(folder / "one.mp3")
    captions(folder / "one.vtt")
    watch(library, folder)
    return folder


def scan(library: Library) -> Report:
    return scan_watched(library, probe=look, settled_s=0)


def test_folders_are_watched(library: Library, folder: Path, tmp_path: Path) -> None:
    watch(library, tmp_path / "another")
    watch(library, folder)
    assert watched(library) == [folder, tmp_path / "another"]
    unwatch(library, tmp_path / "another")
    assert watched(library) == [folder]


def test_what_is_new_is_picked_up_once(library: Library, folder: Path) -> None:
    assert len(scan(library).added) == 1
    assert scan(library).is_empty
    captions(folder / "two.vtt")
    assert len(scan(library).added) == 1
    assert len(scan(library).present) == 2


def test_what_was_changed_is_read_anew(library: Library, folder: Path) -> None:
    (episode,) = scan(library).added
    before = library.revisions()[episode]
    captions(folder / "one.vtt", "other words")
    assert scan(library).changed == [episode]
    assert library.revisions()[episode] > before


def test_what_is_being_copied_waits(library: Library, folder: Path) -> None:
    report = scan_watched(library, probe=look, settled_s=3600)
    assert (report.waiting, report.added) == (1, [])


def test_what_cannot_be_added_is_told_once(library: Library, folder: Path) -> None:
    write(folder / "broken.vtt", "")
    assert len(scan(library).skipped) == 1
    assert scan(library).skipped == []
    captions(folder / "broken.vtt")
    assert len(scan(library).added) == 1


def test_what_was_removed_does_not_come_back(library: Library, folder: Path) -> None:
    (episode,) = scan(library).added
    library.bin.put([episode])
    assert scan(library).is_empty
    assert library.episodes.select() == []
    library.bin.empty()
    assert scan(library).is_empty
    # Unless somebody adds it.
    (again,) = add_all(library, folder).added
    captions(folder / "one.vtt", "other words")
    assert scan(library).changed == [again]


def test_a_drive_that_is_not_there_is_no_error(library: Library, folder: Path) -> None:
    (episode,) = scan(library).added
    os.rename(folder, folder.with_name("away"))
    assert scan(library).sentence() == "nothing to add."
    assert library.transcript_of(episode) is not None
    os.rename(folder.with_name("away"), folder)
    assert scan(library).present == [episode]


def test_what_moves_within_is_followed(library: Library, folder: Path) -> None:
    (episode,) = scan(library).added
    (folder / "2023").mkdir()
    for name in ("one.mp3", "one.vtt"):
        os.rename(folder / name, folder / "2023" / name)
    assert scan(library).moved == [episode]


# Missing files


def test_missing_files_are_found_by_what_is_in_them(library: Library, tmp_path: Path) -> None:
    sound(tmp_path / "a" / "one.mp3")
    captions(tmp_path / "a" / "one.vtt")
    sound(tmp_path / "a" / "two.mp3")
    one, two = add_all(library, tmp_path).added
    assert missing(library) == {}
    (tmp_path / "b").mkdir()
    shutil.move(tmp_path / "a" / "one.mp3", tmp_path / "b" / "uno.mp3")
    shutil.move(tmp_path / "a" / "one.vtt", tmp_path / "b" / "one.vtt")
    (tmp_path / "a" / "two.mp3").unlink()
    sound(tmp_path / "b" / "two.mp3", title="another one of that name")
    assert missing(library) == {
        one: [tmp_path / "a" / "one.mp3", tmp_path / "a" / "one.vtt"],
        two: [tmp_path / "a" / "two.mp3"],
    }
    told: list[tuple[int, int]] = []
    assert find_again(library, [tmp_path / "b"], told=lambda *at: told.append(at)) == [one]
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert list(missing(library)) == [two]
    found = library.episodes.get(one)
    assert found is not None
    assert (found.sound, found.transcript) == (tmp_path / "b" / "uno.mp3", tmp_path / "b" / "one.vtt")
    assert find_again(library, [tmp_path / "b"], cancelled=lambda: True) == []


def test_by_its_name_where_no_more_is_known(library: Library, tmp_path: Path) -> None:
    episode = library.episodes.open(tmp_path / "gone" / "one.mp3", None, "One").id
    library.episodes.open(tmp_path / "gone" / "two.mp3", None, "Two")
    for place in ("b/one.mp3", "b/two.mp3", "c/two.mp3"):  # Which of the two it is cannot be told.
        sound(tmp_path / place)
    assert find_again(library, [tmp_path]) == [episode]


def test_traces_of_a_sound(library: Library, tmp_path: Path) -> None:
    lost = sound(tmp_path / "a" / "one.mp3")
    captions(tmp_path / "b" / "two.vtt")
    episode = add_all(library, tmp_path).added[0]
    traces = traces_of_sound(library, episode)
    assert traces.find(lost) == lost
    os.rename(lost, tmp_path / "a" / "renamed.mp3")
    assert traces.find(lost) == tmp_path / "a" / "renamed.mp3"
    os.rename(tmp_path / "a" / "renamed.mp3", tmp_path / "b" / "one.mp3")
    assert traces.find(lost) == tmp_path / "b" / "one.mp3"
    sound(tmp_path / "b" / "one.mp3", title="another one of that name")
    assert traces.find(lost) is None
    assert Traces().find(lost) is None


# Damaged letters


def test_damaged_letters_are_repaired_and_stay_so(library: Library, tmp_path: Path) -> None:
    damaged = "das klingt nach schÃ¶nen groÃŸen MÃ¶glichkeiten fÃ¼r Ã¼ber hundert Leute"
    path = captions(tmp_path / "one.vtt", damaged)
    report = add_all(library, path)
    assert report.notes == ["Letters in “one.vtt” that a wrong encoding had damaged were repaired."]
    (episode,) = report.added
    transcript = library.transcript_of(episode)
    assert transcript is not None
    assert transcript.text == "das klingt nach schönen großen Möglichkeiten für über hundert Leute"
    assert library.is_otherwise(episode)
    # Opened as it is, it is still the same file; changed, it is repaired again.
    library.episodes.open(None, path, "", prepare(formats.read(path)), fingerprint(path))
    assert library.is_otherwise(episode)
    captions(path, damaged + " und nÃ¤her")
    assert add_all(library, path).changed == [episode]
    transcript = library.transcript_of(episode)
    assert transcript is not None
    assert transcript.text.endswith("und näher")
