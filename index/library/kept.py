"""The moments that people keep in an episode: clips with a title, and notes beside words."""

from collections.abc import Mapping, Sequence
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

    def _restore(self, id: int, episode: int, **facts: Any) -> None:
        """Bring back one that was dropped, under the id it had; nothing where its episode is gone for good."""
        names = ", ".join(facts)
        with self._store.change() as db:
            db.execute(
                f"INSERT OR IGNORE INTO kept (id, episode, kind, {names})"
                f" SELECT ?, id, ?, {', '.join('?' * len(facts))} FROM episodes WHERE id = ?",
                (id, self._kind, *facts.values(), episode),
            )

    def _rows(self, condition: str = "TRUE", *values: object) -> list[Row]:
        return self._store.rows(
            "SELECT kept.id, episode, text, colour, first_word, end_word, start_ms, end_ms, made_ms, remark, place"
            " FROM kept JOIN episodes ON episodes.id = episode"
            f" WHERE kind = ? AND {condition} ORDER BY place, episode, start_ms, kept.id",
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
        """Keep a moment: its words (first, and the last plus one) and its times.

        Among clips that were put in order it comes last.
        """
        with self._store.change():
            kept = self._keep(episode, title, words, times_ms, "")
            last = self._store.row("SELECT MAX(place) FROM kept WHERE kind = ?", (self._kind,))
            place = last[0] + 1 if last and last[0] else 0
            if place:
                self._set(kept[0], place=place)
        return _clip((*kept, "", place))

    def restore(self, clip: SavedClip) -> None:
        """Bring back a clip that was dropped, as it was."""
        self._restore(
            clip.id,
            clip.episode,
            text=writable(clip.title),
            first_word=clip.first_word,
            end_word=clip.end_word,
            start_ms=clip.start_ms,
            end_ms=clip.end_ms,
            made_ms=now_ms(),
            remark=writable(clip.remark),
            place=clip.place,
        )

    def of(self, episode: int) -> list[SavedClip]:
        """The clips of an episode in the order people gave them, else in that of their start."""
        return [_clip(row) for row in self._rows("episode = ?", episode)]

    def all(self) -> list[SavedClip]:
        """The clips of every episode that is not in the bin, in the same order."""
        return [_clip(row) for row in self._rows("binned_ms = 0")]

    def remark(self, clip: int, remark: str) -> None:
        """Say something about a clip."""
        self._set(clip, remark=writable(remark))

    def arrange(self, clips: Sequence[int]) -> None:
        """Put these clips in this order; all others stay where they are among them."""
        order = [clip for clip, _ in self.places()]
        wanted, moved = set(clips), iter(clips)
        order = [next(moved) if clip in wanted else clip for clip in order]
        self.set_places({clip: place for place, clip in enumerate(order, 1)})

    def places(self) -> list[tuple[int, int]]:
        """Every clip's id and place, in order."""
        rows = self._store.rows(
            "SELECT id, place FROM kept WHERE kind = ? ORDER BY place, episode, start_ms, id", (self._kind,)
        )
        return [(id, place) for id, place in rows]

    def set_places(self, places: Mapping[int, int]) -> None:
        """Give clips, by their ids, the places they had once."""
        with self._store.change() as db:
            db.executemany("UPDATE kept SET place = ? WHERE id = ?", [(place, id) for id, place in places.items()])

    def rename(self, clip: int, title: str) -> None:
        """Give a clip another title."""
        self._set(clip, text=writable(title))


class Notes(_Kept):
    """The notes of every episode."""

    _kind = _NOTE

    def add(self, episode: int, text: str, words: tuple[int, int], times_ms: tuple[int, int], colour: str = "") -> Note:
        """Write a note beside words (first, and the last plus one), or mark them in a colour."""
        return Note(*self._keep(episode, text, words, times_ms, colour))

    def restore(self, note: Note) -> None:
        """Bring back a note that was dropped, as it was."""
        self._restore(
            note.id,
            note.episode,
            text=writable(note.text),
            colour=writable(note.colour),
            first_word=note.first_word,
            end_word=note.end_word,
            start_ms=note.start_ms,
            end_ms=note.end_ms,
            made_ms=note.made_ms,
        )

    def of(self, episode: int) -> list[Note]:
        """The notes of an episode in the order of their start."""
        return [_note(row) for row in self._rows("episode = ?", episode)]

    def all(self) -> list[Note]:
        """The notes of every episode that is not in the bin."""
        return [_note(row) for row in self._rows("binned_ms = 0")]

    def edit(self, note: int, *, text: str | None = None, colour: str | None = None) -> None:
        """Write other words, or choose another colour; None leaves it."""
        facts = {"text": text, "colour": colour}
        chosen = {name: writable(value) for name, value in facts.items() if value is not None}
        if chosen:
            self._set(note, **chosen)


def _clip(row: Row) -> SavedClip:
    id, episode, title, _, first_word, end_word, start_ms, end_ms, _, remark, place = row
    return SavedClip(id, episode, title, first_word, end_word, start_ms, end_ms, remark, place)


def _note(row: Row) -> Note:
    return Note(*row[:9])
