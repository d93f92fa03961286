"""A transcript laid out as a text document, and where each of its words stands in it."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextOption

from index.paragraphs import Paragraph, cut_anew, paragraphs
from index.plaintext import one_line, shown
from index.transcript import Transcript
from player.theme import Theme, font

_LINE_HEIGHT = 134  # Percent of the font's own.
_AUTO = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
_FRAME_BORDERS = {0xFDD0: "\ufffd", 0xFDD1: "\ufffd"}  # QTextBeginningOfFrame and QTextEndOfFrame
_HEADING_LINES = 2
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
        self._firsts: list[int] = []
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
        self._write(cursor, self.paragraphs)
        cursor.endEditBlock()
        self._find_places(document)
        return document

    def _write(self, cursor: QTextCursor, parts: Sequence[Paragraph]) -> None:
        """Write paragraphs after the one the cursor is at the end of."""
        text, offsets, limits = self.transcript.text, self.transcript.offsets, self.transcript.limits
        for paragraph in parts:
            speaker = self._speaker_above(self.transcript, paragraph)
            if speaker is not None:
                cursor.insertBlock(self._inks.name_block, self._inks.name(speaker))
                cursor.insertText(_name(self.transcript, speaker))
            cursor.insertBlock(self._inks.block(paragraph, speaker is not None), self._inks.words)
            cursor.insertText(_inert(text[offsets[paragraph.words.first] : limits[paragraph.words.end - 1]]))

    def _find_places(self, document: QTextDocument) -> None:
        """Look where each paragraph begins."""
        self._firsts = [paragraph.words.first for paragraph in self.paragraphs]
        self._positions, self._blocks, self._lead = [], [], 0
        block, number = document.findBlockByNumber(_HEADING_LINES), _HEADING_LINES
        for paragraph in self.paragraphs:
            if self._speaker_above(self.transcript, paragraph) is not None:
                block, number = block.next(), number + 1
            self._positions.append(block.position())
            self._blocks.append(number)
            block, number = block.next(), number + 1
        self._wide = [self._wide_places(paragraph) for paragraph in self.paragraphs]

    @staticmethod
    def _speaker_above(transcript: Transcript, paragraph: Paragraph) -> int | None:
        """The number of the speaker whose name stands above the paragraph."""
        speaker = transcript.turn_speakers[paragraph.turn]
        return speaker if paragraph.begins_turn and speaker >= 0 else None

    def amend(self, transcript: Transcript) -> bool:
        """Show the same transcript with other words, names or times; only what reads otherwise is written anew.

        Gives whether anything was. Other times alone do not cut the paragraphs anew.
        """
        old, parts = self.transcript, cut_anew(self.paragraphs, self.transcript, transcript)
        before = [self._reads(old, paragraph) for paragraph in self.paragraphs]
        after = [self._reads(transcript, paragraph) for paragraph in parts]
        places, self.transcript, self.paragraphs = self._blocks, transcript, parts
        if before == after:
            return False
        whole = QTextCursor(self.document)
        whole.beginEditBlock()
        for was, now in reversed(list(_runs(before, after))):  # From the end: what is above stays where it is.
            if len(was) == len(now) == 1 and _differ_in_name(before[was.start], after[now.start]):
                self._rename(places[was.start] - 1, parts[now.start])
            else:
                above = places[was.start - 1] if was.start else _HEADING_LINES - 1
                last = places[was.stop - 1] if was else above
                self._rewrite(above, last, parts[now.start : now.stop])
        whole.endEditBlock()
        self._find_places(self.document)
        return True

    @classmethod
    def _reads(cls, transcript: Transcript, paragraph: Paragraph) -> tuple[object, ...]:
        """What is seen of a paragraph: who speaks, and what is said."""
        speaker = cls._speaker_above(transcript, paragraph)
        name = None if speaker is None else (speaker, transcript.speakers[speaker])
        return name, transcript.text_of(paragraph.words), paragraph.begins_turn

    def _rename(self, block: int, paragraph: Paragraph) -> None:
        """Write another name into the block above the words of a paragraph."""
        speaker = self._speaker_above(self.transcript, paragraph)
        assert speaker is not None
        cursor = QTextCursor(self.document.findBlockByNumber(block))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(_name(self.transcript, speaker), self._inks.name(speaker))

    def _rewrite(self, above: int, last: int, parts: Sequence[Paragraph]) -> None:
        """Write paragraphs in place of the blocks after `above`, up to `last`."""
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        cursor.setPosition(_end_of(self.document, above))
        cursor.setPosition(_end_of(self.document, last), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._write(cursor, parts)
        cursor.endEditBlock()

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

    def _wide_places(self, paragraph: Paragraph) -> "array[int] | None":
        """How far into the paragraph each of its words begins; None where every character is one unit."""
        text, offsets = self.transcript.text, self.transcript.offsets
        part = self.transcript.text_of(paragraph.words)
        if part.isascii() or max(part) <= "\uffff":
            return None
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


def _name(transcript: Transcript, speaker: int) -> str:
    """The name of a speaker as it stands above the words."""
    return _inert(one_line(transcript.speakers[speaker], 80))


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


def _differ_in_name(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return one[0] is not None and other[0] is not None and one[1:] == other[1:]


def _runs(one: Sequence[object], other: Sequence[object]) -> Iterator[tuple[range, range]]:
    """The stretches in which two rows of values differ, in order; where they are of one length, each is one value."""
    first = _common(one, other)
    last = _common(one[first:][::-1], other[first:][::-1])
    ends = (len(one) - last, len(other) - last)
    if ends[0] != ends[1]:
        yield range(first, ends[0]), range(first, ends[1])
        return
    for place in range(first, ends[0]):
        if one[place] != other[place]:
            yield range(place, place + 1), range(place, place + 1)


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many items both begin with."""
    count = min(len(one), len(other))
    return next((place for place in range(count) if one[place] != other[place]), count)
