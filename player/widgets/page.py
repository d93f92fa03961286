"""A transcript written as a text document, and where each of its words stands in it."""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from time import perf_counter

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextCursor, QTextDocument

from index.paragraphs import Paragraph, cut_anew, paragraphs
from index.plaintext import one_line, shown
from index.transcript import Transcript
from player.theme import Theme
from player.widgets.page_layout import PageLayout
from player.widgets.page_style import Kind, PageStyle

_FRAME_BORDERS = {0xFDD0: "\ufffd", 0xFDD1: "\ufffd"}  # QTextBeginningOfFrame and QTextEndOfFrame
_HEADING_LINES = 2
_AT_ONCE = 40  # Paragraphs that are written together: they take about 2 ms.
_SAMPLE = 2000  # Characters from which the length of all is estimated.


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
    """The document of one transcript at one size and in one theme; positions are Qt's, in UTF-16 units.

    A long transcript is written bit by bit; what is asked of words is asked of those that are `written`.
    """

    def __init__(
        self, transcript: Transcript, heading: Heading, theme: Theme, scale: float, *, within_s: float | None = None
    ) -> None:
        """Write the words, or as many as can be written in so many seconds."""
        self.transcript = transcript
        self.paragraphs: list[Paragraph] = []
        self._ahead = paragraphs(transcript)  # Those that are not written yet.
        self.is_written = False
        self._firsts: list[int] = []
        # Where each paragraph begins in the document, and the block it is. The heading may have grown by `_lead` since.
        self._positions: list[int] = []
        self._blocks: list[int] = []
        self._wide: list[array[int] | None] = []  # Places of words in paragraphs with characters of two units.
        self._lead = 0
        self.document = _SealedDocument()
        self.document.setUndoRedoEnabled(False)
        self.layout = PageLayout(self.document, PageStyle(theme, scale))
        self.layout.set_sample(transcript.text[:_SAMPLE])
        self.document.setDocumentLayout(self.layout)
        QTextCursor(self.document).insertText("\n".join(_heading_lines(heading)))
        self.layout.put(0, 0, [Kind.TITLE, Kind.ABOUT], [-1, -1])
        self.write(within_s)

    # Writing

    @property
    def written(self) -> int:
        """So many words stand on the page: the first ones of the transcript."""
        return self.paragraphs[-1].words.end if self.paragraphs else 0

    def write(self, within_s: float | None = None) -> None:
        """Write more of the words: all of them, or as many as can be written in so many seconds."""
        until = None if within_s is None else perf_counter() + within_s
        while not self.is_written:
            parts = list(islice(self._ahead, _AT_ONCE))
            if parts:
                self._append(parts)
            self.is_written = len(parts) < _AT_ONCE
            if until is not None and perf_counter() >= until:
                return

    def _append(self, parts: Sequence[Paragraph]) -> None:
        end, block = self.document.characterCount() - 1, self.document.blockCount()
        self.paragraphs += parts
        self._note_places(parts, end - self._lead, block - 1)
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()  # Else Qt would lay out the last block to know where in its line the cursor is.
        cursor.setPosition(end)
        self._write(cursor, parts, block, block)
        cursor.endEditBlock()

    def _write(self, cursor: QTextCursor, parts: Sequence[Paragraph], first: int, end: int) -> None:
        """Write paragraphs after the one the cursor is at the end of, for the blocks from `first` to before `end`."""
        lines: list[str] = []
        kinds: list[Kind] = []
        speakers: list[int] = []
        for paragraph in parts:
            speaker = _speaker_above(self.transcript, paragraph)
            if speaker is not None:
                lines.append(_name(self.transcript, speaker))
                kinds.append(Kind.NAME)
                speakers.append(speaker)
            lines.append(_inert(self.transcript.text_of(paragraph.words)))
            kinds.append(_kind_of(paragraph, speaker is not None))
            speakers.append(-1)
        cursor.insertText("".join(f"\n{line}" for line in lines))
        self.layout.put(first, end, kinds, speakers)

    def _note_places(self, parts: Sequence[Paragraph], position: int, block: int) -> None:
        """Note where paragraphs begin that stand after the end of a block."""
        for paragraph in parts:
            speaker = _speaker_above(self.transcript, paragraph)
            if speaker is not None:
                position += 1 + _units(_name(self.transcript, speaker))
                block += 1
            block += 1
            self._firsts.append(paragraph.words.first)
            self._positions.append(position + 1)
            self._blocks.append(block)
            self._wide.append(self._wide_places(paragraph))
            position += 1 + _units(self.transcript.text_of(paragraph.words))

    def set_look(self, theme: Theme, scale: float) -> None:
        """Change the colours and the text size."""
        self.layout.set_style(PageStyle(theme, scale))

    # Writing anew

    def amend(self, transcript: Transcript) -> bool:
        """Show the same transcript with other words, names or times; only what reads otherwise is written anew.

        Gives whether anything was. Other times alone do not cut the paragraphs anew.
        """
        self.write()
        if _reads_alike(self.transcript, transcript):
            self.transcript = transcript
            return False
        old, parts = self.transcript, cut_anew(self.paragraphs, self.transcript, transcript)
        before = [_reads(old, paragraph) for paragraph in self.paragraphs]
        after = [_reads(transcript, paragraph) for paragraph in parts]
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
        self._firsts, self._positions, self._blocks, self._wide, self._lead = [], [], [], [], 0
        self._note_places(parts, _end_of(self.document, _HEADING_LINES - 1), _HEADING_LINES - 1)
        return True

    def _rename(self, block: int, paragraph: Paragraph) -> None:
        """Write another name into the block above the words of a paragraph."""
        speaker = _speaker_above(self.transcript, paragraph)
        assert speaker is not None
        cursor = QTextCursor(self.document.findBlockByNumber(block))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(_name(self.transcript, speaker))
        self.layout.put(block, block + 1, [Kind.NAME], [speaker])

    def _rewrite(self, above: int, last: int, parts: Sequence[Paragraph]) -> None:
        """Write paragraphs in place of the blocks after `above`, up to `last`."""
        cursor = QTextCursor(self.document)
        cursor.beginEditBlock()
        cursor.setPosition(_end_of(self.document, above))
        cursor.setPosition(_end_of(self.document, last), QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        self._write(cursor, parts, above + 1, last + 1)
        cursor.endEditBlock()

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
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(text)
        cursor.endEditBlock()
        self.layout.put(0, _HEADING_LINES, [Kind.TITLE, Kind.ABOUT], [-1, -1])
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
        return self.position_of(word) + _units(text)

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


def _speaker_above(transcript: Transcript, paragraph: Paragraph) -> int | None:
    """The number of the speaker whose name stands above the paragraph."""
    speaker = transcript.turn_speakers[paragraph.turn]
    return speaker if paragraph.begins_turn and speaker >= 0 else None


def _kind_of(paragraph: Paragraph, named: bool) -> Kind:
    return Kind.NAMED if named else Kind.TURN if paragraph.begins_turn else Kind.FURTHER


def _reads(transcript: Transcript, paragraph: Paragraph) -> tuple[object, ...]:
    """What is seen of a paragraph: who speaks, and what is said."""
    speaker = _speaker_above(transcript, paragraph)
    name = None if speaker is None else (speaker, transcript.speakers[speaker])
    return name, transcript.text_of(paragraph.words), paragraph.begins_turn


def _reads_alike(one: Transcript, other: Transcript) -> bool:
    """Whether two transcripts differ at most in their times, so that they are cut into the same paragraphs."""
    parts = ("timed", "text", "offsets", "turn_firsts", "turn_speakers", "speakers")
    return all(getattr(one, part) == getattr(other, part) for part in parts)


def _units(text: str) -> int:
    """How long a text is in a document."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _inert(text: str) -> str:
    """The text, of the same length, without the characters that a document takes for the borders of its frames."""
    return shown(text).translate(_FRAME_BORDERS)


def _name(transcript: Transcript, speaker: int) -> str:
    """The name of a speaker as it stands above the words."""
    return _inert(one_line(transcript.speakers[speaker], 80))


def _heading_lines(heading: Heading) -> tuple[str, str]:
    return _inert(one_line(heading.title)), _inert(one_line(heading.about, 300))


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
