"""How well a question leads to the moment that it is about, measured on questions that people wrote about episodes."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from index.episode_table import read_table
from index.search import SearchIndex
from tests.bench.report import Row
from tests.conftest import SHARED_DATA
from tests.index.search.library import Shelf

TABLE = "gradient-dissent-episodes.csv.txt"


@dataclass(frozen=True)
class Shares:
    """Of how many questions which share led to the right place."""

    questions: int
    first: float  # The first moment is in the right third of the episode,
    among_three: float  # or one of the first three.
    episode: float  # Asked of all episodes, the first moment is in the right one.
    ms: float  # For one question.


def real_episodes(shared: Path) -> Shelf:
    """Episodes of a podcast with the questions about each."""
    shelf = Shelf()
    for number, row in enumerate(read_table(shared / "seeds" / TABLE).rows):
        read = row.transcript()
        assert read
        shelf.put(number, read.transcript, title=row.title, questions=row.questions)
    return shelf


def measure(shelf: Shelf, index: SearchIndex) -> Shares:
    """The questions of an episode follow its course, so a question's place among them tells its third."""
    first = among_three = right_episode = total = 0
    begun = time.perf_counter()
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
    ms = (time.perf_counter() - begun) * 1000 / (2 * total)
    return Shares(total, first / total, among_three / total, right_episode / total, ms)


def rows(quick: bool = False) -> list[Row]:
    """Measured on the real episodes, where they are there."""
    if not (SHARED_DATA / "seeds" / TABLE).exists():
        return [Row("questions to their moments", "not measured", "", "needs the real episodes", None)]
    shelf = real_episodes(SHARED_DATA)
    with tempfile.TemporaryDirectory(prefix="earmark-bench-") as folder:
        index = SearchIndex(Path(folder))
        index.update(shelf)
        shares = measure(shelf, index)
    value = f"{shares.among_three:.0%} in the right third among the first 3, {shares.first:.0%} as the first"
    beside = f"{shares.questions} questions, {shares.ms:.0f} ms each; in the right episode: {shares.episode:.0%}"
    return [Row("questions to their moments", value, "90 % among 3", beside, shares.among_three >= 0.9)]
