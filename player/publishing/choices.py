"""What can be chosen about what is published: as what, and how."""

from dataclasses import dataclass
from pathlib import Path

SOUND_SUFFIXES = (".mp3", ".m4a", ".opus", ".flac", ".wav")
PAGE_SUFFIXES = (".html", ".htm")
FILM_SUFFIXES = (".mp4",)

PATTERN = "{n} {title}"
"""How many files in a folder are named unless one says otherwise."""

SHAPES = {"square": (1080, 1080), "portrait": (1080, 1920), "landscape": (1920, 1080)}
"""The shapes of films, in pixels."""


@dataclass(frozen=True, slots=True)
class FilmStyle:
    """How a film looks: its shape, light or dark, and a background of another colour than the window's."""

    shape: str = "square"
    dark: bool = False
    background: str = ""  # `#rrggbb`; light or dark letters are chosen for it.

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return SHAPES[self.shape]


@dataclass(frozen=True, slots=True)
class Choices:
    """How a piece is written."""

    fade_ms: int = 8  # How long each stretch takes to come in and to go out.
    loudness_lufs: float | None = None  # The loudness that each is brought to; None leaves it as it is.
    film: FilmStyle = FilmStyle()
    language: str = ""  # Of a page, BCP 47.
    word_times: bool = False  # Captions that carry the time of every word.
    copy: bool = False  # Whether one stretch of sound is copied without encoding it anew; its edges may move then.


AS_IT_IS = Choices()


def needs_sound(target: Path) -> bool:
    """Whether a file of that suffix holds sound, so that a piece needs some to be written to it."""
    return target.suffix.lower() in (*SOUND_SUFFIXES, *PAGE_SUFFIXES, *FILM_SUFFIXES)
