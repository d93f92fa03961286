"""The blocks of a WebVTT file: which cues there are, by the W3C's parser and a little beyond it."""

import re

from index.formats.base import Findings
from index.formats.rawcue import RawCue
from index.progress import TELL_EVERY, UNWATCHED, Stage, Watch
from index.timecode import MAX_MS, parse

# https://www.w3.org/TR/webvtt1/#collect-a-webvtt-timestamp: minutes and seconds have two digits, the fraction three.
TIME = r"(?:([0-9]{1,10}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMING = re.compile(rf"[ \t\f]*{TIME}[ \t\f]*-->[ \t\f]*{TIME}(?![0-9])(.*)\Z", re.DOTALL)
# Beyond it: seconds alone, times without leading zeros as in `1:02.38`, and the comma of SRT.
_SECONDS = r"(?:0|[1-9][0-9]{0,5})[.,][0-9]{1,9}"
_UNPADDED = r"(?:[1-9][0-9]{0,3}:[0-5][0-9]|[1-9][0-9]?):[0-5][0-9]\.[0-9]{1,3}"
_COMMA = r"(?:[0-9]{1,4}:)?[0-9]{1,2}:[0-9]{2},[0-9]{1,3}"
_LOOSE_TIME = rf"({_SECONDS}|{_UNPADDED}|(?:[0-9]{{1,4}}:)?[0-5][0-9]:[0-5][0-9]\.[0-9]{{3}}|{_COMMA})"
_LOOSE_TIMING = re.compile(rf"[ \t\f]*{_LOOSE_TIME}[ \t\f]*-->[ \t\f]*{_LOOSE_TIME}(?=[ \t\f]|\Z)(.*)\Z", re.DOTALL)
_PLAIN_SECONDS = re.compile(rf"[ \t\f]*{_SECONDS}[ \t\f]*-->")


def is_timing(line: str) -> bool:
    """Whether a line has the times of a cue, with points as WebVTT writes them."""
    return bool(_TIMING.match(line) or ("." in line and _LOOSE_TIMING.match(line)))


def parse_cues(
    text: str,
    *,
    strict: bool = False,
    findings: Findings | None = None,
    asides: list[tuple[int, str]] | None = None,
    watch: Watch = UNWATCHED,
) -> list[RawCue]:
    """The cues of a WebVTT text, with their raw text, by https://www.w3.org/TR/webvtt1/#file-parsing.

    Strictly, a file without the signature has no cues, and a cue whose times are not as they should be is left out.
    Else a missing signature is forgiven, and so are three shapes of times that are published: `0.860 --> 7.380`, in
    such a file also `1:02.38`, and a comma for the point, if nearly all times that are not right are of these shapes.

    Into `asides` go the header and the comments, styles and regions, as `index.formats.base` has them.
    """
    findings = findings or Findings()
    asides = [] if asides is None else asides
    lines = text.removeprefix("\ufeff").replace("\0", "\ufffd").split("\n")
    at = _after_header(lines, strict, findings)
    if at is None:
        return []
    if at and lines[0].startswith("WEBVTT"):
        asides.append((-1, "\n".join(lines[:at])))
    cues: list[RawCue | None] = []
    bad: list[tuple[int, str, str, str]] = []  # Cues with odd times: where they belong, times, id and text.
    total, stray = len(lines), 0
    while at < total:
        line = lines[at]
        if not line:
            at += 1
            continue
        id = ""
        if "-->" not in line:
            if at + 1 < total and "-->" in lines[at + 1]:
                id, line = line, lines[at + 1]
                at += 1
            else:
                first = at
                while at < total and lines[at] and "-->" not in lines[at]:
                    at += 1
                if line.startswith(("NOTE", "STYLE", "REGION")):
                    asides.append((len(cues), "\n".join(lines[first:at])))
                else:
                    stray += 1
                continue
        if not len(cues) % TELL_EVERY:
            watch.at(Stage.FINDING, at, total)
        at += 1
        first = at
        while at < total and lines[at] and "-->" not in lines[at]:
            at += 1
        body = lines[first] if at == first + 1 else "\n".join(lines[first:at])
        if line.startswith("NOTE"):
            continue  # A cue that was commented out.
        found = _TIMING.match(line)
        cue = _timed(found.groups(), id, body) if found else None
        if cue is None:
            bad.append((len(cues), line, id, body))
        cues.append(cue)
    if stray:
        findings.add(
            "One block of text without a time was left out.", "{n} blocks of text without a time were left out.", stray
        )
    if bad:
        _forgive(cues, [] if strict else bad, findings)
        left = cues.count(None)
        if left:
            findings.add(
                "One cue with a damaged time was left out.", "{n} cues with damaged times were left out.", left
            )
    return [cue for cue in cues if cue is not None]


def _after_header(lines: list[str], strict: bool, findings: Findings) -> int | None:
    """The line where the blocks begin; None where a strict parser gives the file up."""
    head = lines[0]
    if not (head.startswith("WEBVTT") and (len(head) == 6 or head[6] in " \t")):
        if strict:
            return None
        findings.add("The signature “WEBVTT” is missing or misspelt.", "")
        signed = next((at for at, line in enumerate(lines[:5]) if "webvtt" in line[:20].lower()), None)
        if signed is None:
            return 0
        return signed + 1
    at = 1
    while at < len(lines) and lines[at] and "-->" not in lines[at]:
        at += 1
    return at


def _timed(fields: tuple[str | None, ...], id: str, text: str) -> RawCue | None:
    h1, m1, s1, f1, h2, m2, s2, f2, settings = fields
    start = ((int(h1) if h1 else 0) * 3600 + int(m1 or 0) * 60 + int(s1 or 0)) * 1000 + int(f1 or 0)
    end = ((int(h2) if h2 else 0) * 3600 + int(m2 or 0) * 60 + int(s2 or 0)) * 1000 + int(f2 or 0)
    if start > MAX_MS or end > MAX_MS:
        return None
    return RawCue(start, end, text, id, settings.strip() if settings else "")


def _forgive(cues: list[RawCue | None], bad: list[tuple[int, str, str, str]], findings: Findings) -> None:
    """Fill in the cues whose times are of the shapes that are forgiven."""
    loose = [(place, found, id, text) for place, line, id, text in bad if (found := _LOOSE_TIMING.match(line))]
    sound = len(cues) - len(bad)
    if not loose or len(loose) * 5 < len(bad) * 4:
        return
    seconds = any(_PLAIN_SECONDS.match(found[0]) for _, found, _, _ in loose)
    commas = sum("," in found[1] and "," in found[2] for _, found, _, _ in loose)
    if not seconds and commas * 2 < len(cues) and (sound or len(loose) < 3):
        return
    for place, found, id, text in loose:
        try:
            start, end = parse(found[1]), parse(found[2])
        except ValueError:
            continue
        cues[place] = RawCue(start, end, text, id, found[3].strip())
        if "," in found[1]:
            findings.add(
                "One time with a comma was read.", "{n} cues have times with a comma, as SRT does; they were read."
            )
        else:
            findings.add(
                "One cue with a short time was read.", "{n} cues have short times such as “0.860”; they were read."
            )
