"""oTranscribe's `.otr` (https://otranscribe.com): JSON that holds HTML, of which only the words and times are taken."""

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings
from index.formats.html_events import Event, events_of
from index.formats.json_tools import load, ms_of, text_of, value_of
from index.formats.segments import CARRY_ON
from index.formats.started import Started, feed_started

_BLOCKS = frozenset("p div br li ul ol blockquote h1 h2 h3 h4 h5 h6 tr".split())
_MAX_NAME = 80


def sniff(text: str) -> bool:
    """Whether the JSON has a text beside the name or the place of a sound."""
    value = value_of(text)
    return (
        isinstance(value, dict) and isinstance(value.get("text"), str) and "media" in value and "segments" not in value
    )


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add what follows each stamp to the builder; each lasts until the next one. Bold words before a colon are names.

    Raises:
        TranscriptError: it is damaged, or there are no words in it.
    """
    sheet = _Sheet(findings)
    for event in events_of(text_of(load(text)["text"]), builder.watch):
        sheet.take(event)
    sheet.close()
    if not sheet.said:
        raise TranscriptError("has no words in it, so there is no transcript; choose another file")
    feed_started(sheet.said, builder, findings)


class _Sheet:
    """What was said so far, and what is known of the text in hand."""

    def __init__(self, findings: Findings) -> None:
        self.said: list[Started] = []
        self._findings = findings
        self._start: int | None = None
        self._speaker: str | None = CARRY_ON
        self._texts: list[str] = []
        self._begun = False  # Whether there is more than white space among them.
        self._bold: list[str] | None = None  # Words at the beginning that may be a name.
        self._in_bold = self._in_stamp = False

    def take(self, event: Event) -> None:
        """Go on by one event."""
        tag = event.name.lstrip("</")
        opens = not event.name.startswith("</")
        if self._in_stamp:
            self._in_stamp = tag != "span" or opens
        elif not event.name:
            self._text(event.text)
        elif tag == "span" and opens and "timestamp" in event.attributes.get("class", "").split():
            self.close()
            self._start = ms_of(event.attributes.get("data-timestamp"))
            self._in_stamp = True
            if self._start is None:
                self._findings.add("One damaged time was left out.", "{n} damaged times were left out.")
        elif tag in _BLOCKS:
            self.close()
        elif tag in ("b", "strong"):
            self._in_bold = opens
            if opens and self._bold is None and not self._begun:
                self._bold = []

    def _text(self, text: str) -> None:
        if self._bold is not None and self._in_bold:
            self._bold.append(text)
            return
        if self._bold is not None and text.strip():
            name, colon, rest = f"{''.join(self._bold)}{text}".partition(":")
            bold = "".join(self._bold)
            if colon and len(name.strip()) <= _MAX_NAME and name.strip() == bold.partition(":")[0].strip():
                self._speaker, text = " ".join(name.split()) or CARRY_ON, rest
            else:
                text = bold + text
            self._bold = None
        self._texts.append(text)
        self._begun |= bool(text.strip())

    def close(self) -> None:
        """Keep what was said, if anything was; a time without words is that of the words after it."""
        text = " ".join("".join([*(self._bold or ()), *self._texts]).split())
        if text:
            self.said.append(Started(self._start, text, self._speaker))
            self._start = None
            self._speaker = CARRY_ON
        self._texts.clear()
        self._bold, self._begun = None, False
