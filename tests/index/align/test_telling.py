from itertools import pairwise

from index.align.telling import Telling
from index.transcript import Transcript
from tests.index.making import counted


def test_the_share_that_is_done_never_falls_where_more_is_to_be_done_than_was_thought() -> None:
    told: list[tuple[int, int]] = []
    came_in: list[Transcript] = []
    telling = Telling(lambda *each: told.append(each), lambda: False, came_in.append, lambda: counted(1))
    for more in (10, 6, 4):
        telling.expect(more)
        for _ in range(more):
            assert not telling.is_stopped_after(1)
    shares = [done / total for done, total in told]
    assert all(before <= after + 0.05 for before, after in pairwise(shares))  # Told in whole ms.
    assert told[-1] == (20, 20)
    assert told[10] == (16, 16)
