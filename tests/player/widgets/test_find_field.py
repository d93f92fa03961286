"""The box to find words in: when it tells, what its keys do, and what it says."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from user import Listener

from player.widgets.find_field import FindField


@pytest.fixture
def field(qtbot: QtBot, dressed: QApplication) -> FindField:
    made = FindField()
    qtbot.addWidget(made)
    made.resize(400, 32)
    made.show()
    return made


def test_it_waits_a_moment_after_the_last_key(field: FindField) -> None:
    told = Listener(field.query_changed)
    assert 150 <= field._timer.interval() <= 200
    assert field._timer.isSingleShot()
    for number, letter in enumerate("word"):
        QTest.keyClicks(field, letter)
        assert field._timer.isActive(), number
    assert told.heard == []
    field._timer.timeout.emit()
    assert told.heard == [("word",)]
    assert not field._timer.isActive()


def test_in_the_library_it_waits_less(field: FindField) -> None:
    field.set_scope(True)
    assert field._timer.interval() <= 50
    field.set_scope(False)
    assert field._timer.interval() >= 150


def test_each_key_begins_the_moment_anew(field: FindField, qtbot: QtBot) -> None:
    told = Listener(field.query_changed)
    field._timer.setInterval(5)
    QTest.keyClicks(field, "word")
    qtbot.waitUntil(lambda: bool(told.heard), timeout=2000)
    assert told.heard[-1] == ("word",)


def test_the_same_words_are_told_once(field: FindField) -> None:
    told = Listener(field.query_changed)
    QTest.keyClicks(field, "a")
    field._timer.timeout.emit()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "a")
    field._timer.timeout.emit()
    assert told.heard == [("a",)]


@pytest.mark.parametrize(
    ("key", "modifiers", "signal"),
    [
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "next_requested"),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, "next_requested"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier, "previous_requested"),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, "down_requested"),
        (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier, "closed"),
    ],
)
def test_its_own_keys(field: FindField, key: Qt.Key, modifiers: Qt.KeyboardModifier, signal: str) -> None:
    names = ("query_changed", "next_requested", "previous_requested", "down_requested", "closed")
    heard = {name: Listener(getattr(field, name)) for name in names}
    QTest.keyClicks(field, "word")
    QTest.keyClick(field, key, modifiers)
    assert len(heard.pop(signal).heard) == 1
    assert heard.pop("query_changed").heard == ([] if signal == "closed" else [("word",)]), "the words come first"
    assert [name for name, listener in heard.items() if listener.heard] == []


def test_the_words_are_told_before_the_step(field: FindField) -> None:
    order: list[str] = []
    field.query_changed.connect(lambda _: order.append("words"))
    field.next_requested.connect(lambda: order.append("step"))
    QTest.keyClicks(field, "word")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert order == ["words", "step"]


def test_escape_closes_before_the_words_are_gone(field: FindField) -> None:
    """Who listens returns to where the search began before its marks vanish."""
    order: list[str] = []
    QTest.keyClicks(field, "word")
    field._timer.timeout.emit()
    field.query_changed.connect(lambda words: order.append(f"words {words!r}"))
    field.closed.connect(lambda: order.append("closed"))
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert order == ["closed", "words ''"]
    assert field.text() == ""


@pytest.mark.parametrize(
    ("current", "total", "text"),
    [(None, None, ""), (None, 0, "Not found"), (None, 17, "17 found"), (2, 17, "3 of 17"), (0, 1, "1 of 1")],
)
def test_what_it_says(field: FindField, current: int | None, total: int | None, text: str) -> None:
    field.show_count(current, total)
    assert field.accessibleDescription() == text
    assert field._next.isVisible() == bool(total)
    assert field._previous.isVisible() == bool(total)


def test_what_is_typed_never_runs_under_the_count(field: FindField) -> None:
    field.show_count(1233, 5000)
    right = field.width() - field.textMargins().right()
    assert right <= field._count.x()
    assert field._count.geometry().right() <= field._previous.x()
    assert field._next.geometry().right() < field.width()
    field.resize(250, 32)
    assert field.width() - field.textMargins().right() <= field._count.x()


def test_a_page_of_text_is_cut(field: FindField) -> None:
    field.setText("x" * 100_000)
    assert len(field.text()) <= 1000
