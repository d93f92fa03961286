"""Whether a transcript is in step with its sound: a few stretches are heard, and held against its words."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
import numpy.typing as npt

from index.align.anchors import Anchor, anchored
from index.align.crew import Crew
from index.align.language import parts_in
from index.align.recogniser import HeardWord
from index.align.tokens import Tokens, forms_of, tokens_of
from index.transcript import Timing, Transcript

_PROBE_MS, _LEAST_MS = 45_000, 20_000
_SHARE = 12  # Between these a stretch is a twelfth of the sound: hearing it is to cost little.
_PROBES = (0.04, 0.5, 0.9)  # Where in the sound.
_OUT_OF_STEP_MS = 500  # Less is what captions are off anyway.
_ENOUGH = 12  # Words that must agree in a stretch, and
_ABOUT_MS = 1_500  # what they may differ in how far they are off.
_PARTED = 0.25  # As many of the others, for one that agrees, agree about something else.
_EQUAL = 0.8  # A place with so many of the words that agree about the best one is as good.
_MOST_PLACES = 20
_MOST_STRETCH = 0.09  # Frame rates differ by 4 %, and rates of sampling that are taken for each other by 9 %.

Ints = npt.NDArray[np.int64]


def probes(sound_ms: int) -> list[tuple[int, int]]:
    """Stretches of the sound that tell about all of it, start and end in ms."""
    starts = [round(sound_ms * share) for share in _PROBES]
    length_ms = max(_LEAST_MS, min(_PROBE_MS, sound_ms // _SHARE))
    if sound_ms < _SHARE * _LEAST_MS:
        starts = starts[:1]
    return [(start, min(sound_ms, start + length_ms)) for start in starts]


def repair(transcript: Transcript, heard: Sequence[Sequence[HeardWord]]) -> tuple[Anchor, ...]:
    """Anchors that put the transcript in step with the stretches of sound that were heard.

    None where it is in step, or where nobody can tell; one where all of it is shifted, two where it is stretched too.
    A stretch of a text that repeats itself may have several places; one that fits the other stretches too is meant.
    Where the stretches agree about neither, something was put in or left out between them, and there are none.
    """
    ours = tokens_of(transcript)
    told = [points for stretch in heard if (points := _points(transcript, ours, stretch))]
    if not told:
        return ()
    ways = [way for way in product(*told) if _is_straight(way)]
    shifts = [way for way in ways if abs(way[0].off_ms - way[-1].off_ms) < _OUT_OF_STEP_MS]
    if any(max(abs(point.off_ms) for point in way) < _OUT_OF_STEP_MS for way in shifts):
        return ()
    if len(shifts or ways) != 1:
        return ()
    ends = shifts[0][:1] if shifts else (ways[0][0], ways[0][-1])
    return tuple(Anchor(point.word, transcript.starts[point.word] + point.off_ms) for point in ends)


def in_step(transcript: Transcript, sound_ms: int, crew: Crew) -> tuple[Transcript, tuple[Anchor, ...]]:
    """The transcript put in step with the sound, and the anchors that do it; as it is if none are needed.

    One with words that were found in a sound is in step, and nothing is heard.
    """
    if not len(transcript) or Timing.ALIGNED in transcript.timings or Timing.APPROXIMATE in transcript.timings:
        return transcript, ()
    texts = [transcript.word_text(word) for word in transcript.all_words]
    anchors = repair(transcript, list(crew.hear(parts_in(texts, probes(sound_ms)))))
    return (anchored(transcript, anchors) if anchors else transcript), anchors


@dataclass(frozen=True, slots=True)
class _Point:
    """A word in the middle of a stretch that was heard, when that is by the transcript, and how far it is off."""

    word: int
    ms: int
    off_ms: int
    rate: float  # How much farther the words around it are off with each ms.


def _is_straight(points: Sequence[_Point]) -> bool:
    """Whether one shift, and a stretch such as a clock or another frame rate may bring, explain all points."""
    first, last = points[0], points[-1]
    if last is first:
        return True
    more_ms = last.off_ms - first.off_ms
    rate = more_ms / max(1, last.ms - first.ms)
    if abs(rate) > _MOST_STRETCH:
        return False
    if len(points) == 2:  # Whatever lies between them, a line goes through two; but then each must show its slope.
        return abs(more_ms) <= 2 * _ABOUT_MS or abs((first.rate + last.rate) / 2 - rate) <= abs(rate) / 2
    return all(abs(first.off_ms + rate * (each.ms - first.ms) - each.off_ms) <= _ABOUT_MS for each in points[1:-1])


def _points(transcript: Transcript, ours: Tokens, heard: Sequence[HeardWord]) -> list[_Point]:
    """Where the words that were heard stand in the transcript; several, where that cannot be told apart."""
    said, words, off = _votes(transcript, ours, heard)
    starts = np.array(transcript.starts, np.int64)
    found: list[_Point] = []
    most = 0
    while len(found) < _MOST_PLACES and len(off):
        near = _densest(off)
        agreeing = np.unique(said[near])
        if len(agreeing) < max(_ENOUGH, _EQUAL * most):
            break
        if not most:
            most = len(agreeing)
            others = ~np.isin(said, agreeing)  # Words that were put in or left out within the stretch part it in two.
            if others.any() and len(np.unique(said[others][_densest(off[others])])) >= max(_ENOUGH, most * _PARTED):
                return []
        middle = int(np.median(off[near]))
        word = int(np.sort(words[near])[(near.stop - near.start) // 2])
        found.append(_Point(word, transcript.starts[word], middle, _slope(starts[words[near]], off[near])))
        far = np.abs(off - middle) > 2 * _ABOUT_MS
        said, words, off = said[far], words[far], off[far]
    return found


def _votes(transcript: Transcript, ours: Tokens, heard: Sequence[HeardWord]) -> tuple[Ints, Ints, Ints]:
    """Which token heard may be which word, for two in a row that stand so in both texts, and how far it is off in ms.

    Sorted by the last.
    """
    theirs = [(form, word.start_ms) for word in heard for form in forms_of(word.text)]
    pairs: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, ((form, _), (following, _)) in enumerate(pairwise(theirs)):
        pairs[form, following].append(place)
    votes = {
        (said + step, place + step)
        for place, pair in enumerate(pairwise(ours.forms))
        for said in pairs.get(pair, ())
        for step in (0, 1)
    }
    said, places = np.array(sorted(votes), np.int64).reshape(-1, 2).T
    words = np.array(ours.words, np.int64)[places]
    off = np.array([ms for _, ms in theirs], np.int64)[said] - np.array(transcript.starts, np.int64)[words]
    order = np.argsort(off, kind="stable")
    return said[order], words[order], off[order]


def _densest(off: Ints) -> slice:
    """Where most of the numbers, which rise, are about the same."""
    ends = np.searchsorted(off, off + 2 * _ABOUT_MS, side="right")
    first = int(np.argmax(ends - np.arange(len(off))))
    return slice(first, int(ends[first]))


def _slope(x: Ints, y: Ints) -> float:
    """Of the line that fits best, by least squares."""
    away = x - x.mean()
    return float((away * y).sum() / max(1.0, (away * away).sum()))
