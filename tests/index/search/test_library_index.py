from pathlib import Path

import pytest

from index.search import Answer, SearchIndex, State
from tests.index.search.library import Shelf


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    shelf.put(1, ("Mara", "The sand came with a slow tide."), ("Tom", "Slow sand? An open-source map."), title="Dunes")
    shelf.put(2, "It took sixty years, a slow tide of", "sand over sixty years.", title="Coast", date="2023-05-01")
    return shelf


@pytest.fixture
def index(tmp_path: Path, shelf: Shelf) -> SearchIndex:
    index = SearchIndex(tmp_path / "search")
    index.update(shelf)
    return index


def found(answer: Answer, shelf: Shelf) -> dict[int, list[str]]:
    texts = {}
    for one in answer.episodes:
        transcript = shelf.transcript_of(one.episode)
        assert transcript
        texts[one.episode] = [transcript.text_of(hit.words) for hit in one.hits]
    return texts


def test_finds_a_phrase_over_the_border_of_two_cues(index: SearchIndex, shelf: Shelf) -> None:
    assert index.state(shelf) is State.CURRENT
    assert found(index.search('"tide of sand"', shelf), shelf) == {2: ["tide of sand"]}
    assert found(index.search("opensource", shelf), shelf) == {1: ["open-source"]}
    assert found(index.search("slow sand", shelf), shelf) == {
        1: ["sand came with a slow", "Slow sand?"],
        2: ["slow tide of sand"],
    }
