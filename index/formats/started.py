"""Texts of which only the beginning is known: each lasts until the next one begins."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.segments import CARRY_ON, Segment, feed

_CHARACTER_MS = 60  # About as long as it takes to say one.


class Started(NamedTuple):
    """A text and when it begins; without a time it goes on after the text before it."""

    start_ms: int | None
    text: str
    speaker: str | None = CARRY_ON
    end_ms: int | None = None  # Where the source gives it.


def feed_started(texts: Sequence[Started], builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the texts to the builder, a cue each, in the order of the source; without any time the transcript has none.

    Those that begin together share the time that they have. A time before that of the text in front counts as that.

    Raises:
        TranscriptError: there are no words in them.
    """
    if all(text.start_ms is None for text in texts):
        builder.forget_times()
        feed([Segment(0, 0, text.text, (), text.speaker) for text in texts], builder, findings)
        return
    starts: list[int] = []
    reached = 0
    for text in texts:
        if text.start_ms is not None and text.start_ms < reached:
            findings.add(
                "One time that runs backwards was not followed.", "{n} times that run backwards were not followed."
            )
        reached = max(reached, text.start_ms or 0)
        starts.append(reached)
    segments = []
    first_of_last = bisect_right(starts, starts[-1] - 1)
    last_end = starts[-1] + _CHARACTER_MS * sum(len(text.text) for text in texts[first_of_last:])
    following = last_end
    for number in range(len(texts) - 1, -1, -1):
        start, text = starts[number], texts[number]
        if number + 1 < len(texts) and starts[number + 1] > start:
            following = starts[number + 1]
        end = text.end_ms if text.end_ms is not None and text.end_ms > start else following
        segments.append(Segment(start, end, text.text, (), text.speaker))
    feed(reversed(segments), builder, findings)
