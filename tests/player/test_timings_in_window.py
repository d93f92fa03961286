"""How the times of words are known is told on request, and doubtful stretches are gone to and heard."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLabel
from talk import WORDS, word_ms
from user import MakeUser, User

from index.doubt import doubtful
from index.transcript import Timing, WordRange
from player.settings import Settings
from player.widgets.facts_dialog import FactsDialog

MISSED = (*range(40, 43), 100, *range(200, 205))  # Words that nobody heard.
HARDLY = (150, 151)


def align(user: User, *, unheard: Iterable[int] = MISSED, hardly: Iterable[int] = HARDLY) -> None:
    """As if the words had been looked for in the sound and all but these been found."""
    transcript = user.session.transcript
    assert transcript is not None
    timings, sure = bytearray([Timing.ALIGNED]) * len(transcript), bytearray([240]) * len(transcript)
    for word in unheard:
        timings[word], sure[word] = Timing.UNHEARD, 0
    for word in hardly:
        sure[word] = 60
    timed = replace(transcript, timings=bytes(timings), confidences=bytes(sure))
    user.app.amending.take_times((), timed, searched=True)
    user.settle()
    user.settle()


@pytest.fixture
def aligned(reader: User) -> User:
    """Somebody who reads a talk whose words were looked for in the sound."""
    align(reader)
    return reader


def picture(user: User) -> QImage:
    """The page as it is painted."""
    user.pump()
    return user.view.viewport().grab().toImage()


def test_nothing_is_told_until_it_is_asked_for(aligned: User) -> None:
    assert not aligned.window.legend.isVisible()
    before = picture(aligned)
    aligned.press("Ctrl+T")
    assert aligned.window.legend.isVisible()
    assert picture(aligned) != before
    aligned.press("Ctrl+T")
    assert not aligned.window.legend.isVisible()
    assert picture(aligned) == before


def test_the_legend_tells_how_much_is_known_and_how(aligned: User) -> None:
    aligned.press("Ctrl+T")
    assert aligned.window.legend.text == "98 % aligned, 1 % estimated, 1 % not heard, 4 doubtful"


def test_words_of_each_kind_look_different(aligned: User) -> None:
    aligned.press("Ctrl+T")
    aligned.session.go_to(word_ms(WORDS - 1))  # Nothing here is the current turn.
    kinds = {}
    for word in (38, 41, 150):
        aligned.show_word(word)
        aligned.pump()
        box = aligned.view.rects_of(WordRange(word, word + 1))[0].toAlignedRect().adjusted(0, 0, 0, 3)
        image = picture(aligned).copy(box)
        rows = [[image.pixelColor(x, y).name() for x in range(4, image.width() - 4)] for y in range(image.height())]
        kinds[word] = [len(set(row)) for row in rows[-5:]]
    assert len({str(kind) for kind in kinds.values()}) == 3


def test_lines_can_be_seen_in_light_and_in_dark(aligned: User) -> None:
    aligned.press("Ctrl+T")
    for name in ("theme_light", "theme_dark"):
        aligned.app.actions[name].trigger()
        aligned.pump()
        theme = aligned.app.theme
        for color in ("accent", "soft", "quiet"):
            assert contrast(theme.color(color), theme.color("page")) >= 3


def contrast(one: QColor, other: QColor) -> float:
    """The contrast of two colours by WCAG 2."""

    def light(color: QColor) -> float:
        red, green, blue = (
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
            for value in (color.redF(), color.greenF(), color.blueF())
        )
        return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_choice_is_remembered(make_user: MakeUser, aligned: User) -> None:
    aligned.press("Ctrl+T")
    assert aligned.app.settings.timings_shown
    assert make_user(Settings(timings_shown=True)).app.actions["show_timings"].isChecked()


def test_doubtful_stretches_are_stepped_through_and_heard(aligned: User) -> None:
    aligned.press("Ctrl+T", "D")
    assert aligned.view.selection == WordRange(40, 43)
    assert aligned.sees(40)
    assert aligned.playback.is_playing
    assert word_ms(40) - 700 <= aligned.position_ms < word_ms(40)
    assert "1 of 4 doubtful" in aligned.window.legend.text
    aligned.press("D", "D", "D")
    assert aligned.view.selection == WordRange(200, 205)
    aligned.press("D")
    assert aligned.view.selection == WordRange(40, 43), "round and round"
    aligned.press("Shift+D", "Shift+D")
    assert aligned.view.selection == WordRange(150, 152)


def test_a_doubtful_word_is_repaired_by_ear_and_no_other_moves(aligned: User) -> None:
    before = aligned.session.transcript
    assert before is not None
    aligned.press("Ctrl+T", "D")
    aligned.advance(900)
    heard_ms = aligned.position_ms
    aligned.press("S")
    aligned.settle()
    after = aligned.session.transcript
    assert after is not None
    assert after.starts[40] == pytest.approx(heard_ms, abs=5)
    assert after.timings[40] == Timing.ALIGNED
    assert after.starts[43:] == before.starts[43:]
    assert after.starts[:40] == before.starts[:40]
    assert aligned.app.amending.anchors == {}
    assert "words around it stay" in aligned.window.notice.text
    aligned.press("S")
    aligned.settle()
    assert aligned.app.amending.anchors == {}, "once more is for this word, too"
    aligned.press("D")
    assert aligned.view.selection == WordRange(41, 43)
    aligned.press("Ctrl+Z", "Ctrl+Z")
    aligned.settle()
    assert aligned.session.transcript is not None
    assert aligned.session.transcript.starts == before.starts


def test_what_is_heard_of_a_doubtful_stretch_ends(aligned: User) -> None:
    aligned.press("D")
    aligned.advance(4000)
    assert not aligned.playback.is_playing


def test_stepping_begins_at_the_word_being_heard(aligned: User) -> None:
    aligned.session.go_to(word_ms(120))
    aligned.press("D")
    assert aligned.view.selection == WordRange(150, 152)
    aligned.session.open_demo()
    aligned.settle()
    assert not aligned.app.actions["next_doubt"].isEnabled()


def test_the_buttons_of_the_legend_step_too(aligned: User) -> None:
    aligned.press("Ctrl+T")
    previous, following = aligned.window.legend._buttons
    aligned.click(following)
    assert aligned.view.selection == WordRange(40, 43)
    aligned.click(previous)
    assert aligned.view.selection == WordRange(200, 205)
    assert following.accessibleName() == "Next doubtful words"


def test_an_exact_transcript_has_no_doubts(reader: User) -> None:
    reader.press("Ctrl+T")
    assert reader.window.legend.text == "100 % exact"
    assert reader.session.transcript is not None
    assert doubtful(reader.session.transcript) == ()
    assert not reader.app.actions["next_doubt"].isEnabled()


def test_times_that_come_in_leave_the_reader_in_place(reader: User) -> None:
    reader.show_word(300)
    reader.wheel(3)
    before, top = reader.scrolled, reader.view.line_top(300)
    align(reader)
    assert (reader.scrolled, reader.view.line_top(300)) == (before, top)
    assert reader.session.transcript is not None
    assert reader.session.transcript.timing == "aligned"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_summary_stands_in_the_facts(aligned: User) -> None:
    def look(dialog: FactsDialog) -> None:
        assert "98 % aligned, 1 % estimated, 1 % not heard" in [label.text() for label in dialog.findChildren(QLabel)]

    aligned.in_dialog(lambda: aligned.press("Ctrl+I"), FactsDialog, look)


def test_unheard_words_are_never_the_current_word(aligned: User) -> None:
    aligned.session.go_to(word_ms(41) + 100)
    assert aligned.session.word == 39
