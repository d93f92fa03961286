"""Fades while a stretch is heard: as loud as the cut will be, and the volume as it was afterwards."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QObject
from pytestqt.qtbot import QtBot

from player.audio.cutting import _faded, _ramp
from player.audio.engine import SilentEngine
from player.audio.fading import Fading, gain_at
from player.audio.playback import Playback


class Watch:
    """A clock that is told to go on."""

    now_s = 50.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def playing(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[Playback, Fading, Watch]]:
    """A minute of silence that is played from 10 to 20 s, with fades of a second."""
    watch, owner = Watch(), QObject()
    playback = Playback(SilentEngine(monotonic=watch), monotonic=watch, parent=owner)
    fading = Fading(playback, owner)
    playback.set_volume(80)
    sound = tmp_path / "silence.wav"
    sound.write_bytes(b"RIFF")
    playback.load(sound, 60_000)
    QCoreApplication.processEvents()
    playback.play_range(10_000, 20_000)
    fading.begin(10_000, 20_000, 1000)
    yield playback, fading, watch
    playback.close()


def go_to(playback: Playback, watch: Watch, ms: int) -> int:
    """Let time pass until `ms` is heard; the volume that the engine plays at then."""
    QCoreApplication.processEvents()
    assert playback.is_playing
    while playback.position_ms < ms:
        watch.now_s += min(20, ms - playback.position_ms) / 1000
        playback.refresh()
        QCoreApplication.processEvents()
    engine = playback.engine
    assert isinstance(engine, SilentEngine)
    return engine.volume


def test_the_fade_is_that_of_the_cut() -> None:
    fade_ms, length_ms = 200, 1000  # A sample is a millisecond.
    ramp = _ramp(fade_ms)
    cut = np.concatenate(list(_faded(iter([np.ones((1, length_ms), np.float32)]), ramp, ramp)), axis=1)
    heard = [gain_at(ms, 0, length_ms, fade_ms) for ms in range(length_ms)]
    assert heard == pytest.approx(cut[0].tolist(), abs=0.01)
    assert gain_at(-1, 0, length_ms, fade_ms) == gain_at(length_ms + 1, 0, length_ms, fade_ms) == 0.0
    assert gain_at(50, 0, 100, 5000) == 1.0, "a fade is no longer than half of the stretch"


def test_it_comes_in_and_goes_out(playing: tuple[Playback, Fading, Watch]) -> None:
    playback, _, watch = playing
    assert go_to(playback, watch, 10_000) == 0
    assert go_to(playback, watch, 10_500) == pytest.approx(80 * 0.5 ** (1 / 3), abs=1)
    assert go_to(playback, watch, 15_000) == 80
    assert go_to(playback, watch, 19_500) == pytest.approx(80 * 0.5 ** (1 / 3), abs=1)
    assert go_to(playback, watch, 20_000) == 80, "it is over, and paused"
    assert not playback.is_playing
    assert playback.volume == 80


def test_going_elsewhere_ends_it(playing: tuple[Playback, Fading, Watch]) -> None:
    playback, fading, watch = playing
    assert go_to(playback, watch, 10_100) < 40
    playback.seek(30_000)
    assert go_to(playback, watch, 30_100) == 80
    assert not fading._steps.isActive()


def test_another_file_is_as_loud_as_ever(playing: tuple[Playback, Fading, Watch], tmp_path: Path) -> None:
    playback, _, watch = playing
    assert go_to(playback, watch, 10_100) < 40
    playback.load(tmp_path / "silence.wav", 60_000)
    playback.play()
    assert go_to(playback, watch, 500) == 80


def test_a_stretch_beyond_the_end_silences_nothing(playing: tuple[Playback, Fading, Watch]) -> None:
    playback, fading, watch = playing
    playback.seek(30_000)
    playback.play_range(90_000, 95_000)
    fading.begin(90_000, 95_000, 200)
    assert go_to(playback, watch, 30_100) == 80


def test_the_volume_can_be_changed_meanwhile(playing: tuple[Playback, Fading, Watch]) -> None:
    playback, _, watch = playing
    playback.set_volume(40)
    assert playback.volume == 40
    assert go_to(playback, watch, 10_500) == pytest.approx(40 * 0.5 ** (1 / 3), abs=1)


def test_fades_that_nobody_hears_are_left_to_the_cut(playing: tuple[Playback, Fading, Watch]) -> None:
    playback, fading, watch = playing
    playback.play_range(10_000, 20_000)
    fading.begin(10_000, 20_000, 8)
    assert go_to(playback, watch, 10_001) == 80
