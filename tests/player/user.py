"""The person before the window: presses keys, clicks words, waits, and looks at what is there."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from index.transcript import WordRange
from player.app import App
from player.models.library_rows import EpisodeRow
from player.settings import Settings
from tests.standins import Stopwatch

D = TypeVar("D", bound=QDialog)
_LEFT = Qt.MouseButton.LeftButton
_STEP_MS = 50


class User:
    """Uses one running app. Nothing here sleeps: time is the stopwatch, and work in threads is waited for."""

    def __init__(self, app: App, stopwatch: Stopwatch, saved: list[Settings]) -> None:
        self.app = app
        self.window = app.window
        self.view = app.window.view
        self.playback = app.playback
        self.session = app.session
        self.keeping = app.keeping
        self.finding = app.finding
        self.stopwatch = stopwatch
        self.saved = saved

    # The library

    def episode_titles(self) -> list[str]:
        """The episodes of the list, from its top."""
        return [row.title for row in self.window.library.episodes()]

    def episode_index(self, title: str) -> QModelIndex:
        """Where an episode stands in the list."""
        rows = self.window.library.rows
        number = next(at for at, row in enumerate(rows.values()) if isinstance(row, EpisodeRow) and row.title == title)
        return rows.index(number, 0)

    # Time

    def pump(self) -> None:
        """Let every event that waits be dealt with."""
        for _ in range(3):
            QApplication.sendPostedEvents()
            QApplication.processEvents()

    def drop_deleted(self) -> None:
        """Let go of widgets whose end was ordered."""
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def settle(self) -> None:
        """Wait until what runs in threads has been done and shown."""
        self.pump()
        for _ in range(50):
            if not self.app.tasks._waiting:
                break
            self.app.tasks.wait()
            self.pump()
        assert not self.app.tasks._waiting

    def advance(self, ms: int) -> None:
        """Let so much time pass, as the engine's clock counts it."""
        while ms > 0:
            step = min(ms, _STEP_MS)
            self.stopwatch.now_s += step / 1000
            self.playback.refresh()
            self.pump()
            ms -= step

    @property
    def position_ms(self) -> int:
        """Where it is being heard."""
        return self.playback.position_ms

    # Keys

    def press(self, *keys: str) -> None:
        """Press keys, written as in the menus, in whatever window has the focus."""
        for each in keys:
            if QGuiApplication.focusWindow() is None:  # A window manager gives the focus back after a dialog.
                self.window.activateWindow()
                self.pump()
            combination = QKeySequence(each)[0]  # type: ignore[index]
            QTest.keyClick(QGuiApplication.focusWindow(), combination.key(), combination.keyboardModifiers())
            self.pump()

    def type_text(self, text: str) -> None:
        """Type text where the focus is."""
        widget = self.focus
        assert widget is not None
        for character in text:
            if character.isascii():
                QTest.keyClicks(widget, character)
            else:  # as a keyboard of another country sends it
                key, modifiers = Qt.Key.Key_unknown.value, Qt.KeyboardModifier.NoModifier
                QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifiers, character))
        self.pump()

    @property
    def focus(self) -> QWidget | None:
        """What has the keyboard."""
        return QApplication.focusWidget()

    # Files

    def open(self, *paths: Path) -> None:
        """Open files as a drop would."""
        self.window.paths_dropped.emit(list(paths))
        self.settle()

    # Words

    def word_point(self, word: int) -> QPoint:
        """The middle of a word on the page."""
        boxes = self.view.rects_of(WordRange(word, word + 1))
        assert boxes, f"word {word} has no place on the page"
        return boxes[0].center().toPoint()

    def show_word(self, word: int) -> None:
        """Have a word in view, without anybody having scrolled."""
        self.view.scroll_to(word, 0.4)
        self.pump()

    def click_word(self, word: int, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click a word."""
        QTest.mouseClick(self.view.viewport(), _LEFT, modifier, self.word_point(word))
        self.pump()

    def double_click_word(self, word: int) -> None:
        """Click a word twice, as the system tells it: press, release, double press, release."""
        point = self.word_point(word)
        QTest.mouseClick(self.view.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, point)
        QTest.mouseDClick(self.view.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, point)
        self.pump()

    def drag_words(self, first: int, last: int, *, nudge: int = 0) -> None:
        """Drag from the middle of one word to the middle of another, `nudge` pixels aside."""
        viewport, aside = self.view.viewport(), QPoint(nudge, 0)
        begin, end = self.word_point(first) + aside, self.word_point(last) + aside
        QTest.mousePress(viewport, _LEFT, Qt.KeyboardModifier.NoModifier, begin)
        for part in (0.3, 0.7, 1.0):
            QTest.mouseMove(viewport, begin + (end - begin) * part)
        QTest.mouseRelease(viewport, _LEFT, Qt.KeyboardModifier.NoModifier, end)
        self.pump()

    def margin_point(self, word: int) -> QPoint:
        """Where the time beside the line of a word stands in the margin."""
        box = self.view.rects_of(WordRange(word, word + 1))[0]
        return QPoint(self.view._left - 40, round(box.center().y()))

    def click_margin(self, word: int) -> None:
        """Click the time beside the line of a word."""
        QTest.mouseClick(self.view.viewport(), _LEFT, Qt.KeyboardModifier.NoModifier, self.margin_point(word))
        self.pump()

    def wheel(self, notches: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Turn the wheel over the page: down is positive."""
        viewport = self.view.viewport()
        at = QPointF(viewport.rect().center())
        for _ in range(abs(notches)):
            QApplication.sendEvent(
                viewport,
                QWheelEvent(
                    at,
                    viewport.mapToGlobal(at),
                    QPoint(),
                    QPoint(0, -120 if notches > 0 else 120),
                    Qt.MouseButton.NoButton,
                    modifiers,
                    Qt.ScrollPhase.NoScrollPhase,
                    False,
                ),
            )
        self.pump()

    @property
    def scrolled(self) -> int:
        """How far down the page is scrolled."""
        return self.view.verticalScrollBar().value()

    def sees(self, word: int) -> bool:
        """Whether a word stands in view."""
        top = self.view.line_top(word)
        return top is not None and 0 <= top <= self.view.viewport().height() - 20

    # Other places to click

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget, in its middle if nothing else is said."""
        QTest.mouseClick(widget, _LEFT, Qt.KeyboardModifier.NoModifier, at or widget.rect().center())
        self.pump()

    def hover(self, widget: QWidget, at: QPoint) -> None:
        """Bring the pointer over a place."""
        where = QPointF(at)
        QApplication.sendEvent(widget, QEnterEvent(where, where, QPointF(widget.mapToGlobal(at))))
        QTest.mouseMove(widget, at)
        self.pump()

    def timeline_point(self, ms: int) -> QPoint:
        """Where a time is on the timeline."""
        bar = self.window.seek_bar
        return QPoint(round(bar._x(ms)), bar.height() // 2)

    # Finding

    def find(self, text: str) -> None:
        """Press Ctrl+F, type, and wait for the answer."""
        self.press("Ctrl+F")
        self.type_text(text)
        self.find_now()

    def find_now(self) -> None:
        """Let the moment pass after which a typed phrase is looked for."""
        field = self.window.find_field
        if field._timer.isActive():
            field._timer.timeout.emit()
        self.settle()

    # Dialogs

    def in_dialog(self, open_it: Callable[[], None], kind: type[D], do: Callable[[D], None]) -> None:
        """Open a modal dialog and do something in it; the dialog is closed whatever comes."""
        met: list[QDialog] = []
        troubles: list[BaseException] = []
        looking = QTimer()

        def meet() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                return
            looking.stop()
            try:
                assert isinstance(dialog, kind), f"{dialog!r} was opened, not a {kind.__name__}"
                met.append(dialog)
                self.pump()
                do(dialog)
            except BaseException as trouble:  # It must come out of the dialog's loop.
                troubles.append(trouble)
            finally:
                if isinstance(dialog, QDialog) and dialog.isVisible():
                    dialog.reject()

        looking.timeout.connect(meet)
        looking.start(0)
        open_it()
        self.pump()
        looking.stop()
        self.settle()
        if troubles:
            raise troubles[0]
        assert met, f"no {kind.__name__} was opened"


MakeUser = Callable[..., User]


class Listener(QObject):
    """Counts what a signal told."""

    def __init__(self, signal: object) -> None:
        super().__init__()
        self.heard: list[tuple[object, ...]] = []
        signal.connect(lambda *told: self.heard.append(told))  # type: ignore[attr-defined]


def leave(widget: QWidget) -> None:
    """Take the pointer away."""
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))
