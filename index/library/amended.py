"""What was found and corrected of transcripts, kept beside them: it outlives their files, and can be taken back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from index.amendments import Amended, Amendments, amend
from index.corrections import Correction, CorrectionError, from_json, to_json
from index.formats.base import ReadResult
from index.library.blob import pack, unpack
from index.library.paths import writable
from index.library.store import Store
from index.library.versions import Prepared, Versions, is_of, prepare
from index.transcript import Transcript


@dataclass(frozen=True, slots=True)
class StoredAmendments:
    """Amendments as they are stored; reading and making them takes a while and needs no library, so any thread can."""

    content: str  # The digest of the original, as `Prepared` has it.
    original: bytes
    found: bytes | None
    alignment: int
    searched: bool
    corrections: str

    def read(self) -> Amendments:
        """The amendments.

        Raises:
            EarmarkError: what was stored is damaged.
        """
        found = unpack(self.found) if self.found else None
        return Amendments(unpack(self.original), found, self.alignment, self.searched, read(self.corrections))


@dataclass(frozen=True, slots=True)
class PreparedAmendments:
    """Amendments put to work, ready to be shown and kept; making them takes a while and needs no library."""

    amendments: Amendments
    amended: Amended
    words: Prepared
    before: Prepared  # The words that the library has until now.
    original: Prepared
    stored: StoredAmendments


def prepare_amended(
    amendments: Amendments, reading: ReadResult, before: Prepared | Transcript, original: Prepared | None = None
) -> PreparedAmendments:
    """Put amendments to work; `before` are the words that the library has, `original` those of the file.

    Raises:
        CorrectionError: a correction does not fit these words.
    """

    def prepared(transcript: Transcript) -> Prepared:
        return prepare(replace(reading, transcript=transcript))

    amended = amend(amendments)
    before = prepared(before) if isinstance(before, Transcript) else before
    original = original or (before if before.transcript is amendments.original else prepared(amendments.original))
    words = prepared(amended.transcript) if amended.transcript is not amendments.original else original
    return PreparedAmendments(amendments, amended, words, before, original, _stored(amendments, original))


def _stored(amendments: Amendments, original: Prepared) -> StoredAmendments:
    found = pack(amendments.found) if amendments.found else None
    return StoredAmendments(
        original.content,
        original.packed,
        found,
        amendments.alignment,
        amendments.searched,
        written(amendments.corrections),
    )


def written(corrections: Sequence[Correction]) -> str:
    """Corrections as JSON."""
    return json.dumps([to_json(each) for each in corrections], separators=(",", ":"))


def read(corrections: str) -> tuple[Correction, ...]:
    """The corrections that were `written`.

    Raises:
        CorrectionError: they are damaged.
    """
    try:
        return tuple(from_json(each) for each in json.loads(corrections))
    except (ValueError, TypeError) as error:
        raise CorrectionError("The corrections in the library are damaged; the file is shown.") from error


class State(NamedTuple):
    """What tells whether a transcript has other words by now, or more was done to it."""

    content: str
    alignment: int
    corrections: str


class Unsearched(NamedTuple):
    """A transcript whose words are still to be looked for in the sound."""

    episode: int
    version: int
    language: str  # Such as `en` or `de-AT`; "" where nobody knows.


class AmendedTranscripts:
    """The amendments of every transcript."""

    def __init__(self, store: Store, versions: Versions) -> None:
        self._store = store
        self._versions = versions

    def of(self, version: int) -> StoredAmendments | None:
        """What was done to a transcript; None where nothing was."""
        row = self._store.row(
            "SELECT content, original, found, alignment, searched, corrections FROM amendments"
            " JOIN amended_words USING (transcript) WHERE transcript = ?",
            (version,),
        )
        if row is None:
            return None
        content, original, found, alignment, searched, corrections = row
        return StoredAmendments(content, original, found, alignment, bool(searched), corrections)

    def hold(self, episode: int) -> bool:
        """Whether the active transcript of an episode was amended: then the library's words are those to be shown."""
        row = self._store.row(
            "SELECT 1 FROM amendments JOIN transcripts ON transcripts.id = transcript WHERE episode = ? AND active",
            (episode,),
        )
        return row is not None

    def unsearched(self) -> list[Unsearched]:
        """The active transcripts of episodes with a sound whose words are still to be looked for, the newest first."""
        rows = self._store.rows(
            "SELECT episodes.id, transcripts.id, transcripts.language FROM episodes"
            " JOIN transcripts ON transcripts.episode = episodes.id AND active"
            " LEFT JOIN amendments ON amendments.transcript = transcripts.id"
            " WHERE timing IN ('estimated', 'mixed') AND sound <> '' AND words > 0 AND binned_ms = 0"
            " AND COALESCE(searched, 0) = 0 ORDER BY episodes.id DESC"
        )
        return [Unsearched(*row) for row in rows]

    def outlive(self, episode: int, content: str) -> bool:
        """Whether people corrected the active transcript of an episode before its file had this content."""
        row = self._store.row(
            "SELECT amendments.content, original FROM amendments JOIN amended_words USING (transcript)"
            " JOIN transcripts ON transcripts.id = transcript WHERE episode = ? AND active",
            (episode,),
        )
        return row is not None and not is_of(row[0], row[1], content)

    def keep(self, version: int, stored: StoredAmendments, words: Prepared, before: Prepared | None = None) -> None:
        """Keep what was done to a transcript, and its words as they are with that: lists and searches have those.

        Clips and notes go along; `before` are the words as they were until now, where they are at hand. From now on
        the file is no longer what counts, until all is taken back.
        """
        with self._store.change() as db:
            db.execute(
                "INSERT OR REPLACE INTO amendments VALUES (?, ?, ?, ?, ?)",
                (version, stored.content, stored.alignment, stored.searched, writable(stored.corrections)),
            )
            found = (version, stored.original, stored.found)
            if not self._store.row(  # A correction leaves them as they are, and they are long to write.
                "SELECT 1 FROM amended_words WHERE transcript = ? AND original = ? AND found IS ?", found
            ):
                db.execute("INSERT OR REPLACE INTO amended_words VALUES (?, ?, ?)", found)
            self._versions.rewrite(version, words, before)

    def state(self, version: int) -> State | None:
        """The words of a transcript and what was done to it, in short; None where there is no such transcript."""
        row = self._store.row(
            "SELECT transcripts.content, COALESCE(alignment, 0), COALESCE(corrections, '') FROM transcripts"
            " LEFT JOIN amendments ON amendments.transcript = transcripts.id WHERE transcripts.id = ?",
            (version,),
        )
        return State(*row) if row else None

    def keep_if_still(self, state: State, version: int, made: PreparedAmendments) -> bool:
        """As `keep`, but only if nobody has changed the transcript since its `state` was that; gives whether."""
        with self._store.change():
            if self.state(version) != state:
                return False
            self.keep(version, made.stored, made.words, made.before)
        return True

    def drop(self, version: int, original: Prepared, before: Prepared | None = None) -> None:
        """Take all of it back: the words are those of the file again; `before` as in `keep`."""
        with self._store.change() as db:
            db.execute("DELETE FROM amendments WHERE transcript = ?", (version,))
            db.execute("DELETE FROM amended_words WHERE transcript = ?", (version,))
            self._versions.rewrite(version, original, before)
