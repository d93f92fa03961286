"""Finds the words of a timed transcript in its sound, so that each has a time of its own."""

from collections.abc import Sequence

import numpy as np

from index.align.crew import Alone, Cancelled, Crew, Told
from index.align.estimate import estimate
from index.align.merge import stand_beside, with_times
from index.align.pronounce import pieces
from index.align.recogniser import Heard
from index.align.room import make_room
from index.align.sound import Sound
from index.align.windows import Window, windows
from index.transcript import Timing, Transcript

_GUESSED = 0.2  # Confidence in a time that is an estimate.
_DOUBTED = 0.1  # The share of words found that are looked for a second time.
_WORST, _BEST = 0.5, 1.0  # Confidence in words found, from those that fit worst to those that fit best.


def align_words(
    transcript: Transcript, sound: Sound, told: Told, cancelled: Cancelled, crew: Crew | None = None
) -> Transcript:
    """The same transcript, its estimated words with the times at which they are heard.

    Words found are `ALIGNED`, others stay `ESTIMATED`, by the loudness of their cue. `told` is given ms of sound done
    and to do. Once `cancelled`, what was found so far is given back; called again, it goes on from there.

    Raises:
        EarmarkError: there is no recogniser on this machine.
        ValueError: the transcript has no times.
    """
    if not transcript.timed:
        raise ValueError("The transcript has no times.")
    crew = crew or Alone(sound)
    search = _Search(transcript, crew, told, cancelled)
    wanted = windows(transcript, sound.duration_ms)
    search.expect(wanted)
    search.run(wanted, wide=False)
    # Cue by cue, with more patience, where a window failed.
    doubted = search.doubted()
    again = [
        window
        for window in windows(transcript, sound.duration_ms, long_ms=0)
        if search.lacks(window) or not doubted.isdisjoint(window.own)
    ]
    search.expect(again)
    search.run(again, wide=True)
    return _settled(transcript, search.found, _estimates(transcript, sound, search, again))


class _Search:
    """What was found so far, and how far the work is."""

    def __init__(self, transcript: Transcript, crew: Crew, told: Told, cancelled: Cancelled) -> None:
        self.found: dict[int, Heard] = {}
        self.stopped = False
        self._spoken = [bool(pieces(transcript.word_text(word))) for word in transcript.all_words]
        self._crew, self._told, self._cancelled = crew, told, cancelled
        self._done = self._total = 0

    def expect(self, wanted: Sequence[Window]) -> None:
        """Count windows that are to be searched."""
        self._total += sum(window.end_ms - window.start_ms for window in wanted)

    def lacks(self, window: Window) -> bool:
        """Whether a word of the window was not found."""
        return any(self._spoken[word] and word not in self.found for word in window.own)

    def doubted(self) -> frozenset[int]:
        """The words that fit so badly that another may have been said there too."""
        if not self.found:
            return frozenset()
        limit = np.quantile([heard.score for heard in self.found.values()], _DOUBTED)
        return frozenset(word for word, heard in self.found.items() if heard.score < limit)

    def run(self, wanted: Sequence[Window], *, wide: bool) -> None:
        """Search windows and keep what is found."""
        if self.stopped or not wanted:
            return
        for number, heard in self._crew.find(wanted, wide=wide):
            window = wanted[number]
            own = heard[window.before : len(heard) - window.after]
            for word, times in zip(window.own, own, strict=True):
                if times is not None and (word not in self.found or times.score > self.found[word].score):
                    self.found[word] = times
            self._done += window.end_ms - window.start_ms
            self._told(self._done, self._total)
            if self._cancelled():
                self.stopped = True
                return


def _estimates(
    transcript: Transcript, sound: Sound, search: _Search, lacking: Sequence[Window]
) -> dict[int, tuple[int, int]]:
    """Times by loudness for the words of cues that were not found, if the search was not stopped before."""
    guessed: dict[int, tuple[int, int]] = {}
    if search.stopped:
        return guessed
    for window in lacking:
        words = window.own
        if search.lacks(window):
            cue = transcript.cue(transcript.cue_of(words[0]))
            samples = sound.between(cue.start_ms, cue.end_ms)
            starts, ends = estimate([transcript.word_text(word) for word in words], samples, cue.start_ms)
            guessed.update(zip(words, zip(starts, ends, strict=True), strict=True))
    return guessed


def _settled(transcript: Transcript, found: dict[int, Heard], guessed: dict[int, tuple[int, int]]) -> Transcript:
    """The transcript with what was found: starts in order, no word without a length."""
    count = len(transcript)
    starts, ends = transcript.starts.tolist(), transcript.ends.tolist()
    timings = bytearray(transcript.timings)
    sure = bytearray(transcript.confidences or bytes(count))
    for word, (start, end) in guessed.items():
        starts[word], ends[word], sure[word] = start, end, round(255 * _GUESSED)
    for word, confidence in _confidences(found).items():
        starts[word], ends[word] = found[word].start_ms, found[word].end_ms
        timings[word] = Timing.ALIGNED
        sure[word] = round(255 * confidence)
    spoken = frozenset(word for word in transcript.all_words if pieces(transcript.word_text(word)))
    for word in transcript.all_words:
        if timings[word] == Timing.UNHEARD or (word not in spoken and timings[word] == Timing.ESTIMATED):
            starts[word] = -1
    _in_order(transcript, starts, ends, timings)
    stand_beside(starts, ends, timings, sure, spoken)
    return with_times(transcript, starts, ends, bytes(timings), bytes(sure))


def _confidences(found: dict[int, Heard]) -> dict[int, float]:
    """How sure each word found is: by its rank among all, for the scale of scores differs from sound to sound."""
    order = sorted(found, key=lambda word: found[word].score)
    last = max(1, len(order) - 1)
    return {word: _WORST + (_BEST - _WORST) * min(1.0, 2 * rank / last) for rank, word in enumerate(order)}


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
