"""The transcripts of episodes: their words, the active one, and where kept moments are when either changes."""

import re
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index import mojibake
from index.errors import TranscriptError
from index.formats.base import ReadResult
from index.language import guess
from index.library import moments
from index.library.blob import digest_of, pack, unpack
from index.library.fingerprint import Print
from index.library.paths import restored, stored, writable
from index.library.store import Row, Store
from index.library.troubles import LibraryError
from index.library.values import Document, KnownFile, Version
from index.transcript import Transcript

_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?")  # A label such as the `de` of `talk.de.vtt`.


@dataclass(frozen=True, slots=True)
class Prepared:
    """A transcript ready to be stored; making one takes a while and needs no library, so any thread can."""

    transcript: Transcript
    packed: bytes
    content: str  # Its digest; see `digest_of`.
    words: int
    timing: str
    end_ms: int
    speakers: tuple[str, ...]
    language: str = ""
    format: str = ""
    warnings: tuple[str, ...] = ()
    is_repaired: bool = False


def prepare(reading: ReadResult, *, repair: bool = False) -> Prepared:
    """Pack what was read, its letters repaired or not; 100,000 words take some 60 ms."""
    transcript = mojibake.repair(reading.transcript) if repair else reading.transcript
    packed = pack(transcript)
    return Prepared(
        transcript,
        packed,
        digest_of(packed),
        len(transcript),
        transcript.timing,
        transcript.end_ms if transcript.timed else 0,
        transcript.speakers,
        guess(transcript.text),
        reading.format,
        reading.warnings,
        repair,
    )


def is_of(digest: str, packed: bytes, content: str) -> bool:
    """Whether words that were stored with a digest have that content; an earlier Earmark told digests otherwise."""
    if content == digest:
        return True
    with suppress(TranscriptError):
        return content == digest_of(packed)
    return False


class Versions:
    """The transcripts of every episode."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # Reading

    def of(self, episode: int) -> list[Version]:
        """The transcripts of an episode, the active one first."""
        rows = self._store.rows(f"{_VERSIONS} WHERE episode = ? ORDER BY active DESC, id", (episode,))
        return [_version(row) for row in rows]

    def words_of(self, version: int) -> Transcript | None:
        """The words of a transcript; None where they were not read yet.

        Raises:
            TranscriptError: what was stored is damaged.
        """
        row = self._store.row("SELECT packed FROM words WHERE transcript = ?", (version,))
        return unpack(row[0]) if row else None

    def active(self, episode: int) -> Transcript | None:
        """The words of the active transcript of an episode; None where there are none.

        Raises:
            TranscriptError: what was stored is damaged.
        """
        row = self._store.row(
            "SELECT packed FROM words JOIN transcripts ON transcripts.id = transcript WHERE episode = ? AND active",
            (episode,),
        )
        return unpack(row[0]) if row else None

    def reading(self, episode: int) -> ReadResult | None:
        """The active transcript of an episode with the words that the library has; None where it was not read.

        Raises:
            TranscriptError: what was stored is damaged.
        """
        active = next(iter(self.of(episode)), None)
        return self._reading(active) if active and active.active else None

    def reading_of(self, version: int) -> ReadResult | None:
        """A transcript with the words that the library has; None where it was not read, or is gone.

        Raises:
            TranscriptError: what was stored is damaged.
        """
        row = self._store.row(f"{_VERSIONS} WHERE id = ?", (version,))
        return self._reading(_version(row)) if row else None

    def _reading(self, version: Version) -> ReadResult | None:
        words = self.words_of(version.id)
        return ReadResult(words, version.format, version.warnings) if words is not None else None

    def revisions(self) -> dict[int, int]:
        """The revision of each episode that can be searched: one with words that is not in the bin.

        A revision is a whole number below 2**63. It grows whenever the words, title, show, date, tags, questions or
        speakers change, and no two states of an episode ever have the same one.
        """
        return dict(
            self._store.rows(
                "SELECT episodes.id, revision FROM episodes JOIN transcripts ON transcripts.episode = episodes.id"
                " WHERE active AND words > 0 AND binned_ms = 0"
            )
        )

    def document(self, episode: int) -> Document:
        """All that is to be searched of an episode.

        Raises:
            LibraryError: it is not in `revisions` any more.
            TranscriptError: its stored words are damaged.
        """
        found = self._store.row(
            "SELECT revision, episodes.title, COALESCE(shows.title, ''), date,"
            " CASE WHEN duration_ms THEN duration_ms ELSE transcripts.end_ms END, packed"
            " FROM episodes LEFT JOIN shows ON shows.id = show"
            " JOIN transcripts ON transcripts.episode = episodes.id AND active"
            " JOIN words ON transcript = transcripts.id"
            " WHERE episodes.id = ? AND words > 0 AND binned_ms = 0",
            (episode,),
        )
        if found is None:
            raise LibraryError("That episode is no longer in the library, or has no words.")
        revision, title, show, date, duration_ms, packed = found
        tags = self._store.rows("SELECT name FROM tags WHERE episode = ? ORDER BY name", (episode,))
        questions = self._store.rows("SELECT question FROM questions WHERE episode = ? ORDER BY number", (episode,))
        return Document(
            episode,
            revision,
            title,
            show,
            date,
            tuple(name for (name,) in tags),
            duration_ms,
            tuple(question for (question,) in questions),
            unpack(packed),
        )

    def file_of(self, episode: int, path: Path) -> KnownFile | None:
        """What is known of a file as a transcript of an episode; None where it is none."""
        row = self._store.row(
            "SELECT size, mtime_ns, content <> '', active, repaired FROM transcripts WHERE episode = ? AND path = ?",
            (episode, stored(path)),
        )
        return KnownFile(row[0], row[1], *map(bool, row[2:])) if row else None

    def is_repaired(self, episode: int) -> bool:
        """Whether the letters of the active transcript were repaired, so that it is not quite what its file says."""
        row = self._store.row("SELECT repaired FROM transcripts WHERE episode = ? AND active", (episode,))
        return row == (1,)

    # Writing

    def put(
        self,
        episode: int,
        path: Path | None,
        words: Prepared | None = None,
        file: Print | None = None,
        *,
        label: str = "",
        activate: bool = False,
    ) -> Version:
        """Store a transcript of an episode under its file's path, anew or in place of what was read from it before.

        Without `words` it is only noted that the file is there. The first transcript becomes active by itself. Clips
        and notes go along to the words where they were said.
        """
        with self._store.change() as db:
            found = self._store.row(
                "SELECT id, active FROM transcripts WHERE episode = ? AND path = ?", (episode, stored(path))
            )
            if found is None:
                cursor = db.execute(
                    "INSERT INTO transcripts (episode, path, label, language) VALUES (?, ?, ?, ?)",
                    (episode, stored(path), writable(label), label if _LANGUAGE.fullmatch(label) else ""),
                )
                found = (cursor.lastrowid, 0)
            id, active = found
            known = self.file_of(episode, path) if path and file else None
            if known and file and words and known.is_repaired and known.is_as_read(file.size, file.mtime_ns):
                words = words if words.is_repaired else None  # It is the same file, read without that.
            if file:
                db.execute(
                    "UPDATE transcripts SET size = ?, mtime_ns = ?, print = ? WHERE id = ?",
                    (file.size, file.mtime_ns, file.digest, id),
                )
            if words and not self._is_amended(db, id, words.content):
                self._take(db, id, bool(active), words)
            has_active = self._store.row("SELECT 1 FROM transcripts WHERE episode = ? AND active", (episode,))
            if activate or has_active is None:
                self.activate(id)
            return self._get(id)

    def rewrite(self, version: int, words: Prepared, before: Prepared | None = None) -> None:
        """Give a transcript other words than its file's; clips and notes go along.

        `before`: the words that it most likely has now, which spares reading them.
        """
        with self._store.change() as db:
            self._take(db, version, self._get(version).active, words, before)

    def _is_amended(self, db: sqlite3.Connection, id: int, content: str) -> bool:
        """Whether what was done to the transcript here counts, not its file, which has that content now.

        What people corrected outlives any change of the file. Times that were found for other words do not.
        """
        row = self._store.row(
            "SELECT content, original, corrections FROM amendments JOIN amended_words USING (transcript)"
            " WHERE transcript = ?",
            (id,),
        )
        if row is None or is_of(row[0], row[1], content) or row[2] != "[]":
            return row is not None
        db.execute("DELETE FROM amendments WHERE transcript = ?", (id,))
        db.execute("DELETE FROM amended_words WHERE transcript = ?", (id,))
        return False

    def _take(
        self, db: sqlite3.Connection, id: int, active: bool, words: Prepared, before: Prepared | None = None
    ) -> None:
        row = self._store.row("SELECT content, episode FROM transcripts WHERE id = ?", (id,))
        assert row is not None
        content, episode = row
        if content != words.content:
            if content and self._store.row("SELECT 1 FROM kept WHERE episode = ?", (episode,)):
                at_hand = before is not None and before.content == content
                old = before.transcript if before and at_hand else self.words_of(id)
                if old is not None:
                    moments.carry(db, episode, old, words.transcript, None if active else id)
            db.execute(
                "INSERT INTO words (transcript, packed) VALUES (?, ?)"
                " ON CONFLICT (transcript) DO UPDATE SET packed = excluded.packed",
                (id, words.packed),
            )
        db.execute(
            "UPDATE transcripts SET content = ?, words = ?, timing = ?, end_ms = ?, speakers = ?, repaired = ?,"
            " language = CASE language WHEN '' THEN ? ELSE language END, format = ?, warnings = ? WHERE id = ?",
            (
                words.content,
                words.words,
                words.timing,
                words.end_ms,
                writable("\n".join(words.speakers)),
                words.is_repaired,
                words.language,
                words.format,
                writable("\n".join(words.warnings)),
                id,
            ),
        )

    def activate(self, version: int) -> None:
        """Make this the transcript that is read and searched; clips and notes move to their places in it.

        Where each was in the transcript that was active until now is remembered.
        """
        with self._store.change() as db:
            new = self._get(version)
            old = self._store.row("SELECT id FROM transcripts WHERE episode = ? AND active", (new.episode,))
            if old and old[0] == version:
                return
            db.execute("UPDATE transcripts SET active = 0 WHERE episode = ? AND active", (new.episode,))
            db.execute("UPDATE transcripts SET active = 1 WHERE id = ?", (version,))
            if old and self._store.row("SELECT 1 FROM kept WHERE episode = ?", (new.episode,)):
                moments.switch(db, new.episode, old[0], version, self.words_of(old[0]), self.words_of(version))

    def drop(self, version: int) -> None:
        """Take a transcript out of the library, its file stays; the next one becomes active where it was."""
        with self._store.change() as db:
            gone = self._get(version)
            others = [each.id for each in self.of(gone.episode) if each.id != version]
            if gone.active and others:
                self.activate(others[0])
            db.execute("DELETE FROM transcripts WHERE id = ?", (version,))

    def _get(self, version: int) -> Version:
        row = self._store.row(f"{_VERSIONS} WHERE id = ?", (version,))
        if row is None:
            raise LibraryError("That transcript is no longer in the library; open its file again.")
        return _version(row)


_VERSIONS = (
    "SELECT id, episode, path, label, language, format, warnings, active, words, timing, content <> '' FROM transcripts"
)


def _version(row: Row) -> Version:
    id, episode, path, label, language, format, warnings, active, words, timing, is_stored = row
    told: Sequence[str] = warnings.split("\n") if warnings else ()
    return Version(
        id,
        episode,
        restored(path),
        label,
        language,
        format,
        tuple(told),
        bool(active),
        words,
        timing,
        bool(is_stored),
    )
