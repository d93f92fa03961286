"""The library as one object: its file, and the parts that each know one kind of thing in it."""

from pathlib import Path

from index.library.amended import AmendedTranscripts
from index.library.bin import Bin
from index.library.episodes import Episodes
from index.library.kept import Clips, Notes
from index.library.searches import Searches
from index.library.store import Store
from index.library.values import Document
from index.library.versions import Versions
from index.transcript import Transcript


class Library:
    """Every episode and what people made of it, in one SQLite file. One object belongs to one thread."""

    def __init__(self, path: Path | str) -> None:
        """Open or make the library (`:memory:` keeps nothing).

        Raises:
            LibraryError: the file is damaged or no library, comes from a newer Earmark, or its folder cannot be
                written; nothing was overwritten, and the error knows the newest backup.
        """
        self.store = Store(path)
        self.path = path
        self.transcripts = Versions(self.store)
        self.amendments = AmendedTranscripts(self.store, self.transcripts)
        self.episodes = Episodes(self.store, self.transcripts)
        self.bin = Bin(self.store)
        self.clips = Clips(self.store)
        self.notes = Notes(self.store)
        self.searches = Searches(self.store)

    def close(self) -> None:
        """Close the file; the object is of no use afterwards."""
        self.store.close()

    def changed_elsewhere(self) -> bool:
        """Whether another process or thread has changed the library since this was asked last; the first time none has.

        Raises:
            LibraryError: it cannot be read.
        """
        return self.store.changed_elsewhere()

    def is_otherwise(self, episode: int) -> bool:
        """Whether the words of an episode are not as their file has them, for they were corrected or repaired here."""
        return self.amendments.hold(episode) or self.transcripts.is_repaired(episode)

    def revisions(self) -> dict[int, int]:
        """The revision of each episode that can be searched (see `Versions.revisions`)."""
        return self.transcripts.revisions()

    def document(self, episode: int) -> Document:
        """All that is to be searched of an episode.

        Raises:
            LibraryError: it is not in `revisions` any more.
            TranscriptError: its stored words are damaged.
        """
        return self.transcripts.document(episode)

    def transcript_of(self, episode: int) -> Transcript | None:
        """The words of an episode; None where there are none.

        Raises:
            TranscriptError: its stored words are damaged.
        """
        return self.transcripts.active(episode)
