"""The panels, the window's size and look, and using all of it with the keyboard alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QScrollBar,
    QTextEdit,
    QToolButton,
    QWidget,
)
from talk import word_ms, write_talk
from user import Listener, MakeUser, User, leave

from index.library import Library
from index.transcript import WordRange
from player import theme
from player.actions import TABLE
from player.settings import Settings

CONTROLS = (QAbstractButton, QLineEdit, QAbstractSlider, QAbstractItemView, QComboBox, QTextEdit)


def with_everything(user: User) -> User:
    """Results, a kept clip, a selection and a notice: every control there is."""
    user.view.select(WordRange(10, 16))
    user.press("C", "Esc")
    user.find("lantern")
    user.press("Return")
    user.view.setFocus()
    user.drag_words(*[user.view.visible_words().first + 10 + at for at in (0, 3)])
    user.pump()
    return user


def controls(user: User) -> list[QWidget]:
    """Every control to be seen."""
    return [
        widget
        for widget in user.window.findChildren(QWidget)
        if isinstance(widget, CONTROLS) and widget.isVisible() and not isinstance(widget, QScrollBar)
    ]


# Panels


def test_a_search_of_the_library_shows_what_it_finds_however_small_the_window(
    make_user: MakeUser, talk_files: tuple[Path, Path]
) -> None:
    user = make_user(size=(560, 600))
    user.open(*talk_files)
    user.press("Ctrl+Shift+F")
    assert user.window.side.isVisible()
    assert user.window.side.visibleRegion().boundingRect().width() == user.window.side.width()
    user.press("Esc")
    assert not user.window.side.isVisible()


@pytest.mark.parametrize(
    ("width", "library", "side"), [(1280, True, True), (900, False, True), (700, False, False), (560, False, False)]
)
def test_a_small_window_folds_its_panels(
    make_user: MakeUser, talk_files: tuple[Path, Path], width: int, library: bool, side: bool
) -> None:
    user = make_user(size=(width, 600))
    user.open(*talk_files)
    user.find("lantern")
    assert user.window.library.isVisible() == library
    assert user.window.side.isVisible() == side
    assert user.view.viewport().width() >= 400
    assert user.window.width() == width, "nothing pushes the window wider"


def test_the_smallest_window_has_room_for_what_is_typed(make_user: MakeUser, talk_files: tuple[Path, Path]) -> None:
    user = make_user(size=(560, 420))
    user.open(*talk_files)
    user.find("lantern")
    field = user.window.find_field
    margins = field.textMargins()
    assert field.width() - margins.left() - margins.right() >= 90
    for button in controls(user):
        if isinstance(button, QToolButton) and button.text() and button.parentWidget() is not field:
            assert button.width() >= button.minimumSizeHint().width(), button.text()


def test_a_larger_window_unfolds_them(make_user: MakeUser, talk_files: tuple[Path, Path]) -> None:
    user = make_user(size=(700, 500))
    user.open(*talk_files)
    assert not user.window.library.isVisible()
    user.window.resize(1280, 800)
    user.pump()
    assert user.window.library.isVisible()


def test_the_library_can_be_folded_away_and_that_is_kept(reader: User, make_user: MakeUser) -> None:
    reader.press("Ctrl+B")
    assert not reader.window.library.isVisible()
    assert not reader.app.actions["library_panel"].isChecked()
    reader.window.close()
    again = make_user(reader.saved[-1])
    assert not again.window.library.isVisible()
    again.press("Ctrl+B")
    assert again.window.library.isVisible()


def test_ctrl_r_shows_and_folds_the_results(reader: User) -> None:
    reader.press("Ctrl+R")
    assert reader.window.side.isVisible()
    reader.press("Ctrl+R")
    assert not reader.window.side.isVisible()


def test_ctrl_b_shows_the_library_in_a_small_window_too(make_user: MakeUser, talk_files: tuple[Path, Path]) -> None:
    """Who asks for it means it: it takes the place of the panel on the other side."""
    user = make_user(size=(900, 600))
    user.open(*talk_files)
    user.find("lantern")
    assert not user.window.library.isVisible()
    user.press("Ctrl+B")
    assert user.window.library.isVisible()
    assert user.app.actions["library_panel"].isChecked()


def test_what_a_key_shows_is_what_its_mark_says(make_user: MakeUser, talk_files: tuple[Path, Path]) -> None:
    for width in (1280, 900, 700):
        user = make_user(size=(width, 600))
        user.open(*talk_files)
        for key in ("Ctrl+B", "Ctrl+R", "Ctrl+B", "Ctrl+R"):
            user.press(key)
            actions, window = user.app.actions, user.window
            assert actions["library_panel"].isChecked() == window.library.isVisible(), (width, key)
            assert actions["side_panel"].isChecked() == window.side.isVisible(), (width, key)


# The library


def test_the_list_shows_what_was_opened_and_how_far_it_was_heard(reader: User, tmp_path: Path) -> None:
    reader.session.go_to(60_000)
    reader.open(*write_talk(tmp_path, "other"))
    rows = reader.window.library.episodes()
    assert [row.title for row in rows] == ["other", "talk"]
    assert [row.current for row in rows] == [True, False]
    assert rows[1].position_ms == 60_000
    assert "1:00 of 4:30" in rows[1].about()


@pytest.mark.parametrize("way", ["click", "enter"])
def test_an_episode_of_the_list_is_opened_where_it_was_left(reader: User, tmp_path: Path, way: str) -> None:
    reader.session.go_to(60_000)
    reader.open(*write_talk(tmp_path, "other"))
    rows = reader.window.library.list
    if way == "click":
        reader.click(rows.viewport(), rows.visualRect(reader.episode_index("talk")).center())
    else:
        rows.setFocus()
        rows.setCurrentIndex(reader.episode_index("talk"))
        reader.press("Return")
    reader.settle()
    assert "talk" in reader.window.windowTitle()
    assert reader.position_ms == 60_000


def test_delete_takes_an_episode_out_of_the_list(reader: User, tmp_path: Path) -> None:
    files = write_talk(tmp_path, "other")
    reader.open(*files)
    rows = reader.window.library.list
    rows.setFocus()
    rows.setCurrentIndex(reader.episode_index("talk"))
    reader.press("Delete")
    assert reader.episode_titles() == ["other"]
    assert all(path.exists() for path in files)


def test_the_open_episode_cannot_be_forgotten(reader: User) -> None:
    rows = reader.window.library.list
    rows.setFocus()
    rows.setCurrentIndex(reader.episode_index("talk"))
    reader.press("Delete")
    assert len(reader.window.library.episodes()) == 1
    assert "open" in reader.window.notice.text
    reader.view.setFocus()
    reader.drag_words(10, 14)
    reader.press("C")
    assert len(reader.keeping.clips) == 1


def test_what_was_removed_comes_back_with_its_clips(reader: User, tmp_path: Path) -> None:
    """Nothing the user made is lost by a slip of a finger."""
    reader.drag_words(10, 14)
    reader.press("C")
    reader.open(*write_talk(tmp_path, "other"))
    rows = reader.window.library.list
    rows.setFocus()
    rows.setCurrentIndex(reader.episode_index("talk"))
    reader.press("Delete")
    assert reader.episode_titles() == ["other"]
    assert "talk" in reader.window.notice.text
    reader.press("Ctrl+Alt+Z")
    assert sorted(reader.episode_titles()) == ["other", "talk"]
    rows.setCurrentIndex(reader.episode_index("talk"))
    reader.press("Return")
    reader.settle()
    assert len(reader.keeping.clips) == 1


def test_the_row_that_was_chosen_stays_the_one(reader: User, tmp_path: Path) -> None:
    reader.open(*write_talk(tmp_path, "other"))
    rows = reader.window.library.list
    rows.setFocus()
    rows.setCurrentIndex(reader.episode_index("talk"))
    reader.press("Return")
    reader.settle()
    chosen = rows.currentIndex()
    assert not chosen.isValid() or reader.window.library.rows.value(chosen).title == "talk"


def test_the_place_heard_moves_in_the_list_while_it_plays(reader: User) -> None:
    reader.press("Space")
    reader.advance(8000)
    reader.press("Space")
    assert reader.window.library.episodes()[0].position_ms == pytest.approx(8000, abs=60)


# Size and place


def test_the_windows_place_is_kept(make_user: MakeUser, talk_files: tuple[Path, Path]) -> None:
    user = make_user(size=(780, 640))
    user.window.close()
    kept = user.saved[-1].geometry
    again = make_user(Settings(geometry=kept), size=(700, 500))
    again.window.unpack_geometry(kept)
    again.pump()
    assert (again.window.width(), again.window.height()) == (780, 640)


@pytest.mark.parametrize("damaged", ["no hexadecimal", "00ff", "é"])
def test_a_damaged_place_is_ignored(make_user: MakeUser, damaged: str) -> None:
    user = make_user(Settings(geometry=damaged))
    user.window.unpack_geometry(damaged)
    assert user.window.isVisible()


def test_full_screen_and_back(reader: User) -> None:
    reader.press("F11")
    assert reader.window.isFullScreen()
    reader.press("F11")
    assert not reader.window.isFullScreen()


# The look


def test_light_and_dark_can_be_chosen_and_are_kept(reader: User, make_user: MakeUser) -> None:
    def page_color() -> str:
        image = reader.view.viewport().grab().toImage()
        return str(image.pixelColor(image.width() - 4, image.height() - 4).name())

    reader.app.actions["theme_light"].trigger()
    assert page_color() == theme.LIGHT.page
    reader.app.actions["theme_dark"].trigger()
    assert page_color() == theme.DARK.page
    assert reader.app.actions["theme_dark"].isChecked()
    assert not reader.app.actions["theme_light"].isChecked()
    reader.window.close()
    again = make_user(reader.saved[-1])
    assert again.view._theme.dark


def test_light_and_dark_follow_the_system(reader: User) -> None:
    hints = QGuiApplication.styleHints()
    try:
        hints.setColorScheme(Qt.ColorScheme.Dark)
        reader.pump()
        assert reader.view._theme.dark == (hints.colorScheme() == Qt.ColorScheme.Dark)
        hints.setColorScheme(Qt.ColorScheme.Light)
        reader.pump()
        assert not reader.view._theme.dark
    finally:
        hints.unsetColorScheme()


def test_another_look_keeps_the_place_the_word_and_the_selection(reader: User) -> None:
    reader.session.go_to(word_ms(300))
    first = reader.view.visible_words().first
    reader.drag_words(first + 20, first + 24)
    scrolled, selection = reader.scrolled, reader.view.selection
    for name in ("theme_dark", "high_contrast", "theme_light", "high_contrast"):
        reader.app.actions[name].trigger()
        reader.pump()
        assert reader.view.selection == selection
        assert reader.scrolled == scrolled
        assert reader.window.selection_bar.isVisible()
    assert reader.session.word == 300


def test_the_text_size_is_changed_kept_and_put_back(reader: User, make_user: MakeUser) -> None:
    def height() -> float:
        return reader.view.rects_of(WordRange(0, 1))[0].height()

    normal = height()
    reader.press("Ctrl++", "Ctrl+=")
    larger = height()
    assert larger > normal
    reader.press("Ctrl+-")
    assert normal < height() < larger
    reader.press("Ctrl+0")
    assert height() == normal
    reader.press("Ctrl++", "Ctrl++")
    reader.window.close()
    again = make_user(reader.saved[-1])
    assert again.app.settings.text_scale > 1


def test_ctrl_and_the_wheel_change_the_text_size(reader: User) -> None:
    reader.wheel(-1, Qt.KeyboardModifier.ControlModifier)
    assert reader.app.settings.text_scale > 1
    reader.wheel(2, Qt.KeyboardModifier.ControlModifier)
    assert reader.app.settings.text_scale < 1
    assert reader.scrolled == 0


def test_lines_are_comfortably_long_at_every_text_size(reader: User) -> None:
    for _ in range(3):
        page = reader.view.page
        assert page is not None
        line = page.document.findBlock(page.position_of(2)).layout().lineAt(0)
        assert 55 <= line.textLength() <= 95
        reader.press("Ctrl++")


# The bubble over the timeline


def test_the_bubble_tells_time_and_words(reader: User) -> None:
    bar = reader.window.seek_bar
    reader.hover(bar, reader.timeline_point(word_ms(120)))
    bubble = bar._bubble
    assert bubble.isVisible()
    assert "0:4" in bubble._heading.text()
    assert "hills" in bubble._words.text()
    assert reader.window.rect().contains(bubble.geometry())
    leave(bar)
    reader.pump()
    assert not bubble.isVisible()


def test_the_bubble_stays_in_the_window_at_both_ends(reader: User) -> None:
    bar = reader.window.seek_bar
    for ms in (0, 269_000):
        reader.hover(bar, reader.timeline_point(ms))
        assert reader.window.rect().contains(bar._bubble.geometry())


# The keyboard alone


def test_tab_reaches_every_control(reader: User) -> None:
    with_everything(reader)
    wanted = {
        widget
        for widget in controls(reader)
        if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not widget.focusProxy()
    }
    reached: set[QWidget] = set()
    for _ in range(len(wanted) + 10):
        reader.press("Tab")
        assert reader.focus is not None
        reached.add(reader.focus)
    missed = wanted - reached
    assert not missed, [(type(each).__name__, each.accessibleName(), each.toolTip()) for each in missed]


def test_every_button_can_be_reached_or_has_a_key(reader: User) -> None:
    with_everything(reader)
    field = reader.window.find_field
    for button in controls(reader):
        if isinstance(button, QAbstractButton) and button.focusPolicy() == Qt.FocusPolicy.NoFocus:
            assert button in (field._next, field._previous, field._scope), button.accessibleName()


def test_shift_tab_goes_back(reader: User) -> None:
    reader.view.setFocus()
    reader.press("Tab")
    first = reader.focus
    reader.press("Tab", "Shift+Tab")
    assert reader.focus is first


def test_enter_presses_whatever_button_has_the_focus(reader: User) -> None:
    with_everything(reader)
    reader.window.notice.tell("Something to do", action="Do it", act=lambda: None)
    reader.window.back_to_now.point(1)
    reader.pump()
    buttons = [each for each in controls(reader) if isinstance(each, QAbstractButton) and each.isEnabled()]
    assert len(buttons) > 15
    for button in buttons:
        if button.focusPolicy() == Qt.FocusPolicy.NoFocus or not button.isVisible():
            continue
        if isinstance(button, QToolButton) and button.popupMode() == QToolButton.ToolButtonPopupMode.InstantPopup:
            continue
        heard = Listener(button.clicked)
        button.blockSignals(False)
        action = button.defaultAction() if isinstance(button, QToolButton) else None
        if action is not None:
            action.blockSignals(True)  # What it does is tested elsewhere; some of it opens windows.
        button.setFocus(Qt.FocusReason.TabFocusReason)
        reader.press("Return")
        if action is not None:
            action.blockSignals(False)
        assert len(heard.heard) == 1, (button.text(), button.accessibleName())


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("way", ["F10", "Return"])
def test_the_menu_opens_with_a_key(reader: User, way: str) -> None:
    seen: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            looking.stop()
            seen.extend(action.text() for action in menu.actions())
            menu.close()

    looking = QTimer()
    looking.timeout.connect(look)
    looking.start(0)
    if way == "Return":
        reader.window.menu_button.setFocus()
    reader.press(way)
    looking.stop()
    assert seen == [title for title, _ in TABLE]


def test_focus_is_visible_on_every_control(reader: User) -> None:
    with_everything(reader)
    for widget in controls(reader):
        if not (widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible()):
            continue
        reader.window.setFocus()
        if isinstance(widget, QAbstractItemView) and not widget.currentIndex().isValid():
            widget.setCurrentIndex(widget.model().index(0, 0))
        if isinstance(widget, QTextEdit):
            reader.press("Esc")
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(widget, QTextEdit):
            reader.press("Ctrl+Right")  # The keyboard's place in the text is its focus mark.
        if isinstance(widget, QLineEdit):
            continue  # Its caret and its frame blink and change with the style; Qt draws both.
        reader.pump()
        assert widget.hasFocus()
        assert widget.grab().toImage() != before, (type(widget).__name__, widget.accessibleName(), widget.toolTip())


def test_every_control_has_an_accessible_name(reader: User) -> None:
    with_everything(reader)
    reader.window.notice.tell("Something to do", action="Do it", act=lambda: None)
    reader.window.back_to_now.point(1)
    reader.pump()
    assert len(controls(reader)) > 20
    for widget in controls(reader):
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name)
        assert name.strip(), (type(widget).__name__, widget.objectName(), widget.toolTip(), widget.parent())
        assert "<" not in name


def test_every_control_of_the_first_window_has_an_accessible_name(user: User) -> None:
    for widget in controls(user):
        name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        assert name.strip(), (type(widget).__name__, widget.objectName(), widget.toolTip())


def test_every_button_tells_what_it_does(reader: User) -> None:
    with_everything(reader)
    for widget in controls(reader):
        if isinstance(widget, QToolButton) and widget.parent() is not None:
            assert widget.toolTip() or widget.text(), widget.objectName()


def test_the_whole_job_without_a_mouse(
    make_user: MakeUser, talk_files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Open, play, find, jump, select, keep: keys alone."""
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: ([str(path) for path in talk_files], ""))
    user = make_user(library=Library(tmp_path / "library.sqlite"))
    user.press("Ctrl+O")
    user.settle()
    user.press("Space")
    user.advance(2000)
    user.find("beyond hills")
    user.press("Down", "Return")
    assert user.position_ms == word_ms(119) - 400
    user.press("Space", "Esc")
    user.session.go_to(word_ms(119))
    user.press("Ctrl+Shift+Right", "Ctrl+Shift+Right", "C")
    assert len(user.keeping.clips) == 1
    assert len(user.keeping.clips[0].title.split()) == 3


# Notices


def test_a_notice_goes_by_itself_and_an_error_stays(reader: User) -> None:
    notice = reader.window.notice
    notice.tell("Just so you know")
    assert notice._timer.isActive()
    notice._timer.timeout.emit()
    assert not notice.isVisible()
    notice.tell("Something broke.", error=True)
    assert not notice._timer.isActive()
    reader.click(notice._close)
    assert not notice.isVisible()


def test_a_notice_keeps_inside_the_window(make_user: MakeUser) -> None:
    user = make_user(size=(560, 420))
    user.window.notice.tell("A very long sentence that goes on. " * 12, error=True)
    user.pump()
    assert user.window.middle.rect().contains(user.window.notice.geometry())


def test_a_click_on_the_page_never_reaches_through_what_floats_over_it(reader: User) -> None:
    reader.drag_words(10, 14)
    bar = reader.window.selection_bar
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    reader.pump()
    assert reader.view.selection is not None
