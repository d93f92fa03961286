"""The settings, applied as they are changed."""

from dataclasses import replace

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from player.settings import Settings

# Languages whose word forms can be told (Snowball's stemmers); "": none.
_STEMMED = ("", *"ar da de en es fi fr hu it nl no pt ro ru sv".split())
_ENGINES = ("auto", "vlc", "qt", "silent")


class SettingsDialog(QDialog):
    """Shows the choices; tells each change at once."""

    changed = Signal(object)  # Settings

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumWidth(600)
        self._settings = settings
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(20)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, label, low, high, step in (
            ("hit_lead_in_ms", self.tr("Begin a found word early by"), 0, 5000, 100),
            ("resume_rewind_ms", self.tr("Go back after a pause by"), 0, 30000, 500),
            ("clip_pad_ms", self.tr("Air around a clip"), 0, 5000, 50),
            ("clip_fade_ms", self.tr("Fade of a clip's sound"), 0, 2000, 2),
            ("sync_offset_ms", self.tr("Words earlier or later than the sound by"), -500, 500, 10),
        ):
            form.addRow(label, self._milliseconds(name, low, high, step))
        form.addRow("", self._check("play_on_hit", self.tr("Enter on a result also plays")))
        form.addRow("", self._check("align_by_itself", self.tr("Find the words of an opened episode in its sound")))
        form.addRow("", self._check("clip_keep_times", self.tr("Exported clips keep the original times")))
        forms = QComboBox()
        for code in _STEMMED:
            name = QLocale.languageToString(QLocale(code).language()) if code else self.tr("Only the word as typed")
            forms.addItem(name, code)
        forms.setCurrentIndex(max(0, forms.findData(settings.search_forms)))
        forms.currentIndexChanged.connect(lambda _: self._change(search_forms=forms.currentData()))
        form.addRow(self.tr("The library finds word forms of"), forms)
        engine = QComboBox()
        engine.addItems(
            [self.tr("libVLC where it is found, else Qt"), "libVLC", "Qt Multimedia", self.tr("None, read in silence")]
        )
        engine.setCurrentIndex(_ENGINES.index(settings.engine) if settings.engine in _ENGINES else 0)
        engine.currentIndexChanged.connect(lambda number: self._change(engine=_ENGINES[number]))
        form.addRow(self.tr("Sound comes from"), engine)
        note = QLabel(self.tr("Another source of sound is used from the next start on."))
        note.setProperty("tone", "soft")
        form.addRow("", note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(18)
        layout.addLayout(form)
        layout.addWidget(buttons)

    def _milliseconds(self, name: str, low: int, high: int, step: int) -> QSpinBox:
        box = QSpinBox()
        box.setRange(low, high)
        box.setSingleStep(step)
        box.setSuffix(" ms")
        box.setValue(getattr(self._settings, name))
        box.valueChanged.connect(lambda value: self._change(**{name: value}))
        return box

    def _check(self, name: str, label: str) -> QCheckBox:
        box = QCheckBox(label)
        box.setChecked(getattr(self._settings, name))
        box.toggled.connect(lambda on: self._change(**{name: on}))
        return box

    def _change(self, **choices: object) -> None:
        self._settings = replace(self._settings, **choices)  # type: ignore[arg-type]
        self.changed.emit(self._settings)
