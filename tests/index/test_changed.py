"""What was changed lies between what both transcripts begin and end with, and no more than that is told."""

from hypothesis import given
from making import quick, spoken, texts, transcripts

from index.changed import changed
from index.draft import Draft
from index.transcript import Transcript, WordRange

TALK = spoken(("Ann", "one two three four"), ("Ben", "five six seven eight"))


def put(first: int, end: int, text: str) -> Transcript:
    """The talk with other words in place of some."""
    draft = Draft(TALK)
    draft.put(WordRange(first, end), text)
    return draft.build()


def test_one_word() -> None:
    assert changed(TALK, put(2, 3, "thirty")) == (WordRange(2, 3), WordRange(2, 3))


def test_more_words_and_fewer() -> None:
    assert changed(TALK, put(5, 6, "a b c")) == (WordRange(5, 6), WordRange(5, 8))
    assert changed(TALK, put(5, 7, "a")) == (WordRange(5, 7), WordRange(5, 6))


def test_a_word_with_which_a_turn_begins() -> None:
    draft = Draft(TALK)
    draft.split(2)
    was, now = changed(TALK, draft.build())
    assert was == now
    assert 2 in was
    assert len(was) <= 2


def test_nothing() -> None:
    was, now = changed(TALK, put(0, 1, "one"))
    assert not was
    assert not now


@quick
@given(transcripts(), transcripts())
def test_all_else_is_the_same(old: Transcript, new: Transcript) -> None:
    was, now = changed(old, new)
    before, after = texts(old), texts(new)
    assert was.first == now.first
    assert before[: was.first] == after[: now.first]
    assert before[was.end :] == after[now.end :]
