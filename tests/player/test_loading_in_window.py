"""While a transcript is read: how far that is, in words once it takes long, and a way to stop it."""

from pathlib import Path
from threading import Event

import pytest
from talk import WORDS, write_talk
from user import MakeUser, User

from index.library import Library
from index.progress import Stage, Unwanted, Watch
from player import read_file


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event, list[object]]:
    """Reading stands still at 30 of 120 cues until the first is set; the second tells that it is there."""
    go_on, there, ended = Event(), Event(), []

    def read(path: Path, watch: Watch) -> read_file.ReadFile:
        try:
            watch.at(Stage.TAKING, 30, 120)
            there.set()
            assert go_on.wait(5)
            watch.at(Stage.TAKING, 60, 120)
            ended.append(path.name)
            return read_file.read_file(path)
        except Unwanted as unwanted:
            ended.append(unwanted)
            raise

    monkeypatch.setattr("player.session.read_beside", read)
    return go_on, there, ended


def begin(user: User, paths: tuple[Path, Path], there: Event) -> None:
    user.window.paths_dropped.emit(list(paths))
    assert there.wait(5)
    user.pump()


def test_how_far_it_is(user: User, tmp_path: Path, waiting: tuple[Event, Event, list[object]]) -> None:
    go_on, there, _ = waiting
    begin(user, write_talk(tmp_path), there)
    bar, notice = user.window.loading, user.window.notice
    assert (bar.isVisible(), bar.value(), bar.maximum()) == (True, 30, 120)
    assert not notice.text  # It does not take long yet.
    user.app.show_episode._slow.timeout.emit()
    assert notice.text == "Opening… taking it in · 25 %"
    user.session.loading.progressed.emit(Stage.PACKING.value, 0, 0)
    assert notice.text == "Opening… making it ready for the library"
    assert bar.maximum() == 0
    notice.hide()
    user.session.loading.progressed.emit(Stage.PACKING.value, 0, 0)
    assert not notice.text  # It was closed.
    go_on.set()
    user.settle()
    assert not bar.isVisible()
    assert len(user.session.transcript or ()) == WORDS


def test_cancelling_stops_the_reading(reader: User, tmp_path: Path, waiting: tuple[Event, Event, list[object]]) -> None:
    go_on, there, ended = waiting
    begin(reader, write_talk(tmp_path, "other"), there)
    reader.app.show_episode._slow.timeout.emit()
    reader.click(reader.window.notice._button)
    go_on.set()
    reader.settle()
    assert [type(each) for each in ended] == [Unwanted]
    assert not reader.window.loading.isVisible()
    assert not reader.window.notice.text
    assert "talk" in reader.window.windowTitle()


def test_opening_something_else_stops_the_reading(
    user: User, tmp_path: Path, waiting: tuple[Event, Event, list[object]]
) -> None:
    go_on, there, ended = waiting
    begin(user, write_talk(tmp_path, "first"), there)
    user.window.paths_dropped.emit(list(write_talk(tmp_path, "second")))
    go_on.set()
    user.settle()
    assert {getattr(each, "args", each) for each in ended} == {(), "second.vtt"}
    assert "second" in user.window.windowTitle()


def test_a_large_file_comes_from_another_process(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_file, "HEAVY_BYTES", 1)
    user.open(*write_talk(tmp_path))
    assert len(user.session.transcript or ()) == WORDS
    assert user.playback.duration_ms


def test_both_damaged_files_of_a_pair_are_told(user: User, tmp_path: Path) -> None:
    sound, transcript = write_talk(tmp_path)
    sound.write_bytes(b"garbage")
    transcript.write_bytes(b"garbage\0")
    user.open(sound, transcript)
    told = user.window.notice.text
    assert "“talk.vtt”" in told
    assert "“talk.wav”" in told
    assert told.count(".") == 4, told
    user.open(*write_talk(tmp_path, "other"))
    assert not user.window.notice.text


TABLE = "title,url,length,date,transcript\nSalt,https://example.org/1,75,2 Feb 2023,Ann: Low tide.\n"


def test_a_table_of_episodes_is_offered_to_the_library(make_user: MakeUser, tmp_path: Path) -> None:
    user = make_user(library=Library(tmp_path / "library.sqlite"))
    table = tmp_path / "episodes.csv"
    table.write_text(TABLE, "utf-8")
    user.open(table)
    sheet = user.app.show_adding._sheet
    assert sheet
    assert [row.about() for row in sheet.rows.values()] == ["table of 1 episode"]
    assert not user.window.notice.text
    sheet.reject()


def test_a_table_beside_a_sound_is_told(user: User, tmp_path: Path) -> None:
    sound = write_talk(tmp_path)[0]
    table = tmp_path / "episodes.csv"
    table.write_text(TABLE, "utf-8")
    user.open(sound, table)
    assert user.playback.duration_ms
    assert user.window.notice.text == "“episodes.csv” is a table of episodes; add it to the library."
