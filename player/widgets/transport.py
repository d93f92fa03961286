"""The row of controls under the timeline."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from index.timecode import clock
from player.theme import font

RATES = (0.5, 0.8, 1.0, 1.2, 1.5, 1.8, 2.0, 2.5, 3.0)


class ReturnPresses(QObject):
    """Lets Enter press the focused button: Space belongs to playing."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn Enter into a click."""
        enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.type() == QEvent.Type.KeyPress and isinstance(watched, QAbstractButton):
            watched.click()
            return True
        return False


def _tell_keys(widget: QWidget, name: str, steps: Sequence[QAction]) -> None:
    """Tell in the tooltip which keys do what the widget does, also after they were changed."""

    def tell() -> None:
        native = QKeySequence.SequenceFormat.NativeText
        told = [f"{step.shortcut().toString(native)} {step.text().lower()}" for step in steps]
        widget.setToolTip(f"{name} ({', '.join(told)})")

    for step in steps:
        step.changed.connect(tell)
    tell()


class Transport(QWidget):
    """Time, transport buttons, rate, following and volume; all it does is shown elsewhere."""

    rate_requested = Signal(float)
    volume_requested = Signal(int)

    def __init__(self, actions: dict[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transport")
        self._duration_ms = 0
        self._shown = ""
        self._now, self._whole = QLabel("0:00"), QLabel("/ 0:00")
        for label, weight in ((self._now, QFont.Weight.DemiBold), (self._whole, QFont.Weight.Normal)):
            label.setFont(font("body", weight=weight, tabular=True))
        self._whole.setProperty("tone", "soft")
        self._whole.setStyleSheet("font-size: 13px")
        self.buttons: dict[str, QToolButton] = {}
        times, middle, right = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        times.setSpacing(5)
        times.addWidget(self._now)
        times.addWidget(self._whole)
        times.addStretch(1)
        middle.setSpacing(6)
        for name in ("back", "previous_cue", "play", "next_cue", "forward"):
            middle.addWidget(self._play_button(actions[name]) if name == "play" else self._button(name, actions[name]))
        for name in ("back", "forward"):
            self.buttons[name].setIconSize(QSize(24, 24))
        self.rate_button = QToolButton()
        self.rate_button.setProperty("tone", "strong")
        _tell_keys(self.rate_button, self.tr("Speed"), [actions[name] for name in ("slower", "faster", "rate_normal")])
        self.rate_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.rate_button.setMenu(self._rate_menu())
        right.addStretch(1)
        right.addWidget(self.rate_button)
        follow = self._button("follow", actions["follow"])
        follow.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        right.addWidget(follow)
        right.addWidget(self._volume_button(actions["mute"], [actions["louder"], actions["quieter"]]))
        grid = QGridLayout(self)
        grid.setContentsMargins(18, 0, 14, 12)
        for column, part in enumerate((times, middle, right)):
            grid.addLayout(part, 0, column)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)

    def _button(self, name: str, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        button.setIconSize(QSize(20, 20))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.buttons[name] = button
        return button

    def _play_button(self, action: QAction) -> QToolButton:
        """The big one, whose icon is not the menu's: it stands on the accent and shows what comes next."""
        button = QToolButton()
        button.setObjectName("playButton")
        button.setIconSize(QSize(22, 22))
        button.setToolTip(action.toolTip())
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        action.changed.connect(lambda: button.setToolTip(action.toolTip()))
        self.buttons["play"] = button
        return button

    def _rate_menu(self) -> QMenu:
        menu = QMenu(self)
        for rate in RATES:
            menu.addAction(f"{rate:.1f}×").setData(rate)
        menu.triggered.connect(lambda action: self.rate_requested.emit(action.data()))
        return menu

    def _volume_button(self, mute: QAction, steps: Sequence[QAction]) -> QToolButton:
        button = self._button("mute", mute)
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, 100)
        self.volume.setFixedWidth(84)
        self.volume.setAccessibleName(self.tr("Volume"))
        _tell_keys(self.volume, self.tr("Volume"), steps)
        self.volume.valueChanged.connect(self.volume_requested)
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self.volume)
        menu = QMenu(self)
        entry = QWidgetAction(menu)
        entry.setDefaultWidget(holder)
        menu.addAction(mute)
        menu.addAction(entry)
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)
        button.customContextMenuRequested.connect(lambda _: button.showMenu())
        return button

    # What it shows

    def show_position(self, ms: int) -> None:
        """Show the time; nothing happens within a second."""
        text = clock(ms, like_ms=self._duration_ms)
        if text != self._shown:
            self._shown = text
            self._now.setText(text)

    def show_duration(self, ms: int) -> None:
        """Show the whole length."""
        self._duration_ms = ms
        self._whole.setText("/ " + clock(ms))

    def show_rate(self, rate: float) -> None:
        """Show the speed."""
        self.rate_button.setText(f"{rate:.1f}×")
        self.rate_button.setAccessibleName(self.tr("Speed {}").format(f"{rate:.1f}"))

    def show_volume(self, volume: int) -> None:
        """Show the volume without asking for it again."""
        self.volume.blockSignals(True)
        self.volume.setValue(volume)
        self.volume.blockSignals(False)

    def show_following(self, following: bool) -> None:
        """Say whether the view follows."""
        self.buttons["follow"].defaultAction().setIconText(self.tr("Follow on") if following else self.tr("Follow off"))

    def set_play_icon(self, icon: QIcon, name: str) -> None:
        """Show what the big button does next."""
        self.buttons["play"].setIcon(icon)
        self.buttons["play"].setAccessibleName(name)
