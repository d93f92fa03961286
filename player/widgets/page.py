"""A transcript laid out as a text document, and where each of its words stands in it."""

from array import array
from bisect import bisect_right
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


class Page:
    """The document of one transcript at one size and in one theme; positions are Qt's, in UTF-16 units."""

    def __init__(self, transcript: Transcript, heading: Heading, theme: Theme, scale: float) -> None:
        self.transcript = transcript
        self.paragraphs: list[Paragraph] = list(paragraphs(transcript))
        self._firsts = [paragraph.words.first for paragraph in self.paragraphs]
        self._shifts: list[int] = []  # What turns an offset in the transcript's text into a position here.
        self._wide: dict[int, array[int]] = {}  # Positions of words in paragraphs with characters of two units.
        self._blocks: dict[int, int] = {}  # Paragraph of each block of words.
        self._lead = 0  # How much longer the heading is than it was when the shifts were taken.
        self._first_position = 0  # Where the first word stood then.
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
        words_format = _characters(font("transcript", scale=scale), theme.color("soft"))
        block_count = document.blockCount()
        text, offsets, limits = self.transcript.text, self.transcript.offsets, self.transcript.limits
        name_formats = {
            number: _characters(font("body", scale=scale, weight=QFont.Weight.DemiBold), theme.speaker(number))
            for number in range(-1, len(self.transcript.speakers))
        }
        name_block, named_block, further_block = (
            _block(top=round(18 * scale)),
            _block(top=round(2 * scale), line_height=_LINE_HEIGHT),
            _block(top=round(10 * scale), line_height=_LINE_HEIGHT),
        )
        turn_block = _block(top=round(18 * scale), line_height=_LINE_HEIGHT)
        position = cursor.position()
        for number, paragraph in enumerate(self.paragraphs):
            speaker = self.transcript.turn_speakers[paragraph.turn]
            named = paragraph.begins_turn and speaker >= 0
            if named:
                cursor.insertBlock(name_block, name_formats[speaker])
                cursor.insertText(_inert(one_line(self.transcript.speakers[speaker], 80)))
                block_count += 1
                position = cursor.position()
            cursor.insertBlock(
                named_block if named else turn_block if paragraph.begins_turn else further_block, words_format
            )
            block_count += 1
            position += 1
            if number == 0:
                self._first_position = position
            begin = offsets[paragraph.words.first]
            part = text[begin : limits[paragraph.words.end - 1]]
            cursor.insertText(_inert(part))
            self._blocks[block_count - 1] = number
            self._shifts.append(position - begin)
            if not part.isascii() and max(part) > "\uffff":
                self._wide[number] = self._wide_positions(paragraph, position)
            position = cursor.position()
        cursor.endEditBlock()
        return document

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

    def _wide_positions(self, paragraph: Paragraph, position: int) -> "array[int]":
        text, offsets = self.transcript.text, self.transcript.offsets
        positions = array("i")
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
        return self._first_position + self._lead

    # Words and places

    def paragraph_of(self, word: int) -> int:
        """The number of the paragraph that holds the word."""
        return bisect_right(self._firsts, word) - 1

    def paragraph_in_block(self, block: int) -> int | None:
        """The paragraph whose words stand in a block of the document; None for names and the heading."""
        return self._blocks.get(block)

    def position_of(self, word: int) -> int:
        """Where the word begins in the document."""
        number = self.paragraph_of(word)
        wide = self._wide.get(number)
        if wide is not None:
            return wide[word - self._firsts[number]] + self._lead
        return self.transcript.offsets[word] + self._shifts[number] + self._lead

    def end_of(self, word: int) -> int:
        """Where the word ends in the document."""
        text = self.transcript.word_text(word)
        return self.position_of(word) + (len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2)

    def word_at(self, position: int) -> int | None:
        """The word at a place of the document or the last one before it; None above the first word."""
        if not self.paragraphs or position < self.first_position:
            return None
        low, high = 0, len(self.paragraphs)
        while high - low > 1:
            middle = (low + high) // 2
            if self.position_of(self._firsts[middle]) <= position:
                low = middle
            else:
                high = middle
        words = self.paragraphs[low].words
        position -= self._lead
        wide = self._wide.get(low)
        if wide is not None:
            return words.first + bisect_right(wide, position) - 1
        return bisect_right(self.transcript.offsets, position - self._shifts[low], words.first, words.end) - 1


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
