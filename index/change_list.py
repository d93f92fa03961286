"""What was changed of a transcript, as a unified diff of its cues."""

from collections.abc import Iterator

from index.plaintext import clean, one_line
from index.timecode import clock
from index.transcript import Transcript

_NOBODY = "— "  # Stands where a turn begins of somebody who is not named.
_CONTEXT = 1  # Unchanged lines shown around changed ones.


def change_list(original: Transcript, corrected: Transcript, name: str) -> str:
    """The diff, "" where no word, name or turn was changed; one line a cue, led by who speaks where a turn begins.

    Corrections never take a cue away, so line n of one is line n of the other; times make no difference.
    """
    old, new = list(_lines(original)), list(_lines(corrected))
    changed = [line for line in range(len(old)) if old[line] != new[line]]
    if not changed:
        return ""
    title = one_line(clean(name))
    text = [f"--- {title}", f"+++ {title} (corrected)"]
    first = 0
    while first < len(changed):
        last = first
        while last + 1 < len(changed) and changed[last + 1] - changed[last] <= 2 * _CONTEXT + 1:
            last += 1
        begin = max(0, changed[first] - _CONTEXT)
        end = min(len(old), changed[last] + 1 + _CONTEXT)
        when = f" {clock(corrected.cue_starts[changed[first]])}" if corrected.timed else ""
        text.append(f"@@ -{begin + 1},{end - begin} +{begin + 1},{end - begin} @@{when}")
        text += _hunk(old, new, begin, end)
        first = last + 1
    return "\n".join(text) + "\n"


def _hunk(old: list[str], new: list[str], begin: int, end: int) -> Iterator[str]:
    line = begin
    while line < end:
        if old[line] == new[line]:
            yield f" {old[line]}"
            line += 1
            continue
        run = line
        while run < end and old[run] != new[run]:
            run += 1
        yield from (f"-{each}" for each in old[line:run])
        yield from (f"+{each}" for each in new[line:run])
        line = run


def _lines(transcript: Transcript) -> Iterator[str]:
    begins = set(transcript.turn_firsts)
    for cue in transcript.cues():
        parts = []
        for turn in transcript.turns_in(cue.words):
            name = f"{turn.speaker}: " if turn.speaker else _NOBODY if turn.words.first else ""
            lead = name if turn.words.first in begins else ""
            parts.append(clean(lead + transcript.text_of(turn.words)).replace("\n", " "))
        yield " / ".join(parts)
