"""The part of the export window that says how sound, a page or a film is written."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QColorDialog, QComboBox, QLabel, QWidget

from player.models.export_values import CopyFacts, MediaChoice
from player.widgets.forms import AlignedForm, milliseconds_box

_SOUNDS = {".mp3": "MP3", ".m4a": "M4A (AAC)", ".opus": "Opus", ".flac": "FLAC", ".wav": "WAV"}
_SHAPES = {"square": "Square", "portrait": "Portrait", "landscape": "Landscape"}
_GROUNDS = {
    "Light": "",
    "Dark": "",
    "Teal": "#0a4f4c",
    "Ink blue": "#16294f",
    "Plum": "#43183b",
    "Rust": "#6b2a12",
    "Sand": "#f0e2c4",
    "Sky": "#cfe4f7",
}
_SUFFIXES = {"page": ".html", "film": ".mp4"}


class MediaPage(QWidget):
    """Asks what concerns one kind: format or shape, loudness, fades."""

    changed = Signal()

    def __init__(self, kind: str, *, fade_ms: int, dark: bool, captions: bool) -> None:
        """`kind` is sound, page or film; `captions` whether a caption file is to lie beside it."""
        super().__init__()
        self._kind = kind
        self._copy_facts: CopyFacts | None = None
        self.format, self.shape, self.ground = QComboBox(), QComboBox(), QComboBox()
        for suffix, name in _SOUNDS.items():
            self.format.addItem(name, suffix)
        for shape, name in _SHAPES.items():
            self.shape.addItem(self.tr(name), shape)
        for name, color in _GROUNDS.items():
            self.ground.addItem(_swatch(color) if color else QIcon(), self.tr(name), color)
        self.ground.addItem(self.tr("Another colour…"), "")
        self.ground.setCurrentIndex(int(dark))
        self.ground.activated.connect(self._choose_ground)
        self.copy = QCheckBox(self.tr("Copy it as it is"))
        self.level = QCheckBox(self.tr("Even loudness, as podcasts have it"))
        self.level.setToolTip(self.tr("Brings the sound to −16 LUFS, its peaks kept under −1 dB"))
        self.captions = QCheckBox(self.tr("Captions beside it (.vtt)"))
        self.captions.setChecked(captions)
        self.fade = milliseconds_box(0, 2000, 10, fade_ms)
        self._about = QLabel()
        self._about.setProperty("tone", "soft")
        self._about.setWordWrap(True)
        self._lay_out()
        for box in (self.format, self.shape, self.ground):
            box.currentIndexChanged.connect(self._tell)
        for check in (self.copy, self.level, self.captions):
            check.toggled.connect(self._tell)
        self.fade.valueChanged.connect(self._tell)
        self._allow()

    def _lay_out(self) -> None:
        form = AlignedForm(self)
        if self._kind == "sound":
            form.add(self.tr("Format"), self.format)
            form.add("", self.copy)
        if self._kind == "film":
            form.add(self.tr("Shape"), self.shape)
            form.add(self.tr("Ground"), self.ground)
        form.add(self.tr("Fades"), self.fade)
        form.add("", self.level)
        if self._kind != "page":
            form.add("", self.captions)
        form.add("", self._about)

    def _choose_ground(self, number: int) -> None:
        """Ask for a colour where the last row was taken; it stands there from then on."""
        if number == len(_GROUNDS):
            color = QColorDialog.getColor(QColor(self.ground.itemData(number) or "#0a6a66"), self)
            if color.isValid():
                self.ground.setItemData(number, color.name())
                self.ground.setItemIcon(number, _swatch(color.name()))
            elif not self.ground.itemData(number):
                self.ground.setCurrentIndex(0)
            self._tell()

    def show_copying(self, facts: CopyFacts | None) -> None:
        """Tell whether the sound can be copied as it is, and what that does to its edges; None for not yet."""
        self._copy_facts = facts
        self._allow()

    def _tell(self) -> None:
        self._allow()
        self.changed.emit()

    def _allow(self) -> None:
        facts = self._copy_facts
        can = facts is not None and facts.suffix == self.format.currentData()
        self.copy.setEnabled(can)
        copied = can and self.copy.isChecked()
        self.fade.setEnabled(not copied)
        self.level.setEnabled(not copied)
        self.copy.setToolTip(self._why_not(facts) if facts and not can else "")
        if facts and copied:
            about = self._of_copy(facts)
        else:
            about = f"{self._note()} {self._why_not(facts)}" if facts and facts.suffix and not can else self._note()
        self._about.setText(about)

    def _of_copy(self, facts: CopyFacts) -> str:
        told = self.tr("Nothing is encoded anew: quick, and nothing is lost. No fades, as loud as it is.")
        if not facts.early_ms and not facts.late_ms:
            return told + " " + self.tr("The edges stay where they are.")
        moved = self.tr("The edges move to where packets meet: it begins {} ms earlier and ends {} ms later.")
        return told + " " + moved.format(facts.early_ms, facts.late_ms)

    def _why_not(self, facts: CopyFacts) -> str:
        if not facts.suffix:
            return self.tr("This cannot be copied as it is; encoded anew its edges are exact.")
        return self.tr("The sound can be copied as it is into {}.").format(_SOUNDS[facts.suffix])

    def _note(self) -> str:
        return {
            "sound": self.tr("Cut to the sample. Title, show, source and cover are written into the file's tags."),
            "page": self.tr("One HTML file with the sound inside. It plays anywhere and fetches nothing."),
            "film": self.tr("An MP4 with the words as they are spoken, for places where only films go."),
        }[self._kind]

    def choice(self) -> MediaChoice:
        """What was chosen."""
        return MediaChoice(
            _SUFFIXES.get(self._kind) or self.format.currentData(),
            self.level.isChecked(),
            self.fade.value(),
            self.shape.currentData(),
            self.ground.currentText() == self.tr("Dark"),
            self.ground.currentData(),
            self._kind == "sound" and self.copy.isEnabled() and self.copy.isChecked(),
            self._kind != "page" and self.captions.isChecked(),
        )


def _swatch(color: str) -> QIcon:
    pixmap = QPixmap(14, 14)
    pixmap.fill(QColor(color))
    return QIcon(pixmap)
