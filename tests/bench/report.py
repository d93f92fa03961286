"""One line of a benchmark's report, and how the lines are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """What was measured, against which target, next to what else, and whether it is good enough."""

    name: str
    value: str
    target: str
    against: str
    ok: bool | None
    """None where there is no target, or nothing to measure on this machine."""


def print_table(rows: Sequence[Row]) -> None:
    """Print the rows as a table with aligned columns."""
    marks = {True: "ok", False: "MISSED", None: "-"}
    lines = [("", "measured", "target", "next to", "")]
    lines += [(row.name, row.value, row.target, row.against, marks[row.ok]) for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(5)]
    for line in lines:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
