"""What comes with transcripts, in real files: a table of episodes in a damaged encoding, show notes, an article."""

from pathlib import Path

import pytest

from index.chapter_notes import read_notes
from index.episode_table import EpisodeTable, read_table, repaired_table
from index.examine import examine

pytestmark = pytest.mark.real


@pytest.fixture
def seeds(shared_data: Path) -> Path:
    folder = shared_data / "seeds"
    if not folder.is_dir():
        pytest.skip("needs the seeds, which are not here")
    return folder


@pytest.fixture
def table(seeds: Path) -> EpisodeTable:
    return read_table(seeds / "gradient-dissent-episodes.csv.txt")


def test_episodes_under_lines_that_are_none(table: EpisodeTable) -> None:
    assert table.warnings == ("8 lines above the table were left out.",)
    assert [(row.date, row.length_ms, len(row.questions)) for row in table.rows] == [
        ("2023-02-02", 4_584_000, 36),
        ("2023-01-19", 2_426_000, 27),
        ("2023-01-05", 4_377_000, 42),
    ]


def test_its_damage_is_told_and_repaired(table: EpisodeTable) -> None:
    assert table.damage is not None
    assert 250 < table.damage.places < 270
    mended = repaired_table(table)
    assert not mended.damaged
    assert mended.rows[1].title == "Cristóbal Valenzuela — The Next Generation of Content Creation and AI"


def test_its_transcripts_have_turns(table: EpisodeTable) -> None:
    speakers = []
    for row in repaired_table(table).rows:
        reading = row.transcript()
        assert reading is not None
        assert reading.transcript.turn_count > 60
        assert "β€" not in reading.transcript.text
        speakers.append(set(reading.transcript.speakers))
    assert speakers == [{"Sarah", "Lukas"}, {"Cris", "Lukas"}, {"Jeremy", "Lukas"}]


def test_a_transcript_fits_its_sound(seeds: Path) -> None:
    found = examine(seeds / "gradient-dissent-catanzaro-whisper.txt", 4_584_000)
    assert (found.language, found.length, found.damage) == ("en", "", None)
    assert examine(seeds / "gradient-dissent-catanzaro-whisper.txt", 2_426_000).length


@pytest.mark.parametrize("name", ["show-notes.txt", "article.txt", "securities-untimed-speakers.txt"])
def test_prose_has_no_chapters(seeds: Path, name: str) -> None:
    assert read_notes((seeds / name).read_text("utf-8")) == []
