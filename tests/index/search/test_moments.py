from itertools import pairwise
from pathlib import Path

import pytest

from index.search import SearchIndex
from tests.index.making import spoken
from tests.index.search.library import Shelf

LENGTH_MS = 240_000
FILLER = "so we went on and talked a little more about this and that before we came to it " * 16


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    for episode, subject in ((1, "lighthouses"), (2, "dunes")):
        parts = ("storms break the walls", f"the keepers of {subject} lived alone", "children learn to swim")
        talk = spoken(*(FILLER + part + ". " + FILLER for part in parts), length_ms=LENGTH_MS)
        shelf.put(episode, talk, title=subject)
    return shelf


@pytest.fixture
def index(tmp_path: Path, shelf: Shelf) -> SearchIndex:
    index = SearchIndex(tmp_path)
    index.update(shelf)
    return index


def test_the_moment_that_a_question_is_about_comes_first(index: SearchIndex, shelf: Shelf) -> None:
    for question, place in (
        ("How do storms affect walls?", 0),
        ("Did the keeper live alone?", 1),  # Forms of the words that were said.
        ("At what age do children learn swimming?", 2),
    ):
        first, *_ = index.moments(question, shelf, episode=2)
        said = shelf.talks[2].transcript.text_of(first.words)
        assert ("storms", "keepers", "children")[place] in said
        assert first.episode == 2
        assert place * LENGTH_MS <= first.start_ms < first.end_ms <= (place + 1) * LENGTH_MS
        assert 100 < len(first.words) <= 160


def test_the_right_episode_comes_first(index: SearchIndex, shelf: Shelf) -> None:
    found = index.moments("Who kept the lighthouse?", shelf)
    assert [moment.title for moment in found] == ["lighthouses"]
    assert {moment.episode for moment in index.moments("What about the keepers?", shelf)} == {1, 2}


def test_moments_do_not_overlap_and_are_limited(index: SearchIndex, shelf: Shelf) -> None:
    found = index.moments("storms, keepers and children", shelf, episode=1)
    assert len(found) == 3
    words = sorted(moment.words for moment in found)
    assert all(one.end <= other.first for one, other in pairwise(words))
    assert index.moments("storms, keepers and children", shelf, episode=1, limit=1) == found[:1]


def test_a_question_about_nothing_has_no_moments(index: SearchIndex, shelf: Shelf) -> None:
    assert index.moments("What do you think?", shelf) == []
    assert index.moments("xylophones?", shelf) == []
    assert index.moments("storms", shelf, episode=99) == []
