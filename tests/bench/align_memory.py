"""What `tests.bench.align` watches: a process that searches three hours of sound and tells how much memory it takes."""

import json
import sys
from pathlib import Path

from index import formats
from index.align.crew import Alone
from index.align.language import Part, sentences_of
from index.align.windows import Window, windows
from player.audio.pcm import Pcm


def _resident_mb() -> int:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096 >> 20


def main() -> None:
    """Hear and find the words of one window in each turn of the sound that is said again and again, and read all."""
    order = json.load(sys.stdin)
    cues = formats.read_bytes(order["cues"].encode(), "cues").transcript
    pcm = Pcm(Path(order["sound"]))
    once = windows(cues, order["length"])
    early = late = 0
    crew = Alone(pcm)
    for turn in range(order["times"]):
        at = turn * order["length"]
        moved = [
            Window(each.words, each.texts, each.before, each.after, each.start_ms + at, each.end_ms + at)
            for each in once[:1]
        ]
        parts = [Part(each.start_ms, each.end_ms, sentences_of(each.texts)) for each in moved]
        for _ in (*crew.hear(parts), *crew.find(moved)):
            late = max(late, _resident_mb())
        if turn <= order["times"] // 10:
            early = late
    print(json.dumps([early, late]))


if __name__ == "__main__":
    main()
