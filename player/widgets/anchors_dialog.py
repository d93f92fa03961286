"""The words that were set by ear: heard, moved a little, and released."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStyleOptionViewItem, QVBoxLayout, QWidget

from player.models.rows import VALUE, Index, Rows
from player.models.values import AnchorRow
from player.theme import Theme, font
from player.widgets.lists import RowDelegate, RowList
from player.widgets.snippet import draw_snippet


class _AnchorDelegate(RowDelegate):
    """A word among those around it, when it is heard, and by how much that is later than its file says."""

    height = 84

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        row: AnchorRow = index.data(VALUE)
        painter.save()
        box, small = self.ground(painter, option), font("small", tabular=True)
        self.line(painter, box, row.time(), "ink", small)
        width = QFontMetricsF(small).horizontalAdvance(row.aside())
        aside = QRectF(box.right() - width, box.top(), width + 1, 16)
        self.line(painter, aside, row.aside(), "soft", small)
        draw_snippet(painter, self.theme, box.adjusted(0, 20, 0, 0), row.snippet)
        painter.restore()


class AnchorsDialog(QDialog):
    """Enter or a double click lets a word be heard, the keys that nudge move it, Delete releases it."""

    heard = Signal(object)  # AnchorRow
    moved = Signal(object, int)  # AnchorRow: so many times 100 ms later.
    released = Signal(object)  # AnchorRow

    def __init__(self, theme: Theme, nudges: tuple[str, str], parent: QWidget) -> None:
        """`nudges` are the keys for earlier and later."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Words set by ear"))
        self.setMinimumSize(460, 380)
        self._about = QLabel()
        self._about.setProperty("tone", "soft")
        self._about.setWordWrap(True)
        self.rows = Rows[AnchorRow](AnchorRow.line, self)
        self.list = RowList(self.tr("Words set by ear"))
        self.list.setModel(self.rows)
        self.list.setItemDelegate(_AnchorDelegate(theme, self.list))
        self.list.chosen.connect(self.heard)
        self.list.doubleClicked.connect(lambda index: self.heard.emit(index.data(VALUE)))
        self.list.removed.connect(self.released)
        self.list.left.connect(self.reject)
        earlier, later = nudges
        for key, by in ((earlier, -1), (later, 1)):
            QShortcut(key, self, lambda by=by: self._move(by))
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        self._buttons = [
            self._button(self.tr("Hear it"), self.tr("Play from the word on (Enter)"), self.heard.emit),
            self._button(
                self.tr("− 0.1 s"), self.tr("Earlier ({})").format(earlier), lambda row: self.moved.emit(row, -1)
            ),
            self._button(self.tr("+ 0.1 s"), self.tr("Later ({})").format(later), lambda row: self.moved.emit(row, 1)),
            self._button(
                self.tr("Release"), self.tr("Let the word be where the others say (Delete)"), self.released.emit
            ),
        ]
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in self._buttons:
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        close.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(self._about)
        layout.addWidget(self.list, 1)
        layout.addLayout(buttons)

    def show_rows(self, rows: Sequence[AnchorRow]) -> None:
        """Show the words; the one that was chosen stays chosen, or the one in its place is."""
        at = max(0, self.list.currentIndex().row())
        self.rows.refresh(list(rows))
        index = self.rows.index(min(at, len(rows) - 1), 0)
        self.list.setCurrentIndex(index)
        self.list.setFocus()
        for button in self._buttons:
            button.setEnabled(bool(rows))
        told = {
            0: self.tr("No word is set by ear any more; the times are as they were."),
            1: self.tr("All words come as much earlier or later as this one."),
            2: self.tr("The words are stretched between these two."),
        }
        self._about.setText(told.get(len(rows), self.tr("The words are bent piece by piece between these.")))

    def _button(self, text: str, tip: str, act: Callable[[AnchorRow], None]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        button.setAutoDefault(False)

        def press() -> None:
            index = self.list.currentIndex()
            if index.isValid():
                act(self.rows.value(index))

        button.clicked.connect(press)
        return button

    def _move(self, by: int) -> None:
        index = self.list.currentIndex()
        if index.isValid():
            self.moved.emit(self.rows.value(index), by)
