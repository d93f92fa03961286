"""The moments that people keep in an episode: clips with a title, and notes beside words."""

from typing import Any

from index.library.paths import writable
from index.library.store import Row, Store, now_ms
from index.library.values import Note, SavedClip

_CLIP, _NOTE = "clip", "note"


class _Kept:
    """The rows of one kind."""

    _kind = ""

    def __init__(self, store: Store) -> None:
        self._store = store

    def _keep(self, episode: int, text: str, words: tuple[int, int], times_ms: tuple[int, int], colour: str) -> Row:
        """Keep a moment of an episode; its words are those of the active transcript."""
        values = (episode, self._kind, writable(text), writable(colour), *words, *times_ms, now_ms())
        with self._store.change() as db:
            cursor = db.execute(
                "INSERT INTO kept (episode, kind, text, colour, first_word, end_word, start_ms, end_ms, made_ms)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            )
        return (cursor.lastrowid, episode, *values[2:])

    def _rows(self, condition: str = "TRUE", *values: object) -> list[Row]:
        return self._store.rows(
            "SELECT kept.id, episode, text, colour, first_word, end_word, start_ms, end_ms, made_ms"
            " FROM kept JOIN episodes ON episodes.id = episode"
            f" WHERE kind = ? AND {condition} ORDER BY episode, start_ms, kept.id",
            (self._kind, *values),
        )

    def _set(self, id: int, **facts: Any) -> None:
        names = ", ".join(f"{name} = ?" for name in facts)
        with self._store.change() as db:
            db.execute(f"UPDATE kept SET {names} WHERE id = ? AND kind = ?", (*facts.values(), id, self._kind))

    def move(self, id: int, words: tuple[int, int], times_ms: tuple[int, int]) -> None:
        """Give it other words (first, and the last plus one) and times."""
        self._set(id, first_word=words[0], end_word=words[1], start_ms=times_ms[0], end_ms=times_ms[1])

    def drop(self, id: int) -> None:
        """Remove it."""
        with self._store.change() as db:
            db.execute("DELETE FROM kept WHERE id = ? AND kind = ?", (id, self._kind))


class Clips(_Kept):
    """The clips of every episode."""

    _kind = _CLIP

    def keep(self, episode: int, title: str, words: tuple[int, int], times_ms: tuple[int, int]) -> SavedClip:
        """Keep a moment: its words (first, and the last plus one) and its times."""
        return _clip(self._keep(episode, title, words, times_ms, ""))

    def of(self, episode: int) -> list[SavedClip]:
        """The clips of an episode in the order of their start."""
        return [_clip(row) for row in self._rows("episode = ?", episode)]

    def all(self) -> list[SavedClip]:
        """The clips of every episode that is not in the bin."""
        return [_clip(row) for row in self._rows("binned_ms = 0")]

    def rename(self, clip: int, title: str) -> None:
        """Give a clip another title."""
        self._set(clip, text=writable(title))


class Notes(_Kept):
    """The notes of every episode."""

    _kind = _NOTE

    def add(self, episode: int, text: str, words: tuple[int, int], times_ms: tuple[int, int], colour: str = "") -> Note:
        """Write a note beside words (first, and the last plus one), or mark them in a colour."""
        return Note(*self._keep(episode, text, words, times_ms, colour))

    def of(self, episode: int) -> list[Note]:
        """The notes of an episode in the order of their start."""
        return [Note(*row) for row in self._rows("episode = ?", episode)]

    def all(self) -> list[Note]:
        """The notes of every episode that is not in the bin."""
        return [Note(*row) for row in self._rows("binned_ms = 0")]

    def edit(self, note: int, *, text: str | None = None, colour: str | None = None) -> None:
        """Write other words, or choose another colour; None leaves it."""
        facts = {"text": text, "colour": colour}
        chosen = {name: writable(value) for name, value in facts.items() if value is not None}
        if chosen:
            self._set(note, **chosen)


def _clip(row: Row) -> SavedClip:
    id, episode, title, _, first_word, end_word, start_ms, end_ms, _ = row
    return SavedClip(id, episode, title, first_word, end_word, start_ms, end_ms)
