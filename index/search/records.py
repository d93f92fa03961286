"""What is kept of an episode beside its terms: what it is called, and in arrays the words, times and turns."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import le

from index.search.source import Document
from index.transcript import NO_SPEAKER, Timing, WordRange


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of an indexed episode before its words are looked at."""

    episode: int
    revision: int
    title: str
    show: str
    date: str
    tags: tuple[str, ...]
    speakers: tuple[str, ...]
    duration_ms: int
    slots: int
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The arrays of an episode: views on a file that is mapped, or on memory."""

    words: Sequence[int]  # The word of each slot.
    starts: Sequence[int]  # ms, of each word.
    ends: Sequence[int]
    turn_firsts: Sequence[int]
    turn_speakers: Sequence[int]  # Into the entry's speakers, or NO_SPEAKER.
    exact: Sequence[int]  # Whether each word's time is the source's own; one value if it is the same for all.
    timed: bool
    rising: bool  # Whether no word begins, or ends, before the one before it does.

    def word_range(self, first_slot: int, end_slot: int) -> WordRange:
        """The words that some slots belong to."""
        return WordRange(self.words[first_slot], self.words[end_slot - 1] + 1)

    def span_ms(self, words: WordRange) -> tuple[int, int]:
        """When the first of the words begins and the last to end ends, in ms."""
        first, end = words.first, words.end
        if self.rising:
            return self.starts[first], self.ends[end - 1]
        starts = list(self.starts[first:end])
        return min(starts), max(max(starts), max(self.ends[first:end]))

    def is_exact(self, words: WordRange) -> bool:
        """Whether every word of the range has a time of its own."""
        exact = self.exact
        return bool(self.timed and (exact[0] if len(exact) == 1 else all(exact[words.first : words.end])))

    def speaker_of(self, word: int) -> int:
        """Which of the speakers says the word, or NO_SPEAKER."""
        if not self.turn_firsts:
            return NO_SPEAKER
        return self.turn_speakers[bisect_right(self.turn_firsts, word) - 1]

    def turns(self) -> Iterator[tuple[int, int, int]]:
        """First word, end and speaker of every turn."""
        for number, (first, speaker) in enumerate(zip(self.turn_firsts, self.turn_speakers, strict=True)):
            end = self.turn_firsts[number + 1] if number + 1 < len(self.turn_firsts) else len(self.starts)
            yield first, end, speaker


_IS_OWN = bytes(value in list(Timing) and Timing(value).is_own for value in range(256))

ARRAYS = ("words", "starts", "ends", "turn_firsts", "turn_speakers", "exact")
"""The names of the arrays of a record."""


def record_of(document: Document, words: array[int]) -> Record:
    """The record of an episode whose slots belong to these words."""
    transcript = document.transcript
    exact = transcript.timings.translate(_IS_OWN)
    if len(set(exact)) < 2:
        exact = exact[:1] or b"\0"
    return Record(
        words if len(transcript) > 0xFFFF else array("H", words),
        _narrow(transcript.starts),
        _narrow(transcript.ends),
        transcript.turn_firsts,
        transcript.turn_speakers,
        array("B", exact),
        transcript.timed,
        _is_rising(transcript.starts)
        and _is_rising(transcript.ends)
        and all(map(le, transcript.starts, transcript.ends)),
    )


def _is_rising(times: array[int]) -> bool:
    return all(map(le, times, islice(times, 1, None)))


def _narrow(times: array[int]) -> array[int]:
    """Times in four bytes each, unless one is later than the 596th hour."""
    try:
        return array("i", times)
    except OverflowError:
        return times


def entry_of(document: Document, slots: int) -> Entry:
    """The entry of an episode of so many slots."""
    return Entry(
        document.episode,
        document.revision,
        document.title,
        document.show,
        document.date,
        tuple(document.tags),
        document.transcript.speakers,
        document.duration_ms,
        slots,
        tuple(document.questions),
    )
