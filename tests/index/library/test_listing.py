"""Lists of episodes: filtered, in an order that people would call right, quick for thousands."""

from pathlib import Path

import pytest
from making import spoken

from index.formats.base import ReadResult
from index.library import EpisodeFilter, Facts, Library, Sort, prepare


@pytest.fixture
def shelf(library: Library) -> Library:
    """Five episodes of two shows and of none."""
    words = prepare(ReadResult(spoken(("Mara", "one"), ("Tom", "two")), ""))
    other = prepare(ReadResult(spoken(("Tomás", "three"), length_ms=9_000), ""))
    for number, (title, show, date, length_ms) in enumerate(
        (
            ("Part 10", "Sands", "2023-05-04", 3000),
            ("part 2", "Sands", "2022-01-01", 5000),
            ("Élan", "Über", "", 4000),
            ("Zebra", "", "2021", 0),
            ("apple", "", "", 0),
        )
    ):
        episode = library.episodes.add(Path(f"/{number}.mp3"), None, Facts(title, show, date, length_ms))
        if number < 3:
            library.transcripts.put(episode, Path(f"/{number}.vtt"), words if number else other)
    library.episodes.tag([1, 2], "sea", "old")
    library.episodes.tag([3], "sea")
    library.episodes.set_heard([2, 4], True)
    return library


@pytest.mark.parametrize(
    ("sort", "descending", "order"),
    [
        ("title", False, ["apple", "Élan", "part 2", "Part 10", "Zebra"]),
        ("title", True, ["Zebra", "Part 10", "part 2", "Élan", "apple"]),
        ("show", False, ["part 2", "Part 10", "Élan", "Zebra", "apple"]),
        ("date", False, ["Zebra", "part 2", "Part 10", "Élan", "apple"]),
        ("date", True, ["Part 10", "part 2", "Zebra", "Élan", "apple"]),
        ("length", False, ["Part 10", "Élan", "part 2", "Zebra", "apple"]),
        ("added", True, ["apple", "Zebra", "Élan", "part 2", "Part 10"]),
        ("added", False, ["Part 10", "part 2", "Élan", "Zebra", "apple"]),
    ],
)
def test_orders(shelf: Library, sort: Sort, descending: bool, order: list[str]) -> None:
    assert [each.title for each in shelf.episodes.select(sort=sort, descending=descending)] == order


def test_opened_last_comes_first(shelf: Library) -> None:
    for episode in (4, 2):
        shelf.episodes.open(Path(f"/{episode - 1}.mp3"), None, "")
    assert [each.title for each in shelf.episodes.select(sort="opened", descending=True)][:2] == ["part 2", "Zebra"]


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (EpisodeFilter(show="Sands"), {"Part 10", "part 2"}),
        (EpisodeFilter(show=""), {"Zebra", "apple"}),
        (EpisodeFilter(tag="SEA"), {"Part 10", "part 2", "Élan"}),
        (EpisodeFilter(tag="sea", show="Sands"), {"Part 10", "part 2"}),
        (EpisodeFilter(speaker="Tom"), {"part 2", "Élan"}),
        (EpisodeFilter(speaker="Tomás"), {"Part 10"}),
        (EpisodeFilter(speaker="To"), set()),
        (EpisodeFilter(heard=True), {"part 2", "Zebra"}),
        (EpisodeFilter(heard=False), {"Part 10", "Élan", "apple"}),
        (EpisodeFilter(text="elan UBER"), {"Élan"}),
        (EpisodeFilter(text="2023 sands tomas"), {"Part 10"}),
        (EpisodeFilter(text="old"), {"Part 10", "part 2"}),
        (EpisodeFilter(text="nowhere"), set()),
        (EpisodeFilter(since="2022"), {"Part 10", "part 2"}),
        (EpisodeFilter(since="2022-01-02"), {"Part 10"}),
        (EpisodeFilter(until="2022"), {"part 2", "Zebra"}),
        (EpisodeFilter(until="2021-12-31"), {"Zebra"}),
        (EpisodeFilter(since="2021", until="2022-01"), {"part 2", "Zebra"}),
        (EpisodeFilter(in_bin=True), set()),
        (EpisodeFilter(tag="'; DROP TABLE tags"), set()),
    ],
)
def test_filters(shelf: Library, wanted: EpisodeFilter, titles: set[str]) -> None:
    assert {each.title for each in shelf.episodes.select(wanted)} == titles


def test_what_there_is_to_filter_by(shelf: Library) -> None:
    assert shelf.episodes.shows() == {"Sands": 2, "Über": 1}
    assert list(shelf.episodes.tags().items()) == [("old", 2), ("sea", 3)]
    assert list(shelf.episodes.speakers().items()) == [("Mara", 2), ("Tom", 2), ("Tomás", 1)]
    shelf.bin.put([1])
    assert shelf.episodes.shows()["Sands"] == shelf.episodes.tags()["old"] == 1
    assert "Tomás" not in shelf.episodes.speakers()
    assert [each.title for each in shelf.episodes.select(EpisodeFilter(in_bin=True))] == ["Part 10"]


def test_no_list_reads_the_words(shelf: Library) -> None:
    with shelf.store.change() as db:
        db.execute("DROP TABLE words")
    assert len(shelf.episodes.select(EpisodeFilter(text="part"))) == 2
    assert len(shelf.episodes.recent()) == 5
    assert len(shelf.revisions()) == 3
