"""Somebody who presses, clicks, drags and opens at random: nothing may fail, whatever the order.

A short walk here; `make soak` takes a long one (EARMARK_SOAK_STEPS steps for each of more seeds).
"""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox
from user import MakeUser, User

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

_STEPS = int(os.environ.get("EARMARK_SOAK_STEPS", "120"))
_SEEDS = range(12 if "EARMARK_SOAK_STEPS" in os.environ else 2)
_LEFT, _PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_LEFT_OUT = ("quit", "full_screen")
_QUERIES = ("the", "lantern", "silver fox", "zzz", "", "e", "“", "*", "\\", "今", "a" * 400)


def _press_any(user: User, chance: Random) -> None:
    actions = [action for action in user.app.actions.all() if action.objectName() not in _LEFT_OUT]
    action = chance.choice(actions)
    if action.isEnabled():
        action.trigger()


def _click_or_drag(user: User, chance: Random) -> None:
    viewport = user.view.viewport()
    start, end = (QPoint(chance.randrange(viewport.width()), chance.randrange(viewport.height())) for _ in range(2))
    QTest.mousePress(viewport, _LEFT, _PLAIN, start)
    if chance.random() < 0.5:
        QTest.mouseMove(viewport, end)
        QTest.mouseRelease(viewport, _LEFT, _PLAIN, end)
    else:
        QTest.mouseRelease(viewport, _LEFT, _PLAIN, start)


def _click_timeline(user: User, chance: Random) -> None:
    bar = user.window.seek_bar
    QTest.mouseClick(bar, _LEFT, _PLAIN, QPoint(chance.randrange(bar.width()), 30))


def _search(user: User, chance: Random) -> None:
    user.window.find_field.setText(chance.choice(_QUERIES))
    user.finding.find(user.window.find_field.text())


def _type_on_the_page(user: User, chance: Random) -> None:
    key = chance.choice((Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Right))
    modifiers = chance.choice((_PLAIN, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier))
    QTest.keyClick(user.view, key, modifiers)


def _resize(user: User, chance: Random) -> None:
    user.window.resize(chance.randrange(560, 1500), chance.randrange(420, 950))


def _use_the_lists(user: User, chance: Random) -> None:
    clips, episodes = user.window.side.clips_panel.rows.values(), user.window.library.episodes()
    if clips and chance.random() < 0.5:
        user.window.side.clips_panel.clips_removed.emit([chance.choice(clips)])
    elif episodes:
        user.window.library.episode_requested.emit(chance.choice(episodes))


def _let_time_pass(user: User, chance: Random) -> None:
    user.advance(chance.choice((50, 400, 3000)))


@pytest.mark.parametrize("seed", _SEEDS)
def test_nothing_fails_whatever_is_done(
    seed: int,
    make_user: MakeUser,
    talk_files: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = Random(seed)
    damaged = tmp_path / "damaged.mp3"
    damaged.write_bytes(b"no sound at all")
    short = tmp_path / "short.vtt"
    short.write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nOne word\n", "utf-8")
    choices = [*talk_files, damaged, short, tmp_path / "missing.vtt", tmp_path]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([str(chance.choice(choices))], ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(chance.choice(choices)), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    done = (QDialog.DialogCode.Accepted, QDialog.DialogCode.Rejected)
    monkeypatch.setattr(QDialog, "exec", lambda dialog: chance.choice(done))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: QMessageBox.StandardButton.Cancel)
    answers = (("1:00", True), ("0:20", False))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: chance.choice(answers))
    user = make_user()
    user.open(*talk_files)
    deeds: list[Callable[[User, Random], None]] = [
        *[_press_any] * 6, *[_click_or_drag] * 3, _click_timeline, _search, _type_on_the_page, _resize,
        _use_the_lists, _let_time_pass,
    ]  # fmt: skip
    for _ in range(_STEPS):
        chance.choice(deeds)(user, chance)
        if chance.random() < 0.3:
            user.pump()
    user.settle()
    assert user.window.isVisible()
