"""The timeline: where times are, holding it, what is painted, and its bubble."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QAccessibleValueInterface, QImage, QMouseEvent, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from user import Listener

from player.theme import DARK, LIGHT
from player.widgets.seek_bar import SeekBar

LEFT = Qt.MouseButton.LeftButton
DURATION_MS = 100_000


@pytest.fixture
def bar(qtbot: QtBot, dressed: QApplication) -> SeekBar:
    made = SeekBar(LIGHT)
    qtbot.addWidget(made)
    made.resize(1036, made.sizeHint().height())  # A pixel is a tenth of a second.
    made.set_duration(DURATION_MS)
    made.show()
    return made


def point(bar: SeekBar, ms: int) -> QPoint:
    return QPoint(round(bar._x(ms)), 30)


def colors(image: QImage, x: int) -> set[str]:
    return {image.pixelColor(x, y).name() for y in range(image.height())}


def test_times_and_places_agree(bar: SeekBar) -> None:
    for ms in (0, 1000, 50_000, 99_999, DURATION_MS):
        assert bar._ms(bar._x(ms)) == ms
    assert bar._ms(-50) == 0
    assert bar._ms(5000) == DURATION_MS


def test_it_shows_the_position(bar: SeekBar) -> None:
    bar.show_position(42_000)
    assert bar.value() == 42_000
    bar.show_position(10**9)
    assert bar.value() == DURATION_MS
    bar.show_position(-5)
    assert bar.value() == 0


def test_a_click_seeks_once(bar: SeekBar) -> None:
    seeks = Listener(bar.seek_requested)
    QTest.mouseClick(bar, LEFT, pos=point(bar, 30_000))
    assert seeks.heard == [(30_000,)]
    assert bar.value() == 30_000


def test_held_it_follows_the_hand_alone_and_seeks_when_let_go(bar: SeekBar) -> None:
    seeks = Listener(bar.seek_requested)
    QTest.mousePress(bar, LEFT, pos=point(bar, 30_000))
    bar.show_position(5000)
    assert bar.value() == 30_000
    QTest.mouseMove(bar, point(bar, 70_000))
    bar.show_position(6000)
    assert bar.value() == 70_000
    assert seeks.heard == []
    QTest.mouseRelease(bar, LEFT, pos=point(bar, 70_000))
    assert seeks.heard == [(70_000,)]
    bar.show_position(7000)
    assert bar.value() == 7000


def test_a_hand_beyond_the_ends_holds_the_ends(bar: SeekBar) -> None:
    seeks = Listener(bar.seek_requested)
    QTest.mousePress(bar, LEFT, pos=point(bar, 30_000))
    QTest.mouseMove(bar, QPoint(5000, -300))
    assert bar.value() == DURATION_MS
    QTest.mouseMove(bar, QPoint(-5000, 900))
    QTest.mouseRelease(bar, LEFT, pos=QPoint(-5000, 900))
    assert seeks.heard == [(0,)]


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_other_buttons_do_nothing(bar: SeekBar, button: Qt.MouseButton) -> None:
    seeks = Listener(bar.seek_requested)
    QTest.mouseClick(bar, button, pos=point(bar, 30_000))
    assert seeks.heard == []
    assert bar.value() == 0


def test_without_a_length_there_is_nothing_to_hold(bar: SeekBar) -> None:
    seeks = Listener(bar.seek_requested)
    bar.set_duration(0)
    QTest.mouseClick(bar, LEFT, pos=QPoint(500, 30))
    assert seeks.heard == []
    QTest.mouseMove(bar, QPoint(400, 30))
    assert not bar._bubble.isVisible()
    bar.grab()


def test_a_step_within_a_pixel_paints_nothing(bar: SeekBar, qtbot: QtBot) -> None:
    bar.show_position(40_000)
    QApplication.processEvents()
    painted = []
    before = bar.paintEvent

    def paint(event: QPaintEvent) -> None:
        painted.append(event.rect())
        before(event)

    bar.paintEvent = paint  # type: ignore[method-assign]
    bar.show_position(40_020)
    QApplication.processEvents()
    assert painted == []
    bar.show_position(40_200)
    QApplication.processEvents()
    assert painted
    assert all(rect.width() < 60 for rect in painted), "only the strip that the playhead crossed"


def test_chapters_hits_clips_and_the_range_are_painted(bar: SeekBar) -> None:
    plain = bar.grab().toImage()
    bar.mark(
        chapters=((0, "One"), (20_000, "Two")),
        hits=[40_000, 60_000],
        hit=1,
        clips=((70_000, 75_000),),
        range=(80_000, 90_000),
    )
    marked = bar.grab().toImage()
    for ms in (20_000, 40_000, 60_000, 72_000, 85_000):
        x = round(bar._x(ms))
        assert any(
            marked.copy(x + at, 0, 1, marked.height()) != plain.copy(x + at, 0, 1, plain.height()) for at in (-1, 0, 1)
        ), ms
    assert LIGHT.accent in colors(marked, round(bar._x(60_000)))
    assert LIGHT.selection in colors(marked, round(bar._x(85_000)) + 4) | colors(marked, round(bar._x(85_000)))
    x = round(bar._x(95_000))
    assert marked.copy(x, 0, 1, marked.height()) == plain.copy(x, 0, 1, plain.height())


def test_the_current_hit_is_painted_more(bar: SeekBar) -> None:
    bar.mark(hits=[40_000, 60_000], hit=1)
    image = bar.grab().toImage()

    def accented(ms: int) -> int:
        x = round(bar._x(ms))
        return sum(
            image.pixelColor(x + at, y).name() == LIGHT.accent for at in range(-3, 4) for y in range(image.height())
        )

    assert accented(60_000) > accented(40_000) > 0


def test_speakers_color_the_waveform(bar: SeekBar) -> None:
    def levels(columns: int) -> Sequence[float]:
        return [0.8] * columns

    bar.set_words(lambda ms: 0 if ms < 50_000 else 1, lambda ms: "")
    bar.set_waveform(levels)
    bar.show_position(DURATION_MS)
    image = bar.grab().toImage()
    first = set().union(*(colors(image, x) for x in range(100, 110)))
    second = set().union(*(colors(image, x) for x in range(800, 810)))
    assert LIGHT.speakers[0] in first
    assert LIGHT.speakers[1] in second
    assert LIGHT.speakers[1] not in first


def test_the_theme_changes_what_is_painted(bar: SeekBar) -> None:
    light = bar.grab().toImage()
    bar.set_theme(DARK)
    assert bar.grab().toImage() != light


@pytest.mark.parametrize("levels", [[], [0.0], [float("nan")], [5.0]])
def test_a_strange_waveform_is_painted_somehow(bar: SeekBar, levels: list[float]) -> None:
    bar.set_waveform(lambda columns: (levels * columns)[:columns])
    bar.grab()


def hover(bar: SeekBar, ms: int) -> None:
    """Move the pointer there: an event to this widget alone, for the screen's one pointer may be anywhere."""
    place = QPointF(point(bar, ms))
    none = Qt.MouseButton.NoButton
    everywhere = QPointF(bar.mapToGlobal(place))
    moved = QMouseEvent(QEvent.Type.MouseMove, place, everywhere, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(bar, moved)


def test_the_bubble_tells_time_chapter_and_words(bar: SeekBar) -> None:
    bar.set_words(lambda ms: -1, lambda ms: f"words at {ms}")
    bar.mark(chapters=((0, "Dawn"), (20_000, "Noon")))
    hover(bar, 25_000)
    assert bar._bubble._heading.text() == "0:25 Noon"
    assert bar._bubble._words.text() == "words at 25000"
    hover(bar, 5000)
    assert bar._bubble._heading.text() == "0:05 Dawn"
    QApplication.sendEvent(bar, QEvent(QEvent.Type.Leave))
    assert not bar._bubble.isVisible()


def test_it_tells_a_screen_reader_where_it_is(bar: SeekBar) -> None:
    bar.show_position(42_000)
    interface = QAccessible.queryAccessibleInterface(bar)
    assert interface.text(QAccessible.Text.Name) == "Position"
    value = interface.valueInterface()
    assert isinstance(value, QAccessibleValueInterface)
    assert value.currentValue() == 42_000
    bar.clearFocus()
    bar.setFocus(Qt.FocusReason.TabFocusReason)
    assert interface.text(QAccessible.Text.Description) == "0:42 of 1:40"


def test_a_screen_reader_can_move_it(bar: SeekBar) -> None:
    seeks = Listener(bar.seek_requested)
    value = QAccessible.queryAccessibleInterface(bar).valueInterface()
    value.setCurrentValue(30_000)
    assert seeks.heard == [(30_000,)]


def test_of_very_many_hits_every_column_that_has_one_is_ticked_once(bar: SeekBar) -> None:
    hits = range(0, bar.maximum(), max(1, bar.maximum() // 20_000))
    bar.mark(hits=hits, hit=None)
    columns = list(bar._hit_columns())
    assert columns == sorted({round(bar._x(ms)) for ms in hits})
