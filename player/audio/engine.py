"""The seam between Earmark and whatever makes the sound, and an engine that makes none."""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Protocol

from player.audio.container import MediaError, first_audio, open_sound, require_regular_file, shown


class EngineState(Enum):
    """Where an engine, or the playback above it, stands."""

    EMPTY = "empty"
    PAUSED = "paused"
    PLAYING = "playing"
    ENDED = "ended"
    FAILED = "failed"


class EngineMissing(Exception):
    """An engine cannot run here; the message is one sentence that says why."""


class EngineListener(Protocol):
    """What an engine reports, from any thread: a listener only takes note and returns at once."""

    def state(self, state: EngineState) -> None:
        """The engine has come to stand in `state`."""

    def tick(self, stamp_s: float, position_ms: int) -> None:
        """The position was `position_ms` when the monotonic clock showed `stamp_s` seconds."""

    def ready(self, duration_ms: int) -> None:
        """The file is open and can be sought in; `duration_ms` is 0 where its length is not known."""

    def failed(self, message: str) -> None:
        """The file cannot be played; `message` is one sentence for the user."""


class _Nobody:
    """The listener of an engine that nobody listens to yet."""

    def state(self, state: EngineState) -> None: ...

    def tick(self, stamp_s: float, position_ms: int) -> None: ...

    def ready(self, duration_ms: int) -> None: ...

    def failed(self, message: str) -> None: ...


class AudioEngine(ABC):
    """Plays one file at a time. Every method is called from one thread, the owner's.

    A file opens paused. A seek after the end leaves the engine paused at its target; play after the end
    starts from the beginning. Faults are reported, never raised.
    """

    name = ""
    version = ""

    def __init__(self) -> None:
        self._listener: EngineListener = _Nobody()

    def listen(self, listener: EngineListener) -> None:
        """Have what follows reported to `listener`; whoever listened before hears no more."""
        self._listener = listener

    def bias_ms(self, kind: str, rate: float) -> float:
        """Return how far the reported positions run ahead of what is heard, in ms of the file.

        Args:
            kind: the file's suffix without its dot, in lower case.
            rate: how fast it plays, 1.0 being its own speed.
        """
        return 0.0

    def lag_ms(self, kind: str, rate: float) -> float:
        """Return how long after the last order to play or to seek what it asked for is heard, in ms of real time."""
        return 0.0

    @abstractmethod
    def load(self, path: Path, start_ms: int = 0, duration_ms: int = 0) -> None:
        """Open `path`, paused at `start_ms`; `duration_ms` is its length where the caller knows it, else 0."""

    @abstractmethod
    def unload(self) -> None:
        """Let the file go and be silent."""

    @abstractmethod
    def play(self) -> None:
        """Play on, or from the beginning if the end has been reached."""

    @abstractmethod
    def pause(self) -> None:
        """Stop the sound and stay where it is."""

    @abstractmethod
    def seek(self, position_ms: int) -> None:
        """Go to `position_ms`, playing or paused as it was."""

    @abstractmethod
    def set_rate(self, rate: float) -> None:
        """Play `rate` times as fast, keeping the pitch; this holds for later files too."""

    @abstractmethod
    def set_volume(self, volume: int) -> None:
        """Set the loudness as the ear counts it, 0 to 100; this holds for later files too."""

    @abstractmethod
    def set_muted(self, muted: bool) -> None:
        """Silence the sound or let it be heard, the volume kept; this holds for later files too."""

    def poll(self) -> None:  # noqa: B027 - an engine may have nothing to do here
        """Do what must not be done where the engine's own threads report.

        The owner calls this after each report and often while playing.
        """

    @abstractmethod
    def close(self) -> None:
        """Let everything go; the engine is of no use afterwards."""


class SilentEngine(AudioEngine):
    """An engine that keeps time and makes no sound, for tests and for machines without any engine.

    It starts no thread: reports come from within the calls, and the end is noticed in `poll`.
    """

    name = "Silent"
    version = "1"

    def __init__(self, duration_ms: int = 0, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Take the length of every file whose loader gives none; with 0 for both, time runs on for ever."""
        super().__init__()
        self._monotonic = monotonic
        self._default_duration_ms = duration_ms
        self._duration_ms = 0
        self._rate = 1.0
        self._state = EngineState.EMPTY
        self._since_s = 0.0
        self._since_ms = 0.0
        self.volume = 100
        self.muted = False

    @property
    def position_ms(self) -> int:
        """The exact position now."""
        return int(self._exact_ms())

    def load(self, path: Path, start_ms: int = 0, duration_ms: int = 0) -> None:
        """Stand paused at `start_ms`; the file must exist but is not read."""
        try:
            require_regular_file(path)
        except MediaError as error:
            self._state = EngineState.FAILED
            self._listener.failed(str(error))
            return
        self._duration_ms = duration_ms or self._default_duration_ms
        self._stand(EngineState.PAUSED, float(start_ms))
        self._listener.ready(self._duration_ms)

    def unload(self) -> None:
        """Stand at nothing."""
        self._state = EngineState.EMPTY
        self._since_ms = 0.0

    def play(self) -> None:
        """Let time run."""
        if self._state is EngineState.PAUSED:
            self._stand(EngineState.PLAYING, self._since_ms)
        elif self._state is EngineState.ENDED:
            self._stand(EngineState.PLAYING, 0.0)

    def pause(self) -> None:
        """Let time stand still."""
        if self._state is EngineState.PLAYING:
            self._stand(EngineState.PAUSED, self._exact_ms())

    def seek(self, position_ms: int) -> None:
        """Set the time."""
        if self._state is EngineState.PLAYING:
            self._anchor(float(position_ms))
            self._listener.tick(self._since_s, position_ms)
        elif self._state in (EngineState.PAUSED, EngineState.ENDED):
            self._stand(EngineState.PAUSED, float(position_ms))

    def set_rate(self, rate: float) -> None:
        """Let time run faster or slower."""
        self._anchor(self._exact_ms())
        self._rate = rate

    def set_volume(self, volume: int) -> None:
        """Remember `volume`."""
        self.volume = volume

    def set_muted(self, muted: bool) -> None:
        """Remember `muted`."""
        self.muted = muted

    def poll(self) -> None:
        """Report the position, or the end once it has come."""
        if self._state is not EngineState.PLAYING:
            return
        if self._duration_ms and self._exact_ms() >= self._duration_ms:
            self._stand(EngineState.ENDED, float(self._duration_ms))
        else:
            self._listener.tick(self._monotonic(), self.position_ms)

    def close(self) -> None:
        """Stand at nothing."""
        self.unload()

    def _exact_ms(self) -> float:
        if self._state is not EngineState.PLAYING:
            return self._since_ms
        return self._since_ms + (self._monotonic() - self._since_s) * self._rate * 1000

    def _anchor(self, position_ms: float) -> None:
        self._since_s, self._since_ms = self._monotonic(), position_ms

    def _stand(self, state: EngineState, position_ms: float) -> None:
        self._anchor(position_ms)
        self._state = state
        self._listener.state(state)


def unplayable(path: Path) -> str:
    """Return the sentence for a file that the engine at hand makes no sound of."""
    return f"{shown(path)} holds no sound that can be played: it may be damaged or of an unknown kind."


def objection(path: Path) -> str | None:
    """Return why `path` should not be given to an engine, in one sentence, or None if it may.

    Engines open whatever they can: a playlist named "episode.mp3" has them fetch addresses. So only what
    libavformat takes for sound, with nothing but sound formats allowed, comes near one. Takes milliseconds.
    """
    try:
        with open_sound(path) as container:
            stream = first_audio(container)
            return unplayable(path) if stream is None or not stream.sample_rate else None
    except MediaError as error:
        return str(error)
