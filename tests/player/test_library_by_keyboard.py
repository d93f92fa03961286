"""The library without a mouse, from the first moment on: searched with nothing open, narrowed, ordered, its parts."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from talk import write_talk
from user import MakeUser, User

from player.models.library_hits import LibraryHitRow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def newcomer(make_user: MakeUser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody who has just started Earmark, with two episodes in the library and none of them open."""
    monkeypatch.setattr("player.app.data_folder", lambda: tmp_path / "data")
    before = make_user(use_library_file=True)
    for name in ("first", "second"):
        before.open(*write_talk(tmp_path, name))
    before.settle()
    before.window.close()
    user = make_user(use_library_file=True)
    user.settle()
    assert user.session.episode is None
    return user


def search(user: User, text: str) -> list[LibraryHitRow]:
    user.press("Ctrl+Shift+F")
    user.type_text(text)
    user.find_now()
    return [row for row in user.window.side.found.rows.values() if isinstance(row, LibraryHitRow)]


def test_the_library_is_searched_before_anything_is_open(newcomer: User) -> None:
    assert {row.title for row in search(newcomer, "lantern")} == {"first", "second"}
    newcomer.press("Down", "Return")
    newcomer.settle()
    assert newcomer.session.episode is not None
    assert newcomer.playback.is_playing
    assert newcomer.window.find_field.in_library, "the next hit is one key away"


def test_the_box_searches_the_library_where_nothing_is_open(newcomer: User) -> None:
    newcomer.window.find_field.setFocus()
    newcomer.type_text("lantern")
    newcomer.find_now()
    assert newcomer.window.side.isVisible()
    assert newcomer.window.side.found.rows.rowCount()


def test_the_box_turns_to_the_episode_that_is_opened(newcomer: User) -> None:
    newcomer.window.library.list.enter()
    newcomer.press("Down", "Return")
    newcomer.settle()
    assert newcomer.session.episode is not None
    assert not newcomer.window.find_field.in_library
    newcomer.find("lantern")
    assert newcomer.finding.hits


def test_who_asked_for_the_library_goes_on_searching_it(newcomer: User) -> None:
    newcomer.press("Ctrl+Shift+F")
    newcomer.window.library.list.enter()
    newcomer.press("Down", "Return")
    newcomer.settle()
    assert newcomer.window.find_field.in_library


def test_esc_leaves_the_box_for_the_way_in(newcomer: User) -> None:
    search(newcomer, "lantern")
    newcomer.window.find_field.setFocus()
    newcomer.press("Esc")
    assert newcomer.window.find_field.text() == ""
    assert newcomer.window.welcome.isAncestorOf(newcomer.focus)


def test_the_marks_of_a_search_go_with_it(newcomer: User) -> None:
    search(newcomer, "lantern")
    newcomer.press("Down", "Return")
    newcomer.settle()
    assert newcomer.window.seek_bar.marks.hits
    newcomer.window.find_field.clear()
    newcomer.find_now()
    assert not newcomer.window.seek_bar.marks.hits


def test_the_marks_of_a_search_stay_with_their_episode(newcomer: User, tmp_path: Path) -> None:
    search(newcomer, "lantern")
    newcomer.press("Down", "Return")
    newcomer.settle()
    newcomer.open(*write_talk(tmp_path, "third"))
    assert not newcomer.window.seek_bar.marks.hits


def test_what_can_be_typed_is_told_while_nothing_is(newcomer: User) -> None:
    ways = newcomer.window.side.found._ways
    newcomer.press("Ctrl+Shift+F")
    newcomer.settle()
    assert ways.isVisible()
    newcomer.type_text("lantern")
    newcomer.find_now()
    assert not ways.isVisible()


def test_the_list_is_narrowed_with_a_key(newcomer: User) -> None:
    newcomer.press("Ctrl+B")
    newcomer.press("Ctrl+L")
    newcomer.type_text("sec")
    newcomer.settle()
    assert newcomer.episode_titles() == ["second"]


def test_the_list_is_ordered_with_keys(newcomer: User) -> None:
    newcomer.press("Ctrl+Shift+L")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    title = next(action for action in menu.actions() if action.text() == "By title")
    menu.setActiveAction(title)
    newcomer.press("Return")
    assert newcomer.app.shelf.order == "title"


def test_a_part_of_the_library_says_so_and_leads_back(newcomer: User) -> None:
    panel = newcomer.window.library
    panel.state_requested.emit("heard")
    newcomer.settle()
    assert newcomer.episode_titles() == []
    assert panel._part.isVisible()
    assert "Heard" in panel._part.text()
    newcomer.click(panel._part)
    newcomer.settle()
    assert sorted(newcomer.episode_titles()) == ["first", "second"]
    assert not panel._part.isVisible()
