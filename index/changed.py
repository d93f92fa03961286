"""Which words of a transcript were changed: those between what both versions begin with and what both end with."""

from bisect import bisect_left, bisect_right

from index.transcript import Transcript, WordRange


def changed(old: Transcript, new: Transcript) -> tuple[WordRange, WordRange]:
    """The words of the old and of the new transcript that are all that may read otherwise; times are not looked at.

    A word before which a turn now begins, or no longer does, counts as changed; the one before it may, too.
    """
    first, last = _common_ends(old, new)
    return WordRange(first, len(old) - last), WordRange(first, len(new) - last)


def _common_ends(old: Transcript, new: Transcript) -> tuple[int, int]:
    """How many words both transcripts begin with, and how many of the others they end with."""
    front = _common(old.text, new.text)
    first = bisect_right(old.limits, front - 1)
    if old.offsets[:first] != new.offsets[:first]:
        first = 0
    back = _common(old.text[::-1], new.text[::-1])
    last = len(old) - bisect_left(old.offsets, len(old.text) - back + 1)
    if last != len(new) - bisect_left(new.offsets, len(new.text) - back + 1):
        last = 0
    return first, min(last, min(len(old), len(new)) - first)


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
