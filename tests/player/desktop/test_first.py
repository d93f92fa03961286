import threading
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from player.desktop.first import First, Wish, hand_over, name_for


@pytest.fixture
def first(qapp, tmp_path):
    first = First(name_for(tmp_path), qapp)
    yield first
    first.close()
    first.deleteLater()


def second(name: str, *paths: Path, demo: bool = False) -> tuple[threading.Thread, list[bool]]:
    """Another Earmark, in a thread of its own; what came of its wish."""
    answers: list[bool] = []
    thread = threading.Thread(target=lambda: answers.append(hand_over(name, paths, demo=demo)))
    thread.start()
    return thread, answers


def test_nobody_is_there(qapp, tmp_path):
    assert not hand_over(name_for(tmp_path / "nobody"), [])


@pytest.mark.parametrize(("paths", "demo"), [(("a b.mp3", "ü\n.vtt"), False), ((), True), ((), False)])
def test_the_first_hears_what_the_second_is_to_open(qtbot: QtBot, first, tmp_path, paths, demo):
    files = [tmp_path / name for name in paths]
    with qtbot.waitSignal(first.wished) as wished:
        thread, answers = second(name_for(tmp_path), *files, demo=demo)
    qtbot.waitUntil(lambda: answers == [True])
    thread.join(5)
    assert wished.args == [Wish(tuple(files), demo)]


def test_paths_are_made_whole_by_who_knows_where_it_stands(qtbot: QtBot, first, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with qtbot.waitSignal(first.wished) as wished:
        thread, answers = second(name_for(tmp_path), Path("talk.mp3"))
    qtbot.waitUntil(lambda: answers == [True])
    thread.join(5)
    assert wished.args[0].paths == (tmp_path / "talk.mp3",)


def test_nonsense_is_not_obeyed(qtbot: QtBot, first, tmp_path):
    wishes = []
    first.wished.connect(wishes.append)
    for nonsense in (b"hello\n", b"[]\n", b'{"paths": [1], "demo": false}\n', b'{"paths": "x"}\n'):
        socket = QLocalSocket()
        socket.connectToServer(name_for(tmp_path))
        socket.write(nonsense)
        socket.flush()
        qtbot.waitUntil(lambda socket=socket: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert wishes == []


def test_another_library_is_another_earmark(tmp_path):
    assert name_for(tmp_path / "a") != name_for(tmp_path / "b")
