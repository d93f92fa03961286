"""A long page is laid out where it is looked at, written while it is shown, and nothing in view moves by that."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from talk import transcript_of

from index.transcript import Transcript, WordRange
from player.theme import DARK, LIGHT
from player.widgets.page import Heading, Page
from player.widgets.transcript_view import TranscriptView

TURNS, TURN_WORDS = 400, 60
HEADING = Heading("Talk", "Anna, Ben")


@pytest.fixture(scope="module")
def talk() -> Transcript:
    """Turns of several lines, some of much wider letters than the first of them."""
    letters = ("word", "Wide", "ill", "MMMM")
    return transcript_of(
        *(
            (("Anna", "Ben")[turn % 2], " ".join(f"{letters[turn % 4]}{at}" for at in range(TURN_WORDS)))
            for turn in range(TURNS)
        )
    )


@pytest.fixture
def view(qtbot: QtBot, dressed: QApplication, talk: Transcript) -> TranscriptView:
    made = TranscriptView(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.show_transcript(talk, HEADING)
    qtbot.waitUntil(lambda: made.page is not None and made.page.is_written)
    return made


def laid_out(view: TranscriptView) -> int:
    """So many blocks have lines."""
    block, count = view.document().begin(), 0
    while block.isValid():
        count += bool(block.layout().lineCount())
        block = block.next()
    return count


def test_only_what_is_in_view_is_laid_out(view: TranscriptView) -> None:
    bar = view.verticalScrollBar()
    assert laid_out(view) < 30
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    view.resize(700, 500)
    view.set_look(DARK, 1.4)
    QApplication.processEvents()
    assert laid_out(view) < 150


def test_the_end_is_where_the_bar_ends(view: TranscriptView) -> None:
    bar = view.verticalScrollBar()
    for _ in range(4):  # What is laid out there makes the page a little longer or shorter.
        bar.setValue(bar.maximum())
    assert view.page is not None
    assert len(view.page.transcript) - 1 in view.visible_words()


@pytest.mark.parametrize("word", [0, 7000, TURNS * TURN_WORDS - 300])
def test_a_word_stands_where_it_was_wanted(view: TranscriptView, word: int) -> None:
    view.scroll_to(word, 0.4)
    top = view.line_top(word)
    assert top is not None
    QApplication.processEvents()
    assert view.line_top(word) == top
    if word:
        assert top == pytest.approx(0.4 * view.viewport().height(), abs=1)


def test_scrolling_up_into_what_was_only_estimated_moves_nothing_in_view(view: TranscriptView) -> None:
    view.scroll_to(12_000, 0.5)
    bar = view.verticalScrollBar()
    for _ in range(40):
        word = view.visible_words().first + 30
        before, height = view.line_top(word), bar.value()
        assert before is not None
        bar.setValue(height - 60)
        assert view.line_top(word) == pytest.approx(before + 60, abs=1)


def test_a_word_wanted_before_it_is_written_is_gone_to_when_it_is(view: TranscriptView, talk: Transcript) -> None:
    page = Page(talk, HEADING, LIGHT, 1.0, within_s=0)
    assert 0 < page.written < len(talk)
    view.set_page(page)
    last = len(talk) - 1
    assert view.line_top(last) is None
    view.scroll_to(last, 0.5)
    view.set_current_word(last)
    view.select(None)
    while not page.is_written:
        QApplication.processEvents()
    assert last in view.visible_words()
    assert page.layout.inks


def test_a_page_written_bit_by_bit_reads_as_one_written_at_once(qapp: QApplication, talk: Transcript) -> None:
    page, whole = Page(talk, HEADING, LIGHT, 1.0, within_s=0), Page(talk, HEADING, LIGHT, 1.0)
    while not page.is_written:
        page.set_heading(Heading("Talk" * (page.written % 7), ""))
        page.write(0)
    page.set_heading(HEADING)
    assert page.document.toPlainText() == whole.document.toPlainText()
    words = range(0, len(talk), 41)
    assert [page.position_of(word) for word in words] == [whole.position_of(word) for word in words]
    assert [page.word_at(page.position_of(word)) for word in words] == list(words)


def test_every_point_of_a_line_is_a_place_in_it(view: TranscriptView) -> None:
    layout = view.document().documentLayout()
    for word in (0, 30, 90):
        box = view.rects_of(WordRange(word, word + 1))[0]
        point = box.center() + QPointF(0, view.verticalScrollBar().value())
        exact = layout.hitTest(point, Qt.HitTestAccuracy.ExactHit)
        assert view.page is not None
        assert view.page.word_at(exact) == word
    assert layout.hitTest(QPointF(2, point.y()), Qt.HitTestAccuracy.ExactHit) == -1
