"""What to write of a clip or an episode, with the captions to be seen before they are saved."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from player.models.values import ExportChoice, ExportFormat

_FIRST = ("WebVTT", "SRT", "Plain text", "Markdown")  # The formats shown at once; the others are in a menu.


class ExportDialog(QDialog):
    """Asks; `choice` is the answer. The preview comes from a function, so that it is exactly what is written."""

    def __init__(
        self,
        title: str,
        about: str,
        preview: Callable[[ExportChoice], str],
        formats: Sequence[ExportFormat],
        *,
        pad_ms: int,
        keep_times: bool,
        timed: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumSize(780, 480)
        self.resize(900, 520)
        self._preview = preview
        heading = QLabel(about)
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("tone", "soft")
        self._title = QLineEdit(title)
        self._title.setMaxLength(300)
        self._title.setCursorPosition(0)
        self._offered = sorted(formats, key=lambda each: (each.name not in _FIRST, each.name))
        first = [each for each in self._offered if each.name in _FIRST]
        first.sort(key=lambda each: _FIRST.index(each.name))
        self._formats = {each.suffix: QCheckBox(f"{each.name}  ({each.suffix})") for each in first}
        self._names = {each.name: self._formats[each.suffix] for each in first}
        self._formats[".vtt" if timed else ".txt"].setChecked(True)
        for each in first:
            self._formats[each.suffix].setEnabled(timed or not each.needs_times)
        self._more, self._others = QToolButton(), self._menu(timed)
        self._more.setMenu(self._others)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._pad = QSpinBox()
        self._pad.setRange(0, 5000)
        self._pad.setSingleStep(50)
        self._pad.setSuffix(" ms")
        self._pad.setValue(pad_ms)
        self._times = QComboBox()
        self._times.addItems([self.tr("Start at zero"), self.tr("Keep the original times")])
        self._times.setCurrentIndex(int(keep_times))
        self._speakers = QCheckBox(self.tr("Name the speakers"))
        self._speakers.setChecked(True)
        self._rebreak = QCheckBox(self.tr("Break lines well (2 lines, 42 letters)"))
        self._rebreak.setChecked(True)
        self._words = QCheckBox(self.tr("A time for every word (WebVTT)"))
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setAccessibleName(self.tr("Preview"))
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._save = self._buttons.addButton(self.tr("Save…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._save.setDefault(True)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._lay_out(heading)
        for box in (*self._formats.values(), self._speakers, self._rebreak, self._words):
            box.toggled.connect(self._show)
        self._pad.valueChanged.connect(self._show)
        self._times.currentIndexChanged.connect(self._show)
        self._show()

    def _lay_out(self, heading: QLabel) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.tr("Title"), self._title)
        formats = QVBoxLayout()
        formats.setSpacing(8)
        for box in self._formats.values():
            formats.addWidget(box)
        formats.addWidget(self._more)
        form.addRow(self.tr("Files"), formats)
        form.addRow(self.tr("Times"), self._times)
        form.addRow(self.tr("Air around"), self._pad)
        for box in (self._speakers, self._rebreak, self._words):
            form.addRow("", box)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addLayout(form, 5)
        columns.addWidget(self._text, 6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(14)
        layout.addWidget(heading)
        layout.addLayout(columns, 1)
        layout.addWidget(self._buttons)

    def _menu(self, timed: bool) -> QMenu:
        """The formats that are asked for less often."""
        menu = QMenu(self)
        for each in self._offered:
            if each.name not in _FIRST:
                action = menu.addAction(f"{each.name}  ({each.suffix})")
                action.setData(each.name)
                action.setCheckable(True)
                action.setEnabled(timed or not each.needs_times)
                action.toggled.connect(self._show)
        return menu

    def _is_chosen(self, name: str) -> bool:
        if name in self._names:
            return self._names[name].isChecked()
        return any(action.isChecked() for action in self._others.actions() if action.data() == name)

    def choice(self) -> ExportChoice:
        """What was chosen."""
        return ExportChoice(
            self._title.text().strip(),
            tuple(each for each in self._offered if self._is_chosen(each.name)),
            self._pad.value(),
            bool(self._times.currentIndex()),
            self._speakers.isChecked(),
            self._words.isChecked(),
            self._rebreak.isChecked(),
        )

    def _show(self) -> None:
        choice = self.choice()
        others = [each.name for each in choice.formats if each.name not in _FIRST]
        self._more.setText(", ".join(others) if others else self.tr("More formats…"))
        self._save.setEnabled(bool(choice.suffixes))
        self._text.setPlainText(self._preview(choice) if choice.suffixes else "")
