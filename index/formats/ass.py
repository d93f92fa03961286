"""ASS and SSA, the subtitles of SubStation Alpha: lines of dialogue, each with a name, a time and tags in braces."""

import re

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.ass_karaoke import syllables, write_run
from index.formats.base import Findings, WriteOptions
from index.formats.captions_out import cue_runs, end_after, joined, notes
from index.formats.rawcue import check_count, check_lines
from index.formats.segments import Segment, feed
from index.formats.webvtt import ESTIMATED_NOTE
from index.progress import Stage
from index.timecode import parse
from index.transcript import Transcript

_SECTION = re.compile(r"\s*(?:;[^\n]{0,500}\n\s*){0,20}\[(?:Script Info|V4\+? Styles|Events)\]", re.IGNORECASE)
_EVENT = re.compile(r"^Dialogue:[^,\n]{0,20}(?:,[ \t]*[0-9]{1,2}:[0-9]{2}:[0-9]{2}[.:][0-9]{1,3}){2},", re.MULTILINE)
_FIELDS = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_DRAWING = re.compile(r"\\p([0-9]{1,3})")
_ESCAPE = re.compile(r"\\(?=[Nnh])")


def sniff(text: str) -> bool:
    """Whether the text begins with a section of such a script, or has a line of dialogue of one."""
    return bool(_SECTION.match(text[: 1 << 14]) or _EVENT.search(text, 0, 1 << 14))


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the lines of dialogue to the builder, named where the script names anybody; comments and drawings are none.

    The fields are taken in the order that the script gives them, as pysubs2 takes them in one order alone and stops
    at the first damaged number; the text of each is its own.

    Raises:
        TranscriptError: there is no line of dialogue in it.
    """
    check_lines(text)
    check_count(text.count("\nDialogue:"))
    fields: tuple[str, ...] = _FIELDS
    segments: list[Segment] = []
    karaoke = ESTIMATED_NOTE not in text[:1000]
    for line in builder.watch.each(Stage.FINDING, text.split("\n")):
        kind, colon, rest = line.strip().partition(":")
        if not colon:
            continue
        if kind == "Format" and "text" in rest.lower():
            fields = tuple(name.strip().lower() for name in rest.split(","))
        elif kind == "Dialogue":
            values = dict(zip(fields, rest.split(",", len(fields) - 1), strict=False))
            try:
                times = parse(values["start"].removeprefix("-")), parse(values["end"].removeprefix("-"))
                said = _plain(values["text"])
                words = syllables(values["text"], times[0], _plain) if karaoke else []
            except (KeyError, ValueError):
                findings.add("One damaged line was left out.", "{n} damaged lines were left out.")
                continue
            name = values.get("name", values.get("actor", "")).strip()
            segments.append(Segment(*times, said, words, speaker=name or None))
    if not segments:
        raise TranscriptError("has no lines of dialogue that could be read; export it once more")
    feed(segments, builder, findings)


def _plain(text: str) -> str:
    """What a line says: without tags and drawings, with its line breaks."""
    from pysubs2 import SSAEvent

    if "\\p" in text:
        text = _without_drawings(text)
    # A brace that nothing closes is text; to look for its end again and again would take for ever.
    end = text.rfind("}") + 1
    plain: str = SSAEvent(text=text[:end]).plaintext + SSAEvent(text=text[end:].replace("{", "\0")).plaintext
    return plain.replace("\0", "{")


def _without_drawings(text: str) -> str:
    """The text without the strokes that stand between `{\\p1}` and `{\\p0}`."""
    parts: list[str] = []
    drawing = False
    for part in text.split("{"):
        tags, brace, said = part.partition("}") if parts or text.startswith("{") else ("", "", part)
        found = _DRAWING.findall(tags) if brace else []
        if found:
            drawing = int(found[-1]) > 0
        parts.append(tags + brace + ("" if drawing else said))
    return "{".join(parts)


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as ASS, a line of dialogue for what one speaker says in a cue, with the name in its own field.

    What ASS cannot carry: milliseconds (it has hundredths of a second), ids and settings of cues, commas in names,
    and turns of one speaker after the other. `options.word_times` writes those as the syllables of karaoke. Braces in
    the text become parentheses, and a backslash that would begin a sign of the format a slash.
    """
    from pysubs2 import SSAFile

    estimates = options.word_times and transcript.timing == "estimated"
    script = SSAFile()
    script.info["Title"] = "Transcript"
    lines = [script.to_string("ass", header_notice="\n".join(notes(transcript, options))).rstrip("\n")]
    for cue, runs in cue_runs(transcript):
        start, end = _hundredths(cue.start_ms), _hundredths(end_after(cue))
        times = f"{_time(start)},{_time(max(end, start + 1))}"
        for run in runs:
            name = " ".join(run.speaker.replace(",", " ").split()) if run.speaker and options.speakers else ""
            if options.word_times:
                said = "".join(write_run(transcript, run, start, estimates, _escaped))
            else:
                said = _escaped(joined(transcript, run.words))
            lines.append(f"Dialogue: 0,{times},Default,{name},0,0,0,,{said}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    text = text.replace("{", "(").replace("}", ")")
    return _ESCAPE.sub("/", text).replace("\n", "\\N")


def _hundredths(ms: int) -> int:
    return (max(0, ms) + 5) // 10


def _time(hundredths: int) -> str:
    """A time with hours of as many digits as it takes; pysubs2 would cut it at ten hours."""
    seconds = hundredths // 100
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{hundredths % 100:02}"
