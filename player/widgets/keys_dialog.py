"""The list of keys, each of which can be changed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from player.theme import font

Row = tuple[str, str, str, list[str]]  # Menu, name, text, keys; a row without a name is only told.


class KeysDialog(QDialog):
    """Every action and its keys; the chosen one's can be typed anew."""

    keys_requested = Signal(str, list)  # Name of the action, its new keys.
    reset_requested = Signal()

    def __init__(
        self, rows: Callable[[], Sequence[Row]], holder: Callable[[str, str], str | None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.resize(700, 640)
        self._rows, self._holder = rows, holder
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(self.tr("Filter by word or key"))
        self._filter.setAccessibleName(self.tr("Filter by word or key"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._fill)
        self._table = QTableWidget(0, 2)
        self._table.setAccessibleName(self.tr("Keys"))
        self._table.setHorizontalHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._table.currentCellChanged.connect(lambda *_: self._show_current())
        self._edit = QKeySequenceEdit()
        self._edit.setAccessibleName(self.tr("New key"))
        self._edit.setMaximumSequenceLength(1)
        self._edit.keySequenceChanged.connect(lambda _: self._say(""))
        self._set = QPushButton(self.tr("Use this key"))
        self._set.clicked.connect(self._apply)
        self._edit.keySequenceChanged.connect(lambda key: self._set.setEnabled(not key.isEmpty()))
        reset = QPushButton(self.tr("All as they were"))
        reset.clicked.connect(self._reset)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        for button in (self._set, reset, close):
            button.setAutoDefault(False)
        self._note = QLabel(self.tr("Choose a row and type a key to change it."))
        self._note.setProperty("tone", "soft")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        for widget in (self._edit, self._set, reset, close):
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(self._filter)
        layout.addWidget(self._table, 1)
        layout.addWidget(self._note)
        layout.addLayout(row)
        self._names: list[str] = []
        self._fill()

    def _fill(self) -> None:
        wanted = self._filter.text().strip().casefold()
        self._names = []
        self._table.clearSpans()
        self._table.setRowCount(0)
        group = ""
        for menu, name, text, keys in self._rows():
            native = ",  ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys)
            shown = native if name else "  ".join(keys)
            if wanted and wanted not in f"{menu} {text} {shown}".casefold():
                continue
            if menu != group:
                group = menu
                self._add_heading(menu)
            number = self._table.rowCount()
            self._table.insertRow(number)
            for column, content in enumerate((text, shown)):
                self._table.setItem(number, column, QTableWidgetItem(content))
            self._names.append(name)
        self._show_current()

    def _add_heading(self, menu: str) -> None:
        """Add the name of a menu over its rows; it cannot be chosen."""
        number = self._table.rowCount()
        self._table.insertRow(number)
        heading = QTableWidgetItem(self.tr(menu))
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        heading.setFont(font("small", weight=QFont.Weight.DemiBold))
        heading.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._table.setItem(number, 0, heading)
        self._table.setSpan(number, 0, 1, 2)
        self._names.append("")

    def _current(self) -> str:
        row = self._table.currentRow()
        return self._names[row] if 0 <= row < len(self._names) else ""

    def _show_current(self) -> None:
        name = self._current()
        self._edit.setEnabled(bool(name))
        self._edit.clear()
        self._set.setEnabled(False)

    def _apply(self) -> None:
        name, key = self._current(), self._edit.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if not key:
            return
        holder = self._holder(key, name)
        if holder:
            self._say(self.tr("That key is taken: {}.").format(holder))
            return
        self.keys_requested.emit(name, [key])
        row = self._table.currentRow()
        self._fill()
        self._table.selectRow(row)

    def _reset(self) -> None:
        self.reset_requested.emit()
        self._fill()

    def _say(self, text: str) -> None:
        self._note.setText(text or self.tr("Choose a row and type a key to change it."))
