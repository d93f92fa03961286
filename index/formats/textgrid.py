"""Praat's TextGrid (https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html), in its long and short form."""

import re
from collections.abc import Iterator

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings, WriteOptions
from index.formats.json_tools import MAX_ENTRIES, ms_of
from index.formats.segments import feed
from index.formats.tiers import Tier, segments_of, written_tiers
from index.transcript import Transcript

# Praat reads texts in quotation marks, numbers that stand free and flags; all else, such as `xmin =`, is for people.
_TOKEN = re.compile(
    r'"((?:[^"]|"")*+)"|(?<!\S)(-?[0-9]{1,15}(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,3})?)(?!\S)|<(exists|absent)>'
)
_HEAD = re.compile(
    r'\ufeff?\s{0,20}(?:File type\s{0,9}=\s{0,9})?"ooTextFile(?: short)?"\s{1,20}(?:[^"\n]{0,40})"TextGrid"'
)


def sniff(text: str) -> bool:
    """Whether the text says that it is a TextGrid."""
    return bool(_HEAD.match(text[:500]))


class _Cut(Exception):
    """The file ends where more was to come."""


class _Tokens:
    """Texts and numbers in the order of the file."""

    def __init__(self, text: str) -> None:
        self._found = _TOKEN.finditer(text)

    def text(self) -> str:
        """The next text, numbers passed over."""
        for found in self._found:
            if found[1] is not None:
                return found[1].replace('""', '"')
        raise _Cut

    def number(self) -> str:
        """The next number, which must come before the next text."""
        found = next(self._found, None)
        while found is not None and found[3]:
            found = next(self._found, None)
        if found is None or found[2] is None:
            raise _Cut
        return found[2]

    def count(self) -> int:
        """The next number, as a count."""
        number = float(self.number())
        if not 0 <= number <= MAX_ENTRIES:
            raise TranscriptError(f"has more than {MAX_ENTRIES:,} intervals; split it into several files")
        return int(number)


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the intervals to the builder, a cue each; a tier is a speaker, or has the words of another one.

    Raises:
        TranscriptError: it has no intervals with words.
    """
    tiers: list[Tier] = []
    points = 0
    try:
        for is_interval in _tiers(text, tiers):
            points += not is_interval
    except _Cut:
        findings.add("The end of the file is missing; what comes before was read.", "The end of the file is missing.")
    if points:
        findings.add("One tier of points was left out.", "{n} tiers of points were left out.", points)
    feed(segments_of(tiers, findings), builder, findings)


def _tiers(text: str, tiers: list[Tier]) -> Iterator[bool]:
    """Whether each tier is one of intervals; those are put into the list at once, so that one cut short counts."""
    tokens = _Tokens(text)
    if tokens.text().startswith("ooTextFile"):
        tokens.text()
    tokens.number(), tokens.number()
    for _ in range(tokens.count()):
        kind, name = tokens.text(), tokens.text()
        tokens.number(), tokens.number()
        tier = Tier(" ".join(name.split()))
        is_interval = kind != "TextTier"
        if is_interval:
            tiers.append(tier)
        for _ in range(tokens.count()):
            start = ms_of(tokens.number())
            end = ms_of(tokens.number()) if is_interval else start
            label = tokens.text()
            if start is not None and end is not None and is_interval and label.strip():
                tier.intervals.append((start, max(start, end), label))
        yield is_interval


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript in the long form: a tier for each speaker, and with `options.word_times` one for the words.

    Words are written with exact times, or all of them where none has one. Not carried: line breaks, cue ids and
    settings, turns of one speaker that follow each other, overlaps within a tier (the first is cut), and which word
    times are estimates.
    """
    tiers = written_tiers(transcript, options)
    length = max((end for tier in tiers for _, end, _ in tier.intervals), default=1)
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", f"xmax = {_seconds(length)}"]
    lines += ["tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, tier in enumerate(tiers, 1):
        intervals = _without_gaps(tier.intervals, length)
        lines += [f"    item [{number}]:", '        class = "IntervalTier"', f"        name = {_quoted(tier.name)}"]
        lines += [
            "        xmin = 0",
            f"        xmax = {_seconds(length)}",
            f"        intervals: size = {len(intervals)}",
        ]
        for place, (start, end, text) in enumerate(intervals, 1):
            lines += [f"        intervals [{place}]:", f"            xmin = {_seconds(start)}"]
            lines += [f"            xmax = {_seconds(end)}", f"            text = {_quoted(text)}"]
    return "\n".join(lines) + "\n"


def _without_gaps(intervals: list[tuple[int, int, str]], length_ms: int) -> list[tuple[int, int, str]]:
    """The intervals with empty ones between them: in Praat a tier has no gaps."""
    filled: list[tuple[int, int, str]] = []
    reached = 0
    for start, end, text in intervals:
        if start > reached:
            filled.append((reached, start, ""))
        filled.append((start, end, text))
        reached = end
    if reached < length_ms:
        filled.append((reached, length_ms, ""))
    return filled


def _seconds(ms: int) -> str:
    return f"{ms // 1000}.{ms % 1000:03}".rstrip("0").rstrip(".")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
