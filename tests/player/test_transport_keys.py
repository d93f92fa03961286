"""Real keys on the transport: playing, skipping, speed, volume, going to a time, and undoing each jump."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QToolButton
from talk import CUE_WORDS, SOUND_MS, WORD_MS, word_ms, write_talk
from user import Listener, MakeUser, User

from player.settings import Settings


@pytest.fixture
def chaptered(user: User, tmp_path: Path) -> User:
    sound, transcript = write_talk(tmp_path)
    chapters = [{"startTime": second, "title": title} for second, title in ((0, "Dawn"), (60, "Noon"), (120, "Dusk"))]
    (tmp_path / "talk.chapters.json").write_text(json.dumps({"version": "1.2.0", "chapters": chapters}))
    user.open(sound, transcript)
    return user


# Playing


def test_space_plays_and_pauses(reader: User) -> None:
    reader.press("Space")
    assert reader.playback.is_playing
    reader.advance(2000)
    assert reader.position_ms == pytest.approx(2000, abs=60)
    reader.press("Space")
    at = reader.position_ms
    reader.advance(1000)
    assert not reader.playback.is_playing
    assert reader.position_ms == at


def test_space_is_a_character_while_typing(reader: User) -> None:
    reader.press("Ctrl+F")
    reader.type_text("a b")
    assert reader.window.find_field.text() == "a b"
    assert not reader.playback.is_playing


def test_ctrl_space_plays_even_while_typing(reader: User) -> None:
    reader.press("Ctrl+F", "Ctrl+Space")
    assert reader.playback.is_playing
    assert reader.window.find_field.text() == ""
    reader.press("Ctrl+Space")
    assert not reader.playback.is_playing


def test_space_plays_whatever_button_or_list_has_the_focus(reader: User) -> None:
    window = reader.window
    for widget in (*window.transport.findChildren(QToolButton), window.seek_bar, window.library.list, window.view):
        widget.setFocus()
        assert reader.focus is widget
        reader.press("Space")
        assert reader.playback.is_playing, widget
        reader.press("Space")
        assert not reader.playback.is_playing, widget


@pytest.mark.parametrize("name", ["forward", "mute", "previous_cue"])
def test_enter_presses_the_button_that_has_the_focus(reader: User, name: str) -> None:
    pressed = Listener(reader.app.actions[name].triggered)
    reader.window.transport.buttons[name].setFocus()
    reader.press("Return")
    assert len(pressed.heard) == 1


def test_the_big_button_plays_and_says_what_comes_next(reader: User) -> None:
    button = reader.window.transport.buttons["play"]
    assert button.accessibleName() == "Play"
    reader.click(button)
    assert reader.playback.is_playing
    assert button.accessibleName() == "Pause"
    reader.click(button)
    assert not reader.playback.is_playing
    assert button.accessibleName() == "Play"


def test_j_k_l(reader: User) -> None:
    reader.press("Space", "L")
    assert reader.position_ms == 5000
    reader.press("L")
    assert reader.position_ms == 10_000
    reader.press("J")
    assert reader.position_ms == 5000
    reader.press("K")
    assert not reader.playback.is_playing


@pytest.mark.parametrize(
    ("key", "moved"), [("Left", -5000), ("Right", 5000), ("Shift+Left", -1000), ("Shift+Right", 1000)]
)
def test_arrows_skip(reader: User, key: str, moved: int) -> None:
    reader.session.go_to(60_000)
    reader.press(key)
    assert reader.position_ms == 60_000 + moved
    assert not reader.playback.is_playing


@pytest.mark.parametrize("key", ["Left", "J", "Shift+Left"])
def test_nothing_is_before_the_beginning(reader: User, key: str) -> None:
    reader.press(key)
    assert reader.position_ms == 0


def test_nothing_is_after_the_end(reader: User) -> None:
    reader.session.go_to(SOUND_MS - 2000)
    reader.press("Right")
    assert reader.position_ms == SOUND_MS


def test_arrows_move_the_cursor_while_typing(reader: User) -> None:
    reader.session.go_to(60_000)
    reader.press("Ctrl+F")
    reader.type_text("ac")
    reader.press("Left")
    reader.type_text("b")
    reader.press("Home")
    assert reader.window.find_field.text() == "abc"
    assert reader.window.find_field.cursorPosition() == 0
    assert reader.position_ms == 60_000


def test_letters_and_signs_with_keys_of_their_own_can_be_typed(reader: User) -> None:
    reader.press("Ctrl+F")
    reader.type_text("jklmcoih[]f?")
    reader.press("Backspace", "Shift+Backspace")
    assert reader.window.find_field.text() == "jklmcoih[]"
    assert reader.playback.rate == 1.0
    assert not reader.playback.muted
    assert reader.position_ms == 0


def test_alt_arrows_go_from_cue_to_cue(reader: User) -> None:
    cue_ms = CUE_WORDS * WORD_MS
    reader.press("Alt+Right", "Alt+Right", "Alt+Right")
    assert reader.position_ms == 3 * cue_ms
    reader.press("Alt+Left")
    assert reader.position_ms == 2 * cue_ms
    reader.session.go_to(2 * cue_ms + 2000)
    reader.press("Alt+Left")
    assert reader.position_ms == 2 * cue_ms, "well into a cue, its own start comes first"
    reader.press("Alt+Left", "Alt+Left", "Alt+Left", "Alt+Left")
    assert reader.position_ms == 0


def test_home_and_end(reader: User) -> None:
    reader.press("End")
    assert reader.position_ms >= SOUND_MS - 1
    reader.press("Home")
    assert reader.position_ms == 0


def test_page_keys_go_from_chapter_to_chapter(chaptered: User) -> None:
    chaptered.press("PgDown")
    assert chaptered.position_ms == 60_000
    chaptered.press("PgDown")
    assert chaptered.position_ms == 120_000
    chaptered.press("PgDown")
    assert chaptered.position_ms == 120_000, "there is no further chapter"
    chaptered.press("PgUp")
    assert chaptered.position_ms == 60_000
    chaptered.session.go_to(70_000)
    chaptered.press("PgUp")
    assert chaptered.position_ms == 60_000


def test_page_keys_without_chapters_do_nothing(reader: User) -> None:
    reader.session.go_to(60_000)
    reader.press("PgDown", "PgUp")
    assert reader.position_ms == 60_000


def test_playing_on_after_the_end_begins_anew(reader: User) -> None:
    reader.session.go_to(SOUND_MS - 300)
    reader.press("Space")
    reader.advance(1000)
    assert not reader.playback.is_playing
    assert reader.window.transport.buttons["play"].accessibleName() == "Play"
    reader.press("Space")
    assert reader.playback.is_playing
    assert reader.position_ms < 1000


# Speed and volume


def test_brackets_change_the_speed_by_a_tenth(reader: User) -> None:
    reader.press("]")
    assert reader.playback.rate == pytest.approx(1.1)
    assert reader.window.transport.rate_button.text() == "1.1×"
    reader.press("]", "]")
    assert reader.window.transport.rate_button.text() == "1.3×"
    reader.press("[")
    assert reader.window.transport.rate_button.text() == "1.2×"
    reader.press("Backspace")
    assert reader.playback.rate == 1.0
    assert reader.window.transport.rate_button.text() == "1.0×"


def test_the_speed_stays_between_half_and_three(reader: User) -> None:
    reader.press(*["]"] * 30)
    assert reader.playback.rate == 3.0
    reader.press(*["["] * 40)
    assert reader.playback.rate == 0.5
    assert "0.5" in reader.window.transport.rate_button.accessibleName()


def test_twice_the_speed_is_twice_as_far(reader: User) -> None:
    reader.playback.set_rate(2.0)
    reader.press("Space")
    reader.advance(3000)
    assert reader.position_ms == pytest.approx(6000, abs=120)


def test_the_speed_menu_sets_the_speed(reader: User) -> None:
    menu = reader.window.transport.rate_button.menu()
    next(action for action in menu.actions() if action.text() == "1.5×").trigger()
    assert reader.playback.rate == 1.5


def test_speed_and_volume_are_remembered(reader: User, make_user: MakeUser) -> None:
    reader.press("]", "]", "M", "-")
    reader.window.close()
    again = make_user(reader.saved[-1])
    assert again.playback.rate == pytest.approx(1.2)
    assert again.playback.muted
    assert again.playback.volume == 95
    assert again.window.transport.rate_button.text() == "1.2×"
    assert again.app.actions["mute"].isChecked()
    assert again.window.transport.volume.value() == 95


def test_m_mutes_and_is_shown(reader: User) -> None:
    reader.press("M")
    assert reader.playback.muted
    assert reader.app.actions["mute"].isChecked()
    reader.press("M")
    assert not reader.playback.muted
    assert not reader.app.actions["mute"].isChecked()


def test_plus_and_minus_change_the_volume(reader: User) -> None:
    reader.press("-", "-", "+")
    assert reader.playback.volume == 95
    assert reader.window.transport.volume.value() == 95
    reader.press(*["="] * 5)
    assert reader.playback.volume == 100


# Going to a typed time


def typed(monkeypatch: pytest.MonkeyPatch, *answers: tuple[str, bool]) -> list[str]:
    """Answer the question for a time with these, one after the other; gives what was asked."""
    waiting, asked = list(answers), []

    def get_text(parent: object, title: str, label: str, *args: object, **kwargs: object) -> tuple[str, bool]:
        asked.append(label)
        return waiting.pop(0)

    monkeypatch.setattr(QInputDialog, "getText", get_text)
    return asked


@pytest.mark.parametrize(
    ("text", "ms"), [("1:30", 90_000), ("0:02:05.5", 125_500), ("95.5", 95_500), ("9:59:59", SOUND_MS)]
)
def test_ctrl_g_goes_to_a_typed_time(reader: User, monkeypatch: pytest.MonkeyPatch, text: str, ms: int) -> None:
    typed(monkeypatch, (text, True))
    reader.press("Ctrl+G")
    assert reader.position_ms == ms
    reader.press("Shift+Backspace")
    assert reader.position_ms == 0


def test_what_is_no_time_is_asked_again(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = typed(monkeypatch, ("half past two", True), ("2:30", True))
    reader.press("Ctrl+G")
    assert "half past two" in asked[1]
    assert reader.position_ms == 150_000


def test_no_typed_time_is_no_jump(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, ("1:30", False))
    reader.press("Ctrl+G")
    assert reader.position_ms == 0
    assert not reader.session.jumps.can_undo


# Pausing and resuming


def test_resuming_can_go_back_a_little(make_user: MakeUser, talk_files: tuple[Path, Path]) -> None:
    user = make_user(Settings(resume_rewind_ms=2000))
    user.open(*talk_files)
    user.press("Space")
    user.advance(10_000)
    user.press("Space", "Space")
    assert user.position_ms == pytest.approx(8000, abs=60)
    user.press("Space")
    user.click_word(40)
    user.press("Space")
    assert user.position_ms == word_ms(40), "who went elsewhere meanwhile wants to hear that"


def test_resuming_stays_where_it_was_by_default(reader: User) -> None:
    reader.press("Space")
    reader.advance(5000)
    reader.press("Space")
    at = reader.position_ms
    reader.press("Space")
    assert reader.position_ms == at


# Undoing jumps


def test_every_kind_of_jump_can_be_undone(chaptered: User, monkeypatch: pytest.MonkeyPatch) -> None:
    user = chaptered
    typed(monkeypatch, ("1:40", True))

    def click_timeline() -> None:
        user.click(user.window.seek_bar, user.timeline_point(200_000))

    def hit() -> None:
        user.find("beyond hills")
        user.press("Ctrl+Return")
        user.press("Ctrl+Space", "Esc")

    def hear_clip() -> None:
        user.drag_words(10, 14)
        user.press("H", "K")

    for name, jump in {
        "click": lambda: user.click_word(20),
        "margin": lambda: user.click_margin(24),
        "chapter": lambda: user.press("PgDown"),
        "typed": lambda: user.press("Ctrl+G"),
        "timeline": click_timeline,
        "skip": lambda: user.press("Right"),
        "cue": lambda: user.press("Alt+Right"),
        "end": lambda: user.press("End"),
        "hit": hit,
        "clip": hear_clip,
    }.items():
        user.session.go_to(30_000)
        user.show_word(20)
        jump()
        assert user.position_ms != 30_000, name
        user.press("Shift+Backspace")
        assert user.position_ms == 30_000, name
        user.view.select(None)


def test_jumps_are_undone_and_redone_in_order(reader: User) -> None:
    reader.click_word(10)
    reader.click_word(20)
    reader.press("Shift+Backspace")
    assert reader.position_ms == word_ms(10)
    reader.press("Shift+Backspace")
    assert reader.position_ms == 0
    assert not reader.app.actions["undo_jump"].isEnabled()
    reader.press("Shift+Backspace")
    assert reader.position_ms == 0
    reader.press("Ctrl+Shift+Backspace", "Ctrl+Shift+Backspace")
    assert reader.position_ms == word_ms(20)
    assert not reader.app.actions["redo_jump"].isEnabled()


def test_undoing_keeps_playing(reader: User) -> None:
    reader.press("Space")
    reader.advance(3000)
    reader.click_word(40)
    reader.advance(1000)
    reader.press("Shift+Backspace")
    assert reader.playback.is_playing
    assert reader.position_ms == pytest.approx(3000, abs=60)


def test_another_episode_has_no_jumps_yet(reader: User, tmp_path: Path) -> None:
    reader.click_word(40)
    reader.open(*write_talk(tmp_path, "other"))
    assert not reader.app.actions["undo_jump"].isEnabled()


# The timeline


def test_playback_does_not_move_a_held_timeline(reader: User) -> None:
    bar = reader.window.seek_bar
    reader.press("Space")
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=reader.timeline_point(150_000))
    held = bar.value()
    assert held == pytest.approx(150_000, abs=300)
    reader.advance(4000)
    assert bar.value() == held
    assert reader.position_ms == pytest.approx(4000, abs=60), "the sound goes on until the hand lets go"
    QTest.mouseMove(bar, reader.timeline_point(100_000))
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=reader.timeline_point(100_000))
    assert reader.position_ms == pytest.approx(100_000, abs=300)
    reader.advance(1000)
    assert bar.value() == reader.position_ms
    assert reader.playback.is_playing


def test_keys_and_wheel_on_the_timeline_never_leave_it_beside_the_sound(reader: User) -> None:
    bar = reader.window.seek_bar
    reader.session.go_to(60_000)
    bar.setFocus()
    reader.press("Up", "Down", "Up", "Right", "PgUp")
    assert bar.value() == reader.position_ms
    at = bar.rect().center()
    wheel = QWheelEvent(
        at.toPointF(),
        bar.mapToGlobal(at).toPointF(),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(bar, wheel)
    assert bar.value() == reader.position_ms


# Nothing open


def test_keys_without_an_episode_do_no_harm(user: User) -> None:
    keys = "Left Right J K L Home End PgUp PgDown Alt+Left Alt+Right [ ] Backspace M C I O H F N Ctrl+C F3"
    user.press(*keys.split())
    assert user.position_ms == 0
    assert not user.playback.is_playing
