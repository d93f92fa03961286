"""The one owner of time: what plays, where it is, and every order to the engine."""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from player.audio.beat import Beat
from player.audio.clock import PlayClock
from player.audio.engine import AudioEngine, EngineState
from player.audio.levels import Levels
from player.audio.relay import Failed, Ready, Relay, Report, Tick

SEEK_GAP_MS = 100
# Where an engine says that the file has ended this close to its length, the end is shown.
END_SLACK_MS = 1500


class Playback(Levels):
    """Plays one file at a time through an engine and says, 25 times a second while playing, what is heard now.

    What is asked for shows at once: `state`, `position_ms`, `rate` and the rest answer with the wish, and the
    sound follows within some ten milliseconds. All times are ms of the file.
    """

    position_changed = Signal(int)
    """The position heard now, in ms."""
    state_changed = Signal(object)
    """The new EngineState."""
    duration_changed = Signal(int)
    """The length of the file in ms, 0 where it is not known."""
    failed = Signal(str)
    """One sentence for the user; loading another file works."""
    seeked = Signal(int, int)
    """A jump that was asked for: from ms, to ms. Not sent for the turns of a loop."""
    range_finished = Signal()
    """The range asked for with `play_range` has been heard to its end."""

    _reported = Signal(object)

    def __init__(
        self,
        engine: AudioEngine,
        monotonic: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        """Own `engine` from now on; `monotonic` must be the clock the engine stamps with."""
        super().__init__(engine, parent)
        self._monotonic = monotonic
        self._clock = PlayClock(monotonic, self._bias_ms)
        self.rate_changed.connect(self._clock.set_rate)
        self._kind = ""
        self._generation = 0
        self._ready = False
        self._sounding = False
        self._duration_given = False
        self._duration_ms = 0
        self._shown_ms = 0
        self._state = EngineState.EMPTY
        self._waiting_ms: int | None = None
        self._ordered_s = float("-inf")
        self._range: tuple[int, int, bool] | None = None
        self._awaited_ms: int | None = None

        # WORKAROUND for libVLC 3: any order given from within its callbacks deadlocks, and its seek calls back
        # on the calling thread, where an automatic connection would call the slot directly.
        self._reported.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._beat = Beat(self)
        self._beat.struck.connect(self.refresh)
        self._seek_gap = QTimer(self)
        self._seek_gap.setSingleShot(True)
        self._seek_gap.setInterval(SEEK_GAP_MS)
        self._seek_gap.timeout.connect(self._send_seek)

    @property
    def position_ms(self) -> int:
        """The position heard now, in ms."""
        return self._within(self._clock.now_ms())

    @property
    def duration_ms(self) -> int:
        """The length of the file in ms, 0 where it is not known."""
        return self._duration_ms

    @property
    def state(self) -> EngineState:
        """What was asked for last, or ENDED or FAILED where the file says so."""
        return self._state

    @property
    def is_playing(self) -> bool:
        """Whether it plays or is about to."""
        return self._state is EngineState.PLAYING

    @property
    def in_range(self) -> bool:
        """Whether a range is being played, or will be when playing goes on."""
        return self._range is not None

    @property
    def is_looping(self) -> bool:
        """Whether a range is being played again and again, or will be when playing goes on."""
        return self._range is not None and self._range[2]

    @property
    def sync_offset_ms(self) -> int:
        """How much later than the engine believes the sound reaches the ear, -500 to 500 ms."""
        return self._clock.sync_offset_ms

    def load(self, path: Path, duration_ms: int | None = None, start_ms: int = 0) -> None:
        """Open `path`, paused at `start_ms`.

        Args:
            path: a sound file.
            duration_ms: its exact length where that is known; it is trusted over the engine's estimate.
            start_ms: where to stand.
        """
        self._forget()
        self._kind = path.suffix.lstrip(".").lower()
        self._duration_given = bool(duration_ms)
        self._set_duration(duration_ms or 0)
        start_ms = self._within(start_ms)
        self._clock.jump(start_ms)
        self._stand(EngineState.PAUSED)
        self._show(start_ms)
        self._engine.listen(Relay(self._reported.emit, self._generation, self._monotonic))
        self._engine.load(path, start_ms, self._duration_ms)

    def unload(self) -> None:
        """Let the file go."""
        self._forget()
        self._engine.unload()
        self._clock.jump(0)
        self._set_duration(0)
        self._stand(EngineState.EMPTY)
        self._show(0)

    def play(self) -> None:
        """Play on; at the end of the file, play it from its beginning."""
        if self._state is EngineState.ENDED or (self._state is EngineState.PAUSED and self._at_end()):
            self.seek(0)
        if self._state is not EngineState.PAUSED:
            return
        self._stand(EngineState.PLAYING)
        self._beat.start()
        if self._ready and self._waiting_ms is None:
            self._order_play()

    def pause(self) -> None:
        """Be silent and stay here. A range that was being played goes on with the next play()."""
        if self._state is not EngineState.PLAYING:
            return
        self._clock.hold()
        self._stand(EngineState.PAUSED)
        if self._ready:
            self._engine.pause()
        self._show(self.position_ms)

    def seek(self, position_ms: int) -> None:
        """Go to `position_ms`, clamped to the file, playing or paused as it was; ends a range being played."""
        if self._state in (EngineState.EMPTY, EngineState.FAILED):
            return
        self._range = None
        from_ms = self.position_ms
        to_ms = self._within(position_ms)
        self._jump(to_ms)
        self.seeked.emit(from_ms, to_ms)

    def play_range(self, start_ms: int, end_ms: int, loop: bool = False) -> None:
        """Play from `start_ms` and stop precisely at `end_ms`, or begin again there if `loop`.

        The range is given up by the next seek, load or range; an empty one is not played.
        """
        start_ms, end_ms = self._within(start_ms), self._within(end_ms)
        if end_ms <= start_ms:
            return
        self.seek(start_ms)
        self._range = (start_ms, end_ms, loop)
        self.play()

    def await_position(self, position_ms: int | None) -> None:
        """Show `position_ms` in the very moment it is heard, between two ticks; such as where the next word begins."""
        self._awaited_ms = position_ms

    def set_sync_offset(self, offset_ms: int) -> None:
        """Correct for a device whose sound reaches the ear `offset_ms` late, clamped to -500..500."""
        self._clock.set_sync_offset(offset_ms)

    def close(self) -> None:
        """Be silent for good and let the engine go."""
        self._forget()
        self._engine.close()
        self._stand(EngineState.EMPTY)

    def refresh(self) -> None:
        """Show where it is now and stop at the end of a range; the beat calls this while playing."""
        self._engine.poll()
        position_ms = self.position_ms
        if self._range is not None and self.is_playing:
            start_ms, end_ms, loop = self._range
            if position_ms >= end_ms:
                if loop:
                    self._jump(start_ms)
                else:
                    self._finish_range(end_ms)
                return
        self._show(position_ms)
        self._come_back(position_ms)

    def _come_back(self, position_ms: int) -> None:
        """Look again between two ticks where a range ends or something awaited is heard before the next one."""
        ahead = (self._range[1] if self._range else None, self._awaited_ms)
        left_ms = min((ms - position_ms for ms in ahead if ms is not None and ms > position_ms), default=None)
        if left_ms is not None:
            self._beat.strike_in(left_ms / self._rate)

    def _take(self, report: Report) -> None:
        """Act on an engine's report, on this object's own thread."""
        if report.generation != self._generation:
            return
        match report:
            case Report(news=Tick(position_ms)):
                if self._waiting_ms is None:
                    self._clock.tick(report.stamp_s, position_ms)
                return
            case Report(news=Ready(duration_ms)):
                self._become_ready(duration_ms)
            case Report(news=Failed(message)):
                self._fail(message)
            case Report(news=EngineState() as state):
                self._follow(state, report.stamp_s)
        self._engine.poll()

    def _become_ready(self, duration_ms: int) -> None:
        if duration_ms and not self._duration_given:
            self._set_duration(duration_ms)
        if self._ready:
            return
        self._ready = True
        if self._waiting_ms is not None:
            self._send_seek()
        elif self.is_playing:
            self._order_play()

    def _follow(self, state: EngineState, stamp_s: float) -> None:
        """Let the clock run exactly while the engine sounds and the wish is to play."""
        self._sounding = state is EngineState.PLAYING
        if state is EngineState.PLAYING:
            if self.is_playing and self._waiting_ms is None:
                self._clock.start(max(stamp_s, self._ordered_s), self._engine.lag_ms(self._kind, self._rate))
        elif state is EngineState.PAUSED:
            self._clock.hold()
        elif state is EngineState.ENDED and self._waiting_ms is None and stamp_s >= self._ordered_s:
            self._reach_end()

    def _reach_end(self) -> None:
        self._clock.hold()
        # A file cut short ends before its stated length: then stay where the sound stopped.
        if self._duration_ms - self.position_ms < END_SLACK_MS * max(1.0, self._rate):
            self._clock.jump(self._duration_ms)
        in_range, self._range = self._range, None
        self._stand(EngineState.ENDED)
        self._show(self.position_ms)
        if in_range is not None:
            start_ms, end_ms, loop = in_range
            if loop:
                self.play_range(start_ms, end_ms, loop)
                return
            self.range_finished.emit()

    def _finish_range(self, end_ms: int) -> None:
        self._range = None
        self._clock.hold()
        self._stand(EngineState.PAUSED)
        self._engine.pause()
        self._clock.jump(end_ms)
        self._show(end_ms)
        self.range_finished.emit()

    def _fail(self, message: str) -> None:
        self._forget()
        self._clock.hold()
        self._stand(EngineState.FAILED)
        self.failed.emit(message)

    def _jump(self, to_ms: int) -> None:
        """Show `to_ms` at once and have the engine follow, at most every 100 ms, to the last target."""
        self._clock.jump(to_ms)
        self._clock.hold()
        if self._state is EngineState.ENDED:
            self._stand(EngineState.PAUSED)
        self._waiting_ms = to_ms
        if self._ready and not self._seek_gap.isActive():
            self._send_seek()
        self._show(to_ms)

    def _send_seek(self) -> None:
        if self._waiting_ms is None or not self._ready:
            return
        target_ms, self._waiting_ms = self._waiting_ms, None
        self._seek_gap.start()
        self._ordered_s = self._monotonic()
        self._engine.seek(target_ms)
        if self.is_playing:
            if self._sounding:
                self._clock.start(self._ordered_s, self._engine.lag_ms(self._kind, self._rate))
            self._engine.play()

    def _order_play(self) -> None:
        self._ordered_s = self._monotonic()
        self._engine.play()

    def _forget(self) -> None:
        """Drop all that was planned for the file at hand, and whatever the engine still reports about it."""
        self._generation += 1
        self._ready = self._sounding = False
        self._waiting_ms = None
        self._range = None
        self._seek_gap.stop()
        self._clock.hold()

    def _stand(self, state: EngineState) -> None:
        if state is not EngineState.PLAYING:
            self._beat.stop()
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

    def _set_duration(self, duration_ms: int) -> None:
        if duration_ms != self._duration_ms:
            self._duration_ms = duration_ms
            self.duration_changed.emit(duration_ms)

    def _show(self, position_ms: int) -> None:
        if position_ms != self._shown_ms:
            self._shown_ms = position_ms
            self.position_changed.emit(position_ms)

    def _at_end(self) -> bool:
        return 0 < self._duration_ms <= self.position_ms

    def _within(self, position_ms: float) -> int:
        """Return `position_ms` clamped to the file, or to 0 and above where its length is not known."""
        position_ms = max(0, int(position_ms))
        return min(position_ms, self._duration_ms) if self._duration_ms else position_ms

    def _bias_ms(self, rate: float) -> float:
        return self._engine.bias_ms(self._kind, rate)
