"""A clean text without times takes those of a rough timed transcript of the same episode."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from index.align.affine import COMMON
from index.align.match import Match, match
from index.align.missed import Slot, missed_times
from index.align.outcome import check_found
from index.align.room import make_room
from index.align.tokens import Tokens, tokens_of
from index.sentences import ends_sentence
from index.transcript import Timing, Transcript

_TIGHT_MS = 60  # So much time at least a word without evidence needs to be placed between others.
_MISSED = 3  # Words in a row that a recogniser leaves out now and then, though they were said.
_ANEW = 12  # Words after which someone who begins anew has done so; more are something that the text lacks.
_PER_HEARD = 3  # Words of the text that may stand for each one heard otherwise.
_OWN = frozenset(kind for kind in Timing if kind.is_own)
_GUESSED = 0.25  # Confidence in a word that is there only because there is time for it.


@dataclass(frozen=True, slots=True)
class Merged:
    """The clean text with times, and what came of it."""

    transcript: Transcript
    found: float  # The share of the words said, by the clean text, that the timed one has too: 0 to 1.
    warning: str  # A sentence where that is too little to be trusted; else "".


def merge(clean: Transcript, timed: Transcript, *, where: str = "the timed transcript") -> Merged:
    """The words, turns and paragraphs of `clean` with the times of `timed`.

    A word takes the time of its like. Where that is the word's own in `timed`, it is `ALIGNED` here, else `ESTIMATED`.
    Words that the timed text has otherwise or lacks are estimated, in its silences and on what it has in their stead;
    where there is no time, or too many are missing, they are `UNHEARD` and stand, without a length, where they would be
    said. `where` is what messages call `timed`.

    Raises:
        WrongTextError: under a fifth of the words were found.
        ValueError: `timed` has no times.
    """
    if not timed.timed:
        raise ValueError("The timed transcript has no times.")
    ours, theirs = tokens_of(clean), tokens_of(timed)
    found = _drawn_together(clean, ours, theirs, match(ours.forms, theirs.forms))
    share = len(found) / max(1, len(ours))
    warning = check_found(share, where)
    placed = _place(clean, ours, found, _token_times(timed, theirs))
    return Merged(placed, share, warning)


def _drawn_together(clean: Transcript, ours: Tokens, theirs: Tokens, found: Match) -> Match:
    """The same pairs, but a word said twice where the text has it once is the one beside the word that follows it.

    People begin anew ("I, I think"), and one says "Yeah." before the other's "Yeah, it is". Where more was said in
    between, that goes for words such as "and" and "the", which lead to what follows them. A word that ends a sentence
    belongs to what is before it, unless it begins a turn.
    """
    turns = frozenset(clean.turn_firsts)
    right = found.right.copy()
    for place in range(len(found) - 1):
        token, other = int(found.left[place]), int(right[place])
        following = int(right[place + 1])
        if following - other == 1 or int(found.left[place + 1]) != token + 1:
            continue
        word = ours.words[token]
        if word not in turns and ends_sentence(clean.word_text(word)):
            continue
        form = theirs.forms[other]
        between = following - other - 1
        reach = between if between < _ANEW else int(form in COMMON)
        right[place] = next(
            (following - by for by in range(1, reach + 1) if theirs.forms[following - by] == form), other
        )
    return replace(found, right=right)


@dataclass(frozen=True, slots=True)
class _TokenTimes:
    """When each token of the timed transcript is said, in ms, and whether that is known of the word itself."""

    forms: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    own: Sequence[bool]

    def slots(self, tokens: range) -> list[Slot]:
        """The tokens as words that were heard."""
        return [Slot(self.starts[token], self.ends[token], self.forms[token]) for token in tokens]


def _token_times(timed: Transcript, tokens: Tokens) -> _TokenTimes:
    """Tokens of one word share its time evenly; where people talk over each other, starts are made to rise."""
    words = np.array(tokens.words, np.int64)
    first = np.searchsorted(words, words, side="left")
    count = np.searchsorted(words, words, side="right") - first
    place = np.arange(len(words)) - first
    starts, ends = np.array(timed.starts, np.int64)[words], np.array(timed.ends, np.int64)[words]
    length = ends - starts
    begun = np.maximum.accumulate(starts + length * place // count) if len(words) else starts
    over = np.maximum(begun, starts + length * (place + 1) // count)
    over[:-1] = np.minimum(over[:-1], np.maximum(begun[1:], begun[:-1]))
    own = [timed.timings[word] in _OWN for word in tokens.words]
    return _TokenTimes(tokens.forms, begun.tolist(), over.tolist(), own)


class _Placing:
    """The times of the words of the clean text while they are being found."""

    def __init__(self, clean: Transcript) -> None:
        count = len(clean)
        self.texts = [clean.word_text(word) for word in clean.all_words]
        self.starts = [-1] * count
        self.ends = [-1] * count
        self.timings = bytearray([Timing.UNHEARD]) * count
        self.confidences = bytearray(count)
        self.turn_firsts = frozenset(clean.turn_firsts)

    def begins_sentence(self, word: int) -> bool:
        """Whether a word begins a turn, or comes after one that ends a sentence."""
        return word in self.turn_firsts or bool(word and ends_sentence(self.texts[word - 1]))

    def put(self, word: int, start_ms: int, end_ms: int, timing: Timing, confidence: float) -> None:
        """Say when a word was heard; more of the same word makes it longer."""
        if self.starts[word] < 0:
            self.starts[word], self.timings[word] = start_ms, timing
            self.confidences[word] = round(255 * confidence)
        self.ends[word] = max(end_ms, self.starts[word])


def _place(clean: Transcript, ours: Tokens, found: Match, times: _TokenTimes) -> Transcript:
    placing = _Placing(clean)
    # Another word at the same place tells that something was said there, not when this word was.
    same = found.alike > 0
    found = Match(found.left[same], found.right[same], found.alike[same], found.support[same])
    sureness = (0.25 + 0.25 * found.alike + 0.5 * found.alike * found.support).tolist()
    for a, b, sure in zip(found.left.tolist(), found.right.tolist(), sureness, strict=True):
        timing = Timing.ALIGNED if times.own[b] else Timing.ESTIMATED
        placing.put(ours.words[a], times.starts[b], times.ends[b], timing, sure)
    spoken = sorted(set(ours.words))
    _fill(placing, spoken, _heard_between(ours, found, len(times.starts)), times)
    _settle(placing, spoken)
    return with_times(clean, placing.starts, placing.ends, bytes(placing.timings), bytes(placing.confidences))


def _heard_between(ours: Tokens, found: Match, total: int) -> dict[int, range]:
    """For each word without a pair: the tokens of the timed text that lie free at its place."""
    if not len(found):
        return {}
    lasts = np.searchsorted(found.left, np.arange(len(ours)))  # The pair at or after each token.
    free: dict[int, range] = {}
    for token, after in enumerate(lasts.tolist()):
        if after < len(found) and found.left[after] == token:
            continue
        first = int(found.right[after - 1]) + 1 if after else 0
        free.setdefault(ours.words[token], range(first, int(found.right[after]) if after < len(found) else total))
    return free


def _fill(placing: _Placing, spoken: Sequence[int], free: dict[int, range], times: _TokenTimes) -> None:
    """Place the words without a pair of their own that may have been said, run by run."""
    heard = [place for place, word in enumerate(spoken) if placing.starts[word] >= 0]
    for before, after in pairwise(heard):
        run, following = spoken[before + 1 : after], spoken[after]
        if not run:
            continue
        between = placing.ends[spoken[before]], placing.starts[following]
        others = times.slots(free.get(run[0], range(0)))
        if not _may_be_said(placing, run, following, between[1] - between[0], len(others)):
            continue
        texts = [placing.texts[word] for word in run]
        parted = [placing.begins_sentence(word) for word in (*run, following)]
        for word, begun, over in zip(run, *missed_times(texts, parted, between, others), strict=True):
            placing.put(word, begun, over, Timing.ESTIMATED, _GUESSED)


def _may_be_said(placing: _Placing, run: Sequence[int], following: int, room_ms: int, others: int) -> bool:
    """Whether words that nobody heard were said before the word `following`, where so many others were heard."""
    has_room = room_ms >= _TIGHT_MS * len(run)
    if others and has_room and len(run) <= _PER_HEARD * others:
        return True
    whole_turn = run[0] in placing.turn_firsts and not placing.turn_firsts.isdisjoint(range(run[-1] + 1, following + 1))
    return len(run) <= _MISSED and (has_room or not whole_turn)


def _settle(placing: _Placing, spoken: Sequence[int]) -> None:
    """Make room for those that were heard, then stand the others beside them."""
    heard = [word for word in spoken if placing.starts[word] >= 0]
    starts = np.maximum.accumulate([placing.starts[word] for word in heard]).tolist()
    ends = [max(placing.ends[word], start) for word, start in zip(heard, starts, strict=True)]
    for place in range(len(heard) - 1):
        ends[place] = max(starts[place], min(ends[place], starts[place + 1]))
    own = [placing.timings[word] in _OWN for word in heard]
    begins = [word in placing.turn_firsts for word in heard]
    make_room([placing.texts[word] for word in heard], starts, ends, own, begins)
    for word, start, end in zip(heard, starts, ends, strict=True):
        placing.starts[word], placing.ends[word] = start, end
    stand_beside(placing.starts, placing.ends, placing.timings, placing.confidences, frozenset(spoken))


def stand_beside(
    starts: list[int], ends: list[int], timings: bytearray, confidences: bytearray, spoken: frozenset[int]
) -> None:
    """Put words without a time (-1) where they would be: marks such as dashes share the end of the word before them."""
    reached = next((start for start in starts if start >= 0), 0)
    before = -1
    for word in range(len(starts)):
        if starts[word] >= 0:
            reached, before = ends[word], word
        elif word in spoken or before < 0 or timings[before] == Timing.UNHEARD:
            starts[word] = ends[word] = reached
            timings[word], before = Timing.UNHEARD, word
        else:
            half = starts[before] + (ends[before] - starts[before] + 1) // 2
            starts[word], ends[word] = half, ends[before]
            ends[before] = half
            timings[word], confidences[word] = timings[before], confidences[before]
            before = word


def with_times(
    text: Transcript, starts: Sequence[int], ends: Sequence[int], timings: bytes, confidences: bytes
) -> Transcript:
    """The text with these times of its words; its cues begin and end with what is heard of them."""
    cue_starts, cue_ends = array("q"), array("q")
    reached = 0
    for cue in text.cues():
        heard = [word for word in cue.words if timings[word] != Timing.UNHEARD] or list(cue.words)
        begun = max(reached, starts[heard[0]]) if heard else reached
        cue_starts.append(begun)
        cue_ends.append(max([begun, *(ends[word] for word in heard)]))
        reached = begun
    return replace(
        text,
        starts=array("q", starts),
        ends=array("q", ends),
        timings=timings,
        confidences=confidences,
        cue_starts=cue_starts,
        cue_ends=cue_ends,
        timed=True,
    )
