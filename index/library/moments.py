"""Clips and notes move along when the words of their episode change, or another transcript becomes the active one."""

import sqlite3

from index.library.anchoring import Moment, carried
from index.transcript import Transcript

_HERE = "SELECT id, first_word, end_word, start_ms, end_ms FROM kept WHERE episode = ?"
_ELSEWHERE = (
    "SELECT kept, there.first_word, there.end_word, start_ms, end_ms"
    " FROM kept_elsewhere there JOIN kept ON kept.id = kept WHERE transcript = ?"
)


def carry(
    db: sqlite3.Connection,
    episode: int,
    old: Transcript,
    new: Transcript,
    elsewhere: int | None = None,
    *,
    follow: bool = True,
) -> None:
    """Move what was kept in an episode from old words to new ones.

    `elsewhere` is the transcript whose words they are if it is not the active one: only places in it change then, no
    times. `follow` is as in `anchoring.carried`.
    """
    rows = db.execute(*((_HERE, (episode,)) if elsewhere is None else (_ELSEWHERE, (elsewhere,)))).fetchall()
    moved = carried(old, new, [Moment(*row[1:]) for row in rows], follow=follow)
    for (id, *_), moment in zip(rows, moved, strict=True):
        words, times = (moment.first, moment.end), (moment.start_ms, moment.end_ms)
        if elsewhere is None:
            db.execute(
                "UPDATE kept SET first_word = ?, end_word = ?, start_ms = ?, end_ms = ? WHERE id = ?",
                (*words, *times, id),
            )
        else:
            db.execute(
                "UPDATE kept_elsewhere SET first_word = ?, end_word = ? WHERE kept = ? AND transcript = ?",
                (*words, id, elsewhere),
            )


def switch(
    db: sqlite3.Connection, episode: int, old: int, new: int, before: Transcript | None, after: Transcript | None
) -> None:
    """Move what was kept from the words of the transcript that was active to those of the one that now is.

    Places in the old one are remembered, and places in the new one that are remembered are taken as they were.
    """
    db.execute(
        "INSERT OR REPLACE INTO kept_elsewhere SELECT id, ?, first_word, end_word FROM kept WHERE episode = ?",
        (old, episode),
    )
    if before is not None and after is not None:
        carry(db, episode, before, after, follow=False)
    db.execute(
        "UPDATE kept SET (first_word, end_word) = (SELECT there.first_word, there.end_word"
        " FROM kept_elsewhere there WHERE there.kept = kept.id AND transcript = ?)"
        " WHERE id IN (SELECT kept FROM kept_elsewhere WHERE transcript = ?)",
        (new, new),
    )
    db.execute("DELETE FROM kept_elsewhere WHERE transcript = ?", (new,))
