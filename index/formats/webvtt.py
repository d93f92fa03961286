"""WebVTT: reads what the W3C's parser reads, and what podcasts publish beyond it."""

import re
from collections.abc import Iterator
from html import unescape

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings
from index.formats.feeder import Feeder
from index.formats.rawcue import Piece, RawCue, check_lines
from index.formats.rolling import highlighted, unroll
from index.formats.speakers import SpeakerMarks
from index.timecode import MAX_MS, fraction_ms, parse

ESTIMATED_NOTE = "Word times are estimated."
"""A note that the writer leaves when it gives estimated words times of their own."""

# https://www.w3.org/TR/webvtt1/#collect-a-webvtt-timestamp: minutes and seconds have two digits, the fraction three.
_TIME = r"(?:([0-9]{1,10}):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})"
_TIMING = re.compile(rf"[ \t\f]*{_TIME}[ \t\f]*-->[ \t\f]*{_TIME}(?![0-9])(.*)\Z", re.DOTALL)
_STAMP = re.compile(rf"{_TIME}\Z")
# Beyond it: seconds alone, one-digit minutes as in `1:02.380`, and the comma of SRT.
_LOOSE_TIME = r"((?:(?:[0-9]{1,4}:)?[0-9]{1,2}:[0-9]{2}|[0-9]{1,6})[.,][0-9]{1,9})"
_LOOSE_TIMING = re.compile(rf"[ \t\f]*{_LOOSE_TIME}[ \t\f]*-->[ \t\f]*{_LOOSE_TIME}(?=[ \t\f]|\Z)(.*)\Z", re.DOTALL)
_PLAIN_SECONDS = re.compile(r"[ \t\f]*[0-9]{1,6}[.,]")
_SIGNATURE = re.compile(r"\ufeff?[ \t\n]*WEBVTT", re.IGNORECASE)

_TOKEN = re.compile(r"<([^>]*)>?|[^<]+")
_TAG = re.compile(r"<[^>]*>?")
_TAG_NAME = re.compile(r"/?[^ \t\n\f.]*")
_WHOLE_VOICE = re.compile(r"<v(?:\.[^ \t\n\f>]*)?[ \t\n\f]([^>]*)>([^<]*)(</v>)?\s*\Z")
_VOICE = re.compile(r"<v[ \t\n\f.>]")
_ID_SPEAKER = re.compile(r"(?:speaker|spk|voice|person)[ _-]?[0-9a-z]{1,3}\Z", re.IGNORECASE)


# Cues


def sniff(text: str) -> bool:
    """Whether the text is WebVTT: by its signature in any spelling, or by dotted times without indexes."""
    if _SIGNATURE.match(text):
        return True
    arrow = text.find("-->")
    if arrow < 0:
        return False
    begin = text.rfind("\n", 0, arrow) + 1
    line = text[begin : text.find("\n", arrow) if "\n" in text[arrow : arrow + 1000] else arrow + 1000]
    if not (_TIMING.match(line) or (_LOOSE_TIMING.match(line) and "." in line)):
        return False
    before = text[max(0, begin - 20) : begin].strip()
    return not before.isdigit() or bool(_VOICE.search(text, arrow, arrow + 1000))


def parse_cues(text: str, *, strict: bool = False, findings: Findings | None = None) -> list[RawCue]:
    """The cues of a WebVTT text, with their raw text, by https://www.w3.org/TR/webvtt1/#file-parsing.

    Strictly, a file without the signature has no cues, and a cue whose times are not as they should be is left out.
    Else a missing signature is forgiven, and so are three shapes of times that are published: `0.860 --> 7.380`, in
    such a file also `1:02.380`, and a comma for the point, if nearly all times that are not right are of these shapes.
    """
    findings = findings or Findings()
    lines = text.removeprefix("\ufeff").replace("\0", "\ufffd").split("\n")
    at = _after_header(lines, strict, findings)
    if at is None:
        return []
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
                stray += not line.startswith(("NOTE", "STYLE", "REGION"))
                while at < total and lines[at] and "-->" not in lines[at]:
                    at += 1
                continue
        at += 1
        first = at
        while at < total and lines[at] and "-->" not in lines[at]:
            at += 1
        body = lines[first] if at == first + 1 else "\n".join(lines[first:at])
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


# Text of a cue


def plain_text(raw: str) -> str:
    """The text of a cue as a browser shows it: without tags, with its references replaced."""
    if "<" in raw:
        raw = _TAG.sub("", raw)
    return unescape(raw) if "&" in raw else raw


def _tokens(raw: str) -> Iterator[tuple[str, str]]:
    """Texts (""), times ("0"), voices ("v") and ends of voices ("/v") of a cue's text, by the spec's tokenizer."""
    for found in _TOKEN.finditer(raw):
        tag = found[1]
        if tag is None:
            yield "", unescape(found[0]) if "&" in found[0] else found[0]
        elif tag[:1].isdigit():
            yield "0", tag
        elif tag[:1] == "v" or tag[:2] == "/v":
            name = _TAG_NAME.match(tag)
            if name and name[0] in ("v", "/v"):
                yield name[0], _annotation(tag[name.end() :])


def _annotation(rest: str) -> str:
    """The name that follows the classes of a voice tag."""
    classes_end = next((at for at, c in enumerate(rest) if c in " \t\n\f"), len(rest))
    return " ".join(unescape(rest[classes_end:]).split())


# Reading


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the cues to the builder.

    Words take their times from the stamps inside a cue's text, speakers come from voices, from marks in the text
    (`Name: `, `>>`) or from ids such as `Speaker 1`. What captions show twice is read once.

    Raises:
        TranscriptError: there is no cue in it.
    """
    check_lines(text)
    cues = parse_cues(text, findings=findings)
    if not cues:
        raise TranscriptError("has no captions that could be read; export it once more")
    if ESTIMATED_NOTE in text[:1000]:
        cues = [cue._replace(text=_without_stamps(cue.text)) for cue in cues]
    cues = _split_indexes(cues, findings)
    words = highlighted(cues, plain_text) if "<u>" in text else None
    if words is None:
        cues = unroll(cues, plain_text, "<c>" in text, findings)
    voiced = bool(_VOICE.search(text))
    named_ids = not voiced and all(_ID_SPEAKER.match(cue.id) for cue in cues)
    feeder = Feeder(builder, _marks(text, cues, voiced or named_ids))
    if words is not None:
        for cue, pieces in words:
            feeder.begin(cue)
            feeder.pieces(pieces)
        return
    for cue in cues:
        feeder.begin(cue)
        if named_ids:
            feeder.voice(cue.id)
        _feed(cue, feeder, findings)


def _marks(text: str, cues: list[RawCue], named: bool) -> SpeakerMarks:
    if named and ">>" not in text and "&gt;" not in text:
        return SpeakerMarks()
    return SpeakerMarks.of((plain_text(cue.text) for cue in cues), voiced=named)


def _feed(cue: RawCue, feeder: Feeder, findings: Findings) -> None:
    raw = cue.text
    if "<" not in raw:
        feeder.text(unescape(raw) if "&" in raw else raw)
        return
    whole = _WHOLE_VOICE.match(raw)
    if whole:
        name, text, closed = whole.groups()
        feeder.voice(" ".join((unescape(name) if "&" in name else name).split()) or None)
        feeder.text(unescape(text) if "&" in text else text)
        if closed:
            feeder.voice(None)
        return
    _feed_tokens(cue, feeder, findings)


def _feed_tokens(cue: RawCue, feeder: Feeder, findings: Findings) -> None:
    tokens = _checked(cue, findings)
    start = cue.start_ms if any(kind == "0" for kind, _ in tokens) else None
    pieces: list[Piece] = []
    parts: list[str] = []
    voices: list[str | None] = []
    said = ""  # The text before the pieces in hand.
    for kind, value in tokens:
        if kind == "":
            parts.append(value)
            continue
        if parts:
            pieces.append(Piece("".join(parts), start))
            parts.clear()
        if kind == "0":
            start = int(value)
            parts.append("")
            continue
        if pieces:
            feeder.pieces(pieces, after=said)
            said = next((piece.text for piece in reversed(pieces) if piece.text), said)
            pieces = []
        if kind == "v":
            voices.append(value or None)
            feeder.voice(voices[-1])
        else:
            feeder.voice(voices[-2] if len(voices) > 1 else None)
            del voices[-1:]
    if parts:
        pieces.append(Piece("".join(parts), start))
    if pieces:
        feeder.pieces(pieces, after=said)


def _checked(cue: RawCue, findings: Findings) -> list[tuple[str, str]]:
    """The tokens of the cue, each time in ms; times outside it, or before one that came earlier, are left out."""
    checked: list[tuple[str, str]] = []
    last = cue.start_ms
    for kind, value in _tokens(cue.text):
        if kind == "0":
            found = _STAMP.match(value)
            if not found:
                continue
            hours, minutes, seconds, fraction = found.groups()
            ms = (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + fraction_ms(fraction)
            if not last <= ms <= cue.end_ms:
                findings.add(
                    "One time inside a cue lies outside it and was ignored.",
                    "{n} times inside cues lie outside them and were ignored.",
                )
                continue
            last, value = ms, str(ms)
        checked.append((kind, value))
    return checked


def _without_stamps(raw: str) -> str:
    return re.sub(r"<[0-9][^>]*>", "", raw)


def _split_indexes(cues: list[RawCue], findings: Findings) -> list[RawCue]:
    """Where an index ends the text of the cue before it, because no blank line stands between them, put it right."""
    if not cues[0].id.isdecimal():
        return cues
    fixed = list(cues)
    for number in range(len(cues) - 1):
        cue, after = fixed[number], fixed[number + 1]
        if after.id or not cue.id.isdecimal() or len(cue.id) > 9:
            continue
        index = str(int(cue.id) + 1)
        if cue.text == index or cue.text.endswith("\n" + index):
            fixed[number] = cue._replace(text=cue.text[: -len(index)].rstrip("\n"))
            fixed[number + 1] = after._replace(id=index)
            findings.add("One blank line is missing between cues.", "{n} blank lines are missing between cues.")
    return fixed
