"""The transcript: an immutable stream of timed words, and the cues and turns that are ranges of it."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from types import MappingProxyType

from index.wordsplit import GLUED, LINE

NO_SPEAKER = -1


class Timing(IntEnum):
    """Where a word's time comes from."""

    EXACT = 0  # The source gives this word's own time.
    ESTIMATED = 1  # The source times a cue; the word was spread over it.
    NONE = 2  # The source has no times at all.
    ALIGNED = 3  # The word was found in the sound, or in a timed transcript of it.
    APPROXIMATE = 4  # Found in the sound by a model that was made for another language.
    UNHEARD = 5  # Nothing tells that the word is in the sound; its time is only where it would be.

    @property
    def is_own(self) -> bool:
        """Whether the time is this word's own, not its share of a stretch of words."""
        return self in _OWN

    @property
    def is_heard(self) -> bool:
        """Whether the time can be played, followed and shown."""
        return self not in (Timing.UNHEARD, Timing.NONE)


_OWN = (Timing.EXACT, Timing.ALIGNED, Timing.APPROXIMATE)


@dataclass(frozen=True, slots=True, order=True)
class WordRange:
    """A run of words of the stream, `first` to before `end`: the one way to point at anything that was said."""

    first: int
    end: int

    def __len__(self) -> int:
        return max(0, self.end - self.first)

    def __bool__(self) -> bool:
        return self.end > self.first

    def __contains__(self, word: int) -> bool:
        return self.first <= word < self.end

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.end))


@dataclass(frozen=True, slots=True)
class Word:
    """One word, its time in ms, and how that time is known."""

    text: str
    start_ms: int
    end_ms: int
    timing: Timing


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption as its source had it: a range of words shown from `start_ms` to `end_ms`."""

    words: WordRange
    start_ms: int
    end_ms: int
    id: str = ""
    settings: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says before another does; the speaker is None where the source names nobody."""

    words: WordRange
    speaker: str | None


@dataclass(frozen=True, slots=True, eq=False)
class Transcript:
    """Words in reading order, in arrays: a word is an index, everything else a `WordRange`.

    All arrays named for words have one item a word; those named for cues and turns one a cue or turn. Cues are in
    order of start and cover every word; so do turns. Build one with `index.builder.TranscriptBuilder`.
    """

    text: str  # Every word, joined as it is read: a space, nothing, or a new line where a turn begins.
    offsets: "array[int]"  # Where each word begins in `text`,
    limits: "array[int]"  # and where it ends.
    starts: "array[int]"  # ms
    ends: "array[int]"  # ms
    timings: bytes  # `Timing` of each word.
    joints: bytes  # SPACE, GLUED or LINE: how each word is joined to the one before it in its cue.
    cue_firsts: "array[int]"
    cue_starts: "array[int]"
    cue_ends: "array[int]"
    turn_firsts: "array[int]"
    turn_speakers: "array[int]"  # Index into `speakers`, or NO_SPEAKER.
    speakers: tuple[str, ...] = ()  # In order of their first word.
    cue_ids: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    cue_settings: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({}))
    timed: bool = True  # False: there are no times; every time here is 0 and means nothing.
    cues_are_paragraphs: bool = False  # As its author made them: the source had no times, whatever was found since.
    confidences: bytes = b""  # How sure each word's time is, 0 to 255; empty where nobody knows.
    # Starts in rising order and the words they belong to, only where people talk over each other and the starts
    # are not in reading order, or where words were not heard; those are left out.
    _sorted_starts: "array[int] | None" = field(default=None, init=False, repr=False)
    _by_start: "array[int] | None" = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare the order by time where it is not the order of reading."""
        starts, timings = self.starts, self.timings
        in_order = sorted(starts)
        unheard = Timing.UNHEARD in timings
        if unheard or in_order != starts.tolist():
            heard = (word for word in range(len(starts)) if not unheard or timings[word] != Timing.UNHEARD)
            order = array("i", sorted(heard, key=starts.__getitem__))
            object.__setattr__(self, "_by_start", order)
            object.__setattr__(self, "_sorted_starts", array("q", (starts[word] for word in order)))

    def __len__(self) -> int:
        return len(self.offsets)

    # Words

    @property
    def all_words(self) -> WordRange:
        """The range of every word."""
        return WordRange(0, len(self))

    def word_text(self, word: int) -> str:
        """The word as written, punctuation included."""
        return self.text[self.offsets[word] : self.limits[word]]

    def word(self, word: int) -> Word:
        """The word with its times."""
        return Word(self.word_text(word), self.starts[word], self.ends[word], Timing(self.timings[word]))

    def word_at(self, ms: int) -> int | None:
        """The last word begun by `ms`: the one being spoken, or in a silence the one before it; None before the first.

        One bisection. Where several begin together it is the last of them in reading order. Words that were not heard
        are never the answer. Without times, None.
        """
        if not self.timed:
            return None
        if self._sorted_starts is not None and self._by_start is not None:
            at = bisect_right(self._sorted_starts, ms)
            return self._by_start[at - 1] if at else None
        at = bisect_right(self.starts, ms)
        return at - 1 if at else None

    def speaker_at(self, ms: int) -> int:
        """The number of whoever speaks at a time, `NO_SPEAKER` where nobody is named."""
        word = self.word_at(ms)
        return NO_SPEAKER if word is None else self.turn_speakers[self.turn_of(word)]

    def start_after(self, ms: int) -> int | None:
        """When the next word begins, in ms: the first start after `ms`; None after the last one and without times."""
        if not self.timed:
            return None
        starts = self.starts if self._sorted_starts is None else self._sorted_starts
        at = bisect_right(starts, ms)
        return starts[at] if at < len(starts) else None

    def range_between(self, start_ms: int, end_ms: int) -> WordRange:
        """The words heard between two times: those whose middle lies in the stretch (from the first to the last)."""
        if not self.timed:
            return WordRange(0, 0)
        inside = [
            word
            for word in self._candidates(start_ms, end_ms)
            if start_ms <= (self.starts[word] + self.ends[word]) // 2 < end_ms
        ]
        if not inside:
            at = bisect_left(self.starts, start_ms) if self._by_start is None else 0
            return WordRange(at, at)
        return WordRange(min(inside), max(inside) + 1)

    def _candidates(self, start_ms: int, end_ms: int) -> Iterator[int]:
        """Words that begin before `end_ms` and may still be spoken after `start_ms`."""
        if self._by_start is not None:
            yield from sorted(self._by_start)
            return
        last = bisect_right(self.starts, end_ms)
        first = bisect_left(self.starts, start_ms)
        while first and self.ends[first - 1] > start_ms:
            first -= 1
        yield from range(first, last)

    # Times and text of a range

    def span_ms(self, words: WordRange) -> tuple[int, int]:
        """When the first of the words begins and the last to end ends, in ms. The range must not be empty."""
        starts = self.starts[words.first : words.end]
        return min(starts), max(*starts, *self.ends[words.first : words.end])

    def text_of(self, words: WordRange) -> str:
        """The words as prose: turns on lines of their own, without names."""
        return self.text[self.offsets[words.first] : self.limits[words.end - 1]] if words else ""

    def prose(self, words: WordRange) -> str:
        """The words as clean prose, a paragraph a turn, each led by its speaker's name where there is one."""
        paragraphs = []
        for turn in self.turns_in(words):
            name = f"{turn.speaker}: " if turn.speaker else ""
            paragraphs.append(name + self.text_of(turn.words))
        return "\n\n".join(paragraphs)

    # Cues

    @property
    def cue_count(self) -> int:
        """How many cues there are, empty ones included."""
        return len(self.cue_firsts)

    def cue(self, cue: int) -> Cue:
        """A cue by its number, counted from 0."""
        end = self.cue_firsts[cue + 1] if cue + 1 < len(self.cue_firsts) else len(self)
        return Cue(
            WordRange(self.cue_firsts[cue], end),
            self.cue_starts[cue],
            self.cue_ends[cue],
            self.cue_ids.get(cue, ""),
            self.cue_settings.get(cue, ""),
        )

    def cues(self) -> Iterator[Cue]:
        """Every cue in order."""
        return map(self.cue, range(self.cue_count))

    def cue_of(self, word: int) -> int:
        """The number of the cue that holds the word."""
        return bisect_right(self.cue_firsts, word) - 1

    # Turns

    @property
    def turn_count(self) -> int:
        """How many turns there are."""
        return len(self.turn_firsts)

    def turn(self, turn: int) -> Turn:
        """A turn by its number, counted from 0."""
        end = self.turn_firsts[turn + 1] if turn + 1 < len(self.turn_firsts) else len(self)
        speaker = self.turn_speakers[turn]
        name = None if speaker == NO_SPEAKER else self.speakers[speaker]
        return Turn(WordRange(self.turn_firsts[turn], end), name)

    def turns(self) -> Iterator[Turn]:
        """Every turn in order."""
        return map(self.turn, range(self.turn_count))

    def turn_of(self, word: int) -> int:
        """The number of the turn that holds the word."""
        return bisect_right(self.turn_firsts, word) - 1

    def turns_in(self, words: WordRange) -> Iterator[Turn]:
        """The turns of a range, the first and the last cut to it."""
        if not words:
            return
        for number in range(self.turn_of(words.first), self.turn_of(words.end - 1) + 1):
            turn = self.turn(number)
            cut = WordRange(max(turn.words.first, words.first), min(turn.words.end, words.end))
            yield Turn(cut, turn.speaker)

    def speaker_of(self, word: int) -> str | None:
        """Who says the word; None where the source does not tell."""
        return self.turn(self.turn_of(word)).speaker

    # The whole

    @property
    def start_ms(self) -> int:
        """When the first cue begins; 0 where there is none."""
        return self.cue_starts[0] if self.cue_starts else 0

    @property
    def end_ms(self) -> int:
        """When the last cue to end ends; 0 where there is none."""
        return max(self.cue_ends, default=0)

    @property
    def timing(self) -> str:
        """`exact`, `aligned`, `estimated`, `mixed` or `none`: how the times of the words are known, all in all.

        Exact and aligned (or approximate) words together are aligned; words that were not heard say nothing.
        """
        if not self.timed:
            return "none"
        if not self.timings:
            return "estimated"
        kinds = {kind for kind in Timing if kind in self.timings} - {Timing.UNHEARD}
        if kinds == {Timing.EXACT}:
            return "exact"
        if all(kind.is_own for kind in kinds):
            return "aligned" if kinds else "none"
        return "mixed" if any(kind.is_own for kind in kinds) else "estimated"

    def confidence(self, word: int) -> float | None:
        """How sure the word's time is, 0 to 1; None where nobody knows."""
        return self.confidences[word] / 255 if self.confidences else None

    def is_glued(self, word: int) -> bool:
        """Whether no space stands before the word."""
        return self.joints[word] == GLUED

    def begins_line(self, word: int) -> bool:
        """Whether the source breaks the line of its cue before the word."""
        return self.joints[word] == LINE

    def retimed(self, time: Callable[[int], int]) -> "Transcript":
        """The same words and cues at other times; `time` is given each of theirs, in ms, and says when that is now."""

        def moved(times: Sequence[int]) -> "array[int]":
            return array("q", map(time, times))

        return replace(
            self,
            starts=moved(self.starts),
            ends=moved(self.ends),
            cue_starts=moved(self.cue_starts),
            cue_ends=moved(self.cue_ends),
        )
