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
_LONGEST_MS = 1_500  # Of a word that is believed.
_LEAST_SCORE = -8.0  # Per frame; of words that are there one in fifty fits worse, of others most do.


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


def gaps(transcript: Transcript, sound_ms: int) -> Iterator[Window]:
    """The runs of words that were not heard as such, between the words that were, where there is time for them."""
    spoken = [word for word in transcript.all_words if pieces(transcript.word_text(word))]
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
        end_ms = transcript.starts[spoken[end]] if end < len(spoken) else sound_ms
        count, room = end - at, end_ms - start_ms
        if _TIGHT_MS * count <= room <= _LOOSE_MS * count + _SPARE_MS:
            first, last = max(0, at - _GAP_CONTEXT), min(len(spoken), end + _GAP_CONTEXT)
            words = tuple(spoken[first:last])
            yield Window(
                words,
                tuple(transcript.word_text(word) for word in words),
                at - first,
                last - end,
                max(0, start_ms - _GAP_MARGIN_MS),
                min(sound_ms, end_ms + _GAP_MARGIN_MS),
                fillers=True,
            )
        at = end


def believed(window: Window, answer: Sequence[Heard | None]) -> Iterator[tuple[int, Heard]]:
    """The words of a window that fit the sound about as well as words do that are there."""
    own = answer[window.before : len(answer) - window.after]
    for word, heard in zip(window.own, own, strict=True):
        if heard is not None and heard.score > _LEAST_SCORE and heard.end_ms - heard.start_ms <= _LONGEST_MS:
            yield word, heard
