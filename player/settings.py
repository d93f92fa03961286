"""What the user has chosen, typed, kept as JSON in the folder that the system has for settings."""

import json
import logging
import math
import os
import tempfile
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

import platformdirs

_log = logging.getLogger(__name__)


def data_folder() -> Path:
    """Where the library lives."""
    return Path(platformdirs.user_data_dir("earmark", appauthor=False))


def cache_folder() -> Path:
    """Where waveforms and other things live that can be made again."""
    return Path(platformdirs.user_cache_dir("earmark", appauthor=False))


TEXT_SCALES = (0.7, 0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.1, 2.5)
"""The sizes of the words that are read."""
WINDOW_SCALES = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
"""The sizes of everything in the window, on top of what the system asks for."""

# What a number may be; a file can say anything.
_BOUNDS: dict[str, tuple[float, float]] = {
    "rate": (0.5, 3.0),
    "volume": (0, 100),
    "sync_offset_ms": (-500, 500),
    "resume_rewind_ms": (0, 30_000),
    "hit_lead_in_ms": (0, 5000),
    "clip_pad_ms": (0, 5000),
    "clip_fade_ms": (0, 2000),
    "reel_between_ms": (0, 10_000),
    "text_scale": (0.5, 3.0),
    "window_scale": (1.0, 2.0),
}


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every choice, with its default. A value of the wrong type in the file counts as not chosen."""

    engine: str = "auto"  # auto, vlc, qt or silent
    rate: float = 1.0
    volume: int = 100
    muted: bool = False
    sync_offset_ms: int = 0  # Added to the position: for loudspeakers that sound late.
    resume_rewind_ms: int = 0  # How far playing again after a pause goes back.
    hit_lead_in_ms: int = 400  # How long before a found word playing begins.
    play_on_hit: bool = True  # Whether Enter on a result also plays.
    clip_pad_ms: int = 150
    clip_keep_times: bool = False
    clip_fade_ms: int = 8  # How long the sound of a clip takes to come in and to go out.
    export_pattern: str = "{n} {title}"  # How the files are named when many are written at once.
    reel_between_ms: int = 500  # How long the silence between the clips of a reel is, or the crossfade.
    reel_crossfade: bool = False
    captions_beside: bool = True  # Whether a sound or a film comes with a caption file of the same name.
    clip_snap: bool = True  # Whether an edge that is dragged comes to the nearest quiet point.
    note_colour: str = "green"  # The colour taken last.
    text_scale: float = 1.0
    window_scale: float = 1.0  # One of WINDOW_SCALES; known to Qt before there is a window.
    theme: str = "system"  # system, light or dark
    high_contrast: bool = False
    library_shown: bool = True
    search_forms: str = ""  # The language (`en`) whose word forms count as the word in a search of the library.
    library_order: str = "shows"  # One of player.models.library_rows.ORDERS.
    follow: bool = True
    align_by_itself: bool = True  # Whether the words of an opened episode are looked for in its sound,
    align_added: bool = True  # and those of all others of the library, one after the other.
    timings_shown: bool = False  # Whether words are told apart by how their times are known.
    last_folder: str = ""
    geometry: str = ""  # The window's place, as Qt packs it, in hexadecimal.
    shortcuts: dict[str, list[str]] = field(default_factory=dict)  # Changed keys, by the name of their action.

    @classmethod
    def path(cls) -> Path:
        """The settings file."""
        return Path(platformdirs.user_config_dir("earmark", appauthor=False)) / "settings.json"

    @classmethod
    def load(cls, path: Path | None = None) -> Self:
        """The user's choices; the defaults where there is no file or it cannot be read."""
        try:
            found = json.loads((path or cls.path()).read_text("utf-8"))
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, RecursionError) as error:
            _log.info("settings not read: %s", error)
            return cls()
        return cls()._with(found) if isinstance(found, dict) else cls()

    def _with(self, found: dict[str, Any]) -> Self:
        chosen: dict[str, Any] = {}
        for item in fields(self):
            value: Any = found.get(item.name)
            default = getattr(self, item.name)
            if item.name in _BOUNDS and isinstance(value, (int, float)) and not isinstance(value, bool):
                low, high = _BOUNDS[item.name]
                # A whole number of any size is finite, and may be too large to be asked as a float.
                finite = isinstance(value, int) or math.isfinite(value)
                value = max(low, min(high, value)) if finite else default
                value = float(value) if isinstance(default, float) else value
            if item.name == "shortcuts" and isinstance(value, dict):
                value = {name: keys for name, keys in value.items() if _are_texts(keys)}
            if type(value) is type(default):
                chosen[item.name] = value
        return replace(self, **chosen)

    def save(self, path: Path | None = None) -> None:
        """Write the choices whole or not at all; a full disk costs them, never the running app."""
        target = path or self.path()
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".settings-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(asdict(self), file, indent=1)
                os.replace(name, target)
            except BaseException:
                os.unlink(name)
                raise
        except OSError as error:
            _log.info("settings not kept: %s", error)
