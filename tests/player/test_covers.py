"""Covers in the list of episodes: made in a thread, once; a list without any has no room for them."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QColor, QImage
from user import Listener, User

from index.library import Facts, Library
from player.covers import Covers
from player.tasks import Tasks

RED = QColor("#c02030")


def png(color: QColor) -> bytes:
    picture = QImage(60, 90, QImage.Format.Format_RGB32)
    picture.fill(color)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")
    return bytes(data.data())


def add(library: Library, name: str, cover: bytes | None) -> str:
    """Add an episode; gives what its cover is told by."""
    id = library.episodes.add(Path(f"/talks/{name}.mp3"), None, Facts(name, "Show", duration_ms=60_000, cover=cover))
    episode = library.episodes.get(id)
    assert episode is not None
    return episode.cover


def color_in_row(user: User, title: str) -> QColor:
    """Where the cover of an episode stands, near its corner: in its middle may be an initial."""
    panel = user.window.library
    box = panel.list.visualRect(user.episode_index(title))
    return panel.list.viewport().grab().toImage().pixelColor(box.left() + 18 + 6, box.top() + 11 + 6)


def test_an_episode_shows_its_cover_in_the_list(user: User) -> None:
    add(user.app.library, "red", png(RED))
    add(user.app.library, "plain", None)
    user.app.shelf.tell_edited()
    user.window.library.list.viewport().grab()
    user.settle()
    assert color_in_row(user, "red") == RED
    assert color_in_row(user, "plain") == QColor(user.app.theme.line)


def test_a_list_without_covers_keeps_no_room_for_them(user: User) -> None:
    add(user.app.library, "plain", None)
    user.app.shelf.tell_edited()
    user.settle()
    assert not user.window.library._delegate.covers
    assert color_in_row(user, "plain") != QColor(user.app.theme.line)


def test_a_cover_is_made_once_and_off_this_thread(user: User) -> None:
    library, tasks = Library(":memory:"), Tasks()
    red, broken = add(library, "red", png(RED)), add(library, "broken", b"\x89PNG\r\n\x1a\nbroken")
    covers = Covers(library, None, tasks, user.app)
    heard = Listener(covers.changed)
    assert covers.small(red, 20) is None
    assert covers.small(broken, 20) is None
    while len(heard.heard) < 2:
        tasks.wait()
        user.pump()
    made = covers.small(red, 20)
    assert made is not None
    assert (made.width(), made.height(), made.pixelColor(10, 10)) == (20, 20, RED)
    assert covers.small(broken, 20) is None
    user.pump()
    assert not tasks._waiting
    library.close()
