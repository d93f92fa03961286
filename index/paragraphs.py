"""Turns cut into paragraphs that a person can read: whole sentences, a handful at a time."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import pairwise

from index.changed import changed
from index.sentences import ends_sentence
from index.transcript import Transcript, WordRange

_ENOUGH = 55  # words: from here on the next sentence end closes the paragraph,
_PLENTY = 110  # from here on the next end of a cue does,
_TOO_MUCH = 180  # and from here on any word: nobody has put a stop into this text.
_SILENCE_MS = 2500  # So long a silence after a sentence begins a new thought.
_ENDLESS = 500  # words: not even its author's own paragraph stays whole.
_LINES = 5  # Where more than one in so many ends in mid-sentence, they are lines, not paragraphs.


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some words of one turn; the first of its turn names the speaker."""

    words: WordRange
    turn: int
    begins_turn: bool


def paragraphs(transcript: Transcript) -> Iterator[Paragraph]:
    """The whole transcript in paragraphs, in order; none crosses a turn.

    Those that the author of a text made are kept, also when its words have got their times; unless they are mere lines,
    in the middle of a sentence, or longer than anybody reads.
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
        for part in _own(transcript, words, cue_firsts) or _parts(transcript, words, cue_firsts):
            yield Paragraph(part, number, part.first == words.first)


def _own(transcript: Transcript, words: WordRange, cue_firsts: Set[int]) -> list[WordRange]:
    """The paragraphs that the author of a text gave a turn; none where there are captions, or lines that flow on."""
    if not transcript.cues_are_paragraphs:
        return []
    borders = [word for word in range(words.first + 1, words.end) if word in cue_firsts]
    if sum(_flows_on(transcript, word) for word in borders) * _LINES > len(borders):
        return []
    cues = (WordRange(first, end) for first, end in pairwise([words.first, *borders, words.end]))
    return [part for cue in cues for part in ([cue] if len(cue) <= _ENDLESS else _parts(transcript, cue, cue_firsts))]


def _flows_on(transcript: Transcript, word: int) -> bool:
    """Whether a word goes on with a sentence that the word before it did not end."""
    return transcript.word_text(word)[:1].islower() and not ends_sentence(transcript.word_text(word - 1))


def _parts(transcript: Transcript, words: WordRange, cue_firsts: Set[int]) -> Iterator[WordRange]:
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
        ended = ends_sentence(text[offsets[word] : limits[word]])
        if ended or (size >= _PLENTY and word + 1 in cue_firsts) or size >= _TOO_MUCH:
            yield WordRange(first, word + 1)
            first = word + 1
    yield WordRange(first, words.end)
