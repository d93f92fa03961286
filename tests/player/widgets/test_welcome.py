"""The way in: what it offers to a newcomer, and to somebody with a library."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from talk import write_talk
from user import MakeUser, User


def seen(user: User) -> list[str]:
    return [button.text() for button in user.window.welcome.findChildren(QPushButton) if button.isVisible()]


def test_a_newcomer_is_offered_the_ways_in(user: User) -> None:
    assert seen(user) == ["Open", "Add folder…", "Try the demo"]
    assert user.focus in user.window.welcome.findChildren(QPushButton)


def test_the_last_episode_is_gone_on_with(make_user: MakeUser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.parts.data_folder", lambda: tmp_path / "data")
    before = make_user(use_library_file=True)
    for name in ("first", "R & D"):
        before.open(*write_talk(tmp_path, name))
    before.window.close()
    user = make_user(use_library_file=True)
    assert seen(user)[0] == "Go on listening"
    assert "“R & D”" in user.window.welcome._text.text()
    user.press("Return")
    user.settle()
    assert user.session.episode is not None
    assert user.session.episode.title == "R & D"
