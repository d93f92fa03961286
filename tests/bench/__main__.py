"""All benchmarks in one table: `python -m tests.bench`, or `--quick` for a short run of each."""

import sys

from tests.bench import (
    align,
    correcting,
    cutting,
    gaps,
    large_library,
    library,
    peaks,
    publishing,
    questions,
    search,
    sound,
    window,
    words,
)
from tests.bench.report import print_table

if __name__ == "__main__":
    quick = "--quick" in sys.argv
    parts = (
        words,
        align,
        library,
        search,
        large_library,
        questions,
        window,
        gaps,
        correcting,
        peaks,
        cutting,
        publishing,
        sound,
    )
    print_table([row for part in parts for row in part.rows(quick)])
