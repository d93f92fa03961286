"""Which engine plays: libVLC where it is found, else Qt Multimedia, else none."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from player.audio.engine import AudioEngine, EngineMissing, SilentEngine

HOW_TO_GET_VLC = (
    "To play through libVLC install VLC 3 (on Debian and Ubuntu the packages libvlc5 and vlc-plugin-base; on "
    "Windows and macOS VLC for the same processor as this program) and start again."
)
_ORDER: dict[str, tuple[str, ...]] = {"qt": ("qt", "vlc"), "silent": ()}


@dataclass(frozen=True)
class Choice:
    """The engine in use."""

    engine: AudioEngine
    name: str
    """What it is called, with its version."""
    note: str
    """Why it is not the one asked for and how to get that one, in plain sentences; empty if it is."""


def choose(preference: str = "auto", prepare: Callable[[Path], Path] | None = None) -> Choice:
    """Start the engine preferred, or the best there is. Never raises.

    Args:
        preference: "auto", "vlc", "qt" or "silent"; anything else counts as "auto".
        prepare: handed to Qt's engine, see there.
    """
    reasons = []
    for kind in _ORDER.get(preference, ("vlc", "qt")):
        try:
            engine = _vlc() if kind == "vlc" else _qt(prepare)
        except EngineMissing as error:
            reasons.append(str(error))
            if kind == "vlc":
                reasons.append(HOW_TO_GET_VLC)
        else:
            return Choice(engine, f"{engine.name} {engine.version}", " ".join(reasons))
    engine = SilentEngine()
    if preference != "silent":
        reasons.insert(0, "There is no sound: nothing here can play it, but reading, searching and exporting work.")
    return Choice(engine, engine.name, " ".join(reasons))


def warm_up() -> object:
    """Do in any thread what takes long when libVLC starts; keep what this gives until `choose` is done."""
    from player.audio import vlc_engine

    try:
        return vlc_engine.start(vlc_engine.ARGUMENTS)
    except EngineMissing as error:
        return error


def _vlc() -> AudioEngine:
    from player.audio.vlc_engine import VlcEngine

    try:
        return VlcEngine()
    except (OSError, RuntimeError) as error:
        raise EngineMissing(f"libVLC did not start ({error}).") from error


def _qt(prepare: Callable[[Path], Path] | None) -> AudioEngine:
    try:
        from player.audio.qt_engine import QtEngine
    except ImportError as error:
        raise EngineMissing(f"Qt Multimedia was not found ({error}).") from error
    try:
        return QtEngine(prepare)
    except RuntimeError as error:
        raise EngineMissing(f"Qt Multimedia did not start ({error}).") from error
