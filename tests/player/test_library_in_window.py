"""The library in the window: listed, narrowed, changed, searched, and played hit by hit."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMenu
from talk import LANTERN_CUES, write_sound, write_talk
from user import Listener, User

from index.library import Library
from index.transcript import WordRange
from player.models.concordance import COLUMNS, LEFT
from player.models.library_hits import LibraryHitRow, MoreRow, SavedRow
from player.widgets.details_dialog import DetailsDialog
from player.widgets.import_sheet import ImportSheet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def write_another(folder: Path, name: str, length_ms: int) -> None:
    """A talk of other content: the same one under another name is known again."""
    sound, transcript = write_talk(folder, name)
    write_sound(sound, length_ms)
    transcript.write_text(transcript.read_text("utf-8") + f"\nNOTE {name}\n", "utf-8")


def search(user: User, text: str) -> None:
    user.press("Ctrl+Shift+F")
    user.window.find_field.clear()
    user.type_text(text)
    user.find_now()


def hits(user: User) -> list[LibraryHitRow]:
    return [row for row in user.window.side.found.rows.values() if isinstance(row, LibraryHitRow)]


# Listing


def test_the_box_narrows_the_list(librarian: User) -> None:
    box = librarian.window.library.filter
    box.setText("SECO")
    assert librarian.episode_titles() == ["second"]
    box.setText("nothing like it")
    assert librarian.episode_titles() == []
    box.clear()
    assert sorted(librarian.episode_titles()) == ["first", "second"]


@pytest.mark.parametrize(("order", "titles"), [("title", ["first", "second"]), ("added", ["second", "first"])])
def test_the_list_is_ordered_and_remembers_how(librarian: User, order: str, titles: list[str]) -> None:
    librarian.window.library.order_requested.emit(order)
    assert librarian.episode_titles() == titles
    assert librarian.app.settings.library_order == order


def test_what_a_terminal_added_is_listed_when_one_comes_back(librarian: User, tmp_path: Path) -> None:
    comes_and_goes = librarian.app.qt.applicationStateChanged
    comes_and_goes.emit(Qt.ApplicationState.ApplicationActive)
    path = librarian.app.library.path
    assert isinstance(path, Path)
    other = Library(path)
    other.episodes.open(None, tmp_path / "third.vtt", "third")
    other.close()
    comes_and_goes.emit(Qt.ApplicationState.ApplicationInactive)
    assert "third" not in librarian.episode_titles()
    comes_and_goes.emit(Qt.ApplicationState.ApplicationActive)
    assert "third" in librarian.episode_titles()


def test_heard_and_not_heard(librarian: User) -> None:
    librarian.press("Ctrl+Shift+M")
    librarian.window.library.state_requested.emit("heard")
    assert librarian.episode_titles() == ["second"]
    librarian.window.library.state_requested.emit("unheard")
    assert librarian.episode_titles() == ["first"]


def test_details_are_changed_in_the_library_alone(librarian: User, tmp_path: Path) -> None:
    before = (tmp_path / "second.vtt").read_bytes()

    def write(dialog: QDialog) -> None:
        fields = {each.accessibleName(): each for each in dialog.findChildren(QLineEdit)}
        fields["Title"].setText("Tides")
        fields["Show"].setText("Salt")
        fields["Tags"].setText("sea, slow")
        dialog.accept()

    librarian.in_dialog(librarian.app.actions["details"].trigger, DetailsDialog, write)
    row = next(row for row in librarian.window.library.episodes() if row.current)
    assert (row.title, row.show, row.tags) == ("Tides", "Salt", ("sea", "slow"))
    assert "Tides" in librarian.window.windowTitle()
    assert (tmp_path / "second.vtt").read_bytes() == before


def test_the_bin_gives_back_and_forgets(librarian: User) -> None:
    panel = librarian.window.library
    panel.list.setFocus()
    panel.list.setCurrentIndex(librarian.episode_index("first"))
    librarian.press("Ctrl+Delete")
    assert librarian.episode_titles() == ["second"]
    panel.state_requested.emit("bin")
    assert librarian.episode_titles() == ["first"]
    panel.episode_requested.emit(panel.episodes()[0])
    assert "second" in librarian.window.windowTitle(), "what was removed is not opened by a click"
    panel.list.setCurrentIndex(librarian.episode_index("first"))
    librarian.press("Ctrl+Alt+Z")
    panel.state_requested.emit("all")
    assert sorted(librarian.episode_titles()) == ["first", "second"]


# Searching


def test_a_phrase_is_found_in_every_episode(librarian: User) -> None:
    search(librarian, "lantern")
    rows = hits(librarian)
    assert {row.title for row in rows} == {"first", "second"}
    assert "in 2 episodes" in librarian.window.find_field.accessibleDescription()
    assert rows[0].strip
    snippet = librarian.app.searching.snippet(rows[0])
    librarian.settle()
    snippet = snippet or librarian.app.searching.snippet(rows[0])
    assert snippet
    assert "lantern" in snippet.match.lower()


def test_a_hit_of_another_episode_is_opened_there(librarian: User) -> None:
    search(librarian, "lantern")
    row = next(row for row in hits(librarian) if row.title == "first")
    librarian.window.side.found.picked.emit(row)
    librarian.settle()
    assert "first" in librarian.window.windowTitle()
    assert librarian.session.transcript is not None
    assert librarian.position_ms == librarian.session.transcript.starts[row.first_word]
    assert "in 2 episodes" in librarian.window.find_field.accessibleDescription()
    assert not librarian.playback.is_playing


def test_f3_searches_the_library_again_for_what_was_searched_last(librarian: User) -> None:
    search(librarian, "silver fox")
    librarian.press("Esc", "F3")
    librarian.settle()
    assert librarian.window.find_field.text() == "silver fox"
    assert librarian.app.show_searching._at == 0
    librarian.press("F3")
    librarian.settle()
    assert librarian.app.show_searching._at == 1


def test_enter_on_a_result_plays_from_just_before_it(librarian: User) -> None:
    search(librarian, "lantern")
    librarian.press("Down", "Return")
    librarian.settle()
    assert librarian.playback.is_playing


def test_enter_in_the_box_goes_from_hit_to_hit(librarian: User) -> None:
    search(librarian, "lantern")
    places = []
    for key in ("Return", "Return", "Shift+Return"):
        librarian.press(key)
        librarian.settle()
        places.append((librarian.window.windowTitle(), librarian.position_ms))
    assert places[0] == places[2] != places[1]


def test_a_filter_is_a_chip_that_can_be_taken_away(librarian: User) -> None:
    search(librarian, "lantern title:first")
    assert {row.title for row in hits(librarian)} == {"first"}
    librarian.window.side.found.chip_removed.emit(1)
    librarian.find_now()
    assert {row.title for row in hits(librarian)} == {"first", "second"}


def test_nothing_found_offers_what_there_is(librarian: User) -> None:
    search(librarian, "lanterm")
    assert not hits(librarian)
    assert "lantern" in (librarian.app.searching.answer.suggestion if librarian.app.searching.answer else "")


def test_a_search_is_kept_and_listed(librarian: User, tmp_path: Path) -> None:
    search(librarian, "lantern")
    librarian.press("Ctrl+Shift+S")
    librarian.open(*write_talk(tmp_path, "third"))
    librarian.press("Ctrl+Shift+F")
    librarian.window.find_field.clear()
    librarian.find_now()
    saved = [row for row in librarian.window.side.found.rows.values() if isinstance(row, SavedRow)]
    assert [row.query for row in saved] == ["lantern"]
    assert saved[0].new > 0, "the third episode has it too"


@pytest.fixture
def keeper(librarian: User) -> User:
    """Somebody who looks at the one search that they keep."""
    search(librarian, "lantern")
    librarian.press("Ctrl+Shift+S")
    librarian.window.find_field.clear()
    librarian.find_now()
    librarian.window.side.found.list.enter()
    return librarian


def kept(keeper: User) -> list[str]:
    """The names of the searches that are listed."""
    keeper.settle()
    return [row.name for row in keeper.window.side.found.rows.values() if isinstance(row, SavedRow)]


def choose_in_menu(keeper: User, at: int) -> None:
    """Open the menu of the current row with the keyboard and choose from it."""
    rows = keeper.window.side.found.list
    pressed = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(rows, QContextMenuEvent(pressed, QPoint(), rows.mapToGlobal(QPoint())))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in range(at + 1):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    keeper.settle()


def test_a_search_that_was_kept_is_opened_from_its_menu(keeper: User) -> None:
    choose_in_menu(keeper, 0)
    assert keeper.window.find_field.text() == "lantern"


def test_a_search_that_was_kept_is_renamed_and_that_is_undone(keeper: User) -> None:
    edited = Listener(keeper.window.side.found.list.itemDelegate().closeEditor)
    choose_in_menu(keeper, 1)
    assert edited.heard, "it was edited; here, where no window is active after a menu, that is over at once"
    keeper.press("F2")
    editor = keeper.window.side.found.list.findChild(QLineEdit)
    assert editor is not None
    assert editor.text() == "lantern"
    editor.selectAll()
    QTest.keyClicks(editor, "Lights")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert kept(keeper) == ["Lights"]
    searches = keeper.app.library.searches
    keeper.app.undoing.undo()
    assert [saved.name for saved in searches.all()] == ["lantern"]
    keeper.app.undoing.redo()
    assert [saved.name for saved in searches.all()] == ["Lights"]


def test_a_search_that_was_kept_is_removed_and_comes_back_as_it_was(keeper: User) -> None:
    before = keeper.app.library.searches.all()
    choose_in_menu(keeper, 2)
    assert kept(keeper) == []
    assert keeper.window.notice.isVisible()
    keeper.app.undoing.undo()
    assert keeper.app.library.searches.all() == before


def test_more_hits_of_an_episode_are_shown_on_demand(librarian: User) -> None:
    search(librarian, "lantern")
    more = next(row for row in librarian.window.side.found.rows.values() if isinstance(row, MoreRow))
    before = len(hits(librarian))
    librarian.window.side.found.picked.emit(more)
    assert len(hits(librarian)) == before + more.count


def test_the_scope_goes_back_to_the_episode(librarian: User) -> None:
    search(librarian, "lantern")
    librarian.press("Ctrl+F")
    librarian.settle()
    assert not librarian.window.find_field.in_library
    assert librarian.finding.hits
    librarian.press("Esc")
    assert librarian.window.find_field.text() == ""


def test_a_question_gives_moments(librarian: User) -> None:
    search(librarian, "Where is the lantern?")
    assert hits(librarian)
    assert not librarian.app.actions["play_hits"].isEnabled()


# Playing all of them


def test_all_hits_are_played_one_after_the_other(librarian: User) -> None:
    search(librarian, "lantern")
    librarian.press("Ctrl+Shift+P")
    librarian.settle()
    assert librarian.playback.is_playing
    assert librarian.window.playing_bar.isVisible()
    moment = librarian.app.playing_hits.moment
    assert moment is not None
    librarian.press("Ctrl+Shift+Return")
    assert [WordRange(clip.first_word, clip.end_word) for clip in librarian.keeping.clips] == [moment.words]
    librarian.press("Ctrl+Shift+J")
    librarian.settle()
    assert librarian.app.playing_hits.moment != moment
    librarian.press("Ctrl+Shift+X")
    assert not librarian.window.playing_bar.isVisible()
    assert not librarian.playback.is_playing


def test_the_last_moment_ends_it(librarian: User) -> None:
    search(librarian, '"silver fox" title:second')
    librarian.press("Ctrl+Shift+P")
    librarian.settle()
    librarian.advance(12_000)
    assert librarian.app.playing_hits.moment is None
    assert not librarian.playback.is_playing


# Columns


def test_the_concordance_and_its_way_back(librarian: User) -> None:
    search(librarian, "lantern")
    librarian.press("Ctrl+Shift+K")
    librarian.settle()
    view = librarian.window.concordance
    assert librarian.window.middle.currentWidget() is view
    assert len(view.lines.lines()) == 2 * len(LANTERN_CUES)
    assert not any(view.table.isColumnHidden(column) for column in range(len(COLUMNS)))
    librarian.window.resize(900, 600)
    librarian.pump()
    assert view.table.columnWidth(LEFT) > 180, "the words around the match can be read in a small window too"
    view.tally.setFocus()
    librarian.press("Down")
    assert 0 < len(view.lines.lines()) < 2 * len(LANTERN_CUES)
    view.table.setFocus()
    librarian.press("Esc")
    assert librarian.window.middle.currentWidget() is librarian.window.columns


def test_the_concordance_is_written_as_csv(librarian: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "found.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args, **kwargs: (str(target), ""))
    search(librarian, "lantern")
    librarian.press("Ctrl+Shift+K")
    librarian.settle()
    librarian.app.actions["save_lines"].trigger()
    librarian.settle()
    lines = target.read_text("utf-8").splitlines()
    assert len(lines) == 1 + 2 * len(LANTERN_CUES)


# Adding


def test_a_folder_is_looked_at_then_added(librarian: User, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    write_another(folder, "third", 271_000)
    write_another(folder, "fourth", 272_000)
    librarian.window.paths_dropped.emit([folder])
    librarian.settle()
    sheet = next(iter(librarian.window.findChildren(ImportSheet)))
    assert [row.title for row in sheet.rows.values()] == ["fourth", "third"]
    assert all(row.words for row in sheet.rows.values())
    sheet.accept()
    librarian.settle()
    assert sorted(librarian.episode_titles()) == ["first", "fourth", "second", "third"]
    assert "2 added" in librarian.window.notice.text
    search(librarian, "lantern")
    assert {row.title for row in hits(librarian)} == {"first", "second", "third", "fourth"}


def test_looking_adds_nothing(librarian: User, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    write_another(folder, "third", 271_000)
    librarian.window.paths_dropped.emit([folder])
    librarian.settle()
    next(iter(librarian.window.findChildren(ImportSheet))).reject()
    librarian.settle()
    assert sorted(librarian.episode_titles()) == ["first", "second"]


# Two transcripts


def test_another_transcript_is_read_beside_this_one(librarian: User, tmp_path: Path) -> None:
    other = write_talk(tmp_path, "other")[1]
    librarian.app.show_beside.open(other)
    librarian.settle()
    assert librarian.app.show_beside.is_open
    assert librarian.window.columns.count() == 2
    librarian.session.go_to(30_000)
    second = librarian.window.columns.widget(1)
    assert second.isVisible()
    librarian.press("Ctrl+Alt+B")
    assert not second.isVisible()


def test_word_forms_are_found_on_request(librarian: User) -> None:
    search(librarian, "lanterns")
    assert not hits(librarian)
    librarian.app.take_settings(replace(librarian.app.settings, search_forms="en"))
    librarian.settle()
    assert hits(librarian)
