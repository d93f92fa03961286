"""SBV, the captions of YouTube (https://support.google.com/youtube/answer/2734698), and SubViewer, which it is like."""

import re

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings, WriteOptions
from index.formats.captions_out import cue_runs, end_after, joined, speaker_marks
from index.formats.rawcue import check_lines
from index.formats.segments import Segment, feed
from index.progress import Stage
from index.timecode import parse, stamp
from index.transcript import Transcript

_TIME = r"([0-9]{1,10}:[0-9]{1,2}:[0-9]{1,10}\.[0-9]{1,9})"
_TIMING = re.compile(rf"[ \t]*{_TIME},{_TIME}[ \t]*\Z")
_NEARLY = re.compile(r"[ \t]*[0-9]{1,10}:[0-9:.]{3,80},[0-9:.]{0,80}[ \t]*\Z")
_BREAK = re.compile(r"\[br\]", re.IGNORECASE)


def sniff(text: str) -> bool:
    """Whether one of the first lines is nothing but two times with a comma between them."""
    return any(map(_TIMING.match, text[:4000].split("\n")[:30]))


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the cues to the builder; speakers come from `>> NAME: `, `Name: ` and `>>`.

    Raises:
        TranscriptError: there is no cue in it.
    """
    check_lines(text)
    cues: list[tuple[int, int, list[str]]] = []
    lines: list[str] = []  # Of the cue in hand; those before the first one, and after a damaged time, are nobody's.
    for line in builder.watch.each(Stage.FINDING, text.split("\n")):
        if not _NEARLY.match(line):
            lines.append(line)
            continue
        lines = []
        found = _TIMING.match(line)
        try:
            if not found:
                raise ValueError(line)
            cues.append((parse(found[1]), parse(found[2]), lines))
        except ValueError:
            findings.add("One cue with a damaged time was left out.", "{n} cues with damaged times were left out.")
    if not cues:
        raise TranscriptError("has no captions that could be read; export it once more")
    texts = (_BREAK.sub("\n", "\n".join(own).strip("\n")) for _, _, own in cues)
    feed([Segment(start, end, own) for (start, end, _), own in zip(cues, texts, strict=True)], builder, findings)


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as SBV: a name stands where the speaker changes, `>>` where a turn begins without one.

    What SBV cannot carry: times of words, ids and settings of cues. Where a line of a text looks like the times of
    a cue, its comma becomes a semicolon.
    """
    cues = list(cue_runs(transcript))
    blocks = []
    for (cue, runs), marks in zip(cues, speaker_marks(transcript, [runs for _, runs in cues], options), strict=True):
        text = "\n".join(mark + joined(transcript, run.words) for mark, run in zip(marks, runs, strict=True))
        lines = (line.replace(",", ";") if _NEARLY.match(line) else line for line in text.split("\n"))
        # Hours have one digit if that is enough.
        times = ",".join(stamp(ms).removeprefix("0") for ms in (cue.start_ms, end_after(cue)))
        blocks.append("\n".join((times, *lines, "")))
    return "\n".join(blocks)
