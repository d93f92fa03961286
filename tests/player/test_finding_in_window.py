"""Finding words in the episode: typing, stepping, the list, the marks, and coming back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from talk import CUE_WORDS, LANTERN_CUES, word_ms, write_talk
from user import Listener, MakeUser, User

from index.transcript import WordRange
from player.settings import Settings

LANTERNS = [cue * CUE_WORDS for cue in LANTERN_CUES]


def count(user: User) -> str:
    """What the box says about the number of hits."""
    return user.window.find_field.accessibleDescription()


def test_ctrl_f_goes_to_the_box_and_marks_what_is_in_it(reader: User) -> None:
    reader.find("lantern")
    reader.view.setFocus()
    reader.press("Ctrl+F")
    assert reader.focus is reader.window.find_field
    assert reader.window.find_field.selectedText() == "lantern"


def test_results_come_as_one_types(reader: User) -> None:
    reader.find("lan")
    assert count(reader) == "17 found"
    reader.type_text("tern")
    reader.find_now()
    assert count(reader) == "17 found"
    assert list(reader.finding.hits) == [WordRange(word, word + 1) for word in LANTERNS]
    assert reader.window.side.isVisible()
    assert reader.window.side.hits.rowCount() == 17
    reader.type_text("x")
    reader.find_now()
    assert count(reader) == "Not found"


def test_enter_steps_and_tells_which_of_how_many(reader: User) -> None:
    reader.find("lantern")
    reader.press("Return", "Return", "Return")
    assert count(reader) == "3 of 17"
    reader.press("Shift+Return")
    assert count(reader) == "2 of 17"
    reader.press("F3")
    assert count(reader) == "3 of 17"
    reader.press("Shift+F3", "Shift+F3", "Shift+F3")
    assert count(reader) == "17 of 17"
    reader.press("F3")
    assert count(reader) == "1 of 17"


def test_f3_steps_from_the_page_too(reader: User) -> None:
    reader.find("lantern")
    reader.view.setFocus()
    reader.press("F3", "F3")
    assert count(reader) == "2 of 17"


def test_the_buttons_in_the_box_step(reader: User) -> None:
    field = reader.window.find_field
    reader.find("lantern")
    assert field._next.isVisible()
    reader.click(field._next)
    reader.click(field._next)
    reader.click(field._previous)
    assert count(reader) == "1 of 17"
    field.clear()
    reader.find_now()
    assert not field._next.isVisible()
    assert count(reader) == ""


def test_stepping_begins_at_the_place_being_heard(reader: User) -> None:
    reader.session.go_to(word_ms(LANTERNS[5] + 3))
    reader.find("lantern")
    reader.press("Return")
    assert count(reader) == "7 of 17"
    reader.finding.set_transcript(reader.session.transcript)
    reader.settle()
    reader.press("Shift+F3")
    assert count(reader) == "6 of 17"


def test_enter_at_once_steps_as_soon_as_there_are_hits(reader: User) -> None:
    reader.press("Ctrl+F")
    reader.type_text("lantern")
    reader.press("Return")
    reader.settle()
    assert count(reader) == "1 of 17"


def test_every_hit_is_marked_and_the_current_one_more(reader: User) -> None:
    reader.find("lantern")
    reader.press("Return")
    reader.pump()
    theme = reader.view._theme
    reader.view.scroll_to(LANTERNS[0], 0.2)
    reader.pump()
    image = reader.view.viewport().grab().toImage()

    def ground(word: int) -> str:
        corner = reader.view.rects_of(WordRange(word, word + 1))[0].topLeft().toPoint()
        return str(image.pixelColor(corner.x() - 1, corner.y() + 8).name())

    assert ground(LANTERNS[0]) == theme.hit_now
    assert ground(LANTERNS[1]) == theme.hit
    assert ground(LANTERNS[0] + 3) == theme.page


def test_hits_are_ticks_on_the_timeline(reader: User) -> None:
    reader.find("lantern")
    assert list(reader.window.seek_bar.marks.hits) == [word_ms(word) for word in LANTERNS]
    reader.press("Return", "Return")
    assert reader.window.seek_bar.marks.hit == 1
    reader.press("Esc")
    assert list(reader.window.seek_bar.marks.hits) == []


def test_the_tick_is_painted_under_its_time(reader: User) -> None:
    reader.find("beyond hills")
    bar = reader.window.seek_bar
    image = bar.grab().toImage()
    x = round(bar._x(reader.window.seek_bar.marks.hits[0]))
    column = {image.pixelColor(x, y).name() for y in range(image.height() - 12, image.height())}
    assert reader.view._theme.accent in column


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("silver fox", (87, 89)),  # across cues
        ("beyond hills", (119, 121)),  # across speakers
        ("blue whale", (171, 173)),  # across a line break
        ("SILVER Fox", (87, 89)),
        ("cafe", (161, 162)),
        ("CAFÉ", (161, 162)),
        ("don't", (163, 164)),
        ("don’t", (163, 164)),
        ("dont", (163, 164)),
        ("well known", (165, 166)),
        ("wellknown", (165, 166)),
        ("well-known", (165, 166)),
        ("“silver, fox!”", (87, 89)),
        ("  silver   fox ", (87, 89)),
        ("silver fo", (87, 89)),
    ],
)
def test_nothing_stands_between_a_user_and_a_phrase(reader: User, phrase: str, words: tuple[int, int]) -> None:
    reader.find(phrase)
    assert list(reader.finding.hits) == [WordRange(*words)]
    reader.press("Return")
    assert count(reader) == "1 of 1"
    assert reader.sees(words[0])


def test_stepping_scrolls_and_does_not_touch_the_sound(reader: User) -> None:
    seeks = Listener(reader.playback.seeked)
    reader.find("lantern")
    for word in LANTERNS:
        reader.press("Return")
        assert reader.sees(word)
    assert seeks.heard == []
    assert not reader.playback.is_playing


def test_stepping_holds_following(reader: User) -> None:
    reader.press("Space")
    reader.advance(1000)
    reader.find("lantern")
    reader.press("F3", "F3", "F3", "F3", "F3", "F3")
    scrolled = reader.scrolled
    reader.advance(10_000)
    assert reader.scrolled == scrolled
    assert reader.window.back_to_now.isVisible()


def test_escape_returns_to_where_the_search_began(reader: User) -> None:
    reader.wheel(10)
    word, scrolled = reader.view.visible_words().first, reader.scrolled
    top = reader.view.line_top(word)
    reader.find("lantern")
    reader.press(*["Return"] * 15)
    assert reader.scrolled != scrolled
    reader.press("Esc")
    assert reader.view.visible_words().first == word
    assert reader.view.line_top(word) == pytest.approx(top, abs=2)
    assert reader.window.find_field.text() == ""
    assert count(reader) == ""
    assert reader.focus is reader.view
    assert not reader.window.side.isVisible()
    assert list(reader.finding.hits) == []


def test_a_search_from_the_very_top_returns_to_the_very_top(reader: User) -> None:
    reader.find("lantern")
    reader.press(*["Return"] * 15)
    reader.press("Esc")
    assert reader.scrolled == 0


def test_following_goes_on_after_a_search(reader: User) -> None:
    reader.press("Space")
    reader.advance(1000)
    reader.find("lantern")
    reader.press(*["Return"] * 15)
    assert reader.window.back_to_now.isVisible()
    reader.press("Esc")
    assert reader.scrolled == 0
    assert not reader.window.back_to_now.isVisible()
    assert reader.window.follow.following
    reader.advance(100_000)
    assert reader.sees(reader.session.word or 0)


def test_after_a_long_search_there_is_a_way_back_to_now(reader: User) -> None:
    reader.press("Space")
    reader.advance(1000)
    reader.find("lantern")
    reader.press(*["Return"] * 15)
    reader.advance(100_000)
    reader.press("Esc")
    assert reader.scrolled == 0, "where the search began"
    assert reader.window.back_to_now.isVisible()
    reader.press("N")
    assert reader.sees(reader.session.word or 0)


def test_clearing_the_box_by_hand_clears_the_marks(reader: User) -> None:
    reader.find("lantern")
    reader.press("Ctrl+A", "Delete")
    reader.find_now()
    assert list(reader.finding.hits) == []
    assert count(reader) == ""


def test_nothing_found_is_said(reader: User) -> None:
    reader.find("zebra")
    assert count(reader) == "Not found"
    side = reader.window.side
    assert "zebra" in side._empty_hits.text()
    assert side._empty_hits.isVisible()
    reader.press("Return", "F3", "Shift+Return", "Down", "Ctrl+Return")
    assert count(reader) == "Not found"
    assert reader.position_ms == 0


def test_signs_alone_find_nothing(reader: User) -> None:
    reader.find("?!…")
    assert count(reader) == "Not found"


# The list of results


def test_down_goes_into_the_list_and_up_comes_back(reader: User) -> None:
    reader.find("lantern")
    reader.press("Down")
    assert reader.window.side.hit_list.hasFocus()
    reader.press("Down", "Up", "Up")
    assert reader.window.find_field.hasFocus()


@pytest.mark.parametrize("plays", [True, False])
def test_enter_on_a_result_plays_from_just_before_the_word(
    make_user: MakeUser, talk_files: tuple[Path, Path], plays: bool
) -> None:
    user = make_user(Settings(play_on_hit=plays, hit_lead_in_ms=500))
    user.open(*talk_files)
    user.find("lantern")
    user.press("Down", "Down", "Down", "Return")
    assert user.playback.is_playing == plays
    assert user.position_ms == word_ms(LANTERNS[2]) - (500 if plays else 0)
    assert count(user) == "3 of 17"
    assert user.sees(LANTERNS[2])
    user.press("Shift+Backspace")
    assert user.position_ms == 0


def test_ctrl_enter_plays_the_hit_from_the_box(reader: User) -> None:
    reader.find("lantern")
    reader.press("Return", "Return", "Ctrl+Return")
    assert reader.playback.is_playing
    assert reader.position_ms == word_ms(LANTERNS[1]) - 400
    assert reader.window.find_field.text() == "lantern"


@pytest.mark.parametrize("way", ["list", "box", "click"])
def test_who_has_gone_to_a_result_stays_there_when_the_search_closes(reader: User, way: str) -> None:
    reader.find("lantern")
    match way:
        case "list":
            reader.press("Down", "End", *["Down"] * 16, "Return")
        case "box":
            reader.press("Shift+Return", "Ctrl+Return")
        case "click":
            rows = reader.window.side.hit_list
            rows.scrollToBottom()
            reader.click(rows.viewport(), rows.visualRect(rows.model().index(16, 0)).center())
    assert reader.sees(LANTERNS[16])
    reader.press("Ctrl+F", "Esc")
    assert reader.sees(LANTERNS[16])
    assert not reader.window.back_to_now.isVisible()
    assert reader.window.follow.following


def test_a_click_on_a_result_goes_there(reader: User) -> None:
    reader.find("lantern")
    rows = reader.window.side.hit_list
    reader.click(rows.viewport(), rows.visualRect(rows.model().index(4, 0)).center())
    assert reader.position_ms == word_ms(LANTERNS[4])
    assert count(reader) == "5 of 17"
    assert not reader.playback.is_playing
    assert reader.sees(LANTERNS[4])


def test_a_hit_near_the_beginning_is_played_from_the_beginning(reader: User) -> None:
    reader.find("River")
    reader.press("Down", "Return")
    assert reader.position_ms == 0
    assert reader.playback.is_playing


def test_a_row_tells_speaker_time_and_the_words_around(reader: User) -> None:
    reader.find("beyond hills")
    row = reader.window.side.hits.values()[0]
    assert row.snippet.speaker == "Anna"
    assert row.start_ms == word_ms(119)
    assert "beyond hills" in row.snippet.match.replace("\n", " ")
    assert row.snippet.before.split()
    assert row.snippet.after.split()
    assert "0:41" in row.line()
    assert row.line() == reader.window.side.hits.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_list_follows_the_stepping(reader: User) -> None:
    reader.find("lantern")
    reader.press("Return", "Return", "Return")
    assert reader.window.side.hit_list.currentIndex().row() == 2


def test_space_in_the_list_plays(reader: User) -> None:
    reader.find("lantern")
    reader.press("Down", "Space")
    assert reader.playback.is_playing


def test_escape_in_the_list_closes_the_search(reader: User) -> None:
    reader.find("lantern")
    reader.press("Return", "Down", "Esc")
    assert reader.window.find_field.text() == ""
    assert reader.focus is reader.view


# Another transcript


def test_another_episode_is_searched_for_the_same_words(reader: User, tmp_path: Path) -> None:
    reader.find("lantern")
    other = tmp_path / "other.vtt"
    other.write_text("WEBVTT\n\n00:00.000 --> 00:04.000\nOne lantern and one more lantern\n", "utf-8")
    reader.open(other)
    assert [len(hit) for hit in reader.finding.hits] == [1, 1]
    assert count(reader) == "2 found"
    assert reader.window.find_field.text() == "lantern"


def test_escape_after_opening_another_episode_stays_there(reader: User, tmp_path: Path) -> None:
    reader.find("lantern")
    reader.press(*["Return"] * 15)
    reader.open(*write_talk(tmp_path, "other"))
    reader.press("Ctrl+F", "Esc")
    assert reader.scrolled == 0


def test_finding_needs_words(user: User) -> None:
    """Where none are open the library is what can be searched."""
    user.press("Ctrl+F")
    assert user.focus is not user.window.find_field
    assert user.window.find_field.in_library
    assert not user.window.find_field._scope.isEnabled()


def test_a_slow_answer_never_replaces_a_newer_one(reader: User) -> None:
    field = reader.window.find_field
    reader.press("Ctrl+F")
    for text in ("l", "lantern", "zebra", "beyond hills"):
        field.setText(text)
        field._timer.timeout.emit()
    reader.settle()
    assert count(reader) == "1 found"
    QTest.keyClick(field, Qt.Key.Key_Escape)
    reader.settle()
    assert count(reader) == ""


def test_f3_searches_again_for_what_was_searched_last(reader: User) -> None:
    reader.press("F3")
    assert reader.window.find_field.text() == "", "nothing has been searched yet"
    reader.find("silver fox")
    reader.press("Esc")
    reader.press("F3")
    reader.settle()
    assert reader.window.find_field.text() == "silver fox"
    assert reader.finding.current == 0
    assert reader.position_ms == 0, "a hit is shown, and played when that is asked for"
    assert reader.sees(reader.finding.hits[0].first)
    assert reader.focus is reader.view
    reader.find("lantern")
    reader.press("Esc", "Shift+F3")
    reader.settle()
    assert (reader.window.find_field.text(), reader.finding.current) == ("lantern", 16)
