"""Notes and highlights: made with a key on selected words, written, found, removed, undone, and given on."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from talk import word_text, write_talk
from user import User

from index.transcript import WordRange
from player.widgets.notes_panel import NotesPanel


def panel(user: User) -> NotesPanel:
    return user.window.side.notes_panel


def notes(user: User) -> list[tuple[str, str, int, int]]:
    """Text, colour and words of every note of the episode."""
    return [(note.text, note.colour, note.first_word, note.end_word) for note in user.app.noting.notes]


def test_t_begins_a_note_and_gives_the_keyboard_to_it(reader: User) -> None:
    reader.drag_words(20, 24)
    reader.press("T")
    assert notes(reader) == [("", "green", 20, 25)]
    assert reader.window.side.tab == "notes"
    assert reader.focus is panel(reader).card.text
    reader.type_text("a slow tide, and C T H")
    reader.press("Esc")
    assert notes(reader) == [("a slow tide, and C T H", "green", 20, 25)]
    assert reader.focus is reader.view
    assert panel(reader).rows.values()[0].quote == " ".join(word_text(word) for word in range(20, 25))


def test_t_on_words_that_have_a_note_goes_on_with_it(reader: User) -> None:
    for _ in range(2):
        reader.view.select(WordRange(20, 25))
        reader.press("T", "Esc")
    assert len(notes(reader)) == 1


def test_t_without_a_selection_says_what_to_do(reader: User) -> None:
    reader.press("T")
    assert notes(reader) == []
    assert "Select" in reader.window.notice.text


@pytest.mark.parametrize(("key", "colour"), [("1", "green"), ("2", "blue"), ("3", "purple"), ("4", "red")])
def test_numbers_highlight_in_colours_that_are_seen(reader: User, key: str, colour: str) -> None:
    reader.drag_words(20, 24)
    reader.press(key)
    assert notes(reader) == [("", colour, 20, 25)]
    assert reader.app.settings.note_colour == colour
    image = reader.view.viewport().grab().toImage()
    line = reader.view.rects_of(WordRange(20, 25))[0]
    tint = reader.view._theme.color(colour)
    assert image.pixelColor(round(line.left()) - 2, round(line.center().y())) == tint
    mark = reader.view.note_mark(line.top(), line.bottom()).center().toPoint()
    assert image.pixelColor(mark) == reader.view._theme.color(f"{colour}_mark")


def test_the_same_number_again_takes_a_highlight_away(reader: User) -> None:
    for _ in range(2):
        reader.view.select(WordRange(20, 25))
        reader.press("2")
    assert notes(reader) == []


def test_another_number_changes_the_colour_and_a_text_stays(reader: User) -> None:
    reader.view.select(WordRange(20, 25))
    reader.press("T")
    reader.type_text("kept")
    reader.press("Esc")
    for key in ("3", "3"):
        reader.view.select(WordRange(20, 25))
        reader.press(key)
    assert notes(reader) == [("kept", "purple", 20, 25)]


def test_a_dot_of_the_card_changes_the_colour(reader: User) -> None:
    reader.drag_words(20, 24)
    reader.press("T")
    reader.click(panel(reader).card.dots[3])
    assert notes(reader)[0][1] == "red"


def make_three(user: User) -> None:
    for first, text in ((20, "rivers"), (60, "houses"), (100, "rivers again")):
        user.app.noting.note(WordRange(first, first + 5), "green")
        user.app.noting.write(user.app.noting.at(WordRange(first, first + 5)).id, text)  # type: ignore[union-attr]
    user.app.undoing.end_run()
    user.pump()


def test_notes_are_narrowed_by_typed_words(reader: User) -> None:
    make_three(reader)
    panel(reader).bar.box.setFocus()
    reader.type_text("river")
    assert [row.text for row in panel(reader).rows.values()] == ["rivers", "rivers again"]
    reader.type_text(" nothing")
    assert panel(reader).rows.rowCount() == 0
    assert "nothing" in panel(reader).empty.text()
    assert reader.window.side._buttons[2].text() == "Notes 3"


def test_delete_removes_the_chosen_notes_and_undo_brings_them_back(reader: User) -> None:
    make_three(reader)
    rows = panel(reader)
    rows.list.setFocus()
    rows.list.setCurrentIndex(rows.rows.index(0, 0))
    reader.press("Shift+Down", "Delete")
    assert [text for text, *_ in notes(reader)] == ["rivers again"]
    assert "2 notes" in reader.window.notice.text
    reader.press("Ctrl+Z")
    assert [text for text, *_ in notes(reader)] == ["rivers", "houses", "rivers again"]
    reader.press("Ctrl+Shift+Z")
    assert [text for text, *_ in notes(reader)] == ["rivers again"]


def test_what_is_written_in_one_go_is_undone_together(reader: User) -> None:
    reader.view.select(WordRange(20, 25))
    reader.press("T")
    card = panel(reader).card
    for part in ("one ", "two ", "three"):
        reader.type_text(part)
        card.tell()
    reader.press("Esc", "Ctrl+Z")
    assert notes(reader) == [("", "green", 20, 25)]
    reader.press("Ctrl+Z")
    assert notes(reader) == []
    reader.press("Ctrl+Y", "Ctrl+Y")
    assert notes(reader) == [("one two three", "green", 20, 25)]


def test_a_click_on_the_mark_in_the_margin_points_at_the_note(reader: User) -> None:
    make_three(reader)
    reader.show_word(60)
    line = reader.view.rects_of(WordRange(60, 65))[0]
    mark = reader.view.note_mark(line.top(), line.bottom()).center().toPoint()
    before = reader.position_ms
    QTest.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, mark)
    reader.pump()
    current = panel(reader).current()
    assert current is not None
    assert current.text == "houses"
    assert reader.position_ms == before


def test_a_click_beside_the_mark_is_none(reader: User) -> None:
    make_three(reader)
    line = reader.view.rects_of(WordRange(20, 25))[0]
    point = reader.view.note_mark(line.top(), line.bottom()).center().toPoint() + QPoint(12, 0)
    assert reader.view._marks.note_at(reader.view, point.toPointF()) is None


def test_notes_stay_in_the_library_and_lead_to_their_episode(reader: User, tmp_path: Path) -> None:
    make_three(reader)
    talk = reader.session.episode
    assert talk is not None
    reader.open(*write_talk(tmp_path, "other"))
    assert notes(reader) == []
    reader.app.show_side("notes")
    reader.click(panel(reader).bar._everywhere)
    assert [row.episode_title for row in panel(reader).rows.values()] == [talk.title] * 3
    panel(reader).list.setFocus()
    panel(reader).list.setCurrentIndex(panel(reader).rows.index(1, 0))
    reader.press("Return")
    reader.settle()
    assert reader.session.episode is not None
    assert reader.session.episode.row.id == talk.row.id
    assert reader.session.word == 60


def test_a_note_from_a_file_of_another_version_is_text_and_has_a_colour(reader: User) -> None:
    episode = reader.session.episode
    assert episode is not None
    reader.app.library.notes.add(episode.row.id, "<b>bold</b> <img src='x'>", (3, 9), (0, 100), "octarine")
    reader.app.noting._read()
    row = panel(reader).rows.values()[0]
    assert (row.text, row.colour) == ("<b>bold</b> <img src='x'>", "green")
    panel(reader).list.setCurrentIndex(panel(reader).rows.index(0, 0))
    assert panel(reader).card.text.toPlainText() == "<b>bold</b> <img src='x'>"


@pytest.mark.parametrize("suffix", [".md", ".csv"])
def test_notes_are_exported(reader: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    make_three(reader)
    target = tmp_path / f"mine{suffix}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(target), ""))
    reader.press("Ctrl+Alt+E")
    reader.settle()
    text = target.read_text("utf-8")
    if suffix == ".csv":
        rows = list(csv.DictReader(text.splitlines()))
        assert [row["note"] for row in rows] == ["rivers", "houses", "rivers again"]
        assert {row["colour"] for row in rows} == {"green"}
    else:
        assert text.index("rivers") < text.index("houses") < text.index("rivers again")
    assert target.name in reader.window.notice.text


def test_without_notes_nothing_is_exported(reader: User) -> None:
    reader.press("Ctrl+Alt+E")  # Nobody is asked for a name: that would fail.
    assert "no notes" in reader.window.notice.text
