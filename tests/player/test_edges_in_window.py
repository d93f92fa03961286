"""The handles of the range on the timeline: carried, stepped, snapped, undone, and told of in the bubble."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from talk import SOUND_MS, word_ms, word_text
from user import User

from index.transcript import WordRange
from player.settings import Settings
from player.widgets.edge_handle import EdgeHandle

PAD_MS = Settings().clip_pad_ms
_LEFT, _FREE, _SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def chooser(reader: User) -> User:
    """Somebody with words 200 to 299 selected."""
    reader.view.select(WordRange(200, 300))
    return reader


def handle(user: User, *, begin: bool) -> EdgeHandle:
    return user.window.seek_bar.edges.handles[0 if begin else 1]


def hold(user: User, *, begin: bool) -> None:
    QTest.mousePress(handle(user, begin=begin), _LEFT, _FREE, handle(user, begin=begin).rect().center())


def carry(user: User, to_ms: int, *, begin: bool, let_go: bool = True) -> None:
    """Carry a handle that is held to a time, in steps as a hand does."""
    held, bar = handle(user, begin=begin), user.window.seek_bar
    shift = held._grip  # The hand is so far beside the line.
    for _ in range(2):  # The handle comes along, so the place is another one seen from it.
        QTest.mouseMove(held, held.mapFrom(bar, QPoint(round(bar._x(to_ms) + shift), 30)))
    if let_go:
        QTest.mouseRelease(held, _LEFT, _FREE, held.mapFrom(bar, QPoint(round(bar._x(to_ms) + shift), 30)))
    user.pump()


def drag(user: User, to_ms: int, *, begin: bool) -> None:
    hold(user, begin=begin)
    carry(user, to_ms, begin=begin)


def test_only_a_range_has_handles(reader: User) -> None:
    assert handle(reader, begin=True).isHidden()
    reader.view.select(WordRange(200, 300))
    bar = reader.window.seek_bar
    for begin, word in ((True, 200), (False, 300)):
        edge = handle(reader, begin=begin)
        assert edge.isVisible()
        assert edge.cursor().shape() is Qt.CursorShape.SizeHorCursor
        assert edge.value() == word_ms(word) + (-PAD_MS if begin else PAD_MS)
        assert edge.geometry().contains(QPoint(round(bar._x(edge.value())), 30))
    reader.press("Esc")
    assert handle(reader, begin=True).isHidden()


def test_an_edge_comes_to_the_nearest_word_with_air_before_it(chooser: User) -> None:
    drag(chooser, word_ms(150) - PAD_MS + 60, begin=True)
    assert chooser.keeping.range == chooser.view.selection == WordRange(150, 300)
    assert chooser.window.seek_bar.marks.range == (word_ms(150) - PAD_MS, word_ms(300) + PAD_MS)
    assert chooser.sees(150)
    drag(chooser, word_ms(320) + PAD_MS - 30, begin=False)
    assert chooser.keeping.range == WordRange(150, 320)
    assert chooser.window.seek_bar.marks.range == (word_ms(150) - PAD_MS, word_ms(320) + PAD_MS)
    assert chooser.position_ms == 0, "the sound stays where it is"


def test_with_shift_or_without_snapping_it_stays_where_it_is_let_go(chooser: User) -> None:
    chooser.press("E")  # There is no clip to edit yet: nothing happens.
    chooser.app.change(clip_snap=False)
    drag(chooser, word_ms(150) + 170, begin=True)
    start_ms = chooser.window.seek_bar.marks.range[0]  # type: ignore[index]
    assert start_ms == pytest.approx(word_ms(150) + 170, abs=chooser.window.seek_bar.pixel_ms)
    assert start_ms != word_ms(150) - PAD_MS


def test_the_quiet_point_near_the_word_is_taken(chooser: User) -> None:
    chooser.app.waveform.quietest = lambda ms, within_ms: ms - 40
    drag(chooser, word_ms(150), begin=True)
    assert chooser.window.seek_bar.marks.range == (word_ms(150) - PAD_MS - 40, word_ms(300) + PAD_MS)


def test_the_bubble_tells_time_length_and_words(chooser: User) -> None:
    hold(chooser, begin=True)
    carry(chooser, word_ms(150), begin=True, let_go=False)
    bubble = chooser.window.seek_bar._bubble
    assert bubble.isVisible()
    assert bubble._heading.text() == "0:52.35 · 52.80 s"
    assert word_text(150) in bubble._words.text()
    assert not chooser.app.undoing.undo_text, "nothing is done yet"
    carry(chooser, word_ms(150), begin=True)
    assert chooser.app.undoing.undo_text


def test_a_move_is_undone_and_done_again(chooser: User) -> None:
    before = chooser.window.seek_bar.marks.range
    drag(chooser, word_ms(150), begin=True)
    after = chooser.window.seek_bar.marks.range
    chooser.press("Ctrl+Z")
    assert chooser.window.seek_bar.marks.range == before
    assert chooser.keeping.range == WordRange(200, 300)
    chooser.press("Ctrl+Y")
    assert chooser.window.seek_bar.marks.range == after


def test_where_the_range_is_a_kept_clip_the_clip_is_moved(chooser: User) -> None:
    chooser.press("C")
    (kept,) = chooser.keeping.clips
    drag(chooser, word_ms(150), begin=True)
    (moved,) = chooser.keeping.clips
    assert (moved.id, moved.first_word, moved.end_word) == (kept.id, 150, 300)
    chooser.press("Ctrl+Alt+Left")
    assert chooser.keeping.clips[0].first_word == 149
    chooser.press("Ctrl+Z", "Ctrl+Z")
    assert chooser.keeping.clips[0] == kept
    assert chooser.keeping.range == chooser.view.selection == WordRange(200, 300)
    assert chooser.window.seek_bar.marks.range == (kept.start_ms, kept.end_ms)


def test_the_clip_editor_goes_along(chooser: User) -> None:
    chooser.press("C", "E")
    drag(chooser, word_ms(150), begin=True)
    assert chooser.window.clip_editor.wave._span == chooser.window.seek_bar.marks.range
    assert chooser.app.trimming.now is not None
    assert chooser.app.trimming.now.words == WordRange(150, 300)


def test_a_handle_that_has_the_keyboard_is_stepped(chooser: User) -> None:
    handle(chooser, begin=True).setFocus(Qt.FocusReason.TabFocusReason)
    chooser.press("Left", "Left")
    assert chooser.window.seek_bar.marks.range == (word_ms(200) - PAD_MS - 20, word_ms(300) + PAD_MS)
    assert chooser.window.seek_bar._bubble.isVisible()
    chooser.press("Ctrl+Right")
    assert chooser.window.seek_bar.marks.range == (word_ms(201) - PAD_MS, word_ms(300) + PAD_MS)
    chooser.press("Tab")
    assert chooser.focus is handle(chooser, begin=False)
    chooser.press("Ctrl+Right")
    assert chooser.keeping.range == WordRange(201, 301)
    chooser.press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert chooser.window.seek_bar.marks.range == (word_ms(200) - PAD_MS, word_ms(300) + PAD_MS)


def test_keys_move_edges_by_10_ms_wherever_the_keyboard_is(chooser: User) -> None:
    chooser.press("Alt+Shift+Left", "Alt+Shift+Up")
    assert chooser.window.seek_bar.marks.range == (word_ms(200) - PAD_MS - 10, word_ms(300) + PAD_MS + 10)
    chooser.press("Esc")
    assert not chooser.app.actions["start_earlier"].isEnabled()


def test_what_was_carried_is_forgotten_with_its_range(chooser: User) -> None:
    hold(chooser, begin=True)
    carry(chooser, word_ms(150), begin=True, let_go=False)
    chooser.keeping.set_range(None)  # As where a link from outside opens another episode.
    assert not chooser.window.seek_bar.edges.is_held
    chooser.view.select(WordRange(400, 500))
    drag(chooser, word_ms(520) + PAD_MS, begin=False)
    assert chooser.keeping.range == WordRange(400, 520)


def test_a_click_on_a_handle_goes_there_as_beside_it(chooser: User) -> None:
    edge = handle(chooser, begin=True)
    before = chooser.window.seek_bar.marks.range
    chooser.click(edge)
    assert chooser.window.seek_bar.marks.range == before
    assert chooser.position_ms == pytest.approx(word_ms(200) - PAD_MS, abs=10 * chooser.window.seek_bar.pixel_ms)
    assert chooser.focus is chooser.window.seek_bar, "or Left and Right would move the edge"


def test_both_handles_of_a_narrow_range_can_be_taken(reader: User) -> None:
    reader.view.select(WordRange(200, 201))
    begin, end = handle(reader, begin=True), handle(reader, begin=False)
    assert end.geometry().left() - begin.geometry().left() >= begin.width() * 0.6
    bar = reader.window.seek_bar
    assert bar.childAt(begin.geometry().left() + 2, 30) is begin
    assert bar.childAt(end.geometry().right() - 2, 30) is end
    drag(reader, word_ms(260) + PAD_MS, begin=False)
    assert reader.keeping.range == WordRange(200, 260)


def test_an_edge_stays_in_the_sound_and_short_of_the_other(chooser: User) -> None:
    chooser.app.range_edges.carry(False, 10 * SOUND_MS, done=True)
    assert chooser.window.seek_bar.marks.range[1] == SOUND_MS  # type: ignore[index]
    chooser.app.range_edges.carry(True, 10 * SOUND_MS, done=True)
    start_ms, end_ms = chooser.window.seek_bar.marks.range  # type: ignore[misc]
    assert 0 < end_ms - start_ms <= 60


def test_a_screen_reader_sets_an_edge(chooser: User) -> None:
    edge = handle(chooser, begin=True)
    assert edge.accessibleName()
    edge.setValue(word_ms(150) - PAD_MS)
    assert chooser.keeping.range == WordRange(150, 300)
