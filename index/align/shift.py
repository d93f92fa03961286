"""Whether a transcript is in step with its sound: a few stretches are heard, and held against its words."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.align.anchors import Anchor, anchored
from index.align.crew import Crew
from index.align.language import parts_in
from index.align.match import match
from index.align.recogniser import HeardWord
from index.align.tokens import forms_of, tokens_of
from index.transcript import Timing, Transcript

_PROBE_MS, _LEAST_MS = 45_000, 20_000
_SHARE = 12  # Between these a stretch is a twelfth of the sound: hearing it is to cost little.
_PROBES = (0.04, 0.5, 0.9)  # Where in the sound.
_OUT_OF_STEP_MS = 500  # Less is what captions are off anyway.
_ENOUGH = 12  # Words that must agree in a stretch, and
_AGREE = 0.8  # the share of them that must be off by about the same,
_ABOUT_MS = 1_500  # which is this.
_SUPPORTED = 0.5


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
    Where the stretches agree about neither, something was put in or left out between them, and there are none.
    """
    found = [point for stretch in heard if (point := _point(transcript, stretch)) is not None]
    if not found or max(abs(off) for _, off in found) < _OUT_OF_STEP_MS:
        return ()
    first, last = found[0], found[-1]
    for word, off in found[1:-1]:
        span = transcript.starts[last[0]] - transcript.starts[first[0]]
        way = (transcript.starts[word] - transcript.starts[first[0]]) / max(1, span)
        if abs(first[1] + (last[1] - first[1]) * way - off) > _ABOUT_MS:
            return ()
    ends = found[:1] if abs(first[1] - last[1]) < _OUT_OF_STEP_MS else [first, last]
    return tuple(Anchor(word, transcript.starts[word] + off) for word, off in ends)


def in_step(transcript: Transcript, sound_ms: int, crew: Crew) -> tuple[Transcript, tuple[Anchor, ...]]:
    """The transcript put in step with the sound, and the anchors that do it; as it is if none are needed.

    One with words that were found in a sound is in step, and nothing is heard.
    """
    if not len(transcript) or Timing.ALIGNED in transcript.timings or Timing.APPROXIMATE in transcript.timings:
        return transcript, ()
    texts = [transcript.word_text(word) for word in transcript.all_words]
    anchors = repair(transcript, list(crew.hear(parts_in(texts, probes(sound_ms)))))
    return (anchored(transcript, anchors) if anchors else transcript), anchors


def _point(transcript: Transcript, heard: Sequence[HeardWord]) -> tuple[int, int] | None:
    """A word in the middle of what was heard, and how far it is off in ms; None where that is not clear."""
    ours = tokens_of(transcript)
    theirs = list(_forms(heard))
    pairs = match(ours.forms, [form for form, _ in theirs])
    good = (pairs.alike == 1) & (pairs.support >= _SUPPORTED)
    if good.sum() < _ENOUGH:
        return None
    words = np.array(ours.words)[pairs.left[good]]
    starts = np.array(transcript.starts)[words]
    off = np.array([theirs[place][1] for place in pairs.right[good]]) - starts
    middle = int(np.median(off))
    if (np.abs(off - middle) <= _ABOUT_MS).mean() < _AGREE:
        return None
    return int(words[len(words) // 2]), middle


def _forms(heard: Sequence[HeardWord]) -> Iterator[tuple[str, int]]:
    for word in heard:
        for form in forms_of(word.text):
            yield form, word.start_ms
