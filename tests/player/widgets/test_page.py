"""The page: every word found where it stands, whatever characters it has."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QTextCursor, QTextDocument
from PySide6.QtWidgets import QApplication
from talk import transcript_of

from index.builder import TranscriptBuilder
from index.draft import Draft
from index.transcript import WordRange
from player.theme import DARK, LIGHT
from player.widgets.page import Heading, Page


def text_at(page: Page, word: int) -> str:
    cursor = QTextCursor(page.document)
    cursor.setPosition(page.position_of(word))
    cursor.setPosition(page.end_of(word), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def check(page: Page) -> None:
    """Words and places agree, both ways."""
    transcript = page.transcript
    positions = [page.position_of(word) for word in range(len(transcript))]
    assert all(one < other for one, other in pairwise(positions))
    for word, position in enumerate(positions):
        assert len(text_at(page, word).encode("utf-16-le")) == len(transcript.word_text(word).encode("utf-16-le"))
        for inside in (position, page.end_of(word) - 1):
            assert page.word_at(inside) == word
        block = page.document.findBlock(position)
        assert page.paragraph_in_block(block.blockNumber()) == page.paragraph_of(word)
    assert page.word_at(0) is None
    assert page.word_at(page.first_position - 1) is None


HEADING = Heading("A talk", "Anna, Ben")


@pytest.fixture
def page(qapp: QApplication) -> Page:
    return Page(transcript_of(("Anna", "one two three"), ("Ben", "four five"), (None, "six")), HEADING, LIGHT, 1.0)


def test_words_stand_under_their_speakers(page: Page) -> None:
    assert page.document.toPlainText() == "A talk\nAnna, Ben\nAnna\none two three\nBen\nfour five\nsix"
    assert [text_at(page, word) for word in range(6)] == ["one", "two", "three", "four", "five", "six"]
    check(page)


def test_names_and_the_heading_are_no_words(page: Page) -> None:
    blocks = [page.paragraph_in_block(number) for number in range(page.document.blockCount())]
    assert blocks == [None, None, None, 0, None, 1, 2]


@pytest.mark.parametrize("title", ["", "Much longer than it was before", "🎧🎧🎧", "two\nlines"])
def test_another_heading_leaves_the_words_where_they_are(page: Page, title: str) -> None:
    page.set_heading(Heading(title, title * 3))
    check(page)
    page.set_heading(HEADING)
    assert page.document.toPlainText().startswith("A talk\nAnna, Ben\nAnna\n")
    check(page)


def test_characters_of_two_units(qapp: QApplication) -> None:
    turns = ("Ann🎧", "🎧 a🎧b 𝔘𝔫𝔦 plain"), ("Ben", "plain words here"), ("Eve", "漢字 ｶﾀｶﾅ e\u0301 𠮷野家")
    check(Page(transcript_of(*turns), Heading("🎧", ""), DARK, 1.4))


def test_a_long_turn_is_cut_into_paragraphs(qapp: QApplication) -> None:
    words = " ".join(f"word{number}{'.' if number % 9 == 8 else ''}" for number in range(400))
    page = Page(transcript_of(("Anna", words)), HEADING, LIGHT, 1.0)
    assert len(page.paragraphs) > 3
    assert page.document.toPlainText().count("Anna\n") == 1
    check(page)


def test_no_words_at_all(qapp: QApplication) -> None:
    page = Page(TranscriptBuilder().build(), HEADING, LIGHT, 1.0)
    assert page.document.toPlainText() == "A talk\nAnna, Ben"
    for position in (0, 5, 1000):
        assert page.word_at(position) is None
    page.set_heading(Heading("Other", "words"))


def test_the_document_loads_nothing(page: Page) -> None:
    kind = QTextDocument.ResourceType.ImageResource.value
    assert page.document.loadResource(kind, QUrl("file:///etc/hostname")) is None


words_of_any_kind = st.text(
    st.characters(exclude_categories=("Cs", "Zs", "Zl", "Zp", "Cc")), min_size=1, max_size=8
).filter(lambda word: len(word.split()) == 1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.one_of(st.none(), words_of_any_kind), st.lists(words_of_any_kind, min_size=1)), min_size=1)
)
def test_any_words_can_be_found_again(qapp: QApplication, turns: list[tuple[str | None, list[str]]]) -> None:
    page = Page(transcript_of(*((name, " ".join(words)) for name, words in turns)), HEADING, LIGHT, 1.0)
    check(page)


# Written anew

_NAMES = st.sampled_from(["Ben", "Ann🎧", ""])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_an_amended_page_is_as_one_written_from_the_start(qapp: QApplication, data: st.DataObject) -> None:
    draft = Draft(
        transcript_of(("Anna", "one two 🎧 four"), ("Ben", "five six"), ("Anna", "seven " * 130), ("Cleo", "end"))
    )
    page = Page(draft.build(), HEADING, LIGHT, 1.0)
    for _ in range(data.draw(st.integers(1, 4))):
        word = data.draw(st.integers(0, len(draft) - 1))
        match data.draw(st.sampled_from(["put", "split", "join", "name"])):
            case "put":
                draft.put(
                    WordRange(word, word + 1), " ".join(data.draw(st.lists(words_of_any_kind, min_size=1, max_size=4)))
                )
            case "split":
                draft.split(word)
            case "join" if draft.turn_of(word):
                draft.join(draft.turn_of(word))
            case "name":
                draft.name(draft.turn_of(word), data.draw(_NAMES), everywhere=data.draw(st.booleans()))
        page.amend(draft.build())
        anew = Page(draft.build(), HEADING, LIGHT, 1.0)
        assert looks(page) == looks(anew)
        check(page)


def looks(page: Page) -> list[tuple[str, float, QColor]]:
    """Every block: its text, how far it stands from the one above, and its ink."""
    found, block = [], page.document.begin()
    while block.isValid():
        style = page.layout.style_of(block.blockNumber())
        found.append((block.text(), style.above, style.characters.foreground().color()))
        block = block.next()
    return found
