"""A page that is amended reads, and knows its words' places, as one laid out anew does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication
from talk import transcript_of

from index.transcript import Transcript
from player.theme import LIGHT
from player.widgets.page import Heading, Page

_WORDS = st.sampled_from(["river", "runs", "𝄞clef", "Café.", "old", "people?", "a"])
_SAID = st.lists(_WORDS, min_size=1, max_size=70)
_TURNS = st.lists(st.tuples(st.sampled_from([None, "Ana", "Ben"]), _SAID), max_size=5)
Turns = list[tuple[str | None, list[str]]]


def made_of(turns: Turns) -> Transcript:
    """A transcript of turns."""
    return transcript_of(*((name, " ".join(words)) for name, words in turns))


def check_alike(page: Page, fresh: Page) -> None:
    """Both pages show the same text and know the same places."""
    assert page.document.toPlainText() == fresh.document.toPlainText()
    words = range(len(fresh.transcript))
    assert [page.position_of(word) for word in words] == [fresh.position_of(word) for word in words]
    assert [page.paragraph_of(word) for word in words] == [fresh.paragraph_of(word) for word in words]
    places = range(fresh.document.characterCount())
    assert [page.word_at(place) for place in places] == [fresh.word_at(place) for place in places]
    blocks = range(fresh.document.blockCount())
    assert [page.paragraph_in_block(block) for block in blocks] == [fresh.paragraph_in_block(block) for block in blocks]


@given(before=_TURNS, after=_TURNS, longer=st.booleans())
def test_amending_is_like_laying_out_anew(qapp: QApplication, before: Turns, after: Turns, longer: bool) -> None:
    page = Page(made_of(before), Heading("A title", "about"), LIGHT, 1.0)
    heading = Heading("A much longer title", "about it") if longer else Heading("A title", "about")
    page.set_heading(heading)
    page.amend(made_of(after))
    check_alike(page, Page(made_of(after), heading, LIGHT, 1.0))


@pytest.fixture
def talk() -> Transcript:
    """Three turns."""
    return transcript_of(("Ana", "the river runs"), ("Ben", "past old houses"), ("Ana", "where people sit"))


def test_other_times_rewrite_nothing(qapp: QApplication, talk: Transcript) -> None:
    page = Page(talk, Heading("A title"), LIGHT, 1.0)
    later = replace(talk, starts=type(talk.starts)("q", (start + 7000 for start in talk.starts)))
    assert not page.amend(later)
    assert page.transcript is later


def test_only_what_reads_otherwise_is_rewritten(qapp: QApplication, talk: Transcript) -> None:
    page = Page(talk, Heading("A title"), LIGHT, 1.0)
    page.document.documentLayout()  # Without one, no change is told.
    changes: list[tuple[int, int, int]] = []
    page.document.contentsChange.connect(lambda *change: changes.append(change))
    assert page.amend(transcript_of(("Ana", "the river runs"), ("Ben", "past new houses"), ("Ana", "where people sit")))
    first = page.position_of(3)
    assert min(place for place, _, _ in changes) >= first - len("Ben") - 2
    assert max(place + gone for place, gone, _ in changes) <= page.position_of(6) - len("Ana") - 1
