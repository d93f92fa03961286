"""Following: told apart from the reader's own scrolling, held, released, and never on a timer of its own."""

import pytest
from PySide6.QtCore import QAbstractAnimation, QTimer
from PySide6.QtWidgets import QAbstractSlider, QApplication, QStyle
from pytestqt.qtbot import QtBot
from talk import transcript_of
from user import Listener

from player.theme import LIGHT
from player.widgets.follow import Follow
from player.widgets.page import Heading
from player.widgets.transcript_view import TranscriptView

TURNS = 80
TURN_WORDS = 20


@pytest.fixture
def view(qtbot: QtBot, dressed: QApplication, monkeypatch: pytest.MonkeyPatch) -> TranscriptView:
    monkeypatch.setattr("player.widgets.follow._SCROLL_MS", 0)
    made = TranscriptView(LIGHT)
    qtbot.addWidget(made)
    made.resize(900, 500)
    turns = [("AB"[turn % 2], " ".join(f"w{turn}x{word}" for word in range(TURN_WORDS))) for turn in range(TURNS)]
    made.show_transcript(transcript_of(*turns), Heading("Talk", "A, B"))
    made.show()
    QApplication.processEvents()
    return made


@pytest.fixture
def follow(view: TranscriptView) -> Follow:
    return Follow(view)


def scroll(view: TranscriptView, action: QAbstractSlider.SliderAction, times: int = 1) -> None:
    """Scroll as a hand does."""
    for _ in range(times):
        view.verticalScrollBar().triggerAction(action)
    QApplication.processEvents()


def place(view: TranscriptView, word: int) -> float:
    """Where the line of a word stands, as a part of the height."""
    top = view.line_top(word)
    assert top is not None
    return top / view.viewport().height()


PAGE_DOWN, PAGE_UP = QAbstractSlider.SliderAction.SliderPageStepAdd, QAbstractSlider.SliderAction.SliderPageStepSub


def test_it_follows_from_the_start(follow: Follow, view: TranscriptView) -> None:
    assert follow.following
    for word in range(0, TURNS * TURN_WORDS, 7):
        follow.set_word(word)
        assert 0.0 <= place(view, word) <= 0.65, word


def test_a_line_is_put_into_the_upper_third(follow: Follow, view: TranscriptView) -> None:
    follow.set_word(700)
    assert 0.25 <= place(view, 700) <= 0.36


def test_a_word_on_the_same_line_scrolls_nothing(follow: Follow, view: TranscriptView) -> None:
    follow.set_word(700)
    at = view.verticalScrollBar().value()
    follow.set_word(701)
    assert view.verticalScrollBar().value() == at


def test_our_own_scrolling_does_not_end_it(follow: Follow, view: TranscriptView) -> None:
    follow.set_word(700)
    view.scroll_to(10, 0.3)
    QApplication.processEvents()
    assert follow.following


def test_the_readers_scrolling_does(follow: Follow, view: TranscriptView) -> None:
    away = Listener(follow.away_changed)
    follow.set_word(100)
    scroll(view, PAGE_DOWN, 5)
    assert not follow.following
    assert away.heard == [(-1,)]
    at = view.verticalScrollBar().value()
    for word in range(100, 140):
        follow.set_word(word)
    assert view.verticalScrollBar().value() == at
    scroll(view, PAGE_UP, 5)
    assert follow.following
    assert away.heard == [(-1,), (0,)]


def test_the_arrow_turns_as_the_word_passes_by(follow: Follow, view: TranscriptView) -> None:
    away = Listener(follow.away_changed)
    follow.set_word(100)
    scroll(view, PAGE_DOWN, 5)
    below = view.visible_words().end + 40
    follow.set_word(below)
    assert away.heard == [(-1,), (1,)]
    follow.set_word(view.visible_words().first + 30)
    assert away.heard[-1] == (0,)


def test_resuming_goes_to_now(follow: Follow, view: TranscriptView) -> None:
    follow.set_word(100)
    scroll(view, PAGE_DOWN, 5)
    follow.resume()
    assert follow.following
    assert 0.25 <= place(view, 100) <= 0.36


def test_resuming_where_the_word_is_in_sight_leaves_it_there(follow: Follow, view: TranscriptView) -> None:
    follow.set_word(100)
    at = view.verticalScrollBar().value()
    follow.resume()
    assert view.verticalScrollBar().value() == at


@pytest.mark.parametrize("reasons", [("search",), ("selection",), ("search", "selection")])
def test_holds_stop_it_until_the_last_is_released(
    follow: Follow, view: TranscriptView, reasons: tuple[str, ...]
) -> None:
    follow.set_word(100)
    for reason in reasons:
        follow.hold(reason)
    assert not follow.following
    at = view.verticalScrollBar().value()
    follow.set_word(900)
    assert view.verticalScrollBar().value() == at
    follow.set_word(100)
    for reason in reasons[:-1]:
        follow.release(reason)
        assert not follow.following
    follow.release(reasons[-1])
    assert follow.following


def test_a_release_far_from_now_leaves_it_to_the_reader(follow: Follow, view: TranscriptView) -> None:
    away = Listener(follow.away_changed)
    follow.set_word(100)
    follow.hold("selection")
    follow.set_word(900)
    assert away.heard == [(1,)]
    follow.release("selection")
    assert not follow.following
    at = view.verticalScrollBar().value()
    follow.set_word(910)
    assert view.verticalScrollBar().value() == at


def test_releasing_what_was_not_held_is_nothing(follow: Follow) -> None:
    told = Listener(follow.away_changed)
    follow.release("search")
    assert told.heard == []
    assert follow.following


def test_switched_off_it_stays_off(follow: Follow, view: TranscriptView) -> None:
    follow.set_word(100)
    follow.set_enabled(False)
    at = view.verticalScrollBar().value()
    follow.set_word(900, jumped=True)
    assert view.verticalScrollBar().value() == at
    assert not follow.following
    follow.set_enabled(True)
    assert 0.25 <= place(view, 900) <= 0.36


def test_no_word_no_way_back(follow: Follow, view: TranscriptView) -> None:
    away = Listener(follow.away_changed)
    follow.set_word(None)
    scroll(view, PAGE_DOWN, 5)
    assert away.heard == []
    follow.resume()
    follow.set_word(3)
    assert follow.following


def test_nothing_is_timed_but_a_turn_of_the_event_loop(follow: Follow) -> None:
    """Never a silent timed return."""
    assert [timer.interval() for timer in follow.findChildren(QTimer)] in ([], [0])


def test_a_small_scroll_is_animated(follow: Follow, view: TranscriptView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.widgets.follow._SCROLL_MS", 240)
    follow.set_word(100)
    word = next(word for word in range(100, 400) if place(view, word) > 0.66)
    follow.set_word(word)
    assert follow._animation.state() == QAbstractAnimation.State.Running
    follow._animation.setCurrentTime(240)
    assert 0.25 <= place(view, word) <= 0.36


def test_no_animation_where_the_system_wants_none(
    follow: Follow, view: TranscriptView, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Still:
        """A style that asks for widgets to stand still."""

        def styleHint(self, hint: QStyle.StyleHint, *context: object) -> int:
            assert hint == QStyle.StyleHint.SH_Widget_Animation_Duration
            return 0

    monkeypatch.setattr("player.widgets.follow._SCROLL_MS", 240)
    monkeypatch.setattr(view, "style", Still)
    follow.set_word(100, jumped=True)
    word = next(word for word in range(100, 400) if place(view, word) > 0.66)
    follow.set_word(word)
    assert follow._animation.state() == QAbstractAnimation.State.Stopped
    assert 0.25 <= place(view, word) <= 0.36


def test_the_readers_hand_stops_an_animation(
    follow: Follow, view: TranscriptView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("player.widgets.follow._SCROLL_MS", 240)
    follow.set_word(100)
    follow.set_word(next(word for word in range(100, 400) if place(view, word) > 0.66))
    scroll(view, PAGE_DOWN)
    assert follow._animation.state() == QAbstractAnimation.State.Stopped


def test_a_jump_is_never_animated(follow: Follow, view: TranscriptView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("player.widgets.follow._SCROLL_MS", 240)
    follow.set_word(100, jumped=True)
    word = next(word for word in range(100, 400) if place(view, word) > 0.66)
    follow.set_word(word, jumped=True)
    assert follow._animation.state() == QAbstractAnimation.State.Stopped
    assert 0.25 <= place(view, word) <= 0.36


def test_another_layout_keeps_the_word_in_sight(follow: Follow, view: TranscriptView) -> None:
    follow.set_word(700)
    for scale in (1.6, 2.5, 0.7, 1.0):
        view.set_look(LIGHT, scale)
        QApplication.processEvents()
        assert 0.0 <= place(view, 700) <= 0.97, scale
    view.resize(500, 260)
    QApplication.processEvents()
    assert 0.0 <= place(view, 700) <= 0.97


def test_who_scrolled_away_is_left_alone_by_another_layout(follow: Follow, view: TranscriptView) -> None:
    follow.set_word(700)
    scroll(view, PAGE_DOWN, 6)
    first = view.visible_words().first
    view.resize(700, 500)
    QApplication.processEvents()
    assert abs(view.visible_words().first - first) < 2 * TURN_WORDS
    assert not follow.following
