import csv
import io
from pathlib import Path

import pytest

from index.search import SearchIndex
from index.search.concordance import HEADINGS, Order, Row, counts, csv_text, neighbours, ordered, rows
from tests.index.making import spoken
from tests.index.search.library import Shelf


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    shelf.put(1, ("Mara", "A slow tide came."), ("Tom", "The high tide?"), show="Sea", date="2023-05-01", title="One")
    shelf.put(2, ("Mara", "Slow tides; Éric’s tide won."), show="Land", date="2022-11", title="Two")
    shelf.put(3, "tide", title="=1+2")
    return shelf


@pytest.fixture
def found(tmp_path: Path, shelf: Shelf) -> list[Row]:
    index = SearchIndex(tmp_path)
    index.update(shelf)
    return sorted(rows(index.search("tide", shelf), shelf), key=lambda row: (row.episode, row.words))


def test_a_row_is_an_occurrence_between_its_neighbours(found: list[Row]) -> None:
    said = [(row.episode, row.speaker, row.before, row.match, row.after) for row in found]
    assert said == [
        (1, "Mara", "A slow", "tide", "came. The high tide?"),
        (1, "Tom", "A slow tide came. The high", "tide?", ""),
        (2, "Mara", "Slow tides; Éric’s", "tide", "won."),
        (3, "", "", "tide", ""),
    ]
    assert (found[1].start_ms, found[1].end_ms, found[1].timed, found[1].exact) == (3201, 4000, True, False)


@pytest.mark.parametrize(
    ("order", "first_words"),
    [
        (Order.FOUND, [(1, 2), (1, 6), (2, 3), (3, 0)]),
        (Order.LEFT, [(3, 0), (2, 3), (1, 6), (1, 2)]),  # nothing, Éric's, high, slow
        (Order.RIGHT, [(1, 6), (3, 0), (1, 2), (2, 3)]),  # nothing, nothing, came, won
        (Order.MATCH, [(1, 2), (1, 6), (2, 3), (3, 0)]),
        (Order.SPEAKER, [(1, 2), (2, 3), (1, 6), (3, 0)]),
        (Order.DATE, [(3, 0), (2, 3), (1, 2), (1, 6)]),
    ],
)
def test_rows_can_be_sorted(found: list[Row], order: Order, first_words: list[tuple[int, int]]) -> None:
    assert [(row.episode, row.words.first) for row in ordered(found, order)] == first_words


def test_counts_and_neighbours(found: list[Row]) -> None:
    counted = counts(found)
    assert counted.speakers == (("Mara", 2), ("Tom", 1), ("", 1))
    assert counted.shows == (("Sea", 2), ("Land", 1), ("", 1))
    assert counted.months == (("2022-11", 1), ("2023-05", 2), ("", 1))
    assert dict(neighbours(found, left=True)) == {"slow": 1, "high": 1, "erics": 1}
    assert neighbours(found, left=False, limit=1) == [("came", 1)]


def test_a_table_that_any_program_reads_and_none_runs(found: list[Row]) -> None:
    table = list(csv.reader(io.StringIO(csv_text(found))))
    assert tuple(table[0]) == HEADINGS
    assert table[2] == ["Sea", "One", "2023-05-01", "Tom", "00:00:03.201", "00:00:04.000", *table[2][6:8], "", "1"]
    assert table[4][1] == "'=1+2"


def test_changed_words_are_passed_over_and_it_can_be_stopped(tmp_path: Path, shelf: Shelf) -> None:
    answer = SearchIndex(tmp_path).search("tide", shelf)
    assert list(rows(answer, shelf, cancelled=lambda: True)) == []
    shelf.talks[1] = shelf.put(1, spoken("tide"))
    told: list[tuple[int, int]] = []
    assert {row.episode for row in rows(answer, shelf, told=lambda *done: told.append(done))} == {2, 3}
    assert told == [(1, 3), (2, 3), (3, 3)]
