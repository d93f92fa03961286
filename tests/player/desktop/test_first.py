import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from player.desktop.first import First, Wish, hand_over, name_for

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def first(qapp, tmp_path):
    first = First(name_for(tmp_path), qapp)
    yield first
    first.close()
    first.deleteLater()


_SECOND = """
import sys
from pathlib import Path
from player.desktop.first import Wish, hand_over
name, demo, link, *paths = sys.argv[1:]
sys.exit(0 if hand_over(name, Wish(tuple(Path(path) for path in paths), link, bool(demo))) else 1)
"""


def second(qtbot: QtBot, name: str, *paths: Path, link: str = "", demo: bool = False, folder: Path = ROOT) -> bool:
    """Another Earmark, in a process of its own; whether its wish was heard."""
    arguments = [sys.executable, "-c", _SECOND, name, "1" if demo else "", link, *map(str, paths)]
    process = subprocess.Popen(arguments, cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT)})
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
    return process.returncode == 0


def test_nobody_is_there(qapp, tmp_path):
    assert not hand_over(name_for(tmp_path / "nobody"), Wish())


@pytest.mark.parametrize(
    ("paths", "link", "demo"),
    [
        (("a b.mp3", "ü\n.vtt"), "", False),
        ((), "earmark:episode?title=A%20b#t=1", False),
        ((), "", True),
        ((), "", False),
    ],
)
def test_the_first_hears_what_the_second_is_to_open(qtbot: QtBot, first, tmp_path, paths, link, demo):
    files = [tmp_path / name for name in paths]
    wishes = []
    first.wished.connect(wishes.append)
    assert second(qtbot, name_for(tmp_path), *files, link=link, demo=demo)
    assert wishes == [Wish(tuple(files), link, demo)]


def test_paths_are_made_whole_by_who_knows_where_it_stands(qtbot: QtBot, first, tmp_path):
    wishes = []
    first.wished.connect(wishes.append)
    assert second(qtbot, name_for(tmp_path), Path("talk.mp3"), folder=tmp_path)
    assert wishes[0].paths == (tmp_path / "talk.mp3",)


def test_nonsense_is_not_obeyed(qtbot: QtBot, first, tmp_path):
    wishes = []
    first.wished.connect(wishes.append)
    for nonsense in (b"hello\n", b"[]\n", b'{"paths": [], "link": 1, "demo": false}\n', b'{"paths": "x"}\n'):
        socket = QLocalSocket()
        socket.connectToServer(name_for(tmp_path))
        socket.write(nonsense)
        socket.flush()
        qtbot.waitUntil(lambda socket=socket: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert wishes == []


def test_another_library_is_another_earmark(tmp_path):
    assert name_for(tmp_path / "a") != name_for(tmp_path / "b")
