from dataclasses import replace

from index.timing_parts import TimingPart, timing_parts
from index.transcript import Timing
from tests.index.making import spoken


def test_parts_are_told_best_first_and_none_is_rounded_away() -> None:
    transcript = spoken(" ".join(["word"] * 1000))
    mixed = replace(transcript, timings=bytes([Timing.ALIGNED] * 997 + [Timing.UNHEARD] * 2 + [Timing.ESTIMATED]))
    assert timing_parts(mixed) == (
        TimingPart(Timing.ALIGNED, 997, 98),
        TimingPart(Timing.ESTIMATED, 1, 1),
        TimingPart(Timing.UNHEARD, 2, 1),
    )
    assert [part.name for part in timing_parts(mixed)] == ["aligned", "estimated", "not heard"]
    assert timing_parts(transcript) == (TimingPart(Timing.ESTIMATED, 1000, 100),)
