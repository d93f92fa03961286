"""An engine that is not there yet: it takes orders, and hands them on to the one that comes."""

from pathlib import Path

from player.audio.engine import AudioEngine, EngineListener, EngineState


class DeferredEngine(AudioEngine):
    """Stands in while an engine is being started, so that a window need not wait for it."""

    name = "Starting"

    def __init__(self) -> None:
        super().__init__()
        self._real: AudioEngine | None = None
        self._loaded: tuple[Path, int, int] | None = None
        self._playing = False
        self._rate, self._volume, self._muted = 1.0, 100, False

    def arrive(self, engine: AudioEngine) -> None:
        """Hand everything over to `engine`, which is owned from now on."""
        self._real = engine
        self.name, self.version = engine.name, engine.version
        engine.listen(self._listener)
        engine.set_rate(self._rate)
        engine.set_volume(self._volume)
        engine.set_muted(self._muted)
        if self._loaded:
            engine.load(*self._loaded)
            if self._playing:
                engine.play()

    def listen(self, listener: EngineListener) -> None:
        """Have what follows reported to `listener`."""
        super().listen(listener)
        if self._real:
            self._real.listen(listener)

    def bias_ms(self, kind: str, rate: float) -> float:
        """Return the bias of the engine that has come, 0 before."""
        return self._real.bias_ms(kind, rate) if self._real else 0.0

    def lag_ms(self, kind: str, rate: float) -> float:
        """Return the lag of the engine that has come, 0 before."""
        return self._real.lag_ms(kind, rate) if self._real else 0.0

    def load(self, path: Path, start_ms: int = 0, duration_ms: int = 0) -> None:
        """Open a file, now or as soon as can be."""
        self._loaded, self._playing = (path, start_ms, duration_ms), False
        if self._real:
            self._real.load(path, start_ms, duration_ms)

    def unload(self) -> None:
        """Let the file go."""
        self._loaded, self._playing = None, False
        if self._real:
            self._real.unload()

    def play(self) -> None:
        """Play, now or as soon as can be."""
        self._playing = True
        if self._real:
            self._real.play()

    def pause(self) -> None:
        """Stop the sound."""
        self._playing = False
        if self._real:
            self._real.pause()

    def seek(self, position_ms: int) -> None:
        """Go to a place; before the engine is there, the place at which it will open the file."""
        if self._real:
            self._real.seek(position_ms)
        elif self._loaded:
            self._loaded = (self._loaded[0], position_ms, self._loaded[2])
            self._listener.state(EngineState.PAUSED)

    def set_rate(self, rate: float) -> None:
        """Set the speed."""
        self._rate = rate
        if self._real:
            self._real.set_rate(rate)

    def set_volume(self, volume: int) -> None:
        """Set the loudness."""
        self._volume = volume
        if self._real:
            self._real.set_volume(volume)

    def set_muted(self, muted: bool) -> None:
        """Silence the sound or let it be heard."""
        self._muted = muted
        if self._real:
            self._real.set_muted(muted)

    def poll(self) -> None:
        """Let the engine do what it must."""
        if self._real:
            self._real.poll()

    def close(self) -> None:
        """Let everything go."""
        if self._real:
            self._real.close()
