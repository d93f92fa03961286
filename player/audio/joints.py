"""What lies between cuts that follow each other: silence, or one going out while the next comes in."""

from collections.abc import Sequence
from itertools import pairwise


def joints_ms(lengths_ms: Sequence[int], *, gap_ms: int = 0, crossfade_ms: int = 0) -> list[int]:
    """How long after the end of each cut the next one begins, in ms; less than 0 where both are heard together.

    Without a crossfade that is the gap; else no two overlap by more than half of the shorter one.
    """
    if not crossfade_ms:
        return [gap_ms] * (len(lengths_ms) - 1)
    return [-min(crossfade_ms, one // 2, other // 2) for one, other in pairwise(lengths_ms)]
