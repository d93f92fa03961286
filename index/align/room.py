"""Gives every word that was heard a length: words without room borrow it from their neighbours."""

from collections.abc import Sequence

from index.timing import spread_apart

MIN_MS = 40  # About the shortest that a spoken word lasts.
_MOST = 40  # Words that may share.
_DEAR, _DEARER = 10**6, 10**8  # ms that it costs to take from a word whose time is its own, or that someone else says.


def make_room(
    texts: Sequence[str], starts: list[int], ends: list[int], fixed: Sequence[bool], begins: Sequence[bool]
) -> None:
    """Lengthen, in place, words shorter than `MIN_MS`: they share the time of the words around them.

    Starts must not fall and no word may end before it starts; both hold afterwards too. Words of `fixed` give
    only where no other can, and words of another turn (one begins where `begins` says so) last of all. The whole
    stretch from the first start to the last end stays as it is.
    """
    count = len(starts)
    word = 0
    while word < count:
        if ends[word] - starts[word] >= MIN_MS:
            word += 1
            continue
        first, end = word, word + 1
        while end < count and ends[end] - starts[end] < MIN_MS:
            end += 1
        first, end = _widened(first, end, starts, ends, fixed, begins)
        if ends[end - 1] - starts[first] >= end - first:
            starts[first:end], ends[first:end] = spread_apart(texts[first:end], starts[first], ends[end - 1])
            _even_out(first, end, starts, ends)
        word = end


def _widened(
    first: int, end: int, starts: Sequence[int], ends: Sequence[int], fixed: Sequence[bool], begins: Sequence[bool]
) -> tuple[int, int]:
    """The words from `first` to before `end` and as many around them as give each its least time."""
    count = len(starts)

    def worth(word: int, crosses: bool) -> int:
        return ends[word] - starts[word] - (_DEAR if fixed[word] else 0) - (_DEARER if crosses else 0)

    while ends[end - 1] - starts[first] < 2 * MIN_MS * (end - first) and end - first < min(count, _MOST):
        left = worth(first - 1, begins[first]) if first else None
        right = worth(end, begins[end]) if end < count else None
        if right is None or (left is not None and left >= right):
            first -= 1
        else:
            end += 1
    return first, end


def _even_out(first: int, end: int, starts: list[int], ends: list[int]) -> None:
    """Where rounding left a word without a millisecond, move the words after it on."""
    for word in range(first, end):
        if word > first:
            starts[word] = max(starts[word], ends[word - 1])
        ends[word] = max(ends[word], starts[word] + 1)
