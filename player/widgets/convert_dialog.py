"""The window that writes transcript files in another format, one or many at once."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from index.plaintext import one_line, shown
from player.models.convert_values import Converted, ConvertOrder
from player.models.values import ExportFormat
from player.widgets.as_text import as_text
from player.widgets.forms import AlignedForm

_PATH = Qt.ItemDataRole.UserRole


class ConvertDialog(QDialog):
    """Takes files, asks what they are to become, and tells what came of each. It stays open for more."""

    files_requested = Signal()
    folder_requested = Signal()
    convert_requested = Signal(object)  # ConvertOrder
    cancelled = Signal()

    def __init__(self, formats: Sequence[ExportFormat], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Convert transcripts"))
        self.setAcceptDrops(True)
        self.setMinimumSize(620, 460)
        self.resize(760, 520)
        self._formats = formats
        self._folder = ""
        self._running = False
        self.files = QListWidget()
        self.files.setAccessibleName(self.tr("Files to convert"))
        self.files.setWordWrap(True)
        self.files.setSpacing(4)
        self.files.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.add, self.remove = QPushButton(self.tr("Add files…")), QPushButton(self.tr("Remove"))
        self.format = QComboBox()
        self.format.addItems([f"{each.name}  ({each.suffix})" for each in formats])
        self.where = QComboBox()
        self.where.addItems([self.tr("Beside each file"), self.tr("Into a folder…")])
        self.words = QCheckBox(self.tr("A time for every word, where the format has them"))
        self.rebreak = QCheckBox(self.tr("Break lines well (2 lines, 42 letters)"))
        self.repair = QCheckBox(self.tr("Repair letters that a wrong encoding damaged"))
        self.overwrite = QCheckBox(self.tr("Replace files that are there already"))
        self.told = QLabel(self.tr("Add transcripts, or drop them here."))
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setProperty("tone", "soft")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How far it is"))
        self.convert, self.close_button = QPushButton(self.tr("Convert")), QPushButton(self.tr("Close"))
        self.convert.setProperty("tone", "primary")
        self.convert.setDefault(True)
        for button in (self.add, self.remove, self.close_button):
            button.setAutoDefault(False)
        self._lay_out()
        self._connect()
        self._allow()

    def _lay_out(self) -> None:
        beside = QHBoxLayout()
        beside.addWidget(self.add)
        beside.addWidget(self.remove)
        beside.addStretch(1)
        form = AlignedForm()
        form.add(self.tr("Become"), self.format)
        form.add(self.tr("Where"), self.where)
        for box in (self.words, self.rebreak, self.repair, self.overwrite):
            form.add("", box)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.convert)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(self.files, 1)
        layout.addLayout(beside)
        layout.addLayout(form)
        layout.addWidget(self.bar)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.add.clicked.connect(self.files_requested)
        self.remove.clicked.connect(self._remove)
        self.files.itemSelectionChanged.connect(self._allow)
        self.where.activated.connect(self._choose_where)
        self.convert.clicked.connect(lambda: self.convert_requested.emit(self.order()))
        self.close_button.clicked.connect(self.reject)

    # Files

    def add_paths(self, paths: Sequence[Path]) -> None:
        """List more files; those listed already are not listed twice."""
        known = {self.files.item(row).data(_PATH) for row in range(self.files.count())}
        for path in paths:
            if str(path) not in known:
                item = QListWidgetItem(shown(one_line(path.name)))
                item.setData(_PATH, str(path))
                item.setToolTip(as_text(shown(one_line(str(path), 400))))
                self.files.addItem(item)
                known.add(str(path))
        self._allow()

    def _remove(self) -> None:
        for item in self.files.selectedItems():
            self.files.takeItem(self.files.row(item))
        self._allow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if not self._running and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """List what was dropped."""
        event.acceptProposedAction()
        self.add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # Where to

    def _choose_where(self, index: int) -> None:
        if index:
            self.where.setCurrentIndex(1 if self._folder else 0)  # Until one is chosen.
            self.folder_requested.emit()
        else:
            self._folder = ""
            self.where.setItemText(1, self.tr("Into a folder…"))

    def set_folder(self, folder: Path) -> None:
        """Write into this folder."""
        self._folder = str(folder)
        self.where.setItemText(1, self.tr("Into {}").format(shown(one_line(str(folder), 60))))
        self.where.setCurrentIndex(1)

    def order(self) -> ConvertOrder:
        """What was chosen."""
        return ConvertOrder(
            tuple(self.files.item(row).data(_PATH) for row in range(self.files.count())),
            self._folder if self.where.currentIndex() else "",
            self._formats[self.format.currentIndex()].name,
            self.words.isChecked(),
            self.rebreak.isChecked(),
            self.repair.isChecked(),
            self.overwrite.isChecked(),
        )

    # What came of it

    def begin(self) -> None:
        """Tell that it has begun; nothing can be changed until it is over."""
        self._running = True
        self.told.setText("")
        self.bar.setRange(0, 0)
        self._allow()
        self.close_button.setFocus()

    def show_progress(self, done: int, total: int) -> None:
        """Tell how far it is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def end(self, told: str, rows: Sequence[Converted] = ()) -> None:
        """Tell what came of each file, and of all."""
        self._running = False
        by_path = {row.source: row for row in rows}
        for number in range(self.files.count()):
            item = self.files.item(number)
            row = by_path.get(item.data(_PATH))
            if row:
                item.setText(shown(f"{one_line(Path(row.source).name)}\n{one_line(row.line(), 400)}"))
        self.told.setText(shown(one_line(told, 600)))
        self._allow()

    def _allow(self) -> None:
        for widget in (self.files, self.add, self.format, self.where, self.words, self.rebreak, self.repair):
            widget.setEnabled(not self._running)
        self.overwrite.setEnabled(not self._running)
        self.remove.setEnabled(not self._running and bool(self.files.selectedItems()))
        self.convert.setEnabled(not self._running and bool(self.files.count()))
        self.bar.setVisible(self._running)
        self.close_button.setText(self.tr("Cancel") if self._running else self.tr("Close"))

    # Leaving

    def reject(self) -> None:
        """Stop what is going on, or else leave; the button, Esc and closing the window all come here."""
        if self._running:
            self.cancelled.emit()
        else:
            super().reject()
