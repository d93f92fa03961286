"""The lines that Whisper programs print: `[00:00:00.000 --> 00:00:03.760]  text`, or `[0.00s -> 3.76s] text`."""

import re

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings
from index.formats.feeder import Feeder
from index.formats.rawcue import RawCue, check_count, check_lines
from index.formats.speakers import SpeakerMarks
from index.progress import Stage, Watch
from index.timecode import parse

_TIME = r"((?:[0-9]{1,10}:){0,2}[0-9]{1,10}(?:[.,][0-9]{1,9})?)s?"
_LINE = re.compile(rf"[ \t]*\[[ \t]*{_TIME}[ \t]*--?>[ \t]*{_TIME}[ \t]*\](.*)\Z", re.DOTALL)
_SNIFF = re.compile(
    rf"^(?:\x1b\[[0-9;]{{0,9}}m|[ \t]){{0,9}}\[[ \t]*{_TIME}[ \t]*--?>[ \t]*{_TIME}[ \t]*\]", re.MULTILINE
)
COLOURS = re.compile(r"\x1b\[[0-9;]{0,19}[A-Za-z]")
# What the programs say about themselves among the lines.
_LOG = re.compile(r"(?:[a-z_]{3,40}: |Detect(?:ed|ing) language|\[[\w. ]{1,40}@)")
_SPEAKER = re.compile(r"[ \t]*\(speaker ([0-9]{1,3}|\?)\)[ \t]*")
TURN = "[SPEAKER_TURN]"


def sniff(text: str) -> bool:
    """Whether one of the lines at the beginning of the text is timed in brackets."""
    return bool(_SNIFF.search(text, 0, 1 << 16))


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the lines to the builder, a cue each; an untimed line goes on with the one before it.

    Raises:
        TranscriptError: no line has a time.
    """
    check_lines(text)
    cues = _cues(COLOURS.sub("", text) if "\x1b" in text else text, findings, builder.watch)
    if not cues:
        raise TranscriptError("has no timed lines that could be read; export it once more")
    check_count(len(cues))
    feeder = Feeder(builder, SpeakerMarks.of(cue.text for cue in cues), len(cues))
    for cue in cues:
        feeder.begin(cue)
        add_marked(cue.text, feeder)


def _cues(text: str, findings: Findings, watch: Watch) -> list[RawCue]:
    cues: list[RawCue] = []
    more: list[str] = []
    open_cue = False
    for line in watch.each(Stage.FINDING, text.split("\n")):
        found = _LINE.match(line)
        if found:
            if more:
                cues[-1] = cues[-1]._replace(text="\n".join([cues[-1].text, *more]))
                more = []
            try:
                cues.append(RawCue(parse(found[1]), parse(found[2]), found[3].strip()))
                open_cue = True
            except ValueError:
                findings.add(
                    "One line with a damaged time was left out.", "{n} lines with damaged times were left out."
                )
                open_cue = False
        elif not line.strip():
            open_cue = False
        elif open_cue and not _LOG.match(line):
            more.append(line.strip())
        elif cues and not _LOG.match(line):
            findings.add("One line without a time was left out.", "{n} lines without a time were left out.")
    if more:
        cues[-1] = cues[-1]._replace(text="\n".join([cues[-1].text, *more]))
    return cues


def add_marked(text: str, feeder: Feeder) -> None:
    """Add a text with whisper.cpp's own marks: `(speaker 0)` in front, `[SPEAKER_TURN]` where a turn ends."""
    found = _SPEAKER.match(text) if "(speaker" in text[:40] else None
    if found:
        feeder.voice(None if found[1] == "?" else f"Speaker {found[1]}")
        text = text[found.end() :]
    for number, part in enumerate(text.split(TURN)):
        if number:
            feeder.voice(None, new_turn=True)
        feeder.text(part, line_start=not number)
