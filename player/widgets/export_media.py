"""The part of the export window that says how sound, a page or a film is written."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QWidget

from player.models.export_values import MediaChoice
from player.widgets.forms import AlignedForm, milliseconds_box

_SOUNDS = {".mp3": "MP3", ".m4a": "M4A (AAC)", ".opus": "Opus", ".flac": "FLAC", ".wav": "WAV"}
_SHAPES = {"square": "Square", "portrait": "Portrait", "landscape": "Landscape"}
_SUFFIXES = {"page": ".html", "film": ".mp4"}


class MediaPage(QWidget):
    """Asks what concerns one kind: format or shape, loudness, fades."""

    changed = Signal()

    def __init__(self, kind: str, *, fade_ms: int, dark: bool) -> None:
        """`kind` is sound, page or film."""
        super().__init__()
        self._kind = kind
        form = AlignedForm(self)
        self.format, self.shape, self.ground = QComboBox(), QComboBox(), QComboBox()
        for suffix, name in _SOUNDS.items():
            self.format.addItem(name, suffix)
        for shape, name in _SHAPES.items():
            self.shape.addItem(self.tr(name), shape)
        self.ground.addItems([self.tr("Light"), self.tr("Dark")])
        self.ground.setCurrentIndex(int(dark))
        self.level = QCheckBox(self.tr("Even loudness, as podcasts have it"))
        self.level.setToolTip(self.tr("Brings the sound to −16 LUFS, its peaks kept under −1 dB"))
        self.fade = milliseconds_box(0, 2000, 10, fade_ms)
        if kind == "sound":
            form.add(self.tr("Format"), self.format)
        if kind == "film":
            form.add(self.tr("Shape"), self.shape)
            form.add(self.tr("Ground"), self.ground)
        form.add(self.tr("Fades"), self.fade)
        form.add("", self.level)
        note = QLabel(self._note())
        note.setProperty("tone", "soft")
        note.setWordWrap(True)
        form.add("", note)
        for box in (self.format, self.shape, self.ground):
            box.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.level.toggled.connect(lambda _: self.changed.emit())
        self.fade.valueChanged.connect(lambda _: self.changed.emit())

    def _note(self) -> str:
        return {
            "sound": self.tr("Cut to the sample. Title, show and source are written into the file's tags."),
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
            bool(self.ground.currentIndex()),
        )
