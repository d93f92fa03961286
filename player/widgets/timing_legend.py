"""What the lines under the words mean, how many words have each, and a way from one doubtful stretch to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from index.timing_parts import TimingPart
from index.transcript import Timing
from player.theme import Theme
from player.widgets.timing_marks import paint_timing

_ARROWS = ("‹", "›")


class _Sample(QWidget):
    """The line of one way of knowing a time, over nothing."""

    def __init__(self, theme: Theme, timing: Timing) -> None:
        super().__init__()
        self.theme, self.timing = theme, timing
        self.setFixedSize(QSize(22, 18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it as in the page."""
        painter = QPainter(self)
        paint_timing(painter, self.theme, QRectF(self.rect()).adjusted(2, 2, -2, -5), self.timing)
        painter.end()


class TimingLegend(QWidget):
    """A quiet line at the foot of the page."""

    def __init__(self, theme: Theme, previous: QAction, following: QAction) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("How times are known"))
        self._theme = theme
        self._samples: list[_Sample] = []
        self._told_parts: list[str] = []
        self._parts = QHBoxLayout()
        self._parts.setSpacing(4)
        self._doubts = _soft_label("")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 3, 8, 3)
        layout.addLayout(self._parts)
        layout.addStretch(1)
        layout.addWidget(self._doubts)
        self._buttons = []
        for action, arrow in zip((previous, following), _ARROWS, strict=True):
            button = QToolButton()
            button.setText(arrow)
            button.setAccessibleName(action.text())
            button.setFixedSize(26, 24)
            button.clicked.connect(action.trigger)
            button.setToolTip(action.toolTip())
            action.changed.connect(lambda button=button, action=action: button.setToolTip(action.toolTip()))
            layout.addWidget(button)
            self._buttons.append(button)
        self.setMinimumWidth(1)  # What does not go in is cut off rather than making the page wider.
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._theme = theme
        for sample in self._samples:
            sample.theme = theme
            sample.update()

    def show_parts(self, parts: Sequence[TimingPart], doubts: int, current: int | None) -> None:
        """Tell how much is known in which way, how many stretches are doubtful, and which of them one is at."""
        self._samples.clear()
        while item := self._parts.takeAt(0):
            widget = item.widget()
            if widget:
                widget.deleteLater()
        self._told_parts = [self.tr("{} % {}").format(part.percent, part.name) for part in parts]
        for part, told in zip(parts, self._told_parts, strict=True):
            if part.timing is not Timing.EXACT:  # It has no line.
                sample = _Sample(self._theme, part.timing)
                self._samples.append(sample)
                self._parts.addWidget(sample)
            self._parts.addWidget(_soft_label(told))
            self._parts.addSpacing(4)
        self._doubts.setText(self._told(doubts, current))
        for button in self._buttons:
            button.setVisible(bool(doubts))

    def _told(self, doubts: int, current: int | None) -> str:
        if not doubts:
            return ""
        if current is not None:
            return self.tr("{} of {} doubtful").format(current + 1, doubts)
        return self.tr("{} doubtful").format(doubts)

    @property
    def text(self) -> str:
        """All that it says."""
        return ", ".join(text for text in (*self._told_parts, self._doubts.text()) if text)


def _soft_label(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "soft")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    return label
