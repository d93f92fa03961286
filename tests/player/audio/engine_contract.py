"""What every engine that sounds must do; each engine's own tests inherit it."""

import threading
import time

import pytest
from make_sounds import write_sound
from PySide6.QtCore import QCoreApplication

from player.audio.engine import EngineState

EMPTY, PAUSED, PLAYING, ENDED, FAILED = EngineState
SECONDS = 5.0


class Notes:
    """A listener that writes down what it hears, from any thread."""

    def __init__(self):
        self.states = []
        self.ticks = []
        self.lengths = []
        self.failures = []

    def state(self, state):
        self.states.append(state)

    def tick(self, stamp_s, position_ms):
        self.ticks.append((stamp_s, position_ms))

    def ready(self, duration_ms):
        self.lengths.append(duration_ms)

    def failed(self, message):
        self.failures.append(message)


class Rig:
    """An engine, its listener, and the pace of an owner."""

    def __init__(self, engine):
        self.engine = engine
        self.notes = Notes()
        engine.listen(self.notes)

    def wait(self, condition, what="what was waited for", seconds=8.0):
        until_s = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < until_s, f"{what} did not come: {vars(self.notes)}"
            self.pass_time(0.005)

    def pass_time(self, seconds):
        until_s = time.monotonic() + seconds
        while True:
            QCoreApplication.processEvents()
            self.engine.poll()
            if time.monotonic() >= until_s:
                return
            time.sleep(0.004)

    def load(self, path, start_ms=0):
        self.notes.lengths.clear()
        self.notes.failures.clear()
        self.engine.load(path, start_ms)
        self.wait(lambda: self.notes.lengths or self.notes.failures, "an answer to load")

    def reach(self, state):
        self.wait(lambda: self.notes.states and self.notes.states[-1] is state, str(state))

    def next_tick(self):
        """The position and the age of the next report."""
        known = len(self.notes.ticks)
        self.wait(lambda: len(self.notes.ticks) > known, "a tick")
        return self.notes.ticks[known]


@pytest.fixture(scope="module")
def sounds(tmp_path_factory):
    """A folder with the same tone in several formats."""
    folder = tmp_path_factory.mktemp("sounds")
    for suffix in ("mp3", "m4a", "opus", "flac", "wav", "ogg", "mkv"):
        write_sound(folder / f"tone.{suffix}", seconds=SECONDS)
    return folder


class EngineContract:
    """A subclass supplies the fixture `engine`, one for the module."""

    @pytest.fixture
    def rig(self, engine):
        rig = Rig(engine)
        yield rig
        engine.unload()
        engine.set_rate(1.0)

    @pytest.fixture
    def tone(self, sounds):
        return sounds / "tone.mp3"

    def test_it_opens_paused_and_without_a_sound(self, rig, tone):
        rig.load(tone, 1000)
        rig.pass_time(0.15)
        assert rig.notes.states[-1] is PAUSED
        assert PLAYING not in rig.notes.states
        assert rig.notes.ticks == []
        assert rig.notes.lengths == [pytest.approx(SECONDS * 1000, abs=100)]

    def test_it_plays_from_the_start_asked_for(self, rig, tone):
        rig.load(tone, 1000)
        rig.engine.play()
        rig.reach(PLAYING)
        _, position_ms = rig.next_tick()
        assert 1000 <= position_ms <= 1400

    @pytest.mark.parametrize("rate", [1.0, 2.0])
    def test_its_reports_keep_time(self, rig, tone, rate):
        rig.engine.set_rate(rate)
        rig.load(tone)
        rig.engine.play()
        rig.wait(lambda: rig.notes.ticks and rig.notes.ticks[-1][1] > 1300 * rate**0.5, "progress")
        ticks = rig.notes.ticks[1:]
        (first_s, first_ms), (last_s, last_ms) = ticks[0], ticks[-1]
        assert last_ms - first_ms == pytest.approx((last_s - first_s) * rate * 1000, abs=120)

    def test_it_pauses_and_goes_on(self, rig, tone):
        rig.load(tone)
        rig.engine.play()
        before_ms = rig.next_tick()[1]
        rig.engine.pause()
        rig.reach(PAUSED)
        rig.pass_time(0.05)
        rig.notes.ticks.clear()
        rig.pass_time(0.4)
        assert rig.notes.ticks == []
        rig.engine.play()
        rig.reach(PLAYING)
        assert before_ms <= rig.next_tick()[1] <= before_ms + 700

    def test_a_seek_while_paused_is_where_it_plays_on(self, rig, tone):
        rig.load(tone)
        rig.engine.seek(2000)
        rig.pass_time(0.05)
        assert PLAYING not in rig.notes.states
        rig.engine.play()
        rig.reach(PLAYING)
        assert 1990 <= rig.next_tick()[1] <= 2400

    def test_only_a_seek_has_a_run_up(self, rig, tone):
        rig.load(tone)
        rig.engine.seek(2000)
        rig.engine.play()
        rig.reach(PLAYING)
        after_seek_ms = rig.engine.lag_ms("mp3", 1.0)
        rig.next_tick()
        rig.engine.pause()
        rig.reach(PAUSED)
        rig.engine.play()
        rig.reach(PLAYING)
        assert rig.engine.lag_ms("mp3", 1.0) < after_seek_ms
        rig.engine.seek(0)
        assert rig.engine.lag_ms("mp3", 1.0) < after_seek_ms

    @pytest.mark.parametrize("suffix", ["mp3", "m4a", "opus", "flac", "wav", "ogg", "mkv"])
    def test_a_seek_while_playing(self, rig, sounds, suffix):
        rig.load(sounds / f"tone.{suffix}")
        rig.engine.play()
        rig.reach(PLAYING)
        rig.engine.seek(1500)
        seek_s = time.monotonic()
        rig.wait(lambda: rig.notes.ticks and rig.notes.ticks[-1][0] > seek_s + 0.1, "a tick after the seek")
        stamp_s, position_ms = rig.notes.ticks[-1]
        assert position_ms == pytest.approx(1500 + (stamp_s - seek_s) * 1000, abs=200)
        assert rig.notes.states[-1] is PLAYING

    def test_a_seek_is_not_reported_before_it_sounds(self, rig, tone):
        rig.load(tone)
        rig.engine.play()
        rig.next_tick()
        here = len(rig.notes.ticks)
        rig.engine.seek(2000)
        assert 2000 not in [position_ms for _, position_ms in rig.notes.ticks[here:]]

    def test_the_end_and_what_follows(self, rig, tone):
        rig.load(tone, 4600)
        rig.engine.play()
        rig.reach(ENDED)
        rig.engine.play()
        rig.reach(PLAYING)
        assert rig.next_tick()[1] < 500
        rig.engine.seek(4600)
        rig.reach(ENDED)
        rig.engine.seek(1000)
        rig.reach(PAUSED)
        rig.pass_time(0.1)
        assert rig.notes.states[-1] is PAUSED
        rig.engine.play()
        rig.reach(PLAYING)
        assert 1000 <= rig.next_tick()[1] <= 1400
        assert rig.notes.failures == []

    def test_seek_and_play_at_the_end_in_one_breath(self, rig, tone):
        rig.load(tone, 4700)
        rig.engine.play()
        rig.reach(ENDED)
        rig.engine.seek(1000)
        rig.engine.play()
        rig.reach(PLAYING)
        assert 1000 <= rig.next_tick()[1] <= 1400

    @pytest.mark.parametrize(
        ("name", "content"),
        [("gone.mp3", None), ("text.mp3", b"No sound here.\n" * 400), ("zeros.mp3", b"\0" * 100_000)],
    )
    def test_what_cannot_be_played_is_told_in_one_sentence_and_the_next_file_plays(
        self, rig, tone, tmp_path, name, content
    ):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        rig.load(tmp_path / name)
        rig.engine.play()
        rig.engine.seek(100)
        rig.engine.pause()
        rig.pass_time(0.05)
        (message,) = rig.notes.failures
        assert message.startswith(f"“{name}”")
        assert message.endswith(".")
        assert rig.notes.states == []
        rig.load(tone)
        rig.engine.play()
        rig.reach(PLAYING)

    def test_a_file_cut_short_plays_to_where_it_ends(self, rig, sounds, tmp_path):
        whole = (sounds / "tone.mp3").read_bytes()
        cut = tmp_path / "cut.mp3"
        cut.write_bytes(whole[: len(whole) // 4])
        rig.load(cut)
        rig.engine.play()
        rig.reach(ENDED)
        assert rig.notes.failures == []

    def test_a_file_loaded_while_another_plays(self, rig, sounds):
        rig.load(sounds / "tone.mp3")
        rig.engine.play()
        rig.next_tick()
        earlier, rig.notes = rig.notes, Notes()
        rig.engine.listen(rig.notes)
        rig.load(sounds / "tone.opus", 500)
        counts = len(earlier.ticks), len(earlier.states)
        rig.engine.play()
        assert 500 <= rig.next_tick()[1] <= 900
        assert (len(earlier.ticks), len(earlier.states)) == counts

    def test_after_unload_it_is_still(self, rig, tone):
        rig.load(tone)
        rig.engine.play()
        rig.next_tick()
        rig.engine.unload()
        rig.notes.ticks.clear()
        rig.engine.play()
        rig.engine.seek(100)
        rig.pass_time(0.3)
        assert rig.notes.ticks == []

    def test_the_last_order_counts_however_fast_they_come(self, rig, tone):
        rig.load(tone)
        for order in (rig.engine.play, rig.engine.pause, rig.engine.play, rig.engine.pause):
            order()
        rig.pass_time(0.3)
        assert rig.notes.states[-1] is PAUSED
        for target_ms in (1000, 2000, 1500):
            rig.engine.seek(target_ms)
        rig.engine.play()
        rig.engine.seek(3000)
        rig.reach(PLAYING)
        rig.wait(lambda: rig.notes.ticks and rig.notes.ticks[-1][1] >= 3000, "the last target")
        rig.engine.pause()
        rig.engine.seek(500)
        rig.reach(PAUSED)
        rig.engine.play()
        rig.wait(lambda: rig.notes.ticks[-1][1] < 1500, "the way back")

    def test_orders_to_nothing_are_harmless(self, rig):
        rig.engine.play()
        rig.engine.pause()
        rig.engine.seek(1000)
        rig.engine.set_rate(1.5)
        rig.engine.set_volume(30)
        rig.engine.set_muted(True)
        rig.engine.set_muted(False)
        rig.engine.set_volume(100)
        assert rig.notes.states == rig.notes.failures == []

    def test_names_are_taken_as_they_are(self, rig, sounds, tmp_path):
        path = tmp_path / "100 % ü#1?.mp3"
        path.write_bytes((sounds / "tone.mp3").read_bytes())
        rig.load(path)
        rig.engine.play()
        rig.reach(PLAYING)

    @pytest.mark.parametrize("kind", ["mp3", "m4a", "opus", "ogg", "flac", "wav", "mkv", "unheard-of", ""])
    def test_there_is_a_bias_and_a_lag_for_every_kind_and_rate(self, engine, kind):
        biases = [engine.bias_ms(kind, tenths / 10) for tenths in range(5, 31)]
        assert all(-300 < bias_ms < 600 for bias_ms in biases)
        assert all(0 <= engine.lag_ms(kind, tenths / 10) < 600 for tenths in range(5, 31))
        assert engine.version[0].isdigit()

    def test_reports_stop_with_their_file(self, rig, tone):
        """No thread of an engine outlives its file's unloading."""
        rig.load(tone)
        rig.engine.play()
        rig.reach(PLAYING)
        rig.engine.unload()
        seen = len(rig.notes.states)
        threading.Event().wait(0.05)
        rig.pass_time(0.05)
        assert len(rig.notes.states) == seen
