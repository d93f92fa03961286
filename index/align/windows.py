"""Stretches of sound with the words said in them: small enough to search, with context at both ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.align.pronounce import pieces
from index.align.recogniser import Heard
from index.transcript import Timing, Transcript, WordRange

_LONG_MS = 30_000  # Of a window, at most.
_SILENCE_MS = 2_000
_MARGIN_MS = 700  # So far cue times are off, and more.
_CONTEXT = 4  # Words before and after, which may lie in the window or not.
_TIGHT_MS, _LOOSE_MS, _SPARE_MS = 60, 800, 2_000  # What words in a gap take, at least and at most.
_GAP_MARGIN_MS = 500
_GAP_CONTEXT = 2
LONGEST_MS = 1_500
"""Of a word that is believed."""
_LEAST_SCORE = -8.0  # Per frame; of words that are there one in fifty fits worse, of others most do.
_FEW = 10  # Words between others that are far apart, which may be said beside either of them.
_BESIDE_MS, _BESIDE_SPARE_MS = 450, 300  # What such words take beside one.
_LEAST_BESIDE = -6.0  # Per frame: most that fit worse were not said there.


@dataclass(frozen=True, slots=True)
class Window:
    """Words that are to be found between two times, and the words around them."""

    words: tuple[int, ...]  # Numbers of words of the transcript, in order; the first and last are context.
    texts: tuple[str, ...]
    before: int  # How many words at the front are context,
    after: int  # and how many at the end.
    start_ms: int
    end_ms: int
    free_ms: tuple[int, int] | None = None  # Between words that were heard; its own can only be said in there.

    @property
    def own(self) -> tuple[int, ...]:
        """The words that are to be found."""
        return self.words[self.before : len(self.words) - self.after]

    @property
    def length_ms(self) -> int:
        """How much sound there is to search."""
        return self.end_ms - self.start_ms


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words and when, about, they are said."""

    words: WordRange
    start_ms: int
    end_ms: int


def windows(transcript: Transcript, sound_ms: int, *, long_ms: int = _LONG_MS) -> list[Window]:
    """The cues that hold words without times of their own, several to a window of at most `long_ms`; 0: each alone.

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


@dataclass(frozen=True, slots=True)
class _Gap:
    """A run of words that were not heard as such, and the time between those around it that were."""

    first: int  # Place among the words that are spoken.
    end: int
    start_ms: int
    end_ms: int

    @property
    def count(self) -> int:
        """How many words there are."""
        return self.end - self.first

    @property
    def room_ms(self) -> int:
        """How much time there is."""
        return self.end_ms - self.start_ms

    @property
    def is_wide(self) -> bool:
        """Whether there is more time than the words can take."""
        return self.room_ms > _LOOSE_MS * self.count + _SPARE_MS


def _gaps(transcript: Transcript, spoken: Sequence[int], sound_ms: int) -> Iterator[_Gap]:
    known = [Timing(transcript.timings[word]).is_own for word in spoken]
    at = 0
    while at < len(spoken):
        if known[at]:
            at += 1
            continue
        end = at
        while end < len(spoken) and not known[end]:
            end += 1
        start_ms = transcript.ends[spoken[at - 1]] if at else 0
        yield _Gap(at, end, start_ms, transcript.starts[spoken[end]] if end < len(spoken) else sound_ms)
        at = end


def _spoken(transcript: Transcript) -> list[int]:
    return [word for word in transcript.all_words if pieces(transcript.word_text(word))]


def gaps(transcript: Transcript, sound_ms: int) -> Iterator[Window]:
    """The runs of words that were not heard as such, between the words that were, where there is time for them."""
    spoken = _spoken(transcript)
    for gap in _gaps(transcript, spoken, sound_ms):
        if gap.is_wide or gap.room_ms < _TIGHT_MS * gap.count:
            continue
        first, last = max(0, gap.first - _GAP_CONTEXT), min(len(spoken), gap.end + _GAP_CONTEXT)
        words = tuple(spoken[first:last])
        yield Window(
            words,
            tuple(transcript.word_text(word) for word in words),
            gap.first - first,
            last - gap.end,
            max(0, gap.start_ms - _GAP_MARGIN_MS),
            min(sound_ms, gap.end_ms + _GAP_MARGIN_MS),
            (gap.start_ms, gap.end_ms),
        )


@dataclass(frozen=True, slots=True)
class Stray:
    """A few words that were not heard, between others that are too far apart to tell beside which they are said."""

    words: tuple[int, ...]
    before: Window  # The words and those before them: as many as are said there.
    after: Window  # The words and those after them.


def strays(transcript: Transcript, sound_ms: int) -> Iterator[Stray]:
    """The runs of a few words that were not heard as such, between words that were, with too much time for them."""
    spoken = _spoken(transcript)
    for gap in _gaps(transcript, spoken, sound_ms):
        if not gap.is_wide or gap.count > _FEW or gap.first == 0 or gap.end == len(spoken):
            continue
        run = spoken[gap.first : gap.end]
        leading, trailing = spoken[max(0, gap.first - _GAP_CONTEXT) : gap.first], spoken[gap.end :][:_GAP_CONTEXT]
        length_ms = _BESIDE_MS * gap.count + _BESIDE_SPARE_MS
        yield Stray(
            tuple(run),
            Window(
                tuple(leading + run),
                tuple(transcript.word_text(word) for word in leading + run),
                len(leading),
                gap.count,
                max(0, transcript.starts[leading[0]] - _BESIDE_SPARE_MS),
                gap.start_ms + length_ms,
            ),
            Window(
                tuple(run + trailing),
                tuple(transcript.word_text(word) for word in run + trailing),
                gap.count,
                len(trailing),
                gap.end_ms - length_ms,
                min(sound_ms, transcript.ends[trailing[-1]] + _BESIDE_SPARE_MS),
            ),
        )


def parted(stray: Stray, before: Sequence[Heard | None], after: Sequence[Heard | None]) -> dict[int, Heard]:
    """The words that were found: the first of them beside the words before, the others beside those after.

    How many are on which side is told by how well they fit there.
    """
    left, right = _beside(stray.words, stray.before, before), _beside(stray.words, stray.after, after)

    def fit(cut: int) -> float:
        return sum(heard.score - _LEAST_BESIDE for heard in (*left[:cut], *right[cut:]) if heard)

    cut = max(range(len(stray.words) + 1), key=fit)
    best = zip(stray.words, (*left[:cut], *right[cut:]), strict=True)
    return {word: heard for word, heard in best if heard}


def _beside(words: Sequence[int], window: Window, answer: Sequence[Heard | None]) -> list[Heard | None]:
    """What was found of the words, where it fits."""
    found = {word: heard for word, heard in zip(window.words, answer, strict=True) if heard}
    return [found[word] if word in found and found[word].score > _LEAST_BESIDE else None for word in words]


def believed(window: Window, answer: Sequence[Heard | None]) -> Iterator[tuple[int, Heard]]:
    """The words of a window that fit the sound about as well as words do that are there."""
    own = answer[window.before : len(answer) - window.after]
    first_ms, last_ms = window.free_ms or (window.start_ms, window.end_ms)
    for word, heard in zip(window.own, own, strict=True):
        if heard is None or heard.score <= _LEAST_SCORE or heard.end_ms - heard.start_ms > LONGEST_MS:
            continue
        if first_ms <= (heard.start_ms + heard.end_ms) // 2 <= last_ms:
            yield word, heard
