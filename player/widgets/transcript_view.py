"""The transcript as a page to read: the word being spoken marked, every word a place to go to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QMimeData, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from index.transcript import Transcript, WordRange
from player.theme import Theme
from player.widgets.caret import Caret
from player.widgets.lighting import Light, light_of
from player.widgets.marks import Marks
from player.widgets.page import Heading, Page
from player.widgets.page_view import PageView

_FIRST_S = 0.008  # So long a page may be written before it is shown.


@dataclass(frozen=True, slots=True)
class _Press:
    """A press of the mouse: where, on which word, and whether letting go there seeks."""

    point: QPoint
    word: int | None
    may_seek: bool


class TranscriptView(PageView):
    """Shows one transcript. It knows words and positions; who plays them is not its business."""

    seek_requested = Signal(int)  # ms: a word or a time in the margin was clicked, or Enter pressed.
    seek_regretted = Signal()  # The click that asked for it has become a double click, which only selects.
    selection_changed = Signal(object)  # WordRange, or None.
    note_requested = Signal(object)  # WordRange: the mark of a note in the margin was clicked.
    fix_requested = Signal()  # F2 was pressed.
    scrolled_by_user = Signal()
    scale_requested = Signal(int)  # +1 larger, -1 smaller.

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("transcript")
        self.setAccessibleName(self.tr("Transcript"))
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self._heading = Heading()
        self._marks = Marks()
        self._pressed: _Press | None = None
        self._sought = False  # Whether the last click asked for a seek.
        self._selection: WordRange | None = None
        self._light = Light((), None, None)
        self.selectionChanged.connect(self._selection_moved)
        self._caret = Caret(self)
        self._caret.moved.connect(self._caret_moved)
        self._caret.left_view.connect(self.scrolled_by_user)
        self.lines_moved.connect(self._dress)  # Words that have been written only now can be marked now.
        self.verticalScrollBar().actionTriggered.connect(lambda _: self.scrolled_by_user.emit())

    # What is shown

    @property
    def selection(self) -> WordRange | None:
        """The selected words, whole ones."""
        return self._selection

    @property
    def word_meant(self) -> int | None:
        """The word that was selected, or that the keyboard was put on; None where nothing was pointed at."""
        return self._selection.first if self._selection else self._caret.shown

    def show_transcript(self, transcript: Transcript, heading: Heading) -> None:
        """Show another transcript from its top."""
        self._marks = Marks(timings=self._marks.timings)
        self._caret.lift()
        self._heading = heading
        self.set_page(Page(transcript, heading, self._theme, self._scale, within_s=_FIRST_S))

    def amend(self, transcript: Transcript) -> None:
        """Show the same transcript with other words, names or times; what is in view stays where it is."""
        if self._page is None:
            return
        place, before = self.place(), self._page.transcript
        selection, same = self._selection, len(before) == len(transcript)
        with QSignalBlocker(self):  # While it is written, nobody can be told where its words are.
            rewritten = self._page.amend(transcript)
        self._marks.now = None if not same else self._marks.now
        self._caret.stay_within(len(transcript))
        self._dress()
        if rewritten:
            self.select(selection if same else None)
            above = before.text[: before.limits[place.word]] if place.word else ""
            more = 0 if transcript.text.startswith(above) else len(transcript) - len(before)
            self.return_to(replace(place, word=max(0, place.word + more)))
        self.viewport().update()

    def show_heading(self, heading: Heading) -> None:
        """Change what stands above the words."""
        if heading != self._heading:
            self._heading = heading
            if self._page is not None:
                self._page.set_heading(heading)
                self._dress()  # All words stand at other places of the document now.
                self.viewport().update()

    def set_look(self, theme: Theme, scale: float) -> None:
        """Change colours and text size; what is in view stays in view."""
        if (theme, scale) != (self._theme, self._scale):
            self._theme, self._scale = theme, scale
            self._lay_out_again()

    def _lay_out_again(self) -> None:
        if self._page is None:
            return
        place = self.place()
        self._page.set_look(self._theme, self._scale)
        self._set_margins()
        self.lines_moved.emit()
        self.return_to(place)
        self._settle()

    def set_page(self, page: Page) -> None:
        """Show a page, with the marks that belong to it."""
        super().set_page(page)
        self._dress()
        self._selection_moved()

    # Marks

    def set_current_word(self, word: int | None) -> bool:
        """Mark the word being spoken and light its turn; gives whether anything changed."""
        if word == self._marks.now or self._page is None:
            return False
        before, self._marks.now = self._marks.now, word
        self._caret.set_home(word)
        self._dress()
        for each in (before, word):
            if each is not None:
                self._repaint(WordRange(each, each + 1))
        return True

    def set_hits(self, hits: Sequence[WordRange], current: int | None) -> None:
        """Mark what was found, the current one stronger; hits are sorted."""
        self._marks.hits, self._marks.hit = hits, current
        self._dress()
        self.viewport().update()

    def set_clips(self, clips: Sequence[WordRange]) -> None:
        """Underline the words of kept clips."""
        self._marks.clips = clips
        self.viewport().update()

    def set_notes(self, notes: Sequence[tuple[WordRange, str]]) -> None:
        """Tint noted words, each in the theme's colour of that name, with a mark in the margin."""
        self._marks.notes = notes
        self.viewport().update()

    def set_pending(self, word: int | None) -> None:
        """Mark the word at which a range was begun."""
        self._marks.pending = word
        self.viewport().update()

    def show_timings(self, shown: bool) -> None:
        """Tell words apart, or do not, by how their times are known."""
        self._marks.timings = shown
        self.viewport().update()

    def _dress(self) -> None:
        """Light what is to be lit; of a word being spoken that is another, `set_current_word` says what to paint."""
        if self._page is None:
            return
        cursor = self.textCursor()
        selected = (cursor.selectionStart(), cursor.selectionEnd()) if cursor.hasSelection() else None
        before, self._light = self._light, light_of(self._page, self._marks, selected)
        self._page.layout.set_inks(self._light.inks(self._page, self._theme))
        if (before.lit, before.selected) != (self._light.lit, self._light.selected):
            self.viewport().update()

    def _repaint(self, words: WordRange) -> None:
        for rect in self.rects_of(words):
            self.viewport().update(rect.adjusted(-6, -6, 6, 6).toAlignedRect())

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Marks under the words, the words, then the times in the margin."""
        if self._page is not None:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(event.rect())
            self._marks.paint(painter, self, self._theme, self._caret.shown if self.hasFocus() else None)
            self.paint_margin(painter)
            painter.end()
        super().paintEvent(event)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, to tell a click from a drag."""
        self._pressed, self._sought = None, False
        if event.button() == Qt.MouseButton.LeftButton:
            noted = self._marks.note_at(self, event.position())
            if noted is not None:
                self.note_requested.emit(noted)
                return
            word = self.margin_word(event.position())
            if word is not None:
                self._seek_to(word)
                return
            if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                free = not self.textCursor().hasSelection()
                self._pressed = _Press(event.position().toPoint(), self.word_under(event.position()), free)
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click selects the word; its first click does not seek in the end."""
        self._pressed = None
        if self._sought:
            self._sought = False
            self.seek_regretted.emit()
        word = self.word_under(event.position())
        if word is not None and event.button() == Qt.MouseButton.LeftButton:
            self.select(WordRange(word, word + 1))
        else:
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click seeks, a drag selects whole words."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        word = self.word_under(event.position())
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            self.select(self._selection)
        elif (event.position().toPoint() - pressed.point).manhattanLength() >= QApplication.startDragDistance():
            ends = [each for each in (pressed.word, word) if each is not None]
            ends += [self._selection.first, self._selection.end - 1] if self._selection else []
            self.select(WordRange(min(ends), max(ends) + 1) if ends else None)
        else:
            self.select(None)  # A trembling hand has selected a letter.
            if pressed.may_seek and word is not None:
                self._caret.lift()
                self._sought = True
                self._seek_to(word)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show over the times that they can be pressed."""
        super().mouseMoveEvent(event)
        if not event.buttons():
            hand = self.margin_word(event.position()) is not None
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.IBeamCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, change the text size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.scale_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def _seek_to(self, word: int) -> None:
        assert self._page is not None
        if self._page.transcript.timed:
            self.seek_requested.emit(self._page.transcript.starts[word])

    # Selecting

    def _selection_moved(self) -> None:
        selection = None
        cursor = self.textCursor()
        if self._page is not None and cursor.hasSelection():
            first = self._page.word_at(max(cursor.selectionStart(), self._page.first_position))
            last = self._page.word_at(cursor.selectionEnd() - 1)
            if first is not None and last is not None:
                # A selection that begins in the gap after a word does not touch it.
                if cursor.selectionStart() >= self._page.end_of(first):
                    first += 1
                selection = WordRange(first, last + 1) if first <= last else None  # A name, or a gap, is no word.
        self._dress()
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit(selection)

    def select(self, words: WordRange | None) -> None:
        """Select whole words, or nothing."""
        if self._page is None:
            return
        if words and self._page.written < words.end <= len(self._page.transcript):
            self._page.write()  # All of it: somebody is to see these words now.
        if not words or words.end > self._page.written:
            cursor = self.textCursor()
            cursor.clearSelection()
        else:
            cursor = self.cursor_over(words)
        bar = self.verticalScrollBar()
        before = bar.value()
        self.setTextCursor(cursor)
        bar.setValue(before)  # Selecting by program does not scroll; whoever wants that says so.

    def _caret_moved(self, words: WordRange | None) -> None:
        self.select(words)
        self.viewport().update()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copying gives clean prose with speakers."""
        # WORKAROUND: the clipboard outlives Python, and destroying data that Python made ends in a crash then. So
        # Qt's own is taken; asking for its text first makes it fetch what it would else put over ours later.
        data = super().createMimeDataFromSelection()
        data.text()
        data.clear()
        if self._page is not None and self._selection:
            data.setText(self._page.transcript.prose(self._selection))
        return data

    # Keyboard

    def event(self, event: QEvent) -> bool:
        """Let the window's keys through: a text view would keep the arrows, Home and End for itself."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from word to word and line to line, select with Shift, go there with Enter."""
        if self._page is None or not len(self._page.transcript):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._seek_to(self._selection.first if self._selection else self._caret.word)
        elif event.key() == Qt.Key.Key_F2:
            self.fix_requested.emit()
        elif event.key() == Qt.Key.Key_Escape and self._selection:
            self.select(None)
        elif not self._caret.press(event):
            event.ignore()
