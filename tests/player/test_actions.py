"""The table of actions: all of it in the menus, wired, with keys that are told and never given twice."""

import json
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import SIGNAL, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton
from user import User

from player.actions import RESERVED_KEYS, TABLE, VIEW_KEYS, Actions, entries
from player.app import App
from player.settings import Settings

NATIVE = QKeySequence.SequenceFormat.NativeText


def menus(app: App) -> dict[str, list[QAction]]:
    """The actions of each menu behind the button, by its title."""
    menu = app.window.menu_button.menu()
    assert isinstance(menu, QMenu)
    return {part.text(): list(part.menu().actions()) for part in menu.actions()}  # type: ignore[attr-defined]


def test_every_action_stands_in_its_menu(app: App) -> None:
    found = menus(app)
    assert list(found) == [title for title, _ in TABLE]
    for title, rows in TABLE:
        names = [action.objectName() for action in found[title] if not action.isSeparator()]
        assert names == [entry.name for entry in rows if entry]


def test_names_and_texts_are_unique() -> None:
    for part in ("name", "text"):
        counts = Counter(getattr(entry, part) for entry in entries())
        assert [each for each, count in counts.items() if count > 1] == []


def test_every_action_has_a_key(app: App) -> None:
    assert [entry.name for entry in entries() if not app.actions[entry.name].shortcuts()] == []


def test_every_key_is_a_key(app: App) -> None:
    for entry in entries():
        for key in entry.keys:
            sequence = QKeySequence(key)
            assert sequence.count() == 1, (entry.name, key)
            assert sequence.toString(QKeySequence.SequenceFormat.PortableText), (entry.name, key)


def test_no_key_is_given_twice(app: App) -> None:
    keys = Counter(
        key.toString(QKeySequence.SequenceFormat.PortableText)
        for action in app.actions.all()
        for key in action.shortcuts()
    )
    assert [key for key, count in keys.items() if count > 1] == []
    assert [key for key in RESERVED_KEYS if QKeySequence(key).toString() in keys] == []


def test_every_tooltip_tells_the_keys(app: App) -> None:
    for entry in entries():
        action = app.actions[entry.name]
        assert entry.text.rstrip("…") in action.toolTip()
        for key in action.shortcuts():
            assert key.toString(NATIVE) in action.toolTip(), entry.name


def test_every_button_tells_the_keys_of_what_it_does(reader: User) -> None:
    for button in reader.window.findChildren(QToolButton):
        action = button.defaultAction()
        if action is not None:
            assert button.toolTip() == action.toolTip()
    buttons = {"play": reader.window.transport.buttons["play"], "back_to_now": reader.window.back_to_now}
    for name, told in buttons.items():
        reader.app.actions.set_keys(name, ["Ctrl+Alt+P"])
        assert "Ctrl+Alt+P" in told.toolTip(), name
    for name in ("slower", "faster", "rate_normal"):
        reader.app.actions.set_keys(name, [f"Ctrl+Alt+{name[0].upper()}"])
        assert f"Ctrl+Alt+{name[0].upper()}" in reader.window.transport.rate_button.toolTip()


@pytest.mark.parametrize("entry", list(entries()), ids=lambda entry: entry.name)
def test_every_action_does_something(app: App, entry: object) -> None:
    action: QObject = app.actions[entry.name]  # type: ignore[attr-defined]
    # Besides the menus and buttons that show it, somebody listens to it being triggered.
    lone = Actions({}, app)[entry.name]  # type: ignore[attr-defined]
    assert action.receivers(SIGNAL("triggered(bool)")) > lone.receivers(SIGNAL("triggered(bool)"))


def test_changed_keys_are_used(app: App) -> None:
    actions = Actions({"mute": ["Ctrl+Shift+U"], "play": []}, app)
    assert actions.keys("mute") == ["Ctrl+Shift+U"]
    assert actions.keys("play") == []
    assert actions["play"].toolTip() == "Play or pause"
    assert actions.keys("follow") == ["F"]


@pytest.mark.parametrize(
    "damage", [{"nobody": ["X"]}, {"mute": 5}, {"mute": [7, None]}, {"mute": "Space"}, {"mute": {}}]
)
def test_damaged_keys_in_the_settings_do_no_harm(app: App, tmp_path: Path, damage: dict[str, object]) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"shortcuts": damage}), "utf-8")
    actions = Actions(Settings.load(path).shortcuts, app)
    assert actions.keys("play") == ["Space", "K"]
    assert actions.keys("mute") == ["M"]


def test_a_key_knows_its_holder(app: App) -> None:
    assert app.actions.holder_of("Space") == "play"
    assert app.actions.holder_of("Space", but="play") is None
    assert app.actions.holder_of("Ctrl+Alt+Shift+F12") is None


def test_the_keys_of_the_view_are_all_reserved() -> None:
    told = {key.strip() for keys, _ in VIEW_KEYS for key in keys.split("/")}
    assert told <= set(RESERVED_KEYS)


def test_what_needs_an_episode_waits_for_one(user: User) -> None:
    for name in ("play", "back", "export", "find", "copy", "keep_clip", "episode_info", "undo_jump", "hear_selection"):
        assert not user.app.actions[name].isEnabled(), name
    for name in ("open", "open_demo", "quit", "settings", "keys", "about", "mute", "faster", "library_panel"):
        assert user.app.actions[name].isEnabled(), name
