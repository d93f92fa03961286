"""Finds the words of a timed transcript in its sound, so that each has a time of its own."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from index.align.crew import Alone, Cancelled, Crew, Told
from index.align.estimate import estimate
from index.align.language import sentences_of
from index.align.match import match
from index.align.pronounce import pieces
from index.align.recogniser import Heard, HeardWord
from index.align.settling import settled
from index.align.shift import in_step
from index.align.sound import Sound
from index.align.tokens import forms_of
from index.align.windows import Window, windows
from index.transcript import Transcript

_SPAN_MS = 30_000
_TELL_EVERY_S = 5.0
_SUPPORTED = 0.5  # The share of neighbours that must agree with a word that was heard.
_DISAGREE_MS = 60
_DOUBTED = -3.2  # Per frame; of clean words one in thirty fits worse, of those beside words left out most do.


def align_words(
    transcript: Transcript,
    sound: Sound,
    told: Told,
    cancelled: Cancelled,
    crew: Crew | None = None,
    *,
    came_in: Callable[[Transcript], None] = lambda _: None,
    is_in_step: bool = False,
) -> Transcript:
    """The same transcript, its estimated words with the times at which they are heard.

    One that is shifted or stretched as a whole is put in step first, unless it is known that it `is_in_step`. Words found are `ALIGNED`, others stay
    `ESTIMATED`, by the loudness of their cue. `told` is given ms of sound done and to do. Once `cancelled`, what was
    found so far is given back; called again, it goes on from there.

    Raises:
        EarmarkError: there is no recogniser on this machine.
        ValueError: the transcript has no times.
    """
    if not transcript.timed:
        raise ValueError("The transcript has no times.")
    crew = crew or Alone(sound)
    if not is_in_step:
        transcript, _ = in_step(transcript, sound.duration_ms, crew)
    search = _Search(transcript, crew, told, cancelled, came_in)
    wanted = windows(transcript, sound.duration_ms)
    search.expect(wanted)
    search.run(wanted, wide=False)
    # Where words fit badly others may have been said between them: hear what was. Then look once more, cue by cue and
    # with more patience, for what is still missing.
    cues = windows(transcript, sound.duration_ms, long_ms=0)
    doubted = search.doubted()
    unsure = [window for window in cues if search.lacks(window) or not doubted.isdisjoint(window.own)]
    search.expect(unsure)
    search.hear(unsure)
    again = [window for window in cues if search.lacks(window)]
    search.expect(again)
    search.run(again, wide=True)
    return settled(transcript, search.found, _estimates(transcript, sound, search, again))


class _Search:
    """What was found so far, and how far the work is."""

    def __init__(
        self,
        transcript: Transcript,
        crew: Crew,
        told: Told,
        cancelled: Cancelled,
        came_in: Callable[[Transcript], None],
    ) -> None:
        self.found: dict[int, Heard] = {}
        self._transcript, self._came_in, self._told_at = transcript, came_in, time.monotonic()
        self.stopped = False
        self._texts = [transcript.word_text(word) for word in transcript.all_words]
        self._spoken = [bool(pieces(text)) for text in self._texts]
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
        return frozenset(word for word, heard in self.found.items() if heard.score < _DOUBTED)

    def hear(self, unsure: Sequence[Window]) -> None:
        """Hear what is said in windows, by a language of the whole text, and believe that where it is the text."""
        if self.stopped or not unsure:
            return
        parts = list(_spans(unsure))
        heard: list[HeardWord] = []
        for (start_ms, end_ms), words in zip(parts, self._crew.hear(sentences_of(self._texts), parts), strict=True):
            heard += words
            self._done += end_ms - start_ms
            self._told(min(self._done, self._total), self._total)
            if self._cancelled():
                self.stopped = True
                return
        self.found.update(_agreeing(unsure, heard, self.found))

    def _tell_found(self) -> None:
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_S:
            self._told_at = now
            self._came_in(settled(self._transcript, self.found, {}))

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
            self._tell_found()
            if self._cancelled():
                self.stopped = True
                return


def _spans(wanted: Sequence[Window]) -> Iterator[tuple[int, int]]:
    """The times of the windows, those that meet joined as long as they are not too long to be heard in one go."""
    start, end = wanted[0].start_ms, wanted[0].end_ms
    for window in wanted[1:]:
        if window.start_ms <= end and window.end_ms - start <= _SPAN_MS:
            end = max(end, window.end_ms)
        else:
            yield start, end
            start, end = max(window.start_ms, end) if window.end_ms > end else window.start_ms, window.end_ms
    yield start, end


def _agreeing(wanted: Sequence[Window], heard: Sequence[HeardWord], found: Mapping[int, Heard]) -> dict[int, Heard]:
    """The words of the windows that were heard too, at another time than they were found; support makes them sure."""
    ours = [(form, word) for window in wanted for word, text in _own(window) for form in forms_of(text)]
    theirs = [(form, word) for word in heard for form in forms_of(word.text)]
    pairs = match([form for form, _ in ours], [form for form, _ in theirs])
    typical = float(np.median([each.score for each in found.values()])) if found else 0.0
    times: dict[int, Heard] = {}
    for left, right, alike, support in zip(
        pairs.left.tolist(), pairs.right.tolist(), pairs.alike, pairs.support, strict=True
    ):
        if alike == 1 and support >= _SUPPORTED:
            word, there = ours[left][1], theirs[right][1]
            start = times[word].start_ms if word in times else there.start_ms
            times[word] = Heard(start, there.end_ms, typical)
    return {
        word: new
        for word, new in times.items()
        if word not in found or abs(new.start_ms - found[word].start_ms) > _DISAGREE_MS
    }


def _own(window: Window) -> Iterator[tuple[int, str]]:
    end = len(window.words) - window.after
    return zip(window.words[window.before : end], window.texts[window.before : end], strict=True)


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
