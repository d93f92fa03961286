"""Real files become a library: a whole episode, a table of episodes, texts, and short recordings of human speech."""

from contextlib import closing
from pathlib import Path

import pytest

from index.library import Library
from index.library.adding import add
from player.sound_facts import read_facts

pytestmark = pytest.mark.real


def test_the_seeds_and_the_speech_are_added_once(shared_data: Path, tmp_path: Path) -> None:
    folders = [shared_data / "seeds", shared_data / "speech"]
    if not all(folder.is_dir() for folder in folders):
        pytest.skip("needs the seeds and the speech, which are not here")
    with closing(Library(tmp_path / "library.sqlite")) as library:
        report = add(library, folders, probe=read_facts)
        episodes = {episode.title: episode for episode in library.episodes.select()}
        talk = episodes["gradient-dissent-catanzaro-whisper"]
        assert (talk.words, talk.timing) == (10_226, "estimated")
        table = episodes["Sarah Catanzaro — Remembering the Lessons of the Last AI Renaissance"]
        assert (table.date, table.speakers, table.timing) == ("2023-02-02", ("Sarah", "Lukas"), "none")
        assert len(library.document(table.id).questions) == 36
        assert "Cristóbal Valenzuela — The Next Generation of Content Creation and AI" in episodes
        left_out = {each.path.name for each in report.skipped}
        assert {"article.txt", "show-notes.txt"} <= left_out
        spoken = [episode for episode in episodes.values() if episode.sound]
        assert spoken
        assert all(episode.duration_ms > 1000 and episode.words for episode in spoken)
        again = add(library, folders, probe=read_facts)
        assert again.is_empty
        assert len(again.present) == len(report.added) == len(episodes)
