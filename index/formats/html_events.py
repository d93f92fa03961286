"""HTML as a row of events for those readers that take a transcript out of it; nothing of it is ever shown or loaded."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from index.errors import TranscriptError
from index.progress import Stage, Watch

MAX_TAGS = 2_000_000

_CHUNK = 1 << 20  # Characters that are parsed in one go.

# A `<` that begins no tag is text. Taken care of here, as the parser of the standard library looks to the end of the
# file for the end of each.
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]{0,4000}>)")
_SILENT = frozenset({"script", "style", "template", "noscript", "head", "iframe", "object"})


class Event(NamedTuple):
    """A tag that opens (`<p`), one that closes (`</p`), or text, whose name is ""."""

    name: str
    text: str = ""
    attributes: Mapping[str, str] = {}


class _Collector(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Event] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif not self._silent:
            self.events.append(Event("<" + tag, attributes={name: value or "" for name, value in attrs}))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif not self._silent:
            self.events.append(Event("</" + tag))

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.events.append(Event("", data))


def events_of(html: str, watch: Watch) -> list[Event]:
    """The tags and texts of a page in order, without what a browser would not show; in linear time.

    Raises:
        TranscriptError: it has more tags than any transcript, as the predicate of a sentence about the file.
        Unwanted: nobody waits for it any more.
    """
    if html.count("<") > MAX_TAGS:
        raise TranscriptError(f"has more than {MAX_TAGS:,} tags, so it is no transcript; choose another file")
    collector = _Collector()
    html = _NO_TAG.sub("&lt;", _without_comments(html))
    at = 0
    while at < len(html):
        watch.at(Stage.FINDING, at, len(html))
        end = html.find("<", at + _CHUNK)  # A text in two parts would be two texts.
        collector.feed(html[at : end if end >= 0 else len(html)])
        at = end if end >= 0 else len(html)
    collector.close()
    return collector.events


def _without_comments(html: str) -> str:
    first, *others = html.split("<!--")
    kept = [first]
    for other in others:
        _, end, rest = other.partition("-->")
        kept.append(rest if end else other)
    return "".join(kept)
