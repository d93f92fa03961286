"""Audacity's label tracks: a start, an end and a label in a line, in seconds, with tabs between; WhisperX's `.aud`."""

import re
from itertools import islice

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings, WriteOptions
from index.formats.rawcue import check_lines
from index.formats.segments import CARRY_ON, Segment, feed
from index.formats.segments_out import one_line, spoken
from index.progress import Stage
from index.timecode import parse
from index.transcript import Transcript

# Audacity always writes a fraction, with the decimal mark of the country it runs in.
_LABEL = re.compile(r"\ufeff?(-?[0-9]{1,10}[.,][0-9]{1,9})\t(-?[0-9]{1,10}[.,][0-9]{1,9})(?:\t(.*))?\Z")
_NAME = re.compile(r"\[\[([^\[\]]{0,80})\]\][ \t]*")
_SAMPLE = 1 << 14


def sniff(text: str) -> bool:
    """Whether the first line is a label, and so are most; `\\` begins a line with the frequencies of the one above."""
    lines = (line for line in text[:_SAMPLE].split("\n") if line.strip() and not line.startswith("\\"))
    found = [bool(_LABEL.match(line)) for line in islice(lines, 20)]
    return found[:1] == [True] and 2 * sum(found) > len(found)


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the labels to the builder, a cue each; a point lasts until the next label begins.

    Who speaks is told by `[[SPEAKER_00]]` in front of a label, or as in captions.

    Raises:
        TranscriptError: no label has a text.
    """
    check_lines(text)
    labels: list[tuple[int, int | None, str]] = []
    for line in builder.watch.each(Stage.FINDING, text.split("\n")):
        found = _LABEL.match(line)
        if found:
            start, end = _ms(found[1]), _ms(found[2])
            labels.append((start, end if end > start else None, (found[3] or "").strip()))
        elif line.strip() and not line.startswith("\\"):
            findings.add("One line that is no label was left out.", "{n} lines that are no labels were left out.")
    labels.sort(key=lambda label: label[0])
    if not any(label for *_, label in labels):
        raise TranscriptError("has no labels with words in them, so there is no transcript; choose another file")
    named = any(_NAME.match(label) for *_, label in labels)
    feed([_segment(label, named) for label in labels], builder, findings)


def _segment(label: tuple[int, int | None, str], named: bool) -> Segment:
    start, end, text = label
    found = _NAME.match(text) if named else None
    if not found:
        return Segment(start, end, text, (), None if named else CARRY_ON)
    return Segment(start, end, text[found.end() :], (), found[1].strip() or None)


def _ms(seconds: str) -> int:
    """Milliseconds, to the nearest; before the beginning is the beginning, and so is what no recording reaches."""
    whole, _, fraction = seconds.replace(",", ".").partition(".")
    if whole.startswith("-"):
        return 0
    try:
        ms = parse(f"{whole}.{fraction[:3]}")
    except ValueError:
        return 0
    return ms + (fraction[3:4] >= "5")


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as a label track, a label a cue, with `[[name]]` in front as WhisperX has it.

    Not carried: word times, line breaks, cue ids and settings, and where a turn begins if its speaker goes on.
    """
    lines = []
    for part in spoken(transcript, options):
        text = one_line(transcript, part.words)
        name = _safe(part.speaker or "")
        mark = f"[[{name}]]" if name or text.startswith("[[") else ""
        lines.append(f"{part.start_ms / 1000:.6f}\t{part.end_ms / 1000:.6f}\t{mark}{text}\n")
    return "".join(lines)


def _safe(name: str) -> str:
    return name.replace("[", "(").replace("]", ")")[:80]
