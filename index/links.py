"""Links to a moment of an episode, and finding the moment again in what somebody pastes."""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import parse_qs, quote, unquote, urlsplit

from index.plaintext import one_line
from index.timecode import parse

SCHEME = "earmark"

_PASTED = 20_000  # Letters of a pasted text that are looked at: no quote is longer.
_OURS = re.compile(rf"\b{SCHEME}:[^\s<>\"()\[\]]{{1,4000}}", re.IGNORECASE)
_LINK = re.compile(r"\b[a-z][a-z0-9+.-]{1,20}:[^\s<>\"()\[\]]{1,4000}#[^\s<>\"()\[\]]{0,200}", re.IGNORECASE)
_TIME = r"(?:[0-9]{1,3}:)?(?:[0-9]{1,4}:)?[0-9]{1,8}(?:\.[0-9]{1,9})?"
# Temporal dimension of Media Fragments URI 1.0 (W3C, section 4.2.1) in normal play time: `t=12.5,20`, `t=npt:,1:02`.
_FRAGMENT = re.compile(rf"(?:\A|[#&?])t=(?:npt:)?({_TIME})?(?:,({_TIME}))?(?=&|\Z)", re.IGNORECASE)
_BARE = re.compile(rf"#?t=(?:npt:)?({_TIME})?(?:,({_TIME}))?\Z", re.IGNORECASE)
_CLOCK = r"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2}(?:[.,][0-9]{1,3})?"
_RANGE = re.compile(rf"[\[(]?\s*({_CLOCK})\s*(?:-->|→|to|[–—-])\s*({_CLOCK})\s*[\])]?\Z")
_SOURCE_LINE = re.compile(r"\A\s*(?:>\s*)?[—–]\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A stretch that a link or a quote points at: `hint` names the episode as well as the text does, or is empty."""

    hint: str
    start_ms: int
    end_ms: int | None = None
    show: str = ""
    file: str = ""

    def is_of(self, episode: str, show: str = "", file: str = "") -> bool:
        """Whether it may point into an episode of that title, show and file name; True where it names nothing."""
        named = [(self.file, file), (self.hint, episode)]
        told = [(ours, theirs) for ours, theirs in named if ours]
        if not told:
            return True
        if self.show and show and _same(self.show) != _same(show):
            return False
        return any(theirs and _same(theirs) in _same(ours) for ours, theirs in told)


def link_to(episode: str, show: str, file: str, start_ms: int | None, end_ms: int | None) -> str:
    """The `earmark:` link to a moment, in ASCII: the episode by title, show and file name, the times as `#t=`.

    The fragment is that of Media Fragments URI 1.0: seconds, to the ms.
    """
    facts = (("title", episode), ("show", show), ("file", file))
    query = "&".join(f"{name}={quote(one_line(fact), safe='')}" for name, fact in facts if fact)
    times = "" if start_ms is None else f"#{fragment(start_ms, end_ms)}"
    return f"{SCHEME}:episode{'?' if query else ''}{query}{times}"


def fragment(start_ms: int, end_ms: int | None = None) -> str:
    """A stretch as a W3C media fragment without the `#`: `t=12.5,20`."""
    return f"t={_seconds(start_ms)}" + ("" if end_ms is None else f",{_seconds(end_ms)}")


def find_moment(pasted: str) -> Moment | None:
    """The moment that a pasted link, fragment, time range or quote points at; None for anything else.

    A quote is known by the link in it, or by its last line, which begins with a dash and ends with a time range.
    """
    text = pasted[:_PASTED].strip()
    link = _OURS.search(text) or _LINK.search(text)
    if link:
        found = _of_link(link[0])
        if found:
            return found
    bare = _BARE.match(text)
    if bare and (bare[1] or bare[2]):
        return _moment("", bare[1], bare[2])
    if "\n" not in text:
        alone = _RANGE.match(text)
        if alone:
            return _moment("", alone[1], alone[2])
    return _of_quote(text)


def _of_link(link: str) -> Moment | None:
    try:
        parts = urlsplit(unescape(link).rstrip(".,;:!?"))  # As it stands in HTML or in a sentence.
        facts = parse_qs(parts.query)
    except ValueError:  # Brackets that are no address.
        return None
    times = _FRAGMENT.search(parts.fragment)
    if not times or not (times[1] or times[2]):
        return None
    if parts.scheme.lower() != SCHEME:
        name = one_line(unquote(parts.path.rstrip("/").rpartition("/")[2]))
        return _moment(name, times[1], times[2], file=name)
    told = {name: one_line(facts.get(name, [""])[0]) for name in ("title", "show", "file")}
    return _moment(told["title"], times[1], times[2], told["show"], told["file"])


def _of_quote(text: str) -> Moment | None:
    last = text.rpartition("\n")[2]
    if not _SOURCE_LINE.match(last):
        return None
    about, _, times = _SOURCE_LINE.sub("", last).rpartition(",")
    found = _RANGE.match(times.strip()) or _RANGE.match(last.rpartition(" ")[2])
    return _moment(one_line(about, 600), found[1], found[2]) if found else None


def _moment(hint: str, start: str | None, end: str | None, show: str = "", file: str = "") -> Moment | None:
    try:
        start_ms = parse(start) if start else 0
        end_ms = parse(end) if end else None
    except ValueError:
        return None
    if end_ms is not None and end_ms <= start_ms:
        return None
    return Moment(hint, start_ms, end_ms, show, file)


def _seconds(ms: int) -> str:
    whole, rest = divmod(max(0, ms), 1000)
    return f"{whole}.{rest:03}".rstrip("0") if rest else str(whole)


def _same(name: str) -> str:
    return one_line(name, 600).casefold()
