"""Carries an engine's reports from its own threads to the owner's, stamped where they arise."""

from collections.abc import Callable
from dataclasses import dataclass

from player.audio.engine import EngineState


@dataclass(frozen=True, slots=True)
class Tick:
    """The engine was at this position at the report's stamp."""

    position_ms: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The file is open; its length is 0 where the engine does not know it."""

    duration_ms: int


@dataclass(frozen=True, slots=True)
class Failed:
    """The file cannot be played, for the reason in the message."""

    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What an engine said about the file of one load, and when, in seconds of the monotonic clock."""

    generation: int
    stamp_s: float
    news: Tick | Ready | Failed | EngineState


class Relay:
    """The listener for one load: wraps each report and hands it to `send`, from whatever thread it came."""

    def __init__(self, send: Callable[[Report], object], generation: int, monotonic: Callable[[], float]) -> None:
        """Mark each report with `generation`, so that late news of an earlier load can be told apart."""
        self._send = send
        self._generation = generation
        self._monotonic = monotonic

    def state(self, state: EngineState) -> None:
        """Pass on where the engine stands."""
        self._pass_on(self._monotonic(), state)

    def tick(self, stamp_s: float, position_ms: int) -> None:
        """Pass on a position."""
        self._pass_on(stamp_s, Tick(position_ms))

    def ready(self, duration_ms: int) -> None:
        """Pass on that the file is open."""
        self._pass_on(self._monotonic(), Ready(duration_ms))

    def failed(self, message: str) -> None:
        """Pass on why the file cannot be played."""
        self._pass_on(self._monotonic(), Failed(message))

    def _pass_on(self, stamp_s: float, news: Tick | Ready | Failed | EngineState) -> None:
        try:
            self._send(Report(self._generation, stamp_s, news))
        except RuntimeError:  # The owner is gone and an engine's thread has not heard of it yet.
            return
