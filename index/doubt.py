"""Where the times of a transcript are not to be trusted: words that were not heard, or hardly."""

import re

from index.transcript import Timing, Transcript, WordRange

UNSURE = 0.5
"""A word found in the sound with less confidence than this counts as estimated."""

_NEAR = 2  # So few sure words between two doubtful ones are heard with them.
_STRETCH = re.compile(rb"\x01(?:\x00{0,%d}\x01)*" % _NEAR)


def _flags(*values: int) -> bytes:
    """A table for `bytes.translate`: 1 for these values, 0 for all others."""
    return bytes(value in values for value in range(256))


_FOUND = _flags(Timing.ALIGNED, Timing.APPROXIMATE)
_DOUBTED = _flags(Timing.ESTIMATED, Timing.UNHEARD)
_LOW = _flags(*range(round(255 * UNSURE)))


def seen_timings(transcript: Transcript) -> bytes:
    """The `Timing` of each word as it is shown to people: one that was hardly found counts as estimated."""
    timings = transcript.timings
    if not transcript.confidences:
        return timings
    # All words at once: a long number has a byte for each.
    hardly = _number(timings.translate(_FOUND)) & _number(transcript.confidences.translate(_LOW))
    seen = (_number(timings) & ~(hardly * 0xFF)) | hardly * Timing.ESTIMATED
    return seen.to_bytes(len(timings), "little")


def _number(flags: bytes) -> int:
    return int.from_bytes(flags, "little")


def doubtful(transcript: Transcript) -> tuple[WordRange, ...]:
    """The stretches worth listening to, in order: words not heard or hardly, and those estimated among words heard.

    In a transcript without any word of its own time there is nothing to be sure of, so nothing to doubt either.
    """
    if not transcript.timed or not any(kind.is_own for kind in Timing if kind in transcript.timings):
        return ()
    doubts = seen_timings(transcript).translate(_DOUBTED)
    return tuple(WordRange(*match.span()) for match in _STRETCH.finditer(doubts))
