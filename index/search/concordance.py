"""A word or phrase in all its surroundings: what is said on its left and right, by whom, where and when."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from index.find import context
from index.folding import readings
from index.search.answer import Answer, EpisodeHits
from index.search.source import Source
from index.timecode import stamp
from index.transcript import WordRange

AROUND = 8
"""Words on either side."""


@dataclass(frozen=True, slots=True)
class Row:
    """One occurrence between the words around it."""

    episode: int
    show: str
    title: str
    date: str
    words: WordRange
    start_ms: int
    end_ms: int
    timed: bool  # False: the episode has no times, and both are 0.
    exact: bool
    speaker: str  # "" where nobody is named.
    before: str
    match: str
    after: str


class Order(Enum):
    """What rows are sorted by."""

    FOUND = "found"  # By episode as it was found, and as it is said there.
    LEFT = "left"  # By the word on the left, then the one before it, and so on.
    RIGHT = "right"
    MATCH = "match"
    SPEAKER = "speaker"
    DATE = "date"


def rows(
    answer: Answer,
    library: Source,
    *,
    around: int = AROUND,
    told: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Row]:
    """Every hit of an answer as a row; `told` is given how many of the episodes are done.

    An episode whose words have changed since it was searched is passed over.
    """
    for done, found in enumerate(answer.episodes):
        if cancelled():
            return
        yield from of_episode(found, library, around=around)
        told(done + 1, len(answer.episodes))


def of_episode(found: EpisodeHits, library: Source, *, around: int = AROUND) -> Iterator[Row]:
    """Every hit of one episode as a row; none if its words have changed since."""
    transcript = library.transcript_of(found.episode) if found.hits else None
    if transcript is None or found.hits[-1].words.end > len(transcript):
        return
    for hit in found.hits:
        said = context(transcript, hit.words, around)
        yield Row(
            episode=found.episode,
            show=found.show,
            title=found.title,
            date=found.date,
            words=hit.words,
            start_ms=hit.start_ms,
            end_ms=hit.end_ms,
            timed=hit.timed,
            exact=hit.exact,
            speaker=transcript.speaker_of(hit.words.first) or "",
            before=said.before,
            match=said.match,
            after=said.after,
        )


def ordered(rows: Iterable[Row], order: Order) -> list[Row]:
    """The rows in an order; those that are alike in it stay as they were."""
    found = list(rows)
    match order:
        case Order.LEFT:
            found.sort(key=lambda row: [_plain(word) for word in reversed(row.before.split())])
        case Order.RIGHT:
            found.sort(key=lambda row: [_plain(word) for word in row.after.split()])
        case Order.MATCH:
            found.sort(key=lambda row: _plain(row.match))
        case Order.SPEAKER:
            found.sort(key=lambda row: (not row.speaker, _plain(row.speaker)))
        case Order.DATE:
            found.sort(key=lambda row: row.date)
    return found


def _plain(text: str) -> str:
    """The text as it is sorted: without case, accents and signs."""
    return readings(text)[1] or text


@dataclass(frozen=True, slots=True)
class Counts:
    """How often it is said by whom, in which show and in which month; the most frequent first, months in order."""

    speakers: tuple[tuple[str, int], ...]
    shows: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]  # YYYY-MM; "" where no date is known, last.


def counts(rows: Iterable[Row]) -> Counts:
    """The rows counted."""
    speakers, shows, months = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        speakers[row.speaker] += 1
        shows[row.show] += 1
        months[row.date[:7]] += 1
    by_month = sorted(months.items(), key=lambda one: (not one[0], one[0]))
    return Counts(tuple(speakers.most_common()), tuple(shows.most_common()), tuple(by_month))


HEADINGS = ("show", "title", "date", "speaker", "start", "end", "before", "match", "after", "episode")


def csv_text(rows: Iterable[Row]) -> str:
    """The rows as a table of comma-separated values (RFC 4180) under headings; times as 01:02:03.450."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    for row in rows:
        times = (stamp(row.start_ms), stamp(row.end_ms)) if row.timed else ("", "")
        said = (row.before, row.match, row.after)
        writer.writerow(map(_harmless, (row.show, row.title, row.date, row.speaker, *times, *said, str(row.episode))))
    return text.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula (OWASP, CSV Injection)."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def neighbours(rows: Sequence[Row], *, left: bool, limit: int = 20) -> list[tuple[str, int]]:
    """The words that stand next to it most often, on the left or the right, and how often."""
    words = (row.before.split()[-1:] if left else row.after.split()[:1] for row in rows)
    return Counter(_plain(word) for found in words for word in found).most_common(limit)
