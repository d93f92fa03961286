"""Plays through libVLC 3, where VLC is installed."""

import ctypes
import logging
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from player.audio.container import MediaError, require_regular_file
from player.audio.engine import AudioEngine, EngineMissing, EngineState, objection, unplayable
from player.audio.measured import RateTable, look_up

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

# How far TimeChanged runs ahead of what is heard, in ms of the file, as (rate, bias) points by kind of file.
# Measured with tests/bench/sound.py --fit.
BIAS: RateTable = {
    "mp3": ((0.5, 7), (1.0, 17), (1.5, 25), (2.0, 27), (3.0, 22)),
    "m4a": ((0.5, -20), (1.0, -13), (1.1, -6), (2.0, -3), (3.0, 5)),
    "opus": ((0.5, -2), (0.9, 0), (1.0, 10), (1.1, 0), (2.0, 10)),
    "ogg": ((1.0, 9), (2.0, 11)),
    "flac": ((0.5, -22), (1.1, -10), (1.5, 94), (3.0, 109)),
    "wav": ((0.5, -24), (1.0, -10), (2.0, -7), (3.0, 0)),
    "mkv": ((1.0, 17), (2.0, 25)),
}
# How long after a seek its target is heard at most speeds, in ms of real time.
LAG: RateTable = {
    "mp3": ((1.0, 20),),
    "m4a": ((1.0, 4),),
    "opus": ((1.0, 20),),
    "ogg": ((1.0, 24),),
    "flac": ((1.0, -40), (1.1, -40), (1.5, 30)),
    "wav": ((1.0, 14),),
    "mkv": ((1.0, 30),),
}
# libVLC reports its time with every block it decodes, 50 times a second in Opus. The clock needs the first ones
# after each new start, and then one now and again.
FIRST_TICKS = 25
TICK_GAP_S = 0.2
# Decoding sets in somewhat after the place sought: in an MP3 because its frames lean on those before them.
SEEK_LEAD_MS = {"mp3": 65, "flac": 40}


class VlcEngine(AudioEngine):
    """One libVLC media player, which opens its file anew for every seek.

    libVLC 3's own seek leaves its PulseAudio output out of step with the sound: in one seek of four the first
    half second is lost or comes half a second late, and the time it reports is off by another amount after each.
    Opened at the target instead, the sound is there sooner, every time, and the error of its time is the same
    each time, so that a table takes it off. That takes the calling thread 2 ms.

    libVLC calls back on its own threads, and any order given to it from there deadlocks: a callback only
    stamps, notes and passes on; what it calls for is done in `poll`.
    """

    name = "libVLC"

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
        self._wants_to_play = False
        # Where to open the file for the next sound; None while what is open is at the right place.
        self._goto_ms: int | None = None
        # How much before the target the file was opened.
        self._lead_ms = 0
        self._opening = False
        self._ready = False
        self._ticked = False
        self._ticks_left = FIRST_TICKS
        self._next_tick_s = 0.0
        self._levels_due = False
        self._length_ms = 0
        self._attach()

    def bias_ms(self, kind: str, rate: float) -> float:
        """Return the measured lead of TimeChanged over what is heard."""
        return look_up(BIAS, kind, rate)

    def lag_ms(self, kind: str, rate: float) -> float:
        """Return the measured time to the sound, and what lies before the target."""
        return max(0.0, look_up(LAG, kind, rate) + self._lead_ms / rate)

    def load(self, path: Path, start_ms: int = 0, duration_ms: int = 0) -> None:
        """Open `path` paused, without a sound, to play from `start_ms`."""
        self.unload()
        self._path = path
        complaint = objection(path)
        if complaint is not None:
            self._fail(complaint)
            return
        self._ready = False
        self._length_ms = 0
        self._open(start_ms, paused=True)
        self._goto_ms = start_ms

    def unload(self) -> None:
        """Stop and let the file go."""
        # Returns when the last callback has. stop() would do so too, but forgets the volume with the output.
        self._player.set_media(None)
        self._state = EngineState.EMPTY
        self._wants_to_play = self._opening = False

    def play(self) -> None:
        """Play on, or from the beginning if the end has been reached."""
        if self._state is EngineState.ENDED:
            self._state, self._goto_ms = EngineState.PAUSED, 0
        self._wants_to_play = self._state in (EngineState.PAUSED, EngineState.PLAYING)
        self._follow_wish()

    def pause(self) -> None:
        """Pause."""
        self._wants_to_play = False
        self._follow_wish()

    def seek(self, position_ms: int) -> None:
        """Go to `position_ms`: at once if playing, else with the next play()."""
        if self._state is EngineState.PLAYING:
            self._open(position_ms)
        elif self._state in (EngineState.PAUSED, EngineState.ENDED):
            self._goto_ms = position_ms
        if self._state is EngineState.ENDED:
            self._wants_to_play = False
            self._state = EngineState.PAUSED
            self._listener.state(EngineState.PAUSED)

    def set_rate(self, rate: float) -> None:
        """Set the rate; scaletempo keeps the pitch."""
        self._rate = rate
        self._ticks_left = FIRST_TICKS
        self._player.set_rate(rate)

    def set_volume(self, volume: int) -> None:
        """Set the volume; libVLC's scale is the ear's."""
        self._volume = volume
        self._player.audio_set_volume(volume)

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute."""
        self._muted = muted
        self._player.audio_set_mute(muted)

    def poll(self) -> None:
        """Do what was asked for while the file was being opened, and set the levels where no output took them."""
        self._follow_wish()
        if self._levels_due:
            self._levels_due = False
            self._set_levels()

    def close(self) -> None:
        """Stop and release libVLC."""
        self.unload()
        self._player.release()
        self._instance.release()

    def _follow_wish(self) -> None:
        if self._opening:
            return  # libVLC would lose the order
        if self._wants_to_play and self._state is EngineState.PAUSED:
            if self._goto_ms is None:
                self._lead_ms = 0
                self._player.set_pause(0)
            else:
                self._open(self._goto_ms)
        elif not self._wants_to_play and self._state is EngineState.PLAYING:
            self._player.set_pause(1)

    def _open(self, start_ms: int, paused: bool = False) -> None:
        """Open the file at hand at `start_ms`; if `paused`, not a sample is heard."""
        try:
            require_regular_file(self._path)
        except MediaError as error:
            self._player.set_media(None)
            self._fail(str(error))
            return
        # libVLC wants the file system's own bytes, and UTF-8 on Windows.
        name = str(self._path.absolute())
        media = self._instance.media_new_path(name if sys.platform == "win32" else os.fsencode(name))
        self._lead_ms = min(start_ms, SEEK_LEAD_MS.get(self._path.suffix.lstrip(".").lower(), 0))
        media.add_option(f":start-time={(start_ms - self._lead_ms) / 1000:.3f}")
        if paused:
            media.add_option(":start-paused")
        self._player.set_media(media)  # returns when the last callback about the former has
        media.release()
        self._state = EngineState.PAUSED if paused else EngineState.PLAYING
        self._goto_ms = None
        self._opening = True
        self._ticked = False
        # PulseAudio takes the levels for the first sample between two files, and only then.
        self._set_levels()
        self._player.set_rate(self._rate)
        self._player.play()

    def _set_levels(self) -> None:
        self._player.audio_set_volume(self._volume)
        self._player.audio_set_mute(self._muted)

    def _fail(self, message: str) -> None:
        self._opening = self._wants_to_play = False
        self._state = EngineState.FAILED
        self._listener.failed(message)

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
        if not self._ticked:
            self._ticked = self._levels_due = True
        if self._ticks_left or stamp_s >= self._next_tick_s:
            self._ticks_left = max(0, self._ticks_left - 1)
            self._next_tick_s = stamp_s + TICK_GAP_S
            self._listener.tick(stamp_s, event.u.new_time)

    def _on_length(self, event: Any) -> None:
        self._length_ms = max(self._length_ms, event.u.new_length)

    def _on_playing(self, event: Any) -> None:
        if self._state is EngineState.PAUSED and self._opening:
            return  # it is about to pause, as it was opened to
        self._opening = False
        self._ticks_left = FIRST_TICKS
        self._state = EngineState.PLAYING
        self._listener.state(EngineState.PLAYING)

    def _on_paused(self, event: Any) -> None:
        self._opening = False
        self._state = EngineState.PAUSED
        self._listener.state(EngineState.PAUSED)
        if not self._ready:
            self._ready = True
            self._listener.ready(self._length_ms)

    def _on_end(self, event: Any) -> None:
        if not self._length_ms and not self._ticked:
            self._fail(unplayable(self._path))
            return
        self._opening = False
        self._state = EngineState.ENDED
        self._listener.state(EngineState.ENDED)

    def _on_error(self, event: Any) -> None:
        self._fail(unplayable(self._path))


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
