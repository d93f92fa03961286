"""The library's file: kept, shared, brought up to date, and told of in one sentence when something is wrong with it."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from making import spoken

from index.errors import EarmarkError
from index.formats.base import ReadResult
from index.library import Library, LibraryError, back_up, back_up_if_due, backups, prepare, restore_backup, store
from index.library.schema import MIGRATIONS

SOUND, WORDS = Path("/talks/talk.mp3"), Path("/talks/talk.vtt")
OLD = """
INSERT INTO episodes VALUES (3, '/a.mp3', '/a.vtt', 'A', 'Sands', 60000, 1234, 2);
INSERT INTO episodes VALUES (5, '/a.mp3', '', 'A too', '', 0, 0, 1);
INSERT INTO episodes VALUES (9, '', '/b.vtt', 'B', 'Sands', 0, 0, 3);
INSERT INTO clips VALUES (4, 3, 'clip', 2, 5, 800, 2000), (6, 5, 'no words', 0, 1, 0, 10);
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.sqlite"


@pytest.fixture
def old(path: Path) -> Path:
    """A library of the first version."""
    database = sqlite3.connect(path)
    database.executescript(f"{MIGRATIONS[0]} PRAGMA user_version = 1; {OLD}")
    database.close()
    return path


def version_of(path: Path) -> int:
    database = sqlite3.connect(path)
    version: int = database.execute("PRAGMA user_version").fetchone()[0]
    database.close()
    return version


def filled(path: Path, episodes: int = 1) -> None:
    library = Library(path)
    with library.store.change():
        for number in range(episodes):
            episode = library.episodes.open(Path(f"/{number}.mp3"), None, f"{number} a title that takes some room " * 4)
            library.clips.keep(episode.id, "clip", (0, 1), (0, 100))
    library.close()


# The same the next time, and for two at once


def test_all_is_there_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "Bücher 🎧" / "library.sqlite"
    library = Library(path)
    words = prepare(ReadResult(spoken(("Mara", "It took sixty years")), "WebVTT", ("A line was dropped.",)))
    episode = library.episodes.open(SOUND, WORDS, "Talk", words)
    library.episodes.tag([episode.id], "sea")
    library.episodes.keep_position(episode.id, 7)
    clip = library.clips.keep(episode.id, "clip", (1, 2), (0, 100))
    revisions, (row,) = library.revisions(), library.episodes.recent()
    library.close()
    library = Library(path)
    assert library.episodes.recent() == [row]
    assert (row.position_ms, row.tags) == (7, ("sea",))
    assert library.clips.of(episode.id) == [clip]
    assert library.revisions() == revisions
    reading = library.transcripts.reading(episode.id)
    assert reading is not None
    assert (reading.transcript.text, reading.format, reading.warnings) == (
        "It took sixty years",
        "WebVTT",
        ("A line was dropped.",),
    )
    library.close()


def test_two_at_a_time_see_the_same(path: Path) -> None:
    one, two = Library(path), Library(path)
    episode = one.episodes.open(SOUND, WORDS, "Talk")
    assert two.episodes.recent() == [episode]
    two.bin.put([episode.id])
    assert one.episodes.recent() == []
    one.close()
    two.close()


def test_who_waits_too_long_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BUSY_S", 0.01)
    one, two = Library(path), Library(path)
    with one.store.change(), pytest.raises(LibraryError, match="another Earmark is writing into it") as refused:
        two.episodes.open(SOUND, None, "Talk")
    assert refused.value.kind == "busy"
    assert two.episodes.open(SOUND, None, "Talk").id
    one.close()
    two.close()


def test_a_change_is_kept_whole_or_not_at_all(path: Path) -> None:
    library = Library(path)

    def fail() -> None:
        with library.store.change():
            library.episodes.open(SOUND, None, "Talk")
            with library.store.change():
                library.episodes.open(WORDS, None, "Another")
            raise ValueError("nothing of it")

    with pytest.raises(ValueError, match="nothing of it"):
        fail()
    assert library.episodes.recent() == []
    assert library.episodes.open(SOUND, None, "Talk").id
    library.close()


# Revisions


def test_a_revision_grows_with_whatever_is_searched_and_with_nothing_else(library: Library) -> None:
    def words(*cues: str) -> object:
        return prepare(ReadResult(spoken(*cues), ""))

    episode = library.episodes.open(SOUND, WORDS, "Talk", words("one two")).id  # type: ignore[arg-type]
    other = library.episodes.open(WORDS, WORDS, "Other", words("one two")).id  # type: ignore[arg-type]
    last = library.revisions()
    for change in (
        lambda: library.episodes.edit([episode], title="Another title"),
        lambda: library.episodes.edit([episode], show="Sands"),
        lambda: library.episodes.edit([episode], date="2023-05-04"),
        lambda: library.episodes.tag([episode], "sea"),
        lambda: library.episodes.untag([episode], "sea"),
        lambda: library.transcripts.put(episode, WORDS, words("one three")),  # type: ignore[arg-type]
        lambda: library.transcripts.put(episode, SOUND, words("one four"), activate=True),  # type: ignore[arg-type]
        lambda: library.transcripts.drop(library.transcripts.of(episode)[0].id),
    ):
        change()
        now = library.revisions()
        assert now[episode] > max(last.values())
        assert now[other] == last[other]
        last = now
    for same in (
        lambda: library.episodes.edit([episode], title="Another title"),
        lambda: library.episodes.keep_position(episode, 9),
        lambda: library.episodes.set_heard([episode], True),
        lambda: library.clips.keep(episode, "clip", (0, 1), (0, 1)),
        lambda: library.transcripts.put(episode, WORDS, words("one three")),  # type: ignore[arg-type]
        lambda: library.episodes.open(SOUND, WORDS, "Talk", words("one three")),  # type: ignore[arg-type]
        lambda: library.episodes.tag([episode], ""),
    ):
        same()
        assert library.revisions() == last


def test_revisions_grow_after_an_older_backup_too(path: Path) -> None:
    library = Library(path)
    episode = library.episodes.open(SOUND, WORDS, "Talk", prepare(ReadResult(spoken("one"), ""))).id
    backup = back_up(path)
    library.episodes.edit([episode], title="Later")
    later = library.revisions()[episode]
    library.close()
    restore_backup(path, backup)
    library = Library(path)
    library.episodes.edit([episode], title="Otherwise")
    assert library.revisions()[episode] > later
    library.close()


# Older and newer versions


def test_an_old_library_loses_nothing(old: Path) -> None:
    library = Library(old)
    assert [(each.id, each.title, each.show, each.sound, each.transcript) for each in library.episodes.recent()] == [
        (9, "B", "Sands", None, Path("/b.vtt")),
        (3, "A", "Sands", Path("/a.mp3"), Path("/a.vtt")),
        (5, "A too", "", Path("/a.mp3"), None),
    ]
    row = library.episodes.get(3)
    assert row is not None
    assert (row.duration_ms, row.position_ms, row.opened) == (60_000, 1234, 2)
    assert [(each.id, each.title, each.first_word, each.end_word) for each in library.clips.all()] == [
        (4, "clip", 2, 5),
        (6, "no words", 0, 1),
    ]
    assert library.episodes.open(Path("/c.mp3"), None, "C").id > 9
    library.close()
    assert version_of(old) == len(MIGRATIONS)
    assert [version_of(backup.path) for backup in backups(old)] == [1]
    Library(old).close()  # The second time there is nothing left to do.
    assert len(backups(old)) == 1


def test_the_words_of_an_old_episode_come_when_it_is_opened(old: Path) -> None:
    library = Library(old)
    assert library.revisions() == {}
    assert library.transcript_of(3) is None
    words = prepare(ReadResult(spoken("one two three", "four five six"), ""))
    assert library.episodes.open(Path("/a.mp3"), Path("/a.vtt"), "", words).id == 3
    assert [clip.first_word for clip in library.clips.of(3)] == [2]
    assert list(library.revisions()) == [3]
    library.close()


def test_a_migration_that_fails_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store, "MIGRATIONS", (*MIGRATIONS, "DELETE FROM episodes;\nINSERT INTO nowhere VALUES (1);\n"))
        with pytest.raises(LibraryError, match="no such table: nowhere"):
            Library(old)
    assert version_of(old) == 1
    library = Library(old)
    assert len(library.episodes.recent()) == 3
    library.close()


def test_no_backup_no_migration(old: Path) -> None:
    (old.parent / "backups").write_bytes(b"a file where the folder should be")
    before = old.read_bytes()
    with pytest.raises(EarmarkError, match="No backup of the library"):
        Library(old)
    assert old.read_bytes() == before


def test_a_newer_library_is_refused_and_left_alone(path: Path) -> None:
    filled(path)
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 999")
    database.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError) as refused:
        Library(path)
    assert str(refused.value) == f"The library {path} was made by a newer Earmark; open it with that one."
    assert refused.value.kind == "newer"
    assert path.read_bytes() == before


# Damage


@pytest.mark.parametrize("damage", [b"this is no database, " * 400, b"SQLite format 3\x00" + bytes(4000)])
def test_a_damaged_library_is_one_sentence(path: Path, damage: bytes) -> None:
    path.write_bytes(damage)
    with pytest.raises(LibraryError) as refused:
        Library(path)
    told = str(refused.value)
    way_out = r"there is no backup, so move it away to start a new one\."
    assert re.fullmatch(rf"The library {re.escape(str(path))} is damaged \(.*\); {way_out}", told)
    assert (refused.value.kind, refused.value.backup) == ("damaged", None)
    assert path.read_bytes() == damage


def pages_of(path: Path) -> Iterator[int]:
    return iter(range(4096, path.stat().st_size, 4096))


def look_all_over(path: Path) -> None:
    with closing(Library(path)) as library:
        for episode in library.episodes.recent(100):
            library.clips.of(episode.id)
        library.store.check()


def test_each_damaged_page_is_told_and_the_backup_offered(path: Path) -> None:
    filled(path, 60)
    backup = back_up(path)
    whole = path.read_bytes()
    for start in pages_of(path):
        path.write_bytes(damaged := whole[:start] + b"\xa5" * 4096 + whole[start + 4096 :])
        with pytest.raises(LibraryError) as refused:
            look_all_over(path)
        assert (refused.value.kind, refused.value.backup) == ("damaged", backup)
        assert f"the backup of {backup.made:%Y-%m-%d %H:%M} can take its place" in str(refused.value)
        assert path.read_bytes() == damaged
    aside = restore_backup(path, backup)
    assert aside.read_bytes() == damaged
    library = Library(path)
    assert len(library.episodes.recent(100)) == len(library.clips.all()) == 60
    library.close()


def test_damaged_words_of_one_episode_leave_the_others(path: Path) -> None:
    library = Library(path)
    words = prepare(ReadResult(spoken("It took sixty years"), ""))
    one = library.episodes.open(SOUND, WORDS, "Talk", words).id
    two = library.episodes.open(WORDS, WORDS, "Talk", words).id
    with library.store.change() as db:
        db.execute("UPDATE words SET packed = zeroblob(20) WHERE transcript = 1")
    with pytest.raises(EarmarkError, match=r"open the transcript's file again\.$"):
        library.transcript_of(one)
    assert library.transcript_of(two) is not None
    assert len(library.episodes.recent()) == 2
    library.close()


# Places


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be opened"):
        Library(tmp_path)


def test_a_file_where_its_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "earmark").write_bytes(b"")
    with pytest.raises(LibraryError, match="cannot be opened"):
        Library(tmp_path / "earmark" / "library.sqlite")


def test_an_empty_file_becomes_a_library(path: Path) -> None:
    path.write_bytes(b"")
    library = Library(path)
    assert library.episodes.recent() == []
    library.close()


# Backups


def test_a_backup_a_day_and_only_a_few(path: Path) -> None:
    assert back_up_if_due(path) is None  # There is nothing yet.
    filled(path)
    day = datetime(2026, 3, 1, 12)
    made = [back_up_if_due(path, now=day + timedelta(hours=hours)) for hours in (0, 1, 23, 25, 50, 80, 120)]
    assert [backup is not None for backup in made] == [True, False, False, True, True, True, True]
    assert [backup.made for backup in backups(path)] == [day + timedelta(hours=hours) for hours in (120, 80, 50)]
    assert sorted(each.name for each in (path.parent / "backups").iterdir()) == sorted(
        backup.path.name for backup in backups(path)
    )


def test_two_backups_in_one_second_have_two_names(path: Path) -> None:
    filled(path)
    now = datetime(2026, 3, 1, 12)
    assert back_up(path, now=now).path != back_up(path, now=now).path
    assert len(backups(path)) == 2


def test_a_backup_has_what_is_only_in_the_log_yet(path: Path) -> None:
    library = Library(path)
    library.episodes.open(SOUND, None, "Talk")
    backup = back_up(path)
    library.close()
    copy = Library(backup.path)
    assert [episode.title for episode in copy.episodes.recent()] == ["Talk"]
    copy.close()


def test_a_damaged_library_does_not_push_out_good_backups(path: Path) -> None:
    filled(path, 60)
    good = back_up(path)
    data = bytearray(path.read_bytes())
    data[8192:16384] = b"\xa5" * 8192
    path.write_bytes(data)
    with pytest.raises(EarmarkError, match="No backup of the library"):
        back_up(path)
    assert backups(path) == [good]
    assert list((path.parent / "backups").iterdir()) == [good.path]


def test_restoring_that_fails_leaves_the_library(path: Path) -> None:
    filled(path)
    backup = back_up(path)
    backup.path.unlink()
    before = path.read_bytes()
    with pytest.raises(EarmarkError, match="could not take the place"):
        restore_backup(path, backup)
    assert path.read_bytes() == before
    assert sorted(each.name for each in path.parent.iterdir()) == ["backups", "library.sqlite"]


def test_what_others_change_is_noticed_once(path: Path) -> None:
    library, other = Library(path), Library(path)
    assert not library.changed_elsewhere()
    library.episodes.open(SOUND, None, "Mine")
    assert not library.changed_elsewhere()
    other.episodes.open(SOUND.with_name("other.mp3"), None, "Theirs")
    assert library.changed_elsewhere()
    assert not library.changed_elsewhere()
    library.close()
    other.close()
