"""Finds a text without times in a sound: hears it with a language made of the text, and looks for what that missed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from index.align.crew import Alone, Cancelled, Crew, Told
from index.align.merge import Merged, merge
from index.align.outcome import check_found
from index.align.recogniser import HeardWord
from index.align.sound import Sound, quietest
from index.align.tokens import tokens_of
from index.builder import TranscriptBuilder
from index.transcript import Timing, Transcript

_PART_MS = 30_000  # Sound that is heard in one go,
_CUT_WITHIN_MS = 6_000  # cut in a silence that lies so near its end.
_SENTENCE = 12  # Words; the language is made of such runs, so that it goes on over full stops.


def parts_of(sound: Sound, start_ms: int, end_ms: int) -> Iterator[tuple[int, int]]:
    """The time between in parts of about 30 s that begin and end in silences."""
    at = start_ms
    while end_ms - at > _PART_MS + _CUT_WITHIN_MS:
        near = at + _PART_MS - _CUT_WITHIN_MS
        cut = near + quietest(sound.between(near, at + _PART_MS), 0, _CUT_WITHIN_MS)
        yield at, cut
        at = cut
    if end_ms > at:
        yield at, end_ms


def sentences_of(texts: Sequence[str]) -> list[list[str]]:
    """The words in runs, twice, the second time half a run later: so every word has its neighbours in one of them."""
    half = _SENTENCE // 2
    found = [list(texts[at : at + _SENTENCE]) for at in range(0, len(texts), _SENTENCE)]
    return found + [list(texts[at : at + _SENTENCE]) for at in range(half, len(texts), _SENTENCE)]


def heard_transcript(heard: Sequence[HeardWord]) -> Transcript:
    """What was heard as a transcript, each word with its own time."""
    builder = TranscriptBuilder()
    for word in sorted(heard, key=lambda word: word.start_ms):
        builder.add_cue(word.start_ms, word.end_ms)
        builder.add_word(word.text, word.start_ms, word.end_ms)
    return builder.build()
