"""The clip editor: opened on a clip, its edges moved by hand and by keys, heard, named, undone, closed."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from talk import WORD_MS, word_ms, word_text, write_talk
from user import User

from index.library import SavedClip
from index.transcript import WordRange
from player.settings import Settings
from player.widgets.clip_editor import ClipEditor

PAD_MS = Settings().clip_pad_ms
_LEFT, _FREE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def editor(reader: User) -> User:
    """Somebody who trims a clip of words 40 to 44."""
    reader.view.select(WordRange(40, 45))
    reader.press("C", "E")
    assert reader.window.clip_editor.isVisible()
    return reader


def strip(user: User) -> ClipEditor:
    return user.window.clip_editor


def clip(user: User) -> SavedClip:
    (found,) = user.keeping.clips
    return found


def drag(user: User, which: int, to_ms: int, *, let_go: bool = True) -> None:
    """Carry an edge (0 begins, 1 ends) to a time."""
    wave = strip(user).wave
    handle = wave.edges.handles[which]
    middle = handle.rect().center()
    target = handle.mapFrom(wave, QPoint(round(wave._x(to_ms)), wave.height() // 2))
    QTest.mousePress(handle, _LEFT, _FREE, middle)
    QTest.mouseMove(handle, target)
    # The handle has come along, so the place is another one seen from it.
    target = handle.mapFrom(wave, QPoint(round(wave._x(to_ms)) + 1, wave.height() // 2))
    if let_go:
        QTest.mouseRelease(handle, _LEFT, _FREE, target)
    user.pump()


def test_an_edge_that_is_carried_out_of_view_is_kept(editor: User) -> None:
    wave = strip(editor).wave
    begin_ms, end_ms = wave.view
    length_ms = end_ms - begin_ms
    drag(editor, 1, end_ms + length_ms // 10)
    assert not wave.edges.is_held
    assert clip(editor).end_ms == editor.app.trimming.now.end_ms  # type: ignore[union-attr]
    assert clip(editor).end_ms > end_ms


def test_the_editor_shows_the_clip_and_gives_the_keyboard_to_its_beginning(editor: User) -> None:
    assert strip(editor).title.text() == clip(editor).title
    assert editor.focus is strip(editor).wave.edges.handles[0]
    assert editor.window.selection_bar.isHidden()
    begin, end = strip(editor).wave.view
    assert begin < clip(editor).start_ms
    assert end > clip(editor).end_ms


def test_without_a_clip_there_is_nothing_to_edit(reader: User) -> None:
    assert not reader.app.actions["edit_clip"].isEnabled()
    reader.press("E")
    assert strip(reader).isHidden()


@pytest.mark.parametrize("way", ["Esc", "Shift+E"])
def test_it_is_closed_with_a_key(editor: User, way: str) -> None:
    editor.press(way)
    assert strip(editor).isHidden()
    assert editor.focus is editor.view


def test_arrows_move_the_edge_that_has_the_keyboard_by_10_ms(editor: User) -> None:
    before = clip(editor)
    editor.press("Left", "Left")
    assert clip(editor).start_ms == before.start_ms - 20
    editor.press("Tab", "Right")
    assert clip(editor).end_ms == before.end_ms + 10
    assert editor.position_ms == 0  # The sound stays where it is.


def test_keys_move_both_edges_wherever_the_keyboard_is(editor: User) -> None:
    editor.view.setFocus()
    before = clip(editor)
    editor.press("Alt+Shift+Left", "Alt+Shift+Up", "Alt+Shift+Up")
    assert (clip(editor).start_ms, clip(editor).end_ms) == (before.start_ms - 10, before.end_ms + 20)
    editor.press("Alt+Shift+Right", "Alt+Shift+Down", "Alt+Shift+Down")
    assert (clip(editor).start_ms, clip(editor).end_ms) == (before.start_ms, before.end_ms)


def test_words_join_and_leave_by_word(editor: User) -> None:
    editor.press("Ctrl+Left")
    assert (clip(editor).first_word, clip(editor).start_ms) == (39, word_ms(39) - PAD_MS)
    editor.press("Ctrl+Alt+Right", "Ctrl+Alt+Right")
    assert clip(editor).first_word == 41
    editor.press("Ctrl+Alt+Shift+Right")
    assert (clip(editor).end_word, clip(editor).end_ms) == (46, word_ms(46) + PAD_MS)
    assert editor.keeping.range == editor.view.selection == WordRange(41, 46)


def test_a_dragged_edge_takes_words_along_and_is_kept_when_let_go(editor: User) -> None:
    editor.press("Q")  # No snapping.
    before = clip(editor)
    drag(editor, 0, word_ms(38), let_go=False)
    assert clip(editor) == before
    assert editor.keeping.range == WordRange(38, 45)
    handle = strip(editor).wave.edges.handles[0]
    QTest.mouseRelease(handle, _LEFT, _FREE, handle.rect().center())
    pixel_ms = (strip(editor).wave.view[1] - strip(editor).wave.view[0]) / strip(editor).wave.width()
    assert clip(editor).start_ms == pytest.approx(word_ms(38), abs=2 * pixel_ms + 1)
    assert clip(editor).first_word == 38
    drag(editor, 1, word_ms(43))
    assert clip(editor).end_word == 43


def test_an_edge_that_is_let_go_comes_to_the_nearest_quiet_point(editor: User) -> None:
    asked: list[tuple[int, int]] = []

    def quietest(ms: int, within_ms: int) -> int:
        asked.append((ms, within_ms))
        return 12_345

    editor.app.waveform.quietest = quietest
    drag(editor, 0, word_ms(36))
    assert clip(editor).start_ms == 12_345
    assert all(abs(ms - word_ms(36)) < 60 for ms, _ in asked)
    editor.press("Q")
    assert not editor.app.settings.clip_snap
    drag(editor, 0, word_ms(37))
    assert clip(editor).start_ms != 12_345


def test_an_edge_does_not_pass_the_other_one_nor_leave_the_sound(editor: User) -> None:
    editor.app.trimming.carry(True, 10_000_000, done=True)
    assert 0 < clip(editor).end_ms - clip(editor).start_ms <= 60
    editor.app.trimming.carry(True, -5, done=True)
    assert clip(editor).start_ms == 0
    editor.app.trimming.carry(False, 10_000_000, done=True)
    assert clip(editor).end_ms == editor.playback.duration_ms


def test_moves_are_undone_and_done_again(editor: User) -> None:
    before = clip(editor)
    editor.press("Left", "Left", "Left")  # One run.
    editor.press("Ctrl+Left")
    moved = clip(editor)
    editor.press("Ctrl+Z")
    assert clip(editor).start_ms == before.start_ms - 30
    editor.press("Ctrl+Z")
    assert clip(editor) == before
    assert strip(editor).wave._span == (before.start_ms, before.end_ms)
    editor.press("Ctrl+Y", "Ctrl+Y")
    assert clip(editor) == moved


def test_the_clip_is_heard_as_it_is_trimmed(editor: User) -> None:
    editor.press("Left", "Left", "H")
    assert editor.playback.is_playing
    assert editor.position_ms == word_ms(40) - PAD_MS - 20
    editor.press("Ctrl+Shift+H")
    assert editor.position_ms == clip(editor).end_ms - 1000


def test_title_and_remark_are_written_in_the_strip(editor: User) -> None:
    strip(editor).title.setFocus()
    strip(editor).title.selectAll()
    editor.type_text("The tide, slowly C E H")
    editor.press("Return")
    strip(editor).remark.setFocus()
    editor.type_text("for Monday #tide")
    editor.press("Return")
    assert (clip(editor).title, clip(editor).remark) == ("The tide, slowly C E H", "for Monday #tide")
    assert "#tide" in editor.window.side.clips_panel.rows.values()[0].about()
    strip(editor).title.setFocus()
    editor.type_text("nonsense")
    editor.press("Esc")
    assert clip(editor).title == "The tide, slowly C E H"


def test_the_words_under_the_sound_are_those_of_the_clip(editor: User) -> None:
    words = strip(editor).wave._words(*strip(editor).wave.view)
    kept = [word.text for word in words if word.kept]
    assert kept == [word_text(word) for word in range(40, 45)]
    assert len(words) > len(kept)


def test_a_click_on_the_sound_goes_there(editor: User) -> None:
    wave = strip(editor).wave
    QTest.mouseClick(wave, _LEFT, _FREE, QPoint(round(wave._x(word_ms(42) + 100)), 40))
    editor.pump()
    assert editor.session.word == 42


def test_the_sound_is_looked_at_closer_and_from_farther_away(editor: User) -> None:
    wave = strip(editor).wave
    length = wave.view[1] - wave.view[0]
    editor.press("Alt++")
    assert wave.view[1] - wave.view[0] == pytest.approx(length / 1.5, abs=2)
    editor.press("Alt+-", "Alt+-")
    assert wave.view[1] - wave.view[0] == pytest.approx(length * 1.5, abs=4)
    for _ in range(60):
        wave.zoom(0.5)
    assert wave.view[0] >= 0


def test_a_clip_that_is_removed_closes_the_strip(editor: User) -> None:
    editor.app.clips.remove([clip(editor).id])
    assert strip(editor).isHidden()
    editor.press("Ctrl+Z")
    assert len(editor.keeping.clips) == 1


def test_another_episode_closes_the_strip(editor: User, tmp_path: object) -> None:
    editor.open(*write_talk(tmp_path, "other"))  # type: ignore[arg-type]
    assert strip(editor).isHidden()


def test_a_clip_of_the_list_of_the_library_opens_its_episode(editor: User, tmp_path: object) -> None:
    talk = clip(editor).episode
    editor.press("Esc")
    editor.open(*write_talk(tmp_path, "other"))  # type: ignore[arg-type]
    editor.app.show_side("clips")
    panel = editor.window.side.clips_panel
    editor.click(panel.bar._everywhere)
    assert [row.episode for row in panel.rows.values()] == [talk]
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.rows.index(0, 0))
    editor.press("E")
    editor.settle()
    assert strip(editor).isVisible()
    assert editor.session.episode is not None
    assert editor.session.episode.row.id == talk


def test_clips_are_put_in_an_order_that_stays(reader: User) -> None:
    for first in (20, 60, 100):
        reader.view.select(WordRange(first, first + 5))
        reader.press("C")
    panel = reader.window.side.clips_panel
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.rows.index(2, 0))
    reader.press("Alt+Up", "Alt+Up")
    assert [each.first_word for each in reader.keeping.clips] == [100, 20, 60]
    assert panel.current() is not None
    reader.press("Ctrl+Z", "Ctrl+Z")
    assert [each.first_word for each in reader.keeping.clips] == [20, 60, 100]


def test_several_clips_are_removed_at_once(reader: User) -> None:
    for first in (20, 60, 100):
        reader.view.select(WordRange(first, first + 5))
        reader.press("C")
    panel = reader.window.side.clips_panel
    panel.list.setFocus()
    panel.list.setCurrentIndex(panel.rows.index(0, 0))
    reader.press("Shift+Down", "Delete")
    assert [each.first_word for each in reader.keeping.clips] == [100]
    reader.press("Ctrl+Z")
    assert len(reader.keeping.clips) == 3


def test_a_hit_is_kept_without_selecting_it(reader: User) -> None:
    reader.find("silver fox")
    reader.press("Return")
    reader.view.setFocus()
    reader.press("C")
    assert clip(reader).title == "silver fox"
    assert clip(reader).end_ms - clip(reader).start_ms == 2 * WORD_MS + 2 * PAD_MS


def test_a_click_on_a_handle_gives_it_the_keyboard_and_moves_nothing(editor: User) -> None:
    before = clip(editor)
    editor.click(strip(editor).wave.edges.handles[1])
    assert clip(editor) == before
    assert editor.focus is strip(editor).wave.edges.handles[1]


def test_keys_look_closer_at_the_edge_that_has_the_keyboard_and_back_at_the_whole(editor: User) -> None:
    wave, whole = strip(editor).wave, strip(editor).wave.view
    editor.press("Tab", *["Alt++"] * 6)
    begin, end = wave.view
    assert begin < clip(editor).end_ms < end
    assert begin > clip(editor).start_ms
    editor.press("Alt+0")
    assert wave.view == whole


def test_two_fingers_look_closer_where_they_are(editor: User) -> None:
    wave = strip(editor).wave
    begin, end = wave.view
    at = QPointF(wave.width() / 4, 40)
    pinched = QNativeGestureEvent(
        *(Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2),
        *(at, at, at, 1.0, QPointF()),
    )
    QApplication.sendEvent(wave, pinched)
    assert wave.view[1] - wave.view[0] == pytest.approx((end - begin) / 2, abs=2)
    assert wave._ms(at.x()) == pytest.approx(begin + (end - begin) / 4, abs=5)


def test_air_is_seen_and_set_to_the_millisecond(editor: User) -> None:
    air, before = strip(editor).air, clip(editor)
    assert (air.before.value(), air.after.value()) == (PAD_MS, PAD_MS)
    air.before.setFocus()
    air.before.selectAll()
    editor.type_text("400")
    assert clip(editor) == before, "it counts when it is left"
    editor.press("Return")
    assert clip(editor).start_ms == word_ms(40) - 400
    assert (clip(editor).first_word, clip(editor).end_word) == (40, 45), "no word joins by asking for air"
    assert editor.focus is strip(editor).wave.edges.handles[0]
    air.after.setFocus()
    editor.press("Up")
    assert clip(editor).end_ms == word_ms(45) + PAD_MS + 50
    editor.press("Esc")
    assert strip(editor).isVisible()
    editor.press("Ctrl+Z", "Ctrl+Z")
    assert clip(editor) == before
    assert (air.before.value(), air.after.value()) == (PAD_MS, PAD_MS)


def test_an_edge_that_is_moved_is_seen_as_air(editor: User) -> None:
    editor.press("Left", "Left")
    assert strip(editor).air.before.value() == PAD_MS + 20


def test_fades_are_remembered_and_heard_as_they_will_be_written(editor: User) -> None:
    strip(editor).air.fade.setFocus()
    strip(editor).air.fade.selectAll()
    editor.type_text("600")
    editor.press("Return")
    assert editor.app.settings.clip_fade_ms == 600
    engine = editor.playback.engine
    editor.press("H")
    assert engine.volume == 0  # type: ignore[attr-defined]
    editor.advance(300)
    assert 70 < engine.volume < 90  # type: ignore[attr-defined]
    editor.advance(400)
    assert engine.volume == 100  # type: ignore[attr-defined]
    editor.press("Right")  # The edge has the keyboard: it moves, and the sound goes on.
    editor.press("Ctrl+Shift+H")
    editor.advance(900)
    assert engine.volume < 60  # type: ignore[attr-defined]
    editor.advance(500)
    assert engine.volume == 100  # type: ignore[attr-defined]
