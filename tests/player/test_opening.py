"""Opening: what is found beside a file, what is missing or damaged, and that the window stays up whatever comes."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QPushButton
from talk import SOUND_MS, WORDS, word_ms, write_sound, write_talk
from user import MakeUser, User

from index.library import Library
from index.transcript import WordRange
from player.audio.engine import EngineState
from player.window import Window


def told_error(user: User) -> str:
    """The sentence of an error in the notice."""
    notice = user.window.notice
    assert notice.text, "nothing was told"
    assert notice.property("kind") == "error", notice.text
    assert "\n" not in notice.text
    assert "Traceback" not in notice.text
    assert "Errno" not in notice.text
    assert notice.text.endswith("."), notice.text
    return str(notice.text)


def words(user: User) -> int:
    return len(user.session.transcript) if user.session.transcript else 0


def drop(user: User, urls: list[QUrl]) -> bool:
    """Drop addresses on the window; gives whether they were welcome."""
    data, copy = QMimeData(), Qt.DropAction.CopyAction
    data.setUrls(urls)
    held = (data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entering = QDragEnterEvent(QPoint(300, 300), copy, *held)
    QApplication.sendEvent(user.window, entering)
    QApplication.sendEvent(user.window, QDropEvent(QPointF(300, 300), copy, *held))
    user.settle()
    return entering.isAccepted()


# The way in


def test_the_first_start_shows_a_way_in(user: User) -> None:
    window = user.window
    assert window.middle.currentWidget() is window.welcome
    labels = [button.text() for button in window.welcome.findChildren(QPushButton) if button.isVisible()]
    assert labels == ["Open", "Add folder…", "Try the demo"]


def test_the_demo_episode_opens_and_plays(user: User) -> None:
    user.click(user.window.welcome.findChildren(QPushButton)[-1])
    user.settle()
    assert words(user) > 100
    assert user.playback.is_playing
    assert "Earmark" in user.window.windowTitle()
    assert user.window.middle.currentWidget() is user.window.columns
    user.advance(8000)
    assert user.session.word


def test_enter_on_the_way_in_opens(user: User, monkeypatch: pytest.MonkeyPatch, talk_files: tuple[Path, Path]) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: ([str(talk_files[0])], ""))
    user.press("Return")
    user.settle()
    assert words(user) == WORDS


# What belongs together


def test_a_sound_finds_its_transcript(user: User, tmp_path: Path) -> None:
    sound, transcript = write_talk(tmp_path)
    user.open(sound)
    assert words(user) == WORDS
    assert user.playback.duration_ms == SOUND_MS
    assert user.session.episode is not None
    assert user.session.episode.row.transcript == transcript


def test_a_transcript_finds_its_sound(user: User, tmp_path: Path) -> None:
    sound, transcript = write_talk(tmp_path)
    user.open(transcript)
    assert words(user) == WORDS
    assert user.playback.duration_ms == SOUND_MS
    assert user.session.episode is not None
    assert user.session.episode.row.sound == sound


@pytest.mark.parametrize("turned", [False, True])
def test_a_pair_of_any_names_can_be_opened(user: User, tmp_path: Path, turned: bool) -> None:
    sound, transcript = write_talk(tmp_path)
    pair = (sound.rename(tmp_path / "Folge 1 & mehr.wav"), transcript.rename(tmp_path / "words #7.vtt"))
    user.open(*(reversed(pair) if turned else pair))
    assert words(user) == WORDS
    assert user.playback.duration_ms == SOUND_MS


def test_files_are_dropped_on_the_window(user: User, talk_files: tuple[Path, Path]) -> None:
    assert drop(user, [QUrl.fromLocalFile(str(path)) for path in talk_files])
    assert words(user) == WORDS


def test_an_address_dropped_is_not_fetched(user: User) -> None:
    assert not drop(user, [QUrl("https://example.org/episode.mp3")])
    assert user.session.episode is None


def test_ctrl_o_opens_what_is_chosen(
    user: User, monkeypatch: pytest.MonkeyPatch, talk_files: tuple[Path, Path]
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: ([str(path) for path in talk_files], ""))
    user.press("Ctrl+O")
    user.settle()
    assert words(user) == WORDS
    assert user.app.settings.last_folder == str(talk_files[0].parent)


def test_choosing_nothing_changes_nothing(reader: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: ([], ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: ("", ""))
    reader.press("Ctrl+O", "Ctrl+Shift+O")
    reader.settle()
    assert words(reader) == WORDS


def test_another_transcript_for_the_same_sound(
    reader: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, talk_files: tuple[Path, Path]
) -> None:
    other = tmp_path / "other.srt"
    other.write_text("1\n00:00:01,000 --> 00:00:03,000\nquite other words\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(other), ""))
    reader.session.go_to(90_000)
    reader.press("Space", "Ctrl+Shift+O")
    reader.settle()
    assert words(reader) == 3
    assert reader.position_ms == 90_000, "the sound is the same, so its place is"
    assert reader.playback.is_playing
    assert reader.session.episode is not None
    assert reader.session.episode.row.sound == talk_files[0]


# What is missing


def test_a_transcript_alone_can_be_read_searched_and_exported(user: User, tmp_path: Path) -> None:
    _, transcript = write_talk(tmp_path)
    (tmp_path / "talk.wav").unlink()
    user.open(transcript)
    assert words(user) == WORDS
    assert "no sound" in user.window.notice.text
    assert user.window.middle.currentWidget() is user.window.columns
    assert not user.app.actions["play"].isEnabled()
    for name in ("export", "find", "keep_clip", "copy"):
        assert user.app.actions[name].isEnabled(), name
    user.find("lantern")
    assert user.window.find_field.accessibleDescription() == "17 found"
    assert len(user.window.seek_bar.marks.hits) == 17
    user.press("Return", "Return", "Esc")
    user.drag_words(10, 14)
    user.press("C", "Esc")
    assert len(user.keeping.clips) == 1
    user.click_word(30)
    assert user.session.word == 30, "the place in the words moves without a sound"
    assert user.window.seek_bar.value() == word_ms(30)
    user.click_margin(24)
    assert user.session.word == 24
    user.click(user.window.seek_bar, user.timeline_point(word_ms(400) + 100))
    assert user.session.word == 400
    assert user.sees(400)
    user.press("I")
    user.click_word(405)
    user.press("O")
    assert user.keeping.range == WordRange(400, 406)
    user.press("Esc", "Space", "Right", "Home", "H", "Return")
    assert not user.playback.is_playing


def test_a_sound_alone_can_be_heard(user: User, tmp_path: Path) -> None:
    user.open(write_sound(tmp_path / "alone.wav", 60_000))
    assert words(user) == 0
    assert user.window.middle.currentWidget() is user.window.columns
    user.press("Space")
    user.advance(3000)
    assert user.position_ms == pytest.approx(3000, abs=60)
    user.press("Right", "Alt+Right", "Ctrl+F", "F3", "C", "I", "O", "H", "Ctrl+E", "Ctrl+C", "Return", "Up", "Down")
    assert user.playback.is_playing
    assert user.app.actions["find"].isEnabled() is False
    viewport = user.view.viewport()
    user.click(viewport)
    assert "alone" in user.window.windowTitle()
    assert "no transcript" in user.view.toPlainText()


@pytest.mark.parametrize("name", ["gone.wav", "gone.vtt", "gone.xyz"])
def test_a_file_that_is_not_there(user: User, tmp_path: Path, name: str) -> None:
    user.open(tmp_path / name)
    assert name in told_error(user)
    assert user.window.isVisible()


def test_both_missing(user: User, tmp_path: Path) -> None:
    user.open(tmp_path / "a.wav", tmp_path / "b.vtt")
    told_error(user)
    assert not user.playback.is_playing


def test_what_was_open_stays_when_another_cannot_be_read(reader: User, tmp_path: Path) -> None:
    bad = tmp_path / "bad.vtt"
    bad.write_bytes(b"\x00\x01\x02 nothing like it")
    reader.session.go_to(word_ms(50))
    reader.open(bad)
    assert "bad.vtt" in told_error(reader)
    assert words(reader) == WORDS
    assert reader.position_ms == word_ms(50)


def test_a_damaged_transcript_still_lets_the_sound_be_heard(user: User, tmp_path: Path) -> None:
    sound, transcript = write_talk(tmp_path)
    transcript.write_bytes(b"\xff\xfe\x00garbage without any time")
    user.open(sound)
    assert "talk.vtt" in told_error(user)
    user.press("Space")
    user.advance(2000)
    assert user.position_ms == pytest.approx(2000, abs=60)


@pytest.mark.parametrize("damage", [b"", b"RIFF\x00\x00\x00\x00WAVE", b"this is no sound at all" * 100])
def test_a_damaged_sound_still_lets_the_words_be_read(user: User, tmp_path: Path, damage: bytes) -> None:
    sound, transcript = write_talk(tmp_path)
    sound.write_bytes(damage)
    user.open(sound, transcript)
    assert "talk.wav" in told_error(user)
    assert words(user) == WORDS
    user.find("lantern")
    assert user.window.find_field.accessibleDescription() == "17 found"
    user.press("Esc", "Space", "Right")
    user.click_word(20)
    assert not user.playback.is_playing


def test_a_folder_is_no_episode(user: User, tmp_path: Path) -> None:
    user.open(tmp_path)
    told_error(user)
    assert user.window.middle.currentWidget() is user.window.welcome


def test_a_picture_named_as_a_sound(user: User, tmp_path: Path) -> None:
    picture = tmp_path / "cover.mp3"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 300)
    user.open(picture)
    assert "cover.mp3" in told_error(user)


def test_a_sound_that_disappears_while_it_plays(reader: User) -> None:
    """The engine says so; the app stays up, and another episode can be opened."""
    reader.press("Space")
    reader.advance(1000)
    reader.playback._engine._listener.failed("“talk.wav” is gone; put it back and open it again.")
    reader.pump()
    assert "talk.wav" in told_error(reader)
    assert reader.playback.state is EngineState.FAILED
    reader.press("Space", "Right", "Home")
    reader.click_word(10)
    reader.find("lantern")
    assert reader.window.find_field.accessibleDescription() == "17 found"


def test_a_sound_that_disappears_between_two_openings(reader: User, tmp_path: Path) -> None:
    sound, transcript = write_talk(tmp_path, "other")
    reader.open(sound, transcript)
    reader.session.go_to(word_ms(30))
    sound.unlink()
    reader.open(transcript)
    assert words(reader) == WORDS
    reader.open(sound, transcript)
    assert "other.wav" in told_error(reader)
    assert words(reader) == WORDS


def test_an_episode_of_the_list_whose_files_are_gone(
    reader: User, tmp_path: Path, talk_files: tuple[Path, Path]
) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    reader.open(*write_talk(folder, "other"))
    reader.open(*talk_files)
    shutil.rmtree(folder)
    row = next(row for row in reader.window.library.episodes() if row.title == "other")
    reader.window.library.episode_requested.emit(row)
    reader.settle()
    assert "other" in told_error(reader)


def test_another_file_after_a_failure(reader: User, talk_files: tuple[Path, Path]) -> None:
    reader.playback._engine._listener.failed("“talk.wav” is gone.")
    reader.pump()
    reader.open(*talk_files)
    reader.press("Space")
    reader.advance(1000)
    assert reader.position_ms == pytest.approx(1000, abs=60)
    assert not reader.window.notice.text


# While it opens


def test_the_last_one_opened_wins(user: User, tmp_path: Path) -> None:
    first = write_talk(tmp_path, "first")
    alone = write_sound(tmp_path / "alone.wav", 30_000)
    user.window.paths_dropped.emit(list(first))
    user.window.paths_dropped.emit([alone])
    user.settle()
    assert "alone" in user.window.windowTitle()
    assert words(user) == 0
    assert user.playback.duration_ms == 30_000


def test_progress_is_shown_while_it_opens_and_only_then(user: User, tmp_path: Path) -> None:
    sound, transcript = write_talk(tmp_path)
    user.window.paths_dropped.emit([sound, transcript])
    assert user.window.loading.isVisible()
    user.settle()
    assert not user.window.loading.isVisible()


def test_progress_ends_when_another_file_is_opened_meanwhile(user: User, tmp_path: Path) -> None:
    sound = write_talk(tmp_path)[0]
    lonely = tmp_path / "lonely.srt"
    lonely.write_text("1\n00:00:01,000 --> 00:00:03,000\nalone\n", "utf-8")
    user.window.paths_dropped.emit([sound])
    user.app.tasks.wait()
    user.pump()  # The words are there, the sound is being looked at.
    user.window.paths_dropped.emit([lonely])
    user.settle()
    assert words(user) == 1
    assert not user.window.loading.isVisible()


def test_opening_can_be_cancelled(reader: User, tmp_path: Path) -> None:
    reader.window.paths_dropped.emit(list(write_talk(tmp_path, "other")))
    reader.app.show_episode._slow.timeout.emit()
    notice = reader.window.notice
    assert "Opening" in notice.text
    reader.click(notice._button)
    reader.settle()
    assert not reader.window.loading.isVisible()
    assert "talk" in reader.window.windowTitle()
    assert words(reader) == WORDS


def test_the_same_episode_can_be_opened_again(reader: User, talk_files: tuple[Path, Path]) -> None:
    reader.session.go_to(word_ms(70))
    reader.press("Space")
    reader.open(*talk_files)
    assert reader.position_ms == pytest.approx(word_ms(70), abs=60)
    assert len(reader.window.library.episodes()) == 1


# The library behind it


def test_a_library_that_cannot_be_opened_is_told_and_lived_without(
    make_user: MakeUser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, talk_files: tuple[Path, Path]
) -> None:
    (tmp_path / "library.sqlite").write_bytes(b"this is no database, it is a letter to my aunt" * 30)
    monkeypatch.setattr("player.parts.data_folder", lambda: tmp_path)
    user = make_user(use_library_file=True)
    assert "library" in told_error(user)
    user.open(*talk_files)
    assert words(user) == WORDS
    user.drag_words(10, 14)
    user.press("C")
    assert len(user.keeping.clips) == 1


def test_a_library_that_cannot_be_written_is_told_and_nothing_is_lost(
    make_user: MakeUser, tmp_path: Path, talk_files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(tmp_path / "library.sqlite")
    user = make_user(library=library)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: QMessageBox.StandardButton.Yes)
    user.open(*talk_files)
    user.drag_words(10, 14)
    user.press("C", "Esc")
    assert len(user.keeping.clips) == 1
    library.store._db.execute("PRAGMA query_only = ON")
    user.press("Space")
    user.advance(1000)
    user.press("Space")
    user.drag_words(20, 24)
    user.press("C")
    assert "library" in told_error(user)
    assert user.view.selection is not None, "what was selected still is"
    acts: tuple[Callable[[], None], ...] = (
        lambda: user.app.clips.rename(user.keeping.clips[0].id, "new"),
        lambda: user.app.clips.remove([user.keeping.clips[0].id]),
        lambda: user.open(*talk_files),
        lambda: user.app.shelf.set_heard([1], True),
    )
    for act in acts:
        user.window.notice.hide()
        act()
        assert "library" in told_error(user)
    assert words(user) == WORDS
    user.press("Space")
    user.advance(2000)
    assert user.playback.is_playing
    library.store._db.execute("PRAGMA query_only = OFF")
    assert [clip.first_word for clip in library.clips.of(1)] == [10]


def test_closing_with_a_broken_library_still_closes(
    make_user: MakeUser, tmp_path: Path, talk_files: tuple[Path, Path]
) -> None:
    library = Library(tmp_path / "library.sqlite")
    user = make_user(library=library)
    user.open(*talk_files)
    user.session.go_to(9000)
    library.store._db.execute("PRAGMA query_only = ON")
    user.window.close()
    assert not user.window.isVisible()
    assert user.saved
    with sqlite3.connect(tmp_path / "library.sqlite") as db:
        assert db.execute("SELECT COUNT(*) FROM episodes").fetchone() == (1,)


def test_closing_while_it_plays_keeps_the_place(reader: User) -> None:
    reader.press("Space")
    reader.advance(5000)
    window: Window = reader.window
    window.close()
    assert reader.saved
    assert reader.playback.state is EngineState.EMPTY
