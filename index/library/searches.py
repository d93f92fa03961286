"""Searches under a name, and what each had found when it was last looked at."""

import json
from collections.abc import Mapping

from index.library.paths import writable
from index.library.store import Row, Store, now_ms
from index.library.values import SavedSearch


class Searches:
    """The saved searches."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[SavedSearch]:
        """Every saved search in the order in which they were saved."""
        return [
            _search(row) for row in self._store.rows("SELECT id, name, query, seen_ms, seen FROM searches ORDER BY id")
        ]

    def save(self, name: str, query: str, hits: Mapping[int, int] | None = None) -> SavedSearch:
        """Keep a query under a name, with the number of hits by episode that it has now, if it was searched."""
        seen = dict(hits or {})
        seen_ms = now_ms() if hits is not None else 0
        with self._store.change() as db:
            cursor = db.execute(
                "INSERT INTO searches (name, query, seen_ms, seen) VALUES (?, ?, ?, ?)",
                (writable(name), writable(query), seen_ms, json.dumps(seen)),
            )
        return SavedSearch(cursor.lastrowid or 0, writable(name), writable(query), seen_ms, seen)

    def put_back(self, search: SavedSearch) -> None:
        """Keep one that was dropped as it was, in its old place; nothing happens where it is kept."""
        with self._store.change() as db:
            db.execute(
                "INSERT OR IGNORE INTO searches (id, name, query, seen_ms, seen) VALUES (?, ?, ?, ?, ?)",
                (search.id, search.name, search.query, search.seen_ms, json.dumps(dict(search.seen))),
            )

    def rename(self, search: int, name: str) -> None:
        """Give it another name."""
        with self._store.change() as db:
            db.execute("UPDATE searches SET name = ? WHERE id = ?", (writable(name), search))

    def look_at(self, search: int, hits: Mapping[int, int]) -> None:
        """Note that it was looked at: only what is more than these hits by episode is new the next time."""
        with self._store.change() as db:
            db.execute(
                "UPDATE searches SET seen = ?, seen_ms = ? WHERE id = ?", (json.dumps(dict(hits)), now_ms(), search)
            )

    def drop(self, search: int) -> None:
        """Forget it."""
        with self._store.change() as db:
            db.execute("DELETE FROM searches WHERE id = ?", (search,))


def _search(row: Row) -> SavedSearch:
    id, name, query, seen_ms, seen = row
    return SavedSearch(id, name, query, seen_ms, {int(episode): count for episode, count in json.loads(seen).items()})
