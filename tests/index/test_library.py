import os
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import library as module
from index.errors import EarmarkError
from index.library import Episode, Library, SavedClip

SOUND, WORDS = Path("/talks/talk.mp3"), Path("/talks/talk.vtt")


@pytest.fixture
def library() -> Iterator[Library]:
    made = Library(":memory:")
    yield made
    made.close()


# Episodes


def test_an_empty_library(library: Library) -> None:
    assert library.recent() == []
    assert library.clips_of(1) == []


def test_an_episode_is_remembered(library: Library) -> None:
    episode = library.remember(SOUND, WORDS, "Talk", show="Show", duration_ms=60_000)
    assert episode == Episode(episode.id, SOUND, WORDS, "Talk", "Show", 60_000, 0)
    assert library.recent() == [episode]


def test_the_same_pair_is_the_same_episode(library: Library) -> None:
    first = library.remember(SOUND, WORDS, "Talk", duration_ms=60_000)
    again = library.remember(SOUND, WORDS, "A better title", show="Show")
    assert again.id == first.id
    assert (again.title, again.show) == ("A better title", "Show")
    assert again.duration_ms == 60_000  # What is not known now stays as it was known.
    assert library.remember(SOUND, WORDS, "Talk", duration_ms=61_000).duration_ms == 61_000


def test_another_pair_is_another_episode(library: Library) -> None:
    ids = {
        library.remember(sound, transcript, "Talk").id
        for sound, transcript in ((SOUND, WORDS), (SOUND, None), (None, WORDS), (SOUND, Path("/talks/talk.srt")))
    }
    assert len(ids) == 4
    missing = library.remember(SOUND, None, "Talk")
    assert missing.transcript is None


def test_recent_is_newest_first(library: Library) -> None:
    for name in ("a", "b", "c"):
        library.remember(Path(f"/{name}.mp3"), None, name)
    library.remember(Path("/a.mp3"), None, "a")
    assert [episode.title for episode in library.recent()] == ["a", "c", "b"]
    assert [episode.title for episode in library.recent(2)] == ["a", "c"]


def test_positions(library: Library) -> None:
    episode = library.remember(SOUND, WORDS, "Talk")
    other = library.remember(SOUND, None, "Talk")
    library.keep_position(episode.id, 12_345)
    assert library.remember(SOUND, WORDS, "Talk").position_ms == 12_345
    assert library.remember(SOUND, None, "Talk").position_ms == other.position_ms == 0


# Clips


def test_clips_are_kept_in_the_order_of_their_start(library: Library) -> None:
    episode = library.remember(SOUND, WORDS, "Talk").id
    late = library.keep_clip(episode, "late", (90, 99), (60_000, 66_000))
    early = library.keep_clip(episode, "early", (3, 9), (1000, 3000))
    assert late == SavedClip(late.id, episode, "late", 90, 99, 60_000, 66_000)
    assert library.clips_of(episode) == [early, late]


def test_a_clip_is_renamed_and_dropped(library: Library) -> None:
    episode = library.remember(SOUND, WORDS, "Talk").id
    clip = library.keep_clip(episode, "clip", (1, 2), (0, 100))
    library.rename_clip(clip.id, "a café 🎧")
    assert [each.title for each in library.clips_of(episode)] == ["a café 🎧"]
    library.drop_clip(clip.id)
    library.drop_clip(clip.id)  # What is gone is gone.
    assert library.clips_of(episode) == []


def test_a_clip_needs_an_episode(library: Library) -> None:
    with pytest.raises(EarmarkError, match="the last change is not kept"):
        library.keep_clip(99, "clip", (1, 2), (0, 100))


def test_forgetting_an_episode_forgets_its_clips_and_no_others(library: Library) -> None:
    episode = library.remember(SOUND, WORDS, "Talk").id
    other = library.remember(SOUND, None, "Other").id
    library.keep_clip(episode, "gone", (1, 2), (0, 100))
    kept = library.keep_clip(other, "kept", (1, 2), (0, 100))
    library.forget(episode)
    assert [each.id for each in library.recent()] == [other]
    assert library.clips_of(episode) == []
    assert library.clips_of(other) == [kept]


def test_text_is_text(library: Library) -> None:
    title = "'); DROP TABLE clips; -- <img src=x> \x00 \u202e {0} %s"
    episode = library.remember(SOUND, WORDS, title, show=title)
    clip = library.keep_clip(episode.id, title, (1, 2), (0, 100))
    assert library.recent()[0].title == title
    assert library.clips_of(episode.id) == [clip]
    assert clip.title == title


# Names


@pytest.mark.parametrize("name", ["Grüße – 日本語 🎧.mp3", "a'b\"c.mp3", "new\nline.mp3", "%s{}.mp3", " .mp3"])
def test_any_name_of_a_file(library: Library, name: str) -> None:
    episode = library.remember(Path("/talks") / name, None, name)
    assert library.recent()[0].sound == episode.sound == Path("/talks") / name
    assert library.remember(Path("/talks") / name, None, name).id == episode.id


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_a_name_that_is_not_utf8(library: Library) -> None:
    path = Path(os.fsdecode(b"/talks/caf\xe9.mp3"))
    episode = library.remember(path, None, path.stem, show=path.stem)
    assert library.recent()[0].sound == path
    assert library.remember(path, None, path.stem).id == episode.id
    assert episode.title == "caf?"
    clip = library.keep_clip(episode.id, path.stem, (1, 2), (0, 100))
    library.rename_clip(clip.id, path.stem)
    assert library.clips_of(episode.id)[0].title == "caf?"


# The file


def test_all_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "Bücher 🎧" / "library.sqlite"
    library = Library(path)
    episode = library.remember(SOUND, WORDS, "Talk")
    library.keep_position(episode.id, 7)
    clip = library.keep_clip(episode.id, "clip", (1, 2), (0, 100))
    library.close()
    library = Library(path)
    assert [each.position_ms for each in library.recent()] == [7]
    assert library.clips_of(episode.id) == [clip]
    library.close()


def test_two_at_a_time_see_the_same(tmp_path: Path) -> None:
    one, two = Library(tmp_path / "library.sqlite"), Library(tmp_path / "library.sqlite")
    episode = one.remember(SOUND, WORDS, "Talk")
    assert two.recent() == [episode]
    two.forget(episode.id)
    assert one.recent() == []
    one.close()
    two.close()


def version_of(path: Path) -> int:
    database = sqlite3.connect(path)
    version: int = database.execute("PRAGMA user_version").fetchone()[0]
    database.close()
    return version


def test_an_older_library_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite"
    now = module._MIGRATIONS
    library = Library(path)
    episode = library.remember(SOUND, WORDS, "Talk")
    library.close()
    assert version_of(path) == len(now)
    monkeypatch.setattr(module, "_MIGRATIONS", (*now, "ALTER TABLE episodes ADD COLUMN date TEXT NOT NULL DEFAULT '';"))
    for _ in range(2):  # The second time there is nothing left to do.
        library = Library(path)
        assert library.recent() == [episode]
        library.close()
        assert version_of(path) == len(now) + 1


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "library.sqlite"
    library = Library(path)
    episode = library.remember(SOUND, WORDS, "Talk")
    library.close()
    now = module._MIGRATIONS
    with monkeypatch.context() as patch:
        patch.setattr(module, "_MIGRATIONS", (*now, "DELETE FROM episodes; ALTER TABLE nothing ADD COLUMN x;"))
        with pytest.raises(EarmarkError, match="cannot be opened"):
            Library(path)
    assert version_of(path) == len(now)
    library = Library(path)
    assert library.recent() == [episode]
    library.close()


def test_a_newer_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    Library(path).close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 999")
    database.close()
    before = path.read_bytes()
    with pytest.raises(EarmarkError) as refused:
        Library(path)
    assert str(refused.value) == f"The library {path} was made by a newer Earmark; open it with that one."
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", [b"this is no database, " * 400, b"SQLite format 3\x00" + bytes(4000)])
def test_a_damaged_library_is_one_sentence(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(damage)
    with pytest.raises(EarmarkError) as refused:
        Library(path)
    told = str(refused.value)
    assert told.startswith(f"The library {path} cannot be opened (")
    assert told.endswith("); move it away to start a new one.")
    assert "\n" not in told
    assert path.read_bytes() == damage


def test_a_library_damaged_in_its_middle(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    library = Library(path)
    for number in range(2000):
        library.remember(Path(f"/{number}.mp3"), None, "a title that takes some room " * 4)
    library.close()
    data = bytearray(path.read_bytes())
    data[4096 * 4 :] = b"\xff" * (len(data) - 4096 * 4)
    path.write_bytes(data)
    library = Library(path)
    with pytest.raises(EarmarkError, match=r"cannot be read \(.*\); move it away to start a new one\.$"):
        library.recent(5000)
    with pytest.raises(EarmarkError, match="the last change is not kept"):
        library.forget(1999)
    library.close()


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(EarmarkError, match="cannot be opened"):
        Library(tmp_path)


def test_a_file_where_its_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "earmark").write_bytes(b"")
    with pytest.raises(EarmarkError, match="cannot be opened"):
        Library(tmp_path / "earmark" / "library.sqlite")


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").write_bytes(b"")
    library = Library(tmp_path / "library.sqlite")
    assert library.recent() == []
    library.close()
