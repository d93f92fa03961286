"""Playback shows every wish at once and lets nothing an engine says late or falsely through."""

import pytest
from PySide6.QtCore import QCoreApplication

from player.audio.engine import AudioEngine, EngineState, SilentEngine
from player.audio.playback import Playback

EMPTY, PAUSED, PLAYING, ENDED, FAILED = EngineState


class Clock:
    def __init__(self):
        self.s = 100.0

    def __call__(self):
        return self.s


class Recorder(AudioEngine):
    """An engine that writes down its orders and reports only what a test has it report."""

    name = "Recorder"

    def __init__(self):
        super().__init__()
        self.orders = []

    @property
    def reports(self):
        return self._listener

    def load(self, path, start_ms=0, duration_ms=0):
        self.orders.append(("load", path.name, start_ms))

    def unload(self):
        self.orders.append("unload")

    def play(self):
        self.orders.append("play")

    def pause(self):
        self.orders.append("pause")

    def seek(self, position_ms):
        self.orders.append(position_ms)

    def set_rate(self, rate):
        self.orders.append(("rate", rate))

    def set_volume(self, volume):
        self.orders.append(("volume", volume))

    def set_muted(self, muted):
        self.orders.append(("muted", muted))

    def close(self):
        self.orders.append("close")


class Rig:
    """A playback with a settable clock whose signals are written down in order."""

    def __init__(self, engine, clock):
        self.clock = clock
        self.engine = engine
        self.playback = Playback(engine, clock)
        self.said = []
        for name in (
            "state_changed",
            "duration_changed",
            "rate_changed",
            "volume_changed",
            "muted_changed",
            "failed",
            "seeked",
            "range_finished",
        ):
            getattr(self.playback, name).connect(lambda *args, name=name: self.said.append((name, *args)))
        self.shown = []
        self.playback.position_changed.connect(self.shown.append)

    def settle(self):
        """Let the reports that wait in the queue arrive."""
        QCoreApplication.sendPostedEvents()

    def wait(self, seconds, step_s=0.016):
        """Let time pass as the timers would see it."""
        from_s = self.clock.s
        until_s = from_s + seconds
        while self.clock.s < until_s - 1e-9:
            self.clock.s = min(until_s, self.clock.s + step_s)
            if self.playback.is_playing:
                self.playback.refresh()
            if self.playback._seek_gap.isActive() and self.clock.s - from_s >= 0.1:
                self.playback._seek_gap.stop()
                self.playback._send_seek()
            self.settle()

    def states(self):
        return [args[0] for name, *args in self.said if name == "state_changed"]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def sound(tmp_path):
    path = tmp_path / "talk.mp3"
    path.write_bytes(b"\xff\xfb")
    return path


@pytest.fixture
def rig(qapp, clock):
    """On the silent engine, with files of 10 s."""
    rig = Rig(SilentEngine(10_000, clock), clock)
    yield rig
    rig.playback.close()


@pytest.fixture
def loaded(rig, sound):
    rig.playback.load(sound)
    rig.settle()
    rig.said.clear()
    rig.shown.clear()
    return rig


@pytest.fixture
def raw(qapp, clock, sound):
    """On the recorder, with a file of 100 s loaded and ready."""
    rig = Rig(Recorder(), clock)
    rig.playback.load(sound, 100_000)
    rig.engine.reports.ready(100_000)
    rig.settle()
    rig.engine.orders.clear()
    rig.said.clear()
    yield rig
    rig.playback.close()


def start(raw):
    raw.playback.play()
    raw.engine.reports.state(PLAYING)
    raw.settle()
    raw.engine.orders.clear()
    raw.said.clear()


# States


def test_empty(rig):
    p = rig.playback
    assert (p.state, p.is_playing, p.position_ms, p.duration_ms) == (EMPTY, False, 0, 0)
    assert (p.rate, p.volume, p.muted, p.sync_offset_ms) == (1.0, 100, False, 0)


def test_load_stands_paused_at_the_start_asked_for(rig, sound):
    rig.playback.load(sound, 10_000, 4000)
    assert (rig.playback.state, rig.playback.position_ms, rig.playback.duration_ms) == (PAUSED, 4000, 10_000)
    assert rig.said == [("duration_changed", 10_000), ("state_changed", PAUSED)]
    assert rig.shown == [4000]


DO = {
    "load": lambda r, f: r.playback.load(f),
    "unload": lambda r, f: r.playback.unload(),
    "play": lambda r, f: r.playback.play(),
    "pause": lambda r, f: r.playback.pause(),
    "seek": lambda r, f: r.playback.seek(5000),
    "to end": lambda r, f: r.playback.seek(10_000),
    "run": lambda r, f: r.wait(1.0),
    "run out": lambda r, f: r.wait(11.0),
    "missing": lambda r, f: r.playback.load(f.with_name("gone.mp3")),
}


@pytest.mark.parametrize(
    ("steps", "states", "position_ms"),
    [
        ("play", [], 0),
        ("pause, play, seek", [], 0),
        ("load", [PAUSED], 0),
        ("load, pause, run", [PAUSED], 0),
        ("load, play, run", [PAUSED, PLAYING], 1000),
        ("load, play, run, pause, run", [PAUSED, PLAYING, PAUSED], 1000),
        ("load, play, play, run, pause, pause", [PAUSED, PLAYING, PAUSED], 1000),
        ("load, seek, run", [PAUSED], 5000),
        ("load, seek, play, run", [PAUSED, PLAYING], 6000),
        ("load, play, run, seek, run", [PAUSED, PLAYING], 6000),
        ("load, play, run out", [PAUSED, PLAYING, ENDED], 10_000),
        ("load, play, run out, pause", [PAUSED, PLAYING, ENDED], 10_000),
        ("load, play, run out, play, run", [PAUSED, PLAYING, ENDED, PAUSED, PLAYING], 1000),
        ("load, play, run out, seek, run", [PAUSED, PLAYING, ENDED, PAUSED], 5000),
        ("load, play, run out, seek, play, run", [PAUSED, PLAYING, ENDED, PAUSED, PLAYING], 6000),
        ("load, play, run out, load, play, run", [PAUSED, PLAYING, ENDED, PAUSED, PLAYING], 1000),
        ("load, play, run, to end, run", [PAUSED, PLAYING, ENDED], 10_000),
        ("load, run, to end, run", [PAUSED], 10_000),
        ("load, run, to end, play, run", [PAUSED, PLAYING], 888),  # two seeks within 100 ms
        ("load, play, run, unload, run", [PAUSED, PLAYING, EMPTY], 0),
        ("load, play, run, load, run", [PAUSED, PLAYING, PAUSED], 0),
        ("missing, run", [PAUSED, FAILED], 0),
        ("missing, run, play, pause, seek", [PAUSED, FAILED], 0),
        ("missing, run, load, run, play, run", [PAUSED, FAILED, PAUSED, PLAYING], 1000),
        ("load, play, run, missing, run, load", [PAUSED, PLAYING, PAUSED, FAILED, PAUSED], 0),
        ("missing, run, unload", [PAUSED, FAILED, EMPTY], 0),
    ],
)
def test_transitions(rig, sound, steps, states, position_ms):
    for step in steps.split(", "):
        DO[step](rig, sound)
        rig.settle()
    assert rig.states() == states
    assert rig.playback.state is (states[-1] if states else EMPTY)
    assert rig.playback.position_ms == pytest.approx(position_ms, abs=2)


def test_a_missing_file_is_told_in_one_sentence(rig, sound):
    rig.playback.load(sound.with_name("gone.mp3"))
    rig.settle()
    (message,) = [args[0] for name, *args in rig.said if name == "failed"]
    assert message.startswith("“gone.mp3” is not there any more")


def test_the_end_is_told_once(loaded):
    loaded.playback.play()
    loaded.wait(12.0)
    assert loaded.states().count(ENDED) == 1
    assert loaded.shown[-1] == 10_000


def test_wishes_before_the_engine_answers_show_at_once(loaded):
    loaded.playback.play()
    assert loaded.playback.state is PLAYING
    loaded.playback.pause()
    assert loaded.playback.state is PAUSED


# Position


def test_positions_are_shown_while_playing_and_never_run_back(loaded):
    loaded.playback.play()
    loaded.wait(2.0)
    assert loaded.shown == sorted(set(loaded.shown))
    assert len(loaded.shown) > 120
    loaded.playback.pause()
    loaded.shown.clear()
    loaded.wait(2.0)
    assert loaded.shown == []


def test_the_clock_is_looked_at_only_while_playing(loaded):
    beat = loaded.playback._beat
    assert not beat.running
    loaded.playback.play()
    assert beat.running
    loaded.playback.pause()
    assert not beat.running
    loaded.playback.play()
    loaded.wait(11.0)
    assert not beat.running


def test_what_is_awaited_is_shown_the_moment_it_is_heard(loaded):
    loaded.playback.await_position(1020)
    loaded.playback.play()
    loaded.wait(1.0)
    between = loaded.playback._beat._between
    assert between.isActive()
    assert between.interval() <= 1020 - loaded.playback.position_ms + 1
    loaded.playback.await_position(None)
    between.stop()
    loaded.playback.refresh()
    assert not between.isActive()


def test_the_clock_starts_with_the_sound_not_with_the_order(raw):
    raw.playback.play()
    raw.wait(0.5)
    assert raw.playback.position_ms == 0
    raw.engine.reports.state(PLAYING)
    raw.settle()
    raw.wait(0.5)
    assert raw.playback.position_ms == pytest.approx(500, abs=2)


def test_reports_move_the_clock(raw):
    start(raw)
    raw.wait(1.0)
    raw.engine.reports.tick(raw.clock.s, 1050)
    raw.wait(1.0)
    assert raw.playback.position_ms == pytest.approx(2050, abs=2)


def test_the_engines_bias_is_taken_off_by_kind_and_rate(raw, sound):
    asked = []
    raw.engine.bias_ms = lambda kind, rate: asked.append((kind, rate)) or 30.0
    start(raw)
    raw.playback.set_rate(2.0)
    raw.wait(1.0)
    raw.engine.reports.tick(raw.clock.s, 2030)
    raw.wait(1.0)
    assert raw.playback.position_ms == pytest.approx(4000, abs=2)
    assert set(asked) == {("mp3", 1.0), ("mp3", 2.0)}


def test_after_a_seek_the_clock_waits_for_the_sound_as_long_as_that_takes(raw):
    raw.engine.lag_ms = lambda kind, rate: {("mp3", 1.0): 80.0}[kind, rate]
    start(raw)
    raw.playback.seek(20_000)
    raw.wait(0.08)
    assert raw.playback.position_ms == 20_000
    raw.wait(0.1)
    assert raw.playback.position_ms == pytest.approx(20_100, abs=2)


def test_sync_offset(raw):
    start(raw)
    raw.playback.set_sync_offset(300)
    assert raw.playback.sync_offset_ms == 300
    raw.wait(1.0)
    raw.engine.reports.tick(raw.clock.s, 1000)
    raw.wait(1.0)
    assert raw.playback.position_ms == pytest.approx(1700, abs=2)


# Length


@pytest.mark.parametrize(
    ("given_ms", "told_ms", "shown"),
    [(None, 8000, [8000]), (8000, 6000, [8000]), (None, 0, []), (8000, 0, [8000]), (0, 7000, [7000])],
)
def test_a_given_length_is_trusted_over_the_engines(qapp, clock, sound, given_ms, told_ms, shown):
    rig = Rig(Recorder(), clock)
    rig.playback.load(sound, given_ms)
    rig.engine.reports.ready(told_ms)
    rig.settle()
    assert [args[0] for name, *args in rig.said if name == "duration_changed"] == shown
    assert rig.playback.duration_ms == (shown[-1] if shown else 0)


def test_the_position_stays_within_the_file(raw):
    start(raw)
    raw.playback.seek(99_500)
    raw.wait(2.0)
    assert raw.playback.position_ms == 100_000


def test_a_file_cut_short_ends_where_its_sound_stops(raw):
    start(raw)
    raw.wait(5.0)
    raw.engine.reports.state(ENDED)
    raw.settle()
    assert raw.playback.state is ENDED
    assert raw.playback.position_ms == pytest.approx(5000, abs=2)


# Seeking


@pytest.mark.parametrize(("asked_ms", "to_ms"), [(5000, 5000), (-5, 0), (1_000_000, 100_000)])
def test_a_seek_is_clamped_shown_and_told_at_once(raw, asked_ms, to_ms):
    raw.playback.seek(1000)
    raw.said.clear()
    raw.shown.clear()
    raw.playback.seek(asked_ms)
    assert raw.playback.position_ms == to_ms
    assert raw.shown == [to_ms]
    assert raw.said == [("seeked", 1000, to_ms)]


def test_a_seek_before_the_file_is_open_is_remembered(qapp, clock, sound):
    rig = Rig(Recorder(), clock)
    rig.playback.load(sound, 100_000)
    rig.playback.seek(30_000)
    rig.playback.play()
    assert rig.playback.position_ms == 30_000
    assert rig.engine.orders == [("load", "talk.mp3", 0)]
    rig.engine.reports.ready(100_000)
    rig.settle()
    assert rig.engine.orders == [("load", "talk.mp3", 0), 30_000, "play"]


def test_play_before_the_file_is_open_is_remembered(qapp, clock, sound):
    rig = Rig(Recorder(), clock)
    rig.playback.load(sound)
    rig.playback.play()
    rig.engine.reports.ready(0)
    rig.settle()
    assert rig.engine.orders == [("load", "talk.mp3", 0), "play"]


def test_fast_seeks_send_the_first_and_the_last(raw, qtbot):
    for target_ms in (10_000, 20_000, 30_000, 40_000):
        raw.playback.seek(target_ms)
        assert raw.playback.position_ms == target_ms
    assert raw.engine.orders == [10_000]
    qtbot.waitUntil(lambda: len(raw.engine.orders) > 1)
    assert raw.engine.orders == [10_000, 40_000]


def test_while_a_seek_waits_the_clock_stands_at_its_target(raw):
    start(raw)
    raw.playback.seek(10_000)
    raw.playback.seek(40_000)
    raw.wait(0.09)
    raw.engine.reports.tick(raw.clock.s, 10_090)
    raw.settle()
    assert raw.playback.position_ms == 40_000
    raw.playback._send_seek()
    assert raw.engine.orders == [10_000, "play", 40_000, "play"]
    raw.engine.reports.tick(raw.clock.s, 10_095)
    raw.wait(0.1)
    assert raw.playback.position_ms == pytest.approx(40_100, abs=2)


def test_the_place_left_by_a_seek_is_not_shown_again(raw):
    start(raw)
    raw.wait(5.0)
    late_s = raw.clock.s - 0.01
    raw.playback.seek(60_000)
    raw.engine.reports.tick(late_s, 5000)
    raw.engine.reports.tick(raw.clock.s, 5005)
    raw.wait(0.1)
    assert raw.playback.position_ms == pytest.approx(60_100, abs=2)


def test_an_end_from_before_a_seek_is_not_believed(raw):
    start(raw)
    raw.engine.reports.state(ENDED)
    raw.clock.s += 0.001
    raw.playback.seek(20_000)
    raw.settle()
    assert raw.playback.state is PLAYING
    assert raw.engine.orders == [20_000, "play"]


# Files one after the other


def test_reports_about_an_earlier_file_are_dropped(raw, sound):
    earlier = raw.engine.reports
    raw.playback.load(sound, 50_000)
    raw.playback.play()
    raw.said.clear()
    earlier.ready(1)
    earlier.state(PLAYING)
    earlier.tick(raw.clock.s, 77_000)
    earlier.state(ENDED)
    earlier.failed("never mind")
    raw.settle()
    assert raw.said == []
    assert raw.playback.position_ms == 0


def test_after_close_reports_go_nowhere(raw):
    reports = raw.engine.reports
    raw.playback.close()
    reports.tick(1.0, 5)
    reports.failed("never mind")
    raw.settle()
    assert raw.said == [("state_changed", EMPTY)]
    assert raw.engine.orders == ["close"]


def test_a_file_that_fails_while_playing_leaves_the_position(raw, sound):
    start(raw)
    raw.wait(2.0)
    raw.engine.reports.failed("The disk is gone.")
    raw.settle()
    assert raw.said == [("state_changed", FAILED), ("failed", "The disk is gone.")]
    assert raw.playback.position_ms == pytest.approx(2000, abs=2)
    raw.playback.load(sound)
    assert raw.playback.state is PAUSED


# Rate, volume, mute


@pytest.mark.parametrize(
    ("asked", "rate"), [(1.5, 1.5), (1.2499, 1.2), (0.1, 0.5), (9, 3.0), (0.7000000001, 0.7), (1.1 + 0.1, 1.2)]
)
def test_rate_is_set_in_clean_tenths(raw, asked, rate):
    raw.playback.set_rate(asked)
    raw.playback.set_rate(asked)
    assert raw.playback.rate == rate
    assert raw.said == [("rate_changed", rate)]
    assert raw.engine.orders == [("rate", rate)]


def test_rate_changes_how_fast_time_runs(loaded):
    loaded.playback.play()
    loaded.wait(1.0)
    loaded.playback.set_rate(2.0)
    loaded.wait(1.0)
    assert loaded.playback.position_ms == pytest.approx(3000, abs=5)


@pytest.mark.parametrize(("asked", "volume"), [(50, 50), (-1, 0), (101, 100), (100, 100)])
def test_volume(raw, asked, volume):
    raw.playback.set_volume(asked)
    assert raw.playback.volume == volume
    assert raw.said == ([("volume_changed", volume)] if volume != 100 else [])


def test_muting_keeps_the_volume(raw):
    raw.playback.set_volume(40)
    raw.playback.set_muted(True)
    raw.playback.set_muted(True)
    raw.playback.set_muted(False)
    assert raw.said == [("volume_changed", 40), ("muted_changed", True), ("muted_changed", False)]
    assert raw.engine.orders == [("volume", 40), ("muted", True), ("muted", False)]


# Ranges


def test_a_range_stops_at_its_end(loaded):
    loaded.playback.play_range(2000, 3000)
    loaded.wait(5.0)
    assert loaded.playback.state is PAUSED
    assert loaded.playback.position_ms == 3000
    assert loaded.engine.position_ms == pytest.approx(3000, abs=18)
    assert max(loaded.shown) == 3000
    assert loaded.said == [
        ("seeked", 0, 2000),
        ("state_changed", PLAYING),
        ("state_changed", PAUSED),
        ("range_finished",),
    ]


def test_after_a_range_play_goes_on(loaded):
    loaded.playback.play_range(2000, 3000)
    loaded.wait(2.0)
    loaded.playback.play()
    loaded.wait(2.0)
    assert loaded.playback.position_ms == pytest.approx(5000, abs=20)


def test_the_last_tick_of_a_range_is_timed_to_its_end(loaded):
    loaded.playback.play_range(2000, 3000)
    loaded.settle()
    loaded.clock.s += 0.98
    loaded.playback.refresh()
    assert 19 <= loaded.playback._beat._between.interval() <= 22
    assert loaded.playback._beat._between.isActive()


def test_a_loop_comes_round(loaded):
    loaded.playback.play_range(2000, 3000, loop=True)
    loaded.said.clear()
    for _ in range(3):
        loaded.wait(1.0)
    assert loaded.playback.is_playing
    assert loaded.playback.position_ms <= 3000
    assert loaded.said == []
    assert len([1 for a, b in zip(loaded.shown, loaded.shown[1:], strict=False) if b < a]) >= 2


@pytest.mark.parametrize("act", ["seek", "load", "run out"])
def test_what_ends_a_range(loaded, sound, act):
    loaded.playback.play_range(9000, 10_000)
    loaded.wait(0.5)
    DO[act](loaded, sound)
    loaded.playback.play()
    loaded.playback.seek(8500)
    loaded.playback._send_seek()
    loaded.said.clear()
    loaded.wait(3.0)
    assert ("range_finished",) not in loaded.said
    assert loaded.playback.state is ENDED


def test_a_paused_range_goes_on_to_its_end(loaded):
    loaded.playback.play_range(2000, 3000)
    loaded.wait(0.5)
    loaded.playback.pause()
    loaded.wait(1.0)
    loaded.playback.play()
    loaded.wait(2.0)
    assert loaded.playback.position_ms == 3000
    assert ("range_finished",) in loaded.said


@pytest.mark.parametrize(("start_ms", "end_ms"), [(3000, 3000), (3000, 2000), (20_000, 30_000)])
def test_an_empty_range_is_not_played(loaded, start_ms, end_ms):
    loaded.playback.play_range(start_ms, end_ms)
    assert loaded.said == []


def test_a_range_to_the_end_of_the_file(loaded):
    loaded.playback.play_range(9000, 10_000)
    loaded.wait(2.0)
    assert loaded.said.count(("range_finished",)) == 1
    assert loaded.playback.position_ms == 10_000


def test_a_loop_to_the_end_of_the_file_goes_on(raw):
    raw.playback.play_range(98_000, 100_000, loop=True)
    raw.engine.reports.state(PLAYING)
    raw.settle()
    raw.wait(1.95)
    raw.engine.reports.state(ENDED)
    raw.settle()
    assert raw.playback.is_playing
    assert raw.playback.position_ms == 98_000
