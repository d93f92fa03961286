"""Finds the words of a timed transcript in its sound, so that each has a time of its own."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from index.align.crew import Alone, Cancelled, Crew, Told
from index.align.estimate import estimates
from index.align.language import Part, sentences_of
from index.align.match import match
from index.align.outcome import REFUSED
from index.align.pronounce import pieces
from index.align.recogniser import Heard, HeardWord
from index.align.settling import settled
from index.align.shift import in_step
from index.align.sound import Sound
from index.align.telling import Telling
from index.align.tokens import forms_of
from index.align.windows import Window, believed, gaps, windows
from index.transcript import Timing, Transcript

_SUPPORTED = 0.5  # The share of neighbours that must agree with a word that was heard.
_AROUND = 40  # So many words to either side tell whether a word can be in the sound at all.


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

    One that is shifted or stretched as a whole is put in step first, unless it is known that it `is_in_step`. Words
    found are `ALIGNED`, others stay `ESTIMATED`, by the loudness of their cue; so do all where so few are heard that
    it is something else that is said. `told` is given ms of sound done and to do. Once `cancelled`, what was found so
    far is given back; called again, it goes on from there.

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
    search.hear(windows(transcript, sound.duration_ms))
    # What was not heard is looked for with patience: between what was, for that is the least to search, and then cue by
    # cue.
    search.run(list(gaps(search.so_far(), sound.duration_ms)))
    lacking = [window for window in windows(transcript, sound.duration_ms, long_ms=0) if search.lacks(window)]
    search.run(lacking)
    found = search.believed()
    guessed = {} if search.telling.stopped else estimates(transcript, sound, found, lacking)
    return settled(transcript, found, guessed)


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
        self._found: dict[int, Heard] = {}
        self._heard, self._tried = np.zeros(len(transcript), bool), np.zeros(len(transcript), bool)
        self.telling = Telling(told, cancelled, came_in, self.so_far)
        self._transcript, self._crew = transcript, crew
        for word in transcript.all_words:
            self._heard[word] = self._tried[word] = Timing(transcript.timings[word]).is_own
        self._wanted = frozenset(
            word
            for word in transcript.all_words
            if not Timing(transcript.timings[word]).is_own and pieces(transcript.word_text(word))
        )

    def so_far(self) -> Transcript:
        """The transcript with what was found by now."""
        return settled(self._transcript, self.believed(), {})

    def believed(self) -> dict[int, Heard]:
        """What was found where the text is what is said: among words of which enough were heard unasked."""
        said = self._is_said()
        return {word: times for word, times in self._found.items() if said[word]}

    def _is_said(self) -> npt.NDArray[np.bool_]:
        """For each word whether enough of those around it that were listened for were heard."""
        count = len(self._heard)
        first, end = np.maximum(np.arange(count) - _AROUND, 0), np.minimum(np.arange(count) + _AROUND + 1, count)
        heard, tried = (np.concatenate(([0], np.cumsum(each))) for each in (self._heard, self._tried))
        near: npt.NDArray[np.bool_] = heard[end] - heard[first] >= REFUSED * np.maximum(1, tried[end] - tried[first])
        return near

    def lacks(self, window: Window) -> bool:
        """Whether a word of the window was not found."""
        return any(word in self._wanted and word not in self._found for word in window.own)

    def hear(self, wanted: Sequence[Window]) -> None:
        """Hear what is said in windows, and believe that where it is the text."""
        self.telling.expect(sum(window.length_ms for window in wanted))
        parts = [Part(window.start_ms, window.end_ms, sentences_of(window.texts)) for window in wanted]
        for window, heard in zip(wanted, self._crew.hear(parts), strict=True):
            found = agreeing(window, heard)
            self._found.update((word, times) for word, times in found.items() if word in self._wanted)
            self._heard[list(found)] = True
            self._tried[[word for word in window.own if word in self._wanted]] = True
            if self.telling.is_stopped_after(window.length_ms):
                return

    def run(self, wanted: Sequence[Window]) -> None:
        """Search windows with patience, unless the search was stopped, and keep what is believed."""
        if self.telling.stopped:
            return
        said = self._is_said()
        wanted = [window for window in wanted if said[list(window.own)].any()]
        self.telling.expect(sum(window.length_ms for window in wanted))
        for number, heard in self._crew.find(wanted, wide=True):
            window = wanted[number]
            for word, times in believed(window, heard):
                if word in self._wanted:  # Others of its cue have times of their own.
                    self._found.setdefault(word, times)
            if self.telling.is_stopped_after(window.length_ms):
                return


def agreeing(window: Window, heard: Sequence[HeardWord]) -> dict[int, Heard]:
    """The words of a window that were heard, where their neighbours were too."""
    ours = [(form, place) for place, text in enumerate(window.texts) for form in forms_of(text)]
    theirs = [(form, word) for word in heard for form in forms_of(word.text)]
    pairs = match([form for form, _ in ours], [form for form, _ in theirs])
    sure = (pairs.alike == 1) & (pairs.support >= _SUPPORTED)
    times: dict[int, Heard] = {}
    for left, right in zip(pairs.left[sure].tolist(), pairs.right[sure].tolist(), strict=True):
        word, there = window.words[ours[left][1]], theirs[right][1]
        first = times.get(word, there)
        times[word] = Heard(first.start_ms, there.end_ms, there.score)
    own = frozenset(window.own)
    return {word: when for word, when in times.items() if word in own}
