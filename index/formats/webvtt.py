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
from index.formats.webvtt_cues import TIME, is_timing, parse_cues
from index.timecode import fraction_ms

ESTIMATED_NOTE = "Word times are estimated."
"""A note that the writer leaves when it gives estimated words times of their own."""

_STAMP = re.compile(rf"{TIME}\Z")
_SIGNATURE = re.compile(r"\ufeff?[ \t\n]*WEBVTT", re.IGNORECASE)

_TOKEN = re.compile(r"<([^>]*)>?|[^<]+")
_TAG = re.compile(r"<[^>]*>?")
_TAG_NAME = re.compile(r"/?[^ \t\n\f.]*")
_WHOLE_VOICE = re.compile(r"<v(?:\.[^ \t\n\f>]*)?[ \t\n\f]([^>]*)>([^<]*)(</v>)?\s*\Z")
_STAMPED = re.compile(r"<[0-9]{2}:")
_VOICE = re.compile(r"<v[ \t\n\f.>]")
_ID_SPEAKER = re.compile(r"(?:speaker|spk|voice|person)[ _-]?[0-9a-z]{1,3}\Z", re.IGNORECASE)


def sniff(text: str) -> bool:
    """Whether the text is WebVTT: by its signature in any spelling, or by dotted times without indexes."""
    if _SIGNATURE.match(text):
        return True
    arrow = text.find("-->")
    if arrow < 0:
        return False
    begin = text.rfind("\n", 0, arrow) + 1
    line = text[begin : text.find("\n", arrow) if "\n" in text[arrow : arrow + 1000] else arrow + 1000]
    if not is_timing(line):
        return False
    before = text[max(0, begin - 20) : begin].strip()
    return not before.isdigit() or bool(_VOICE.search(text, arrow, arrow + 1000))


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
    cues = parse_cues(text, findings=findings, asides=builder.asides, watch=builder.watch)
    if not cues:
        raise TranscriptError("has no captions that could be read; export it once more")
    if ESTIMATED_NOTE in text[:1000]:
        cues = [cue._replace(text=_without_stamps(cue.text)) for cue in cues]
    cues = _split_indexes(cues, findings)
    words = highlighted(cues, plain_text) if "<u>" in text else None
    if words is None:
        cues = unroll(cues, plain_text, bool(_STAMPED.search(text)), findings)
    voiced = bool(_VOICE.search(text))
    named_ids = not voiced and all(_ID_SPEAKER.match(cue.id) for cue in cues)
    feeder = Feeder(builder, _marks(text, cues, voiced or named_ids), len(cues))
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
