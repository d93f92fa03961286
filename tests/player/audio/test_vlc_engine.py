"""libVLC: the contract of every engine, its five ways of being absent, and its silence on stderr."""

import os
import subprocess
import sys
import types

import pytest
from engine_contract import EngineContract, EngineState, Rig, sounds  # noqa: F401 - sounds is a fixture

from player.audio import vlc_engine
from player.audio.engine import EngineMissing

PAUSED, PLAYING, ENDED, FAILED = (
    EngineState.PAUSED,
    EngineState.PLAYING,
    EngineState.ENDED,
    EngineState.FAILED,
)
pytestmark = pytest.mark.sound


@pytest.fixture(scope="module")
def engine():
    try:
        engine = vlc_engine.VlcEngine(("--aout=dummy",))
    except EngineMissing as error:
        pytest.skip(str(error))
    yield engine
    engine.close()


class TestContract(EngineContract):
    """libVLC keeps the contract."""


def test_a_file_that_vanishes_is_told_when_it_is_needed_again(engine, sounds, tmp_path):  # noqa: F811
    path = tmp_path / "short.mp3"
    path.write_bytes((sounds / "tone.mp3").read_bytes())
    rig = Rig(engine)
    rig.load(path, 4700)
    rig.engine.play()
    rig.reach(ENDED)
    path.unlink()
    rig.engine.play()
    assert rig.notes.failures == ["“short.mp3” is not there any more: it was moved, renamed or deleted."]


def test_the_levels_are_set_before_the_first_sample_and_after_it(engine, sounds, monkeypatch):  # noqa: F811
    rig = Rig(engine)
    engine.set_volume(30)
    engine.set_muted(True)
    asked = []
    play = engine._player.play
    monkeypatch.setattr(engine._player, "audio_set_volume", asked.append, raising=False)
    monkeypatch.setattr(engine._player, "audio_set_mute", asked.append, raising=False)
    monkeypatch.setattr(engine._player, "play", lambda: asked.append("play") or play(), raising=False)
    rig.load(sounds / "tone.mp3")
    rig.engine.play()
    rig.next_tick()
    rig.pass_time(0.02)
    monkeypatch.undo()
    engine.set_volume(100)
    engine.set_muted(False)
    assert asked == [30, True, "play", 30, True, "play", 30, True]


def test_a_seek_while_paused_costs_nothing_until_it_is_heard(engine, sounds, monkeypatch):  # noqa: F811
    rig = Rig(engine)
    rig.load(sounds / "tone.mp3")
    opened = []
    monkeypatch.setattr(engine, "_open", opened.append)
    for target_ms in (1000, 2000, 3000):
        engine.seek(target_ms)
    assert opened == []
    engine.play()
    assert opened == [3000]


def test_a_file_that_vanishes_while_it_plays_is_told_at_the_next_seek(engine, sounds, tmp_path):  # noqa: F811
    path = tmp_path / "short.mp3"
    path.write_bytes((sounds / "tone.mp3").read_bytes())
    rig = Rig(engine)
    rig.load(path)
    engine.play()
    rig.next_tick()
    path.unlink()
    engine.seek(2000)
    assert rig.notes.failures == ["“short.mp3” is not there any more: it was moved, renamed or deleted."]


def fake_vlc(monkeypatch, **members):
    module = types.ModuleType("vlc")
    for name, member in members.items():
        setattr(module, name, member)
    monkeypatch.setitem(sys.modules, "vlc", module)


def raising(error):
    def fail(*args):
        raise error

    return fail


class Instance:
    def __init__(self, *outputs):
        self.outputs = outputs

    def audio_output_enumerate_devices(self):
        return self.outputs

    def release(self):
        pass


@pytest.mark.parametrize(
    ("start", "version", "complaint"),
    [
        (raising(NameError("no function 'libvlc_new'")), lambda: b"", "not found"),
        (raising(NotImplementedError("cannot load")), lambda: b"", "not found"),
        (raising(OSError("no libvlc.dll")), lambda: b"", "not found"),
        (raising(SystemExit(1)), lambda: b"", "not found"),
        (lambda *args: None, lambda: b"3.0.24 Vetinari", "did not start"),
        (lambda *args: Instance({}), lambda: b"4.0.0 Otto", "version 3 is needed"),
        (lambda *args: Instance(), lambda: b"3.0.24 Vetinari", "not its plugins"),
    ],
)
def test_every_way_of_being_absent_is_told_in_one_sentence(monkeypatch, start, version, complaint):
    fake_vlc(monkeypatch, Instance=start, libvlc_get_version=version)
    with pytest.raises(EngineMissing, match=complaint):
        vlc_engine.VlcEngine()


def test_an_import_that_exits_is_survived(monkeypatch, caplog):
    monkeypatch.setenv("PYTHON_VLC_LIB_PATH", "/nowhere/libvlc.so")
    monkeypatch.delitem(sys.modules, "vlc", raising=False)
    with pytest.raises(EngineMissing, match="not found"):
        vlc_engine.VlcEngine()


def test_it_prints_nothing_even_without_a_sound_card(engine, sounds):  # noqa: F811
    code = (
        "import sys, time, pathlib\n"
        "from player.audio.vlc_engine import VlcEngine\n"
        "engine = VlcEngine()\n"
        "engine.load(pathlib.Path(sys.argv[1]))\n"
        "time.sleep(0.2)\n"
        "engine.play()\n"
        "time.sleep(0.4)\n"
        "engine.close()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(sounds / "tone.mp3")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PULSE_SERVER": "unix:/nowhere"},
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
