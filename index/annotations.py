"""Notes and highlights, and kept stretches, written for other programs: Markdown, CSV, Audacity, podcast feeds."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from index.formats.markdown_text import escaped
from index.links import link_to
from index.plaintext import clean, one_line, shown
from index.quoting import Origin
from index.timecode import clock, stamp
from index.transcript import Transcript, WordRange

SOUNDBITE_LIMIT = 128
"""Letters of a soundbite's title that the podcast namespace allows."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # What makes a spreadsheet take a cell for a formula (OWASP).


@dataclass(frozen=True, slots=True)
class Annotation:
    """Words that were marked, with what was noted of them; a highlight has a colour and no text."""

    words: WordRange
    text: str = ""
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of sound under a title."""

    title: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Annotated:
    """An episode and what was marked in it."""

    transcript: Transcript
    origin: Origin
    annotations: Sequence[Annotation]

    def in_order(self) -> list[Annotation]:
        """The annotations that point at words, in their order."""
        return sorted((each for each in self.annotations if each.words), key=lambda each: each.words)


def to_markdown(episodes: Iterable[Annotated]) -> str:
    """The annotations as a Markdown document: the words quoted, the note under them, times as links."""
    return "\n".join("\n".join(_markdown(episode)).rstrip("\n") + "\n" for episode in episodes)


def _markdown(episode: Annotated) -> Iterator[str]:
    transcript, origin = episode.transcript, episode.origin
    yield from (f"# {escaped(one_line(origin.episode))}", "")
    about = ", ".join(part for part in (one_line(origin.show), one_line(origin.date)) if part)
    if about:
        yield from (escaped(about), "")
    for annotation in episode.in_order():
        speaker = transcript.speaker_of(annotation.words.first)
        head = [escaped(one_line(speaker))] if speaker else []
        if transcript.timed:
            start_ms, end_ms = transcript.span_ms(annotation.words)
            link = link_to(origin.episode, origin.show, origin.file, start_ms, end_ms)
            head.insert(0, f"[{clock(start_ms)}]({link})")
        if annotation.colour:
            head.append(escaped(one_line(annotation.colour, 40)))
        said = escaped(shown(clean(transcript.text_of(annotation.words))))
        yield from (f"> {said}", ">", f"> — {', '.join(head)}", "")
        for paragraph in clean(annotation.text).split("\n"):
            if paragraph.strip():
                yield from (escaped(paragraph), "")


def to_csv(episodes: Iterable[Annotated]) -> str:
    """The annotations as CSV (RFC 4180) with a head line, times as `00:01:02.500`; one row each.

    A cell that a spreadsheet would take for a formula gets a space in front.
    """
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["show", "episode", "date", "start", "end", "speaker", "words", "note", "colour"])
    for episode in episodes:
        transcript, origin = episode.transcript, episode.origin
        for annotation in episode.in_order():
            span = transcript.span_ms(annotation.words) if transcript.timed else ()
            cells = [
                *(origin.show, origin.episode, origin.date),
                *(map(stamp, span) if span else ("", "")),
                transcript.speaker_of(annotation.words.first) or "",
                " ".join(transcript.text_of(annotation.words).split()),
                annotation.text,
                annotation.colour,
            ]
            rows.writerow([_guarded(clean(cell)) for cell in cells])
    return file.getvalue()


def to_labels(stretches: Sequence[Stretch]) -> str:
    """The stretches as an Audacity label track: start and end in seconds and the title, with tabs between."""
    return "".join(
        f"{each.start_ms / 1000:.6f}\t{each.end_ms / 1000:.6f}\t{one_line(each.title)}\n"
        for each in sorted(stretches, key=lambda each: (each.start_ms, each.end_ms))
    )


def to_soundbites(stretches: Sequence[Stretch]) -> str:
    """The stretches as `podcast:soundbite` tags for the item of a feed, one a line.

    Podcast namespace (github.com/Podcastindex-org/podcast-namespace): times in seconds, at most 128 letters of title;
    15 to 120 seconds are recommended.
    """
    return "".join(
        f'<podcast:soundbite startTime="{each.start_ms / 1000:.3f}"'
        f' duration="{(each.end_ms - each.start_ms) / 1000:.3f}">'
        f"{escape(one_line(each.title, SOUNDBITE_LIMIT), quote=False)}</podcast:soundbite>\n"
        for each in sorted(stretches, key=lambda each: (each.start_ms, each.end_ms))
    )


def _guarded(cell: str) -> str:
    return f" {cell}" if cell.startswith(_FORMULA) else cell
