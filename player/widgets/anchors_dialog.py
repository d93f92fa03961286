"""The words that were set by ear: gone to, and released."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from player.models.rows import Rows
from player.models.values import AnchorRow
from player.widgets.lists import RowList


class AnchorsDialog(QDialog):
    """Enter or a double click goes to a word; Delete or the button releases it."""

    gone_to = Signal(int)  # The word.
    released = Signal(int)

    def __init__(self, rows: Sequence[AnchorRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Words set by ear"))
        self.setMinimumSize(420, 320)
        about = QLabel(self.tr("One shifts all words, two stretch them, more bend them piece by piece."))
        about.setProperty("tone", "soft")
        about.setWordWrap(True)
        self.rows = Rows[AnchorRow](AnchorRow.line, self)
        self.rows.set_values(list(rows))
        self.list = RowList(self.tr("Words set by ear"))
        self.list.setModel(self.rows)
        self.list.chosen.connect(lambda row: self.gone_to.emit(row.word))
        self.list.removed.connect(self._release)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.release = QPushButton(self.tr("Release"))
        self.release.setToolTip(self.tr("Let the word be where the others say (Delete)"))
        self.release.clicked.connect(self._release_current)
        buttons.addButton(self.release, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(about)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.list.enter()

    def _release_current(self) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self._release(self.rows.value(index))

    def _release(self, row: AnchorRow) -> None:
        self.released.emit(row.word)
        self.rows.set_values([each for each in self.rows.values() if each != row])
        self.list.enter()
