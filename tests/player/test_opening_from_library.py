"""What is opened is in the library with its words, and opens from there when its files are elsewhere or gone."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from talk import SOUND_MS, WORDS, write_talk
from user import User


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The talk, in files that may be changed."""
    return write_talk(tmp_path)


def test_what_is_opened_can_be_searched(user: User, files: tuple[Path, Path]) -> None:
    user.open(*files)
    library = user.app.library
    ((episode, revision),) = library.revisions().items()
    assert len(library.document(episode).transcript) == WORDS
    row = library.episodes.get(episode)
    assert row is not None
    assert (row.sound, row.transcript, row.words, row.duration_ms) == (*files, WORDS, SOUND_MS)
    user.open(*files)
    assert library.revisions() == {episode: revision}


def test_a_title_that_somebody_wrote_stays(user: User, files: tuple[Path, Path]) -> None:
    user.open(*files)
    user.app.library.episodes.edit([1], title="My title")
    user.open(*files)
    assert user.window.windowTitle().startswith("My title")


def test_words_are_there_when_their_file_is_gone(user: User, files: tuple[Path, Path]) -> None:
    user.open(*files)
    user.drag_words(10, 14)
    user.press("C")
    files[1].unlink()
    user.session.open_episode(1)
    user.settle()
    assert user.session.transcript is not None
    assert len(user.session.transcript) == WORDS
    assert [clip.first_word for clip in user.app.library.clips.of(1)] == [10]
    assert f"“{files[1].name}” is not there" in user.window.notice.text


def test_a_sound_that_was_renamed_is_found_again(user: User, files: tuple[Path, Path]) -> None:
    user.open(*files)
    moved = shutil.move(files[0], files[0].with_name("renamed.wav"))
    user.session.open_episode(1)
    user.settle()
    assert user.app.playback.duration_ms == SOUND_MS
    row = user.app.library.episodes.get(1)
    assert row is not None
    assert row.sound == moved


def test_a_sound_that_is_gone_is_told(user: User, files: tuple[Path, Path]) -> None:
    user.open(*files)
    files[0].unlink()
    user.session.open_episode(1)
    user.settle()
    assert f"“{files[0].name}” is not there any more" in user.window.notice.text
    assert len(user.session.transcript or ()) == WORDS


def test_a_sound_that_is_gone_is_pointed_to_from_where_it_is_told(
    user: User, files: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.open(*files)
    elsewhere = shutil.copy(files[0], tmp_path / "elsewhere.wav")
    files[0].unlink()
    user.session.open_episode(1)
    user.settle()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(elsewhere), ""))
    user.click(user.window.notice._button)
    user.settle()
    assert user.app.playback.duration_ms == SOUND_MS


def test_an_episode_that_was_emptied_meanwhile_is_told(user: User) -> None:
    user.session.open_episode(99)
    assert "no longer in the library" in user.window.notice.text


def test_another_transcript_of_the_same_sound_is_a_version(user: User, files: tuple[Path, Path]) -> None:
    user.open(*files)
    user.drag_words(10, 14)
    user.press("C", "Esc")
    other = shutil.copy(files[1], files[1].with_name("other.vtt"))
    user.session.open_transcript(other)
    user.settle()
    library = user.app.library
    assert len(library.episodes.select()) == 1
    assert [(each.path, each.active) for each in library.transcripts.of(1)] == [(other, True), (files[1], False)]
    assert [clip.first_word for clip in library.clips.of(1)] == [10]
