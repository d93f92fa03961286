"""A transcript laid out as a text document, and where each of its words stands in it."""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextOption

from index.paragraphs import Paragraph, paragraphs
from index.plaintext import one_line, shown
from index.transcript import Transcript
from player.theme import Theme, font

_LINE_HEIGHT = 134  # Percent of the font's own.
_AUTO = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_FRAME_BORDERS = {0xFDD0: "\ufffd", 0xFDD1: "\ufffd"}  # QTextBeginningOfFrame and QTextEndOfFrame
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above the words: the episode's title and a line about it."""

    title: str = ""
    about: str = ""


class _SealedDocument(QTextDocument):
    """A document that loads nothing: no picture, no style sheet, whatever its text says."""

    def loadResource(self, type: int, name: QUrl | str) -> object:
        """Nothing is a resource here."""
        return None


class _Inks:
    """The formats of names and words in one theme and at one size."""

    def __init__(self, theme: Theme, scale: float) -> None:
        self._theme, self._scale = theme, scale
        self._names: dict[int, QTextCharFormat] = {}
        self.words = _characters(font("transcript", scale=scale), theme.color("soft"))
        self.name_block = _block(top=round(18 * scale))
        self._named = _block(top=round(2 * scale), line_height=_LINE_HEIGHT)
        self._further = _block(top=round(10 * scale), line_height=_LINE_HEIGHT)
        self._turn = _block(top=round(18 * scale), line_height=_LINE_HEIGHT)

    def name(self, speaker: int) -> QTextCharFormat:
        """How the name of a speaker is written."""
        if speaker not in self._names:
            bold = font("body", scale=self._scale, weight=QFont.Weight.DemiBold)
            self._names[speaker] = _characters(bold, self._theme.speaker(speaker))
        return self._names[speaker]

    def block(self, paragraph: Paragraph, named: bool) -> QTextBlockFormat:
        """How far a paragraph stands from what is above it."""
        return self._named if named else self._turn if paragraph.begins_turn else self._further


class Page:
    """The document of one transcript at one size and in one theme; positions are Qt's, in UTF-16 units."""

    def __init__(self, transcript: Transcript, heading: Heading, theme: Theme, scale: float) -> None:
        self.transcript = transcript
        self.paragraphs: list[Paragraph] = list(paragraphs(transcript))
        self._firsts = [paragraph.words.first for paragraph in self.paragraphs]
        # Where each paragraph begins in the document, and the block it is. The heading may have grown by `_lead` since.
        self._positions: list[int] = []
        self._blocks: list[int] = []
        self._wide: list[array[int] | None] = []  # Places of words in paragraphs with characters of two units.
        self._lead = 0
        self._inks = _Inks(theme, scale)
        self.document = self._lay_out(heading, theme, scale)

    def _lay_out(self, heading: Heading, theme: Theme, scale: float) -> QTextDocument:
        document = _SealedDocument()
        document.setUndoRedoEnabled(False)
        document.setDocumentMargin(0)
        option = QTextOption()
        option.setWrapMode(_AUTO)
        document.setDefaultTextOption(option)
        document.setDefaultFont(font("transcript", scale=scale))
        cursor = QTextCursor(document)
        cursor.beginEditBlock()
        self._write_heading(cursor, heading, theme, scale)
        self._write(cursor, self.paragraphs, document.blockCount())
        cursor.endEditBlock()
        return document

    def _write(self, cursor: QTextCursor, parts: Sequence[Paragraph], block: int) -> None:
        """Write paragraphs after the one the cursor is at the end of, the first line of them in block `block`."""
        text, offsets, limits = self.transcript.text, self.transcript.offsets, self.transcript.limits
        position = cursor.position()
        for paragraph in parts:
            speaker = self._speaker_above(self.transcript, paragraph)
            if speaker is not None:
                cursor.insertBlock(self._inks.name_block, self._inks.name(speaker))
                cursor.insertText(_inert(one_line(self.transcript.speakers[speaker], 80)))
                block += 1
                position = cursor.position()
            cursor.insertBlock(self._inks.block(paragraph, speaker is not None), self._inks.words)
            position += 1
            part = text[offsets[paragraph.words.first] : limits[paragraph.words.end - 1]]
            cursor.insertText(_inert(part))
            self._blocks.append(block)
            self._positions.append(position - self._lead)
            wide = not part.isascii() and max(part) > "\uffff"
            self._wide.append(self._wide_places(paragraph) if wide else None)
            block += 1
            position = cursor.position()

    @staticmethod
    def _speaker_above(transcript: Transcript, paragraph: Paragraph) -> int | None:
        """The number of the speaker whose name stands above the paragraph."""
        speaker = transcript.turn_speakers[paragraph.turn]
        return speaker if paragraph.begins_turn and speaker >= 0 else None

    def amend(self, transcript: Transcript) -> bool:
        """Show the same transcript with other words, names or times; only paragraphs that read otherwise are written.

        Gives whether any was. Other times alone do not cut the paragraphs anew.
        """
        old, self.transcript = self.transcript, transcript
        alike = len(old) == len(transcript) and old.turn_firsts == transcript.turn_firsts and old.timed
        parts = self.paragraphs if alike else list(paragraphs(transcript))
        before = [self._reads(old, paragraph) for paragraph in self.paragraphs]
        after = [self._reads(transcript, paragraph) for paragraph in parts]
        if before == after:
            return False
        same = _common(before, after)
        tail = _common(before[same:][::-1], after[same:][::-1])
        self._rewrite(same, parts[same : len(parts) - tail], tail)
        self.paragraphs = parts
        self._firsts = [paragraph.words.first for paragraph in parts]
        return True

    @classmethod
    def _reads(cls, transcript: Transcript, paragraph: Paragraph) -> tuple[object, ...]:
        """What is seen of a paragraph."""
        speaker = cls._speaker_above(transcript, paragraph)
        name = None if speaker is None else transcript.speakers[speaker]
        return transcript.text_of(paragraph.words), paragraph.begins_turn, speaker, name

    def _rewrite(self, first: int, parts: Sequence[Paragraph], tail: int) -> None:
        """Write `parts` in place of the paragraphs from `first` on but for the last `tail` of them."""
        end = len(self.paragraphs) - tail
        rest = (self._positions[end:], self._blocks[end:], self._wide[end:])
        length, blocks = self.document.characterCount(), self.document.blockCount()
        above = self._blocks[first - 1] if first else 1  # The heading has two lines.
        last = self._blocks[end - 1] if end > first else above
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        cursor.setPosition(_end_of(self.document, above))
        cursor.setPosition(_end_of(self.document, last), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        del self._positions[first:], self._blocks[first:], self._wide[first:]
        self._write(cursor, parts, above + 1)
        cursor.endEditBlock()
        grown, more = self.document.characterCount() - length, self.document.blockCount() - blocks
        self._positions += [position + grown for position in rest[0]]
        self._blocks += [block + more for block in rest[1]]
        self._wide += rest[2]

    @staticmethod
    def _write_heading(cursor: QTextCursor, heading: Heading, theme: Theme, scale: float) -> None:
        cursor.setBlockFormat(_block(top=0))
        title = _characters(font("title", scale=scale, weight=QFont.Weight.DemiBold), theme.color("ink"))
        cursor.setBlockCharFormat(title)
        lines = _heading_lines(heading)
        cursor.insertText(lines[0], title)
        about = _characters(font("small", scale=scale), theme.color("soft"))
        cursor.insertBlock(_block(top=round(6 * scale)), about)
        cursor.insertText(lines[1])

    def _wide_places(self, paragraph: Paragraph) -> "array[int]":
        """How far into the paragraph each of its words begins."""
        text, offsets = self.transcript.text, self.transcript.offsets
        positions, position = array("i"), 0
        before = offsets[paragraph.words.first]
        for word in paragraph.words:
            position += len(text[before : offsets[word]].encode("utf-16-le")) // 2
            positions.append(position)
            before = offsets[word]
        return positions

    def set_heading(self, heading: Heading) -> None:
        """Change what stands above the words, and leave them as they are laid out."""
        cursor = QTextCursor(self.document)
        before = self.document.characterCount()
        cursor.beginEditBlock()
        for number, text in enumerate(_heading_lines(heading)):
            cursor.setPosition(self.document.findBlockByNumber(number).position())
            style = cursor.blockCharFormat()
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
            cursor.insertText(text, style)
        cursor.endEditBlock()
        self._lead += self.document.characterCount() - before

    @property
    def first_position(self) -> int:
        """Where the first word stands: above it is the heading."""
        return self._positions[0] + self._lead if self._positions else 0

    # Words and places

    def paragraph_of(self, word: int) -> int:
        """The number of the paragraph that holds the word."""
        return bisect_right(self._firsts, word) - 1

    def paragraph_in_block(self, block: int) -> int | None:
        """The paragraph whose words stand in a block of the document; None for names and the heading."""
        number = bisect_right(self._blocks, block) - 1
        return number if number >= 0 and self._blocks[number] == block else None

    def position_of(self, word: int) -> int:
        """Where the word begins in the document."""
        number = self.paragraph_of(word)
        first, wide = self._firsts[number], self._wide[number]
        offsets = self.transcript.offsets
        inside = wide[word - first] if wide is not None else offsets[word] - offsets[first]
        return self._positions[number] + self._lead + inside

    def end_of(self, word: int) -> int:
        """Where the word ends in the document."""
        text = self.transcript.word_text(word)
        return self.position_of(word) + (len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2)

    def word_at(self, position: int) -> int | None:
        """The word at a place of the document or the last one before it; None above the first word."""
        if not self.paragraphs or position < self.first_position:
            return None
        number = bisect_right(self._positions, position - self._lead) - 1
        words, wide = self.paragraphs[number].words, self._wide[number]
        inside = position - self._lead - self._positions[number]
        if wide is not None:
            return words.first + bisect_right(wide, inside) - 1
        offsets = self.transcript.offsets
        return bisect_right(offsets, inside + offsets[words.first], words.first, words.end) - 1


def _inert(text: str) -> str:
    """The text, of the same length, without the characters that a document takes for the borders of its frames."""
    return shown(text).translate(_FRAME_BORDERS)


def _heading_lines(heading: Heading) -> tuple[str, str]:
    return _inert(one_line(heading.title)), _inert(one_line(heading.about, 300))


def _characters(which: QFont, color: QColor) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setFont(which)
    made.setForeground(color)
    return made


def _block(*, top: int, line_height: int = 0) -> QTextBlockFormat:
    made = QTextBlockFormat()
    made.setTopMargin(top)
    if line_height:
        made.setLineHeight(line_height, _PROPORTIONAL)
    return made


def _end_of(document: QTextDocument, block: int) -> int:
    found = document.findBlockByNumber(block)
    return found.position() + found.length() - 1


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many items both begin with."""
    count = min(len(one), len(other))
    return next((place for place in range(count) if one[place] != other[place]), count)
