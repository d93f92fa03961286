"""Jumps: back, forth, and what does not count as one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.jumps import Jumps

times = st.integers(0, 36_000_000)


def test_nothing_to_undo_at_first() -> None:
    jumps = Jumps()
    assert not jumps.can_undo
    assert not jumps.can_redo
    assert jumps.undo(5000) is None
    assert jumps.redo(5000) is None
    assert jumps.take_back() is None


def test_back_and_forth() -> None:
    jumps = Jumps()
    jumps.add(0, 10_000)
    jumps.add(12_000, 60_000)
    assert jumps.undo(61_000) == 12_000
    assert jumps.undo(12_500) == 0
    assert jumps.undo(0) is None
    assert jumps.redo(100) == 12_500
    assert jumps.redo(12_600) == 61_000
    assert jumps.redo(61_000) is None
    assert jumps.undo(61_100) == 12_600


def test_a_new_jump_ends_redoing() -> None:
    jumps = Jumps()
    jumps.add(0, 10_000)
    jumps.undo(10_000)
    jumps.add(0, 20_000)
    assert not jumps.can_redo
    assert jumps.undo(20_000) == 0


@pytest.mark.parametrize(("to_ms", "noted"), [(5000, False), (5799, False), (5800, True), (4200, True), (4300, False)])
def test_a_jump_that_hardly_moves_is_not_noted(to_ms: int, noted: bool) -> None:
    jumps = Jumps()
    jumps.add(5000, to_ms)
    assert jumps.can_undo == noted


def test_a_small_jump_does_not_end_redoing() -> None:
    jumps = Jumps()
    jumps.add(0, 10_000)
    jumps.undo(10_000)
    jumps.add(0, 100)
    assert jumps.redo(100) == 10_000


@pytest.mark.parametrize("to_ms", [5100, 60_000])
def test_a_jump_taken_back_was_never_made(to_ms: int) -> None:
    jumps = Jumps()
    jumps.add(1000, 5000)
    jumps.add(5000, to_ms)
    assert jumps.take_back() == 5000
    assert jumps.take_back() is None
    assert jumps.undo(5000) == 1000
    assert not jumps.can_undo


def test_only_the_last_jump_can_be_taken_back() -> None:
    jumps = Jumps()
    jumps.add(0, 10_000)
    jumps.undo(10_000)
    assert jumps.take_back() is None


def test_clearing_forgets_all() -> None:
    jumps = Jumps()
    jumps.add(0, 10_000)
    jumps.undo(10_000)
    jumps.add(0, 10_000)
    jumps.clear()
    assert not jumps.can_undo
    assert not jumps.can_redo
    assert jumps.take_back() is None


def test_old_jumps_are_let_go() -> None:
    jumps = Jumps()
    for number in range(1000):
        jumps.add(number * 1000, number * 1000 + 1000)
    undone = 0
    while jumps.undo(0) is not None:
        undone += 1
    assert 100 <= undone < 1000


@given(st.lists(st.tuples(times, times), max_size=30))
def test_undoing_all_and_redoing_all_ends_where_it_began(made: list[tuple[int, int]]) -> None:
    jumps, now = Jumps(), 0
    for from_ms, to_ms in made:
        jumps.add(from_ms, to_ms)
        now = to_ms
    end, steps = now, 0
    while (back := jumps.undo(now)) is not None:
        now, steps = back, steps + 1
    for _ in range(steps):
        forth = jumps.redo(now)
        assert forth is not None
        now = forth
    assert now == end
    assert not jumps.can_redo
