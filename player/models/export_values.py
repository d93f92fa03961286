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


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What the user chose."""

    scope: ExportScope
    kind: str  # One of KINDS.
    title: str
    captions: ExportChoice
    media: MediaChoice
    together: bool  # Whether several pieces become one, in their order.
    gap_ms: int
    pattern: str

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How the files end, for a job that writes pieces."""
        if self.kind == "captions":
            return tuple(dict.fromkeys(each.suffix for each in self.captions.formats))
        return (self.media.suffix,)

    @property
    def is_folder(self) -> bool:
        """Whether many files go into a folder."""
        return self.scope.is_many and not self.together
