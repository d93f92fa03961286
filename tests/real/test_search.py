"""Search on real talk: phrases as a plain look finds them, and the questions that people asked about episodes."""

import random
from pathlib import Path

import pytest

from index.episode_table import read_table
from index.find import Finder
from index.search import SearchIndex
from index.transcript import WordRange
from tests.index.search.library import Shelf

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def shelf(shared_data: Path) -> Shelf:
    shelf = Shelf()
    for number, row in enumerate(read_table(shared_data / "seeds" / "gradient-dissent-episodes.csv.txt").rows):
        read = row.transcript()
        assert read
        shelf.put(number, read.transcript, title=row.title, questions=row.questions)
    return shelf


@pytest.fixture(scope="module")
def index(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    index = SearchIndex(tmp_path_factory.mktemp("search"))
    index.update(shelf)
    return index


def test_phrases_are_found_as_a_plain_look_finds_them(index: SearchIndex, shelf: Shelf) -> None:
    chance = random.Random(1)
    finders = {episode: Finder(talk.transcript) for episode, talk in shelf.talks.items()}
    for _ in range(150):
        transcript = shelf.talks[chance.choice(list(shelf.talks))].transcript
        length = chance.randint(1, 8)
        first = chance.randrange(len(transcript) - length)
        phrase = transcript.text_of(WordRange(first, first + length)).replace('"', " ").replace("*", " ")
        expected = {episode: hits for episode, finder in finders.items() if (hits := finder.find(phrase))}
        answer = index.search(f'"{phrase}"', shelf)
        assert {one.episode: [hit.words for hit in one.hits] for one in answer.episodes} == expected


def test_questions_lead_to_their_moment(index: SearchIndex, shelf: Shelf) -> None:
    """The questions of an episode follow its course, so a question's place among them tells which third it is about."""
    first = among_three = right_episode = total = 0
    for episode, talk in shelf.talks.items():
        for number, question in enumerate(talk.questions):
            third = 3 * (2 * number + 1) // (2 * len(talk.questions))
            found = index.moments(question, shelf, episode=episode, limit=3)
            hits = [3 * (one.words.first + one.words.end) // (2 * len(talk.transcript)) == third for one in found]
            first += hits[:1] == [True]
            among_three += any(hits)
            everywhere = index.moments(question, shelf, limit=1)
            right_episode += bool(everywhere) and everywhere[0].episode == episode
            total += 1
    assert total == 105
    assert first / total >= 0.8  # 85 % when this was written,
    assert among_three / total >= 0.9  # 94 %,
    assert right_episode / total >= 0.92  # 96 %.
