"""What was measured of an engine, looked up by the kind of file and by how fast it plays."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence

RateTable = Mapping[str, Sequence[tuple[float, float]]]
"""For each kind of file that was measured, "mp3" at least, (rate, ms) points by rising rate."""

# Suffixes of files that are alike inside.
_ALIKE = {
    **dict.fromkeys(("m4b", "m4p", "mp4", "mov", "3gp", "aac"), "m4a"),
    "oga": "ogg",
    **dict.fromkeys(("mka", "webm"), "mkv"),
    **dict.fromkeys(("aif", "aiff", "au", "w64"), "wav"),
}


def look_up(table: RateTable, kind: str, rate: float) -> float:
    """Return the ms for a file of `kind`, a suffix without its dot in lower case, played at `rate`.

    A kind that the table does not have counts as MP3.
    """
    return interpolate(table.get(_ALIKE.get(kind, kind)) or table["mp3"], rate)


def interpolate(points: Sequence[tuple[float, float]], x: float) -> float:
    """Return y at `x` on the line through `points`, (x, y) pairs sorted by x; level beyond the ends."""
    after = bisect_right(points, (x, float("inf")))
    if after == 0:
        return points[0][1]
    if after == len(points):
        return points[-1][1]
    (x0, y0), (x1, y1) = points[after - 1], points[after]
    return y0 + (y1 - y0) * (x - x0) / (x1 - x0)
