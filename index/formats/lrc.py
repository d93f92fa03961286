"""LRC, the format of song lyrics: a time in front of each line, and in its later form before each word."""

import re
from typing import NamedTuple

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings, WriteOptions
from index.formats.captions_out import Run, cue_runs, end_after, gap, is_timed, notes, speaker_marks
from index.formats.rawcue import check_count, check_lines
from index.formats.segments import Segment, TimedWord, feed
from index.formats.webvtt import ESTIMATED_NOTE
from index.progress import Stage, Watch
from index.timecode import parse
from index.transcript import Cue, Transcript

_TIME = r"(?:[0-9]{1,3}:)?[0-9]{1,5}:[0-9]{1,2}(?:\.[0-9]{1,3})?"
_LINE = re.compile(rf"\ufeff?((?:[ \t]*\[{_TIME}\])+)(.*)\Z")
_STAMP = re.compile(rf"[<\[]({_TIME})[>\]]")
_TAG = re.compile(r"\ufeff?[ \t]*\[(?:[A-Za-z]{1,20}|#)[ \t]*:[^\]]{0,1000}\][ \t]*\Z")
_OFFSET = re.compile(r"^[ \t]*\[offset[ \t]*:[ \t]*([+-]?[0-9]{1,9})[ \t]*\]", re.MULTILINE | re.IGNORECASE)
# Other texts have `[0:15]` or `[00:01:23]` in front of their lines too; only lyrics have minutes and hundredths.
_SURE = re.compile(r"\ufeff?[ \t]*\[[0-9]{1,5}:[0-9]{1,2}\.[0-9]{2,3}\]")
_MAX_REPEATED = 1 << 24  # Characters in lines that are sung again.


class _Line(NamedTuple):
    """A line, when it is said, and how much later that is than its words' own times tell."""

    start_ms: int
    text: str
    shift_ms: int


def sniff(text: str) -> bool:
    """Whether nearly all of the first lines are tags of lyrics or have a time of their kind in front."""
    lines = [line for line in text[: 1 << 14].split("\n")[:60] if line.strip()]
    tags = sum(map(bool, map(_TAG.match, lines)))
    sure = any(map(_SURE.match, lines)) or (tags and any(map(_LINE.match, lines)))
    others = sum(not (_TAG.match(line) or _LINE.match(line)) for line in lines)
    return bool(sure) and 10 * others <= len(lines) + 6


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the lines to the builder, each as often as it has times; a line ends when the next one begins.

    Raises:
        TranscriptError: no line has a time.
    """
    check_lines(text)
    lines = sorted(_lines(text, findings, builder.watch), key=lambda line: line.start_ms)  # Stable.
    check_count(len(lines))
    estimated = f"[#:{ESTIMATED_NOTE}]" in text[:1000]
    segments: list[Segment] = []
    following: _Line | None = None  # The first line that begins later.
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if number + 1 < len(lines) and lines[number + 1].start_ms > line.start_ms:
            following = lines[number + 1]
        if line.text.strip():
            segments.append(_segment(line, following, estimated))
    if not segments:
        raise TranscriptError("has no timed lines that could be read; export it once more")
    feed(segments[::-1], builder, findings)


def _lines(text: str, findings: Findings, watch: Watch) -> list[_Line]:
    """Each line as often as it is said."""
    offset = _OFFSET.search(text, 0, 1 << 14)
    earlier = int(offset[1]) if offset else 0
    lines: list[_Line] = []
    repeated = 0
    for line in watch.each(Stage.FINDING, text.split("\n")):
        found = _LINE.match(line)
        if not found:
            if line.strip() and not _TAG.match(line):
                findings.add("One line without a time was left out.", "{n} lines without a time were left out.")
            continue
        try:
            times = [parse(stamp) for stamp in _STAMP.findall(found[1])]
        except ValueError:
            findings.add("One line with a damaged time was left out.", "{n} lines with damaged times were left out.")
            continue
        repeated += (len(times) - 1) * len(found[2])
        if repeated > _MAX_REPEATED:
            raise TranscriptError("repeats its lines more often than any transcript; choose another file")
        lines += (_Line(max(0, ms - earlier), found[2], ms - times[0] - earlier) for ms in times)
        check_count(len(lines))
    return lines


def _segment(line: _Line, following: _Line | None, estimated: bool) -> Segment:
    start, text, shift = line
    pieces = _STAMP.split(text)
    end = following.start_ms if following else None
    if len(pieces) == 1:
        return Segment(start, end, text.strip())
    # Brackets inside a line mean that the one in front of it is the time of its first word.
    words = [TimedWord(pieces[0], start if "<" not in text else None, None)]
    for stamp, own in zip(pieces[1::2], pieces[2::2], strict=True):
        ms = max(0, _ms(stamp) + shift)
        if own.strip():
            words.append(TimedWord(own, ms, None))
        elif words[-1].start_ms is not None:
            words[-1] = words[-1]._replace(text=words[-1].text + own, end_ms=words[-1].end_ms or ms)
    plain = "".join(word.text for word in words).strip()
    if words[-1].end_ms is not None and not (following and not following.text.strip()):
        end = words[-1].end_ms
    return Segment(start, end, plain, () if estimated else words)


def _ms(stamp: str) -> int:
    """Milliseconds of a time that is written rightly, whatever its size."""
    try:
        return parse(stamp)
    except ValueError:
        return 0


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as LRC, a line for what one speaker says in a cue.

    A name stands where the speaker changes, `>>` where a turn begins without one; a time alone in a line tells that
    the one before it has ended. `options.word_times` gives each word with an exact time one of its own. Where no
    time is exact, all words get one, and a comment says that they are estimates.

    What LRC cannot carry: milliseconds (it has hundredths of a second), cues that overlap, line breaks inside them,
    their ids and settings, and the names of languages. Brackets around what looks like a time become parentheses.
    """
    runs = [(cue, run, number + 1 == len(own)) for cue, own in cue_runs(transcript) for number, run in enumerate(own)]
    marks = speaker_marks(transcript, [[run] for _, run, _ in runs], options)
    estimates = options.word_times and transcript.timing == "estimated"
    lines = [f"[#:{note}]" for note in notes(transcript, options)]
    for number, ((cue, run, is_last), (mark,)) in enumerate(zip(runs, marks, strict=True)):
        start = _start(transcript, cue, run)
        end = end_after(cue) if is_last else transcript.ends[run.words.end - 1]
        text = _words(transcript, run, end, estimates) if options.word_times else _plain(transcript, run)
        lines.append(f"[{_time(start)}]{mark}{text}")
        following = _start(transcript, *runs[number + 1][:2]) if number + 1 < len(runs) else None
        if _hundredths(end) > _hundredths(start) and (following is None or _hundredths(end) < _hundredths(following)):
            lines.append(f"[{_time(end)}]")
    return "\n".join(lines) + "\n"


def _start(transcript: Transcript, cue: Cue, run: Run) -> int:
    return cue.start_ms if run.words.first == cue.words.first else transcript.starts[run.words.first]


def _plain(transcript: Transcript, run: Run) -> str:
    return "".join(_gap(transcript, run, word) + _said(transcript, word) for word in run.words)


def _words(transcript: Transcript, run: Run, end_ms: int, estimates: bool) -> str:
    """The words, each after its time; a time before no word tells that the one before it ends in a silence."""
    parts = []
    for word in run.words:
        parts.append(_gap(transcript, run, word))
        exact = is_timed(transcript, word, estimates)
        if exact:
            parts.append(f"<{_time(transcript.starts[word])}>")
        parts.append(_said(transcript, word))
        if word + 1 == run.words.end:
            following = end_ms + 10  # The last end is told in any case.
        elif is_timed(transcript, word + 1, estimates):
            following = transcript.starts[word + 1]
        else:
            continue  # A time here would be taken for that of the next word.
        if exact and _hundredths(transcript.ends[word]) < _hundredths(following):
            parts.append(f"<{_time(transcript.ends[word])}>")
    return "".join(parts)


def _gap(transcript: Transcript, run: Run, word: int) -> str:
    return gap(transcript, word).replace("\n", " ") if word > run.words.first else ""


def _said(transcript: Transcript, word: int) -> str:
    return _STAMP.sub(r"(\1)", transcript.word_text(word))


def _hundredths(ms: int) -> int:
    return (max(0, ms) + 5) // 10


def _time(ms: int) -> str:
    hundredths = _hundredths(ms)
    return f"{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"
