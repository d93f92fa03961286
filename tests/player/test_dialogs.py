"""The windows that ask and tell: keys, settings, facts, export, and that they leave nothing behind."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QScrollBar,
    QSpinBox,
    QTableWidget,
    QWidget,
)
from talk import word_ms
from user import MakeUser, User

from player import theme
from player.actions import VIEW_KEYS, entries
from player.settings import Settings
from player.widgets.export_dialog import ExportDialog
from player.widgets.facts_dialog import FactsDialog
from player.widgets.keys_dialog import KeysDialog
from player.widgets.settings_dialog import SettingsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

W = TypeVar("W", bound=QWidget)
DIALOGS = {
    "keys": KeysDialog,
    "settings": SettingsDialog,
    "about": FactsDialog,
    "episode_info": FactsDialog,
    "export": ExportDialog,
}


def texts(dialog: QDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def table(dialog: QDialog) -> QTableWidget:
    return dialog.findChildren(QTableWidget)[0]


def cell(rows: QTableWidget, row: int, column: int) -> str:
    item = rows.item(row, column)
    return item.text() if item else ""  # A heading has one cell.


def row_of(dialog: QDialog, text: str) -> int:
    rows = table(dialog)
    return next(number for number in range(rows.rowCount()) if cell(rows, number, 0) == text)


def change_key(dialog: KeysDialog, text: str, key: str) -> None:
    """Choose a row, press the key, and use it."""
    table(dialog).selectRow(row_of(dialog, text))
    edit = dialog.findChildren(QKeySequenceEdit)[0]
    edit.setFocus()
    combination = QKeySequence(key)[0]  # type: ignore[index]
    QTest.keyClick(edit, combination.key(), combination.keyboardModifiers())
    QApplication.processEvents()
    dialog._set.click()


# Every one of them


@pytest.mark.parametrize("name", DIALOGS)
def test_it_opens_closes_with_escape_and_leaves_nothing_behind(reader: User, name: str) -> None:
    def do(dialog: QDialog) -> None:
        assert dialog.windowTitle()
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()

    reader.in_dialog(reader.app.actions[name].trigger, DIALOGS[name], do)
    reader.drop_deleted()
    assert reader.window.findChildren(QDialog) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_in_it_has_an_accessible_name_and_tab_reaches_it(reader: User, name: str) -> None:
    kinds = (QAbstractButton, QLineEdit, QSpinBox, QComboBox, QAbstractItemView, QPlainTextEdit, QKeySequenceEdit)

    def do(dialog: QDialog) -> None:
        shown = [each for each in dialog.findChildren(QWidget) if isinstance(each, kinds) and each.isVisible()]
        inner = {each for other in shown for each in other.findChildren(QWidget)}
        controls = [each for each in shown if each not in inner and not isinstance(each, QScrollBar)]
        assert controls
        for control in controls:
            told = QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)
            assert told.strip(), (type(control).__name__, control.objectName())
        reached = set()
        for _ in range(2 * len(controls) + 5):
            focus = QApplication.focusWidget()
            assert focus is not None
            reached.add(focus)
            QTest.keyClick(focus, Qt.Key.Key_Tab)
        for control in controls:
            if control.isEnabled() and control.focusPolicy() & Qt.FocusPolicy.TabFocus:
                proxies = {control, control.focusProxy(), *control.findChildren(QWidget)}
                assert proxies & reached, (type(control).__name__, control.accessibleName())

    reader.in_dialog(reader.app.actions[name].trigger, DIALOGS[name], do)


@pytest.mark.parametrize("name", DIALOGS)
def test_it_fits_a_small_screen(reader: User, name: str) -> None:
    def do(dialog: QDialog) -> None:
        assert dialog.width() <= 900
        assert dialog.height() <= 640

    reader.in_dialog(reader.app.actions[name].trigger, DIALOGS[name], do)


# Keys


@pytest.mark.parametrize("key", ["F1", "?"])
def test_f1_and_the_question_mark_list_all_keys(reader: User, key: str) -> None:
    def do(dialog: KeysDialog) -> None:
        rows = table(dialog)
        listed = {cell(rows, number, 0): cell(rows, number, 1) for number in range(rows.rowCount())}
        for entry in entries():
            told = listed[entry.text]
            for wanted in entry.keys:
                assert QKeySequence(wanted).toString(QKeySequence.SequenceFormat.NativeText) in told
        for keys, text in VIEW_KEYS:
            assert listed[text] == keys

    reader.in_dialog(lambda: reader.press(key), KeysDialog, do)


def test_keys_are_filtered_by_word_and_by_key(reader: User) -> None:
    def do(dialog: KeysDialog) -> None:
        field = dialog.findChildren(QLineEdit)[0]
        field.setText("chapter")
        names = {cell(table(dialog), number, 0) for number in range(table(dialog).rowCount())}
        headings = {"Play", "Clip"}
        assert names == headings | {"Previous chapter", "Next chapter", "Keep this chapter as clip"}
        field.setText("ctrl+g")
        assert table(dialog).rowCount() == 2
        field.setText("no such thing")
        assert table(dialog).rowCount() == 0
        assert not dialog._set.isEnabled()

    reader.in_dialog(lambda: reader.press("F1"), KeysDialog, do)


def test_a_key_can_be_changed_works_at_once_and_is_kept(reader: User, make_user: MakeUser) -> None:
    reader.in_dialog(lambda: reader.press("F1"), KeysDialog, lambda dialog: change_key(dialog, "Mute", "Ctrl+Shift+U"))
    reader.press("M")
    assert not reader.playback.muted
    reader.press("Ctrl+Shift+U")
    assert reader.playback.muted
    assert "Ctrl+Shift+U" in reader.app.actions["mute"].toolTip()
    assert "Ctrl+Shift+U" in reader.window.transport.buttons["mute"].toolTip()
    reader.window.close()
    again = make_user(Settings(shortcuts=reader.saved[-1].shortcuts))
    again.press("Ctrl+Shift+U")
    assert again.playback.muted


def test_the_new_key_is_seen_in_the_list(reader: User) -> None:
    def do(dialog: KeysDialog) -> None:
        change_key(dialog, "Next cue", "Ctrl+J")
        assert cell(table(dialog), row_of(dialog, "Next cue"), 1) == "Ctrl+J"

    reader.in_dialog(lambda: reader.press("F1"), KeysDialog, do)


@pytest.mark.parametrize("taken", ["Space", "Ctrl+F", "F10", "Up", "Ctrl+Right", "Return"])
def test_a_key_that_is_taken_is_not_given_twice(reader: User, taken: str) -> None:
    def do(dialog: KeysDialog) -> None:
        change_key(dialog, "Mute", taken)
        assert "taken" in texts(dialog)
        assert cell(table(dialog), row_of(dialog, "Mute"), 1) == "M"

    reader.in_dialog(lambda: reader.press("F1"), KeysDialog, do)
    reader.press("M")
    assert reader.playback.muted


def test_pressing_the_button_without_a_key_takes_none_away(reader: User) -> None:
    def do(dialog: KeysDialog) -> None:
        table(dialog).selectRow(row_of(dialog, "Mute"))
        if dialog._set.isEnabled():
            dialog._set.click()

    reader.in_dialog(lambda: reader.press("F1"), KeysDialog, do)
    reader.press("M")
    assert reader.playback.muted


def test_all_keys_can_be_put_back(reader: User) -> None:
    def do(dialog: KeysDialog) -> None:
        change_key(dialog, "Mute", "Ctrl+Shift+U")
        change_key(dialog, "Next cue", "Ctrl+J")
        next(button for button in dialog.findChildren(QAbstractButton) if button.text() == "All as they were").click()
        assert cell(table(dialog), row_of(dialog, "Mute"), 1) == "M"

    reader.in_dialog(lambda: reader.press("F1"), KeysDialog, do)
    assert reader.app.settings.shortcuts == {}
    reader.press("M")
    assert reader.playback.muted


def test_changing_keys_with_the_keyboard_alone(reader: User) -> None:
    def do(dialog: KeysDialog) -> None:
        rows = table(dialog)
        rows.setFocus()
        rows.setCurrentCell(row_of(dialog, "Mute"), 0)
        edit = dialog.findChildren(QKeySequenceEdit)[0]
        assert edit.isEnabled()

    reader.in_dialog(lambda: reader.press("F1"), KeysDialog, do)


# Settings


def setting(dialog: SettingsDialog, kind: type[W], name: str) -> W:
    """The control of a setting."""
    found = dialog.findChild(kind, name)
    assert found is not None
    return found


def test_the_look_is_changed_at_once(reader: User) -> None:
    def do(dialog: SettingsDialog) -> None:
        box = setting(dialog, QComboBox, "theme")
        box.setCurrentIndex(box.findData("dark"))
        setting(dialog, QCheckBox, "high_contrast").setChecked(True)
        size = setting(dialog, QComboBox, "text_scale")
        size.setCurrentIndex(size.findData(1.6))

    before = reader.view.document().size().height()
    reader.in_dialog(lambda: reader.press("Ctrl+,"), SettingsDialog, do)
    assert reader.app.theme == theme.themed(dark=True, high_contrast=True)
    assert reader.app.actions["theme_dark"].isChecked()
    assert reader.app.actions["high_contrast"].isChecked()
    assert reader.view.document().size().height() > before


@pytest.mark.parametrize("row", range(5))
def test_no_word_of_the_settings_is_cut_off(reader: User, row: int) -> None:
    def do(dialog: SettingsDialog) -> None:
        dialog.findChildren(QListWidget)[0].setCurrentRow(row)
        QApplication.processEvents()
        labels = [each for each in dialog.findChildren(QLabel) if each.isVisible()]
        assert labels
        for label in labels:
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()

    reader.in_dialog(lambda: reader.press("Ctrl+,"), SettingsDialog, do)


def test_settings_take_effect_at_once_and_are_kept(reader: User) -> None:
    def do(dialog: SettingsDialog) -> None:
        setting(dialog, QCheckBox, "play_on_hit").setChecked(False)
        setting(dialog, QSpinBox, "resume_rewind_ms").setValue(3000)

    reader.in_dialog(lambda: reader.press("Ctrl+,"), SettingsDialog, do)
    assert reader.app.settings.play_on_hit is False
    assert reader.app.settings.resume_rewind_ms == 3000
    reader.press("Space")
    reader.advance(10_000)
    reader.press("Space", "Space")
    assert reader.position_ms == pytest.approx(7000, abs=60)
    reader.window.close()
    assert reader.saved[-1].resume_rewind_ms == 3000


def test_the_offset_of_the_words_is_used_at_once(reader: User) -> None:
    def do(dialog: SettingsDialog) -> None:
        setting(dialog, QSpinBox, "sync_offset_ms").setValue(200)

    reader.in_dialog(lambda: reader.press("Ctrl+,"), SettingsDialog, do)
    assert reader.playback.sync_offset_ms == 200


def test_settings_show_what_was_chosen(make_user: MakeUser) -> None:
    user = make_user(Settings(hit_lead_in_ms=700, clip_keep_times=True, engine="qt"))

    def do(dialog: SettingsDialog) -> None:
        assert setting(dialog, QSpinBox, "hit_lead_in_ms").value() == 700
        assert setting(dialog, QCheckBox, "clip_keep_times").isChecked()
        assert setting(dialog, QComboBox, "engine").currentText() == "Qt Multimedia"

    user.in_dialog(lambda: user.press("Ctrl+,"), SettingsDialog, do)


def test_the_chosen_air_around_a_clip_is_seen_on_the_timeline_at_once(reader: User) -> None:
    reader.drag_words(20, 22)
    before = reader.window.seek_bar.marks.range

    def do(dialog: SettingsDialog) -> None:
        setting(dialog, QSpinBox, "clip_pad_ms").setValue(1000)

    reader.in_dialog(lambda: reader.press("Ctrl+,"), SettingsDialog, do)
    assert before == (word_ms(20) - 150, word_ms(23) + 150)
    assert reader.window.seek_bar.marks.range == (word_ms(20) - 1000, word_ms(23) + 1000)


# Facts


def test_about_says_which_engine_plays_and_how_to_get_another(reader: User) -> None:
    def do(dialog: FactsDialog) -> None:
        assert "Silent" in texts(dialog)
        assert "General Public License" in texts(dialog)
        assert "WebVTT" in texts(dialog)

    reader.in_dialog(reader.app.actions["about"].trigger, FactsDialog, do)


def test_about_this_episode_tells_how_its_words_are_timed(reader: User, talk_files: tuple[Path, Path]) -> None:
    def do(dialog: FactsDialog) -> None:
        told = texts(dialog)
        for fact in ("talk", "768", "96", "Anna, Ben", "100 % exact", "4:30", str(talk_files[1])):
            assert fact in told, fact
        path = next(label for label in dialog.findChildren(QLabel) if label.text() == str(talk_files[1]))
        assert path.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse

    reader.in_dialog(lambda: reader.press("Ctrl+I"), FactsDialog, do)


# Export


def test_the_export_window_shows_what_will_be_written(reader: User) -> None:
    def do(dialog: ExportDialog) -> None:
        preview = dialog.findChildren(QPlainTextEdit)[0]
        assert preview.isReadOnly()
        text = preview.toPlainText()
        assert text.startswith("WEBVTT")
        assert "<v Anna>" in text
        boxes = {box.text(): box for box in dialog.findChildren(QCheckBox)}
        boxes["Name the speakers"].setChecked(False)
        assert "<v" not in preview.toPlainText()
        boxes["WebVTT  (.vtt)"].setChecked(False)
        boxes["Plain text  (.txt)"].setChecked(True)
        assert not preview.toPlainText().startswith("WEBVTT")
        assert dialog.findChildren(QDialogButtonBox)

    reader.drag_words(20, 30)
    reader.in_dialog(lambda: reader.press("Ctrl+E"), ExportDialog, do)


def test_enter_in_the_title_saves(reader: User) -> None:
    def do(dialog: ExportDialog) -> None:
        dialog.title.setFocus()
        QTest.keyClick(dialog.title, Qt.Key.Key_Return)
        assert dialog.result() == QDialog.DialogCode.Accepted
        assert not dialog.isVisible()

    reader.drag_words(20, 30)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFileDialog, "getSaveFileName", lambda *args: ("", ""))
        reader.in_dialog(lambda: reader.press("Ctrl+E"), ExportDialog, do)


def test_keys_of_the_window_rest_while_a_dialog_is_open(reader: User) -> None:
    def do(dialog: ExportDialog) -> None:
        dialog.title.setFocus()
        dialog.title.clear()
        QTest.keyClicks(dialog.title, "m k c")
        assert dialog.title.text() == "m k c"

    reader.drag_words(20, 30)
    reader.in_dialog(lambda: reader.press("Ctrl+E"), ExportDialog, do)
    assert not reader.playback.muted
    assert not reader.playback.is_playing
    assert not reader.keeping.clips
