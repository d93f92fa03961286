"""When to look at the clock."""

import pytest

from player.audio.beat import BEAT_MS, Beat

pytestmark = pytest.mark.usefixtures("qapp")


def test_it_is_still_until_it_is_started_and_after_it_is_stopped():
    beat = Beat()
    assert not beat.running
    beat.start()
    assert beat.running
    beat.strike_in(3)
    beat.stop()
    assert not beat.running
    assert not beat._between.isActive()


def test_it_strikes_again_and_again(qtbot):
    beat = Beat()
    beat.start()
    for _ in range(3):
        with qtbot.waitSignal(beat.struck):
            pass


def test_it_strikes_between_two_strokes_where_that_is_asked_for():
    beat = Beat()
    beat.start()
    beat.strike_in(12.4)
    assert beat._between.isActive()
    assert beat._between.interval() == 13  # Not before it is heard.


def test_what_is_far_off_waits_for_a_later_stroke_to_ask_again():
    beat = Beat()
    beat.start()
    beat.strike_in(10 * BEAT_MS)
    assert not beat._between.isActive()


def test_nothing_strikes_while_it_is_still():
    beat = Beat()
    beat.strike_in(1)
    assert not beat._between.isActive()
