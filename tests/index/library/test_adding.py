"""Files and folders are added: paired, named, known again, and nothing twice."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from adding_files import add_all, captions, look, sound, write

from index.errors import EarmarkError
from index.library import EpisodeFilter, Facts, Library
from index.library.adding import Ways, add, settled
from index.library.lock import held


def titles(library: Library) -> list[str]:
    return [episode.title for episode in library.episodes.select(sort="title")]


def names(report_paths: list[Path]) -> list[str]:
    return [path.name for path in report_paths]


def test_a_folder_of_pairs(library: Library, tmp_path: Path) -> None:
    for name in ("one", "two"):
        sound(tmp_path / "Sands" / f"{name}.mp3", title=name.title(), date="2023-05-04")
        captions(tmp_path / "Sands" / f"{name}.vtt")
    sound(tmp_path / "Sands" / "deep" / "er" / "three.mp3")
    captions(tmp_path / "Sands" / "four.vtt")
    write(tmp_path / "Sands" / "cover.jpg", "no sound")
    write(tmp_path / "Sands" / ".hidden.mp3", "hidden")
    report = add_all(library, tmp_path)
    assert (len(report.added), report.skipped) == (4, [])
    assert report.sentence() == "4 added."
    assert titles(library) == ["four", "One", "three", "Two"]
    one = next(episode for episode in library.episodes.select() if episode.title == "One")
    assert (one.sound, one.transcript) == (tmp_path / "Sands" / "one.mp3", tmp_path / "Sands" / "one.vtt")
    assert (one.show, one.date, one.duration_ms) == ("Sands", "2023-05-04", 60_000)
    assert (one.words, one.speakers, one.opened) == (4, ("Mara",), 0)
    assert len(library.revisions()) == 3
    transcript = library.transcript_of(one.id)
    assert transcript is not None
    assert transcript.text == "the words of one"


def test_adding_again_adds_nothing_twice(library: Library, tmp_path: Path) -> None:
    for name in ("one", "two"):
        sound(tmp_path / f"{name}.mp3")
        captions(tmp_path / f"{name}.vtt")
    captions(tmp_path / "three.vtt")
    first = add_all(library, tmp_path)
    before = library.revisions(), library.episodes.select()
    for paths in ([tmp_path], [tmp_path / "one.vtt"], [tmp_path / "two.mp3", tmp_path / "two.vtt"], [tmp_path] * 2):
        again = add_all(library, *paths)
        assert again.is_empty
        assert set(again.present) <= set(first.added)
    assert (library.revisions(), library.episodes.select()) == before
    assert again.sentence() == "3 already there."


def test_a_copy_is_the_same(library: Library, tmp_path: Path) -> None:
    sound(tmp_path / "one.mp3")
    (episode,) = add_all(library, tmp_path).added
    shutil.copy(tmp_path / "one.mp3", tmp_path / "copy of one.mp3")
    report = add_all(library, tmp_path / "copy of one.mp3")
    assert (report.present, report.added) == ([episode], [])
    assert library.episodes.recent()[0].sound == tmp_path / "one.mp3"


def test_a_moved_file_is_known_again_with_all_that_was_kept(library: Library, tmp_path: Path) -> None:
    sound(tmp_path / "one.mp3")
    captions(tmp_path / "one.vtt")
    (episode,) = add_all(library, tmp_path).added
    library.clips.keep(episode, "clip", (0, 1), (0, 100))
    library.episodes.edit([episode], title="My title")
    (tmp_path / "new").mkdir()
    for name in ("one.mp3", "one.vtt"):
        os.rename(tmp_path / name, tmp_path / "new" / name.replace("one", "uno"))
    report = add_all(library, tmp_path / "new")
    assert (report.moved, report.added, report.changed) == ([episode], [], [])
    moved = library.episodes.get(episode)
    assert moved is not None
    assert (moved.sound, moved.transcript) == (tmp_path / "new" / "uno.mp3", tmp_path / "new" / "uno.vtt")
    assert (moved.title, len(library.clips.of(episode)), len(library.transcripts.of(episode))) == ("My title", 1, 1)


def test_a_moved_transcript_alone(library: Library, tmp_path: Path) -> None:
    captions(tmp_path / "one.vtt")
    (episode,) = add_all(library, tmp_path).added
    os.rename(tmp_path / "one.vtt", tmp_path / "two.vtt")
    assert add_all(library, tmp_path).moved == [episode]
    assert [each.path for each in library.transcripts.of(episode)] == [tmp_path / "two.vtt"]


def test_several_transcripts(library: Library, tmp_path: Path) -> None:
    sound(tmp_path / "talk.mp3")
    captions(tmp_path / "talk.vtt", "the best one of them")
    captions(tmp_path / "talk.de.vtt", "die deutschen Worte")
    write(tmp_path / "talk.txt", "plain text")
    (episode,) = add_all(library, tmp_path).added
    versions = library.transcripts.of(episode)
    assert [(each.path and each.path.name, each.label, each.language, each.is_stored) for each in versions] == [
        ("talk.vtt", "", "", True),
        ("talk.txt", "", "", False),
        ("talk.de.vtt", "de", "de", False),
    ]
    assert add_all(library, tmp_path).is_empty


def test_the_second_where_the_best_cannot_be_read(library: Library, tmp_path: Path) -> None:
    sound(tmp_path / "talk.mp3")
    write(tmp_path / "talk.json", "{}")
    captions(tmp_path / "talk.vtt")
    report = add_all(library, tmp_path)
    assert len(report.added) == 1
    assert library.episodes.recent()[0].transcript == tmp_path / "talk.vtt"
    assert [each.sentence() for each in report.skipped] == [
        "“talk.json” is JSON, but of no kind of transcript that Earmark knows; choose another file."
    ]


def test_a_transcript_that_comes_later(library: Library, tmp_path: Path) -> None:
    sound(tmp_path / "talk.mp3")
    (episode,) = add_all(library, tmp_path).added
    assert library.revisions() == {}
    captions(tmp_path / "talk.vtt")
    report = add_all(library, tmp_path)
    assert (report.changed, report.added) == ([episode], [])
    assert list(library.revisions()) == [episode]


def test_a_sound_that_comes_later(library: Library, tmp_path: Path) -> None:
    captions(tmp_path / "talk.vtt")
    (episode,) = add_all(library, tmp_path).added
    sound(tmp_path / "talk.mp3", title="The talk")
    assert add_all(library, tmp_path).changed == [episode]
    (row,) = library.episodes.select()
    assert (row.sound, row.title, row.duration_ms) == (tmp_path / "talk.mp3", "The talk", 60_000)
    assert add_all(library, tmp_path).is_empty


def test_a_corrected_transcript_is_read_anew_and_clips_go_along(library: Library, tmp_path: Path) -> None:
    sound(tmp_path / "talk.mp3")
    captions(tmp_path / "talk.vtt", "it took sixty years")
    (episode,) = add_all(library, tmp_path).added
    clip = library.clips.keep(episode, "years", (3, 4), (1500, 2000))
    before = library.revisions()[episode]
    captions(tmp_path / "talk.vtt", "well it took about sixty years")
    assert add_all(library, tmp_path).changed == [episode]
    assert library.revisions()[episode] > before
    (kept,) = library.clips.of(episode)
    assert (kept.id, kept.first_word, kept.end_word) == (clip.id, 5, 6)


def test_what_was_damaged_meanwhile_keeps_its_words(library: Library, tmp_path: Path) -> None:
    captions(tmp_path / "talk.vtt")
    (episode,) = add_all(library, tmp_path).added
    write(tmp_path / "talk.vtt", "")
    report = add_all(library, tmp_path)
    assert [each.path.name for each in report.skipped] == ["talk.vtt"]
    assert report.present == [episode]
    assert library.transcript_of(episode) is not None


# What is left out


def test_what_cannot_be_added_is_told_and_costs_nothing_else(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "bad.mp3", "damaged")
    write(tmp_path / "README.md", "# About\n\nSome files of mine.")
    write(tmp_path / "empty.vtt", "")
    captions(tmp_path / "good.vtt")
    report = add_all(library, tmp_path, tmp_path / "nowhere.mp3")
    assert titles(library) == ["good"]
    assert {each.path.name: each.sentence() for each in report.skipped} == {
        "nowhere.mp3": "“nowhere.mp3” was left out: it is not there.",
        "bad.mp3": "“bad.mp3” is damaged: no sound in it can be decoded.",
        "empty.vtt": "“empty.vtt” is empty, so there is no transcript in it; choose another file.",
        "README.md": "“README.md” was left out: it is text without times or speakers and no sound bears its name; add "
        "the file itself if it is a transcript.",
    }
    assert report.sentence() == "1 added, 4 left out."


def test_who_names_a_text_wants_it(library: Library, tmp_path: Path) -> None:
    path = write(tmp_path / "notes.txt", "Some words without any times.")
    assert len(add_all(library, path).added) == 1
    assert library.episodes.select()[0].timing == "none"


def test_a_bad_sound_with_good_words_has_its_words(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "talk.mp3", "damaged")
    captions(tmp_path / "talk.vtt")
    report = add_all(library, tmp_path)
    assert (len(report.added), [each.path.name for each in report.skipped]) == (1, ["talk.mp3"])
    assert library.episodes.select()[0].sound is None
    # It has been downloaded again.
    sound(tmp_path / "talk.mp3")
    assert add_all(library, tmp_path).changed == report.added


@pytest.mark.parametrize("name", ["thing.pdf", "no suffix", "thing.zip"])
def test_a_named_file_of_another_kind_is_told(library: Library, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.4 and so on")
    (skipped,) = add_all(library, path).skipped
    assert skipped.sentence() == f"“{name}” is a PDF; save it as text first."


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes with names")
def test_what_never_ends_is_never_read(library: Library, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp3")
    os.symlink(tmp_path, tmp_path / "round")
    assert add_all(library, tmp_path).sentence() == "nothing to add."


# The bin


def test_who_adds_it_again_wants_it_back(library: Library, tmp_path: Path) -> None:
    captions(tmp_path / "talk.vtt")
    (episode,) = add_all(library, tmp_path).added
    library.bin.put([episode])
    report = add(library, [tmp_path], probe=look, ways=Ways(revive=False))
    assert (report.present, library.episodes.select()) == ([episode], [])
    assert add_all(library, tmp_path).restored == [episode]
    assert library.episodes.select(EpisodeFilter(in_bin=True)) == []


# A long round


def test_progress_and_cancelling(library: Library, tmp_path: Path) -> None:
    for number in range(6):
        captions(tmp_path / f"{number}.vtt")
    told: list[tuple[int, int]] = []
    report = add(library, [tmp_path], probe=look, told=lambda *at: told.append(at), cancelled=lambda: len(told) > 3)
    assert told == [(0, 6), (1, 6), (2, 6), (3, 6), (6, 6)]
    assert (report.cancelled, len(report.added)) == (True, 3)
    assert report.sentence() == "Stopped: 3 added."
    assert report.as_json()["told"] == report.sentence()
    assert len(add_all(library, tmp_path).added) == 3


def test_what_is_still_being_written_waits(library: Library, tmp_path: Path) -> None:
    captions(tmp_path / "talk.vtt")
    report = add(library, [tmp_path], probe=look, ways=Ways(settled_ns=settled(60)))
    assert (report.waiting, report.added) == (1, [])
    assert len(add(library, [tmp_path], probe=look, ways=Ways(settled_ns=settled(0))).added) == 1


def test_only_one_adds_at_a_time(tmp_path: Path) -> None:
    library = Library(tmp_path / "library.sqlite")
    captions(tmp_path / "talk.vtt")
    with held(library.path, "adding files"), pytest.raises(EarmarkError) as refused:
        add_all(library, tmp_path)
    assert str(refused.value) == (
        f"Another Earmark is adding files (process {os.getpid()}) with the library {library.path}; wait for it to end,"
        " or do it there."
    )
    assert len(add_all(library, tmp_path).added) == 1
    library.close()


def test_what_is_opened_while_it_is_read_is_not_added_twice(library: Library, tmp_path: Path) -> None:
    path = sound(tmp_path / "talk.mp3")

    def look_slowly(path: Path) -> Facts:
        library.episodes.open(path, None, "Opened meanwhile")
        return look(path)

    report = add(library, [tmp_path], probe=look_slowly)
    assert (len(report.present), report.added) == (1, [])
    assert [(each.title, each.sound) for each in library.episodes.select()] == [("Opened meanwhile", path)]
