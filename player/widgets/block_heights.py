"""How high the blocks of a long page are, measured or estimated, and where each of them begins."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

_CHUNK = 256  # Blocks whose heights are summed up together.


class BlockHeights:
    """Blocks one below another, in pixels. What was not measured is taken to be as high as its text is long.

    A block has a kind, which gives the part of its height that does not depend on its text.
    """

    def __init__(self) -> None:
        self._kinds = bytearray()
        self._lengths = array("i")  # Characters that are broken into lines.
        self._fixed: Sequence[float] = (0.0,)
        self._slope = 0.0
        self._measured: dict[int, int] = {}
        self._estimates: list[float] = []  # Of every chunk, and how much its measured blocks add to that.
        self._corrections: list[float] = []
        self._tops: list[float] | None = None  # Where each chunk begins, and where the last of them ends.

    def __len__(self) -> int:
        return len(self._kinds)

    def kind(self, block: int) -> int:
        """The kind of a block."""
        return self._kinds[block]

    def set_estimates(self, fixed: Sequence[float], slope: float) -> None:
        """Estimate blocks at pixels for each kind and pixels a character; what was measured is forgotten."""
        self._fixed, self._slope = fixed, slope
        self._measured.clear()
        self._sum_up(0)

    def replace(self, first: int, end: int, kinds: Sequence[int], lengths: Sequence[int]) -> None:
        """Put other blocks in place of those from `first` to before `end`; they are not measured yet."""
        more = len(kinds) - (end - first)
        self._kinds[first:end] = bytes(kinds)
        self._lengths[first:end] = array("i", lengths)
        if any(number >= first for number in self._measured):
            kept = (
                (number if number < first else number + more, high)
                for number, high in self._measured.items()
                if not first <= number < end
            )
            self._measured = dict(kept)
        self._sum_up(first // _CHUNK)

    def _sum_up(self, chunk: int) -> None:
        """Sum up the heights from a chunk on."""
        del self._estimates[chunk:], self._corrections[chunk:]
        for begin in range(chunk * _CHUNK, len(self), _CHUNK):
            kinds = self._kinds[begin : begin + _CHUNK]
            fixed = sum(kinds.count(kind) * high for kind, high in enumerate(self._fixed))
            self._estimates.append(fixed + self._slope * sum(self._lengths[begin : begin + _CHUNK]))
            self._corrections.append(0.0)
        for number, high in self._measured.items():
            if number >= chunk * _CHUNK:
                self._corrections[number // _CHUNK] += high - self._estimate(number)
        self._tops = None

    def _estimate(self, block: int) -> float:
        return self._fixed[self._kinds[block]] + self._slope * self._lengths[block]

    def is_measured(self, block: int) -> bool:
        """Whether the height of a block is its own."""
        return block in self._measured

    def measure(self, block: int, height: int) -> None:
        """Say how high a block is."""
        before = self._measured.get(block)
        self._measured[block] = height
        self._corrections[block // _CHUNK] += height - (self._estimate(block) if before is None else before)
        self._tops = None

    def height(self, block: int) -> float:
        """How high a block is, or is taken to be."""
        measured = self._measured.get(block)
        return self._estimate(block) if measured is None else measured

    def top(self, block: int) -> float:
        """Where a block begins; of the number after the last one, where that ends."""
        chunk = min(block, len(self) - 1) // _CHUNK if len(self) else 0
        return self._chunk_tops()[chunk] + sum(map(self.height, range(chunk * _CHUNK, block)))

    def at(self, y: float) -> int:
        """The block that holds a height: the first one above all, the last one below all."""
        tops = self._chunk_tops()
        chunk = max(0, min(bisect_right(tops, y) - 1, len(tops) - 2))
        top, block = tops[chunk], chunk * _CHUNK
        last = min(block + _CHUNK, len(self)) - 1
        while block < last and top + self.height(block) <= y:
            top += self.height(block)
            block += 1
        return block

    @property
    def total(self) -> float:
        """How high all blocks are together."""
        return self._chunk_tops()[-1]

    def _chunk_tops(self) -> list[float]:
        if self._tops is None:
            sums = map(float.__add__, self._estimates, self._corrections)
            self._tops = list(accumulate(sums, initial=0.0))
        return self._tops
