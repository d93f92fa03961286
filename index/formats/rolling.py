"""Captions that show the same words again and again: rolled up line by line, or once for each highlighted word."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.formats.base import Findings
from index.formats.rawcue import Piece, RawCue

_FLASH_MS = 10  # YouTube's in-between cues last this long.
_PAUSE_MS = 1000  # Between two words of one caption.
_STAMPED = re.compile(r"<[0-9]")
_UNDERLINED = re.compile(r"<u>([^<]*)</u>")


def _lines(plain: str) -> list[str]:
    return [" ".join(line.split()) for line in plain.split("\n") if line and not line.isspace()]


def _overlap(before: Sequence[str], lines: Sequence[str]) -> int:
    """How many lines at the beginning repeat the last ones of the cue before, at most three."""
    for count in range(min(len(before), len(lines), 3), 0, -1):
        if list(before[-count:]) == list(lines[:count]):
            return count
    return 0


def unroll(cues: list[RawCue], plain: Callable[[str], str], stamped: bool, findings: Findings) -> list[RawCue]:
    """The cues with each line of rolling captions once, where it first appears; other captions as they are.

    Captions roll if a good part of the cues begins with whole lines that end the one before, some of them go on with
    new lines, and there is more to tell it by: words with times of their own (`stamped`), cues that flash by in 10 ms
    or less, or most cues going on so. `plain` takes the mark-up out of a text.
    """
    repeats = sum(1 for a, b in pairwise(cues) if _may_repeat(a.text, b.text, stamped))
    if repeats < 2 or repeats * 4 < len(cues):
        return cues
    shown = [_lines(plain(cue.text)) for cue in cues]
    rolls = going_on = flashes = 0
    for number in range(1, len(cues)):
        overlap = _overlap(shown[number - 1], shown[number])
        rolls += bool(overlap)
        going_on += 0 < overlap < len(shown[number])
        flashes += bool(overlap) and cues[number].end_ms - cues[number].start_ms <= _FLASH_MS
    proof = stamped or flashes or (going_on > 2 and going_on * 2 > len(cues))
    if not going_on or rolls < 2 or rolls * 10 < 3 * len(cues) or not proof:
        return cues
    kept, before = [], list[str]()
    for cue, lines in zip(cues, shown, strict=True):
        raw = [line for line in cue.text.split("\n") if line and not line.isspace()]
        overlap = _overlap(before, lines) if len(raw) == len(lines) else 0
        while overlap and any(_STAMPED.search(line) for line in raw[:overlap]):
            overlap -= 1  # Lines with word times are spoken now.
        if lines:
            before = lines
        if raw[overlap:]:
            kept.append(cue._replace(text="\n".join(raw[overlap:])))
    findings.add(
        "The captions roll: lines shown again were read once.", "The captions roll: lines shown again were read once."
    )
    return kept


def _may_repeat(before: str, text: str, stamped: bool) -> bool:
    """Whether a cue may begin with a line of the one before; cheap, and right about lines without word times."""
    lines = text.split("\n", 2)
    first = lines[0].strip() or (lines[1].strip() if len(lines) > 1 else "")
    return bool(first) and (first in before or (stamped and "<" in before))


def highlighted(cues: Sequence[RawCue], plain: Callable[[str], str]) -> list[tuple[RawCue, list[Piece]]] | None:
    """Cues and their pieces with word times, where a caption comes again for each of its words, that one underlined.

    Whisper writes this with `--highlight_words`. None if the captions are not of that kind.
    """
    marked = sum(1 for cue in cues if "<u>" in cue.text)
    if marked < 2 or marked * 3 < len(cues):
        return None
    texts = [plain(cue.text) for cue in cues]
    groups: list[list[int]] = []
    for number, cue in enumerate(cues):
        last = groups[-1][-1] if groups else None
        if last is not None and texts[last] == texts[number] and cue.start_ms <= cues[last].end_ms + _PAUSE_MS:
            groups[-1].append(number)
        else:
            groups.append([number])
    if not any(len(group) > 1 for group in groups):
        return None
    return [_joined([cues[number] for number in group], texts[group[0]], plain) for group in groups]


def _joined(group: Sequence[RawCue], text: str, plain: Callable[[str], str]) -> tuple[RawCue, list[Piece]]:
    spans: list[tuple[int, int, int, int]] = []  # Where a word stands in the text, and when it is said.
    for cue in group if len(group) > 1 else ():
        found = _UNDERLINED.search(cue.text)
        if found:
            first = len(plain(cue.text[: found.start()]))
            spans.append((first, first + len(plain(found[1])), cue.start_ms, cue.end_ms))
    spans.sort()
    pieces, at = list[Piece](), 0
    for first, end, start_ms, end_ms in spans:
        if first < at or end <= first:
            continue  # The same word once more.
        pieces += [Piece(text[at:first]), Piece(text[first:end], start_ms, end_ms)]
        at = end
    pieces.append(Piece(text[at:]))
    cue = group[0]._replace(end_ms=max(cue.end_ms for cue in group), text=text)
    return cue, [piece for piece in pieces if piece.text]
