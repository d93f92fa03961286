"""Plays through Qt Multimedia, which comes with the app; importing this raises ImportError where it does not load."""

import contextlib
import ctypes
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import PySide6
from PySide6.QtCore import QCoreApplication, QLoggingCategory, QObject, Qt, QUrl, Signal, qVersion

from player.audio.container import MediaError
from player.audio.engine import AudioEngine, EngineMissing, EngineState, objection, unplayable
from player.audio.measured import RateTable, look_up

# PipeWire's library is optional: where it is missing Qt complains twice and uses PulseAudio or ALSA.
QLoggingCategory.setFilterRules("qt.multimedia.symbolsresolver=false\nqt.multimedia.ffmpeg*=false")

from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer, QtAudio  # noqa: E402 - see above

# How far positionChanged runs ahead of what is heard, in ms of the file, as (rate, bias) points by kind of file.
# Measured with tests/bench/sound.py --fit. At the file's own speed no stretcher is at work, so a tenth beside it
# the bias is another.
BIAS: RateTable = {
    "mp3": ((0.5, 101), (0.9, 146), (1.0, 35), (1.1, 167), (1.5, 212), (2.0, 264), (3.0, 369)),
    "flac": ((0.5, 37), (0.9, 112), (1.0, 6), (1.1, 147), (1.5, 223), (2.0, 271), (3.0, 364)),
    "wav": ((0.5, 49), (0.9, 118), (1.0, 23), (1.1, 162), (1.5, 212), (2.0, 264), (3.0, 362)),
    "mkv": ((0.5, 117), (0.9, 154), (1.0, 43), (1.1, 178), (1.5, 216), (2.0, 265), (3.0, 373)),
}
# How long after a seek its target is heard, in ms of real time, as (rate, lag) points.
LAG: RateTable = {
    "mp3": ((0.5, 220), (0.9, 170), (1.0, 38), (1.1, 147), (1.5, 123), (2.0, 100), (3.0, 78)),
    "flac": ((0.5, 413), (0.9, 237), (1.0, 81), (1.1, 189), (1.5, 145), (2.0, 135), (3.0, 85)),
}
# Decoding an MP3 sets in some frames after the place sought, because its frames lean on those before them.
SEEK_LEAD_MS = {"mp3": 60}
# Seeking to the very end while paused would end the file; from here it is still paused.
BEFORE_END_MS = 20

_Status = QMediaPlayer.MediaStatus
_State = QMediaPlayer.PlaybackState


class _Bridge(QObject):
    """Brings what a worker thread prepared back to the thread of the engine."""

    prepared = Signal(int, object)

    def __init__(self, take: Callable[[int, Path], None]) -> None:
        super().__init__()
        self._take = take
        self.prepared.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    def _arrived(self, generation: int, path: Path) -> None:
        self._take(generation, path)


class QtEngine(AudioEngine):
    """One QMediaPlayer. Its signals come on the owner's thread, from within the event loop."""

    name = "Qt Multimedia"

    def __init__(self, prepare: Callable[[Path], Path] | None = None) -> None:
        """Set up the player, or raise EngineMissing where no Qt application runs.

        Args:
            prepare: returns the file to play instead of a given one, such as a copy of an MP3 with the seek
                table that Qt cannot do without. It is called on a worker thread; if it fails, the file plays
                as it is.
        """
        super().__init__()
        if QCoreApplication.instance() is None:
            raise EngineMissing("Qt Multimedia needs a running Qt application.")
        self.version = qVersion()
        self._prepare = prepare
        self._bridge = _Bridge(self._open)
        self._generation = 0
        self._path = Path()
        self._start_ms = 0
        # What lies between the place sought and the one asked for: that is not heard, and not reported.
        self._run_up = range(0)
        self._state = EngineState.EMPTY
        self._opening = False
        self._seeking = False
        self._output = QAudioOutput()
        self._devices = QMediaDevices()
        self._devices.audioOutputsChanged.connect(self._follow_device)
        self._player = QMediaPlayer()
        self._player.setAudioOutput(self._output)
        _hush_ffmpeg()
        self._player.positionChanged.connect(self._on_position)
        self._player.playbackStateChanged.connect(self._on_state)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.errorOccurred.connect(self._on_error)

    def bias_ms(self, kind: str, rate: float) -> float:
        """Return the measured lead of positionChanged over what is heard; most of it is the stretcher's delay."""
        return look_up(BIAS, kind, rate)

    def lag_ms(self, kind: str, rate: float) -> float:
        """Return the measured time to the sound, and what lies before the target."""
        return look_up(LAG, kind, rate) + len(self._run_up) / rate

    def load(self, path: Path, start_ms: int = 0, duration_ms: int = 0) -> None:
        """Open `path` paused at `start_ms`."""
        self.unload()
        self._path, self._start_ms = path, start_ms
        complaint = objection(path)
        if complaint is not None:
            self._fail(complaint)
        elif self._prepare is None:
            self._open(self._generation, path)
        else:
            threading.Thread(target=self._prepare_in_thread, args=(self._generation, path), daemon=True).start()

    def unload(self) -> None:
        """Stop and let the file go."""
        self._generation += 1
        self._opening = False
        self._state = EngineState.EMPTY
        self._player.setSource(QUrl())

    def play(self) -> None:
        """Play on, or from the beginning if the end has been reached."""
        if self._state in (EngineState.PAUSED, EngineState.ENDED) and not self._opening:
            self._player.play()

    def pause(self) -> None:
        """Pause."""
        if self._state is EngineState.PLAYING:
            self._player.pause()

    def seek(self, position_ms: int) -> None:
        """Go to `position_ms`."""
        if self._opening:
            self._start_ms = position_ms
        elif self._state is EngineState.PLAYING:
            self._set_position(position_ms)
        elif self._state in (EngineState.PAUSED, EngineState.ENDED):
            self._set_position(min(position_ms, max(0, self._player.duration() - BEFORE_END_MS)))
            self._player.pause()

    def set_rate(self, rate: float) -> None:
        """Set the rate; the pitch is kept."""
        self._player.setPlaybackRate(rate)

    def set_volume(self, volume: int) -> None:
        """Set the volume; 50 sounds half as loud as 100."""
        scale = QtAudio.VolumeScale
        linear = QtAudio.convertVolume(volume / 100, scale.LogarithmicVolumeScale, scale.LinearVolumeScale)
        self._output.setVolume(linear)

    def set_muted(self, muted: bool) -> None:
        """Mute or unmute."""
        self._output.setMuted(muted)

    def close(self) -> None:
        """Stop and let the player go."""
        self.unload()
        self._player.setAudioOutput(None)  # type: ignore[arg-type]  # the stubs forget that None is allowed

    def _prepare_in_thread(self, generation: int, path: Path) -> None:
        assert self._prepare is not None
        # Where that fails the file itself plays too, only its length and its seeks are less true.
        with contextlib.suppress(MediaError, OSError):
            path = self._prepare(path)
        with contextlib.suppress(RuntimeError):  # the engine may be gone by now
            self._bridge.prepared.emit(generation, path)

    def _open(self, generation: int, path: Path) -> None:
        if generation == self._generation:
            self._opening = True
            self._player.setSource(QUrl.fromLocalFile(str(path.absolute())))

    def _set_position(self, position_ms: int) -> None:
        lead_ms = SEEK_LEAD_MS.get(self._path.suffix.lstrip(".").lower(), 0)
        self._run_up = range(max(0, position_ms - lead_ms), position_ms)
        self._seeking = True
        self._player.setPosition(position_ms - len(self._run_up))
        self._seeking = False

    def _follow_device(self) -> None:
        """Play on the system's default device as it changes."""
        self._output.setDevice(QMediaDevices.defaultAudioOutput())

    def _on_position(self, position_ms: int) -> None:
        stamp_s = time.monotonic()
        # setPosition() reports its target at once, before any sound.
        if self._state is not EngineState.PLAYING or self._seeking:
            return
        if position_ms not in self._run_up:
            self._run_up = range(0)
            self._listener.tick(stamp_s, position_ms)

    def _on_state(self, state: _State) -> None:
        if self._opening or self._state in (EngineState.EMPTY, EngineState.FAILED):
            return
        if state is _State.PlayingState:
            self._state = EngineState.PLAYING
        elif state is _State.PausedState:
            self._state = EngineState.PAUSED
        else:
            return  # stopped: at the end, which the status tells
        self._listener.state(self._state)

    def _on_status(self, status: _Status) -> None:
        if status is _Status.LoadedMedia and self._opening:
            if not self._player.hasAudio():
                self._fail(unplayable(self._path))
                return
            self._set_position(self._start_ms)
            self._player.pause()
            self._opening = False
            self._state = EngineState.PAUSED
            self._listener.state(EngineState.PAUSED)
            self._listener.ready(self._player.duration())
        elif status is _Status.EndOfMedia and self._state is not EngineState.EMPTY:
            self._state = EngineState.ENDED
            self._listener.state(EngineState.ENDED)
        elif status is _Status.InvalidMedia:
            self._fail(unplayable(self._path))

    def _on_error(self, error: QMediaPlayer.Error, text: str) -> None:
        if error is not QMediaPlayer.Error.NoError:
            self._fail(unplayable(self._path))

    def _fail(self, message: str) -> None:
        if self._state is not EngineState.FAILED:
            self._opening = False
            self._state = EngineState.FAILED
            self._listener.failed(message)


def _hush_ffmpeg() -> None:
    """Keep the FFmpeg inside Qt, loaded by now, from printing what it thinks of each file to stderr."""
    quiet = -8  # AV_LOG_QUIET
    home = Path(PySide6.__path__[0])
    pattern = {"win32": "avutil-*.dll", "darwin": "Qt/lib/libavutil.*.dylib"}.get(sys.platform, "Qt/lib/libavutil.so.*")
    for library in home.glob(pattern):
        try:
            ctypes.CDLL(str(library)).av_log_set_level(quiet)
        except (OSError, AttributeError):
            continue
