"""Qt Multimedia: the contract of every engine, and the copy it plays of a file it cannot seek in."""

import threading

import pytest
from engine_contract import EngineContract, EngineState, Rig, sounds  # noqa: F401 - sounds is a fixture
from make_sounds import write_mp3_without_header

from player.audio.container import MediaError
from player.audio.remux import seekable_copy

qt_engine = pytest.importorskip("player.audio.qt_engine", exc_type=ImportError)

# Without a sound card Qt warns from its own threads, which may find pytest-qt's message handler half taken down.
pytestmark = [pytest.mark.sound, pytest.mark.no_qt_log]


@pytest.fixture(scope="module")
def engine(qapp):
    engine = qt_engine.QtEngine()
    yield engine
    engine.close()


class TestContract(EngineContract):
    """Qt Multimedia keeps the contract."""


def test_volume_is_as_the_ear_counts_it(engine):
    loud = []
    for volume in (0, 50, 100):
        engine.set_volume(volume)
        loud.append(engine._output.volume())
    assert loud[0] == 0.0
    assert loud[1] < 0.3
    assert loud[2] == pytest.approx(1.0)


def test_muting_keeps_the_volume(engine):
    engine.set_muted(True)
    assert engine._output.isMuted()
    engine.set_muted(False)
    assert engine._output.volume() == pytest.approx(1.0)


@pytest.fixture
def preparing(qapp):
    engines = []

    def make(prepare):
        engines.append(qt_engine.QtEngine(prepare))
        return Rig(engines[-1])

    yield make
    for engine in engines:
        engine.close()


def test_it_plays_what_was_prepared(preparing, sounds, tmp_path):  # noqa: F811
    threads = []

    def prepare(path):
        threads.append(threading.current_thread())
        return sounds / "tone.opus"

    rig = preparing(prepare)
    rig.load(sounds / "tone.mp3")
    assert rig.engine._player.source().toLocalFile() == str(sounds / "tone.opus")
    assert threads[0] is not threading.main_thread()


@pytest.mark.parametrize("error", [MediaError("The disk is full."), OSError("no")])
def test_where_nothing_can_be_prepared_the_file_itself_plays(preparing, sounds, error):  # noqa: F811
    def prepare(path):
        raise error

    rig = preparing(prepare)
    rig.load(sounds / "tone.mp3")
    rig.engine.play()
    rig.reach(EngineState.PLAYING)


def test_what_was_prepared_for_an_earlier_file_is_not_played(preparing, sounds):  # noqa: F811
    gate = threading.Event()

    def prepare(path):
        if path.suffix == ".opus":
            gate.wait(5)
        return path

    rig = preparing(prepare)
    rig.engine.load(sounds / "tone.opus")
    rig.load(sounds / "tone.mp3")
    gate.set()
    rig.pass_time(0.1)
    assert rig.engine._player.source().toLocalFile() == str(sounds / "tone.mp3")
    assert len(rig.notes.lengths) == 1


def test_an_mp3_without_a_header_gets_its_true_length(preparing, tmp_path):
    path = write_mp3_without_header(tmp_path / "bare.mp3")
    rig = preparing(lambda path: seekable_copy(path, tmp_path / "cache"))
    rig.load(path)
    assert rig.notes.lengths == [pytest.approx(3000, abs=150)]
