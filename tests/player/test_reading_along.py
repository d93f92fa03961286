"""The words go along with the sound, clicks go to words, and drags select them."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from talk import WORD_MS, WORDS, turn_of, word_ms, word_text, write_talk
from user import Listener, MakeUser, User

from index.library import Library
from index.transcript import WordRange
from player.widgets.page import Heading

ARROWS = {-1: "↑", 1: "↓"}


def marked_word(user: User) -> str:
    """The text that has the ink of the current word."""
    ink = user.view._theme.color("on_word_now")
    page = user.view.page
    assert page is not None
    marks = [(first, end) for first, end, how in page.layout.inks if how.foreground().color() == ink]
    return page.document.toPlainText()[slice(*marks[-1])] if marks else ""  # In light, the turn's ink is the same.


def lit_words(user: User) -> WordRange | None:
    """The words that have full ink because their turn is being spoken."""
    ink, page = user.view._theme.color("ink"), user.view.page
    lit: list[int] = []
    assert page is not None
    for begin, end, how in page.layout.inks:
        if how.foreground().color() == ink:
            first, last = page.word_at(begin), page.word_at(end - 1)
            assert first is not None
            assert last is not None
            lit += range(first, last + 1)
    assert sorted(lit) == list(range(min(lit), max(lit) + 1)), "all of it once"
    return WordRange(min(lit), max(lit) + 1)


# The word being spoken


def test_another_heading_leaves_the_light_on_its_words(reader: User) -> None:
    reader.press("Space")
    reader.advance(word_ms(8) + WORD_MS // 2 - reader.position_ms)
    lit = lit_words(reader)
    reader.view.show_heading(Heading("A title that is longer", "and more about it than before"))
    assert lit_words(reader) == lit
    assert marked_word(reader) == word_text(8)


def test_the_word_being_spoken_is_marked(reader: User) -> None:
    reader.press("Space")
    for word in (0, 1, 2, 7, 8, 40):
        reader.advance(word_ms(word) + WORD_MS // 2 - reader.position_ms)
        assert marked_word(reader) == word_text(word)


def test_the_mark_moves_the_moment_a_word_begins(reader: User) -> None:
    reader.press("Space")
    reader.advance(word_ms(3) - 20 - reader.position_ms)
    between = reader.playback._beat._between
    assert between.isActive()
    assert between.interval() == word_ms(3) - reader.position_ms + 1


def test_the_turn_being_spoken_is_lit(reader: User) -> None:
    reader.session.go_to(word_ms(30))
    assert lit_words(reader) == WordRange(24, 48)
    reader.session.go_to(word_ms(50))
    assert lit_words(reader) == WordRange(48, 72)


def test_the_mark_is_painted_where_the_word_is(reader: User) -> None:
    reader.session.go_to(word_ms(10))
    reader.pump()
    image = reader.view.viewport().grab().toImage()
    corner = reader.view.rects_of(WordRange(10, 11))[0].topLeft().toPoint() + QPoint(0, 4)
    assert image.pixelColor(corner) == reader.view._theme.color("word_now")
    other = reader.view.rects_of(WordRange(13, 14))[0].topLeft().toPoint() + QPoint(0, 4)
    assert image.pixelColor(other) != reader.view._theme.color("word_now")


def test_a_position_within_a_word_changes_nothing(reader: User) -> None:
    reader.press("Space")
    reader.advance(word_ms(5) + 20)
    assert reader.view.page is not None
    words, inks = Listener(reader.session.word_changed), reader.view.page.layout.inks
    reader.advance(200)
    assert words.heard == []
    assert reader.view.page.layout.inks is inks
    reader.advance(350)
    assert len(words.heard) == 1


def test_the_mark_follows_twice_the_speed(reader: User) -> None:
    reader.playback.set_rate(2.0)
    reader.press("Space")
    reader.advance(word_ms(20) // 2 + 60)
    assert marked_word(reader) == word_text(20)


def test_the_mark_goes_back_with_the_sound(reader: User) -> None:
    reader.session.go_to(word_ms(100))
    reader.press("Home")
    assert marked_word(reader) == word_text(0)


# Following


def test_the_current_line_stays_in_the_upper_part_of_the_view(reader: User) -> None:
    reader.press("Space")
    height = reader.view.viewport().height()
    seen = set()
    for _ in range(120):
        reader.advance(1000)
        top = reader.view.line_top(reader.session.word or 0)
        assert top is not None
        assert 0 <= top <= 0.66 * height
        seen.add(reader.scrolled)
    assert len(seen) > 3, "the page has scrolled several times"


def test_it_scrolls_by_the_line_of_the_word(make_user: MakeUser, tmp_path: Path) -> None:
    """One paragraph that is higher than the window does not lose the word."""
    sound, transcript = write_talk(tmp_path)
    text = transcript.read_text("utf-8").replace("<v Ben>", "<v Anna>").replace(".", "")
    transcript.write_text(text.replace("00:00:", "00:00:"), "utf-8")
    lines = [f"00:{n // 20:02}:{n * 3 % 60:02}.000 --> 00:{n // 20:02}:{n * 3 % 60 + 2:02}.000" for n in range(80)]
    cues = [f"{line}\n<v Anna>and so it goes on and on without a stop {n}\n" for n, line in enumerate(lines)]
    transcript.write_text("WEBVTT\n\n" + "\n".join(cues), "utf-8")
    user = make_user(size=(900, 500))
    user.open(sound, transcript)
    for second in range(0, 238, 5):
        user.session.go_to(second * 1000 + 1500)
        assert user.session.word is not None
        assert user.sees(user.session.word), second


def test_scrolling_away_ends_following_and_shows_the_way_back(reader: User) -> None:
    pill = reader.window.back_to_now
    reader.press("Space")
    reader.advance(2000)
    assert not pill.isVisible()
    reader.wheel(20)
    assert pill.isVisible()
    assert ARROWS[-1] in pill.text()
    scrolled = reader.scrolled
    reader.advance(60_000)
    assert reader.scrolled == scrolled, "never a silent timed return"
    assert pill.isVisible() == (not reader.sees(reader.session.word or 0))


def test_the_arrow_points_towards_now(reader: User) -> None:
    pill = reader.window.back_to_now
    reader.session.go_to(word_ms(400))
    reader.wheel(-40)
    assert pill.isVisible()
    assert ARROWS[1] in pill.text()
    reader.wheel(100)
    assert ARROWS[-1] in pill.text()


@pytest.mark.parametrize("way", ["pill", "key", "word", "margin", "scrolling"])
def test_ways_back_to_now(reader: User, way: str) -> None:
    reader.press("Space")
    reader.advance(2000)
    reader.wheel(30)
    assert reader.window.back_to_now.isVisible()
    middle = reader.view.visible_words().first + 40
    match way:
        case "pill":
            reader.click(reader.window.back_to_now)
        case "key":
            reader.press("N")
        case "word":
            reader.click_word(middle)
        case "margin":
            reader.click_margin(turn_of(middle) * 24)
        case "scrolling":
            reader.wheel(-40)
    assert not reader.window.back_to_now.isVisible()
    assert reader.window.follow.following
    reader.advance(100_000)
    assert reader.sees(reader.session.word or 0)


def test_dragging_the_scroll_bar_counts_as_the_users_scrolling(reader: User) -> None:
    bar = reader.view.verticalScrollBar()
    reader.press("Space")
    reader.advance(1000)
    QTest.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, bar.height() - 30))
    reader.pump()
    assert reader.scrolled > 0
    assert reader.window.back_to_now.isVisible()


def test_who_reads_a_little_up_is_not_pulled_back(reader: User) -> None:
    """The word is still in view, so following goes on, but only once the word would leave the view."""
    reader.session.go_to(word_ms(300))
    reader.press("Space")
    reader.wheel(-1)
    reader.wheel(-1)
    reader.wheel(-1)
    reader.wheel(-1)
    assert reader.sees(300)
    scrolled = reader.scrolled
    reader.advance(1500)
    assert reader.scrolled == scrolled
    reader.advance(60_000)
    assert reader.sees(reader.session.word or 0)


def test_ours_are_told_apart_from_the_users_scrolls(reader: User) -> None:
    reader.session.go_to(word_ms(300))
    reader.press("Ctrl++", "Ctrl++", "Ctrl+-")
    reader.window.resize(1000, 700)
    reader.pump()
    reader.app.actions["theme_dark"].trigger()
    reader.press("Ctrl+B", "Ctrl+R")
    assert reader.window.follow.following
    assert reader.sees(300)
    reader.press("Space")
    reader.advance(30_000)
    assert reader.sees(reader.session.word or 0)


def test_larger_text_keeps_the_current_word_in_view(reader: User) -> None:
    reader.session.go_to(word_ms(400))
    for _ in range(6):
        reader.press("Ctrl++")
        assert reader.sees(400)
    for _ in range(9):
        reader.press("Ctrl+-")
        assert reader.sees(400)


def test_a_narrower_window_keeps_the_current_word_in_view(reader: User) -> None:
    reader.session.go_to(word_ms(400))
    for size in ((700, 600), (560, 420), (1280, 800)):
        reader.window.resize(*size)
        reader.pump()
        assert reader.sees(400), size


@pytest.mark.parametrize("key", ["Right", "Alt+Right", "End", "Shift+Right"])
def test_a_seek_while_paused_follows_too(reader: User, key: str) -> None:
    for _ in range(25):
        reader.press(key)
        assert reader.sees(reader.session.word or 0)
    reader.press("Home")
    assert reader.sees(0)


def test_undoing_a_jump_follows(reader: User) -> None:
    reader.press("End", "Shift+Backspace")
    assert reader.sees(0)
    reader.press("Ctrl+Shift+Backspace")
    assert reader.sees(WORDS - 1)


def test_following_can_be_switched_off_and_on(reader: User) -> None:
    reader.press("F", "Space")
    reader.advance(60_000)
    assert reader.scrolled == 0
    assert reader.window.back_to_now.isVisible()
    assert reader.saved == [] or not reader.saved[-1].follow
    reader.press("F")
    assert reader.sees(reader.session.word or 0)
    assert not reader.window.back_to_now.isVisible()


def test_selecting_holds_following(reader: User) -> None:
    reader.press("Space")
    reader.advance(1000)
    reader.drag_words(10, 14)
    scrolled = reader.scrolled
    reader.advance(60_000)
    assert reader.scrolled == scrolled
    assert reader.window.back_to_now.isVisible()
    reader.press("Esc")
    assert reader.scrolled == scrolled, "the reader decides when to go back"
    reader.press("N")
    assert reader.sees(reader.session.word or 0)


def test_a_short_selection_goes_on_following_afterwards(reader: User) -> None:
    reader.press("Space")
    reader.advance(1000)
    reader.drag_words(10, 14)
    reader.advance(1000)
    reader.press("Esc")
    reader.advance(60_000)
    assert reader.sees(reader.session.word or 0)


# Clicking


@pytest.mark.parametrize("playing", [False, True])
def test_a_click_on_a_word_seeks_and_keeps_playing_or_paused(reader: User, playing: bool) -> None:
    if playing:
        reader.press("Space")
        reader.advance(500)
    for word in (0, 5, 23, 24, 47, 60):
        reader.click_word(word)
        assert reader.position_ms == word_ms(word)
        assert reader.session.word == word
        assert reader.playback.is_playing == playing


def test_a_click_on_every_part_of_a_word_seeks_to_it(reader: User) -> None:
    box = reader.view.rects_of(WordRange(33, 34))[0]
    for x in (box.left() + 1, box.center().x(), box.right() - 1):
        for y in (box.top() + 1, box.bottom() - 1):
            QTest.mouseClick(reader.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
            reader.pump()
            assert reader.position_ms == word_ms(33)
            reader.session.go_to(0)


def test_a_click_beside_the_text_does_nothing(reader: User) -> None:
    viewport = reader.view.viewport()
    seeks = Listener(reader.playback.seeked)
    for point in (QPoint(viewport.width() - 20, 300), QPoint(viewport.width() // 2, viewport.height() - 2)):
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=point)
    title = QPoint(reader.word_point(0).x(), 28)
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=title)
    reader.pump()
    assert [told for told in seeks.heard if told[1] == 0] == seeks.heard


def test_a_right_click_does_not_seek(reader: User) -> None:
    QTest.mouseClick(reader.view.viewport(), Qt.MouseButton.RightButton, pos=reader.word_point(30))
    QTest.mouseClick(reader.view.viewport(), Qt.MouseButton.MiddleButton, pos=reader.word_point(30))
    reader.pump()
    assert reader.position_ms == 0


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_a_time_in_the_margin_seeks_to_its_paragraph(reader: User, turn: int) -> None:
    reader.session.go_to(word_ms(12))
    reader.click_margin(turn * 24)
    assert reader.position_ms == word_ms(turn * 24)


def test_a_time_in_the_margin_seeks_even_while_words_are_selected(reader: User) -> None:
    reader.drag_words(10, 14)
    reader.click_margin(24)
    assert reader.position_ms == word_ms(24)


# Selecting


def test_a_drag_selects_whole_words_and_does_not_seek(reader: User) -> None:
    seeks = Listener(reader.playback.seeked)
    reader.drag_words(10, 14)
    assert reader.view.selection == WordRange(10, 15)
    assert reader.keeping.range == WordRange(10, 15)
    text = reader.view.textCursor().selectedText()
    assert text == " ".join(word_text(word) for word in range(10, 15))
    assert seeks.heard == []


def test_a_drag_backwards_selects_the_same(reader: User) -> None:
    reader.drag_words(14, 10)
    assert reader.view.selection == WordRange(10, 15)


def test_a_drag_within_one_word_selects_it(reader: User) -> None:
    box = reader.view.rects_of(WordRange(12, 13))[0]
    viewport, y = reader.view.viewport(), round(box.center().y())
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(round(box.left()) + 2, y))
    QTest.mouseMove(viewport, QPoint(round(box.right()) - 3, y))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(round(box.right()) - 3, y))
    reader.pump()
    assert reader.view.selection == WordRange(12, 13)
    assert reader.position_ms == 0


def test_a_drag_across_speakers_leaves_their_names_out(reader: User) -> None:
    reader.drag_words(20, 30)
    assert reader.view.selection == WordRange(20, 31)


def test_a_click_that_clears_a_selection_never_seeks(reader: User) -> None:
    reader.drag_words(10, 14)
    reader.click_word(30)
    assert reader.view.selection is None
    assert reader.position_ms == 0
    reader.click_word(30)
    assert reader.position_ms == word_ms(30)


def test_a_click_inside_the_selection_clears_it_and_never_seeks(reader: User) -> None:
    reader.drag_words(10, 14)
    reader.click_word(12)
    assert reader.view.selection is None
    assert reader.position_ms == 0


def test_a_double_click_selects_the_word_and_leaves_the_sound_where_it_was(reader: User) -> None:
    reader.session.go_to(word_ms(5))
    reader.double_click_word(30)
    assert reader.view.selection == WordRange(30, 31)
    assert reader.position_ms == word_ms(5)


def test_shift_click_makes_a_selection_and_does_not_seek(reader: User) -> None:
    reader.click_word(10)
    reader.click_word(14, Qt.KeyboardModifier.ShiftModifier)
    assert reader.view.selection == WordRange(10, 15)
    assert reader.position_ms == word_ms(10)


def test_the_bar_beside_the_selection_comes_and_goes(reader: User) -> None:
    bar = reader.window.selection_bar
    assert not bar.isVisible()
    reader.drag_words(10, 14)
    assert bar.isVisible()
    assert reader.view.viewport().rect().contains(bar.geometry())
    reader.press("Esc")
    assert not bar.isVisible()


# The keyboard's place


def test_enter_seeks_at_the_keyboards_place(reader: User) -> None:
    reader.press("Ctrl+Right", "Ctrl+Right", "Ctrl+Right", "Return")
    assert reader.position_ms == word_ms(3)
    reader.press("Ctrl+Left", "Return")
    assert reader.position_ms == word_ms(2)
    reader.press("Down", "Return")
    lines = [reader.view.line_top(word) for word in (2, reader.session.word or 0)]
    assert lines[1] is not None
    assert lines[0] is not None
    assert lines[1] > lines[0]
    reader.press("Up", "Return")
    assert reader.position_ms == word_ms(2)


def test_shift_selects_with_the_keyboard(reader: User) -> None:
    reader.session.go_to(word_ms(10))
    reader.press("Ctrl+Shift+Right", "Ctrl+Shift+Right")
    assert reader.view.selection == WordRange(10, 13)
    reader.press("Ctrl+Shift+Left")
    assert reader.view.selection == WordRange(10, 12)
    reader.press("Shift+Down")
    selection = reader.view.selection
    assert selection is not None
    assert selection.first == 10
    assert len(selection) > 5
    assert reader.position_ms == word_ms(10)


def test_enter_on_a_selection_plays_from_its_beginning(reader: User) -> None:
    reader.drag_words(20, 22)
    reader.press("Return")
    assert reader.position_ms == word_ms(20)


def test_the_keyboards_place_can_leave_the_view_and_be_followed(reader: User) -> None:
    reader.press(*["Down"] * 40)
    assert reader.scrolled > 0
    reader.press("Return")
    assert reader.position_ms > word_ms(200)
    assert reader.sees(reader.session.word or 0)
    assert reader.window.follow.following


def test_escape_clears_the_selection(reader: User) -> None:
    reader.drag_words(10, 14)
    reader.press("Esc")
    assert reader.view.selection is None
    assert reader.keeping.range is None


# Copying


def test_copy_gives_clean_prose_with_speakers(reader: User) -> None:
    reader.drag_words(20, 27)
    reader.press("Ctrl+C")
    anna, ben = (" ".join(map(word_text, part)) for part in (range(20, 24), range(24, 28)))
    assert QGuiApplication.clipboard().text() == f"Anna: {anna}\n\nBen: {ben}"


def test_copy_as_quote_says_where_it_is_from(reader: User) -> None:
    reader.drag_words(20, 23)
    reader.press("Ctrl+Shift+C")
    words = " ".join(map(word_text, range(20, 24)))
    quote = QGuiApplication.clipboard().text()
    assert quote.startswith(f"“{words}”")
    assert "Anna" in quote
    assert "talk" in quote
    assert "0:07–0:08" in quote
    assert "Copied" in reader.window.notice.text


def test_copy_without_a_selection_leaves_the_clipboard_alone(reader: User) -> None:
    QGuiApplication.clipboard().setText("mine")
    reader.press("Ctrl+C", "Ctrl+Shift+C")
    assert QGuiApplication.clipboard().text() == "mine"


def test_copying_by_the_view_itself_is_the_same_prose(reader: User) -> None:
    reader.drag_words(20, 27)
    reader.view.copy()
    assert QGuiApplication.clipboard().text().startswith("Anna: ")


# What is remembered


def test_the_position_is_remembered_per_episode(reader: User, talk_files: tuple[Path, Path], tmp_path: Path) -> None:
    other = write_talk(tmp_path, "other")
    reader.press("Space")
    reader.advance(42_000)
    first = reader.position_ms
    reader.open(*other)
    assert reader.position_ms == 0
    assert not reader.playback.is_playing
    reader.session.go_to(word_ms(50))
    reader.open(*talk_files)
    assert reader.position_ms == pytest.approx(first, abs=60)
    assert reader.session.word == first // WORD_MS
    assert reader.sees(first // WORD_MS)
    reader.open(*other)
    assert reader.position_ms == word_ms(50)


def test_the_position_is_remembered_over_closing(
    make_user: MakeUser, talk_files: tuple[Path, Path], tmp_path: Path
) -> None:
    user = make_user(library=Library(tmp_path / "library.sqlite"))
    user.open(*talk_files)
    user.press("Space")
    user.advance(30_000)
    at = user.position_ms
    user.window.close()
    again = make_user(library=Library(tmp_path / "library.sqlite"))
    again.open(*talk_files)
    assert again.position_ms == pytest.approx(at, abs=60)


def test_an_episode_heard_to_its_end_begins_anew(reader: User, talk_files: tuple[Path, Path], tmp_path: Path) -> None:
    reader.press("End")
    reader.open(*write_talk(tmp_path, "other"))
    reader.open(*talk_files)
    assert reader.position_ms == 0


def test_a_double_click_away_from_now_leaves_the_page_there(reader: User) -> None:
    reader.show_word(300)
    before = reader.scrolled
    reader.double_click_word(300)
    assert reader.view.selection == WordRange(300, 301)
    assert (reader.scrolled, reader.position_ms) == (before, 0)
    reader.press("Esc", "N")
    assert reader.sees(0)
