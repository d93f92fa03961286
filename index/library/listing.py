"""Lists of episodes: one query for the rows, then filters and an order that people would call right."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, get_args

from index.library.paths import restored
from index.library.store import Row, Store
from index.library.values import Episode

Sort = Literal["title", "show", "date", "added", "opened", "length"]
SORTS: tuple[Sort, ...] = get_args(Sort)

EPISODES = """
SELECT episode.id, episode.sound, transcript.path, episode.title, COALESCE(show.title, ''),
    CASE WHEN episode.duration_ms THEN episode.duration_ms ELSE COALESCE(transcript.end_ms, 0) END,
    episode.position_ms, episode.date, episode.heard,
    (SELECT group_concat(name, char(10)) FROM (SELECT name FROM tags WHERE episode = episode.id ORDER BY name)),
    transcript.speakers, COALESCE(transcript.words, 0), COALESCE(transcript.timing, ''),
    episode.added_ms, episode.opened_order, episode.binned_ms, COALESCE(episode.cover, '')
FROM episodes episode
    LEFT JOIN shows show ON show.id = episode.show
    LEFT JOIN transcripts transcript ON transcript.episode = episode.id AND transcript.active
"""


@dataclass(frozen=True, slots=True)
class EpisodeFilter:
    """Which episodes to list; what is None does not matter."""

    show: str | None = None  # "" lists those without a show.
    tag: str | None = None
    speaker: str | None = None
    heard: bool | None = None
    since: str | None = None  # A date or the beginning of one, `2023`, `2023-05`, `2023-05-04`; that time included,
    until: str | None = None  # and this one too. Episodes without a date pass neither.
    text: str = ""  # Words that all stand somewhere in the title, show, date, tags or speakers; case and accents aside.
    in_bin: bool = False


EVERYTHING = EpisodeFilter()


def select(
    store: Store, wanted: EpisodeFilter = EVERYTHING, sort: Sort = "added", *, descending: bool = False
) -> list[Episode]:
    """The episodes that pass the filter, in order; no words are read for it.

    Dates and lengths that are not known come last either way. Numbers in titles count as numbers: 2 comes before 10.
    """
    conditions, values = ["episode.binned_ms > 0" if wanted.in_bin else "episode.binned_ms = 0"], []
    for value, condition in (
        (wanted.show, "COALESCE(show.title, '') = ?"),
        (wanted.tag, "EXISTS (SELECT 1 FROM tags WHERE tags.episode = episode.id AND name = ?)"),
        (wanted.speaker, "instr(char(10) || transcript.speakers || char(10), char(10) || ? || char(10))"),
        (wanted.heard, "episode.heard = ?"),
        (wanted.since, "episode.date >= ?"),
        (wanted.until, "episode.date <> '' AND episode.date < ? || 'z'"),
    ):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    episodes = [episode_of(row) for row in store.rows(f"{EPISODES} WHERE {' AND '.join(conditions)}", values)]
    needles = plain(wanted.text).split()
    if needles:
        episodes = [episode for episode in episodes if _holds(episode, needles)]
    return _sorted(episodes, sort, descending)


_NUMBERS = re.compile(r"(\d+)")


@lru_cache(maxsize=1 << 15)
def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key by which `Part 2` comes before `Part 10`, and case and accents make no difference."""
    parts = _NUMBERS.split(plain(text))
    return tuple((int(part[:18]), "") if at % 2 else (0, part) for at, part in enumerate(parts))


def _sorted(episodes: list[Episode], sort: Sort, descending: bool) -> list[Episode]:
    key = _KEYS[sort]
    keyed = [(key(episode), episode) for episode in episodes]
    known = [each for each in keyed if each[0] not in ("", 0)]
    unknown = [episode for value, episode in keyed if value in ("", 0)]
    known.sort(key=lambda each: (each[0], each[1].id), reverse=descending)
    return [*(episode for _, episode in known), *unknown]


_KEYS: dict[Sort, Callable[[Episode], Any]] = {
    "title": lambda episode: _natural(episode.title),
    "show": lambda episode: episode.show and (_natural(episode.show), episode.date, _natural(episode.title)),
    "date": lambda episode: episode.date,
    "added": lambda episode: (episode.added_ms, episode.id),
    "opened": lambda episode: episode.opened,
    "length": lambda episode: episode.duration_ms,
}


def _holds(episode: Episode, needles: Sequence[str]) -> bool:
    texts = (episode.title, episode.show, episode.date, *episode.tags, *episode.speakers)
    text = plain("\n".join(texts))
    return all(needle in text for needle in needles)


def plain(text: str) -> str:
    """The text without case and accents, for comparing names."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def shows(store: Store) -> dict[str, int]:
    """The shows and how many episodes each has, by name; those in the bin do not count."""
    rows = store.rows(
        "SELECT shows.title, count(*) FROM episodes JOIN shows ON shows.id = episodes.show"
        " WHERE binned_ms = 0 GROUP BY shows.id"
    )
    return dict(sorted(rows, key=lambda row: plain(row[0])))


def tags(store: Store) -> dict[str, int]:
    """The tags and how many episodes each has, by name; those in the bin do not count."""
    rows = store.rows(
        "SELECT name, count(*) FROM tags JOIN episodes ON episodes.id = tags.episode WHERE binned_ms = 0 GROUP BY name"
    )
    return dict(sorted(rows, key=lambda row: plain(row[0])))


def speakers(store: Store) -> dict[str, int]:
    """Who speaks in the active transcripts, and in how many episodes, most of them first."""
    rows = store.rows(
        "SELECT speakers FROM transcripts JOIN episodes ON episodes.id = transcripts.episode"
        " WHERE active AND speakers <> '' AND binned_ms = 0"
    )
    return dict(Counter(name for (names,) in rows for name in names.split("\n")).most_common())


def episode_of(row: Row) -> Episode:
    """The value of a row of `EPISODES`."""
    id, sound, transcript, title, show, duration_ms, position_ms, date, heard, tags, speakers, *rest = row
    return Episode(
        id,
        restored(sound),
        restored(transcript),
        title,
        show,
        duration_ms,
        position_ms,
        date,
        bool(heard),
        tuple(tags.split("\n")) if tags else (),
        tuple(speakers.split("\n")) if speakers else (),
        *rest,
    )
