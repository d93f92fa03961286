"""Anchors shift, stretch and bend the times of a transcript."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import counted, quick

from index.align.anchors import Anchor, anchored


def test_no_anchor_changes_nothing() -> None:
    transcript = counted(61)
    assert anchored(transcript, []) is transcript


def test_one_anchor_shifts_everything() -> None:
    moved = anchored(counted(61), [Anchor(10, 12_500)])
    assert [moved.starts[word] for word in (0, 10, 60)] == [2500, 12_500, 62_500]
    assert moved.ends[10] == 12_900
    assert (moved.cue_starts[1], moved.cue_ends[1]) == (12_500, 22_500)
    assert moved.word_at(12_600) == 10


def test_a_shift_below_zero_ends_there() -> None:
    moved = anchored(counted(61), [Anchor(10, 7500)])
    assert [moved.starts[word] for word in (0, 1, 2, 3)] == [0, 0, 0, 500]


def test_two_anchors_stretch_beyond_themselves() -> None:
    moved = anchored(counted(61), [Anchor(10, 10_000), Anchor(50, 51_720)])  # 25 pictures a second for 23.976.
    assert moved.starts[30] == 30_860
    assert moved.starts[60] == pytest.approx(62_150, abs=1)
    assert moved.starts[0] == pytest.approx(0, abs=430)


def test_more_anchors_bend_it_piece_by_piece() -> None:
    moved = anchored(counted(61), [Anchor(10, 10_000), Anchor(20, 20_200), Anchor(30, 30_200)])
    assert [moved.starts[word] for word in (10, 15, 20, 25, 30)] == [10_000, 15_100, 20_200, 25_200, 30_200]
    assert moved.starts[60] == 60_200


def test_an_inserted_advertisement_shifts_what_comes_after_it() -> None:
    moved = anchored(counted(61), [Anchor(29, 29_000), Anchor(30, 90_000)])
    assert [moved.starts[word] for word in (0, 29, 30, 60)] == [0, 29_000, 90_000, 120_000]


def test_of_two_that_contradict_each_other_the_later_holds() -> None:
    moved = anchored(counted(61), [Anchor(20, 30_000), Anchor(30, 25_000)])
    assert (moved.starts[30], moved.starts[20]) == (25_000, 15_000)


@quick
@given(st.lists(st.builds(Anchor, st.integers(0, 60), st.integers(0, 200_000)), max_size=6))
def test_times_never_fall_and_the_last_anchor_holds(anchors: list[Anchor]) -> None:
    moved = anchored(counted(61), anchors)
    assert sorted(moved.starts) == list(moved.starts)
    assert sorted(moved.cue_starts) == list(moved.cue_starts)
    assert all(start <= end for start, end in zip(moved.starts, moved.ends, strict=True))
    if anchors:
        assert moved.starts[anchors[-1].word] == anchors[-1].ms
