"""Finding the words of a clip or note again in another version of the transcript: by their text, by time, by place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import overload

from index.changed import changed
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
    altered, _ = changed(old, new)
    more = len(new) - len(old)
    before, after = _Letters(old), _Letters(new)
    same = not more and all(before[word] == after[word] for word in altered)  # Only times, names or turns are others.
    placed = []
    for moment in moments:
        if moment.first >= moment.end or not len(old):
            placed.append(moment)
            continue
        first = max(0, min(moment.first, len(old) - 1))
        words = WordRange(first, max(first + 1, min(moment.end, len(old))))
        if words.end <= altered.first or same:
            found = words
        elif words.first >= altered.end:
            found = WordRange(words.first + more, words.end + more)
        elif words.first < altered.first and words.end > altered.end and len(words) + more <= _most(words):
            found = WordRange(words.first, words.end + more)  # All that is another lies inside.
        else:
            found = _found(old, new, moment, words, before, after)
        placed.append(_moved(old, new, moment, words, found, follow))
    return placed


class _Letters(Sequence[str]):
    """The words of a transcript by their letters alone; most changes are small, and few of them are asked for."""

    def __init__(self, transcript: Transcript) -> None:
        self._transcript = transcript
        self._known: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._transcript)

    @overload
    def __getitem__(self, word: int) -> str: ...
    @overload
    def __getitem__(self, word: slice) -> list[str]: ...
    def __getitem__(self, word: int | slice) -> str | list[str]:
        if isinstance(word, slice):
            return [self[each] for each in range(*word.indices(len(self)))]
        if word not in self._known:
            self._known[word] = _NO_LETTERS.sub("", plain(self._transcript.word_text(word)))
        return self._known[word]


def _most(words: WordRange) -> int:
    """How long a stretch may have become: one far longer than it was is no match."""
    return 3 * len(words) + 10


def _found(
    old: Transcript, new: Transcript, moment: Moment, words: WordRange, before: Sequence[str], after: Sequence[str]
) -> WordRange:
    """Where words are that have changed."""
    expected = _expected(old, new, words.first)
    found = _same_words(old, new, words, expected, before, after)
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
    reach = WordRange(max(0, expected - _NEAR_WORDS), expected + _NEAR_WORDS)
    if timed:
        start_ms = old.starts[words.first]
        reach = new.range_between(start_ms - 2 * _NEAR_MS, start_ms + 2 * _NEAR_MS)
    places = [
        place
        for place in reach
        if after[place : place + 1] == wanted[:1] and list(after[place : place + len(wanted)]) == wanted
    ]
    if timed:
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
    if first < 0 or end - first > _most(words):
        return None
    return WordRange(first + new_from, end + new_from)
