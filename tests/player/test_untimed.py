"""A sound with a transcript that has no times: the words stand beside it, and nothing false is shown."""

from pathlib import Path

import pytest
from talk import write_sound
from user import User

from index.transcript import WordRange
from player.widgets.export_dialog import ExportDialog

TEXT = "Ana: The river runs past old houses.\n\nBen: Where people sit and talk.\n\nAna: About weather and bread.\n"


@pytest.fixture
def untimed(user: User, tmp_path: Path) -> User:
    """Somebody who has opened a sound and its words."""
    sound, transcript = write_sound(tmp_path / "walk.wav"), tmp_path / "walk.txt"
    transcript.write_text(TEXT, "utf-8")
    user.open(sound, transcript)
    return user


def test_the_words_and_speakers_are_there(untimed: User) -> None:
    transcript = untimed.app.session.transcript
    assert transcript is not None
    assert not transcript.timed
    shown = untimed.view.toPlainText()
    assert "The river runs past old houses." in shown
    assert "Ben" in shown
    assert "no times" in shown


def test_a_sound_finds_its_text(user: User, tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "walk.wav")
    (tmp_path / "walk.md").write_text(TEXT.replace("Ana:", "**Ana:**"), "utf-8")
    user.open(sound)
    assert user.app.session.transcript is not None
    assert user.app.session.transcript.speakers == ("Ana", "Ben")


def test_playing_marks_no_word(untimed: User) -> None:
    untimed.press("Space")
    untimed.advance(20_000)
    assert untimed.position_ms > 10_000
    assert untimed.app.session.word is None


def test_a_click_on_a_word_goes_nowhere(untimed: User) -> None:
    untimed.press("Space")
    untimed.advance(5000)
    untimed.press("Space")
    before = untimed.position_ms
    untimed.click_word(3)
    assert untimed.position_ms == before
    assert untimed.view.margin_word(untimed.margin_point(0).toPointF()) is None


def test_a_phrase_is_found_without_a_time(untimed: User) -> None:
    untimed.find("people sit")
    assert len(untimed.app.finding.hits) == 1
    assert not untimed.window.seek_bar._marks.hits


def test_nothing_is_cut_but_text_is_exported(untimed: User) -> None:
    untimed.app.keeping.set_range(WordRange(0, 4))
    untimed.app.keeping.keep()
    assert not untimed.app.keeping.clips

    def look(dialog: ExportDialog) -> None:
        assert dialog.order().captions.suffixes == (".txt",)
        assert dialog.text.toPlainText().startswith("Ana: The river")

    untimed.in_dialog(lambda: untimed.press("Ctrl+E"), ExportDialog, look)
