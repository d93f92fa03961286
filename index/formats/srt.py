"""SubRip (SRT): what is between two timing lines is text; indexes, blank lines, points or commas matter little."""

import re
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings, WriteOptions
from index.formats.captions_out import cue_runs, end_after, joined, speaker_marks, without_arrows
from index.formats.feeder import Feeder
from index.formats.rawcue import RawCue, check_lines
from index.formats.rolling import highlighted, unroll
from index.formats.speakers import SpeakerMarks
from index.progress import TELL_EVERY, UNWATCHED, Stage, Watch
from index.timecode import parse, stamp
from index.transcript import Transcript

_TIME = r"(-?(?:[0-9]{1,10}:)?[0-9]{1,10}:[0-9]{1,10}(?:[.,][0-9]{1,9})?|-?[0-9]{1,10}[.,][0-9]{1,9})"
_BEFORE = re.compile(rf"(?:^|(?<=[^0-9:.,])){_TIME}[ \t]*\Z")
_AFTER = re.compile(rf"[ \t]*{_TIME}(?![0-9:])")
_NEARLY_BEFORE = re.compile(r"[0-9:.,]{2}[^\n]{0,12}\Z")
_NEARLY_AFTER = re.compile(r"[ \t]*-?[0-9]")
_WINDOW = 60  # Characters on either side of an arrow in which its times stand.
_PLACE = re.compile(r"(?:[ \t]*[XY][12]:[ \t]*[0-9]{1,6}){1,4}[ \t]*\Z", re.IGNORECASE)
# The tags that players know, and SubStation's overrides; anything else in angle brackets is text.
_TAGS = re.compile(
    r"</?(?:i|b|u|s|em|strong|(?:c|v|font|span)(?:[ .][^<>\n]{0,300})?)>|\{\\[^{}\n]{1,200}\}", re.IGNORECASE
)
_VOICE = re.compile(r"<v(?:\.[^<> ]{0,80})? ([^<>\[\]\n]{1,80})>")


class _Timing(NamedTuple):
    """Two times around an arrow: where they stand in the text, and the times in ms; None where they are damaged."""

    begin: int
    end: int
    times: tuple[int, int] | None


def sniff(text: str) -> bool:
    """Whether one of the first arrows stands between two times."""
    at = -1
    for _ in range(20):
        at = text.find("-->", at + 1)
        if at < 0:
            return False
        found = _timing(text, at)
        if found and found.times:
            return True
    return False


def _timings(text: str, watch: Watch = UNWATCHED) -> Iterator[_Timing]:
    at = text.find("-->")
    for number in count():
        if at < 0:
            return
        if not number % TELL_EVERY:
            watch.at(Stage.FINDING, at, len(text))
        found = _timing(text, at)
        if found:
            yield found
        at = text.find("-->", found.end if found else at + 3)


def _timing(text: str, arrow: int) -> _Timing | None:
    """The times around an arrow; None if there is nothing like a time on both sides of it, so that it is text."""
    tail = text[arrow + 3 : arrow + 3 + _WINDOW]
    if not _NEARLY_AFTER.match(tail):
        return None
    head = text[max(0, arrow - _WINDOW) : arrow]
    head = head[head.rfind("\n") + 1 :]
    before, after = _BEFORE.search(head), _AFTER.match(tail)
    if before and after:
        begin, end = arrow - len(head) + before.start(1), arrow + 3 + after.end(1)
        try:
            return _Timing(begin, end, (_ms(before[1]), _ms(after[1])))
        except ValueError:
            return _Timing(begin, end, None)
    if _NEARLY_BEFORE.search(head):
        line_end = text.find("\n", arrow)
        return _Timing(arrow - len(head), len(text) if line_end < 0 else line_end, None)
    return None


def _ms(time: str) -> int:
    """Milliseconds; a time before the beginning is the beginning."""
    return 0 if time.startswith("-") else parse(time)


def parse_cues(text: str, findings: Findings, watch: Watch) -> list[RawCue]:
    """The cues of an SRT text, each with its text as written, without its index."""
    cues: list[RawCue] = []
    timings = list(_timings(text, watch))
    index = _take_index(text[: timings[0].begin], None)[1] if timings else None
    for number, (_, end, times) in enumerate(timings):
        last = number + 1 == len(timings)
        body = text[end : None if last else timings[number + 1].begin]
        if not last:
            body, index = _take_index(body, index)
        if times is None:
            findings.add("One cue with a damaged time was left out.", "{n} cues with damaged times were left out.")
            continue
        first, line_end, rest = body.partition("\n")
        body = rest if _PLACE.match(first) else first.lstrip() + line_end + rest
        cues.append(RawCue(*times, body.strip("\n")))
    return cues


def _take_index(body: str, before: int | None) -> tuple[str, int | None]:
    """The text before a timing line without the index that belongs to that, and the index; `before` is the last one.

    A line of digits right before the timing line is its index if a blank line sets it apart or if it counts on.
    """
    body = body.rstrip(" \t")
    own_line = body.endswith("\n")
    stripped = body[:-1].rstrip(" \t") if own_line else body
    place = len(stripped) - len(stripped.rstrip("0123456789"))
    digits = stripped[len(stripped) - place :]
    rest = stripped[: len(stripped) - place].rstrip(" \t")
    if not digits or len(digits) > 10:
        return body, before
    index = int(digits)
    if not own_line:
        return rest, index
    if rest and not rest.endswith("\n"):
        return body, before
    if not rest.strip() or rest.rstrip(" \t\n").count("\n") < rest.count("\n") - 1 or index == (before or 0) + 1:
        return rest, index
    return body, before


def plain_text(raw: str) -> str:
    """The text of a cue without the tags that players know."""
    if "<v" in raw:
        raw = _VOICE.sub(r"[\1]: ", raw)
    return _TAGS.sub("", raw) if "<" in raw or "{" in raw else raw


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the cues to the builder; speakers come from `Name: `, `[SPEAKER_00]: ` and `>>`.

    Raises:
        TranscriptError: there is no cue in it.
    """
    check_lines(text)
    cues = parse_cues(text, findings, builder.watch)
    if not cues:
        raise TranscriptError("has no captions that could be read; export it once more")
    words = highlighted(cues, plain_text) if "<u>" in text else None
    if words is None:
        cues = unroll(cues, plain_text, False, findings)
    texts = [plain_text(cue.text) for cue in cues]
    feeder = Feeder(builder, SpeakerMarks.of(texts), len(cues))
    if words is not None:
        for cue, pieces in words:
            feeder.begin(cue)
            feeder.pieces(pieces)
        return
    for cue, plain in zip(cues, texts, strict=True):
        feeder.begin(cue)
        feeder.text(plain)


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as SRT: a name stands where the speaker changes, `>>` where a turn begins without one.

    Names that could not be told from other words before a colon are put in brackets, all of them.
    """
    cues = list(cue_runs(transcript))
    marks = speaker_marks(transcript, [runs for _, runs in cues], options)
    blocks = []
    for number, ((cue, runs), own) in enumerate(zip(cues, marks, strict=True), 1):
        text = "\n".join(mark + joined(transcript, run.words) for mark, run in zip(own, runs, strict=True))
        if "-->" in text and any(_timings(text)):
            text = without_arrows(text)
        times = f"{stamp(cue.start_ms, point=',')} --> {stamp(end_after(cue), point=',')}"
        blocks.append(f"{number}\n{times}\n{text}\n")
    return "\n".join(blocks)
