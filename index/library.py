"""The catalogue of what was opened, how far it was heard, and which moments were kept."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import EarmarkError

_MIGRATIONS = (
    """
    CREATE TABLE episodes (
        id INTEGER PRIMARY KEY,
        sound TEXT NOT NULL DEFAULT '',
        transcript TEXT NOT NULL DEFAULT '',
        title TEXT NOT NULL,
        show TEXT NOT NULL DEFAULT '',
        duration_ms INTEGER NOT NULL DEFAULT 0,
        position_ms INTEGER NOT NULL DEFAULT 0,
        opened_order INTEGER NOT NULL DEFAULT 0,
        UNIQUE (sound, transcript)
    );
    CREATE TABLE clips (
        id INTEGER PRIMARY KEY,
        episode INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
        title TEXT NOT NULL,
        first_word INTEGER NOT NULL,
        end_word INTEGER NOT NULL,
        start_ms INTEGER NOT NULL,
        end_ms INTEGER NOT NULL
    );
    CREATE INDEX clips_of_episode ON clips (episode, start_ms);
    """,
)


@dataclass(frozen=True, slots=True)
class Episode:
    """A sound and its transcript, either of which may be missing, as the library knows them."""

    id: int
    sound: Path | None
    transcript: Path | None
    title: str
    show: str = ""
    duration_ms: int = 0
    position_ms: int = 0


@dataclass(frozen=True, slots=True)
class SavedClip:
    """A moment that was kept: the words `first_word` to before `end_word` of an episode, under a title."""

    id: int
    episode: int
    title: str
    first_word: int
    end_word: int
    start_ms: int
    end_ms: int


class Library:
    """The SQLite file behind the catalogue. One object belongs to one thread."""

    def __init__(self, path: Path | str) -> None:
        """Open or make the library (`:memory:` keeps nothing).

        Raises:
            EarmarkError: the file is no library, comes from a newer Earmark, or its folder cannot be written.
        """
        self.path = path
        try:
            if path != ":memory:":
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._migrate()
        except (sqlite3.Error, OSError) as error:
            self.close()
            raise EarmarkError(
                f"The library {path} cannot be opened ({error}); move it away to start a new one."
            ) from error

    def close(self) -> None:
        """Close the file; the object is of no use afterwards."""
        with suppress(AttributeError):  # It was never opened.
            self._db.close()

    def _migrate(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > len(_MIGRATIONS):
            self.close()
            raise EarmarkError(f"The library {self.path} was made by a newer Earmark; open it with that one.")
        for number, script in enumerate(_MIGRATIONS[version:], version + 1):
            self._db.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._db
        except sqlite3.Error as error:
            raise EarmarkError(
                f"The library {self.path} cannot be written ({error}); the last change is not kept."
            ) from error

    def _rows(self, query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise EarmarkError(
                f"The library {self.path} cannot be read ({error}); move it away to start a new one."
            ) from error

    # Episodes

    def remember(
        self, sound: Path | None, transcript: Path | None, title: str, *, show: str = "", duration_ms: int = 0
    ) -> Episode:
        """The episode of this pair, made if it is new, and now the one opened last."""
        key = (_stored(sound), _stored(transcript))
        with self._change() as db:
            db.execute(
                """
                INSERT INTO episodes (sound, transcript, title, show, duration_ms, opened_order)
                VALUES (?, ?, ?, ?, ?, (SELECT COALESCE(MAX(opened_order), 0) + 1 FROM episodes))
                ON CONFLICT (sound, transcript) DO UPDATE SET
                    title = excluded.title, show = excluded.show, opened_order = excluded.opened_order,
                    duration_ms = CASE WHEN excluded.duration_ms THEN excluded.duration_ms ELSE duration_ms END
                """,
                (*key, _writable(title), _writable(show), duration_ms),
            )
        return _episode(self._rows(f"{_EPISODES} WHERE sound = ? AND transcript = ?", key)[0])

    def recent(self, limit: int = 50) -> list[Episode]:
        """The episodes opened last, newest first."""
        return [_episode(row) for row in self._rows(f"{_EPISODES} ORDER BY opened_order DESC LIMIT ?", (limit,))]

    def keep_position(self, episode: int, position_ms: int) -> None:
        """Remember how far an episode was heard."""
        with self._change() as db:
            db.execute("UPDATE episodes SET position_ms = ? WHERE id = ?", (position_ms, episode))

    def forget(self, episode: int) -> None:
        """Take an episode and its clips out of the library; the user's files stay as they are."""
        with self._change() as db:
            db.execute("DELETE FROM episodes WHERE id = ?", (episode,))

    # Clips

    def keep_clip(self, episode: int, title: str, words: tuple[int, int], times_ms: tuple[int, int]) -> SavedClip:
        """Keep a moment: its words (first and before-last-plus-one) and its times."""
        title = _writable(title)
        with self._change() as db:
            cursor = db.execute(
                "INSERT INTO clips (episode, title, first_word, end_word, start_ms, end_ms) VALUES (?, ?, ?, ?, ?, ?)",
                (episode, title, *words, *times_ms),
            )
        return SavedClip(cursor.lastrowid or 0, episode, title, *words, *times_ms)

    def clips_of(self, episode: int) -> list[SavedClip]:
        """The clips of an episode in the order of their start."""
        rows = self._rows(
            "SELECT id, episode, title, first_word, end_word, start_ms, end_ms FROM clips"
            " WHERE episode = ? ORDER BY start_ms, id",
            (episode,),
        )
        return [SavedClip(*row) for row in rows]

    def rename_clip(self, clip: int, title: str) -> None:
        """Give a clip another title."""
        with self._change() as db:
            db.execute("UPDATE clips SET title = ? WHERE id = ?", (_writable(title), clip))

    def drop_clip(self, clip: int) -> None:
        """Remove a clip."""
        with self._change() as db:
            db.execute("DELETE FROM clips WHERE id = ?", (clip,))


_EPISODES = "SELECT id, sound, transcript, title, show, duration_ms, position_ms FROM episodes"


def _writable(text: str) -> str:
    """The text without the halves of surrogate pairs that a damaged file name leaves behind: SQLite takes none."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _stored(path: Path | None) -> str | bytes:
    """A path as the database keeps it: text, or the bytes of a name that is not UTF-8."""
    text = str(path or "")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return os.fsencode(text)
    return text


def _path(stored: str | bytes) -> Path | None:
    return Path(os.fsdecode(stored)) if stored else None


def _episode(row: tuple[Any, ...]) -> Episode:
    id, sound, transcript, *rest = row
    return Episode(id, _path(sound), _path(transcript), *rest)
