"""The timeline: waveform, speakers, chapters, hits and ranges, and the playhead to move."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QWidget

from index.timecode import clock, fine_clock
from player.theme import Theme
from player.widgets.bubble import Bubble
from player.widgets.edge_pair import EdgePair
from player.widgets.timeline_wave import WaveRoom, draw_waves

_MARGIN = 18  # Pixels on either side.
_TOP, _WAVE = 8, 50  # Where the waveform begins, and how high it is.

Span = tuple[int, int]  # Start and end in ms.


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands on the timeline besides the waveform; times in ms."""

    chapters: tuple[tuple[int, str], ...] = ()
    hits: Sequence[int] = ()
    hit: int | None = None
    clips: tuple[Span, ...] = ()
    range: Span | None = None


class SeekBar(QAbstractSlider):
    """Shows where the episode is and seeks; its value is the position in ms. Held, it follows the hand alone."""

    seek_requested = Signal(int)
    edge_moved = Signal(bool, int, bool)  # The begin (True) or the end of the range, to which ms, whether let go there.
    edge_stepped = Signal(bool, int, bool)  # By how many steps, and whether a step is a word or 10 ms.

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Position"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._marks = Marks()
        self._levels: Callable[[int], Sequence[float]] | None = None
        self._speaker_at: Callable[[int], int] = lambda ms: -1
        self._words_at: Callable[[int], str] = lambda ms: ""
        self._waves: tuple[QPixmap, QPixmap] | None = None
        self._ticks: tuple[int, ...] | None = None  # The columns that hits stand in.
        self._bubble = Bubble(self)
        self.edges = EdgePair(theme, self, self._ms, by_click=False)
        self.edges.carried.connect(self._edge_carried)
        self.edges.stepped.connect(self._edge_stepped)
        self.edges.clicked.connect(lambda _, ms: self.seek_requested.emit(ms))
        self.edges.looked_at.connect(self._look_at_edge)
        self._keyboard_focus = False
        self._ours = False  # Whether it is us who change the value now.
        self.setRange(0, 0)
        self.valueChanged.connect(self._moved)

    def sizeHint(self) -> QSize:
        """As wide as there is room, and high enough for a waveform with ticks under it."""
        return QSize(600, _TOP + _WAVE + 10)

    # What it shows

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.edges.set_theme(theme)
        self._redraw()

    def set_duration(self, duration_ms: int) -> None:
        """How long the episode is."""
        with self._moving():
            self.setRange(0, max(0, duration_ms))
        if not duration_ms:
            self._bubble.hide()
        self._redraw()

    def set_waveform(self, levels: Callable[[int], Sequence[float]] | None) -> None:
        """What gives the loudness (0 to 1) of so many columns; None while there is no waveform."""
        self._levels = levels
        self._redraw()

    def set_words(self, speaker_at: Callable[[int], int], words_at: Callable[[int], str]) -> None:
        """What gives the speaker's number and the words at a time in ms."""
        self._speaker_at, self._words_at = speaker_at, words_at
        self._redraw()

    def mark(self, **changes: object) -> None:
        """Change some of the `Marks`."""
        if "hits" in changes:
            self._ticks = None
        self._marks = replace(self._marks, **changes)  # type: ignore[arg-type]
        self._place_edges()
        self.update()

    @property
    def marks(self) -> Marks:
        """What stands on the timeline."""
        return self._marks

    def show_position(self, ms: int) -> None:
        """Move the playhead, unless it is held."""
        if self.isSliderDown():
            return
        before = self._x(self.value())
        with self._moving():
            self.setValue(ms)
        after = self._x(self.value())
        if round(before) != round(after):
            left, right = min(before, after), max(before, after)
            self.update(QRect(int(left) - 8, 0, int(right - left) + 16, self.height()))

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:
        """Draw anew when the range changes; a step of the playhead redraws just the strip it crossed."""
        if change != QAbstractSlider.SliderChange.SliderValueChange:
            super().sliderChange(change)

    @contextmanager
    def _moving(self) -> Iterator[None]:
        self._ours = True
        try:
            yield
        finally:
            self._ours = False

    def _moved(self, ms: int) -> None:
        """A value that is not set by us comes from a screen reader, whose user wants to go there."""
        if not self._ours:
            self.update()
            self.seek_requested.emit(ms)

    # Geometry

    def _x(self, ms: int) -> float:
        room = max(1, self.width() - 2 * _MARGIN)
        return _MARGIN + room * ms / self.maximum() if self.maximum() else _MARGIN

    def _ms(self, x: float) -> int:
        room = max(1, self.width() - 2 * _MARGIN)
        return max(0, min(self.maximum(), round((x - _MARGIN) * self.maximum() / room)))

    # Painting

    @property
    def pixel_ms(self) -> float:
        """How much time a pixel is."""
        return self.maximum() / max(1, self.width() - 2 * _MARGIN)

    def _redraw(self) -> None:
        self._waves = self._ticks = None
        self._place_edges()
        self.update()

    def _place_edges(self) -> None:
        span = self._marks.range if self.maximum() else None
        self.edges.show_times(span, self.maximum())
        if span:
            self.edges.place(self._x(span[0]), self._x(span[1]), _TOP - 6, _WAVE + 12)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the waveform anew for another width."""
        super().resizeEvent(event)
        self._redraw()

    def _color_at(self, x: float) -> QColor:
        return self._theme.speaker(self._speaker_at(self._ms(x))) if self.maximum() else self._theme.color("line")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Waveform, ranges, ticks, playhead."""
        if self._waves is None:
            room = WaveRoom(self.size(), self.devicePixelRatioF(), _MARGIN, _TOP, _WAVE)
            self._waves = draw_waves(room, self._levels if self.maximum() else None, self._color_at)
        ahead, behind = self._waves
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, marks = self._theme, self._marks
        if marks.range:
            left, right = self._x(marks.range[0]), self._x(marks.range[1])
            band = QRectF(left, _TOP - 2, max(2.0, right - left), _WAVE + 4)
            painter.fillRect(band, theme.color("selection"))
        x = self._x(self.value())
        painter.drawPixmap(0, 0, ahead)
        painter.setClipRect(QRectF(0, 0, x, self.height()))
        painter.drawPixmap(0, 0, behind)
        painter.setClipping(False)
        for start, _ in marks.chapters[1:]:
            painter.fillRect(QRectF(self._x(start) - 0.5, 0, 1, _TOP + 6), theme.color("softest"))
        for start, end in marks.clips:
            left, right = self._x(start), self._x(end)
            painter.fillRect(QRectF(left, _TOP + _WAVE + 1, max(3.0, right - left), 2), theme.color("accent", 0.6))
        self._paint_hits(painter)
        if self.maximum():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("ink"))
            painter.drawPolygon(QPolygonF([QPointF(x - 5.5, 1), QPointF(x + 5.5, 1), QPointF(x, 8)]))
            painter.fillRect(QRectF(x - 1, 4, 2, _TOP + _WAVE - 4), theme.color("ink"))
        if self.hasFocus() and self._keyboard_focus:
            painter.setPen(theme.color("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(6, 0.5, -6, -0.5), 6, 6)

    def _paint_hits(self, painter: QPainter) -> None:
        if self._ticks is None:
            self._ticks = tuple(self._hit_columns())
        for column in self._ticks:
            self._paint_tick(painter, column, 2.5, 5.0)
        hits, hit = self._marks.hits, self._marks.hit
        if hit is not None and hit < len(hits):
            self._paint_tick(painter, round(self._x(hits[hit])), 4.0, 7.0)

    def _paint_tick(self, painter: QPainter, column: int, width: float, height: float) -> None:
        tick = QRectF(column - width / 2, _TOP + _WAVE + 9 - height, width, height)
        painter.fillRect(tick, self._theme.color("accent"))

    def _hit_columns(self) -> Iterator[int]:
        """The columns that hits stand in, each once; of very many hits, as from `the`, not each one is looked at."""
        hits, many = self._marks.hits, len(self._marks.hits) > 2 * self.width()
        number, seen = 0, set[int]()
        while number < len(hits):
            column = round(self._x(hits[number]))
            if column not in seen:
                seen.add(column)
                yield column
            after = bisect_left(hits, self._ms(column + 0.5), number + 1) if many else 0
            number = max(number + 1, after)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the playhead."""
        if event.button() == Qt.MouseButton.LeftButton and self.maximum():
            self.setSliderDown(True)
            self._drag_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the playhead along, or tell what is under the pointer."""
        if self.isSliderDown():
            self._drag_to(event.position().x())
        else:
            self._tell(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: that is the seek."""
        if event.button() == Qt.MouseButton.LeftButton and self.isSliderDown():
            self.setSliderDown(False)
            self.seek_requested.emit(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave every key to the window: a slider's own would move the playhead and not the sound."""
        event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel alone, for the same reason."""
        event.ignore()

    def _drag_to(self, x: float) -> None:
        with self._moving():
            self.setValue(self._ms(x))
        self.update()
        self._tell(x)

    def _tell(self, x: float) -> None:
        if not self.maximum():
            return
        ms = self._ms(x)
        title = next((title for start, title in reversed(self._marks.chapters) if start <= ms), "")
        heading = clock(ms, like_ms=self.maximum())
        self._bubble.tell(f"{heading}  {title}" if title else heading, self._words_at(ms), round(self._x(ms)))

    # The edges of the range

    def _edge_carried(self, begin: bool, ms: int, done: bool) -> None:
        self.edge_moved.emit(begin, ms, done)
        self._tell_edge(begin)

    def _edge_stepped(self, begin: bool, by: int, words: bool) -> None:
        self.edge_stepped.emit(begin, by, words)
        self._tell_edge(begin)

    def _look_at_edge(self, begin: bool, now: bool) -> None:
        if now:
            self._tell_edge(begin)
        else:
            self._bubble.hide()

    def _tell_edge(self, begin: bool) -> None:
        """Tell to a hundredth where an edge is, how long the range is, and the words there."""
        if self._marks.range:
            start, end = self._marks.range
            ms = start if begin else end
            heading = self.tr("{} · {} s").format(fine_clock(ms), f"{(end - start) / 1000:.2f}")
            self._bubble.tell(heading, self._words_at(ms), round(self._x(ms)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Only a focus that the keyboard gave is shown; a screen reader is told the time with it."""
        now, end = clock(self.value(), like_ms=self.maximum()), clock(self.maximum())
        self.setAccessibleDescription(self.tr("{} of {}").format(now, end))
        self._keyboard_focus = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer comes: show what it is over."""
        self._tell(event.position().x())

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer goes."""
        self._bubble.hide()
