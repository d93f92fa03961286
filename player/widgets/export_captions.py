"""The part of the export window that says how captions are written."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from player.models.export_values import ExportScope
from player.models.values import ExportChoice, ExportFormat
from player.widgets.forms import AlignedForm, milliseconds_box

_FIRST = ("WebVTT", "SRT", "Plain text", "Markdown")  # The formats shown at once; the others are in a menu.


class CaptionsPage(QWidget):
    """Formats, times, and what stands in the captions."""

    changed = Signal()

    def __init__(self, formats: Sequence[ExportFormat], *, pad_ms: int, keep_times: bool) -> None:
        super().__init__()
        self._defaults = (pad_ms, keep_times)
        self._offered = sorted(formats, key=lambda each: (each.name not in _FIRST, each.name))
        self._firsts = sorted(
            (each for each in self._offered if each.name in _FIRST), key=lambda each: _FIRST.index(each.name)
        )
        self.formats = {each.suffix: QCheckBox(f"{each.name}  ({each.suffix})") for each in self._firsts}
        self._names = {each.name: self.formats[each.suffix] for each in self._firsts}
        self._more, self.others = QToolButton(), self._menu()
        self._more.setMenu(self.others)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.pad = milliseconds_box(0, 5000, 50, 0)
        self.times = QComboBox()
        self.times.addItems([self.tr("Start at zero"), self.tr("Keep the original times")])
        self.speakers = QCheckBox(self.tr("Name the speakers"))
        self.speakers.setChecked(True)
        self.rebreak = QCheckBox(self.tr("Break lines well (2 lines, 42 letters)"))
        self.rebreak.setChecked(True)
        self.words = QCheckBox(self.tr("A time for every word (WebVTT)"))
        self._lay_out()
        for box in (*self.formats.values(), self.speakers, self.rebreak, self.words):
            box.toggled.connect(self._tell)
        self.pad.valueChanged.connect(self._tell)
        self.times.currentIndexChanged.connect(self._tell)

    def _lay_out(self) -> None:
        form = AlignedForm(self)
        formats = QVBoxLayout()
        formats.setSpacing(8)
        for box in self.formats.values():
            formats.addWidget(box)
        formats.addWidget(self._more)
        form.add(self.tr("Files"), formats)
        form.add(self.tr("Times"), self.times)
        form.add(self.tr("Air around"), self.pad)
        for box in (self.speakers, self.rebreak, self.words):
            form.add("", box)
        self._form = form

    def _menu(self) -> QMenu:
        """The formats that are asked for less often."""
        menu = QMenu(self)
        for each in self._offered:
            if each.name not in _FIRST:
                action = menu.addAction(f"{each.name}  ({each.suffix})")
                action.setData(each.name)
                action.setCheckable(True)
                action.toggled.connect(self._tell)
        return menu

    def show_scope(self, scope: ExportScope) -> None:
        """Offer what can be written of this, with what is usual for it."""
        needs_times = {each.name: each.needs_times for each in self._offered}
        for name, box in self._names.items():
            box.setEnabled(scope.timed or not needs_times[name])
        for action in self.others.actions():
            action.setEnabled(scope.timed or not needs_times[action.data()])
        if not any(box.isChecked() and box.isEnabled() for box in self.formats.values()):
            self.formats[".vtt" if scope.timed else ".txt"].setChecked(True)
        pad_ms, keep_times = self._defaults
        self.pad.setValue(0 if scope.is_whole else pad_ms)
        self.times.setCurrentIndex(int(scope.is_whole or keep_times))
        for row in (self.pad, self.times, self.speakers, self.rebreak, self.words):
            self._form.setRowVisible(row, not scope.is_many and not (row is self.pad and scope.has_edges))

    def choice(self, title: str) -> ExportChoice:
        """What was chosen."""
        return ExportChoice(
            title,
            tuple(each for each in self._offered if self._is_chosen(each.name)),
            self.pad.value(),
            bool(self.times.currentIndex()),
            self.speakers.isChecked(),
            self.words.isChecked(),
            self.rebreak.isChecked(),
        )

    def _is_chosen(self, name: str) -> bool:
        if name in self._names:
            return self._names[name].isChecked() and self._names[name].isEnabled()
        return any(action.isChecked() for action in self.others.actions() if action.data() == name)

    def _tell(self) -> None:
        others = [action.data() for action in self.others.actions() if action.isChecked()]
        self._more.setText(", ".join(others) if others else self.tr("More formats…"))
        self.changed.emit()
