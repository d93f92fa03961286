"""How much of a transcript is exact, aligned, estimated or not heard, for people to read."""

from dataclasses import dataclass

from index.transcript import Timing, Transcript

_NAMES = {
    Timing.EXACT: "exact",
    Timing.ALIGNED: "aligned",
    Timing.APPROXIMATE: "approximate",
    Timing.ESTIMATED: "estimated",
    Timing.UNHEARD: "not heard",
    Timing.NONE: "without a time",
}


@dataclass(frozen=True, slots=True)
class TimingPart:
    """So many words whose times are known in one way."""

    timing: Timing
    words: int
    percent: int  # Of all words; never 0 for a part that is there, never 100 for one that is not all.

    @property
    def name(self) -> str:
        """The way in a word or two: `exact`, `aligned`, `approximate`, `estimated`, `not heard`."""
        return _NAMES[self.timing]


def timing_parts(transcript: Transcript) -> tuple[TimingPart, ...]:
    """The parts that are there, the best known first."""
    return parts_of(transcript.timings)


def parts_of(timings: bytes) -> tuple[TimingPart, ...]:
    """As `timing_parts`, of the `Timing` of each word."""
    counts = {timing: count for timing in _NAMES if (count := timings.count(timing))}
    percents = {timing: max(1, round(100 * count / len(timings))) for timing, count in counts.items()}
    if percents:  # What was rounded is made up for where it shows least.
        largest = max(counts, key=counts.__getitem__)
        percents[largest] += 100 - sum(percents.values())
    return tuple(TimingPart(timing, count, percents[timing]) for timing, count in counts.items())
