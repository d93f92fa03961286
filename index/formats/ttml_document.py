"""The XML of TTML: its elements worked out to paragraphs of text, each part with its times and its speaker."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.handler import ContentHandler

from index.errors import TranscriptError
from index.formats.json_tools import MAX_ENTRIES, name_of
from index.formats.webvtt import ESTIMATED_NOTE
from index.timecode import MAX_MS, parse

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl

_OFFSET = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)(h|ms|m|s|f|t)\Z")
_FRAMES = re.compile(r"([0-9]{1,10}:[0-9]{1,2}:[0-9]{1,10}):([0-9]{1,5})(?:\.[0-9]{1,5})?\Z")
_PER_SECOND = {"h": 1 / 3600, "m": 1 / 60, "s": 1.0, "ms": 1000.0}
_NOT_SAID = frozenset(
    "head metadata desc title copyright agent name actor set animate image audio font source data chunk resources "
    "styling style layout region initial".split()
)
_MAX_DEPTH = 1000


@dataclass(slots=True)
class Part:
    """A stretch of a paragraph with times, a speaker or a sentence of its own."""

    texts: list[str]
    start_ms: int | None
    end_ms: int | None
    agents: str
    sentence: int
    is_word: bool

    @property
    def text(self) -> str:
        """What it says, white space as it was."""
        return "".join(self.texts)


@dataclass(slots=True)
class Paragraph:
    """A `p`, its times in ms if it or what it is in has any, and its parts."""

    start_ms: int | None
    end_ms: int | None
    timed: bool  # By itself, not by what it is in.
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Element:
    """An open element: when it is shown, who speaks in it, and the part of the paragraph that its text goes to."""

    begin_ms: int
    end_ms: int | None
    known: bool  # It, or what it is in, has times.
    anchor: tuple[int, int | None]  # The times of the innermost element that begins at a time of its own.
    sequence: bool  # What is in it follows one another.
    reached_ms: int  # When what was in it so far has ended.
    agent: str = ""
    sentence: int = 0
    is_word: bool = False
    timed: bool = False  # It has times of its own that no text has taken yet.
    owner: "_Element | None" = None  # Whose part the text belongs to, if it is not its own.
    part: Part | None = None


class RelativeTimes(Exception):
    """The document says that its times are those of the standard; to read on as if they were not is no use."""


class Document(ContentHandler):
    """Collects the paragraphs of a document, without recursion; times are those of the whole document.

    `absolute`: times inside an element with times count from the beginning too, as Apple writes them, and not from
    that element's begin, as the standard says. Which of the two is likelier is counted.
    """

    def __init__(self, absolute: bool) -> None:
        super().__init__()
        self.absolute = absolute
        self._relative = self._absolute = 0
        self._says_container = self._apple = False
        self.paragraphs: list[Paragraph] = []
        self.sentences: list[tuple[int | None, int | None]] = [(None, None)]
        self.names: dict[str, str] = {}
        self.estimated = False
        self.damaged = 0
        self._stack = [_Element(0, None, False, (0, None), False, 0)]
        self._paragraph: Paragraph | None = None
        self._paragraph_depth = 0
        self._skipping = 0
        self._agent = ""
        self._said: list[str] = []  # Of a name or a description.
        self._parts = 0
        self._frame_rate, self._tick_rate = 30.0, 1.0

    @property
    def is_relative(self) -> bool:
        """Whether times inside an element with times rather count from its begin."""
        return not self._apple and (self._says_container or self._relative > self._absolute)

    def startElement(self, name: str, attrs: "AttributesImpl[str]") -> None:
        local = name.rpartition(":")[2]
        if self._skipping or local in _NOT_SAID:
            self._skipping += 1
            self._said = []
            if local == "agent":
                self._agent = attrs.get("xml:id") or ""
            return
        if len(self._stack) > _MAX_DEPTH:
            raise TranscriptError("is XML nested too deeply, so it is no transcript; choose another file")
        own = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        if local == "tt":
            self._set_rates(own)
            self._apple = any("apple.com/" in value for value in own.values())
        if local == "br":
            self._say("\n")
        element = self._placed(own)
        if own.get("ruby") in ("text", "textContainer", "delimiter"):  # How it is read aloud, said by its base.
            self._skipping = 1
            return
        if local == "p" and self._paragraph is None:
            start, end = (element.begin_ms, element.end_ms) if element.known else (None, None)
            self._paragraph = Paragraph(start, end, element.timed)
            self._paragraph_depth = len(self._stack)
            element.timed = False
        elif self._paragraph is not None:
            self._inside(element, own.get("unit"))
        self._stack.append(element)

    def endElement(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
            said = " ".join("".join(self._said).split())
            local = name.rpartition(":")[2]
            if local == "name" and self._agent and said:
                self.names.setdefault(self._agent, said)
            elif local == "desc" and said == ESTIMATED_NOTE:
                self.estimated = True
            elif local == "agent":
                self._agent = ""
            return
        element = self._stack.pop()
        parent = self._stack[-1]
        parent.reached_ms = max(parent.reached_ms, element.reached_ms if element.end_ms is None else element.end_ms)
        if self._paragraph is not None and len(self._stack) == self._paragraph_depth:
            self.paragraphs.append(self._paragraph)
            self._paragraph = None

    def characters(self, content: str) -> None:
        if self._skipping:
            self._said.append(content)
        else:
            self._say(content.replace("\n", " "))

    def _set_rates(self, own: Mapping[str, str]) -> None:
        rate = _positive(own.get("frameRate")) or 30.0
        above, _, below = own.get("frameRateMultiplier", "1 1").replace(":", " ").partition(" ")
        self._frame_rate = rate * (_positive(above) or 1.0) / (_positive(below) or 1.0)
        ticks = rate * (_positive(own.get("subFrameRate")) or 1.0) if "frameRate" in own else 1.0
        self._tick_rate = _positive(own.get("tickRate")) or ticks

    def _ms(self, value: str | None) -> int | None:
        """Milliseconds of a time expression of the standard, or of one of Apple's; None if there is none."""
        if value is None:
            return None
        value = value.strip()
        try:
            if value.count(":") == 3 and (frames := _FRAMES.match(value)):
                return parse(frames[1]) + int(int(frames[2]) * 1000 / self._frame_rate + 0.5)
            if value[-1:].isalpha() and (offset := _OFFSET.match(value)):
                rate = _PER_SECOND.get(offset[2]) or (self._frame_rate if offset[2] == "f" else self._tick_rate)
                ms = int(float(offset[1]) * 1000 / rate + 0.5)
                if ms <= MAX_MS:
                    return ms
            else:
                return parse(value)
        except ValueError:
            pass
        self.damaged += 1
        return None

    def _placed(self, own: Mapping[str, str]) -> _Element:
        """The element with its times worked out."""
        parent = self._stack[-1]
        begin, end, duration = self._ms(own.get("begin")), self._ms(own.get("end")), self._ms(own.get("dur"))
        default = parent.reached_ms if parent.sequence else parent.begin_ms
        base = 0 if self.absolute else default
        start = default if begin is None else base + begin
        ends = [base + end] if end is not None else []
        if duration is not None:
            ends.append(start + duration)
        timed = begin is not None or bool(ends)
        finish = min(ends) if ends else None if timed or parent.sequence else parent.end_ms
        anchor, anchor_end = parent.anchor
        if begin is not None and anchor:
            if begin < anchor:
                self._relative += 1
            elif anchor_end is None or begin <= anchor_end:
                self._absolute += 1
        container = own.get("timeContainer")
        if container is not None:
            self._says_container = True
            if self.absolute and not self._apple:
                raise RelativeTimes
        return _Element(
            start,
            finish,
            timed or parent.known,
            parent.anchor if begin is None else (start, finish),
            container == "seq",
            start,
            own.get("agent", parent.agent),
            parent.sentence,
            timed=timed,
        )

    def _inside(self, element: _Element, unit: str | None) -> None:
        """Decide which part of the paragraph the text of an element in it goes to."""
        parent = self._stack[-1]
        holder = parent.owner or parent
        element.is_word = unit == "word" or parent.is_word
        if unit == "sentence":
            self.sentences.append((element.begin_ms, element.end_ms) if element.timed else (None, None))
            element.sentence = len(self.sentences) - 1
        if element.timed:
            holder.timed = False  # What it says from here on stands between others,
            if holder.part is not None:
                holder.part.end_ms = None  # and what it has said has ended earlier.
        elif unit is None and element.agent == holder.agent:
            element.owner = holder

    def _say(self, text: str) -> None:
        paragraph = self._paragraph
        if paragraph is None:
            return
        element = self._stack[-1].owner or self._stack[-1]
        last = paragraph.parts[-1] if paragraph.parts else None
        if last is not None and (last is element.part or text.isspace()):
            last.texts.append(text)
        elif not text.isspace():
            times: tuple[int | None, int | None] = (None, None)
            if element.timed:
                times = (element.begin_ms, element.end_ms)
            element.timed = False
            element.part = Part([text], *times, element.agent, element.sentence, element.is_word)
            paragraph.parts.append(element.part)
            self._parts += 1
            if self._parts > MAX_ENTRIES:
                raise TranscriptError(f"has more than {MAX_ENTRIES:,} pieces of text; split it into several files")

    def name_of(self, agents: str) -> str | None:
        """The names of the agents with these ids, or what can be made of the ids."""
        names = (self.names.get(id) or name_of(id) for id in agents.split()[:8])
        return ", ".join(name for name in names if name) or None


def _positive(value: str | None) -> float | None:
    """The number in an attribute; None if it is none that can divide."""
    try:
        number = float(value or "")
    except ValueError:
        return None
    return number if 0.001 < number < 1e12 else None
