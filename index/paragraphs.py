"""Turns cut into paragraphs that a person can read: whole sentences, a handful at a time."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from index.changed import changed
from index.transcript import Transcript, WordRange

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]»]*\Z")

_ENOUGH = 55  # words: from here on the next sentence end closes the paragraph,
_PLENTY = 110  # from here on the next end of a cue does,
_TOO_MUCH = 180  # and from here on any word: nobody has put a stop into this text.
_SILENCE_MS = 2500  # So long a silence after a sentence begins a new thought.


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some words of one turn; the first of its turn names the speaker."""

    words: WordRange
    turn: int
    begins_turn: bool


def paragraphs(transcript: Transcript) -> Iterator[Paragraph]:
    """The whole transcript in paragraphs, in order; none crosses a turn.

    A transcript without times has those of its source, which are its cues.
    """
    yield from _of_turns(transcript, range(transcript.turn_count))


def cut_anew(before: Sequence[Paragraph], old: Transcript, new: Transcript) -> list[Paragraph]:
    """The paragraphs of a transcript that was changed a little; only turns that read otherwise are cut anew.

    `before` are those of the old one. Other times alone cut nothing anew.
    """
    if old.timed != new.timed or not (old and new):
        return list(paragraphs(new))
    if old.text == new.text and old.offsets == new.offsets:
        return list(before)
    was, now = changed(old, new)
    first = min(old.turn_of(was.first), new.turn_of(now.first))
    last = min(old.turn_count - old.turn_of(was.end), new.turn_count - new.turn_of(now.end)) - 1
    words, turns = len(new) - len(old), new.turn_count - old.turn_count
    head = [each for each in before if each.turn < first]
    tail = [
        Paragraph(WordRange(each.words.first + words, each.words.end + words), each.turn + turns, each.begins_turn)
        for each in before
        if each.turn >= old.turn_count - last
    ]
    return [*head, *_of_turns(new, range(first, new.turn_count - last)), *tail]


def _of_turns(transcript: Transcript, turns: range) -> Iterator[Paragraph]:
    cue_firsts = set(transcript.cue_firsts)
    for number in turns:
        words = transcript.turn(number).words
        parts = _parts(transcript, words, cue_firsts) if transcript.timed else _cues(words, cue_firsts)
        for part in parts:
            yield Paragraph(part, number, part.first == words.first)


def _cues(words: WordRange, cue_firsts: Set[int]) -> Iterator[WordRange]:
    borders = [words.first, *(word for word in range(words.first + 1, words.end) if word in cue_firsts), words.end]
    return (WordRange(first, end) for first, end in pairwise(borders))


def _parts(transcript: Transcript, words: WordRange, cue_firsts: set[int]) -> Iterator[WordRange]:
    if len(words) <= _ENOUGH:
        yield words
        return
    text, offsets, limits = transcript.text, transcript.offsets, transcript.limits
    starts, ends = transcript.starts, transcript.ends
    first = words.first
    for word in range(words.first, words.end - 1):
        size = word + 1 - first
        # A sentence at a time, but never a last paragraph of a few words.
        if size < 8 or words.end - word < 12:
            continue
        silence = starts[word + 1] - ends[word] >= _SILENCE_MS
        if size < _ENOUGH and not silence:
            continue
        ended = bool(_SENTENCE_END.search(text[offsets[word] : limits[word]]))
        if ended or (size >= _PLENTY and word + 1 in cue_firsts) or size >= _TOO_MUCH:
            yield WordRange(first, word + 1)
            first = word + 1
    yield WordRange(first, words.end)
