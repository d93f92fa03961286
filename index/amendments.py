"""A transcript as its file has it, the times that were found for it, and what people corrected: all that is read."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import overload

from index.align.anchors import Anchor, anchored
from index.corrections import Correction, SetAnchor, make
from index.draft import Draft
from index.timing import spread_apart
from index.transcript import Timing, Transcript, WordRange


@dataclass(frozen=True, slots=True, eq=False)
class Amendments:
    """What was done to a transcript here. The original is never changed, so all of it can be taken back."""

    original: Transcript
    found: Transcript | None = None  # The same words with times found in the sound, or in another transcript.
    alignment: int = 0  # How often times were found; anchors count for the times on which they were set.
    searched: bool = False  # Whether the sound was searched to its end: then it is not done again.
    corrections: tuple[Correction, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was done."""
        return self.found is None and not self.corrections and not self.searched


@dataclass(frozen=True, slots=True, eq=False)
class Amended:
    """The outcome: the transcript to be shown, and where it comes from."""

    transcript: Transcript
    sources: Sequence[WordRange]  # The words of the original that each word stands for.
    anchors: tuple[Anchor, ...] = ()  # In the order in which they were set.


class _Themselves(Sequence[WordRange]):
    """The sources of words that are all as they were, without a value for each."""

    def __init__(self, count: int) -> None:
        self._words = range(count)

    def __len__(self) -> int:
        return len(self._words)

    @overload
    def __getitem__(self, word: int) -> WordRange: ...
    @overload
    def __getitem__(self, word: slice) -> list[WordRange]: ...
    def __getitem__(self, word: int | slice) -> WordRange | list[WordRange]:
        if isinstance(word, slice):
            return [WordRange(each, each + 1) for each in self._words[word]]
        return WordRange(self._words[word], self._words[word] + 1)


def amend(amendments: Amendments) -> Amended:
    """Put the found times, the corrections and the anchors on the original; 100,000 words take about half a second.

    Raises:
        CorrectionError: a correction does not fit these words.
    """
    base = amendments.found or amendments.original
    if not amendments.corrections:
        return Amended(base, _Themselves(len(base)))
    draft = Draft(base)
    anchors = make(draft, amendments.corrections, amendments.alignment)
    return Amended(anchored(draft.build(), anchors), draft.sources, tuple(anchors))


def with_found_times(
    amendments: Amendments, amended: Amended, timed: Transcript, *, searched: bool = True
) -> Amendments:
    """The amendments with times that were found for the words of `amended`: `timed` has the same words and cues.

    Words that stand for another number of words of the original share their time with those.

    Raises:
        ValueError: `timed` has other words.
    """
    if timed.text != amended.transcript.text or len(timed) != len(amended.sources):
        raise ValueError("The times belong to other words.")
    found = _projected(amendments.original, timed, amended.sources)
    return replace(amendments, found=found, alignment=amendments.alignment + 1, searched=searched)


def set_by_ear_since(amendments: Amendments, asked: Sequence[Correction]) -> bool:
    """Whether words were set by ear after times were asked for with those corrections, which are wrong then."""
    return any(
        isinstance(each, SetAnchor) and each.alignment == amendments.alignment and each not in asked
        for each in amendments.corrections
    )


def _projected(original: Transcript, timed: Transcript, sources: Sequence[WordRange]) -> Transcript:
    count = len(original)
    starts, ends, kinds, sure = [-1] * count, [-1] * count, bytearray([Timing.UNHEARD]) * count, bytearray(count)
    word = 0
    while word < len(timed):
        source, end = sources[word], word + 1
        while end < len(timed) and sources[end] == source:
            end += 1
        part, place = slice(word, end), slice(source.first, source.end)
        if end - word == len(source):
            starts[place], ends[place] = timed.starts[part].tolist(), timed.ends[part].tolist()
            kinds[place] = timed.timings[part]
        else:
            texts = [original.word_text(each) for each in source]
            starts[place], ends[place] = spread_apart(texts, timed.starts[word], max(timed.ends[part]))
            kinds[place] = bytes([_shared(timed.timings[part])]) * len(source)
        if timed.confidences:
            sure[place] = bytes([min(timed.confidences[part])]) * len(source)
            if end - word == len(source):
                sure[place] = timed.confidences[part]
        word = end
    reached = 0
    for each in range(count):  # Words that were taken out stand where they were said, without a length.
        if starts[each] < 0:
            starts[each] = ends[each] = reached
        reached = ends[each]
    return replace(
        original,
        starts=array("q", starts),
        ends=array("q", ends),
        timings=bytes(kinds),
        confidences=bytes(sure) if timed.confidences else b"",
        cue_starts=timed.cue_starts,
        cue_ends=timed.cue_ends,
        timed=True,
    )


def _shared(timings: bytes) -> Timing:
    return Timing.UNHEARD if set(timings) == {Timing.UNHEARD} else Timing.ESTIMATED
