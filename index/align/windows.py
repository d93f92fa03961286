"""Stretches of sound with the words said in them: small enough to search, with context at both ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.transcript import Timing, Transcript, WordRange

_LONG_MS = 18_000
_SILENCE_MS = 2_000
_MARGIN_MS = 700  # So far cue times are off, and more.
_CONTEXT = 4  # Words before and after, which may lie in the window or not.


@dataclass(frozen=True, slots=True)
class Window:
    """Words that are to be found between two times, and the words around them."""

    words: tuple[int, ...]  # Numbers of words of the transcript, in order; the first and last are context.
    texts: tuple[str, ...]
    before: int  # How many words at the front are context,
    after: int  # and how many at the end.
    start_ms: int
    end_ms: int
    fillers: bool = False  # Whether words that people say without meaning it may stand between the others.

    @property
    def own(self) -> tuple[int, ...]:
        """The words that are to be found."""
        return self.words[self.before : len(self.words) - self.after]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words and when, about, they are said."""

    words: WordRange
    start_ms: int
    end_ms: int


def windows(transcript: Transcript, sound_ms: int, *, long_ms: int = _LONG_MS) -> list[Window]:
    """The cues that hold words without times of their own, several to a window; with `long_ms` 0 each in its own.

    Words that were not heard are left out.
    """
    texts = [transcript.word_text(word) for word in transcript.all_words]
    heard = [word for word in transcript.all_words if transcript.timings[word] != Timing.UNHEARD]
    place = {word: number for number, word in enumerate(heard)}
    made = []
    for group in _groups(list(_stretches(transcript)), long_ms):
        own = [word for stretch in group for word in stretch.words if word in place]
        if not own:
            continue
        first, last = place[own[0]], place[own[-1]]
        before, after = min(_CONTEXT, first), min(_CONTEXT, len(heard) - 1 - last)
        words = heard[first - before : last + 1 + after]
        start, end = max(0, group[0].start_ms - _MARGIN_MS), max(stretch.end_ms for stretch in group) + _MARGIN_MS
        end = min(end, sound_ms)
        if end > start:
            made.append(Window(tuple(words), tuple(texts[word] for word in words), before, after, start, end))
    return made


def _stretches(transcript: Transcript) -> Iterator[Stretch]:
    """The cues that need work; those that begin and end together are the lines of one."""
    for cue in transcript.cues():
        kinds = {transcript.timings[word] for word in cue.words} - {Timing.UNHEARD}
        if kinds - {Timing.EXACT, Timing.ALIGNED}:
            yield Stretch(cue.words, cue.start_ms, max(cue.end_ms, cue.start_ms))


def _groups(stretches: Sequence[Stretch], long_ms: int) -> Iterator[list[Stretch]]:
    group: list[Stretch] = []
    for stretch in stretches:
        if group and (
            stretch.end_ms - group[0].start_ms > long_ms
            or stretch.start_ms - group[-1].end_ms > _SILENCE_MS
            or stretch.words.first != group[-1].words.end
        ):
            yield group
            group = []
        group.append(stretch)
    if group:
        yield group
