"""Which words of a page are drawn in an ink of their own: what is being spoken, the hit gone to, the selection."""

from dataclasses import dataclass

from PySide6.QtGui import QTextCharFormat

from index.transcript import WordRange
from player.theme import Theme
from player.widgets.marks import Marks
from player.widgets.page import Page
from player.widgets.page_layout import Ink

_MONOLOGUE = 400  # A turn of more words is lit a paragraph at a time.


@dataclass(frozen=True, slots=True)
class Light:
    """What is lit on a page: words in full ink, the one being spoken in that of its mark, and what is selected."""

    lit: tuple[WordRange, ...]
    now: int | None
    selected: tuple[int, int] | None  # Places of the text.

    def inks(self, page: Page, theme: Theme) -> list[Ink]:
        """The inks; only the selection lies over others, because where two inks overlap both would be seen."""
        inks = [_ink(page, part, theme, "ink") for words in self.lit for part in self._without_now(words)]
        if self.now is not None:
            inks.append(_ink(page, WordRange(self.now, self.now + 1), theme, "on_word_now"))
        if self.selected:
            how = QTextCharFormat()
            how.setForeground(theme.color("ink"))
            how.setBackground(theme.color("selection"))
            inks.append((*self.selected, how))
        return inks

    def _without_now(self, words: WordRange) -> list[WordRange]:
        if self.now is None or self.now not in words:
            return [words]
        parts = (WordRange(words.first, self.now), WordRange(self.now + 1, words.end))
        return [part for part in parts if part]


def light_of(page: Page, marks: Marks, selected: tuple[int, int] | None) -> Light:
    """What is lit, of the words that are written."""
    now = marks.now if marks.now is not None and marks.now < page.written else None
    hit = marks.hits[marks.hit] if marks.hit is not None and marks.hit < len(marks.hits) else None
    lit = (None if now is None else _around(page, now), hit if hit and hit.end <= page.written else None)
    return Light(tuple(words for words in lit if words), now, selected)


def _around(page: Page, word: int) -> WordRange:
    """The words that are lit with the one being spoken: its turn, of a monologue a paragraph."""
    transcript = page.transcript
    words = transcript.turn(transcript.turn_of(word)).words
    if len(words) <= _MONOLOGUE and words.end <= page.written:
        return words
    return page.paragraphs[page.paragraph_of(word)].words


def _ink(page: Page, words: WordRange, theme: Theme, color: str) -> Ink:
    how = QTextCharFormat()
    how.setForeground(theme.color(color))
    return page.position_of(words.first), page.end_of(words.end - 1), how
