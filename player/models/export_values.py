"""What can be exported, and what was chosen of it."""

from dataclasses import dataclass

from player.models.values import ExportChoice

KINDS = ("captions", "sound", "page", "film")


@dataclass(frozen=True, slots=True)
class ExportScope:
    """Something that can be exported: a stretch, several clips, or the whole episode."""

    key: str  # range, chosen, all, hits or episode
    text: str  # What it is called in the list of all that can be exported.
    title: str
    about: str
    count: int = 1  # So many pieces.
    timed: bool = True
    has_sound: bool = True
    has_edges: bool = False  # Whether its edges were set, so that no air is added to it.

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole episode."""
        return self.key == "episode"

    @property
    def is_many(self) -> bool:
        """Whether it is several pieces."""
        return self.count > 1


@dataclass(frozen=True, slots=True)
class MediaChoice:
    """How sound, a page or a film is written."""

    suffix: str
    level: bool  # Whether it is brought to the loudness of podcasts.
    fade_ms: int
    shape: str = "square"
    dark: bool = False
    background: str = ""  # `#rrggbb`, the colour behind a film; "" leaves it to light or dark.
    copy: bool = False  # Whether sound is copied without encoding it anew.
    captions: bool = False  # Whether a caption file of the same name is written beside it.


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What the user chose."""

    scope: ExportScope
    kind: str  # One of KINDS.
    title: str
    captions: ExportChoice
    media: MediaChoice
    together: bool  # Whether several pieces become one, in their order.
    between_ms: int  # How long the silence between them is, or the crossfade.
    crossfade: bool
    pattern: str

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How the files end, for a job that writes pieces."""
        if self.kind == "captions":
            return tuple(dict.fromkeys(each.suffix for each in self.captions.formats))
        return (self.media.suffix, ".vtt") if self.media.captions else (self.media.suffix,)

    @property
    def gap_ms(self) -> int:
        """How long the silence between pieces is that become one."""
        return 0 if self.crossfade else self.between_ms

    @property
    def crossfade_ms(self) -> int:
        """How long they go over into each other instead."""
        return self.between_ms if self.crossfade else 0

    @property
    def is_folder(self) -> bool:
        """Whether many files go into a folder."""
        return self.scope.is_many and not self.together


@dataclass(frozen=True, slots=True)
class ExportCard:
    """What is to be seen of files before they are written."""

    title: str
    about: str
    rows: tuple[tuple[str, str], ...] = ()  # A time and what is said then, or "" and the name of a file.
    cover: bytes | None = None
    levels: tuple[float, ...] = ()  # How loud it is from its beginning to its end, 0 to 1.

    @property
    def text(self) -> str:
        """All of it as text, for those who do not see it."""
        return "\n".join([self.title, self.about, *(f"{time} {said}".strip() for time, said in self.rows)])


@dataclass(frozen=True, slots=True)
class ExportLook:
    """What is to be seen of an order: a card, or the beginning of a caption file and what is amiss in it."""

    card: ExportCard | None = None
    text: str = ""
    amiss: str = ""


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """Whether sound can be copied: into files that end so, "" for none, and how far edges would move then."""

    suffix: str = ""
    early_ms: int = 0
    late_ms: int = 0
