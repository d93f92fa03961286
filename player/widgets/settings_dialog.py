"""The settings, a page for each part of Earmark, applied as they are changed."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from player.settings import TEXT_SCALES, WINDOW_SCALES, Settings
from player.widgets.forms import milliseconds_box

# Languages whose word forms can be told (Snowball's stemmers); "": none.
_STEMMED = ("", *"ar da de en es fi fr hu it nl no pt ro ru sv".split())
_CONTROL = 220  # Pixels.
_RESTART = "Used from the next start on."


class SettingsDialog(QDialog):
    """Shows the choices; tells each change at once. Every control bears the name of its setting."""

    changed = Signal(object)  # Settings

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.setMinimumSize(660, 400)
        self._settings = settings
        self._kinds = QListWidget()
        self._kinds.setProperty("tone", "kinds")
        self._kinds.setAccessibleName(self.tr("Parts of the settings"))
        self._kinds.setFixedWidth(116)
        self._kinds.ensurePolished()  # Items are as high as the style says from the first on.
        self._pages = QStackedWidget()
        self._kinds.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._add_look(self._page(self.tr("Look")))
        self._add_listening(self._page(self.tr("Listening")))
        self._add_words(self._page(self.tr("Words")))
        self._add_finding(self._page(self.tr("Finding")))
        self._add_clips(self._page(self.tr("Clips")))
        self._kinds.setCurrentRow(0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        across = QHBoxLayout()
        across.setSpacing(24)
        across.addWidget(self._kinds)
        across.addWidget(self._pages, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 20, 22, 16)
        layout.setSpacing(16)
        layout.addLayout(across, 1)
        layout.addWidget(buttons)

    # The pages

    def _add_look(self, page: QVBoxLayout) -> None:
        themes = (("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark")))
        self._add(page, self.tr("Colours"), "", self._choice("theme", themes))
        self._add_check(page, "high_contrast", self.tr("High contrast"), self.tr("Darker inks and clearer borders."))
        sizes = [(scale, f"{scale:.0%}") for scale in TEXT_SCALES]
        words = self._choice("text_scale", sizes)
        self._add(page, self.tr("Size of the words"), self.tr("Of the page that is read."), words)
        sizes = [(scale, f"{scale:.0%}") for scale in WINDOW_SCALES]
        self._add(page, self.tr("Size of everything"), self.tr(_RESTART), self._choice("window_scale", sizes))
        page.addStretch(1)

    def _add_listening(self, page: QVBoxLayout) -> None:
        self._add(
            page,
            self.tr("Go back after a pause by"),
            self.tr("To find the way into the sentence again."),
            self._milliseconds("resume_rewind_ms", 0, 30_000, 500),
        )
        engines = (
            ("auto", self.tr("libVLC, else Qt")),
            ("vlc", "libVLC"),
            ("qt", "Qt Multimedia"),
            ("silent", self.tr("None, read in silence")),
        )
        self._add(page, self.tr("Sound comes from"), self.tr(_RESTART), self._choice("engine", engines))
        page.addStretch(1)

    def _add_words(self, page: QVBoxLayout) -> None:
        self._add(
            page,
            self.tr("Words earlier or later by"),
            self.tr("Where all of them are ahead of the sound or behind it, as with some loudspeakers."),
            self._milliseconds("sync_offset_ms", -500, 500, 10),
        )
        self._add_check(
            page,
            "align_by_itself",
            self.tr("Find the words of an opened episode in its sound"),
            self.tr("In the background, where their times are only estimated."),
        )
        self._add_check(
            page,
            "align_added",
            self.tr("Then those of every other episode of the library"),
            self.tr("One after the other while Earmark is open; what was found is kept when you leave."),
        )
        page.addStretch(1)

    def _add_finding(self, page: QVBoxLayout) -> None:
        self._add(
            page,
            self.tr("Begin a found word early by"),
            self.tr("So that it is not cut off."),
            self._milliseconds("hit_lead_in_ms", 0, 5000, 100),
        )
        self._add_check(page, "play_on_hit", self.tr("Enter on a result also plays"), "")
        languages = [
            (code, QLocale.languageToString(QLocale(code).language()) if code else self.tr("Only the word as typed"))
            for code in _STEMMED
        ]
        self._add(
            page,
            self.tr("The library finds word forms of"),
            self.tr("Then “listen” finds “listened” and “listening” too."),
            self._choice("search_forms", languages),
        )
        page.addStretch(1)

    def _add_clips(self, page: QVBoxLayout) -> None:
        self._add(
            page,
            self.tr("Air around a clip"),
            self.tr("Sound before its first word and after its last."),
            self._milliseconds("clip_pad_ms", 0, 5000, 50),
        )
        self._add(
            page,
            self.tr("Fade of a clip's sound"),
            self.tr("How long it takes to come in and to go out."),
            self._milliseconds("clip_fade_ms", 0, 2000, 2),
        )
        self._add_check(
            page,
            "clip_keep_times",
            self.tr("Exported clips keep the original times"),
            self.tr("Else the times of their captions begin at zero."),
        )
        page.addStretch(1)

    # What they are made of

    def _page(self, name: str) -> QVBoxLayout:
        self._kinds.addItem(name)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(18)
        self._pages.addWidget(page)
        return layout

    def _add(self, page: QVBoxLayout, name: str, hint: str, control: QWidget) -> None:
        """Add what a setting is called, what it is good for, and its control."""
        label = QLabel(name)
        label.setBuddy(control)
        control.setAccessibleName(name)
        control.setAccessibleDescription(hint)
        control.setFixedWidth(_CONTROL)
        told = QVBoxLayout()
        told.setSpacing(3)
        told.addWidget(label)
        if hint:
            told.addWidget(_soft(hint))
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(told, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
        page.addLayout(row)

    def _add_check(self, page: QVBoxLayout, name: str, text: str, hint: str) -> None:
        box = QCheckBox(text)
        box.setObjectName(name)
        box.setAccessibleDescription(hint)
        box.setChecked(getattr(self._settings, name))
        box.toggled.connect(lambda on: self._change(**{name: on}))
        told = QVBoxLayout()
        told.setSpacing(3)
        told.addWidget(box)
        if hint:
            soft = _soft(hint)
            soft.setIndent(24)  # Under the words beside the tick.
            told.addWidget(soft)
        page.addLayout(told)

    def _milliseconds(self, name: str, low: int, high: int, step: int) -> QSpinBox:
        box = milliseconds_box(low, high, step, getattr(self._settings, name))
        box.setObjectName(name)
        box.valueChanged.connect(lambda value: self._change(**{name: value}))
        return box

    def _choice(self, name: str, choices: Sequence[tuple[object, str]]) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        for value, text in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(getattr(self._settings, name))))
        box.currentIndexChanged.connect(lambda _: self._change(**{name: box.currentData()}))
        return box

    def _change(self, **choices: object) -> None:
        self._settings = replace(self._settings, **choices)  # type: ignore[arg-type]
        self.changed.emit(self._settings)


def _soft(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "soft")
    label.setWordWrap(True)
    return label
