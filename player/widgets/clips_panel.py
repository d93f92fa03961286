"""The clips of an episode or of the library: a list to narrow, to choose from and to put in order."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from index.plaintext import one_line, shown
from player.models.kept_rows import ClipRow
from player.models.movable_rows import MovableRows
from player.theme import Theme
from player.widgets.buttons import add_buttons
from player.widgets.lists import ClipDelegate, RowList
from player.widgets.scope_bar import ScopeBar


class ClipsPanel(QWidget):
    """Lists clips. It keeps none."""

    clip_picked = Signal(object)  # ClipRow, by a click: show it.
    clip_chosen = Signal(object)  # ClipRow, by Enter or a double click: hear it.
    clips_removed = Signal(object)  # list[ClipRow]
    order_changed = Signal(object)  # list[ClipRow], as they stand now.
    choice_changed = Signal(int)  # So many are chosen.
    scope_changed = Signal(bool)
    filter_changed = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, actions: Sequence[QAction], more: Sequence[QAction]) -> None:
        """`actions` are the buttons at the foot; they and `more` stand in the menu of the list."""
        super().__init__()
        self.bar = ScopeBar(self.tr("Filter clips"))
        self.bar.scope_changed.connect(self.scope_changed)
        self.bar.filter_changed.connect(self.filter_changed)
        self.rows = MovableRows[ClipRow](ClipRow.line, lambda rows: self.order_changed.emit(list(rows)), self)
        self.list = RowList(self.tr("Clips"))
        self.list.setModel(self.rows)
        self._delegate = ClipDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setDragDropOverwriteMode(False)
        self.list.picked.connect(self._picked)
        self.list.chosen.connect(self.clip_chosen)
        self.list.removed.connect(lambda _: self.clips_removed.emit(self.chosen()))
        self.list.left.connect(self.left)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.choice_changed.emit(len(self.chosen())))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.list.addActions([*actions, *more])
        self.empty = QLabel()
        self.empty.setProperty("tone", "soft")
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(18, 4, 18, 8)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        add_buttons(foot, actions)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        layout.addLayout(foot)

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._delegate.theme = theme
        self.list.viewport().update()

    def show_clips(self, clips: Sequence[ClipRow], *, current: int | None = None, nothing: str = "") -> None:
        """List these; `current` is the id of the one to point at, else what is chosen stays so."""
        chosen = {row.id for row in self.chosen()}
        pointed = self.current()
        pointed_id = current if current is not None else pointed.id if pointed else None
        if [row.id for row in self.rows.values()] == [row.id for row in clips]:
            self.rows.refresh(clips)
        else:
            self.rows.set_values(clips)
            flag = QItemSelectionModel.SelectionFlag
            for number, clip in enumerate(clips):
                if clip.id in chosen and current is None:
                    self.list.selectionModel().select(self.rows.index(number, 0), flag.Select)
        for number, clip in enumerate(clips):
            if clip.id == pointed_id and (current is not None or not self.list.currentIndex().isValid()):
                index = self.rows.index(number, 0)
                if current is not None:
                    self.list.setCurrentIndex(index)
                else:
                    self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.list.setVisible(bool(clips))
        self.empty.setVisible(not clips)
        self.empty.setText(shown(one_line(nothing, 300)))

    def chosen(self) -> list[ClipRow]:
        """The clips that are chosen, in the order of the list."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedRows())
        return [self.rows.values()[row] for row in rows]

    def current(self) -> ClipRow | None:
        """The clip pointed at."""
        index = self.list.currentIndex()
        return self.rows.value(index) if index.isValid() else None

    def step_current(self, by: int) -> None:
        """Move the clip pointed at up (-1) or down (1)."""
        self.rows.step(self.list.currentIndex().row(), by)

    def on_rename(self, rename: Callable[[ClipRow, str], None]) -> None:
        """What to call when a clip is given another title."""
        self.rows.make_editable(lambda clip: clip.title, rename)

    def _picked(self, row: ClipRow) -> None:
        # A click that gathers clips for something else goes to none.
        if len(self.chosen()) == 1:
            self.clip_picked.emit(row)
