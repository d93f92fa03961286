"""A quote: what was said, with where it is from, as text, Markdown or HTML."""

from dataclasses import dataclass
from html import escape

from index.formats.markdown_text import escaped
from index.links import link_to
from index.plaintext import clean, one_line, shown
from index.timecode import clock
from index.transcript import Transcript, WordRange


@dataclass(frozen=True, slots=True)
class Origin:
    """The episode that words are from, as far as it is known; the date is ISO 8601, whole or cut (`2026-11`)."""

    episode: str
    show: str = ""
    date: str = ""
    file: str = ""  # The name of its sound or transcript, without its folder.

    def line(self, *also: str) -> str:
        """The origin on one line: episode, show, date, and what else is to be said."""
        return ", ".join(one_line(part) for part in (self.episode, self.show, self.date, *also) if part)


@dataclass(frozen=True, slots=True)
class Said:
    """What one speaker says of a quote, on one line."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words, who says them, and where they are from; the times are None where there are none."""

    turns: tuple[Said, ...]
    origin: Origin
    start_ms: int | None = None
    end_ms: int | None = None

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everyone who is named, in the order of speaking."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns if turn.speaker))

    @property
    def times(self) -> str:
        """The time range for people, `0:12–0:20`; "" without times."""
        if self.start_ms is None or self.end_ms is None:
            return ""
        return f"{clock(self.start_ms)}–{clock(self.end_ms)}"

    @property
    def link(self) -> str:
        """The `earmark:` link to the moment."""
        return link_to(self.origin.episode, self.origin.show, self.origin.file, self.start_ms, self.end_ms)


def quote_of(transcript: Transcript, words: WordRange, origin: Origin) -> Quote:
    """The words as a quote.

    Raises:
        ValueError: the range is empty.
    """
    if not words:
        raise ValueError("A quote needs at least one word.")
    turns = tuple(
        Said(one_line(turn.speaker or ""), shown(" ".join(clean(transcript.text_of(turn.words)).split())))
        for turn in transcript.turns_in(words)
    )
    start_ms, end_ms = transcript.span_ms(words) if transcript.timed else (None, None)
    return Quote(turns, origin, start_ms, end_ms)


def as_text(quote: Quote) -> str:
    """The quote as plain text: the words in quotation marks, a line under them says where they are from."""
    return f"“{_said(quote)}”\n— " + ", ".join(part for part in (_who(quote), quote.origin.line(quote.times)) if part)


def as_markdown(quote: Quote) -> str:
    """The quote as a Markdown block quote, its times a link; text stays text."""
    paragraphs = []
    for turn in quote.turns:
        name = f"**{escaped(turn.speaker)}:** " if turn.speaker and len(quote.speakers) > 1 else ""
        paragraphs.append(name + escaped(turn.text))
    origin = quote.origin
    linked = f"[{escaped(one_line(origin.episode))}{', ' if quote.times else ''}{quote.times}]({quote.link})"
    source = [
        escaped(_who(quote)),
        linked,
        f"*{escaped(one_line(origin.show))}*" if origin.show else "",
        escaped(one_line(origin.date)),
    ]
    paragraphs.append("— " + ", ".join(part for part in source if part))
    return "\n>\n".join(f"> {paragraph}" for paragraph in paragraphs) + "\n"


def as_html(quote: Quote) -> str:
    """The quote as a piece of HTML to paste into a page: a figure with a `blockquote`; text is escaped."""
    link = escape(quote.link)
    lines = [f'<figure>\n<blockquote cite="{link}">']
    for turn in quote.turns:
        name = f"<b>{escape(turn.speaker)}:</b> " if turn.speaker and len(quote.speakers) > 1 else ""
        lines.append(f"<p>{name}{escape(turn.text)}</p>")
    origin = quote.origin
    times = f', <a href="{link}">{quote.times}</a>' if quote.times else ""
    source = [
        escape(_who(quote)),
        f"<cite>{escape(one_line(origin.episode))}</cite>",
        escape(one_line(origin.show)),
        escape(one_line(origin.date)),
    ]
    about = ", ".join(part for part in source if part)
    return "\n".join([*lines, "</blockquote>", f"<figcaption>— {about}{times}</figcaption>\n</figure>"]) + "\n"


def _said(quote: Quote) -> str:
    """What was said; names stand in front where there are several."""
    if len(quote.speakers) < 2:
        return " ".join(turn.text for turn in quote.turns)
    return "\n\n".join(f"{turn.speaker}: {turn.text}" if turn.speaker else turn.text for turn in quote.turns)


def _who(quote: Quote) -> str:
    """Who speaks, where the words themselves do not tell."""
    return quote.speakers[0] if len(quote.speakers) == 1 else ""
