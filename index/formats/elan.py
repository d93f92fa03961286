"""ELAN's annotation files, `.eaf` (https://www.mpi.nl/tools/elan/EAFv3.0.xsd): tiers of annotations in XML."""

import re
from html import escape
from typing import TYPE_CHECKING
from xml.sax.handler import ContentHandler

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings, WriteOptions
from index.formats.json_tools import MAX_ENTRIES, ms_of
from index.formats.segments import feed
from index.formats.tiers import Tier, segments_of, written_tiers
from index.formats.xml_tools import parse_xml, xml_text
from index.transcript import Transcript

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl

_ROOT = re.compile(r"\s*(?:<\?[^<>]{0,1000}\?>\s*|<!--[^<>]{0,1000}-->\s*){0,9}<ANNOTATION_DOCUMENT[\s>]")


def sniff(text: str) -> bool:
    """Whether the first element is `ANNOTATION_DOCUMENT`."""
    return bool(_ROOT.match(text[: 1 << 14].lstrip("\ufeff")))


class _Document(ContentHandler):
    """Collects the time slots and the annotations of each tier."""

    def __init__(self) -> None:
        super().__init__()
        self.slots: dict[str, int | None] = {}
        self.tiers: list[Tier] = []
        self.annotations: list[list[tuple[str, str, str]]] = []  # Of each tier: two slots and a text.
        self.loose = 0  # Annotations that have no times of their own.
        self._slots: tuple[str, str] | None = None
        self._value: list[str] | None = None

    def startElement(self, name: str, attrs: "AttributesImpl[str]") -> None:
        if name == "TIME_SLOT":
            self.slots[attrs.get("TIME_SLOT_ID", "")] = ms_of(attrs.get("TIME_VALUE"), 1000)
        elif name == "TIER":
            found = (attrs.get(key, "") for key in ("TIER_ID", "PARTICIPANT", "PARENT_REF"))
            tier, speaker, parent = (" ".join(value.split()) for value in found)
            self.tiers.append(Tier(tier, speaker, parent))
            self.annotations.append([])
        elif name == "ALIGNABLE_ANNOTATION":
            self._slots = attrs.get("TIME_SLOT_REF1", ""), attrs.get("TIME_SLOT_REF2", "")
        elif name == "REF_ANNOTATION":
            self.loose += 1
        elif name == "ANNOTATION_VALUE" and self._slots and self.tiers:
            self._value = []
        if len(self.slots) + len(self.tiers) > MAX_ENTRIES:
            raise TranscriptError(f"has more than {MAX_ENTRIES:,} times; split it into several files")

    def characters(self, content: str) -> None:
        if self._value is not None:
            self._value.append(content)

    def endElement(self, name: str) -> None:
        if name == "ANNOTATION_VALUE" and self._value is not None and self._slots:
            self.annotations[-1].append((*self._slots, "".join(self._value)))
            self._value = self._slots = None
            if len(self.annotations[-1]) > MAX_ENTRIES:
                raise TranscriptError(f"has more than {MAX_ENTRIES:,} annotations; split it into several files")


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the annotations to the builder, a cue each; a tier is a speaker, or has the words of another one.

    A slot without a time lies evenly between those around it that have one.

    Raises:
        TranscriptError: it has no annotations with words, or declares a document type.
    """
    document = _Document()
    damage = parse_xml(xml_text(text.lstrip("\ufeff \t\n")), document, builder.watch)
    times = _filled(document.slots)
    for tier, annotations in zip(document.tiers, document.annotations, strict=True):
        for first, last, value in annotations:
            start, end = times.get(first), times.get(last)
            if start is not None:
                tier.intervals.append((start, max(start, end or 0), value))
            else:
                findings.add(
                    "One annotation without a time was left out.", "{n} annotations without a time were left out."
                )
    if damage and not any(tier.intervals for tier in document.tiers):
        raise TranscriptError(f"is damaged XML ({damage}); save it once more")
    if damage:
        sentence = f"The file is damaged ({damage}); what comes before was read."
        findings.add(sentence, sentence)
    if document.loose:
        findings.add(
            "One annotation without times of its own was left out.",
            "{n} annotations without times of their own were left out.",
            document.loose,
        )
    feed(segments_of(document.tiers, findings), builder, findings)


def _filled(slots: dict[str, int | None]) -> dict[str, int]:
    """The times of all slots, which are in order in the file."""
    names, times = list(slots), list(slots.values())
    filled: dict[str, int] = {}
    before, at = 0, 0
    while at < len(times):
        time = times[at]
        if time is not None:
            before = filled[names[at]] = time
            at += 1
            continue
        run = at
        while run < len(times) and times[run] is None:
            run += 1
        after = times[run] if run < len(times) else None
        step = max(0, (after if after is not None else before) - before) / (run - at + 1)
        for number in range(at, run):
            filled[names[number]] = before + int(step * (number - at + 1))
        at = run
    return filled


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as EAF 3.0: a tier for each speaker, and with `options.word_times` one below it for words.

    Words are written with exact times, or all of them where none has one. Not carried: line breaks, cue ids and
    settings, turns of one speaker that follow each other, overlaps within a tier (the first is cut), which word
    times are estimates, and the characters that XML has no place for, U+FFFE and U+FFFF.
    """
    tiers = written_tiers(transcript, options)
    slots: list[str] = []
    bodies: list[str] = []
    number = 0
    for tier in tiers:
        lines = []
        for start, end, text in tier.intervals:
            number += 1
            first, last = len(slots) + 1, len(slots) + 2
            slots += (_slot(first, start), _slot(last, end))
            lines.append(
                f'  <ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{number}" TIME_SLOT_REF1="ts{first}"'
                f' TIME_SLOT_REF2="ts{last}"><ANNOTATION_VALUE>{escape(xml_text(text))}</ANNOTATION_VALUE>'
                "</ALIGNABLE_ANNOTATION></ANNOTATION>\n"
            )
        speaker = f" PARTICIPANT={_quoted(tier.speaker)}" if tier.speaker else ""
        parent = f" PARENT_REF={_quoted(tier.parent)}" if tier.parent else ""
        kind = "words" if tier.parent else "speech"
        name = _quoted(tier.name)
        bodies.append(
            f' <TIER TIER_ID={name} LINGUISTIC_TYPE_REF="{kind}"{speaker}{parent}>\n{"".join(lines)} </TIER>\n'
        )
    has_words = any(tier.parent for tier in tiers)
    return "".join((_HEAD, *slots, " </TIME_ORDER>\n", *bodies, _TYPE, _WORDS if has_words else "", _END))


def _slot(number: int, ms: int) -> str:
    return f'  <TIME_SLOT TIME_SLOT_ID="ts{number}" TIME_VALUE="{ms}"/>\n'


_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="1970-01-01T00:00:00Z" FORMAT="3.0" VERSION="3.0"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">
 <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>
 <TIME_ORDER>
"""
_TYPE = ' <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="speech" TIME_ALIGNABLE="true" GRAPHIC_REFERENCES="false"/>\n'
_WORDS = (
    ' <LINGUISTIC_TYPE LINGUISTIC_TYPE_ID="words" TIME_ALIGNABLE="true" CONSTRAINTS="Included_In"'
    ' GRAPHIC_REFERENCES="false"/>\n'
    ' <CONSTRAINT STEREOTYPE="Included_In" DESCRIPTION="Annotations inside those of the parent tier"/>\n'
)
_END = "</ANNOTATION_DOCUMENT>\n"


def _quoted(text: str) -> str:
    """The text as the value of an attribute, quotes included."""
    return f'"{escape(xml_text(text))}"'
