"""What was measured at some speeds answers for all of them, and for kinds of file that were not measured."""

import pytest

from player.audio.measured import interpolate, look_up


@pytest.mark.parametrize(
    ("x", "y"), [(0.0, 10.0), (0.5, 10.0), (0.75, 15.0), (1.0, 20.0), (2.0, 0.0), (3.0, -20.0), (4.0, -20.0)]
)
def test_interpolate(x, y):
    assert interpolate([(0.5, 10.0), (1.0, 20.0), (3.0, -20.0)], x) == pytest.approx(y)


def test_interpolate_one_point():
    assert interpolate([(1.0, 5.0)], 2.0) == 5.0


@pytest.mark.parametrize(
    ("kind", "rate", "ms"),
    [("wav", 1.0, -40.0), ("aiff", 1.0, -40.0), ("mp3", 1.5, 15.0), ("unheard-of", 2.0, 20.0), ("", 1.0, 10.0)],
)
def test_look_up(kind, rate, ms):
    table = {"mp3": ((1.0, 10.0), (2.0, 20.0)), "wav": ((1.0, -40.0),)}
    assert look_up(table, kind, rate) == pytest.approx(ms)
