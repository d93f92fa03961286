import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from player import theme
from player.models.import_rows import ImportRow
from player.widgets.import_sheet import ImportSheet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

ROWS = [
    ImportRow("a", "Tides", "a.mp3", "a.vtt", "WebVTT"),
    ImportRow("b", "Birds", "b.mp3", "b.json", "Whisper JSON", damage="â€” → —"),
    ImportRow("c", "Broken", transcript="c.vtt", refused="c.vtt holds no cue."),
    ImportRow("d", "Known", "d.mp3", known=True),
]


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def sheet(parent):
    sheet = ImportSheet(theme.LIGHT, parent, folder=True)
    sheet.show()
    return sheet


def button(sheet: ImportSheet) -> QPushButton:
    return next(each for each in sheet.findChildren(QPushButton) if "Add" in each.text())


def test_nothing_can_be_added_while_the_files_are_looked_at(sheet):
    sheet.show_progress(3, 10)
    assert not button(sheet).isEnabled()


def test_what_is_new_and_readable_is_ticked(sheet):
    sheet.show_rows(ROWS, ["x.pdf: no transcript and no sound"])
    assert sheet.choice().keys == {"a", "b"}
    assert button(sheet).text() == "Add 2 episodes"


def test_an_empty_sheet_says_why(sheet):
    sheet.show_rows([], ["x.pdf: no transcript and no sound"])
    told = [each.text() for each in sheet.findChildren(QLabel) if each.isVisible()]
    assert "x.pdf: no transcript and no sound" in told
    assert not button(sheet).isVisible()


def test_an_empty_folder_is_told(sheet):
    sheet.show_rows([], [])
    told = " ".join(each.text() for each in sheet.findChildren(QLabel) if each.isVisible())
    assert "Nothing to add" in told
    assert "No recording" in told


def test_space_and_a_click_on_the_tick_change_it(sheet):
    sheet.show_rows(ROWS, [])
    QTest.keyClick(sheet.list, Qt.Key.Key_Space)
    assert sheet.choice().keys == {"b"}
    place = sheet.list.visualRect(sheet.rows.index(3, 0))
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(sheet.list.viewport(), left, pos=place.topLeft() + QPoint(22, 20))
    assert sheet.choice().keys == {"b", "d"}
    QTest.mouseClick(sheet.list.viewport(), left, pos=place.topLeft() + QPoint(200, 20))
    assert sheet.choice().keys == {"b", "d"}


def test_what_cannot_be_read_cannot_be_ticked(sheet):
    sheet.show_rows(ROWS, [])
    sheet.list.setCurrentIndex(sheet.rows.index(2, 0))
    QTest.keyClick(sheet.list, Qt.Key.Key_Space)
    assert "c" not in sheet.choice().keys


def test_the_repair_of_letters_is_offered_and_can_be_declined(sheet):
    sheet.show_rows(ROWS, [])
    repair = next(box for box in sheet.findChildren(QCheckBox) if "Repair" in box.text() or box.isHidden())
    assert not repair.isVisible()
    assert sheet.choice().repaired == {"b"}
    sheet.list.setCurrentIndex(sheet.rows.index(1, 0))
    assert repair.isVisible()
    assert repair.isChecked()
    repair.click()
    assert sheet.choice().repaired == frozenset()
    sheet.list.setCurrentIndex(sheet.rows.index(0, 0))
    sheet.list.setCurrentIndex(sheet.rows.index(1, 0))
    assert not repair.isChecked()


def test_enter_adds_and_esc_does_not(sheet):
    sheet.show_rows(ROWS, [])
    QTest.keyClick(sheet.list, Qt.Key.Key_Return)
    assert sheet.result() == ImportSheet.DialogCode.Accepted


def test_esc_while_looking_gives_it_up(sheet, qtbot):
    with qtbot.waitSignal(sheet.cancelled):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert sheet.result() == ImportSheet.DialogCode.Rejected
