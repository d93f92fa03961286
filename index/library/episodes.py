"""The episodes of the library: making them, what is known of them, how far they were heard."""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from index.chapters import Chapter
from index.library.fingerprint import Print
from index.library.listing import EPISODES, EVERYTHING, EpisodeFilter, Sort, episode_of, select, shows, speakers, tags
from index.library.paths import stored, writable
from index.library.store import Store, now_ms
from index.library.troubles import LibraryError
from index.library.values import Details, Episode, Facts
from index.library.versions import Prepared, Versions
from index.plaintext import one_line

_HEARD = 0.97  # So much of it heard counts as all of it: few people hear the credits to their end.
_FACTS = ("title", "show", "date", "url", "summary", "duration_ms")
_MAX_COVER = 1 << 20  # bytes; larger pictures stay in the sound file alone.


class Episodes:
    """The rows of episodes."""

    def __init__(self, store: Store, versions: Versions) -> None:
        self._store = store
        self._versions = versions

    # Reading

    def get(self, episode: int) -> Episode | None:
        """An episode by its number, from the bin too; None where there is none."""
        row = self._store.row(f"{EPISODES} WHERE episode.id = ?", (episode,))
        return episode_of(row) if row else None

    def recent(self, limit: int = 50) -> list[Episode]:
        """The episodes opened last, newest first, then those never opened."""
        query = f"{EPISODES} WHERE episode.binned_ms = 0 ORDER BY episode.opened_order DESC, episode.id DESC LIMIT ?"
        return [episode_of(row) for row in self._store.rows(query, (limit,))]

    def count(self) -> int:
        """How many episodes there are, those in the bin among them."""
        return int(self._store.rows("SELECT count(*) FROM episodes")[0][0])

    def select(
        self, wanted: EpisodeFilter = EVERYTHING, sort: Sort = "added", *, descending: bool = False
    ) -> list[Episode]:
        """The episodes that pass the filter, in order (see `listing.select`)."""
        return select(self._store, wanted, sort, descending=descending)

    def shows(self) -> dict[str, int]:
        """The shows and how many episodes each has, by name."""
        return shows(self._store)

    def tags(self) -> dict[str, int]:
        """The tags and how many episodes each has, by name."""
        return tags(self._store)

    def speakers(self) -> dict[str, int]:
        """Who speaks, and in how many episodes, most of them first."""
        return speakers(self._store)

    def details(self, episode: int) -> Details:
        """What is known of an episode beyond its row; all empty where there is no such episode."""
        row = self._store.row(
            "SELECT summary, url, picture FROM episodes LEFT JOIN covers ON covers.digest = cover WHERE id = ?",
            (episode,),
        )
        if row is None:
            return Details()
        asked = self._store.rows("SELECT question FROM questions WHERE episode = ? ORDER BY number", (episode,))
        return Details(row[0], row[1], tuple(question for (question,) in asked), row[2])

    def picture(self, cover: str) -> bytes | None:
        """The picture file of a cover, by what `Episode.cover` tells it by."""
        row = self._store.row("SELECT picture FROM covers WHERE digest = ?", (cover,))
        return row[0] if row else None

    def chapters(self, episode: int) -> list[Chapter]:
        """The chapters of an episode in order."""
        query = "SELECT start_ms, end_ms, title FROM chapters WHERE episode = ? ORDER BY start_ms"
        return [Chapter(*row) for row in self._store.rows(query, (episode,))]

    def having(self, sound: Path | None, transcript: Path | None) -> int | None:
        """The episode that has this sound; without one, that has this transcript; None where there is none.

        Of several the one that has both, is not in the bin, and was opened last.
        """
        where = "sound = ?" if sound else "id IN (SELECT episode FROM transcripts WHERE path = ?)"
        both_first = "id IN (SELECT episode FROM transcripts WHERE path = ?) DESC"
        row = self._store.row(
            f"SELECT id FROM episodes WHERE {where} ORDER BY {both_first}, binned_ms, opened_order DESC LIMIT 1",
            (stored(sound or transcript), stored(transcript)),
        )
        return row[0] if row else None

    # Making

    def add(self, sound: Path | None, file: Print | None, facts: Facts) -> int:
        """A new episode with this sound, or without one; gives its number."""
        with self._store.change() as db:
            cursor = db.execute(
                "INSERT INTO episodes (sound, title, added_ms) VALUES (?, ?, ?)",
                (stored(sound), writable(facts.title), now_ms()),
            )
            episode = cursor.lastrowid or 0
            if sound and file:
                self.set_sound(episode, sound, file)
            self.fill(episode, facts)
        return episode

    def open(
        self,
        sound: Path | None,
        transcript: Path | None,
        title: str,
        words: Prepared | None = None,
        file: Print | None = None,
        *,
        episode: int | None = None,
    ) -> Episode:
        """The episode of these files, made if it is new, taken out of the bin, and now the one opened last.

        The transcript becomes the active one; `words` is what was read from it, `file` its print. `episode` says which
        one it is where the files alone may not.
        """
        with self._store.change() as db:
            if episode is None or self.get(episode) is None:
                episode = self.having(sound, transcript)
            if episode is None and sound and transcript:
                episode = self.awaiting_sound(transcript)
            if episode is None:
                episode = self.add(sound, None, Facts(title=title))
            db.execute(
                "UPDATE episodes SET sound = CASE sound WHEN '' THEN ? ELSE sound END, binned_ms = 0, opened_order ="
                " (SELECT MAX(opened_order) + 1 FROM episodes) WHERE id = ?",
                (stored(sound), episode),
            )
            if transcript:
                self._versions.put(episode, transcript, words, file, activate=True)
        return self._get(episode)

    def awaiting_sound(self, transcript: Path) -> int | None:
        """The episode that has this transcript and no sound yet; None where there is none."""
        row = self._store.row(
            "SELECT id FROM episodes WHERE sound = '' AND id IN (SELECT episode FROM transcripts WHERE path = ?)",
            (stored(transcript),),
        )
        return row[0] if row else None

    def set_sound(self, episode: int, sound: Path, file: Print) -> None:
        """Say where the sound of an episode lies, now or at last."""
        with self._store.change() as db:
            db.execute(
                "UPDATE episodes SET sound = ?, sound_size = ?, sound_print = ? WHERE id = ?",
                (stored(sound), file.size, file.digest, episode),
            )

    def move(self, episode: int, old: Path, new: Path, file: Print) -> None:
        """Say that a file of an episode, its sound or a transcript, lies elsewhere now; all else stays."""
        with self._store.change() as db:
            db.execute(
                "UPDATE episodes SET sound = ?, sound_size = ?, sound_print = ? WHERE id = ? AND sound = ?",
                (stored(new), file.size, file.digest, episode, stored(old)),
            )
            db.execute(
                "UPDATE transcripts SET path = ?, size = ?, mtime_ns = ?, print = ? WHERE episode = ? AND path = ?",
                (stored(new), file.size, file.mtime_ns, file.digest, episode, stored(old)),
            )

    # What is known

    def fill(self, episode: int, facts: Facts) -> Episode:
        """Take what a file says of an episode, save for what people wrote themselves; what it does not say stays."""
        with self._store.change() as db:
            edited = self._edited(episode)
            self._set(db, episode, {name: getattr(facts, name) for name in _FACTS if name not in edited}, keep=True)
            if facts.questions and facts.questions != self.details(episode).questions:
                db.execute("DELETE FROM questions WHERE episode = ?", (episode,))
                for number, question in enumerate(facts.questions):
                    db.execute("INSERT INTO questions VALUES (?, ?, ?)", (episode, number, writable(question)))
            if facts.chapters:
                db.execute("DELETE FROM chapters WHERE episode = ?", (episode,))
                for chapter in facts.chapters:
                    row = (episode, chapter.start_ms, chapter.end_ms, writable(chapter.title))
                    db.execute(
                        "INSERT OR IGNORE INTO chapters (episode, start_ms, end_ms, title) VALUES (?, ?, ?, ?)", row
                    )
            if facts.cover and len(facts.cover) <= _MAX_COVER:
                digest = hashlib.blake2b(facts.cover, digest_size=16).hexdigest()
                db.execute("INSERT OR IGNORE INTO covers VALUES (?, ?)", (digest, facts.cover))
                db.execute("UPDATE episodes SET cover = ? WHERE id = ?", (digest, episode))
        return self._get(episode)

    def edit(
        self,
        episodes: Iterable[int],
        *,
        title: str | None = None,
        show: str | None = None,
        date: str | None = None,
        summary: str | None = None,
    ) -> None:
        """Write facts of episodes oneself: no file overrules them. None leaves a fact as it is, "" the title."""
        facts = {"title": title and one_line(title), "show": show, "date": date, "summary": summary}
        chosen = {name: value for name, value in facts.items() if value is not None and (value or name != "title")}
        with self._store.change() as db:
            for episode in episodes:
                self._set(db, episode, chosen, keep=False)
                edited = " ".join(sorted({*self._edited(episode), *chosen}))
                db.execute("UPDATE episodes SET edited = ? WHERE id = ?", (edited, episode))

    def _set(self, db: sqlite3.Connection, episode: int, facts: Mapping[str, str | int], *, keep: bool) -> None:
        for name, value in facts.items():
            if value or not keep:
                value = writable(value) if isinstance(value, str) else value
                column = "(SELECT id FROM shows WHERE title = ?)" if name == "show" else "?"
                if name == "show" and value:
                    db.execute("INSERT OR IGNORE INTO shows (title) VALUES (?)", (value,))
                db.execute(f"UPDATE episodes SET {name} = {column} WHERE id = ?", (value, episode))
        if "show" in facts:
            db.execute("DELETE FROM shows WHERE id NOT IN (SELECT show FROM episodes WHERE show IS NOT NULL)")

    def _edited(self, episode: int) -> Sequence[str]:
        row = self._store.row("SELECT edited FROM episodes WHERE id = ?", (episode,))
        return row[0].split() if row else ()

    def tag(self, episodes: Iterable[int], *names: str) -> None:
        """Give tags to episodes; capitals make no difference to those they have."""
        with self._store.change() as db:
            for episode in episodes:
                for name in filter(None, (one_line(name, 60) for name in names)):
                    db.execute("INSERT OR IGNORE INTO tags VALUES (?, ?)", (episode, name))

    def untag(self, episodes: Iterable[int], *names: str) -> None:
        """Take tags from episodes."""
        with self._store.change() as db:
            for episode in episodes:
                for name in names:
                    db.execute("DELETE FROM tags WHERE episode = ? AND name = ?", (episode, one_line(name, 60)))

    # Hearing

    def keep_position(self, episode: int, position_ms: int) -> None:
        """Remember how far an episode was heard; who comes to its end has heard it."""
        with self._store.change() as db:
            db.execute(
                "UPDATE episodes SET heard = heard OR (duration_ms > 0 AND position_ms < duration_ms * :share"
                " AND :now >= duration_ms * :share), position_ms = :now WHERE id = :episode",
                {"now": position_ms, "share": _HEARD, "episode": episode},
            )

    def set_heard(self, episodes: Iterable[int], heard: bool) -> None:
        """Mark episodes as heard or not heard."""
        with self._store.change() as db:
            db.executemany("UPDATE episodes SET heard = ? WHERE id = ?", [(heard, episode) for episode in episodes])

    def _get(self, episode: int) -> Episode:
        found = self.get(episode)
        if found is None:
            raise LibraryError("That episode is no longer in the library; add its files again.")
        return found
