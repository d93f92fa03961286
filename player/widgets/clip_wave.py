"""The sound around a clip, drawn large, with a handle at each of its edges."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from index.plaintext import shown
from index.timecode import clock, fine_clock
from player.theme import Theme, font
from player.widgets.edge_pair import EdgePair

_TOP, _WAVE, _WORDS = 16, 64, 22  # Where the waveform begins, how high it is, and the line of words under it.
_STEP, _BAR = 4, 2.5  # Pixels from bar to bar, and of a bar.
_LEAST_MS, _MOST_MS = 400, 600_000  # How little and how much can be in view.
ZOOM = 1.5  # How much closer one step looks.
_RULE_MS = (100, 250, 500, 1000, 2000, 5000, 10_000, 30_000, 60_000, 300_000)
_RULE_PIXELS = 90  # So far apart stand the times at least.


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word and when it is said."""

    text: str
    start_ms: int
    end_ms: int
    kept: bool = False  # Whether it is of the clip.


Levels = Callable[[int, int, int], Sequence[float]]
Words = Callable[[int, int], Sequence[SpokenWord]]


class ClipWave(QWidget):
    """Shows a stretch of sound with its words. Edges are carried by hand or keys; who keeps them is told."""

    edge_moved = Signal(bool, int, bool)  # The begin (True) or the end, to which ms, and whether it was let go.
    edge_stepped = Signal(bool, int, bool)  # By how many steps, and whether a step is a word or 10 ms.
    seek_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("The clip's sound"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._levels: Levels = lambda columns, start_ms, end_ms: ()
        self._words: Words = lambda start_ms, end_ms: ()
        self._speaker_at: Callable[[int], int] = lambda ms: -1
        self._sound_ms = 0
        self._view = (0, 1000)
        self._span = (0, 1000)
        self._fade_ms = 0
        self._position_ms: int | None = None
        self._bars: Sequence[float] | None = None  # Of the view; None until they are asked for.
        self._spoken: Sequence[SpokenWord] | None = None
        self.edges = EdgePair(theme, self, self._ms, by_click=True)
        self.edges.carried.connect(self.edge_moved)
        self.edges.stepped.connect(self.edge_stepped)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, _TOP + _WAVE + _WORDS + 6)

    # What it shows

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        self.edges.set_theme(theme)
        self.update()

    def set_sound(self, levels: Levels, words: Words, speaker_at: Callable[[int], int], sound_ms: int) -> None:
        """What gives loudness (0 to 1) for columns between two times, and the words; how long the sound is in ms."""
        self._levels, self._words, self._speaker_at, self._sound_ms = levels, words, speaker_at, sound_ms
        self._redraw()

    def show_clip(self, start_ms: int, end_ms: int) -> None:
        """Show another clip, with as much around it as it is long."""
        self._span = (start_ms, end_ms)
        self.look_at_clip()

    def look_at_clip(self) -> None:
        """Look at the whole clip, with as much around it as it is long."""
        start_ms, end_ms = self._span
        around = max(700, min(8000, (end_ms - start_ms) // 2))
        self._look_at(start_ms - around, end_ms + around)

    def show_edges(self, start_ms: int, end_ms: int) -> None:
        """Show where the edges are now; the view goes along where one leaves it."""
        self._span, self._spoken = (start_ms, end_ms), None
        begin, end = self._view
        margin = (end - begin) // 12
        if not self.edges.is_held:
            if start_ms < begin + margin:
                self._look_at(start_ms - margin, max(end, start_ms + _LEAST_MS))
            elif end_ms > end - margin:
                self._look_at(begin, end_ms + margin)
        self._place_edges()
        self.update()

    def show_fade(self, ms: int) -> None:
        """Draw the sound at its edges as it will be heard, so long fades make it softer."""
        self._fade_ms = ms
        self.update()

    def _gain(self, ms: int) -> float:
        start_ms, end_ms = self._span
        fade_ms = max(1, min(self._fade_ms, (end_ms - start_ms) // 2))
        return max(0.0, min(1.0, (ms - start_ms) / fade_ms, (end_ms - ms) / fade_ms))

    def show_position(self, ms: int) -> None:
        """Show where the sound is."""
        before, self._position_ms = self._position_ms, ms
        for each in (before, ms):
            if each is not None and self._view[0] <= each <= self._view[1]:
                self.update(int(self._x(each)) - 7, 0, 14, self.height())

    def zoom(self, times: float, around_ms: int | None = None) -> None:
        """Look so many times as close, around a time, else the edge that has the keyboard or the middle."""
        begin, end = self._view
        middle = around_ms if around_ms is not None else self._middle()
        length = max(_LEAST_MS, min(_MOST_MS, (end - begin) / max(0.1, times)))
        share = (middle - begin) / max(1, end - begin)
        self._look_at(round(middle - share * length), round(middle + (1 - share) * length))

    def _middle(self) -> int:
        """What keys look closer at: the edge that has the keyboard, if it is in view; else the middle."""
        begin, end = self._view
        held = next((ms for ms, handle in zip(self._span, self.edges.handles, strict=True) if handle.hasFocus()), None)
        return held if held is not None and begin <= held <= end else (begin + end) // 2

    @property
    def pixel_ms(self) -> float:
        """How much time a pixel is."""
        return (self._view[1] - self._view[0]) / max(1, self.width())

    @property
    def view(self) -> tuple[int, int]:
        """What is in view, in ms."""
        return self._view

    def _look_at(self, begin: int, end: int) -> None:
        length = max(_LEAST_MS, min(_MOST_MS, end - begin))
        begin = max(0, begin)
        if self._sound_ms:
            begin = max(0, min(begin, self._sound_ms - length))
        self._view = (begin, begin + length)
        self._redraw()

    def _redraw(self) -> None:
        self._bars = self._spoken = None
        self._place_edges()
        self.update()

    def _place_edges(self) -> None:
        self.edges.show_times(self._span, self._sound_ms)
        self.edges.place(self._x(self._span[0]), self._x(self._span[1]), _TOP - 8, _WAVE + 14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for another width."""
        super().resizeEvent(event)
        self._redraw()

    # Geometry

    def _x(self, ms: int) -> float:
        begin, end = self._view
        return (ms - begin) * self.width() / max(1, end - begin)

    def _ms(self, x: float) -> int:
        begin, end = self._view
        return max(0, min(self._sound_ms or end, begin + round(x * (end - begin) / max(1, self.width()))))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The clip's ground, the waveform, the words under it, the times above it, the playhead."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        left, right = self._x(self._span[0]), self._x(self._span[1])
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("selection", 0.75))
        painter.drawRoundedRect(QRectF(left, _TOP - 2, max(2.0, right - left), _WAVE + 4), 4, 4)
        self._paint_bars(painter, event.rect().left() - _STEP, event.rect().right())
        self._paint_words(painter)
        self._paint_times(painter)
        if self._position_ms is not None and self._view[0] <= self._position_ms <= self._view[1]:
            x = self._x(self._position_ms)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("ink"))
            painter.drawPolygon(QPolygonF([QPointF(x - 5, _TOP - 7), QPointF(x + 5, _TOP - 7), QPointF(x, _TOP - 1)]))
            painter.fillRect(QRectF(x - 1, _TOP - 4, 2, _WAVE + 8), theme.color("ink"))

    def _paint_bars(self, painter: QPainter, first_x: int, last_x: int) -> None:
        """Those between two places alone: the playhead comes by many times a second."""
        columns = max(1, self.width() // _STEP)
        if self._bars is None:
            self._bars = self._levels(columns, *self._view) or [0.0] * columns  # Dots while the sound is being read.
        painter.setPen(Qt.PenStyle.NoPen)
        loud = max(0.05, max(self._bars, default=0.0))
        for column, level in enumerate(self._bars):
            x = column * _STEP
            if not first_x <= x <= last_x:
                continue
            ms = self._ms(x + _BAR / 2)
            inside = self._span[0] <= ms < self._span[1]
            color = QColor(self._theme.speaker(self._speaker_at(ms)))
            color.setAlphaF(1.0 if inside else 0.32)
            painter.setBrush(color)
            gain = self._gain(ms) if inside else 1.0
            height = max(2.0, gain * float(level) / loud * (_WAVE - 8))
            painter.drawRoundedRect(QRectF(x, _TOP + (_WAVE - height) / 2, _BAR, height), 1.2, 1.2)

    def _paint_words(self, painter: QPainter) -> None:
        which = font("small")
        painter.setFont(which)
        metrics = QFontMetricsF(which)
        base = _TOP + _WAVE + 4 + metrics.ascent()
        taken: list[tuple[float, float]] = []  # Words that find no room are left out, those of the clip last.
        if self._spoken is None:
            self._spoken = sorted(self._words(*self._view), key=lambda word: not word.kept)
        for word in self._spoken:
            left, text = self._x(word.start_ms), shown(word.text)
            right = left + metrics.horizontalAdvance(text)
            if any(left < end + 5 and right > begin - 5 for begin, end in taken):
                continue
            taken.append((left, right))
            painter.setPen(self._theme.color("ink" if word.kept else "quiet"))
            painter.drawText(QPointF(left, base), text)

    def _paint_times(self, painter: QPainter) -> None:
        begin, end = self._view
        pixel_ms = (end - begin) / max(1, self.width())
        step = next((step for step in _RULE_MS if step / pixel_ms >= _RULE_PIXELS), _RULE_MS[-1])
        which = font("small", scale=0.84, tabular=True)
        painter.setFont(which)
        painter.setPen(self._theme.color("quiet"))
        for ms in range(-(-begin // step) * step, end, step):
            text = clock(ms) if step >= 1000 else fine_clock(ms)
            x = self._x(ms)
            painter.fillRect(QRectF(x, 0, 1, 5), self._theme.color("line"))
            painter.drawText(QPointF(x + 4, 9), text)

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes there; near an edge its handle takes the press."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.seek_requested.emit(self._ms(event.position().x()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Look at the whole clip."""
        self.look_at_clip()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll along the sound; with Ctrl look closer or from farther away."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if turned:
                self.zoom(ZOOM ** (turned / 120), self._ms(event.position().x()))
        else:
            begin, end = self._view
            by = round(-turned / 120 * (end - begin) / 10)
            self._look_at(begin + by, end + by)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Two fingers on a touchpad look closer or from farther away, around where they are."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom(1 + event.value(), self._ms(event.position().x()))
            return True
        return super().event(event)
