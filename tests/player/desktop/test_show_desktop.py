"""What is wished from outside the window is done in it: links are followed, and opened here if the user wants that."""

import sys
from pathlib import Path

import pytest
from talk import write_talk
from user import User

from player.desktop import registering
from player.desktop.first import Wish
from player.widgets.settings_dialog import SettingsDialog


@pytest.fixture
def outside(reader: User, monkeypatch: pytest.MonkeyPatch) -> User:
    """A user whose window stands on a platform without others that it could be raised over."""
    monkeypatch.setattr(reader.window, "raise_", lambda: None)
    return reader


def test_a_link_from_outside_leads_to_its_moment(outside: User) -> None:
    outside.app.show_desktop.fulfil(Wish(link="earmark:episode?title=talk#t=12,14"))
    outside.settle()
    assert outside.position_ms == 12_000
    assert outside.app.keeping.range


def test_a_link_to_what_is_not_here_says_so(outside: User) -> None:
    outside.app.show_desktop.fulfil(Wish(link="earmark:episode?title=%3Cb%3Eother#t=12"))
    assert outside.window.notice.text == "“<b>other” is not in the library; add its files first."
    assert outside.position_ms == 0


def test_an_open_dialog_is_answered_first(outside: User, tmp_path: Path) -> None:
    desktop, other = outside.app.show_desktop, write_talk(tmp_path, "other")

    def wish(dialog: SettingsDialog) -> None:
        desktop.fulfil(Wish(other))
        outside.settle()
        assert "talk" in outside.window.windowTitle()

    outside.in_dialog(lambda: outside.press("Ctrl+,"), SettingsDialog, wish)
    assert desktop._later.isActive()
    desktop._later.timeout.emit()
    outside.settle()
    assert "other" in outside.window.windowTitle()
    assert not desktop._later.isActive()


def test_the_menu_has_links_opened_here(reader: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform in ("win32", "darwin"):
        pytest.skip("desktops of freedesktop.org only")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    action = reader.app.actions["open_links"]
    action.setChecked(False)
    for wanted, told in ((True, "open in Earmark now"), (False, "no longer")):
        reader.press("Ctrl+Alt+N")
        reader.settle()
        assert told in reader.window.notice.text
        assert action.isChecked() is registering.is_installed() is wanted
    (tmp_path / "XDG_DATA_HOME").rmdir()
    (tmp_path / "XDG_DATA_HOME").write_text("in the way")
    reader.press("Ctrl+Alt+N")
    reader.settle()
    assert "cannot be" in reader.window.notice.text or "could not be" in reader.window.notice.text
    assert not action.isChecked()
