"""How the blocks of a page are written: the ink, the size and the room of each kind, in one theme at one size."""

from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat

from player.theme import Theme, font

_LINE_HEIGHT = 1.34  # Of the font's own.


class Kind(IntEnum):
    """What a block of a page is."""

    TITLE = 0
    ABOUT = 1
    NAME = 2  # Of a speaker, above what they say.
    NAMED = 3  # Words under the name of their speaker,
    TURN = 4  # those that begin a turn without one,
    FURTHER = 5  # and those that go on with a turn.


WORDS = (Kind.NAMED, Kind.TURN, Kind.FURTHER)
_FONTS = {Kind.TITLE: ("title", True), Kind.ABOUT: ("small", False), Kind.NAME: ("body", True)}
_ABOVE = {Kind.ABOUT: 6, Kind.NAME: 18, Kind.NAMED: 2, Kind.TURN: 18, Kind.FURTHER: 10}  # Pixels at a scale of 1.


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """How one block is written."""

    characters: QTextCharFormat
    above: int  # Pixels free above it.
    line_height: float  # From one line to the next, as a multiple of the font's own height.


class PageStyle:
    """The styles of all blocks in one theme and at one size."""

    def __init__(self, theme: Theme, scale: float) -> None:
        self._theme, self.scale = theme, scale
        self._made: dict[tuple[int, int], BlockStyle] = {}

    def of(self, kind: int, speaker: int) -> BlockStyle:
        """How a block of a kind is written; a name in the colour of its speaker."""
        key = (kind, speaker if kind == Kind.NAME else -1)
        if key not in self._made:
            characters = QTextCharFormat()
            characters.setFont(self.font(kind))
            characters.setForeground(
                self._theme.speaker(speaker)
                if kind == Kind.NAME
                else self._theme.color("ink" if kind == Kind.TITLE else "soft")
            )
            above = round(_ABOVE.get(Kind(kind), 0) * self.scale)
            self._made[key] = BlockStyle(characters, above, _LINE_HEIGHT if kind in WORDS else 1.0)
        return self._made[key]

    def font(self, kind: int) -> QFont:
        """The font of a kind."""
        size, bold = _FONTS.get(Kind(kind), ("transcript", False))
        return font(size, scale=self.scale, weight=QFont.Weight.DemiBold if bold else QFont.Weight.Normal)

    def estimates(self, sample: str, width: float) -> tuple[list[float], float]:
        """For blocks not laid out yet: pixels that each kind takes by itself, and pixels a character of its words.

        `sample` is some of the text, from which the width of its characters is taken; lines are `width` pixels long.
        """
        metrics = QFontMetricsF(self.font(Kind.NAMED))
        advance = metrics.horizontalAdvance(sample) / len(sample) if sample else metrics.averageCharWidth()
        line = metrics.height() * _LINE_HEIGHT
        fixed = [
            self.of(kind, -1).above + (line / 2 if kind in WORDS else QFontMetricsF(self.font(kind)).height())
            for kind in Kind
        ]
        return fixed, line * advance / max(1.0, width)  # A last line is half full, all in all.
