"""Times for words that could not be found: by how long they take to say, over the parts of the sound that are loud."""

from collections.abc import Collection, Sequence

import numpy as np

from index.align.sound import FRAME_MS, Samples, Sound, speech
from index.align.windows import Window
from index.timing import spread_apart
from index.transcript import Transcript

_LEAST_FRAMES = 5


def estimate(texts: Sequence[str], samples: Samples, start_ms: int) -> tuple[list[int], list[int]]:
    """Starts and ends in ms of the words, spread over the speech in the samples, which begin at `start_ms`."""
    loud = np.flatnonzero(speech(samples))
    length_ms = len(samples) // 16
    if len(loud) < _LEAST_FRAMES:
        return spread_apart(texts, start_ms, start_ms + length_ms)
    starts, ends = spread_apart(texts, 0, len(loud) * FRAME_MS)
    frames = np.append(loud, loud[-1] + 1)

    def real(ms: int, *, ends_there: bool) -> int:
        frame, rest = divmod(ms, FRAME_MS)
        if ends_there and not rest and frame:  # An end lies at the end of the frame before it, not behind a silence.
            return start_ms + (int(frames[frame - 1]) + 1) * FRAME_MS
        return start_ms + int(frames[min(frame, len(frames) - 1)]) * FRAME_MS + rest

    begun = [real(ms, ends_there=False) for ms in starts]
    over = [max(start, real(ms, ends_there=True)) for start, ms in zip(begun, ends, strict=True)]
    return begun, over


def estimates(
    transcript: Transcript, sound: Sound, found: Collection[int], lacking: Sequence[Window]
) -> dict[int, tuple[int, int]]:
    """Times by loudness for all the words of those windows, each of one cue, that have a word which was not found."""
    guessed: dict[int, tuple[int, int]] = {}
    for window in lacking:
        words = window.own
        if any(word not in found for word in words):
            cue = transcript.cue(transcript.cue_of(words[0]))
            samples = sound.between(cue.start_ms, cue.end_ms)
            starts, ends = estimate([transcript.word_text(word) for word in words], samples, cue.start_ms)
            guessed.update(zip(words, zip(starts, ends, strict=True), strict=True))
    return guessed
