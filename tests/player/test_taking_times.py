"""Times that were found arrive while one does something else: neither they nor what one does is lost."""

from pathlib import Path

import pytest
from searches import LATER_MS, Work, begin, settle, words, write_cues
from talk import word_ms
from user import MakeUser, User

from index.corrections import FixWords
from index.library import Library
from index.transcript import Timing


def come_in(user: User, job: Work, count: int) -> None:
    """Some words are found, and on their way."""
    job.find(count)
    run = user.app.aligning._run
    assert run is not None
    run._look.timeout.emit()


def test_a_word_set_by_ear_holds_against_times_on_their_way(cues: User, jobs: list[Work]) -> None:
    begin(cues)
    come_in(cues, jobs[0], 200)
    cues.app.amending.set_anchor(20, word_ms(20) + 8000)
    settle(cues)
    assert words(cues).starts[20] == word_ms(20) + 8000
    assert cues.app.amending.anchors == {20: word_ms(20) + 8000}
    jobs[0].find(300)
    jobs[0].stopped.emit()
    settle(cues)
    begin(cues)
    assert jobs[1].asked().starts[20] == word_ms(20) + 8000, "it begins anew, at the right place"


def test_times_given_up_do_not_come_back(cues: User, jobs: list[Work]) -> None:
    begin(cues)
    come_in(cues, jobs[0], 200)
    settle(cues)
    come_in(cues, jobs[0], 300)
    cues.app.amending.original_times()
    settle(cues)
    assert words(cues).timing == "estimated"
    jobs[0].stopped.emit()
    settle(cues)
    begin(cues)
    assert words(cues).timing == "estimated"
    assert len(jobs) == 1


def test_a_correction_and_times_that_arrive_together_are_both_kept(
    cues: User, jobs: list[Work], tmp_path: Path
) -> None:
    begin(cues)
    come_in(cues, jobs[0], 200)
    cues.app.amending.correct("fix", FixWords(3, 4, "a wide brook"))
    settle(cues)
    assert words(cues).word_text(5) == "brook"
    assert words(cues).starts[102] == word_ms(100) + LATER_MS


def test_who_goes_elsewhere_while_times_are_taken_finds_them_later(
    cues: User, jobs: list[Work], tmp_path: Path
) -> None:
    begin(cues)
    jobs[0].find(768)
    jobs[0].finished.emit({"warning": ""})
    cues.session.open_demo()
    cues.app.amending.correct("fix", FixWords(0, 1, "Well"))
    settle(cues)
    cues.open(tmp_path / "cues.wav", tmp_path / "cues.vtt")
    begin(cues)
    assert words(cues).starts[100] == word_ms(100) + LATER_MS
    assert not Path(jobs[0].order["output"]).parent.exists()
    begin(cues)
    assert [
        job for job in jobs[1:] if job.order["sound"] == jobs[0].order["sound"] and job.asked().timing != "aligned"
    ] == []


@pytest.fixture
def shelf(make_user: MakeUser, jobs: list[Work], tmp_path: Path) -> User:
    """Somebody whose library has an episode that is searched while another one is open."""
    user = make_user(library=Library(tmp_path / "library.sqlite"))
    user.open(*write_cues(tmp_path))
    user.session.open_demo()
    settle(user)
    begin(user)
    return user


def test_what_is_corrected_while_the_library_takes_times_is_kept_with_them(
    shelf: User, jobs: list[Work], tmp_path: Path
) -> None:
    jobs[0].find(768)
    jobs[0].finished.emit({"warning": ""})
    shelf.open(tmp_path / "cues.wav", tmp_path / "cues.vtt")
    shelf.app.amending.correct("fix", FixWords(3, 4, "a wide brook"))
    settle(shelf)
    for known in (words(shelf), shelf.app.library.transcript_of(1)):
        assert known is not None
        assert known.word_text(5) == "brook"
        assert known.starts[102] == word_ms(100) + LATER_MS
    begin(shelf)
    stored = shelf.app.library.amendments.of(1)
    assert stored is not None
    assert stored.searched
    assert not Path(jobs[0].order["output"]).parent.exists()
    shelf.session.open_demo()
    shelf.open(tmp_path / "cues.wav", tmp_path / "cues.vtt")
    settle(shelf)
    assert words(shelf).timings[100] == Timing.ALIGNED


def test_an_episode_removed_for_good_leaves_no_folder(shelf: User, jobs: list[Work]) -> None:
    folder = Path(jobs[0].order["output"]).parent
    jobs[0].find(100)
    jobs[0].stopped.emit()
    shelf.app.shelf.remove([1])
    settle(shelf)
    (folder.parent / "7").mkdir(parents=True)
    folder.mkdir(exist_ok=True)
    shelf.app.shelf.tell_edited()
    settle(shelf)
    assert sorted(folder.parent.iterdir()) == [folder], "it is in the bin, and may be brought back"
    shelf.app.library.bin.empty()
    shelf.app.shelf.tell_edited()
    settle(shelf)
    assert list(folder.parent.iterdir()) == []
