"""Keeping the line being spoken in sight, until the reader goes elsewhere."""

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QObject, QPropertyAnimation, QTimer, Signal
from PySide6.QtWidgets import QStyle

from player.widgets.transcript_view import TranscriptView

_PLACE = 0.30  # The part of the height at which a line is put.
_TOP, _BOTTOM = 0.06, 0.62  # The band in which a line is left where it is.
_SCROLL_MS = 240


class Follow(QObject):
    """Scrolls a view after the current word. Only the reader's own scrolling, or a hold, stops it."""

    away_changed = Signal(int)  # The current word is above (-1) or below (1) the view, or in it (0).

    def __init__(self, view: TranscriptView) -> None:
        super().__init__(view)
        self._view = view
        self._enabled = True
        self._gone = False  # The reader has scrolled the current word out of sight.
        self._left_alone = False  # The reader has scrolled with the word in sight: no pulling back while it is.
        self._holds: set[str] = set()
        self._word: int | None = None
        self._away = 0
        self._animation = QPropertyAnimation(view.verticalScrollBar(), b"value", self)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        view.scrolled_by_user.connect(self._scrolled_by_user)
        view.verticalScrollBar().valueChanged.connect(self._tell_away)
        # Another size of window or text lays the lines out anew, which may put the word out of sight.
        self._laid_out = QTimer(self)
        self._laid_out.setSingleShot(True)
        self._laid_out.setInterval(0)
        self._laid_out.timeout.connect(self._stay_in_view)
        view.lines_moved.connect(self._laid_out.start)

    @property
    def following(self) -> bool:
        """Whether the view goes along with the words right now."""
        return self._enabled and not self._gone and not self._holds

    @property
    def enabled(self) -> bool:
        """Whether following is switched on."""
        return self._enabled

    def set_enabled(self, enabled: bool) -> None:
        """Switch following on or off; on goes to the current word."""
        self._enabled = enabled
        if enabled:
            self.resume()

    def set_word(self, word: int | None, *, jumped: bool = False) -> None:
        """Tell which word is being spoken, and whether the sound jumped to it."""
        self._word = word
        if self.following and word is not None:
            self._bring_into_view(jumped)
        self._tell_away()

    def hold(self, reason: str) -> None:
        """Stay where the reader is looking until `release` of the same reason."""
        self._holds.add(reason)
        self._animation.stop()

    def release(self, reason: str) -> None:
        """End a hold. If the words went out of sight meanwhile, the reader decides when to go back."""
        if reason in self._holds:
            self._holds.discard(reason)
            self._gone = self._direction() != 0
            self._tell_away()

    def resume(self) -> None:
        """Go back to now and follow from there."""
        self._holds.clear()
        self._gone = self._left_alone = False
        if self._word is not None:
            self._bring_into_view(jumped=True, always=self._direction() != 0)
        self._tell_away()

    def stay(self) -> None:
        """Leave the view where it is, as if the reader had scrolled there."""
        self._animation.stop()
        self._gone = True

    def _scrolled_by_user(self) -> None:
        self._animation.stop()
        QTimer.singleShot(0, self._judge)  # The scroll bar tells of the wish before it moves.

    def _judge(self) -> None:
        self._gone = self._direction() != 0
        self._left_alone = not self._gone
        self._tell_away()

    def _stay_in_view(self) -> None:
        if self.following and self._direction() != 0:
            self._bring_into_view(jumped=True)
        self._tell_away()

    def _bring_into_view(self, jumped: bool, always: bool = False) -> None:
        if self._word is None:
            return
        if self._left_alone and self._direction() == 0:
            return
        self._left_alone = False
        top = self._view.line_top(self._word)
        height = self._view.viewport().height()
        if top is None or (_TOP * height <= top <= _BOTTOM * height and not always):
            return
        bar = self._view.verticalScrollBar()
        target = self._view.scrolled_to(self._word, _PLACE * height)
        if self._animation.state() == QAbstractAnimation.State.Running:
            if self._animation.endValue() == target:
                return
            self._animation.stop()
        still = self._view.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self._view) == 0
        if still or jumped or abs(target - bar.value()) > height:
            bar.setValue(target)
        else:
            self._animation.setDuration(_SCROLL_MS)
            self._animation.setStartValue(bar.value())
            self._animation.setEndValue(target)
            self._animation.start()

    def _direction(self) -> int:
        """Where the current word is: above the view (-1), below it (1) or in it (0)."""
        if self._word is None:
            return 0
        top = self._view.line_top(self._word)
        if top is None:
            return 0
        return -1 if top < -4 else 1 if top > self._view.viewport().height() - 20 else 0

    def _tell_away(self) -> None:
        away = 0 if self.following else self._direction()
        if away != self._away:
            self._away = away
            self.away_changed.emit(away)
