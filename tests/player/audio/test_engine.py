"""The silent engine keeps exact time, and a file that is no sound is turned away with one clear sentence."""

from pathlib import Path

import pytest
from make_sounds import write_sound

from player.audio.engine import AudioEngine, EngineState, SilentEngine, objection

EMPTY, PAUSED, PLAYING, ENDED, FAILED = EngineState


class Notes:
    """A listener that writes down what it hears."""

    def __init__(self):
        self.heard = []

    def state(self, state):
        self.heard.append(state)

    def tick(self, stamp_s, position_ms):
        self.heard.append((round(stamp_s, 3), position_ms))

    def ready(self, duration_ms):
        self.heard.append(duration_ms)

    def failed(self, message):
        self.heard.append(message)


class Clock:
    """A monotonic clock that tests set."""

    def __init__(self):
        self.s = 100.0

    def __call__(self):
        return self.s


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def notes():
    return Notes()


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "talk.mp3"
    path.write_bytes(b"ID3\x04\x00")
    return path


@pytest.fixture
def engine(clock, notes):
    engine = SilentEngine(10_000, clock)
    engine.listen(notes)
    return engine


STEPS = {
    "load": lambda e, c, p: e.load(p),
    "play": lambda e, c, p: e.play(),
    "pause": lambda e, c, p: e.pause(),
    "wait": lambda e, c, p: setattr(c, "s", c.s + 1),
    "wait long": lambda e, c, p: setattr(c, "s", c.s + 60),
    "seek": lambda e, c, p: e.seek(5000),
    "poll": lambda e, c, p: e.poll(),
    "faster": lambda e, c, p: e.set_rate(2.0),
    "unload": lambda e, c, p: e.unload(),
}


@pytest.mark.parametrize(
    ("steps", "heard", "position_ms"),
    [
        ("play", [], 0),
        ("load", [PAUSED, 10_000], 0),
        ("load, wait", [PAUSED, 10_000], 0),
        ("load, play, wait", [PAUSED, 10_000, PLAYING], 1000),
        ("load, play, wait, poll", [PAUSED, 10_000, PLAYING, (101.0, 1000)], 1000),
        ("load, play, wait, pause, wait", [PAUSED, 10_000, PLAYING, PAUSED], 1000),
        ("load, play, wait, faster, wait", [PAUSED, 10_000, PLAYING], 3000),
        ("load, faster, play, wait", [PAUSED, 10_000, PLAYING], 2000),
        ("load, seek", [PAUSED, 10_000, PAUSED], 5000),
        ("load, play, wait, seek, wait", [PAUSED, 10_000, PLAYING, (101.0, 5000)], 6000),
        ("load, play, wait long, poll", [PAUSED, 10_000, PLAYING, ENDED], 10_000),
        ("load, play, wait long, poll, poll", [PAUSED, 10_000, PLAYING, ENDED], 10_000),
        ("load, play, wait long, poll, pause", [PAUSED, 10_000, PLAYING, ENDED], 10_000),
        ("load, play, wait long, poll, play, wait", [PAUSED, 10_000, PLAYING, ENDED, PLAYING], 1000),
        ("load, play, wait long, poll, seek, wait", [PAUSED, 10_000, PLAYING, ENDED, PAUSED], 5000),
        ("load, play, wait, unload, wait", [PAUSED, 10_000, PLAYING], 0),
        ("load, seek, load", [PAUSED, 10_000, PAUSED, PAUSED, 10_000], 0),
    ],
)
def test_silent_engine_keeps_time(engine, clock, notes, sound, steps, heard, position_ms):
    for step in steps.split(", "):
        STEPS[step](engine, clock, sound)
    assert notes.heard == heard
    assert engine.position_ms == position_ms


def test_silent_engine_says_that_a_file_is_missing(engine, notes, tmp_path):
    engine.load(tmp_path / "gone.mp3")
    engine.play()
    assert notes.heard == ["“gone.mp3” is not there any more: it was moved, renamed or deleted."]


def test_the_length_given_with_the_file_counts(engine, clock, notes, sound):
    engine.load(sound, 1500, 2000)
    engine.play()
    clock.s += 0.5
    engine.poll()
    assert notes.heard == [PAUSED, 2000, PLAYING, ENDED]


def test_without_any_length_time_runs_on(clock, notes, sound):
    engine = SilentEngine(monotonic=clock)
    engine.listen(notes)
    engine.load(sound)
    engine.play()
    clock.s += 90_000
    engine.poll()
    assert engine.position_ms == 90_000_000
    assert ENDED not in notes.heard


def test_an_engine_nobody_listens_to_works(clock, sound):
    engine = SilentEngine(1000, clock)
    engine.load(sound)
    engine.play()
    engine.poll()
    engine.close()
    assert engine.position_ms == 0


def test_the_silent_engine_is_a_whole_engine():
    engine = SilentEngine()
    engine.set_volume(30)
    engine.set_muted(True)
    assert isinstance(engine, AudioEngine)
    assert (engine.volume, engine.muted) == (30, True)
    assert engine.bias_ms("mp3", 1.0) == 0.0


HLS = b"#EXTM3U\n#EXTINF:10,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("text.mp3", b"Hello, this is a transcript.\n" * 99, "not a sound file"),
        ("page.mp3", b"<!DOCTYPE html><title>404</title>", "not a sound file"),
        ("list.mp3", HLS, "not a sound file"),
        ("list behind a tag.mp3", b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"\0" * 10 + HLS, "not a sound file"),
        ("zeros.mp3", b"\0" * 100_000, "holds no sound"),
        ("empty.mp3", b"", "is empty"),
    ],
)
def test_objection_to_what_is_no_sound(tmp_path, name, content, complaint):
    path = tmp_path / name
    path.write_bytes(content)
    told = objection(path)
    assert complaint in told
    assert f"“{name}”" in told


@pytest.mark.parametrize(
    ("name", "complaint"),
    [("", "is a folder"), ("gone.mp3", "is not there any more"), ("a\0b.mp3", "the name is not valid")],
)
def test_objection_to_what_is_no_file(tmp_path, name, complaint):
    assert complaint in objection(Path(f"{tmp_path}/{name}"))


def test_no_objection_to_sound(tmp_path):
    assert objection(write_sound(tmp_path / "tone.mp3", seconds=0.3)) is None
