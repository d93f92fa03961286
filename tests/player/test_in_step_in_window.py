"""Words that are early or late as a whole: told over the page, set right with one press, and let go again."""

from pathlib import Path

import pytest
from searches import Work, begin, settle, words
from user import User

from index.transcript import WordRange


def press_offer(user: User) -> None:
    """Press the button of the bar over the page."""
    user.click(user.window.offer_bar._button)
    settle(user)


def test_a_shift_is_told_repaired_and_given_up_again(cues: User, jobs: list[Work]) -> None:
    before, bar = words(cues).starts, cues.window.offer_bar
    begin(cues)
    jobs[0].finished.emit({"anchors": [[100, before[100] + 2400]]})
    settle(cues)
    assert bar.text == "The words are 2.4 s ahead of the sound."
    assert words(cues).starts == before, "nothing is moved by itself"
    begin(cues)
    assert len(jobs) == 1
    press_offer(cues)
    assert words(cues).starts[300] == before[300] + 2400
    assert bar.text == "All words come 2.4 s later now."
    begin(cues)
    assert jobs[1].asked().starts[300] == before[300] + 2400
    jobs[1].find(200)
    press_offer(cues)
    assert words(cues).starts == before
    assert bar.text == "The words are 2.4 s ahead of the sound."
    assert jobs[1].cancelled
    jobs[1].stopped.emit()
    settle(cues)
    assert words(cues).starts == before
    cues.press("Ctrl+Z")
    settle(cues)
    assert words(cues).starts[300] == before[300] + 2400
    assert bar.text == "All words come 2.4 s later now."


def test_words_corrected_meanwhile_change_nothing_about_it(cues: User, jobs: list[Work]) -> None:
    last, before = len(words(cues)) - 1, words(cues).starts
    begin(cues)
    cues.view.select(WordRange(3, 20))
    cues.press("F2")
    cues.type_text("gone")
    cues.press("Enter")
    settle(cues)
    assert len(words(cues)) < last
    jobs[0].finished.emit({"anchors": [[last, before[last] + 2400]]})
    settle(cues)
    assert cues.window.offer_bar.text == "The words are 2.4 s ahead of the sound."


def test_the_offer_is_taken_by_key_or_closed(cues: User, jobs: list[Work]) -> None:
    before = words(cues).starts
    begin(cues)
    jobs[0].finished.emit({"anchors": [[100, before[100] - 900]]})
    settle(cues)
    assert cues.window.offer_bar.text == "The words are 0.9 s behind the sound."
    cues.press("Ctrl+Alt+R")
    settle(cues)
    assert words(cues).starts[300] == before[300] - 900
    assert len(jobs) == 1
    cues.click(cues.window.offer_bar._close)
    cues.press("Ctrl+Z")
    settle(cues)
    assert words(cues).starts == before
    assert cues.window.offer_bar.text == ""


def test_the_offer_goes_with_its_episode(cues: User, jobs: list[Work]) -> None:
    begin(cues)
    jobs[0].finished.emit({"anchors": [[100, 99_000]]})
    settle(cues)
    cues.session.open_demo()
    cues.settle()
    assert cues.window.offer_bar.text == ""


def test_a_shift_is_listened_for_and_undone(cues: User, jobs: list[Work]) -> None:
    before = words(cues).starts
    cues.press("Ctrl+Alt+R")
    settle(cues)
    assert cues.window.work_strip.text == "Listening whether the words are in step"
    jobs[0].finished.emit({"anchors": [[100, before[100] + 2400]]})
    settle(cues)
    assert words(cues).starts[300] == before[300] + 2400
    assert cues.window.offer_bar.text == "All words come 2.4 s later now."
    assert cues.window.work_strip.text == ""
    cues.press("Ctrl+Z")
    settle(cues)
    assert words(cues).starts == before


def test_a_drift_is_repaired(cues: User, jobs: list[Work]) -> None:
    before = words(cues).starts
    begin(cues)
    jobs[0].finished.emit({"anchors": [[100, before[100] - 200], [600, before[600] + 8000]]})
    settle(cues)
    told = "The words drift away: at 0:34 they are 0.2 s behind the sound, at 3:30 8.0 s ahead of the sound."
    assert cues.window.offer_bar.text == told
    press_offer(cues)
    assert words(cues).starts[600] == before[600] + 8000
    assert "drifted" in cues.window.offer_bar.text


def test_words_in_step_are_left_alone(cues: User, jobs: list[Work]) -> None:
    cues.press("Ctrl+Alt+R")
    settle(cues)
    jobs[0].finished.emit({"anchors": []})
    settle(cues)
    assert "in step with the sound" in cues.window.notice.text
    assert cues.app.undoing.undo_text == ""


def test_nothing_is_left_behind(cues: User, jobs: list[Work], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    for reason in ("", "There is no recogniser."):
        monkeypatch.setattr("index.align.listening.why_not", lambda language, reason=reason: reason)
        cues.press("Ctrl+Alt+R")
        settle(cues)
        if not reason:
            assert len(list(folder.iterdir())) == 1
            jobs[0].failed.emit("The sound cannot be read.")
            settle(cues)
        assert list(folder.iterdir()) == []
        assert cues.window.notice.text == (reason or "The sound cannot be read.")


def test_listening_is_stopped(cues: User, jobs: list[Work]) -> None:
    cues.press("Ctrl+Alt+R")
    settle(cues)
    cues.press("Ctrl+Alt+Q")
    assert jobs[0].cancelled
    assert cues.window.work_strip.text == ""
