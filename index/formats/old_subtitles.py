"""Old subtitle formats, only read: SAMI, MicroDVD, MPL2 and TMPlayer, the last three by pysubs2."""

import re
from html import unescape

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings
from index.formats.rawcue import check_count, check_lines
from index.formats.segments import Segment, feed
from index.progress import Stage

_SAMI = re.compile(r"\ufeff?\s*(?:<!--[^>]{0,1000}-->\s*)?<sami[\s>]", re.IGNORECASE)
_TAG = re.compile(r"<(/?[a-z!][a-z0-9-]{0,20})([^<>]{0,2000})>", re.IGNORECASE)
_START = re.compile(r"\bstart[ \t]*=[ \t]*[\"']?[ \t]*([0-9]{1,11})(?![0-9])", re.IGNORECASE)
_CLASS = re.compile(r"\bclass[ \t]*=[ \t]*[\"']?[ \t]*([\w-]{1,80})", re.IGNORECASE)

_FRAMES = re.compile(r" {0,9}\{ {0,9}([0-9]{1,8}) {0,9}\} {0,9}\{ {0,9}([0-9]{0,8}) {0,9}\}(.+)", re.ASCII)
_RATE = re.compile(r"\ufeff?\{[01]\}\{[01]\}[ \t]*([0-9]{1,3}(?:[.,][0-9]{1,6})?)[ \t]*\Z", re.ASCII)
_TENTHS = re.compile(r"\[([0-9]{1,8})\]\[([0-9]{0,8})\](.*)", re.ASCII)
_SECONDS = re.compile(r"([0-9]{1,2}:[0-9]{2}:[0-9]{2})[:=](?![0-9]{2}\b)(.+)", re.ASCII)
_FILM_RATE = 23.976


def _most_lines_are(pattern: re.Pattern[str], text: str) -> bool:
    """Whether nearly all of the first lines with something on them, two of them at least, have the pattern."""
    lines = [line for line in text[: 1 << 14].lstrip("\ufeff").split("\n")[:60] if line.strip()]
    found = sum(map(bool, map(pattern.match, lines)))
    return found > 1 and found * 10 >= 9 * (len(lines) - 1)  # The last line may be cut.


# SAMI


def sniff_sami(text: str) -> bool:
    """Whether the text begins with the element that all SAMI is in."""
    return bool(_SAMI.match(text[: 1 << 12]))


def read_sami(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add what is shown from each sync point to the next; of several languages the first is read.

    Tags are found one by one: pysubs2 puts all languages into one, guesses when a caption ends, and takes a time that
    grows with the square of the text.

    Raises:
        TranscriptError: there is nothing at a sync point in it.
    """
    check_lines(text)
    cues: list[tuple[int, list[str]]] = []
    language = ""
    shown = False  # Whether the text belongs to the language that is read.
    at = 0
    for tag in _TAG.finditer(text):
        if shown and cues:
            cues[-1][1].append(_plain(text[at : tag.start()]))
        at = tag.end()
        name = tag[1].lower()
        if name == "sync":
            start = _START.search(tag[2])
            shown = bool(start)
            if start:
                cues.append((int(start[1]), []))
            else:
                findings.add("One caption without a time was left out.", "{n} captions without a time were left out.")
        elif name == "p" and cues:
            own = _CLASS.search(tag[2])
            language = language or (own[1].lower() if own else "")
            shown = not own or own[1].lower() == language
        elif name == "br" and shown and cues:
            cues[-1][1].append("\n")
        elif name in ("/body", "/sami"):
            shown = False
    if shown and cues:
        cues[-1][1].append(_plain(text[at:]))
    if not cues:
        raise TranscriptError("has no captions that could be read; export it once more")
    check_count(len(cues))
    cues.sort(key=lambda cue: cue[0])  # Stable.
    segments = []
    end: int | None = None
    for start_ms, texts in reversed(cues):
        segments.append(Segment(start_ms, end, "".join(texts).strip()))
        end = start_ms
    feed(segments[::-1], builder, findings)


def _plain(text: str) -> str:
    """Text between tags: references resolved, line ends of the source as spaces."""
    return (unescape(text) if "&" in text else text).replace("\n", " ")


# One caption a line


def sniff_microdvd(text: str) -> bool:
    """Whether the lines begin with two numbers of frames in braces."""
    return _most_lines_are(_FRAMES, text)


def read_microdvd(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the captions; how long a frame lasts is told by the first line, or else taken from films.

    Raises:
        TranscriptError: there is no caption in it.
    """
    first, _, rest = text.lstrip("\ufeff \t\n").partition("\n")
    declared = _RATE.match(first)
    rate = float(declared[1].replace(",", ".")) if declared else 0.0
    if not 1 <= rate <= 1000:
        rate = _FILM_RATE
        sentence = "The file counts frames and does not say how long they last; they were taken for a film's."
        findings.add(sentence, sentence)
    _read("microdvd", _FRAMES, "{{{}}}{{{}}}{}", rest if declared else text, builder, findings, rate)


def sniff_mpl2(text: str) -> bool:
    """Whether the lines begin with two numbers of tenths of a second in brackets."""
    return _most_lines_are(_TENTHS, text)


def read_mpl2(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the captions.

    Raises:
        TranscriptError: there is no caption in it.
    """
    _read("mpl2", _TENTHS, "[{}][{}]{}", text, builder, findings)


def sniff_tmplayer(text: str) -> bool:
    """Whether the lines begin with a time in whole seconds and another colon."""
    return _most_lines_are(_SECONDS, text)


def read_tmplayer(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the captions; each ends when it may have been said, or when the next one begins.

    Raises:
        TranscriptError: there is no caption in it.
    """
    _read("tmp", _SECONDS, "{}:{}", text, builder, findings)


def _read(
    format: str,
    pattern: re.Pattern[str],
    form: str,
    text: str,
    builder: TranscriptBuilder,
    findings: Findings,
    rate: float | None = None,
) -> None:
    """Let pysubs2 read the lines that it can read: written as it wants them, with nothing that makes it go astray."""
    from pysubs2 import SSAFile

    check_lines(text)
    lines, left = [], 0
    for line in builder.watch.each(Stage.FINDING, text.lstrip("\ufeff").split("\n")):
        found = pattern.match(line)
        said = _tame(found[found.re.groups]) if found else ""
        if found and said:
            lines.append(form.format(*(number or "0" for number in found.groups()[:-1]), said))
        elif line.strip() and not found:
            left += 1
    if left:
        findings.add("One line without a time was left out.", "{n} lines without a time were left out.", left)
    check_count(len(lines))
    events = SSAFile.from_string("\n".join(lines), format, rate).events
    feed(
        (
            Segment(event.start, event.end if event.end > event.start else None, event.plaintext.strip())
            for event in events
        ),
        builder,
        findings,
    )


def _tame(text: str) -> str:
    """The text with nothing in it that pysubs2 would look for the end of again and again: `<a<a<a`, or many spaces."""
    text = " ".join(text.split())
    for opening, closing, harmless in (("{", "}", "("), ("<", ">", "‹")):
        end = text.rfind(closing) + 1
        text = text[:end] + text[end:].replace(opening, harmless)
    return text
