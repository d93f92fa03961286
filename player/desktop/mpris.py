"""Earmark as a player on the session bus of Linux: MPRIS 2.2, which media keys, lock screens and headsets speak."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import ClassInfo, Property, QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtDBus import QDBusAbstractAdaptor, QDBusConnection, QDBusMessage, QDBusObjectPath

from player.audio.engine import EngineState
from player.audio.levels import RATE_MAX, RATE_MIN
from player.audio.playback import Playback

_PATH = "/org/mpris/MediaPlayer2"
_ROOT = "org.mpris.MediaPlayer2"
_PLAYER = f"{_ROOT}.Player"
_NAME = f"{_ROOT}.earmark"
_NO_TRACK = f"{_PATH}/TrackList/NoTrack"
_US = 1000  # Microseconds, in which MPRIS counts, to a ms.
# Types of the bus that Python has no class for; PySide's stubs know neither these names nor how ClassInfo is called.
_INT64: Any = "qlonglong"
_TEXTS: Any = "QStringList"
_MAP: Any = "QVariantMap"
_interface: Any = ClassInfo


class Mpris(QObject):
    """Tells the bus what is played, and this app what the bus wishes."""

    raise_requested = Signal()
    quit_requested = Signal()
    link_requested = Signal(str)
    play_requested = Signal(bool)  # Whether to play, or to pause.
    go_requested = Signal(int)  # To a position in ms.
    step_requested = Signal(int)  # By so many ms.
    chapter_requested = Signal(int)  # The next one (1), or the one before (-1).

    def __init__(self, playback: Playback, bus: QDBusConnection, parent: QObject) -> None:
        super().__init__(parent)
        self.playback = playback
        self.track = QDBusObjectPath(_NO_TRACK)
        self.facts: dict[str, Any] = {}
        self._cover: dict[str, Any] = {}
        self.has_chapters = False
        self._player = _Player(self)
        _Root(self)
        self._known: dict[str, Any] = {}
        self._publish_soon = QTimer(self)
        self._publish_soon.setSingleShot(True)
        self._publish_soon.setInterval(0)
        self._publish_soon.timeout.connect(self._publish)
        self._bus = bus
        self._name = ""
        for change in (
            playback.state_changed,
            playback.rate_changed,
            playback.volume_changed,
            playback.duration_changed,
        ):
            change.connect(lambda *_: self._publish_soon.start())
        playback.seeked.connect(lambda _, to_ms: self._player.Seeked.emit(to_ms * _US))

    def start(self) -> bool:
        """Be found on the bus; False where there is none, or it will not have us."""
        if not self._bus.isConnected() or not self._bus.registerObject(_PATH, self):
            return False
        for name in (_NAME, f"{_NAME}.instance{os.getpid()}"):  # The Earmark of another library has the first.
            if self._bus.registerService(name):
                self._name = name
                self._known = self._player.told()
                return True
        return False

    def close(self) -> None:
        """Be found no longer."""
        if self._name:
            self._bus.unregisterService(self._name)
            self._bus.unregisterObject(_PATH)
            self._name = ""

    def show_episode(self, number: int | None, title: str, show: str, *, chapters: bool) -> None:
        """Say which episode is open, by its number in the library; None where none is."""
        path = _NO_TRACK if number is None else f"/earmark/episode/{number}"
        if path != self.track.path():  # It is only like itself.
            self.track = QDBusObjectPath(path)
            self._cover = {}
        texts = {"xesam:title": title, "xesam:album": show, "xesam:artist": [show] if show else []}
        self.facts = {} if number is None else {name: text for name, text in texts.items() if text}
        self.has_chapters = chapters
        self._publish_soon.start()

    def show_cover(self, picture: Path | None) -> None:
        """Say which file has the picture of the open episode; None where there is none."""
        url = QUrl.fromLocalFile(str(picture)) if picture else QUrl()
        self._cover = {"mpris:artUrl": bytes(url.toEncoded().data()).decode()} if picture else {}
        self._publish_soon.start()

    def about(self) -> dict[str, Any]:
        """What is known of the episode, by the names of MPRIS."""
        return {"mpris:trackid": self.track, **self.facts, **(self._cover if self.facts else {})}

    def _publish(self) -> None:
        """Tell all that has changed since it was told last."""
        now = self._player.told()
        changed = {name: value for name, value in now.items() if value != self._known.get(name)}
        self._known = now
        if changed and self._name:
            signal = QDBusMessage.createSignal(_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged")
            signal.setArguments([_PLAYER, changed, []])
            self._bus.send(signal)


def start(playback: Playback, parent: QObject) -> Mpris | None:
    """A player on the bus, or None where this system has none; asks no program to start one."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if sys.platform in ("win32", "darwin"):
        return None
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and not (runtime and Path(runtime, "bus").exists()):
        return None
    made = Mpris(playback, QDBusConnection.sessionBus(), parent)
    if made.start():
        return made
    made.deleteLater()
    return None


def _always(answer: object) -> Callable[[object], object]:
    return lambda _: answer


@_interface({"D-Bus Interface": _ROOT})
class _Root(QDBusAbstractAdaptor):
    """The program as such. Names and types are those of MPRIS."""

    Identity = Property(str, _always("Earmark"))
    DesktopEntry = Property(str, _always("earmark"))
    CanQuit = Property(bool, _always(True))
    CanRaise = Property(bool, _always(True))
    HasTrackList = Property(bool, _always(False))
    SupportedUriSchemes = Property(_TEXTS, _always(["earmark"]))
    SupportedMimeTypes = Property(_TEXTS, _always([]))

    def __init__(self, mpris: Mpris) -> None:
        super().__init__(mpris)
        self._mpris = mpris

    @Slot()
    def Raise(self) -> None:
        self._mpris.raise_requested.emit()

    @Slot()
    def Quit(self) -> None:
        QTimer.singleShot(0, self._mpris.quit_requested.emit)  # The bus gets its answer first.


@_interface({"D-Bus Interface": _PLAYER})
class _Player(QDBusAbstractAdaptor):
    """What it plays. Names and types are those of MPRIS."""

    Seeked = Signal(_INT64)

    def __init__(self, mpris: Mpris) -> None:
        super().__init__(mpris)
        self._mpris = mpris
        self._playback = mpris.playback

    def told(self) -> dict[str, Any]:
        """The properties whose changes are announced."""
        names = ("PlaybackStatus", "Rate", "Volume", "Metadata", "CanPlay", "CanPause", "CanSeek")
        return {name: getattr(self, name) for name in (*names, "CanGoNext", "CanGoPrevious")}

    def _status(self) -> str:
        names = {EngineState.PLAYING: "Playing", EngineState.PAUSED: "Paused"}
        return names.get(self._playback.state, "Stopped")

    def _metadata(self) -> dict[str, Any]:
        about = self._mpris.about()
        if self._playback.duration_ms:
            # Python cannot say that a number below 2^31, here 36 minutes, has 64 bits all the same.
            about["mpris:length"] = self._playback.duration_ms * _US
        return about

    def _is_open(self) -> bool:
        return self._mpris.track.path() != _NO_TRACK

    def _has_chapters(self) -> bool:
        return self._mpris.has_chapters

    PlaybackStatus = Property(str, _status)
    Metadata = Property(_MAP, _metadata)
    Position = Property(_INT64, lambda self: self._playback.position_ms * _US)
    Rate = Property(float, lambda self: self._playback.rate, lambda self, rate: self._set_rate(rate))
    Volume = Property(float, lambda self: self._playback.volume / 100, lambda self, volume: self._set_volume(volume))
    MinimumRate = Property(float, _always(RATE_MIN))
    MaximumRate = Property(float, _always(RATE_MAX))
    CanGoNext = Property(bool, _has_chapters)
    CanGoPrevious = Property(bool, _has_chapters)
    CanPlay = Property(bool, _is_open)
    CanPause = Property(bool, _is_open)
    CanSeek = Property(bool, _is_open)
    CanControl = Property(bool, _always(True))

    def _set_rate(self, rate: float) -> None:
        if rate > 0:
            self._playback.set_rate(rate)
        else:  # As MPRIS has it.
            self._mpris.play_requested.emit(False)

    def _set_volume(self, volume: float) -> None:
        self._playback.set_volume(round(max(0.0, min(1.0, volume)) * 100))

    @Slot()
    def Play(self) -> None:
        self._mpris.play_requested.emit(True)

    @Slot()
    def Pause(self) -> None:
        self._mpris.play_requested.emit(False)

    @Slot()
    def Stop(self) -> None:
        self._mpris.play_requested.emit(False)

    @Slot()
    def PlayPause(self) -> None:
        self._mpris.play_requested.emit(not self._playback.is_playing)

    @Slot()
    def Next(self) -> None:
        self._mpris.chapter_requested.emit(1)

    @Slot()
    def Previous(self) -> None:
        self._mpris.chapter_requested.emit(-1)

    @Slot(_INT64)
    def Seek(self, offset_us: int) -> None:
        self._mpris.step_requested.emit(_ms(offset_us))

    @Slot(QDBusObjectPath, _INT64)
    def SetPosition(self, track: QDBusObjectPath, position_us: int) -> None:
        # Late or beyond the end it means nothing (MPRIS 2.2).
        if track.path() == self._mpris.track.path() and 0 <= position_us <= self._playback.duration_ms * _US:
            self._mpris.go_requested.emit(_ms(position_us))

    @Slot(str)
    def OpenUri(self, uri: str) -> None:
        self._mpris.link_requested.emit(uri)


def _ms(microseconds: int) -> int:
    """In ms, within what a signal can carry."""
    return max(-(1 << 31), min((1 << 31) - 1, round(microseconds / _US)))
