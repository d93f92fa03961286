"""Taking the episodes of a table into the library: known ones get what the table says of them, the others are new."""

import os
from pathlib import Path

from index.episode_table import EpisodeRow, EpisodeTable
from index.errors import TranscriptError
from index.library.catalogue import Library
from index.library.fingerprint import fingerprint
from index.library.listing import plain
from index.library.report import Report, Skipped
from index.library.values import Facts
from index.library.versions import Prepared, prepare
from index.plaintext import one_line

LABEL = "table"


def add_table(library: Library, path: Path, table: EpisodeTable, report: Report, revive: bool = True) -> None:
    """Add each row of a table.

    A row belongs to the episode with its link, its sound, or its title. Its words are one more transcript of that
    episode, and the active one only where there is no other.
    """
    report.notes += [f"“{path.name}”: {warning}" for warning in table.warnings]
    for row in table.rows:
        try:
            reading = row.transcript()
            words = prepare(reading) if reading else None
        except TranscriptError as error:
            report.skipped.append(Skipped(path, str(error)))
            words = None
        sound = _sound_beside(path, row)
        if words is None and sound is None:
            title = one_line(row.title or row.url, 80)
            why = f"The row “{title}” of “{path.name}” was left out: it has no transcript, and no sound that is here."
            report.skipped.append(Skipped(path, why))
            continue
        _add_row(library, row, sound, words, report, revive)


def _add_row(
    library: Library, row: EpisodeRow, sound: Path | None, words: Prepared | None, report: Report, revive: bool
) -> None:
    facts = Facts(
        title=one_line(row.title) or one_line(row.url) or "?",
        show=one_line(row.show),
        date=row.date,
        duration_ms=row.length_ms or 0,
        url=row.url,
        summary=row.notes,
        questions=row.questions,
    )
    with library.store.change():
        episode = _known(library, row, sound)
        is_new = episode is None
        if episode is None:
            episode = library.episodes.add(sound, fingerprint(sound) if sound else None, facts)
        before = _state(library, episode)
        had = library.episodes.get(episode)
        if had and not is_new:
            known = Facts(title=had.title, show=had.show, date=had.date, duration_ms=had.duration_ms)
            library.episodes.fill(episode, known.over(facts))
        if words:
            library.transcripts.put(episode, None, words, label=LABEL)
        was_binned = bool(had and had.binned_ms and revive)
        if was_binned:
            library.bin.restore([episode])
        is_same = _state(library, episode) == before
    old = report.restored if was_binned else report.present if is_same else report.changed
    (report.added if is_new else old).append(episode)


def _state(library: Library, episode: int) -> tuple[object, ...]:
    revision = library.store.row("SELECT revision FROM episodes WHERE id = ?", (episode,))
    return revision, library.episodes.get(episode), library.episodes.details(episode)


def _known(library: Library, row: EpisodeRow, sound: Path | None) -> int | None:
    """The episode that a row is about."""
    if sound and (found := library.episodes.having(sound, None)):
        return found
    if row.url:
        same = library.store.row("SELECT id FROM episodes WHERE url = ?", (row.url,))
        if same:
            known: int = same[0]
            return known
    title = plain(one_line(row.title))
    rows = library.store.rows("SELECT id, title FROM episodes WHERE url = '' OR ? = ''", (row.url,))
    return next((id for id, name in rows if title and plain(name) == title), None)


def _sound_beside(path: Path, row: EpisodeRow) -> Path | None:
    """The sound file that a row names, if it lies here; an address is never fetched."""
    if not row.sound or "://" in row.sound:
        return None
    sound = Path(os.path.abspath(path.parent / row.sound))
    return sound if sound.is_file() else None
