"""What can be chosen about what is published."""

from dataclasses import dataclass

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


AS_IT_IS = Choices()
