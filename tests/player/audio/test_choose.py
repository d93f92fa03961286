"""The best engine there is gets chosen, the choice explains itself, and nothing is ever raised."""

import subprocess
import sys

import pytest

from player.audio import choose as choosing
from player.audio.choose import HOW_TO_GET_VLC, choose
from player.audio.engine import EngineMissing, SilentEngine


class Vlc(SilentEngine):
    name, version = "libVLC", "3.0.24"


class Qt(SilentEngine):
    name, version = "Qt Multimedia", "6.11.3"


def give(monkeypatch, vlc, qt):
    def maker(name, made):
        def make(*args):
            if isinstance(made, Exception):
                raise made
            return made()

        monkeypatch.setattr(choosing, name, make)

    maker("_vlc", vlc)
    maker("_qt", qt)


NO_VLC = EngineMissing("libVLC was not found.")
NO_QT = EngineMissing("Qt Multimedia was not found (no libpulse).")
VLC_NOTE = f"libVLC was not found. {HOW_TO_GET_VLC}"
NO_SOUND = "There is no sound: nothing here can play it, but reading, searching and exporting work. "


@pytest.mark.parametrize(
    ("preference", "vlc", "qt", "name", "note"),
    [
        ("auto", Vlc, Qt, "libVLC 3.0.24", ""),
        ("vlc", Vlc, Qt, "libVLC 3.0.24", ""),
        ("qt", Vlc, Qt, "Qt Multimedia 6.11.3", ""),
        ("silent", Vlc, Qt, "Silent", ""),
        ("what?", Vlc, Qt, "libVLC 3.0.24", ""),
        ("auto", NO_VLC, Qt, "Qt Multimedia 6.11.3", VLC_NOTE),
        ("vlc", NO_VLC, Qt, "Qt Multimedia 6.11.3", VLC_NOTE),
        ("qt", NO_VLC, Qt, "Qt Multimedia 6.11.3", ""),
        ("qt", Vlc, NO_QT, "libVLC 3.0.24", str(NO_QT)),
        ("auto", Vlc, NO_QT, "libVLC 3.0.24", ""),
        ("auto", NO_VLC, NO_QT, "Silent", f"{NO_SOUND}{VLC_NOTE} {NO_QT}"),
        ("qt", NO_VLC, NO_QT, "Silent", f"{NO_SOUND}{NO_QT} {VLC_NOTE}"),
    ],
)
def test_choice(monkeypatch, preference, vlc, qt, name, note):
    give(monkeypatch, vlc, qt)
    choice = choose(preference)
    assert (choice.name, choice.note) == (name, note)
    assert choice.name.startswith(choice.engine.name)


def test_nothing_is_raised_where_nothing_can_be_imported(monkeypatch):
    monkeypatch.setitem(sys.modules, "vlc", None)
    monkeypatch.setitem(sys.modules, "player.audio.qt_engine", None)
    choice = choose()
    assert choice.name == "Silent"
    assert "libVLC was not found." in choice.note


@pytest.mark.parametrize("preference", ["auto", "qt"])
def test_without_a_qt_application_qt_is_not_tried(preference):
    code = (
        "import sys\n"
        "sys.modules['vlc'] = None\n"
        "from player.audio.choose import choose\n"
        f"print(choose({preference!r}).name)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.stdout.strip(), run.stderr) == ("Silent", "")


def test_the_seam_loads_neither_qt_nor_vlc():
    code = (
        "import sys, player.audio.choose, player.audio.clock\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'vlc', 'av.'))])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "[]"
