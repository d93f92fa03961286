"""Correcting what is read: words, names and turns, in place, undone and redone, kept, searched, taken back."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLineEdit
from talk import WORDS, word_ms, word_text, write_talk
from user import MakeUser, User

from index.library import Library
from index.transcript import Transcript, WordRange

PICTURE = "<img src='file:///nowhere/spy.png'>"


def words(user: User) -> Transcript:
    """What is open."""
    transcript = user.session.transcript
    assert transcript is not None
    return transcript


def editor_line(user: User) -> QLineEdit:
    """The line in which words are written, which has the keyboard."""
    line = user.focus
    assert isinstance(line, QLineEdit)
    assert user.app.show_amending.editor.isVisible()
    return line


def correct(user: User, word: int, text: str, key: str = "F2") -> None:
    """Select a word, press the key, type other words, and press Enter."""
    user.double_click_word(word)
    user.press(key)
    editor_line(user)
    user.type_text(text)
    user.press("Enter")
    user.settle()


def test_a_word_is_corrected_where_it_stands(reader: User) -> None:
    before = words(reader)
    correct(reader, 3, "brook")
    assert words(reader).word_text(3) == "brook"
    assert words(reader).starts == before.starts
    assert words(reader).timings == before.timings
    assert "brook" in reader.view.toPlainText()
    assert reader.focus is reader.view
    assert not reader.app.show_amending.editor.isVisible()


def test_the_line_shows_the_words_and_lies_by_them(reader: User) -> None:
    reader.drag_words(9, 11)
    reader.press("W")
    assert editor_line(reader).text() == " ".join(map(word_text, (9, 10, 11)))
    assert editor_line(reader).selectedText() == editor_line(reader).text()
    box = reader.view.rects_of(WordRange(9, 10))[0]
    assert abs(reader.app.show_amending.editor.geometry().top() - box.bottom()) < 20


def test_without_a_selection_it_is_the_keyboards_word_or_the_one_heard(reader: User) -> None:
    reader.session.go_to(word_ms(5))
    reader.press("W")
    assert editor_line(reader).text() == word_text(5)
    reader.press("Esc", "Ctrl+Right", "Ctrl+Right", "F2")
    assert editor_line(reader).text() == word_text(7)


def test_esc_leaves_the_words_alone(reader: User) -> None:
    reader.double_click_word(3)
    reader.press("F2")
    reader.type_text("brook")
    reader.press("Esc")
    reader.settle()
    assert words(reader).word_text(3) == word_text(3)
    assert reader.focus is reader.view
    assert reader.app.undoing.undo_text == ""


def test_the_line_and_the_bar_of_the_selection_are_not_in_each_others_way(reader: User) -> None:
    reader.drag_words(9, 11)
    assert reader.window.selection_bar.isVisible()
    reader.press("F2")
    assert not reader.window.selection_bar.isVisible()
    reader.press("Esc")
    assert reader.window.selection_bar.isVisible()


def test_going_elsewhere_writes(reader: User) -> None:
    reader.double_click_word(3)
    reader.press("F2")
    reader.type_text("brook")
    reader.press("Ctrl+F")
    reader.settle()
    assert words(reader).word_text(3) == "brook"
    assert reader.focus is reader.window.find_field


def test_space_types_a_space_there(reader: User) -> None:
    correct(reader, 3, "wide brook")
    assert not reader.playback.is_playing
    assert len(words(reader)) == WORDS + 1
    assert words(reader).text_of(WordRange(2, 6)).split()[1:3] == ["wide", "brook"]
    assert words(reader).starts[5] == word_ms(4), "the words after it keep their times"


def test_undo_and_redo(reader: User) -> None:
    original = words(reader).text
    correct(reader, 3, "brook")
    correct(reader, 10, "one two three")
    corrected = words(reader).text
    assert reader.app.actions["undo"].text() == "Undo: correct words"
    reader.press("Ctrl+Z")
    reader.settle()
    assert words(reader).word_text(3) == "brook"
    assert len(words(reader)) == WORDS
    reader.press("Ctrl+Z", "Ctrl+Y", "Ctrl+Z")
    reader.settle()
    assert words(reader).text == original
    reader.press("Ctrl+Y", "Ctrl+Y")
    reader.settle()
    assert words(reader).text == corrected


def test_the_reader_stays_in_place(reader: User) -> None:
    reader.show_word(300)
    reader.wheel(1)
    top = reader.view.line_top(300)
    correct(reader, 300, "a good many words")
    assert reader.view.line_top(300) == pytest.approx(top, abs=1)


def test_corrected_words_are_followed_found_and_cut(reader: User) -> None:
    correct(reader, 10, "otter and heron")
    reader.find("otter and heron")
    assert reader.finding.hits == [WordRange(10, 13)]
    reader.session.go_to(word_ms(11))
    assert reader.session.word == 13
    reader.keeping.set_range(WordRange(10, 13))
    clip = reader.keeping.clip(pad_ms=0)
    assert clip is not None
    assert (clip.start_ms, clip.end_ms) == (word_ms(10), word_ms(11))


def test_a_speaker_is_named_everywhere(reader: User) -> None:
    reader.double_click_word(30)
    reader.press("Shift+W")
    assert editor_line(reader).text() == "Ben"
    reader.type_text("Benjamin")
    reader.press("Enter")
    reader.settle()
    assert words(reader).speakers == ("Anna", "Benjamin")
    assert "Ben\n" not in reader.view.toPlainText()


def test_a_speaker_is_named_here_alone(reader: User) -> None:
    reader.double_click_word(30)
    reader.press("Shift+W")
    reader.press("Down")
    assert editor_line(reader).text() == "Anna"
    assert not reader.app.show_amending.editor._everywhere.isChecked(), "another speaker's name is meant here"
    reader.press("Enter")
    reader.settle()
    transcript = words(reader)
    assert [transcript.turn(turn).speaker for turn in range(4)] == ["Anna", "Anna", "Anna", "Ben"]


def test_where_a_name_counts_can_be_chosen_by_keyboard(reader: User) -> None:
    reader.double_click_word(30)
    reader.press("Shift+W")
    reader.type_text("Cleo")
    reader.press("Tab", "Space", "Enter")
    reader.settle()
    assert [words(reader).turn(turn).speaker for turn in range(4)] == ["Anna", "Cleo", "Anna", "Ben"]


def test_turns_are_split_and_joined(reader: User) -> None:
    turns = words(reader).turn_count
    reader.double_click_word(12)
    reader.press("P")
    reader.settle()
    assert words(reader).turn_count == turns + 1
    assert words(reader).turn(1).words == WordRange(12, 24)
    reader.double_click_word(14)
    reader.press("Shift+P")
    reader.settle()
    assert words(reader).turn_count == turns
    reader.press("Ctrl+Z", "Ctrl+Z")
    reader.settle()
    assert words(reader).turn_count == turns


def test_the_second_half_of_a_turn_is_named_alone(reader: User) -> None:
    reader.double_click_word(12)
    reader.press("P")
    reader.settle()
    reader.press("Shift+W")
    reader.type_text("Cleo")
    reader.press("Enter")
    reader.settle()
    assert [words(reader).turn(turn).speaker for turn in range(4)] == ["Anna", "Cleo", "Ben", "Anna"]


def test_the_first_turn_has_none_before_it(reader: User) -> None:
    reader.double_click_word(3)
    reader.press("Shift+P")
    assert "first turn" in reader.window.notice.text


def test_words_of_two_turns_are_refused_with_a_sentence(reader: User) -> None:
    reader.drag_words(22, 25)
    reader.press("F2")
    reader.type_text("x")
    reader.press("Enter")
    reader.settle()
    assert "two turns" in reader.window.notice.text
    assert len(words(reader)) == WORDS


def test_the_original_is_one_key_away(reader: User) -> None:
    correct(reader, 3, "brook")
    reader.press("Ctrl+Alt+O")
    assert words(reader).word_text(3) == word_text(3)
    assert reader.app.actions["show_original"].isChecked()
    reader.double_click_word(3)
    reader.press("F2")
    reader.type_text("x")
    reader.press("Enter")
    reader.settle()
    assert "as it was" in reader.window.notice.text
    reader.press("Ctrl+Alt+O")
    assert words(reader).word_text(3) == "brook"


def test_all_is_taken_back_and_that_too_is_undone(reader: User) -> None:
    original = words(reader).text
    correct(reader, 3, "brook")
    correct(reader, 5, "heron")
    reader.press("Ctrl+Alt+Backspace")
    reader.settle()
    assert words(reader).text == original
    assert not reader.app.actions["take_back"].isEnabled()
    reader.press("Ctrl+Z")
    reader.settle()
    assert words(reader).word_text(5) == "heron"


def test_corrections_are_kept_and_the_file_is_not_touched(make_user: MakeUser, tmp_path: Path) -> None:
    sound, transcript = write_talk(tmp_path)
    before = transcript.read_bytes()
    library = Library(":memory:")
    library.close = lambda: None  # type: ignore[method-assign]  # Two apps, one after the other, have it.
    first = make_user(library=library)
    first.open(sound, transcript)
    revision = library.revisions()
    correct(first, 3, "brook")
    assert library.revisions() != revision
    stored = library.transcript_of(1)
    assert stored is not None
    assert stored.word_text(3) == "brook"
    first.window.close()
    second = make_user(library=library)
    second.open(sound, transcript)
    assert words(second).word_text(3) == "brook"
    assert second.app.undoing.undo_text == "", "what was done in another sitting"
    second.press("Ctrl+Alt+Backspace")
    second.settle()
    assert words(second).word_text(3) == word_text(3)
    assert library.amendments.of(library.transcripts.of(1)[0].id) is None
    assert transcript.read_bytes() == before


def test_corrections_of_a_file_that_has_changed_are_told_of(user: User, tmp_path: Path) -> None:
    sound, transcript = write_talk(tmp_path)
    user.open(sound, transcript)
    correct(user, 3, "brook")
    transcript.write_text(transcript.read_text("utf-8").replace("weather", "climate"), "utf-8")
    user.open(sound, transcript)
    assert words(user).word_text(3) == "brook"
    assert "climate" not in words(user).text
    assert "has changed since" in user.window.notice.text
    user.press("Ctrl+Alt+Backspace")
    user.settle()
    user.open(sound, transcript)
    assert "climate" in words(user).text
    assert user.window.notice.text == ""


def test_what_was_changed_is_exported_as_a_diff(reader: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    correct(reader, 3, "brook")
    target = tmp_path / "changes.diff"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    reader.press("Ctrl+Alt+X")
    reader.settle()
    lines = target.read_text("utf-8").splitlines()
    assert lines[:2] == ["--- talk.vtt", "+++ talk.vtt (corrected)"]
    assert [line[0] for line in lines[3:6]] == ["-", "+", " "]
    assert "brook" in lines[4]


def test_the_transcripts_own_file_is_not_written_over(
    reader: User, talk_files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    correct(reader, 3, "brook")
    before = talk_files[1].read_bytes()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(talk_files[1]), ""))
    reader.press("Ctrl+Alt+X")
    reader.settle()
    assert talk_files[1].read_bytes() == before
    assert "never changed" in reader.window.notice.text


def test_hostile_words_are_text(reader: User) -> None:
    correct(reader, 3, PICTURE)
    assert PICTURE in reader.view.toPlainText()
    reader.double_click_word(3)
    reader.press("Shift+W")
    reader.type_text("<b>Anna</b>")
    reader.press("Enter")
    reader.settle()
    assert words(reader).speakers[0] == "<b>Anna</b>"
    assert "<b>Anna</b>" in reader.view.toPlainText()


def test_nothing_can_be_corrected_without_words(user: User) -> None:
    for name in ("fix_words", "name_speaker", "split_turn", "join_turns", "take_back", "show_original"):
        assert not user.app.actions[name].isEnabled(), name


def test_another_episode_knows_nothing_of_it(reader: User) -> None:
    correct(reader, 3, "brook")
    reader.session.open_demo()
    reader.settle()
    assert reader.app.undoing.undo_text == ""
    assert not reader.app.actions["take_back"].isEnabled()
