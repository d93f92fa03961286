"""Hyperaudio's HTML (https://hyper.audio): a `<span data-m= data-d=>` a word, start and duration in ms; only read."""

import re

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings
from index.formats.html_events import events_of
from index.formats.json_tools import ms_of
from index.formats.segments import CARRY_ON, Segment, TimedWord, feed

_SPAN = re.compile(r"<(?:span|a)\b[^<>]{0,300}\bdata-m\s?=", re.IGNORECASE)
_BLOCKS = frozenset({"<p", "</p", "<section", "</section", "<article", "</article", "<div", "</div"})


def sniff(text: str) -> bool:
    """Whether the text begins as HTML and has words with `data-m`."""
    return text[:2000].lstrip("\ufeff \t\n").startswith("<") and bool(_SPAN.search(text, 0, 1 << 16))


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the paragraphs to the builder, a cue each, with the times of their words; `class="speaker"` tells who speaks.

    Raises:
        TranscriptError: no word has a time.
    """
    segments: list[Segment] = []
    words: list[TimedWord] = []
    speaker: str | None = CARRY_ON
    name: list[str] | None = None  # What is inside a speaker's span.
    timed: tuple[int | None, int | None] | None = None  # The times of the word whose span is open.

    def close() -> None:
        nonlocal speaker
        if any(word.text.strip() for word in words):
            start = next((word.start_ms for word in words if word.start_ms is not None), None)
            segments.append(Segment(start, None, "".join(word.text for word in words).strip(), tuple(words), speaker))
            speaker = CARRY_ON
        words.clear()

    for event in events_of(text, builder.watch):
        attributes = event.attributes
        if event.name in _BLOCKS:
            close()
        elif event.name in ("<span", "<a"):
            if "speaker" in attributes.get("class", "").split():
                close()
                name = []
            elif "data-m" in attributes:
                start, length = ms_of(attributes["data-m"], 1000), ms_of(attributes.get("data-d", ""), 1000)
                timed = (start, start + length if start is not None and length else None)
        elif event.name in ("</span", "</a"):
            if name is not None:
                speaker = " ".join("".join(name).split()).strip("[]() ").rstrip(":").rstrip() or None
                name = None
            timed = None
        elif event.name == "<br":
            words.append(TimedWord("\n", None, None))
        elif not event.name and name is not None:
            name.append(event.text)
        elif not event.name and (words or event.text.strip()):
            gap = event.text if event.text.strip() else " "
            words.append(TimedWord(gap, *(timed or (None, None))))
    close()
    if not any(word.start_ms is not None for segment in segments for word in segment.words):
        raise TranscriptError("has no timed words that could be read; export it once more")
    feed(segments, builder, findings)
