"""The library without a mouse, from the first moment on: searched with nothing open, narrowed, ordered, its parts."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QWidget,
)
from talk import write_talk
from user import MakeUser, User

from player.models.concordance import EPISODE
from player.models.library_hits import LibraryHitRow
from player.widgets.details_dialog import DetailsDialog
from player.widgets.import_sheet import ImportSheet
from player.widgets.tally import Tally

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def newcomer(librarian: User, make_user: MakeUser) -> User:
    """Somebody who has just started Earmark, with two episodes in the library and none of them open."""
    librarian.window.close()
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


def test_the_box_that_narrows_leads_into_the_list(newcomer: User) -> None:
    panel = newcomer.window.library
    newcomer.press("Ctrl+L")
    newcomer.type_text("sec")
    newcomer.settle()
    assert [row.title for row in panel.episodes()] == ["second"]
    newcomer.press("Down")
    assert newcomer.focus is panel.list
    newcomer.press("Up")
    assert newcomer.focus is panel.filter
    newcomer.press("Return", "Return")
    newcomer.settle()
    assert newcomer.session.episode is not None
    assert newcomer.session.episode.title == "second"


def test_esc_clears_that_box_then_leaves_it(newcomer: User) -> None:
    panel = newcomer.window.library
    newcomer.press("Ctrl+L")
    newcomer.type_text("sec")
    newcomer.press("Esc")
    assert newcomer.focus is panel.filter
    assert not panel.filter.text()
    newcomer.press("Esc")
    assert newcomer.window.welcome.isAncestorOf(newcomer.focus)


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


# What a screen reader says, and what a keyboard reaches

_CONTROLS = (QAbstractButton, QLineEdit, QAbstractItemView, QComboBox, Tally)


def nameless(root: QWidget) -> list[str]:
    """The controls in sight that a screen reader has no name for."""
    seen = [each for each in root.findChildren(QWidget) if isinstance(each, _CONTROLS) and each.isVisible()]
    assert seen
    return [
        f"{type(each).__name__} {each.objectName()}"
        for each in seen
        if not isinstance(each, QHeaderView)
        and not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name).strip()
    ]


def test_everything_about_a_search_has_a_name(newcomer: User) -> None:
    search(newcomer, "lantern show:")
    assert nameless(newcomer.window) == []
    search(newcomer, "lantern")
    newcomer.press("Ctrl+Shift+K")
    newcomer.settle()
    assert newcomer.window.concordance.isVisible()
    assert nameless(newcomer.window) == []


def test_everything_on_the_sheet_has_a_name(newcomer: User, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    write_talk(folder, "third")
    newcomer.window.paths_dropped.emit([folder])
    newcomer.settle()
    sheet = newcomer.window.findChildren(ImportSheet)[0]
    assert nameless(sheet) == []
    sheet.reject()


def test_everything_about_a_part_of_the_library_has_a_name(newcomer: User) -> None:
    newcomer.window.library.state_requested.emit("bin")
    newcomer.settle()
    newcomer.window.library.show_progress("Adding…", 1, 3)
    newcomer.pump()
    assert nameless(newcomer.window) == []


def test_a_row_of_the_results_says_its_words(newcomer: User) -> None:
    search(newcomer, "lantern")
    rows = newcomer.window.side.found.rows
    rows.data(rows.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    newcomer.settle()
    assert "lantern" in rows.data(rows.index(0, 0), Qt.ItemDataRole.AccessibleTextRole).lower()


def test_esc_leaves_the_concordance_from_its_counts_too(newcomer: User) -> None:
    search(newcomer, "lantern")
    newcomer.press("Down", "Return")
    newcomer.settle()
    newcomer.press("Ctrl+Shift+K")
    newcomer.settle()
    newcomer.window.concordance.tally.setFocus()
    newcomer.press("Esc")
    assert newcomer.window.middle.currentWidget() is newcomer.window.columns


def test_the_concordance_is_ordered_with_keys(newcomer: User) -> None:
    search(newcomer, "lantern")
    newcomer.press("Ctrl+Shift+K")
    newcomer.settle()
    view = newcomer.window.concordance
    view.order.setFocus()
    newcomer.press("Home")
    first = [line.before for line in view.lines.lines()]
    newcomer.press("Down", "Down")
    assert view.order.currentText() == "Order: right"
    after = [line.after.casefold() for line in view.lines.lines()]
    assert after == sorted(after)
    assert [line.before for line in view.lines.lines()] != first
    view.table.sortByColumn(EPISODE, Qt.SortOrder.DescendingOrder)
    assert view.order.currentText() == "Order: episode", "a click on a heading shows in the box"


def test_an_episode_is_tagged_with_keys(newcomer: User) -> None:
    def do(dialog: DetailsDialog) -> None:
        tags = dialog._fields["tags"][0]
        for _ in range(4):
            if QApplication.focusWidget() is not tags:
                newcomer.press("Tab")
        newcomer.type_text("sea, slow")
        newcomer.press("Return")

    newcomer.window.library.list.enter()
    newcomer.press("Down")
    newcomer.in_dialog(lambda: newcomer.press("Ctrl+Shift+D"), DetailsDialog, do)
    newcomer.settle()
    newcomer.press("Ctrl+L")
    newcomer.type_text("slow")
    newcomer.settle()
    assert len(newcomer.episode_titles()) == 1


def test_a_long_or_strange_query_is_only_a_query(newcomer: User) -> None:
    for text in ("x" * 700, '"', "OR OR", "* ~ -", "((((", "date:99..", "speaker:", "🙂"):
        newcomer.press("Ctrl+Shift+F")
        newcomer.window.find_field.setText(text)
        newcomer.find_now()
        assert newcomer.window.notice.text == "", text
        newcomer.press("Return", "F3")


def test_clicks_in_a_hurry_open_what_was_clicked_last(newcomer: User) -> None:
    search(newcomer, "lantern")
    rows = [each for each in newcomer.window.side.found.rows.values() if isinstance(each, LibraryHitRow)]
    for row in rows * 3:
        newcomer.window.side.found.picked.emit(row)
    newcomer.settle()
    assert newcomer.session.episode is not None
    assert newcomer.session.episode.row.id == rows[-1].episode
