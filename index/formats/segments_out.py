"""What the writers of segments share: the words of one speaker in one cue, with times of their own."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from index.formats.base import WriteOptions
from index.formats.captions_out import cue_runs, end_after, is_timed
from index.transcript import Timing, Transcript, WordRange


class Spoken(NamedTuple):
    """Words of one cue that one speaker says; the end in ms is after the start."""

    words: WordRange
    speaker: str | None
    start_ms: int
    end_ms: int


def spoken(transcript: Transcript, options: WriteOptions) -> Iterator[Spoken]:
    """The cues that hold words, cut where the speaker changes, if `options` name speakers; their starts do not fall.

    A part of a cue begins with its first word and ends with its last, but not before the part in front begins, and not
    after the next cue does.
    """
    told = list(cue_runs(transcript))
    for place, (cue, runs) in enumerate(told):
        limit = told[place + 1][0].start_ms if place + 1 < len(told) else None
        start = cue.start_ms
        parts = [list(group) for _, group in groupby(runs, key=lambda run: options.speakers and run.speaker)]
        for number, part in enumerate(parts):
            words = WordRange(part[0].words.first, part[-1].words.end)
            first_ms, last_ms = transcript.span_ms(words)
            if number:
                start = max(start, first_ms if limit is None else min(first_ms, limit))
            end = end_after(cue) if number + 1 == len(parts) else last_ms
            yield Spoken(words, part[0].speaker if options.speakers else None, start, max(end, start + 1))


def one_line(transcript: Transcript, words: WordRange) -> str:
    """The words with the spaces that their source has between them, on one line."""
    parts = [transcript.word_text(words.first)]
    for word in range(words.first + 1, words.end):
        parts += ("" if transcript.is_glued(word) else " ", transcript.word_text(word))
    return "".join(parts)


def timed_words(transcript: Transcript, options: WriteOptions) -> frozenset[int] | range:
    """The words that are written with times, if `options` ask for it: those that have own ones; all, if none has."""
    if not options.word_times:
        return range(0)
    if transcript.timing == "estimated" and Timing.UNHEARD not in transcript.timings:
        return range(len(transcript))
    estimates = transcript.timing == "estimated"
    return frozenset(word for word in transcript.all_words if is_timed(transcript, word, estimates))
