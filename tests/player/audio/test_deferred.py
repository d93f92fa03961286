"""An engine that is still starting takes every order, and the one that comes finds them all."""

from pathlib import Path

import pytest
from engine_contract import Notes

from player.audio.deferred import DeferredEngine
from player.audio.engine import EngineState, SilentEngine


class Measured(SilentEngine):
    name, version = "Measured", "3"

    def bias_ms(self, kind: str, rate: float) -> float:
        return {"mp3": 20.0}[kind] * rate

    def lag_ms(self, kind: str, rate: float) -> float:
        return {"mp3": 80.0}[kind] / rate


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "a.mp3").write_bytes(b"sound")
    return tmp_path / "a.mp3"


def test_it_answers_as_the_engine_that_came() -> None:
    deferred = DeferredEngine()
    assert (deferred.name, deferred.bias_ms("mp3", 2.0), deferred.lag_ms("mp3", 2.0)) == ("Starting", 0.0, 0.0)
    deferred.arrive(Measured())
    assert (deferred.name, deferred.version) == ("Measured", "3")
    assert (deferred.bias_ms("mp3", 2.0), deferred.lag_ms("mp3", 2.0)) == (40.0, 40.0)


def test_what_was_ordered_before_is_done_when_it_comes(path: Path) -> None:
    deferred, notes, engine = DeferredEngine(), Notes(), SilentEngine(10_000)
    deferred.listen(notes)
    deferred.set_rate(2.0)
    deferred.set_volume(30)
    deferred.set_muted(True)
    deferred.load(path)
    deferred.seek(4000)
    deferred.play()
    assert notes.lengths == []
    deferred.arrive(engine)
    assert (engine.volume, engine.muted) == (30, True)
    assert notes.lengths == [10_000]
    assert notes.states[-1] is EngineState.PLAYING
    assert 4000 <= engine.position_ms < 5000


@pytest.mark.parametrize("order", ["pause", "unload"])
def test_the_last_order_counts(path: Path, order: str) -> None:
    deferred, notes, engine = DeferredEngine(), Notes(), SilentEngine(10_000)
    deferred.listen(notes)
    deferred.load(path)
    deferred.play()
    getattr(deferred, order)()
    deferred.arrive(engine)
    assert EngineState.PLAYING not in notes.states
    assert bool(notes.lengths) is (order == "pause")


def test_afterwards_it_hands_everything_on(path: Path) -> None:
    deferred, notes, engine = DeferredEngine(), Notes(), SilentEngine(10_000)
    deferred.arrive(engine)
    deferred.listen(notes)
    deferred.load(path, 1000)
    deferred.play()
    deferred.seek(7000)
    assert engine.position_ms >= 7000
    deferred.poll()
    assert notes.ticks[-1][1] >= 7000
    deferred.pause()
    assert notes.states[-1] is EngineState.PAUSED
    deferred.close()
    assert engine.position_ms == 0
