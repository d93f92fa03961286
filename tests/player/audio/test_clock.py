"""The clock runs evenly between rare, late and false reports, and never backwards except on a seek."""

import itertools
import random

import pytest

from player.audio.clock import PlayClock


class Clock:
    def __init__(self):
        self.s = 1000.0

    def __call__(self):
        return self.s


@pytest.fixture
def real():
    return Clock()


@pytest.fixture
def clock(real):
    return PlayClock(real)


def run(clock, real, seconds, step_s=0.016):
    """Let time pass in the steps of a timer; return the positions shown."""
    shown = []
    until_s = real.s + seconds
    while real.s < until_s - 1e-9:
        real.s = min(until_s, real.s + step_s)
        shown.append(clock.now_ms())
    return shown


def test_it_stands_until_started(clock, real):
    clock.jump(5000)
    real.s += 3
    assert clock.now_ms() == 5000


def test_it_runs_from_when_the_sound_set_in(clock, real):
    clock.jump(5000)
    clock.start(real.s, lag_ms=40)
    real.s += 0.030
    assert clock.now_ms() == pytest.approx(5000)
    real.s += 0.110
    assert clock.now_ms() == pytest.approx(5100)


def test_starting_twice_changes_nothing(clock, real):
    clock.start()
    real.s += 1
    clock.start()
    assert clock.now_ms() == pytest.approx(1000)


def test_it_holds_and_goes_on(clock, real):
    clock.start()
    real.s += 1
    clock.hold()
    real.s += 10
    assert clock.now_ms() == pytest.approx(1000)
    clock.start()
    real.s += 1
    assert clock.now_ms() == pytest.approx(2000)


@pytest.mark.parametrize("rate", [0.5, 1.0, 1.7, 3.0])
def test_rate(clock, real, rate):
    clock.start()
    real.s += 2
    clock.set_rate(rate)
    assert clock.now_ms() == pytest.approx(2000)
    real.s += 2
    assert clock.now_ms() == pytest.approx(2000 + 2000 * rate)


def test_reports_correct_it_by_gliding(clock, real):
    clock.start()
    real.s += 1
    clock.tick(real.s, 1060)
    before_ms = clock.now_ms()
    assert before_ms == pytest.approx(1000)
    shown = run(clock, real, 1.0)
    steps = [b - a for a, b in itertools.pairwise(shown)]
    assert max(steps) < 16 + 7
    assert shown[-1] == pytest.approx(2060, abs=1)


def test_a_late_stamp_does_not_pull_it_back(clock, real):
    clock.start()
    for late_ms in (0, 0, 60, 0, 250, 30, 0, 90):
        run(clock, real, 0.25)
        heard_ms = (real.s - 1000) * 1000
        clock.tick(real.s, heard_ms - late_ms)
        assert clock.now_ms() == pytest.approx(heard_ms, abs=1)


def test_four_reports_in_a_row_are_believed(clock, real):
    clock.start()
    for _ in range(5):
        run(clock, real, 0.25)
        clock.tick(real.s, (real.s - 1000) * 1000 - 50)
    run(clock, real, 1.0)
    assert clock.now_ms() == pytest.approx((real.s - 1000) * 1000 - 50, abs=1)


def test_it_never_runs_backwards(clock, real):
    chance = random.Random(7)
    clock.start()
    shown = []
    for _ in range(200):
        shown += run(clock, real, 0.26)
        clock.tick(real.s, (real.s - 1000) * 1000 + chance.choice([0, -30, -90, 40, -600, 900]))
    assert all(b >= a for a, b in itertools.pairwise(shown))


def test_a_sound_that_fell_behind_is_waited_for(clock, real):
    clock.start()
    run(clock, real, 2.0)
    clock.tick(real.s, 1500)
    assert clock.now_ms() == pytest.approx(2000)
    run(clock, real, 0.4)
    assert clock.now_ms() == pytest.approx(2000)
    run(clock, real, 0.4)
    assert clock.now_ms() == pytest.approx(2300)


def test_a_sound_that_is_clearly_elsewhere_is_followed(clock, real):
    clock.start()
    run(clock, real, 10.0)
    clock.tick(real.s, 3000)
    assert clock.now_ms() == pytest.approx(3000)
    clock.tick(real.s, 60_000)
    assert clock.now_ms() == pytest.approx(60_000)


def test_a_jump_shows_at_once_either_way(clock, real):
    clock.start()
    run(clock, real, 5.0)
    for target_ms in (90_000, 2000, 0):
        clock.jump(target_ms, lag_ms=50)
        assert clock.now_ms() == target_ms
        run(clock, real, 1.05)
        assert clock.now_ms() == pytest.approx(target_ms + 1000)


def test_reports_from_before_a_jump_are_not_believed(clock, real):
    clock.start()
    run(clock, real, 5.0)
    stamp_s = real.s
    real.s += 0.01
    clock.jump(60_000)
    clock.tick(stamp_s, 5000)
    assert clock.now_ms() == pytest.approx(60_000)


def test_reports_of_the_place_left_are_not_believed(clock, real):
    clock.start()
    run(clock, real, 5.0)
    clock.jump(60_000)
    run(clock, real, 0.05)
    clock.tick(real.s, 5050)
    assert clock.now_ms() == pytest.approx(60_050)
    clock.jump(90_000)
    run(clock, real, 0.05)
    clock.tick(real.s, 5100)
    clock.tick(real.s, 60_100)
    assert clock.now_ms() == pytest.approx(90_050)


def test_an_engine_that_stays_where_it_was_is_believed_in_the_end(clock, real):
    clock.start()
    run(clock, real, 5.0)
    clock.jump(60_000)
    run(clock, real, 1.2)
    clock.tick(real.s, 6200)
    assert clock.now_ms() == pytest.approx(6200)


def test_reports_while_it_stands_are_ignored(clock, real):
    clock.jump(5000)
    clock.tick(real.s, 9000)
    assert clock.now_ms() == 5000


@pytest.mark.parametrize(("bias_ms", "reported_ms"), [(24.0, 1024), (-93.0, 907)])
def test_the_bias_of_the_reports_is_taken_off(real, bias_ms, reported_ms):
    clock = PlayClock(real, lambda rate: bias_ms)
    clock.start()
    real.s += 1
    assert clock.now_ms() == pytest.approx(1000)
    clock.tick(real.s, reported_ms)
    real.s += 1
    assert clock.now_ms() == pytest.approx(2000)


def test_the_bias_may_depend_on_the_rate(real):
    clock = PlayClock(real, lambda rate: 100 * rate)
    clock.start()
    clock.set_rate(2.0)
    real.s += 1
    clock.tick(real.s, 2200)
    assert clock.now_ms() == pytest.approx(2000)


@pytest.mark.parametrize(("asked_ms", "kept_ms"), [(0, 0), (200, 200), (-150, -150), (900, 500), (-900, -500)])
def test_sync_offset(clock, real, asked_ms, kept_ms):
    clock.start()
    clock.set_sync_offset(asked_ms)
    assert clock.sync_offset_ms == kept_ms
    run(clock, real, 2.0)
    clock.tick(real.s, 2000)
    run(clock, real, 2.0)
    assert clock.now_ms() == pytest.approx(4000 - kept_ms, abs=1)


def test_sync_offset_delays_the_start(clock, real):
    clock.set_sync_offset(200)
    clock.jump(5000)
    clock.start()
    run(clock, real, 0.1)
    assert clock.now_ms() == pytest.approx(5000)
    run(clock, real, 0.2)
    assert clock.now_ms() == pytest.approx(5100)
