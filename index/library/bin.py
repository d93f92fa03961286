"""The bin: episodes taken out of the library, to be brought back until it is emptied."""

from collections.abc import Iterable, Sequence

from index.library.store import Store, now_ms


class Bin:
    """Episodes that were removed. No file is ever touched."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, episodes: Iterable[int]) -> None:
        """Take episodes out of the library with all that was kept in them; `restore` brings everything back."""
        with self._store.change() as db:
            db.executemany(
                "UPDATE episodes SET binned_ms = ? WHERE id = ? AND binned_ms = 0",
                [(now_ms(), episode) for episode in episodes],
            )

    def restore(self, episodes: Iterable[int]) -> None:
        """Bring episodes back as they were."""
        with self._store.change() as db:
            db.executemany("UPDATE episodes SET binned_ms = 0 WHERE id = ?", [(episode,) for episode in episodes])

    def empty(self, episodes: Sequence[int] | None = None) -> int:
        """Remove these episodes of the bin for good, or all of them; gives how many.

        Their files will not come back by themselves where their folder is watched.
        """
        with self._store.change() as db:
            binned = [id for (id,) in self._store.rows("SELECT id FROM episodes WHERE binned_ms > 0")]
            gone = [(id,) for id in binned if episodes is None or id in episodes]
            db.executemany(
                "INSERT OR REPLACE INTO passed_over SELECT sound, sound_size, 0, 'it was removed' FROM episodes"
                " WHERE id = ? AND sound <> ''",
                gone,
            )
            db.executemany(
                "INSERT OR REPLACE INTO passed_over SELECT path, size, mtime_ns, 'it was removed' FROM transcripts"
                " WHERE episode = ? AND path <> ''",
                gone,
            )
            db.executemany("DELETE FROM episodes WHERE id = ?", gone)
            db.execute("DELETE FROM shows WHERE id NOT IN (SELECT show FROM episodes WHERE show IS NOT NULL)")
            db.execute("DELETE FROM covers WHERE digest NOT IN (SELECT cover FROM episodes WHERE cover IS NOT NULL)")
        return len(gone)
