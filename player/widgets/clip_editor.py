"""The strip in which a clip is trimmed: its title, its sound with both edges, and what is remarked of it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from index.plaintext import one_line, shown
from index.timecode import fine_clock
from player.models.kept_rows import ClipRow
from player.theme import Theme, font
from player.widgets.clip_air import ClipAir
from player.widgets.clip_wave import ClipWave
from player.widgets.wrap_row import WrapRow

_ROOM_FOR_TIMES = 760
_ROOM_FOR_TEXT = 150  # Pixels that the title and the remark have at least.


class _Line(QLineEdit):
    """A line of text without a frame, that tells when it was changed and left."""

    written = Signal(str)
    left = Signal()

    def __init__(self, name: str, hint: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setPlaceholderText(hint)
        self.setMaxLength(500)
        self.setFrame(False)
        self.setProperty("tone", "bare")
        self._was = ""
        self.editingFinished.connect(self._finish)

    def show_text(self, text: str) -> None:
        """Show another text, unless this one is being written."""
        self._was = shown(one_line(text, 500))
        if not self.hasFocus():
            self.setText(self._was)
            self.setCursorPosition(0)

    def _finish(self) -> None:
        text = one_line(self.text(), 500)
        if text != self._was:
            self._was = text
            self.written.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what was typed, Enter keeps it; both leave."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._was)
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish()
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ClipEditor(QWidget):
    """Shows one clip, large. It changes nothing itself."""

    renamed = Signal(str)
    remarked = Signal(str)
    left = Signal()  # Esc.

    def __init__(self, theme: Theme, hearing: Sequence[QAction], trimming: Sequence[QAction], close: QAction) -> None:
        """`hearing` are its buttons with words, `trimming` those with icons; `close` is the last one."""
        super().__init__()
        self.setObjectName("clipEditor")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Clip editor"))
        self.clip_id = 0  # Of the clip in it; 0 while there is none.
        self.wave = ClipWave(theme)
        self.title = _Line(self.tr("Title of the clip"), self.tr("Title"))
        self.title.setFont(font("body"))
        self.title.setProperty("strong", True)
        self.remark = _Line(self.tr("Remark on the clip"), self.tr("Add a remark, with #tags"))
        self._times = QLabel()
        self._times.setFont(font("small", tabular=True))
        self._times.setProperty("tone", "soft")
        self.air = ClipAir()
        self.air.left.connect(self.focus_edges)
        for line, told in ((self.title, self.renamed), (self.remark, self.remarked)):
            line.written.connect(told)
            line.left.connect(self.focus_edges)
        top = WrapRow()
        self.title.setMinimumWidth(_ROOM_FOR_TEXT)
        top.addWidget(self.title)
        for group, iconic in ((hearing, False), (trimming, True), ((close,), False)):
            top.addWidget(self._buttons(group, iconic=iconic))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 2)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.wave)
        bottom = WrapRow()
        self.remark.setMinimumWidth(_ROOM_FOR_TEXT)
        bottom.addWidget(self.remark)
        bottom.addWidget(self._times)
        bottom.addWidget(self.air)
        layout.addLayout(bottom)
        self.hide()

    def _buttons(self, actions: Sequence[QAction], *, iconic: bool) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for action in actions:
            row.addWidget(self._button(action, iconic=iconic))
        holder.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return holder

    def _button(self, action: QAction, *, iconic: bool) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setAccessibleName(action.text())
        button.setIconSize(QSize(18, 18))
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if iconic else Qt.ToolButtonStyle.ToolButtonTextOnly
        button.setToolButtonStyle(style)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self.wave.set_theme(theme)

    def show_clip(self, clip: ClipRow) -> None:
        """Show a clip, or another state of it."""
        self.clip_id = clip.id
        self.title.show_text(clip.title)
        self.remark.show_text(clip.remark)
        self.show_times(clip.start_ms, clip.end_ms)

    def show_air(self, before_ms: int, after_ms: int) -> None:
        """Show how much sound there is around its words."""
        self.air.show_air(before_ms, after_ms)

    def show_fade(self, ms: int) -> None:
        """Show how long it takes to come in and to go out."""
        self.air.show_fade(ms)
        self.wave.show_fade(ms)

    def show_times(self, start_ms: int, end_ms: int) -> None:
        """Show where the edges are."""
        self.wave.show_edges(start_ms, end_ms)
        self._times.setText(f"{fine_clock(start_ms)} – {fine_clock(end_ms)} · {(end_ms - start_ms) / 1000:.2f} s")

    def focus_edges(self) -> None:
        """Give the keyboard to the edge at which the clip begins."""
        self.wave.edges.handles[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the times are left to the handles, which tell them too."""
        super().resizeEvent(event)
        self._times.setVisible(self.width() >= _ROOM_FOR_TIMES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
