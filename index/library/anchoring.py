"""Finding the words of a clip or note again in another version of the transcript: by their text, by time, by place."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from index.library.listing import plain
from index.transcript import Transcript, WordRange

_NEAR_MS = 30_000  # The same words farther off are another moment.
_NEAR_WORDS = 400
_AROUND = 25  # Words on either side by which changed words are recognised.
_NO_LETTERS = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Moment:
    """A run of words, `first` to before `end`, and the stretch of sound that goes with it."""

    first: int
    end: int
    start_ms: int
    end_ms: int


def carried(old: Transcript, new: Transcript, moments: Sequence[Moment], *, follow: bool = True) -> list[Moment]:
    """Each moment of the old words at its place in the new ones.

    The words may have changed, moved or gone: then it is where they were, never nowhere. Its times go along with the
    words if they `follow`, or if there were none before; else they stay.
    """
    if not moments or not len(new):
        return list(moments)
    front, back = _common_ends(old, new)
    more = len(new) - len(old)
    inside: list[Sequence[str]] = []  # The letters of both, where they are needed; most changes are small.
    placed = []
    for moment in moments:
        if moment.first >= moment.end or not len(old):
            placed.append(moment)
            continue
        first = max(0, min(moment.first, len(old) - 1))
        words = WordRange(first, max(first + 1, min(moment.end, len(old))))
        if words.end <= front:
            found = words
        elif words.first >= len(old) - back:
            found = WordRange(words.first + more, words.end + more)
        else:
            inside = inside or [_letters(old), _letters(new)]
            found = _found(old, new, moment, words, *inside)
        placed.append(_moved(old, new, moment, words, found, follow))
    return placed


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


def _letters(transcript: Transcript) -> list[str]:
    return [_NO_LETTERS.sub("", plain(transcript.word_text(word))) for word in transcript.all_words]


def _found(
    old: Transcript, new: Transcript, moment: Moment, words: WordRange, before: Sequence[str], after: Sequence[str]
) -> WordRange:
    """Where words are that may have changed."""
    expected = _expected(old, new, words.first)
    found: WordRange | None = words if before == after else None  # Only times, names or turns are others.
    found = found or _same_words(old, new, words, expected, before, after)
    found = found or _like_words(words, expected, before, after)
    if not found:
        found = new.range_between(moment.start_ms, moment.end_ms) if old.timed else WordRange(0, 0)
    return found or WordRange(min(expected, len(new) - 1), min(expected, len(new) - 1) + 1)


def _moved(
    old: Transcript, new: Transcript, moment: Moment, words: WordRange, found: WordRange, follow: bool
) -> Moment:
    times = (moment.start_ms, moment.end_ms)
    if new.timed and not old.timed:
        times = new.span_ms(found)
    elif new.timed and follow:
        (was_start, was_end), (is_start, is_end) = old.span_ms(words), new.span_ms(found)
        start_ms = max(0, times[0] + is_start - was_start)
        times = (start_ms, max(start_ms, times[1] + is_end - was_end))
    return Moment(found.first, found.end, *times)


def _expected(old: Transcript, new: Transcript, word: int) -> int:
    """About where a word is in the new transcript: by its time, or else by how far into the text it is."""
    if old.timed and new.timed:
        at = new.word_at(old.starts[word])
        return 0 if at is None else at
    return word * len(new) // len(old)


def _same_words(
    old: Transcript, new: Transcript, words: WordRange, expected: int, before: Sequence[str], after: Sequence[str]
) -> WordRange | None:
    """The nearest place near the expected one that has the very same words."""
    wanted = list(before[words.first : words.end])
    timed = old.timed and new.timed
    reach = range(len(after)) if timed else range(max(0, expected - _NEAR_WORDS), expected + _NEAR_WORDS)
    places = [
        place
        for place in reach
        if after[place : place + 1] == wanted[:1] and list(after[place : place + len(wanted)]) == wanted
    ]
    if timed:
        start_ms = old.starts[words.first]
        places = [place for place in places if abs(new.starts[place] - start_ms) <= _NEAR_MS]
        nearest = min(places, key=lambda place: abs(new.starts[place] - start_ms), default=None)
    else:
        # Words before and after tell one "yeah" from the next where no time does.
        nearest = min(
            places,
            key=lambda place: (-_alike(words.first, place, before, after), abs(place - expected)),
            default=None,
        )
    return None if nearest is None else WordRange(nearest, nearest + len(wanted))


def _alike(word: int, place: int, before: Sequence[str], after: Sequence[str]) -> int:
    """How many of the words just before the two places, and from them on, are the same."""
    count = 0
    for step in (-1, 1):
        here, there = word + min(step, 0), place + min(step, 0)
        for _ in range(_AROUND):
            if not (0 <= here < len(before) and 0 <= there < len(after)) or before[here] != after[there]:
                break
            count, here, there = count + 1, here + step, there + step
    return count


def _like_words(words: WordRange, expected: int, before: Sequence[str], after: Sequence[str]) -> WordRange | None:
    """Where the words are by those around them, if they are no longer the same themselves."""
    old_from = max(0, words.first - _AROUND)
    old = list(before[old_from : words.end + _AROUND])
    new_from = max(0, expected - _NEAR_WORDS)
    new = list(after[new_from : expected + len(words) + _NEAR_WORDS])
    first = end = -1
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "insert":
            continue
        for at in range(i1, i2):
            here = j1 + (at - i1) * (j2 - j1) // (i2 - i1)
            past = j1 + (at - i1 + 1) * (j2 - j1) // (i2 - i1)
            if words.first <= at + old_from < words.end and past > here:
                first = here if first < 0 else first
                end = past
    # A stretch far longer than it was is no match but the rest of the window.
    if first < 0 or end - first > 3 * len(words) + 10:
        return None
    return WordRange(first + new_from, end + new_from)
