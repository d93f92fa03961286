"""Words set right by ear: a key while one is heard shifts, stretches and bends the times; nudged, listed, undone."""

from pathlib import Path

import pytest
from talk import SOUND_MS, WORD_MS, WORDS, vtt_text, word_ms, word_text, write_sound
from user import User

from index.transcript import Transcript
from player.widgets.anchors_dialog import AnchorsDialog


def words(user: User) -> Transcript:
    """What is open."""
    transcript = user.session.transcript
    assert transcript is not None
    return transcript


def hear(user: User, word: int, at_ms: int) -> None:
    """Point at a word, let the sound be at a time, and say that the word is heard there."""
    user.show_word(word)
    user.double_click_word(word)
    user.session.go_to(at_ms)
    user.press("S")
    user.settle()


def test_the_first_word_set_shifts_all(reader: User) -> None:
    hear(reader, 20, word_ms(20) + 2400)
    assert words(reader).starts[20] == pytest.approx(word_ms(20) + 2400, abs=2)
    assert words(reader).starts[300] == pytest.approx(word_ms(300) + 2400, abs=2)
    assert reader.session.word == 20
    assert reader.window.notice.text == f"“{word_text(20)}” is heard at 0:09: all words come 2.4 s later."


def test_the_second_stretches_and_a_third_bends(reader: User) -> None:
    hear(reader, 100, word_ms(100))
    hear(reader, 500, word_ms(500) + 4000)
    assert words(reader).starts[300] == pytest.approx(word_ms(300) + 2000, abs=5)
    assert "stretched" in reader.window.notice.text
    hear(reader, 300, word_ms(300))
    assert words(reader).starts[200] == pytest.approx(word_ms(200), abs=5)
    assert words(reader).starts[400] == pytest.approx(word_ms(400) + 2000, abs=5)
    assert "3 set by ear" in reader.window.notice.text


def test_the_keyboard_alone_is_enough(reader: User) -> None:
    reader.press("Space")
    reader.advance(5000)
    reader.press("Ctrl+Right", "Ctrl+Right", "S")
    reader.settle()
    word = reader.view.word_meant
    assert word is not None
    assert words(reader).starts[word] == pytest.approx(5000, abs=60)
    assert reader.playback.is_playing


def test_it_is_undone_step_by_step(reader: User) -> None:
    before = words(reader).starts
    hear(reader, 20, word_ms(20) + 2400)
    hear(reader, 100, word_ms(100) + 2400)
    reader.press("Ctrl+Z")
    reader.settle()
    assert list(reader.app.amending.anchors) == [20]
    reader.press("Ctrl+Z")
    reader.settle()
    assert words(reader).starts == before
    reader.press("Ctrl+Y")
    reader.settle()
    assert words(reader).starts[20] > word_ms(20)


def test_following_finding_and_cutting_use_the_new_times(reader: User) -> None:
    reader.find("lantern")
    row = reader.window.side.hits.values()[0]
    hear(reader, 20, word_ms(20) + 2000)
    after = reader.window.side.hits.values()[0]
    assert (after.start_ms or 0) - (row.start_ms or 0) == pytest.approx(2000, abs=2)
    assert reader.window.seek_bar._marks.hits[0] == after.start_ms
    reader.drag_words(20, 21)
    clip = reader.keeping.clip(pad_ms=0)
    assert clip is not None
    assert clip.start_ms == pytest.approx(word_ms(20) + 2000, abs=2)


def test_nudges_move_everything_and_are_one_deed(reader: User) -> None:
    reader.session.go_to(word_ms(50) + 100)
    reader.press(".", ".", ".", ",")
    reader.settle()
    assert words(reader).starts[50] == word_ms(50) + 200
    assert words(reader).starts[600] == word_ms(600) + 200
    reader.press("Ctrl+Z")
    reader.settle()
    assert words(reader).starts[50] == word_ms(50)


def test_a_nudge_moves_the_word_set_by_ear_that_is_nearest(reader: User) -> None:
    hear(reader, 100, word_ms(100))
    hear(reader, 500, word_ms(500))
    reader.session.go_to(word_ms(480))
    reader.press(".")
    reader.settle()
    assert reader.app.amending.anchors == {100: word_ms(100), 500: word_ms(500) + 100}


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_list_goes_to_words_and_releases_them(reader: User) -> None:
    hear(reader, 20, word_ms(20) + 1000)
    hear(reader, 400, word_ms(400) + 1000)

    def use(dialog: AnchorsDialog) -> None:
        assert [row.line() for row in dialog.rows.values()] == [
            f"0:08.00  {word_text(20)}, 1.00 s later",
            f"2:21.00  {word_text(400)}, 1.00 s later",
        ]
        reader.press("Down", "Enter")
        assert reader.position_ms == word_ms(400) + 1000
        assert reader.playback.is_playing
        reader.press(".", ".", ",", ".")
        reader.settle()
        assert dialog.rows.values()[1].ms == word_ms(400) + 1200
        assert dialog.list.currentIndex().row() == 1
        reader.press("Delete")
        reader.settle()
        assert len(dialog.rows.values()) == 1

    reader.in_dialog(lambda: reader.press("Shift+S"), AnchorsDialog, use)
    assert list(reader.app.amending.anchors) == [20]
    reader.press("Ctrl+Z")
    reader.settle()
    assert reader.app.amending.anchors == {20: word_ms(20) + 1000, 400: word_ms(400) + 1200}
    reader.press("Ctrl+Z")
    reader.settle()
    assert reader.app.amending.anchors == {20: word_ms(20) + 1000, 400: word_ms(400) + 1000}, "nudges are one deed"


def test_words_set_by_ear_are_kept(reader: User, talk_files: tuple[Path, Path]) -> None:
    hear(reader, 20, word_ms(20) + 2400)
    reader.session.open_demo()
    reader.settle()
    assert reader.app.amending.anchors == {}
    reader.open(*talk_files)
    assert words(reader).starts[20] == pytest.approx(word_ms(20) + 2400, abs=2)
    assert list(reader.app.amending.anchors) == [20]
    stored = reader.app.library.transcript_of(reader.session.episode.row.id if reader.session.episode else 0)
    assert stored is not None
    assert stored.starts == words(reader).starts


def test_a_transcript_that_ends_elsewhere_is_told_of(user: User, tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(vtt_text(), "utf-8")
    user.open(write_sound(tmp_path / "a.wav", SOUND_MS - 30_000), tmp_path / "a.vtt")
    assert user.window.offer_bar.text == "The words end at 4:28 and the sound at 4:00."
    assert user.window.offer_bar._button.text() == "Listen, and put them in step"


@pytest.mark.parametrize(("longer_ms", "told"), [(50_000, False), (70_000, True)])
def test_music_at_the_end_is_no_disagreement(user: User, tmp_path: Path, longer_ms: int, told: bool) -> None:
    (tmp_path / "a.vtt").write_text(vtt_text(), "utf-8")
    user.open(write_sound(tmp_path / "a.wav", WORDS * WORD_MS + longer_ms), tmp_path / "a.vtt")
    assert ("The words end" in user.window.offer_bar.text) is told


def test_one_that_ends_with_the_sound_is_not(reader: User) -> None:
    assert abs(WORDS * WORD_MS - SOUND_MS) < 0.02 * SOUND_MS
    assert reader.window.offer_bar.text == ""


def test_without_a_word_to_point_at_it_says_what_to_do(user: User, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ana: The river runs.\n", "utf-8")
    user.open(write_sound(tmp_path / "a.wav", 20_000), tmp_path / "a.txt")
    user.press("S")
    assert "Select the word" in user.window.notice.text
    user.double_click_word(1)
    user.press("S")
    assert "align it with the sound first" in user.window.notice.text


def test_what_needs_a_sound_waits_for_one(user: User) -> None:
    for name in ("set_by_ear", "nudge_earlier", "nudge_later", "anchors", "align", "pause_aligning", "take_times"):
        assert not user.app.actions[name].isEnabled(), name
