"""Plays through libVLC 3, where VLC is installed."""

import ctypes
import logging
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from player.audio.clock import interpolate
from player.audio.engine import AudioEngine, EngineMissing, EngineState, objection, unplayable

ARGUMENTS = (
    "--no-video",
    "--quiet",
    # libVLC's own demuxers send seeks in VBR MP3 minutes astray and Ogg Vorbis into silence.
    "--demux=avformat,any",
    "--no-sub-autodetect-file",
    "--no-spu",
    "--no-osd",
    "--no-stats",
)

# How far TimeChanged runs ahead of what is heard, in ms of the file, as (rate, bias) points.
BIAS: dict[str, tuple[tuple[float, float], ...]] = {
    "mp3": ((0.5, 64.0), (1.0, 24.0), (1.5, 54.0), (2.0, 56.0), (3.0, 117.0)),
}


class VlcEngine(AudioEngine):
    """One libVLC media player.

    libVLC calls back on its own threads, and any order given to it from there deadlocks: a callback only
    stamps, notes and passes on; what it calls for is done in `poll`.
    """

    name = "libVLC"
    start_lag_ms = 30.0

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        """Start libVLC with `arguments` added to the usual ones, or raise EngineMissing."""
        super().__init__()
        self._vlc, self._instance = start((*ARGUMENTS, *arguments))
        self.version = str(self._vlc.libvlc_get_version(), "utf-8", "replace").split()[0]
        _hush_alsa()
        self._instance.set_user_agent("Earmark", "Earmark")
        self._player: Any = self._instance.media_player_new()
        self._path = Path()
        self._rate = 1.0
        self._volume = 100
        self._muted = False
        self._state = EngineState.EMPTY
        self._opening = False
        self._play_when_open = False
        self._levels_due = False
        self._ticked = False
        self._length_ms = 0
        self._commander = threading.get_ident()
        self._attach()

    def bias_ms(self, kind: str, rate: float) -> float:
        """Return the measured lead of TimeChanged over what is heard."""
        return interpolate(BIAS.get(kind, BIAS["mp3"]), rate)

    def load(self, path: Path, start_ms: int = 0, duration_ms: int = 0) -> None:
        """Open `path` paused at `start_ms`, without a sound."""
        self._player.stop()  # returns when the earlier file's last callback has
        self._path = path
        complaint = objection(path)
        if complaint is not None:
            self._state = EngineState.FAILED
            self._listener.failed(complaint)
            return
        self._open(start_ms)

    def unload(self) -> None:
        """Stop and let the file go."""
        self._player.stop()
        self._player.set_media(None)
        self._state = EngineState.EMPTY

    def play(self) -> None:
        """Play on; from the end, open the file anew, for libVLC 3 plays nothing more once it has ended."""
        if self._state is EngineState.ENDED:
            self._reopen(0)
        if self._opening:
            self._play_when_open = True
        elif self._state is EngineState.PAUSED:
            self._player.set_pause(0)

    def pause(self) -> None:
        """Pause."""
        self._play_when_open = False
        if self._state in (EngineState.PAUSED, EngineState.PLAYING) and not self._opening:
            self._player.set_pause(1)

    def seek(self, position_ms: int) -> None:
        """Go to `position_ms`; from the end, open the file anew there."""
        if self._state is EngineState.ENDED:
            self._reopen(position_ms)
        elif self._state in (EngineState.PAUSED, EngineState.PLAYING):
            self._player.set_time(position_ms)

    def set_rate(self, rate: float) -> None:
        """Set the rate; scaletempo keeps the pitch."""
        self._rate = rate
        self._player.set_rate(rate)

    def set_volume(self, volume: int) -> None:
        """Set the volume now, and again once there is an output to set it on."""
        self._volume = volume
        self._player.audio_set_volume(volume)

    def set_muted(self, muted: bool) -> None:
        """Mute now, and again once there is an output to mute."""
        self._muted = muted
        self._player.audio_set_mute(muted)

    def poll(self) -> None:
        """Start what was to start once open, and set the levels an output new with each start forgets."""
        if self._play_when_open and not self._opening and self._state is EngineState.PAUSED:
            self._play_when_open = False
            self._player.set_pause(0)
        if self._levels_due:
            self._levels_due = False
            self._player.audio_set_volume(self._volume)
            self._player.audio_set_mute(self._muted)

    def close(self) -> None:
        """Stop and release libVLC."""
        self._player.stop()
        self._player.release()
        self._instance.release()
        self._state = EngineState.EMPTY

    def _open(self, start_ms: int) -> None:
        """Open the file at hand paused at `start_ms`; not a sample is heard before `set_pause(0)`."""
        # libVLC wants the file system's own bytes, and UTF-8 on Windows.
        name = str(self._path.absolute())
        media = self._instance.media_new_path(name if sys.platform == "win32" else os.fsencode(name))
        media.add_option(f":start-time={start_ms / 1000:.3f}")
        media.add_option(":start-paused")
        self._state = EngineState.PAUSED
        self._opening = True
        self._play_when_open = False
        self._length_ms = 0
        self._player.set_media(media)
        media.release()
        self._player.set_rate(self._rate)
        self._player.play()

    def _reopen(self, start_ms: int) -> None:
        self._player.stop()
        complaint = objection(self._path)
        if complaint is None:
            self._open(start_ms)
        else:
            self._state = EngineState.FAILED
            self._listener.failed(complaint)

    # What follows runs on libVLC's threads.

    def _attach(self) -> None:
        events, kinds = self._player.event_manager(), self._vlc.EventType
        for kind, callback in (
            (kinds.MediaPlayerTimeChanged, self._on_time),
            (kinds.MediaPlayerLengthChanged, self._on_length),
            (kinds.MediaPlayerPlaying, self._on_playing),
            (kinds.MediaPlayerPaused, self._on_paused),
            (kinds.MediaPlayerEndReached, self._on_end),
            (kinds.MediaPlayerEncounteredError, self._on_error),
        ):
            events.event_attach(kind, callback)

    def _on_time(self, event: Any) -> None:
        stamp_s = time.monotonic()
        # set_time() reports its target at once on the thread that called it, before any sound.
        if threading.get_ident() == self._commander:
            return
        if not self._ticked:
            self._ticked = self._levels_due = True
        self._listener.tick(stamp_s, event.u.new_time)

    def _on_length(self, event: Any) -> None:
        self._length_ms = max(0, event.u.new_length)

    def _on_playing(self, event: Any) -> None:
        if self._opening:
            return
        self._ticked = False
        self._levels_due = True
        self._state = EngineState.PLAYING
        self._listener.state(EngineState.PLAYING)

    def _on_paused(self, event: Any) -> None:
        opened, self._opening = self._opening, False
        self._state = EngineState.PAUSED
        self._listener.state(EngineState.PAUSED)
        if opened:
            self._listener.ready(self._length_ms)

    def _on_end(self, event: Any) -> None:
        self._opening = False
        if self._length_ms or self._ticked:
            self._state = EngineState.ENDED
            self._listener.state(EngineState.ENDED)
        else:
            self._on_error(event)

    def _on_error(self, event: Any) -> None:
        self._opening = False
        self._state = EngineState.FAILED
        self._listener.failed(unplayable(self._path))


def start(arguments: Sequence[str]) -> tuple[Any, Any]:
    """Return python-vlc's module and a libVLC instance, or raise EngineMissing.

    A missing libVLC shows in at least five ways: the import exits the program (a wrong PYTHON_VLC_LIB_PATH)
    or raises OSError (Windows, macOS); on Linux it succeeds and the first call raises NameError or
    NotImplementedError; without plugins or with an option it does not know there is no instance.
    """
    # What python-vlc logs on its way out is said better by the exception.
    logging.getLogger("vlc").addHandler(logging.NullHandler())
    try:
        import vlc

        instance = vlc.Instance(*arguments)
        version = bytes(vlc.libvlc_get_version())
        outputs = instance.audio_output_enumerate_devices() if instance is not None else ()
    except (Exception, SystemExit) as error:
        raise EngineMissing("libVLC was not found.") from error
    if instance is None:
        raise EngineMissing("libVLC was found but did not start.")
    if not version.startswith(b"3."):
        instance.release()
        raise EngineMissing(f"libVLC {version.decode(errors='replace')} was found, but version 3 is needed.")
    if not outputs:
        instance.release()
        raise EngineMissing("libVLC was found but not its plugins, without which it plays nothing.")
    return vlc, instance


_ALSA_HANDLER = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)


# Kept for as long as the program runs: ALSA calls it whenever it likes.
_ignore_alsa = _ALSA_HANDLER(lambda *message: None)


def _hush_alsa() -> None:
    """Keep ALSA from printing some sixty lines to stderr where there is no sound card."""
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(_ignore_alsa)
        except (OSError, AttributeError):
            return
