"""The notes of an episode or of the library: a list to narrow, and the chosen note to be written in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QAbstractItemView, QLabel, QVBoxLayout, QWidget

from index.plaintext import one_line, shown
from player.models.kept_rows import NoteRow, colour_named
from player.models.rows import VALUE, Rows
from player.theme import Theme
from player.widgets.buttons import add_buttons
from player.widgets.lists import RowList
from player.widgets.note_card import NoteCard
from player.widgets.note_delegate import NoteDelegate
from player.widgets.scope_bar import ScopeBar


class NotesPanel(QWidget):
    """Lists notes. It keeps none."""

    note_picked = Signal(object)  # NoteRow, by a click: go there.
    note_chosen = Signal(object)  # NoteRow, by Enter or a double click: write it.
    notes_removed = Signal(object)  # list[NoteRow]
    text_changed = Signal(object, str)  # NoteRow and what is noted now.
    colour_requested = Signal(object, str)
    scope_changed = Signal(bool)
    filter_changed = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, actions: Sequence[QAction]) -> None:
        """`actions` stand as buttons beside the colours of a note, and in the menu of the list."""
        super().__init__()
        self.bar = ScopeBar(self.tr("Filter notes"))
        self.bar.scope_changed.connect(self.scope_changed)
        self.bar.filter_changed.connect(self.filter_changed)
        self.rows = Rows[NoteRow](NoteRow.line, self)
        self.list = RowList(self.tr("Notes"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setModel(self.rows)
        self._delegate = NoteDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.picked.connect(self.note_picked)
        self.list.chosen.connect(self.note_chosen)
        self.list.removed.connect(lambda _: self.notes_removed.emit(self.chosen()))
        self.list.left.connect(self.left)
        self.list.selectionModel().currentChanged.connect(lambda now, _: self._show_current())
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.list.addActions(list(actions))
        self.empty = QLabel()
        self.empty.setProperty("tone", "soft")
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(18, 4, 18, 8)
        self.card = NoteCard(theme)
        self._carded: NoteRow | None = None
        self.card.written.connect(self._written)
        self.card.colour_requested.connect(self._coloured)
        self.card.left.connect(self.left)
        add_buttons(self.card.row, actions)
        card = QVBoxLayout()
        card.setContentsMargins(12, 0, 12, 4)
        card.addWidget(self.card)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addLayout(card)
        layout.addStretch(0)
        self.show_notes(())

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._delegate.theme = theme
        self.list.viewport().update()
        self.card.set_theme(theme)

    def show_notes(self, notes: Sequence[NoteRow], *, current: int | None = None, nothing: str = "") -> None:
        """List these; `current` is the id of the one to point at, else who is pointed at stays so."""
        if current is None:
            current = self._carded.id if self._carded else None
        kept = [row.id for row in self.rows.values()] == [row.id for row in notes]
        if kept:
            self.rows.refresh(notes)
        else:
            self.rows.set_values(notes)
        found = next((number for number, row in enumerate(notes) if row.id == current), None)
        if found is not None and self.list.currentIndex().row() != found:
            self.list.setCurrentIndex(self.rows.index(found, 0))
        self.list.setVisible(bool(notes))
        self.empty.setVisible(not notes)
        self.empty.setText(shown(one_line(nothing, 300)))
        self._show_current()

    def chosen(self) -> list[NoteRow]:
        """The notes that are chosen, in their order."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [self.rows.values()[row] for row in rows]

    def current(self) -> NoteRow | None:
        """The note pointed at."""
        return self._carded

    def write(self) -> None:
        """Give the keyboard to the text of the note pointed at."""
        if self._carded:
            self.card.text.setFocus()
            self.card.text.moveCursor(QTextCursor.MoveOperation.End)

    def _show_current(self) -> None:
        index = self.list.currentIndex()
        row: NoteRow | None = index.data(VALUE) if index.isValid() else None
        if self._carded and (row is None or row.id != self._carded.id):
            self.card.tell()
        self._carded = row
        self.card.setVisible(row is not None)
        if row:
            self.card.show_note(row.text, colour_named(row.colour))

    def _written(self, text: str) -> None:
        if self._carded:
            self.text_changed.emit(self._carded, text)

    def _coloured(self, colour: str) -> None:
        if self._carded:
            self.colour_requested.emit(self._carded, colour)
