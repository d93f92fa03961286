"""What the library gives out: episodes, transcripts, clips, notes and saved searches as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.chapters import Chapter
from index.transcript import Transcript, WordRange


@dataclass(frozen=True, slots=True)
class Episode:
    """A sound and its transcript, either of which may be missing, as the library knows them."""

    id: int
    sound: Path | None
    transcript: Path | None  # The file of the active transcript; None too where its words came from a table.
    title: str
    show: str = ""
    duration_ms: int = 0  # Of the sound, or without one until the last word.
    position_ms: int = 0
    date: str = ""  # YYYY-MM-DD, or only its beginning where no more is known.
    heard: bool = False
    tags: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    words: int = 0  # Of the active transcript, as far as it was read.
    timing: str = ""  # As `Transcript.timing`; "" where no words are known.
    added_ms: int = 0  # ms since 1970.
    opened: int = 0  # The larger, the later it was opened; 0: never.
    binned_ms: int = 0  # When it was put into the bin; 0: it is not in there.
    cover: str = ""  # What its picture is told by; "" where there is none.


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of an episode beyond its row in a list."""

    summary: str = ""  # The show notes, plain text.
    url: str = ""
    questions: tuple[str, ...] = ()
    cover: bytes | None = None  # The bytes of a picture file.


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file, its name or a table says of an episode; empty where it says nothing."""

    title: str = ""
    show: str = ""
    date: str = ""
    duration_ms: int = 0
    url: str = ""
    summary: str = ""
    questions: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    cover: bytes | None = None

    def over(self, other: "Facts") -> "Facts":
        """These facts, and those of the other for what these do not say."""
        return Facts(**{name: getattr(self, name) or getattr(other, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True)
class Version:
    """One of the transcripts of an episode."""

    id: int
    episode: int
    path: Path | None
    label: str = ""  # What its file's name adds to the sound's: `en`, `corrected`.
    language: str = ""
    format: str = ""
    warnings: tuple[str, ...] = ()
    active: bool = False
    words: int = 0
    timing: str = ""
    is_stored: bool = False  # Whether its words are in the library; else they are read when it becomes active.


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A transcript's file as it was when it was read last."""

    size: int  # bytes
    mtime_ns: int
    is_stored: bool
    is_active: bool
    is_repaired: bool  # Its letters were.

    @property
    def is_wanted(self) -> bool:
        """Whether its words belong into the library; others are read when somebody chooses them."""
        return self.is_stored or self.is_active

    def is_as_read(self, size: int, mtime_ns: int) -> bool:
        """Whether there is nothing to read in a file that is so long and was changed then."""
        return not self.is_wanted or (self.is_stored and (self.size, self.mtime_ns) == (size, mtime_ns))


@dataclass(frozen=True, slots=True)
class Document:
    """All that a search index needs to know of an episode, at one revision."""

    episode: int
    revision: int
    title: str
    show: str
    date: str
    tags: tuple[str, ...]
    duration_ms: int
    questions: tuple[str, ...]
    transcript: Transcript


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
    remark: str = ""  # What somebody said of it; `#words` in it are its tags.
    place: int = 0  # In the order people gave to clips; 0: none yet, by time.


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote beside words of an episode, or marked in a colour."""

    id: int
    episode: int
    text: str
    colour: str  # A name such as `yellow`, or "".
    first_word: int
    end_word: int
    start_ms: int
    end_ms: int
    made_ms: int = 0  # ms since 1970.

    @property
    def words(self) -> WordRange:
        """The words it belongs to."""
        return WordRange(self.first_word, self.end_word)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query under a name, and how many hits each episode had when it was last looked at."""

    id: int
    name: str
    query: str
    seen_ms: int  # ms since 1970; 0: never.
    seen: Mapping[int, int]

    def new_in(self, hits: Mapping[int, int]) -> dict[int, int]:
        """How many of today's hits were not there the last time, by episode; episodes without new ones left out."""
        more = ((episode, count - self.seen.get(episode, 0)) for episode, count in hits.items())
        return {episode: count for episode, count in more if count > 0}
