"""What a format has no place for, told in a sentence before or after a transcript is written in it."""

from enum import Flag, auto
from itertools import pairwise

from index.formats.base import Format
from index.transcript import Timing, Transcript
from index.wordsplit import LINE


class Part(Flag):
    """What a transcript may have beside its words, their speakers and the order of both, which every format keeps."""

    TIMES = auto()
    WORD_TIMES = auto()
    TURNS = auto()  # Where a turn begins although its speaker goes on.
    LINES = auto()
    IDS = auto()
    SETTINGS = auto()


PART_NAMES = {
    Part.TIMES: "times",
    Part.WORD_TIMES: "times of words",
    Part.TURNS: "turns of one speaker after the other",
    Part.LINES: "line breaks in captions",
    Part.IDS: "ids of cues",
    Part.SETTINGS: "settings of cues",
}
_TIMED = Part.TIMES | Part.WORD_TIMES
# By the names of the formats; a test writes and reads each to see whether it is so.
KEEPS: dict[str, Part] = {
    "WebVTT": ~Part(0),
    "TTML": _TIMED | Part.LINES,
    "ASS": _TIMED | Part.LINES,
    "Podcast JSON": _TIMED,
    "Whisper JSON": _TIMED,
    "ELAN": _TIMED,
    "TextGrid": _TIMED,
    "Audacity labels": Part.TIMES,
    "TSV": Part.TIMES,
    "CSV": Part.TIMES,
    "LRC": _TIMED | Part.TURNS,
    "SRT": Part.TIMES | Part.TURNS | Part.LINES,
    "SBV": Part.TIMES | Part.TURNS | Part.LINES,
    "Podcast HTML": Part.TIMES,
    "Word document": Part.TIMES,
    "Markdown": Part.TIMES,
    "Plain text": Part(0),
}


def parts_of(transcript: Transcript) -> Part:
    """What the transcript has."""
    found = Part(0)
    if transcript.timed:
        found |= Part.TIMES
    if any(Timing(kind).is_own for kind in set(transcript.timings)):
        found |= Part.WORD_TIMES
    speakers = transcript.turn_speakers
    if any(before == after for before, after in pairwise(speakers)):
        found |= Part.TURNS
    if transcript.timed and LINE in transcript.joints:
        found |= Part.LINES
    if not all(id.isdecimal() for id in transcript.cue_ids.values()):  # A number only counts.
        found |= Part.IDS
    if transcript.cue_settings:
        found |= Part.SETTINGS
    return found


def left_out(transcript: Transcript, format: Format | None) -> str:
    """A sentence on what the transcript has and the format cannot keep; "" where all of it is kept.

    Without times there are no times of words either, so only the former are told.
    """
    if format is None:
        return ""
    lost = parts_of(transcript) & ~KEEPS.get(format.name, ~Part(0))
    names = [name for part, name in PART_NAMES.items() if part in lost and not (part & _TIMED and _covered(part, lost))]
    if not names:
        return ""
    told = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
    return f"{format.name} has no place for {told}, so these are left out."


def _covered(part: Part, lost: Part) -> bool:
    return part is Part.WORD_TIMES and Part.TIMES in lost
