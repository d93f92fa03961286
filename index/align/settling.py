"""Puts the times of words that were found, estimated or not heard together: in order, each with a length."""

from array import array
from dataclasses import replace

import numpy as np

from index.align.merge import stand_beside, with_times
from index.align.pronounce import pieces
from index.align.recogniser import Heard
from index.align.room import make_room
from index.transcript import Timing, Transcript

_GUESSED = 0.2  # Confidence in a time that is an estimate.
_WORST = 0.5  # Confidence in words found, from those that fit worst to those that fit best;
_BEST, _APPROXIMATE = 1.0, 0.75  # less where the model is that of another language.


def settled(
    transcript: Transcript,
    found: dict[int, Heard],
    guessed: dict[int, tuple[int, int]],
    timing: Timing = Timing.ALIGNED,
) -> Transcript:
    """The transcript with what was found, which is `timing` then: starts in order, no word without a length."""
    count = len(transcript)
    starts, ends = transcript.starts.tolist(), transcript.ends.tolist()
    timings = bytearray(transcript.timings)
    sure = bytearray(transcript.confidences or bytes(count))
    for word, (start, end) in guessed.items():
        if not Timing(timings[word]).is_own:  # What was found earlier holds.
            starts[word], ends[word], sure[word] = start, end, round(255 * _GUESSED)
    for word, confidence in _confidences(found, _APPROXIMATE if timing == Timing.APPROXIMATE else _BEST).items():
        starts[word], ends[word] = found[word].start_ms, found[word].end_ms
        timings[word] = timing
        sure[word] = round(255 * confidence)
    spoken = frozenset(word for word in transcript.all_words if pieces(transcript.word_text(word)))
    for word in transcript.all_words:
        if timings[word] == Timing.UNHEARD or (word not in spoken and timings[word] == Timing.ESTIMATED):
            starts[word] = -1
    _in_order(transcript, starts, ends, timings)
    stand_beside(starts, ends, timings, sure, spoken)
    return _shown_as_before(transcript, with_times(transcript, starts, ends, bytes(timings), bytes(sure)))


def _shown_as_before(before: Transcript, timed: Transcript) -> Transcript:
    """The cues shown from and as long as they were, as far as the words of their neighbours leave room for that.

    People need longer to read a caption than others to say it, so what its author gave it stays.
    """
    if not before.timed:
        return timed
    count = timed.cue_count
    starts, ends = timed.cue_starts.tolist(), timed.cue_ends.tolist()
    said = ends.copy()
    for cue in range(count):
        free_ms = said[cue - 1] if cue else 0
        starts[cue] = min(starts[cue], max(before.cue_starts[cue], free_ms))
    for cue in range(count):
        free_ms = starts[cue + 1] if cue + 1 < count else before.cue_ends[cue]
        ends[cue] = max(ends[cue], min(before.cue_ends[cue], free_ms))
    return replace(timed, cue_starts=array("q", starts), cue_ends=array("q", ends))


def _confidences(found: dict[int, Heard], best: float) -> dict[int, float]:
    """How sure each word found is: by its rank among all, for the scale of scores differs from sound to sound."""
    order = sorted(found, key=lambda word: found[word].score)
    last = max(1, len(order) - 1)
    return {word: _WORST + (best - _WORST) * min(1.0, 2 * rank / last) for rank, word in enumerate(order)}


def _in_order(transcript: Transcript, starts: list[int], ends: list[int], timings: bytearray) -> None:
    """Let estimated words lie between those that were found, and give each a length."""
    timed = [word for word in transcript.all_words if starts[word] >= 0]
    if not timed:
        return
    begun = np.array([starts[word] for word in timed], np.int64)
    own = np.array([Timing(timings[word]).is_own for word in timed])
    # What was found, or given by the source, holds; estimates move.
    lowest = np.maximum.accumulate(np.where(own, begun, 0))
    highest = np.minimum.accumulate(np.where(own, begun, np.iinfo(np.int64).max)[::-1])[::-1]
    begun = np.maximum.accumulate(np.where(own, begun, np.clip(begun, lowest, np.maximum(lowest, highest))))
    over = np.maximum(np.array([ends[word] for word in timed], np.int64), begun)
    over[:-1] = np.minimum(over[:-1], begun[1:])
    fixed_starts, fixed_ends = begun.tolist(), over.tolist()
    begins = frozenset(transcript.turn_firsts)
    texts = [transcript.word_text(word) for word in timed]
    make_room(texts, fixed_starts, fixed_ends, own.tolist(), [word in begins for word in timed])
    for word, start, end in zip(timed, fixed_starts, fixed_ends, strict=True):
        starts[word], ends[word] = start, end
