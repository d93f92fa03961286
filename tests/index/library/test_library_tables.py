"""Tables of episodes become episodes, once."""

from pathlib import Path

from adding_files import add_all, captions, sound, write

from index.chapters import Chapter
from index.library import Details, Facts, Library

TABLE = """title,url,length (s),publish_date,transcript,summary,questions
A slow tide,https://sands.example/1,3600,2023-05-04,"Mara: It took sixty years.
Tom: Did it?",About sand.,"['How long did it take?', 'Who told you?']"
No words,https://sands.example/2,10,2023-05-05,,Nothing else.,
"""


def test_a_table(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "episodes.csv", TABLE)
    report = add_all(library, path)
    (episode,) = library.episodes.select()
    assert report.added == [episode.id]
    assert (episode.title, episode.date, episode.duration_ms) == ("A slow tide", "2023-05-04", 3_600_000)
    assert (episode.sound, episode.transcript, episode.speakers) == (None, None, ("Mara", "Tom"))
    assert library.episodes.details(episode.id) == Details(
        "About sand.", "https://sands.example/1", ("How long did it take?", "Who told you?")
    )
    assert library.document(episode.id).questions == ("How long did it take?", "Who told you?")
    assert [each.sentence() for each in report.skipped] == [
        "The row “No words” of “episodes.csv” was left out: it has no transcript, and no sound that is here."
    ]


def test_a_table_again_adds_nothing_twice(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "episodes.csv", TABLE)
    (episode,) = add_all(library, path).added
    library.episodes.edit([episode], title="My title")
    before = library.revisions()
    assert add_all(library, path).present == [episode]
    assert library.revisions() == before
    write(path, TABLE.replace("sixty", "seventy"))
    assert add_all(library, path).changed == [episode]
    assert library.revisions() != before
    library.bin.put([episode])
    assert add_all(library, tmp_path).restored == [episode]


def test_a_row_joins_the_episode_it_is_about(library: Library, tmp_path: Path) -> None:
    sound(tmp_path / "tide.mp3", title="A Slow Tide", date="2020")
    captions(tmp_path / "tide.vtt")
    (episode,) = add_all(library, tmp_path).added
    library.episodes.fill(episode, Facts(chapters=(Chapter(0, 9000, "Intro"),)))
    assert add_all(library, write(tmp_path / "episodes.csv", TABLE)).changed == [episode]
    (row,) = library.episodes.select()
    # What the sound said stays; what it did not say is told by the table.
    assert (row.title, row.date, row.transcript) == ("A Slow Tide", "2020", tmp_path / "tide.vtt")
    assert library.episodes.details(episode).summary == "About sand."
    assert library.episodes.chapters(episode) == [Chapter(0, 9000, "Intro")]
    assert [(each.label, each.active) for each in library.transcripts.of(episode)] == [("", True), ("table", False)]


def test_a_row_with_a_sound_beside_it(library: Library, tmp_path: Path) -> None:
    sound(tmp_path / "audio" / "tide.mp3")
    path = write(
        tmp_path / "episodes.csv",
        "title,audio,transcript\n"
        "A slow tide,audio/tide.mp3,It took sixty years.\n"
        "Else,https://x.example/a.mp3,Another one was told too.\n",
    )
    add_all(library, path)
    assert [(each.title, each.sound) for each in library.episodes.select(sort="title")] == [
        ("A slow tide", tmp_path / "audio" / "tide.mp3"),
        ("Else", None),
    ]
