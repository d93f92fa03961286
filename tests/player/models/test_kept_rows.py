"""Rows of clips and notes: what they say, what is found in them, and how they are moved."""

from PySide6.QtCore import QModelIndex, QObject

from player.models.kept_rows import COLOURS, ClipRow, NoteRow, colour_named, matching, tags_in
from player.models.movable_rows import MovableRows

CLIP = ClipRow(1, "The slow tide", 61_000, 65_400, 3, 9, 7, "for the trailer #opening", "Harbours")
NOTE = NoteRow(2, "Check the date", "blue", "sixty years of sand", "Mara", 61_000, 3, 9)


def test_a_clip_tells_its_times_length_and_remark() -> None:
    assert CLIP.about() == "1:01 – 1:05 · 4 s · Harbours · for the trailer #opening"
    assert CLIP.line() == "The slow tide, 1:01 to 1:05, Harbours, for the trailer #opening"


def test_a_note_is_told_in_one_line() -> None:
    assert NOTE.line() == "1:01, Check the date, “sixty years of sand”, blue"
    assert NoteRow(2, "a\nb", "red", "", "", None, 0, 1).line() == "a b, red"


def test_every_typed_word_must_stand_somewhere() -> None:
    assert matching([CLIP], "TIDE trailer") == [CLIP]
    assert matching([CLIP], "#opening harb") == [CLIP]
    assert matching([CLIP], "tide winter") == []
    assert matching([NOTE], "mara sand") == [NOTE]
    assert matching([NOTE, CLIP], "") == [NOTE, CLIP]


def test_tags_are_words_with_a_sign() -> None:
    assert tags_in("#one, #two-three and #one; C# no#tag # alone") == ("one", "two-three")


def test_a_colour_that_nobody_knows_is_the_first() -> None:
    assert colour_named("blue") == "blue"
    assert colour_named("octarine") == colour_named("") == COLOURS[0]


def test_rows_are_moved_and_their_order_is_told(qapp: QObject) -> None:
    told: list[list[str]] = []
    rows = MovableRows[str](str, lambda values: told.append(list(values)), qapp)
    rows.set_values(["a", "b", "c", "d"])
    top = QModelIndex()
    assert rows.moveRows(top, 0, 1, top, 3)
    assert told[-1] == ["b", "c", "a", "d"]
    assert rows.moveRows(top, 2, 2, top, 0)
    assert told[-1] == ["a", "d", "b", "c"]
    assert rows.step(3, -1)
    assert rows.step(0, 1)
    assert told[-1] == list(rows.values()) == ["d", "a", "c", "b"]


def test_rows_stay_where_they_cannot_go(qapp: QObject) -> None:
    rows = MovableRows[str](str, lambda values: None, qapp)
    rows.set_values(["a", "b"])
    assert not rows.step(0, -1)
    assert not rows.step(1, 1)
    assert not rows.step(-1, 1)
    assert not rows.moveRows(QModelIndex(), 0, 1, QModelIndex(), 1)  # Onto itself.
    rows.movable = False
    assert not rows.step(0, 1)
    assert list(rows.values()) == ["a", "b"]
