"""Episodes that are not open are searched one by one: seen, paused, stopped, and never before the open one."""

from pathlib import Path

import pytest
from searches import LATER_MS, Work, begin, settle, write_cues
from talk import word_ms
from user import MakeUser, User

from index.library import Library
from index.transcript import Timing
from player.settings import Settings


@pytest.fixture
def shelf(make_user: MakeUser, jobs: list[Work], tmp_path: Path) -> User:
    """Somebody whose library has three episodes with times for cues only; none is open."""
    user = make_user(library=Library(tmp_path / "library.sqlite"))
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        sound, transcript = write_cues(tmp_path / name)
        user.open(sound.rename(sound.with_name(f"{name}.wav")), transcript.rename(transcript.with_name(f"{name}.vtt")))
    user.session.open_demo()
    user.settle()
    return user


def test_added_episodes_are_searched_one_by_one(shelf: User, jobs: list[Work]) -> None:
    begin(shelf)
    jobs[0].progressed.emit(60_000, 240_000)
    assert shelf.window.work_strip.text == "Finding the words of “three”, then 2 more · 25 %"
    jobs[0].finish(shelf, 768)
    assert [each.version for each in shelf.app.library.amendments.unsearched()] == [2, 1]
    begin(shelf)
    assert Path(jobs[1].order["sound"]).name == "two.wav"
    found = shelf.app.library.transcript_of(3)
    assert found is not None
    assert found.starts[100] == word_ms(100) + LATER_MS
    assert found.timing == "aligned"


def test_the_rest_is_paused_and_goes_on(shelf: User, jobs: list[Work]) -> None:
    begin(shelf)
    shelf.press("Ctrl+Alt+U")
    jobs[0].find(100)
    jobs[0].stopped.emit()
    settle(shelf)
    assert shelf.window.work_strip.text == "Finding the words is paused"
    begin(shelf)
    assert len(jobs) == 1
    shelf.press("Ctrl+Alt+U")
    settle(shelf)
    assert jobs[1].asked().timings[99:101] == bytes([Timing.ALIGNED, Timing.ESTIMATED])


def test_the_rest_is_stopped_for_now_or_for_good(shelf: User, jobs: list[Work]) -> None:
    begin(shelf)
    shelf.press("Ctrl+Alt+Q")
    jobs[0].stopped.emit()
    settle(shelf)
    begin(shelf)
    assert len(jobs) == 1
    assert shelf.window.work_strip.text == ""
    shelf.click(shelf.window.notice._button)
    assert not shelf.app.settings.align_added


def test_what_the_settings_no_longer_want_is_left(shelf: User, jobs: list[Work]) -> None:
    begin(shelf)
    shelf.app.change(align_added=False)
    assert jobs[0].cancelled
    jobs[0].stopped.emit()
    settle(shelf)
    begin(shelf)
    assert len(jobs) == 1
    shelf.app.change(align_added=True)
    begin(shelf)
    assert len(jobs) == 2


@pytest.mark.parametrize("by_itself", [False, True])
def test_going_on_with_the_rest_asks_nothing_of_the_open_episode(
    shelf: User, jobs: list[Work], by_itself: bool
) -> None:
    shelf.app.change(align_by_itself=by_itself)
    begin(shelf)
    shelf.press("Ctrl+Alt+U")
    jobs[0].stopped.emit()
    shelf.session.open_episode(1)
    settle(shelf)
    shelf.press("Ctrl+Alt+U")
    settle(shelf)
    assert Path(jobs[1].order["sound"]).name == ("one.wav" if by_itself else "three.wav")


def test_the_open_episode_comes_first(shelf: User, jobs: list[Work]) -> None:
    begin(shelf)
    jobs[0].find(100)
    shelf.session.open_episode(1)
    shelf.settle()
    assert jobs[0].cancelled
    jobs[0].stopped.emit()
    settle(shelf)
    begin(shelf)
    assert Path(jobs[1].order["sound"]).name == "one.wav"
    assert shelf.window.work_strip.text == "Finding the words in the sound"
    jobs[1].finish(shelf, 768)
    begin(shelf)
    assert Path(jobs[2].order["sound"]).name == "three.wav"
    assert jobs[2].asked().timings[50] == Timing.ALIGNED


def test_what_cannot_be_searched_is_passed_over(shelf: User, jobs: list[Work], tmp_path: Path) -> None:
    (tmp_path / "three" / "three.wav").unlink()
    begin(shelf)
    assert Path(jobs[0].order["sound"]).name == "two.wav"
    jobs[0].failed.emit("The sound cannot be read.")
    settle(shelf)
    assert shelf.window.notice.text == "", "nobody is listening to it"
    begin(shelf)
    assert Path(jobs[1].order["sound"]).name == "one.wav"
    jobs[1].finished.emit({"anchors": [[100, 99_000]]})
    settle(shelf)
    begin(shelf)
    assert len(jobs) == 2, "one that is out of step waits until somebody reads it"


@pytest.mark.parametrize("settings", [Settings(align_added=False)])
def test_the_rest_can_be_left_alone(make_user: MakeUser, jobs: list[Work], tmp_path: Path, settings: Settings) -> None:
    user = make_user(settings, library=Library(tmp_path / "library.sqlite"))
    user.open(*write_cues(tmp_path))
    user.session.open_demo()
    user.settle()
    begin(user)
    assert jobs == []
