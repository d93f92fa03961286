"""Several cuts in a row become one transcript: their words one after the other, each at its new time."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from types import MappingProxyType

from index.plaintext import one_line
from index.transcript import NO_SPEAKER, Transcript, WordRange


@dataclass(frozen=True, slots=True)
class Section:
    """One cut of a reel: its words with times from zero, how long its sound is, and the line that says where from."""

    transcript: Transcript
    length_ms: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a section has come to lie in the reel."""

    words: WordRange
    start_ms: int
    end_ms: int
    source: str


@dataclass(frozen=True, slots=True)
class Reel:
    """The sections in order, as one stream of words."""

    transcript: Transcript
    sections: tuple[Placed, ...]

    @property
    def length_ms(self) -> int:
        """How long the whole lasts."""
        return self.sections[-1].end_ms

    def section_at(self, ms: int) -> int:
        """The number of the section heard at a time; in a gap the one before it, where two overlap the latter."""
        return max(0, sum(section.start_ms <= ms for section in self.sections) - 1)

    def share_at(self, ms: int) -> float:
        """How far the section heard at a time has come in over the one before it, 0.0 to 1.0."""
        number = self.section_at(ms)
        over_ms = self.sections[number - 1].end_ms - self.sections[number].start_ms if number else 0
        return min(1.0, (ms - self.sections[number].start_ms) / over_ms) if over_ms > 0 else 1.0


def joined(sections: Sequence[Section], *, gap_ms: int | Sequence[int] = 0) -> Reel:
    """The sections one after the other.

    `gap_ms` of silence lies between each two: one number, or one for each two. Where it is less than 0 they overlap;
    then the words of the former are over when those of the latter begin. An overlap is half of a section at most.
    A turn and a cue begin with each section; the first cue of a section bears its source as its id, which WebVTT keeps.

    Raises:
        ValueError: there are none, one of them has no times, or there is another number of gaps.
    """
    if not sections:
        raise ValueError("A reel needs at least one section.")
    if not all(section.transcript.timed for section in sections):
        raise ValueError("A reel needs words with times.")
    parts = [section.transcript for section in sections]
    lengths = [section.length_ms for section in sections]
    gaps = [gap_ms] * (len(sections) - 1) if isinstance(gap_ms, int) else gap_ms
    moved = list(accumulate((length + gap for length, gap in zip(lengths[:-1], gaps, strict=True)), initial=0))
    parts = [*(_over_by(*each) for each in zip(parts[:-1], lengths[:-1], gaps, parts[1:], strict=True)), parts[-1]]
    words = [0, *accumulate(map(len, parts))]
    cues = [0, *accumulate(part.cue_count for part in parts)]
    letters = [0, *accumulate(len(part.text) + 1 for part in parts)]
    names = list(dict.fromkeys(name for part in parts for name in part.speakers))
    number_of = {name: number for number, name in enumerate(names)}
    ids: dict[int, str] = {}
    settings: dict[int, str] = {}
    for part, section, first in zip(parts, sections, cues, strict=False):
        ids.update((first + cue, text) for cue, text in part.cue_ids.items() if cue)
        settings.update((first + cue, text) for cue, text in part.cue_settings.items())
        source = one_line(section.source) or part.cue_ids.get(0, "")
        if source and part.cue_count:
            ids[first] = source

    def shifted(kind: str, arrays: Sequence["array[int]"], by: Sequence[int]) -> "array[int]":
        return array(kind, (at + step for each, step in zip(arrays, by, strict=False) for at in each))

    transcript = Transcript(
        text="\n".join(part.text for part in parts),
        offsets=shifted("i", [part.offsets for part in parts], letters),
        limits=shifted("i", [part.limits for part in parts], letters),
        starts=shifted("q", [part.starts for part in parts], moved),
        ends=shifted("q", [part.ends for part in parts], moved),
        timings=b"".join(part.timings for part in parts),
        joints=b"".join(part.joints for part in parts),
        cue_firsts=shifted("i", [part.cue_firsts for part in parts], words),
        cue_starts=shifted("q", [part.cue_starts for part in parts], moved),
        cue_ends=shifted("q", [part.cue_ends for part in parts], moved),
        turn_firsts=shifted("i", [part.turn_firsts for part in parts], words),
        turn_speakers=array("i", chain.from_iterable(_renamed(part, number_of) for part in parts)),
        speakers=tuple(names),
        cue_ids=MappingProxyType(ids),
        cue_settings=MappingProxyType(settings),
        cues_are_paragraphs=all(part.cues_are_paragraphs for part in parts),
        confidences=b"".join(part.confidences for part in parts) if all(part.confidences for part in parts) else b"",
    )
    placed = tuple(
        Placed(WordRange(words[number], words[number + 1]), start, start + section.length_ms, section.source)
        for number, (section, start) in enumerate(zip(sections, moved, strict=True))
    )
    return Reel(transcript, placed)


def later(transcript: Transcript, by_ms: int) -> Transcript:
    """The same words so much later."""
    return transcript.retimed(lambda ms: ms + by_ms)


def _over_by(part: Transcript, length_ms: int, gap_ms: int, following: Transcript) -> Transcript:
    """The part with nothing said or shown any more when the words of the following one begin."""
    if gap_ms >= 0 or not following.starts:
        return part
    limit_ms = length_ms + gap_ms + min(min(following.starts), *following.cue_starts[:1])
    return part.retimed(lambda ms: min(ms, limit_ms))


def _renamed(part: Transcript, number_of: dict[str, int]) -> list[int]:
    """Whose the turns of a part are, by the numbers of the whole."""
    return [NO_SPEAKER if who == NO_SPEAKER else number_of[part.speakers[who]] for who in part.turn_speakers]
