"""The transcript as a page: where words are, marks, mouse and keyboard, copying, and what it never does."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QFontMetricsF, QKeyEvent, QPaintEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from talk import transcript_of
from user import Listener

from index.builder import TranscriptBuilder
from index.transcript import WordRange
from player.theme import DARK, LIGHT, Theme
from player.widgets.page import Heading
from player.widgets.transcript_view import TranscriptView

LEFT = Qt.MouseButton.LeftButton
HEADING = Heading("Talk", "Anna, Ben")


@pytest.fixture
def empty(qtbot: QtBot, dressed: QApplication) -> TranscriptView:
    made = TranscriptView(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


@pytest.fixture
def view(empty: TranscriptView) -> TranscriptView:
    turns = [
        (("Anna", "Ben")[turn % 2], " ".join(f"word{turn}-{at}" for at in range(12 + turn % 5))) for turn in range(60)
    ]
    empty.show_transcript(transcript_of(*turns), HEADING)
    empty.setFocus()
    QApplication.processEvents()
    return empty


def middle(view: TranscriptView, word: int) -> QPoint:
    return view.rects_of(WordRange(word, word + 1))[0].center().toPoint()


# Where words are


@pytest.mark.parametrize("scale", [1.0, 1.6, 2.5])
def test_times_have_room_beside_the_words(empty: TranscriptView, scale: float) -> None:
    empty.resize(500, 400)
    empty.set_look(LIGHT, scale)
    empty.show_transcript(transcript_of(("Anna", "word " * 8000)), HEADING)
    assert empty.page is not None
    longest = QFontMetricsF(empty._time_font()).horizontalAdvance("0:00:00")
    assert empty.page.transcript.end_ms > 3_600_000
    assert empty._left >= longest + 20


def test_every_word_in_view_is_found_under_its_own_middle(view: TranscriptView) -> None:
    for word in view.visible_words():
        assert view.word_under(QPointF(middle(view, word))) == word


def test_every_point_of_a_line_belongs_to_a_word_near_it(view: TranscriptView) -> None:
    """No dead strips between the lines: 27 pixels apart, 20 high."""
    boxes = {word: view.rects_of(WordRange(word, word + 1))[0] for word in range(12)}
    first = next(iter(boxes.values()))
    line = [word for word, box in boxes.items() if box.top() == first.top()]
    below = [word for word, box in boxes.items() if box.top() > first.top()]
    assert below
    x = boxes[below[0]].center().x()
    upper = next(word for word in line if boxes[word].left() - 5 <= x <= boxes[word].right() + 5)
    found = [view.word_under(QPointF(x, y)) for y in range(round(first.top()), round(boxes[below[0]].bottom()))]
    assert set(found) == {upper, below[0]}
    assert found == sorted(found)  # type: ignore[type-var]


def test_beside_the_text_there_is_no_word(view: TranscriptView) -> None:
    viewport = view.viewport()
    for point in (QPointF(5, 100), QPointF(viewport.width() - 3, 200), QPointF(middle(view, 0).x(), 5)):
        assert view.word_under(point) is None


def test_boxes_of_a_range_cover_its_lines(view: TranscriptView) -> None:
    boxes = view.rects_of(WordRange(0, 40))
    assert len(boxes) > 3
    tops = [box.top() for box in boxes]
    assert all(one < other for one, other in pairwise(tops))
    assert all(box.width() > 0 for box in boxes)
    assert view.rects_of(WordRange(5, 5)) == []


def test_scrolling_moves_the_boxes(view: TranscriptView) -> None:
    before = view.line_top(100)
    view.scroll_to(100, 0.5)
    after = view.line_top(100)
    assert before is not None
    assert after is not None
    assert after == pytest.approx(view.viewport().height() / 2, abs=2)
    assert before > after


def test_visible_words_are_those_in_view(view: TranscriptView) -> None:
    view.scroll_to(200, 0.3)
    words = view.visible_words()
    assert 200 in words
    height = view.viewport().height()
    for word in (words.first, words.end - 1):
        top = view.line_top(word)
        assert top is not None
        assert -30 <= top <= height


def test_the_last_word_in_view_is_in_view_wherever_the_page_is_scrolled(view: TranscriptView) -> None:
    """Between two paragraphs Qt names the last place of the page."""
    for value in range(300, 400, 3):
        view.verticalScrollBar().setValue(value)
        top = view.line_top(view.visible_words().end - 1)
        assert top is not None
        assert top <= view.viewport().height(), value


def test_looking_at_the_top_of_a_long_page_does_not_lay_out_the_rest(empty: TranscriptView) -> None:
    turns = [(("Anna", "Ben")[turn % 2], "some twelve words that " * 20) for turn in range(200)]
    empty.show_transcript(transcript_of(*turns), HEADING)
    assert empty.visible_words().first == 0
    assert not empty.place().word
    assert not empty.document().lastBlock().layout().lineCount()


def test_the_place_is_found_again_in_another_size(view: TranscriptView) -> None:
    view.scroll_to(200, 0.0)
    place, first = view.place(), view.visible_words().first
    view.resize(600, 500)
    view.resize(900, 500)
    QApplication.processEvents()
    assert view.visible_words().first == first
    view.scroll_to(400, 0.0)
    view.return_to(place)
    assert view.visible_words().first == first


# Marks


def test_marking_the_same_word_again_changes_nothing(view: TranscriptView) -> None:
    assert view.set_current_word(5)
    assert not view.set_current_word(5)
    assert view.set_current_word(None)
    assert not view.set_current_word(None)


def test_only_the_old_and_the_new_word_are_painted_anew(view: TranscriptView) -> None:
    view.set_current_word(5)
    QApplication.processEvents()
    view.grab()
    painted: list[int] = []
    before = view.paintEvent

    def paint(event: QPaintEvent) -> None:
        painted.append(event.rect().height())
        before(event)

    view.paintEvent = paint  # type: ignore[method-assign]
    view.set_current_word(6)
    QApplication.processEvents()
    assert painted
    assert all(height < 120 for height in painted), "a turn at most, not the page"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("hit", [None, WordRange(4, 7)], ids=["", "in a hit"])
def test_the_word_being_spoken_has_the_ink_of_its_mark(
    view: TranscriptView, theme: Theme, hit: WordRange | None
) -> None:
    """The turn around it is lit in another ink, which could not be read there in the dark."""
    view.set_look(theme, 1.6)
    view.set_current_word(5)
    if hit:
        view.set_hits([hit], 0)
    QApplication.processEvents()
    image = view.viewport().grab().toImage()

    def inks(word: int) -> set[str]:
        box = view.rects_of(WordRange(word, word + 1))[0].toRect()
        return {
            image.pixelColor(x, y).name()
            for x in range(box.left(), box.right())
            for y in range(box.top(), box.bottom())
        }

    assert {theme.word_now, theme.on_word_now} <= inks(5)
    assert theme.ink not in inks(5) - {theme.on_word_now}
    assert theme.ink in inks(3)
    assert theme.ink in inks(6)


def test_many_hits_and_clips_are_painted(view: TranscriptView) -> None:
    plain = view.viewport().grab().toImage()
    view.set_hits([WordRange(word, word + 2) for word in range(0, 600, 3)], 2)
    view.set_clips([WordRange(10, 20), WordRange(15, 30)])
    view.set_pending(4)
    assert view.viewport().grab().toImage() != plain
    view.set_hits((), None)
    view.set_clips(())
    view.set_pending(None)
    assert view.viewport().grab().toImage() == plain


# Mouse


def test_a_click_asks_for_a_seek_and_selects_nothing(view: TranscriptView) -> None:
    seeks, selections = Listener(view.seek_requested), Listener(view.selection_changed)
    QTest.mouseClick(view.viewport(), LEFT, pos=middle(view, 7))
    assert seeks.heard == [(3500,)]
    assert selections.heard == []


def test_a_drag_says_whole_words_and_asks_for_nothing(view: TranscriptView) -> None:
    seeks, selections = Listener(view.seek_requested), Listener(view.selection_changed)
    begin, end = middle(view, 3), middle(view, 6)
    QTest.mousePress(view.viewport(), LEFT, pos=begin)
    QTest.mouseMove(view.viewport(), QPoint((begin.x() + end.x()) // 2, end.y()))
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), LEFT, pos=end)
    assert view.selection == WordRange(3, 7)
    assert selections.heard[-1] == (WordRange(3, 7),)
    assert seeks.heard == []


def test_a_drag_between_two_lines_ends_at_a_word(view: TranscriptView) -> None:
    """Qt would take the end of the line there."""
    begin, end = middle(view, 1), middle(view, 3)
    between = QPoint(end.x(), end.y() + 13)
    QTest.mousePress(view.viewport(), LEFT, pos=begin)
    for point in (middle(view, 2), end, between):
        QTest.mouseMove(view.viewport(), point)
    QTest.mouseRelease(view.viewport(), LEFT, pos=between)
    assert view.selection == WordRange(1, 4)


def test_a_trembling_hand_still_clicks(view: TranscriptView) -> None:
    seeks = Listener(view.seek_requested)
    for aside in range(-3, 4):
        point = middle(view, 7) + QPoint(aside, 0)
        QTest.mousePress(view.viewport(), LEFT, pos=point)
        QTest.mouseMove(view.viewport(), point + QPoint(3, 2))
        QTest.mouseRelease(view.viewport(), LEFT, pos=point + QPoint(3, 2))
        assert view.selection is None
        assert not view.textCursor().hasSelection()
    assert seeks.heard == [(3500,)] * 7


def test_a_drag_takes_every_word_it_touches(view: TranscriptView) -> None:
    """Qt would leave out a word whose last letter's far half it begins on."""
    first, last = (view.rects_of(WordRange(word, word + 1))[0] for word in (3, 6))
    begin = QPoint(round(first.right()) - 1, round(first.center().y()))
    end = QPoint(round(last.left()) + 1, round(last.center().y()))
    for one, other in ((begin, end), (end, begin)):
        QTest.mousePress(view.viewport(), LEFT, pos=one)
        QTest.mouseMove(view.viewport(), (one + other) / 2)
        QTest.mouseMove(view.viewport(), other)
        QTest.mouseRelease(view.viewport(), LEFT, pos=other)
        assert view.selection == WordRange(3, 7)
        view.select(None)


def test_a_drag_over_a_name_selects_nothing(view: TranscriptView) -> None:
    name = middle(view, 12) - QPoint(0, 22)
    QTest.mousePress(view.viewport(), LEFT, pos=name)
    QTest.mouseMove(view.viewport(), name + QPoint(40, 0))
    QTest.mouseRelease(view.viewport(), LEFT, pos=name + QPoint(40, 0))
    assert view.selection is None
    assert not view.textCursor().hasSelection()


def test_a_double_click_regrets_the_seek(view: TranscriptView) -> None:
    regrets = Listener(view.seek_regretted)
    point = middle(view, 7)
    QTest.mouseClick(view.viewport(), LEFT, pos=point)
    assert regrets.heard == []
    QTest.mouseDClick(view.viewport(), LEFT, pos=point)
    assert len(regrets.heard) == 1
    assert view.selection == WordRange(7, 8)


def test_a_double_click_after_a_selection_regrets_nothing(view: TranscriptView) -> None:
    regrets, seeks = Listener(view.seek_regretted), Listener(view.seek_requested)
    view.select(WordRange(3, 6))
    point = middle(view, 7)
    QTest.mouseClick(view.viewport(), LEFT, pos=point)
    QTest.mouseDClick(view.viewport(), LEFT, pos=point)
    assert regrets.heard == []
    assert seeks.heard == []


# Selecting by program, and copying


def test_selecting_by_program_does_not_scroll(view: TranscriptView) -> None:
    before = view.verticalScrollBar().value()
    view.select(WordRange(500, 510))
    assert view.selection == WordRange(500, 510)
    assert view.verticalScrollBar().value() == before
    view.select(None)
    assert view.selection is None


def test_what_is_copied_is_prose_and_nothing_else(view: TranscriptView) -> None:
    view.select(WordRange(10, 14))
    data = view.createMimeDataFromSelection()
    assert data.text() == "Anna: word0-10 word0-11\n\nBen: word1-0 word1-1"
    assert data.formats() == ["text/plain"]


def test_a_selection_from_the_heading_begins_at_the_first_word(view: TranscriptView) -> None:
    cursor = view.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(view.page.end_of(3), QTextCursor.MoveMode.KeepAnchor)  # type: ignore[union-attr]
    view.setTextCursor(cursor)
    assert view.selection == WordRange(0, 4)


def test_a_selection_of_the_heading_alone_is_none(view: TranscriptView) -> None:
    cursor = view.textCursor()
    cursor.setPosition(0)
    cursor.setPosition(5, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    assert view.selection is None


def test_a_selection_of_a_name_alone_holds_no_word_of_another(view: TranscriptView) -> None:
    page = view.page
    assert page is not None
    block = page.document.findBlock(page.position_of(12)).previous()
    assert block.text() == "Ben"
    cursor = view.textCursor()
    cursor.setPosition(block.position())
    cursor.setPosition(block.position() + 3, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    assert view.selection is None


# Keyboard


def test_the_page_cannot_be_typed_into(view: TranscriptView) -> None:
    before = view.toPlainText()
    for key in ("x", " ", "\b"):
        QTest.keyClicks(view, key)
    for code in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Insert):
        QTest.keyClick(view, code)
    assert view.toPlainText() == before
    assert view.isReadOnly()


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Left]
)
def test_the_windows_keys_pass_through(view: TranscriptView, key: Qt.Key) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier)
    view.keyPressEvent(event)
    assert not event.isAccepted()


def test_the_caret_begins_at_the_word_being_spoken(view: TranscriptView) -> None:
    view.set_current_word(9)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view._caret.shown == 10


def test_the_caret_begins_in_view_where_nothing_is_spoken_there(view: TranscriptView) -> None:
    view.set_current_word(3)
    view.scroll_to(300, 0.1)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert view._caret.shown is not None
    assert view._caret.shown in view.visible_words()


def test_the_caret_stays_within_the_words(view: TranscriptView) -> None:
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(view, Qt.Key.Key_Up)
    assert view._caret.shown == 0
    view._caret._word = len(view.page.transcript) - 1  # type: ignore[union-attr]
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(view, Qt.Key.Key_Down)
    assert view._caret.shown == len(view.page.transcript) - 1  # type: ignore[union-attr]


def test_up_and_down_keep_to_the_column(view: TranscriptView) -> None:
    view._caret._word = 3
    before = middle(view, 3)
    QTest.keyClick(view, Qt.Key.Key_Down)
    after = middle(view, view._caret.shown or 0)
    assert after.y() > before.y()
    assert abs(after.x() - before.x()) < 120
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view._caret.shown == 3


def test_another_transcript_lifts_the_caret_and_the_selection(view: TranscriptView) -> None:
    view._caret._word = 500
    view.select(WordRange(500, 510))
    view.show_transcript(transcript_of(("Eve", "two words")), HEADING)
    assert view._caret.shown is None
    assert view.selection is None
    assert view._caret.word == 0
    QTest.keyClick(view, Qt.Key.Key_Return)


# Empty, and dressed


def test_an_empty_view_takes_everything(empty: TranscriptView) -> None:
    seeks = Listener(empty.seek_requested)
    for _ in range(2):
        empty.set_current_word(None)
        empty.set_hits((), None)
        empty.select(None)
        empty.select(WordRange(0, 0))
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Escape):
            QTest.keyClick(empty, key)
        QTest.mouseClick(empty.viewport(), LEFT, pos=QPoint(300, 100))
        QTest.mouseDClick(empty.viewport(), LEFT, pos=QPoint(300, 100))
        empty.grab()
        empty.set_look(DARK, 1.2)
        assert empty.visible_words() == WordRange(0, 0)
        empty.show_transcript(TranscriptBuilder().build(), HEADING)
    assert seeks.heard == []


def test_another_look_keeps_the_selection_and_the_place(view: TranscriptView) -> None:
    view.scroll_to(200, 0.3)
    view.select(WordRange(200, 205))
    first = view.visible_words().first
    view.set_look(DARK, 1.0)
    assert view.selection == WordRange(200, 205)
    assert view.visible_words().first == first


def test_another_heading_keeps_the_place(view: TranscriptView) -> None:
    view.scroll_to(200, 0.3)
    first = view.visible_words().first
    view.show_heading(Heading("A much longer title " * 8, "and more"))
    QApplication.processEvents()
    assert abs(view.visible_words().first - first) < 12


def test_a_screen_reader_gets_the_text(view: TranscriptView) -> None:
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == "Transcript"
    text = interface.textInterface()
    assert text is not None
    assert "word0-0" in text.text(0, 200)
