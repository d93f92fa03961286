"""Words looked for in the sound while one reads: begun by itself, shown quietly, paused, taken in, never done twice."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from searches import LATER_MS, Work, begin, settle, words, write_cues
from talk import WORD_MS, vtt_text, word_ms, word_text, write_sound
from user import MakeUser, User

from index.library import Library, LibraryError
from index.transcript import Timing
from player.settings import Settings


def test_it_begins_by_itself_and_quietly(cues: User, jobs: list[Work]) -> None:
    assert jobs == []
    assert cues.window.work_strip.text == ""
    begin(cues)
    assert len(jobs) == 1
    assert jobs[0].asked().text == words(cues).text
    assert Path(jobs[0].order["sound"]).name == "cues.wav"
    jobs[0].progressed.emit(60_000, 240_000)
    assert cues.window.work_strip.text == "Finding the words in the sound · 25 %"
    assert cues.window.notice.text == ""


def test_what_is_found_comes_in_and_leaves_the_reader_in_place(cues: User, jobs: list[Work]) -> None:
    begin(cues)
    cues.show_word(300)
    cues.wheel(2)
    scrolled, top = cues.scrolled, cues.view.line_top(300)
    jobs[0].find(200)
    cues.app.aligning._run._look.timeout.emit()
    settle(cues)
    assert words(cues).starts[100] == word_ms(100) + LATER_MS
    assert words(cues).timing == "mixed"
    assert (cues.scrolled, cues.view.line_top(300)) == (scrolled, top)
    jobs[0].finish(cues, len(words(cues)))
    assert words(cues).timing == "aligned"
    assert (cues.scrolled, cues.view.line_top(300)) == (scrolled, top)
    assert cues.window.work_strip.text == ""


def test_playing_goes_on_and_the_new_times_are_followed(cues: User, jobs: list[Work]) -> None:
    cues.press("Space")
    begin(cues)
    cues.advance(5000)
    jobs[0].finish(cues, len(words(cues)))
    assert cues.playback.is_playing
    cues.advance(5000)
    assert cues.session.word == (cues.position_ms - LATER_MS) // WORD_MS


def test_it_is_never_done_twice(cues: User, jobs: list[Work], tmp_path: Path) -> None:
    begin(cues)
    jobs[0].finish(cues, 700)
    cues.session.open_demo()
    cues.settle()
    cues.open(tmp_path / "cues.wav", tmp_path / "cues.vtt")
    begin(cues)
    assert len(jobs) == 1
    assert words(cues).starts[100] == word_ms(100) + LATER_MS
    assert words(cues).timing == "mixed", "what was not found stays an estimate"


def test_it_is_paused_and_goes_on(cues: User, jobs: list[Work]) -> None:
    begin(cues)
    jobs[0].find(100)
    cues.press("Ctrl+Alt+U")
    assert jobs[0].cancelled
    jobs[0].stopped.emit()
    settle(cues)
    assert cues.window.work_strip.text.startswith("Finding the words is paused")
    assert words(cues).timings[50] == Timing.ALIGNED
    begin(cues)
    assert len(jobs) == 1, "not by itself"
    cues.press("Ctrl+Alt+U")
    settle(cues)
    assert len(jobs) == 2
    assert jobs[1].asked().timings[50] == Timing.ALIGNED, "what was found is not looked for again"


def test_it_is_stopped(cues: User, jobs: list[Work]) -> None:
    begin(cues)
    cues.press("Ctrl+Alt+Q")
    jobs[0].stopped.emit()
    settle(cues)
    assert cues.window.work_strip.text == ""
    begin(cues)
    assert len(jobs) == 1
    cues.press("Ctrl+Alt+G")
    settle(cues)
    assert len(jobs) == 2


def test_corrections_made_meanwhile_stay(cues: User, jobs: list[Work]) -> None:
    begin(cues)
    cues.double_click_word(3)
    cues.press("F2")
    cues.type_text("a wide brook")
    cues.press("Enter")
    cues.settle()
    jobs[0].finish(cues, 768)
    assert words(cues).text_of(words(cues).turn(0).words).split()[3:6] == ["a", "wide", "brook"]
    assert words(cues).starts[6] == word_ms(4) + LATER_MS


def test_a_word_set_by_ear_begins_it_anew(cues: User, jobs: list[Work]) -> None:
    begin(cues)
    cues.session.go_to(word_ms(20) + 8000)
    cues.double_click_word(20)
    cues.session.go_to(word_ms(20) + 8000)
    cues.press("S")
    settle(cues)
    assert jobs[0].cancelled
    jobs[0].find(30)
    jobs[0].stopped.emit()
    settle(cues)
    assert words(cues).timings[10] == Timing.ESTIMATED, "it was looked for in the wrong place"
    begin(cues)
    assert len(jobs) == 2
    assert jobs[1].asked().starts[20] == pytest.approx(word_ms(20) + 8000, abs=5)


def test_going_elsewhere_ends_it_and_nothing_is_lost(cues: User, jobs: list[Work], tmp_path: Path) -> None:
    begin(cues)
    cues.session.open_demo()
    settle(cues)
    assert jobs[0].cancelled
    assert cues.window.work_strip.text == ""
    jobs[0].find(200)
    jobs[0].stopped.emit()
    settle(cues)
    assert not Path(jobs[0].order["output"]).parent.exists()
    cues.open(tmp_path / "cues.wav", tmp_path / "cues.vtt")
    assert words(cues).starts[100] == word_ms(100) + LATER_MS
    begin(cues)
    assert jobs[1].asked().timings[199:201] == bytes([Timing.ALIGNED, Timing.ESTIMATED]), "it goes on from there"


def test_who_comes_back_at_once_has_it_too(cues: User, jobs: list[Work], tmp_path: Path) -> None:
    begin(cues)
    jobs[0].find(200)
    cues.session.open_demo()
    settle(cues)
    cues.open(tmp_path / "cues.wav", tmp_path / "cues.vtt")
    begin(cues)
    assert len(jobs) == 1, "the first one is still at its end"
    jobs[0].stopped.emit()
    settle(cues)
    assert words(cues).starts[100] == word_ms(100) + LATER_MS
    begin(cues)
    assert jobs[1].asked().timings[100] == Timing.ALIGNED


def test_a_killed_window_has_lost_nothing(make_user: MakeUser, jobs: list[Work], tmp_path: Path) -> None:
    files = write_cues(tmp_path)
    first = make_user(library=Library(tmp_path / "library.sqlite"))
    first.open(*files)
    begin(first)
    jobs[0].find(200)  # Nobody took it.
    first.window.close()
    second = make_user(library=Library(tmp_path / "library.sqlite"))
    second.open(*files)
    begin(second)
    assert words(second).starts[100] == word_ms(100) + LATER_MS
    assert not Path(jobs[0].order["output"]).parent.exists()
    begin(second)
    assert jobs[1].asked().timings[199:201] == bytes([Timing.ALIGNED, Timing.ESTIMATED])


def test_found_times_of_a_file_that_has_changed_are_dropped(
    make_user: MakeUser, jobs: list[Work], tmp_path: Path
) -> None:
    sound, transcript = write_cues(tmp_path)
    first = make_user(library=Library(tmp_path / "library.sqlite"))
    first.open(sound, transcript)
    begin(first)
    jobs[0].find(200)
    first.window.close()
    transcript.write_text(transcript.read_text("utf-8").replace("weather", "climate"), "utf-8")
    second = make_user(library=Library(tmp_path / "library.sqlite"))
    second.open(sound, transcript)
    begin(second)
    assert words(second).timing == "estimated"
    assert second.window.notice.text == ""
    begin(second)
    assert jobs[1].asked().text == words(second).text


def test_a_failure_is_told_and_nothing_is_lost(cues: User, jobs: list[Work]) -> None:
    begin(cues)
    before = words(cues).text
    jobs[0].find(50)
    jobs[0].failed.emit("The disk is full; make some room.")
    settle(cues)
    assert cues.window.notice.text == "The disk is full; make some room."
    assert words(cues).text == before
    assert words(cues).timings[20] == Timing.ALIGNED
    begin(cues)
    assert len(jobs) == 1


def test_found_times_can_be_given_up(cues: User, jobs: list[Work]) -> None:
    before = words(cues).starts
    begin(cues)
    jobs[0].finish(cues, 768)
    cues.press("Ctrl+Alt+F")
    settle(cues)
    assert words(cues).starts == before
    begin(cues)
    assert len(jobs) == 1


@pytest.mark.parametrize("settings", [Settings(align_by_itself=False)])
def test_it_can_be_switched_off(make_user: MakeUser, jobs: list[Work], tmp_path: Path, settings: Settings) -> None:
    user = make_user(settings)
    user.open(*write_cues(tmp_path))
    begin(user)
    assert jobs == []
    user.press("Ctrl+Alt+G")
    settle(user)
    assert len(jobs) == 1


def test_an_exact_transcript_is_left_alone(reader: User, jobs: list[Work]) -> None:
    begin(reader)
    assert jobs == []
    assert not reader.app.actions["align"].isEnabled()


@pytest.mark.parametrize("known", [True, False])
def test_another_language_needs_espeak(
    user: User, jobs: list[Work], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    monkeypatch.setattr("index.align.espeak.knows", lambda language: known and language == "de")
    german = "und dann haben wir das nicht gesehen weil es auch nicht so war wie man sich das vorstellt aber noch "
    (tmp_path / "a.srt").write_text(f"1\n00:00:00,000 --> 00:00:20,000\n{german * 3}\n", "utf-8")
    user.open(write_sound(tmp_path / "a.wav", 20_000), tmp_path / "a.srt")
    begin(user)
    assert len(jobs) == known
    assert user.window.notice.text == "", "nobody asked"
    if not known:
        user.press("Ctrl+Alt+G")
        settle(user)
        assert "espeak-ng" in user.window.notice.text


def test_without_a_recogniser_it_says_what_to_install(
    cues: User, jobs: list[Work], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.align.listening.is_available", lambda: False)
    begin(cues)
    assert cues.window.notice.text == ""
    cues.press("Ctrl+Alt+G")
    settle(cues)
    assert "pocketsphinx" in cues.window.notice.text


TEXT = " ".join(f"{word_text(word)}" for word in range(96))


# Texts without times


@pytest.fixture
def untimed(user: User, jobs: list[Work], tmp_path: Path) -> User:
    """Somebody who has opened a sound and its text."""
    (tmp_path / "walk.txt").write_text(f"Ana: {TEXT}\n", "utf-8")
    user.open(write_sound(tmp_path / "walk.wav", 60_000), tmp_path / "walk.txt")
    return user


def test_a_text_is_offered_to_be_aligned_and_then_goes_along(untimed: User, jobs: list[Work]) -> None:
    assert untimed.window.offer_bar.text == "This text has no times."
    begin(untimed)
    assert jobs == [], "not without being asked"
    untimed.click(untimed.window.offer_bar._button)
    settle(untimed)
    assert untimed.window.offer_bar.text == ""
    jobs[0].finish(untimed, 90)
    assert words(untimed).timed
    untimed.session.go_to(word_ms(50) + 100)
    assert untimed.session.word == 50
    assert untimed.view.margin_word(untimed.margin_point(0).toPointF()) == 0
    assert "not heard" in untimed.app.asking._known_times(words(untimed))


def test_a_refusal_and_a_doubt_are_told(untimed: User, jobs: list[Work]) -> None:
    untimed.press("Ctrl+Alt+G")
    settle(untimed)
    jobs[0].failed.emit("Only 4 % of the words were found in the sound, so this is most likely another episode's.")
    settle(untimed)
    assert "Only 4 %" in untimed.window.notice.text
    assert not words(untimed).timed
    untimed.press("Ctrl+Alt+G")
    settle(untimed)
    jobs[1].finish(untimed, 40, "Only 41 % of the words were found in the sound; check that the text belongs to it.")
    assert "Only 41 %" in untimed.window.notice.text
    assert words(untimed).timed


def test_times_are_taken_from_another_transcript(
    untimed: User, jobs: list[Work], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "rough.vtt").write_text(vtt_text(), "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(tmp_path / "rough.vtt"), ""))
    untimed.press("Ctrl+Alt+I")
    settle(untimed)
    assert "have the times of “rough.vtt”" in untimed.window.notice.text
    assert words(untimed).speakers == ("Ana",)
    assert words(untimed).starts[50] == word_ms(50)
    assert words(untimed).timing == "aligned"


def test_a_transcript_of_something_else_is_refused(
    untimed: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = " ".join(f"quite different sentence number {number}" for number in range(60))
    (tmp_path / "other.vtt").write_text(f"WEBVTT\n\n00:00.000 --> 01:00.000\n{other}\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(tmp_path / "other.vtt"), ""))
    untimed.press("Ctrl+Alt+I")
    settle(untimed)
    assert "another episode" in untimed.window.notice.text
    assert not words(untimed).timed


def test_a_full_disk_loses_nothing(
    make_user: MakeUser, jobs: list[Work], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = make_user(library=Library(tmp_path / "library.sqlite"))
    user.open(*write_cues(tmp_path))
    begin(user)

    def full(*_: object) -> None:
        raise LibraryError("The library cannot be written, for the disk is full; make some room.")

    with monkeypatch.context() as patch:
        patch.setattr(user.app.library.amendments, "keep", full)
        jobs[0].finish(user, 768)
    assert "the disk is full" in user.window.notice.text
    assert words(user).timing == "aligned", "it is shown"
    user.window.close()
    again = make_user(library=Library(tmp_path / "library.sqlite"))
    again.open(tmp_path / "cues.wav", tmp_path / "cues.vtt")
    assert words(again).timing == "estimated"
    begin(again)
    assert words(again).timing == "aligned"
    assert len(jobs) == 1
