"""Heights of blocks, measured and estimated, are summed up as a plain list of them would be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player.widgets.block_heights import BlockHeights

FIXED, SLOPE = (10.0, 4.0, 0.0), 0.5
BLOCKS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 300)), max_size=700)


class Plain:
    """The same in a list."""

    def __init__(self) -> None:
        self.high: list[float] = []

    def replace(self, first: int, end: int, blocks: list[tuple[int, int]]) -> None:
        self.high[first:end] = [FIXED[kind] + SLOPE * length for kind, length in blocks]


def replace(heights: BlockHeights, first: int, end: int, blocks: list[tuple[int, int]]) -> None:
    heights.replace(first, end, [kind for kind, _ in blocks], [length for _, length in blocks])


def check(heights: BlockHeights, plain: Plain) -> None:
    assert len(heights) == len(plain.high)
    assert heights.total == pytest.approx(sum(plain.high))
    for block in range(0, len(plain.high), 37):
        assert heights.top(block) == pytest.approx(sum(plain.high[:block]))
        assert heights.height(block) == pytest.approx(plain.high[block])
        if plain.high[block]:
            assert heights.at(heights.top(block) + 0.25 * plain.high[block]) == block


@given(BLOCKS, BLOCKS, st.data())
def test_as_a_plain_list(blocks: list[tuple[int, int]], others: list[tuple[int, int]], data: st.DataObject) -> None:
    heights, plain = BlockHeights(), Plain()
    heights.set_estimates(FIXED, SLOPE)
    replace(heights, 0, 0, blocks)
    plain.replace(0, 0, blocks)
    check(heights, plain)
    for _ in range(data.draw(st.integers(0, 5)) if blocks else 0):
        block, high = data.draw(st.integers(0, len(blocks) - 1)), data.draw(st.integers(1, 500))
        heights.measure(block, high)
        plain.high[block] = high
        assert heights.is_measured(block)
    check(heights, plain)
    first = data.draw(st.integers(0, len(blocks)))
    end = data.draw(st.integers(first, len(blocks)))
    replace(heights, first, end, others)
    plain.replace(first, end, others)
    check(heights, plain)


def test_outside_is_the_first_or_the_last() -> None:
    heights = BlockHeights()
    heights.set_estimates(FIXED, SLOPE)
    replace(heights, 0, 0, [(0, 0)] * 600)
    assert (heights.at(-5), heights.at(1e9)) == (0, 599)
    assert heights.top(600) == heights.total == 6000


def test_other_estimates_forget_what_was_measured() -> None:
    heights = BlockHeights()
    heights.set_estimates(FIXED, SLOPE)
    replace(heights, 0, 0, [(0, 8)] * 3)
    heights.measure(1, 100)
    assert heights.total == 14 + 100 + 14
    heights.set_estimates((20.0,), 0.0)
    assert not heights.is_measured(1)
    assert heights.total == 60
