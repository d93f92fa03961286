"""What the bus is told of the player, and what the player does when the bus wishes it, on a bus of our own."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusVariant
from PySide6.QtTest import QTest
from talk import word_ms
from user import User

from player.desktop import mpris
from player.desktop.mpris import Mpris

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="needs dbus-daemon")

PLAYER, ROOT = "org.mpris.MediaPlayer2.Player", "org.mpris.MediaPlayer2"


class Client:
    """A program on the same bus."""

    def __init__(self, bus: QDBusConnection, user: User) -> None:
        self._bus, self._user = bus, user

    def call(self, method: str, *arguments: Any, interface: str = PLAYER) -> list[Any]:
        message = QDBusMessage.createMethodCall(f"{ROOT}.earmark", "/org/mpris/MediaPlayer2", interface, method)
        message.setArguments(list(arguments))
        pending = self._bus.asyncCall(message)
        self._wait_until(pending.isFinished)
        assert not pending.isError(), pending.error().message()
        self._user.settle()
        return list(pending.reply().arguments())

    def _wait_until(self, done: Callable[[], bool]) -> None:
        for _ in range(2000):
            self._user.pump()
            if done():
                return
            time.sleep(0.002)
        raise AssertionError("the bus does not answer")

    def get(self, name: str, interface: str = PLAYER) -> Any:
        (value,) = self.call("Get", interface, name, interface="org.freedesktop.DBus.Properties")
        return value.variant() if isinstance(value, QDBusVariant) else value

    def set(self, name: str, value: object) -> None:
        self.call("Set", PLAYER, name, QDBusVariant(value), interface="org.freedesktop.DBus.Properties")


def on_bus(user: User) -> Mpris:
    found = user.app.show_desktop._mpris
    assert found is not None
    return found


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture
def client(reader: User, address: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    ours, theirs = (QDBusConnection.connectToBus(address, name) for name in ("earmark-test", "client-test"))

    def start(playback: Any, parent: Any) -> Mpris | None:
        made = Mpris(playback, ours, parent)
        return made if made.start() else None

    monkeypatch.setattr(mpris, "start", start)
    reader.app.show_desktop.speak()
    yield Client(theirs, reader)
    on_bus(reader).close()
    for name in ("earmark-test", "client-test"):
        QDBusConnection.disconnectFromBus(name)


def test_what_is_told(reader: User, client: Client) -> None:
    assert client.get("Identity", ROOT) == "Earmark"
    assert client.get("DesktopEntry", ROOT) == "earmark"
    assert client.get("PlaybackStatus") == "Paused"
    assert client.get("Metadata").currentSignature() == "a{sv}"
    about = on_bus(reader)._player.told()["Metadata"]
    assert about["xesam:title"] == "talk"
    assert about["mpris:length"] == reader.playback.duration_ms * 1000
    assert about["mpris:trackid"].path().startswith("/earmark/episode/")
    assert client.get("CanSeek") is True
    assert client.get("CanGoNext") is False


def test_the_cover_is_a_file_that_others_can_read(reader: User, client: Client, talk_files: tuple[Path, Path]) -> None:
    assert "mpris:artUrl" not in on_bus(reader)._player.told()["Metadata"]
    reader.session.open_demo()
    reader.settle()
    told = on_bus(reader)._player.told()["Metadata"]["mpris:artUrl"]
    assert told.startswith("file:///")
    assert Path(QUrl(told).toLocalFile()).read_bytes() == reader.session.episode.media.cover  # type: ignore[union-attr]
    reader.open(*talk_files)
    assert "mpris:artUrl" not in on_bus(reader)._player.told()["Metadata"]


def test_playing_and_going(reader: User, client: Client) -> None:
    client.call("PlayPause")
    assert reader.playback.is_playing
    assert client.get("PlaybackStatus") == "Playing"
    client.call("Play")
    assert reader.playback.is_playing
    client.call("Pause")
    assert not reader.playback.is_playing
    # What has 64 bits cannot be sent from Python; these are what the bus calls.
    player, track = on_bus(reader)._player, on_bus(reader).track
    player.SetPosition(track, word_ms(9) * 1000)
    assert reader.position_ms == word_ms(9)
    assert client.get("Position") == word_ms(9) * 1000
    for path, place_ms in ((track, 10**9), (QDBusObjectPath("/other"), 0)):
        player.SetPosition(path, place_ms * 1000)
        assert reader.position_ms == word_ms(9)
    player.Seek(-1_000_000)
    assert reader.position_ms == word_ms(9) - 1000
    player.Seek(-(1 << 60))
    assert reader.position_ms == 0


def test_speed_and_volume(reader: User, client: Client) -> None:
    client.set("Rate", 1.5)
    assert reader.playback.rate == 1.5
    client.set("Volume", 0.25)
    assert (reader.playback.volume, client.get("Volume")) == (25, 0.25)
    client.set("Volume", 7.0)
    assert reader.playback.volume == 100
    reader.playback.play()
    client.set("Rate", 0.0)
    assert (reader.playback.rate, reader.playback.is_playing) == (1.5, False)


def test_changes_are_announced_once_and_together(reader: User, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, Any]] = []
    found = on_bus(reader)
    bus = SimpleNamespace(send=lambda message: told.append(message.arguments()[1]))
    monkeypatch.setattr(found, "_bus", bus)
    reader.playback.set_rate(2.0)
    reader.playback.set_volume(40)
    reader.pump()
    reader.playback.set_rate(1.0)
    reader.playback.set_rate(2.0)
    reader.pump()
    assert told == [{"Rate": 2.0, "Volume": 0.4}]
    monkeypatch.undo()


def test_seeks_are_announced(reader: User, client: Client) -> None:
    heard: list[int] = []
    on_bus(reader)._player.Seeked.connect(heard.append)
    reader.app.session.go_to(5000)
    assert heard == [5_000_000]


def test_a_link_opens(reader: User, client: Client) -> None:
    client.call("OpenUri", "earmark:episode?title=talk#t=6,8")
    assert reader.position_ms == 6000
    client.call("OpenUri", "file:///etc/passwd")
    assert reader.position_ms == 6000


def test_it_quits(reader: User, client: Client) -> None:
    client.call("Quit", interface=ROOT)
    assert not reader.window.isVisible()


def test_without_a_bus_there_is_none(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    assert mpris.start(reader.playback, reader.app) is None
    reader.app.show_desktop.speak()
    for platform in ("win32", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        assert mpris.start(reader.playback, reader.app) is None


@pytest.mark.parametrize(
    ("key", "done"),
    [
        (Qt.Key.Key_MediaPlay, lambda user: user.playback.is_playing),
        (Qt.Key.Key_MediaTogglePlayPause, lambda user: user.playback.is_playing),
        (Qt.Key.Key_AudioForward, lambda user: user.position_ms == 5000),
    ],
)
def test_media_keys_of_the_window(reader: User, key: Qt.Key, done: Callable[[User], bool]) -> None:
    none = Qt.KeyboardModifier.NoModifier
    QTest.sendKeyEvent(QTest.KeyAction.Click, reader.window, key, "", none)
    reader.pump()
    assert done(reader)
