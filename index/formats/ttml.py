"""TTML, or DFXP: timed text in XML (https://www.w3.org/TR/ttml1/), and Apple Podcasts' own kind of it."""

import re
from html import escape, unescape
from itertools import groupby

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings
from index.formats.segments import CARRY_ON, Segment, TimedWord, feed, lay_out, sentences
from index.formats.ttml_document import Document, Paragraph, Part, RelativeTimes
from index.formats.xml_tools import parse_xml
from index.plaintext import clean
from index.progress import Watch

_ROOT = re.compile(
    r"\ufeff?\s*(?:<\?[^<>]{0,1000}\?>\s*|<!--(?:(?!-->).){0,5000}-->\s*){0,20}"
    r"(?:<!DOCTYPE\s+|<)(?:[A-Za-z_][\w.-]{0,60}:)?tt(?=[\s>/\[])",
    re.DOTALL,
)
_REFERENCE = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:#[0-9]{1,7};|#x[0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)?"
)
_TOO_MANY_WORDS = 80  # In a paragraph for it to be one caption, if its words have times.


def sniff(text: str) -> bool:
    """Whether the first element is `tt`, in whatever namespace."""
    return bool(_ROOT.match(text[: 1 << 16]))


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the paragraphs to the builder, a cue each, or their sentences if they are marked as such.

    Times on elements inside a paragraph are those of its words. What comes before a place where the XML is damaged
    is read.

    Raises:
        TranscriptError: there is nothing in it, it is damaged from the beginning, or it declares a document type.
    """
    text = _mended(text.lstrip("\ufeff \t\n"), findings)
    document, damage = _parsed(text, builder.watch, absolute=True)
    if document.is_relative:
        document, damage = _parsed(text, builder.watch, absolute=False)
    if damage and not document.paragraphs:
        raise TranscriptError(f"is damaged XML ({damage}); export it once more")
    if damage:
        sentence = f"The file is damaged ({damage}); what comes before was read."
        findings.add(sentence, sentence)
    if document.damaged:
        findings.add("One damaged time was left out.", "{n} damaged times were left out.", document.damaged)
    segments = _segments(document)
    if all(segment.start_ms is None for segment in segments):
        feed(segments, builder, Findings())
        builder.forget_times()
    else:
        feed(segments, builder, findings)


def _parsed(text: str, watch: Watch, *, absolute: bool) -> tuple[Document, str]:
    """What a document holds, and what damage ended the reading early ("" if none)."""
    document = Document(absolute)
    try:
        return document, parse_xml(text, document, watch)
    except RelativeTimes:
        return document, ""


# From paragraphs to captions


def _segments(document: Document) -> list[Segment]:
    """A segment a caption: a paragraph, or a sentence of one, or a line with times in one without."""
    told = any(part.agents for paragraph in document.paragraphs for part in paragraph.parts)
    return [segment for paragraph in document.paragraphs for segment in _captions(document, paragraph, told)]


def _captions(document: Document, paragraph: Paragraph, told: bool) -> list[Segment]:
    parts = paragraph.parts
    if not parts:
        return []
    groups = [list(group) for _, group in groupby(parts, lambda part: part.sentence)]
    timed = [part for part in parts if part.start_ms is not None]
    if not paragraph.timed and len(groups) == 1 and 2 * sum(map(_is_phrase, timed)) > len(timed):
        groups = []
        for part in parts:
            if not groups or part.start_ms is not None:
                groups.append([])
            groups[-1].append(part)
    spans = [_span(document, group) for group in groups]
    if len(groups) > 1 and all(start is not None for start, _ in spans):
        return [_caption(document, group, *span, told) for group, span in zip(groups, spans, strict=True)]
    start, end = (spans[0][0], None) if paragraph.start_ms is None else (paragraph.start_ms, paragraph.end_ms)
    caption = _caption(document, parts, start, end if end is not None else spans[-1][1], told)
    if len(timed) > _TOO_MANY_WORDS and (laid := lay_out(caption.words, caption.text)):
        return sentences([laid[0]._replace(speaker=caption.speaker), *laid[1:]])
    return [caption]


def _is_phrase(part: Part) -> bool:
    return len(part.text.split(None, 1)) > 1


def _span(document: Document, parts: list[Part]) -> tuple[int | None, int | None]:
    """The times of a sentence: its own, or those of its words."""
    start, end = document.sentences[parts[0].sentence]
    if start is None:
        start = min((part.start_ms for part in parts if part.start_ms is not None), default=None)
    if end is None:
        end = max((part.end_ms for part in parts if part.end_ms is not None), default=None)
    return start, end


def _caption(document: Document, parts: list[Part], start: int | None, end: int | None, told: bool) -> Segment:
    names = [document.name_of(part.agents) if told else CARRY_ON for part in parts]
    words = []
    for number, part in enumerate(parts):
        same = not number or names[number] == names[number - 1]
        times = (None, None) if document.estimated else (part.start_ms, part.end_ms)
        words.append(TimedWord(part.text, *times, CARRY_ON if same else names[number]))
    if all(part.is_word for part in parts):
        words = lay_out(words) or words
    text = "".join(word.text for word in words).strip()
    if len(words) == 1 and (words[0].start_ms is None or _is_phrase(parts[0])):
        words = []  # The times of the one part are those of the caption.
    return Segment(start, end, text, words, names[0])


def _mended(text: str, findings: Findings) -> str:
    """The text with characters that XML forbids replaced, and references that only HTML knows resolved."""
    text = clean(text).replace("\f", " ").replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    if "&" not in text or "<![CDATA[" in text:
        return text

    def mended(found: re.Match[str]) -> str:
        character = unescape(found[0])
        if character == found[0]:
            findings.add("One & that stands for itself was mended.", "{n} & that stand for themselves were mended.")
            return "&amp;" + found[0][1:]
        return escape(clean(character).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd"))

    return _REFERENCE.sub(mended, text)
