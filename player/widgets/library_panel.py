"""The library on the left: every episode, a box to narrow the list, and what is being added."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon, QImage
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from index.plaintext import one_line, shown
from player.models.library_rows import ORDERS, EpisodeRow, LibraryRow, SectionRow
from player.models.rows import VALUE, Rows
from player.theme import Theme
from player.widgets.buttons import add_buttons
from player.widgets.episode_delegate import EpisodeDelegate
from player.widgets.filter_field import FilterField
from player.widgets.lists import RowList

_ORDER_NAMES = dict(zip(ORDERS, ("By show", "Newest first", "By title", "Longest first", "Last added"), strict=True))
_STATES = {"all": "All episodes", "unheard": "Not heard yet", "begun": "Begun", "heard": "Heard", "bin": "Removed"}


class LibraryPanel(QWidget):
    """Lists episodes under headings. It decides nothing: what to list, and in which order, it is told."""

    episode_requested = Signal(object)  # EpisodeRow
    remove_requested = Signal(object)  # list[EpisodeRow]
    filter_changed = Signal(str)
    order_requested = Signal(str)  # One of ORDERS.
    state_requested = Signal(str)  # all, unheard, begun, heard or bin.
    cancel_requested = Signal()  # Of what is being added.

    def __init__(
        self, theme: Theme, adding: Sequence[QAction], on_episodes: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        """`adding` are the buttons at the foot; `on_episodes` the menu of the chosen episodes."""
        super().__init__(parent)
        self.setObjectName("libraryPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(268)
        self.rows = Rows[LibraryRow](lambda row: row.line(), self)
        self.rows.set_headings(lambda row: isinstance(row, SectionRow))
        self.list = RowList(self.tr("Episodes"))
        self.list.setUniformItemSizes(False)
        self.list.setLayoutMode(RowList.LayoutMode.Batched)  # Thousands of rows are laid out as they are needed.
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setModel(self.rows)
        self._delegate = EpisodeDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.picked.connect(self._picked)
        self.list.chosen.connect(self.episode_requested)
        self.list.removed.connect(lambda _: self.remove_requested.emit(self.chosen()))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.list.addActions(list(on_episodes))
        self.filter = FilterField(self.tr("Filter episodes"), self.tr("Filter episodes by title, show or tag"))
        self.filter.textChanged.connect(self.filter_changed)
        self.filter.list_requested.connect(self.list.enter)
        self.filter.left.connect(self.list.left)
        self.list.up_requested.connect(self.filter.setFocus)
        self._order = QToolButton()
        self._part = QPushButton()
        self._part.setProperty("tone", "chip")
        self._part.setToolTip(self.tr("List all episodes again"))
        self._part.clicked.connect(lambda: self.state_requested.emit("all"))
        self._empty = QLabel()
        self._empty.setProperty("tone", "soft")
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(18, 8, 18, 8)
        self._lay_out(adding)
        self._make_order_menu()
        self.show_episodes(())
        self.show_progress("", 0, 0)

    def _lay_out(self, adding: Sequence[QAction]) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(10, 0, 8, 0)
        top.setSpacing(4)
        top.addWidget(self.filter, 1)
        top.addWidget(self._order)
        part = QHBoxLayout()
        part.setContentsMargins(10, 0, 10, 0)
        part.addWidget(self._part)
        part.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 10, 1, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addLayout(part)
        layout.addWidget(self._empty)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        layout.addWidget(self._make_foot(adding))

    def _make_foot(self, adding: Sequence[QAction]) -> QWidget:
        """The ways to add episodes, which make room for what is being done while it is."""
        self._adding, self._work = QWidget(), QWidget()
        buttons = QHBoxLayout(self._adding)
        buttons.setContentsMargins(6, 0, 6, 0)
        buttons.setSpacing(2)
        add_buttons(buttons, adding)
        buttons.addStretch(1)
        self._doing = QLabel()
        self._doing.setProperty("tone", "soft")
        self._doing.setTextFormat(Qt.TextFormat.PlainText)
        self._cancel = QToolButton()
        self._cancel.setText(self.tr("Cancel"))
        self._cancel.clicked.connect(self.cancel_requested)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("How far it is"))
        self._bar.setFixedHeight(4)
        told = QVBoxLayout()
        told.setSpacing(4)
        told.addStretch(1)
        told.addWidget(self._doing)
        told.addWidget(self._bar)
        told.addStretch(1)
        work = QHBoxLayout(self._work)
        work.setContentsMargins(18, 0, 6, 0)
        work.addLayout(told, 1)
        work.addWidget(self._cancel)
        foot = QWidget()
        foot.setObjectName("libraryFoot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot.setFixedHeight(44)
        layout = QVBoxLayout(foot)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._adding)
        layout.addWidget(self._work)
        return foot

    def _make_order_menu(self) -> None:
        menu = QMenu(self._order)
        self._choices: dict[str, QAction] = {}
        for names, wanted in ((_ORDER_NAMES, self.order_requested), (_STATES, self.state_requested)):
            group = QActionGroup(menu)
            for name, text in names.items():
                action = QAction(self.tr(text), menu)
                action.setCheckable(True)
                action.triggered.connect(lambda _, name=name, wanted=wanted: wanted.emit(name))
                group.addAction(action)
                menu.addAction(action)
                self._choices[name] = action
            menu.addSeparator()
        self._order.setMenu(menu)
        self._order.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._order.setToolTip(self.tr("Order and selection of the list"))
        self._order.setAccessibleName(self._order.toolTip())
        self._order.setIconSize(QSize(16, 16))

    def _picked(self, row: LibraryRow) -> None:
        # A click that gathers episodes for something else opens none.
        if isinstance(row, EpisodeRow) and len(self.chosen()) == 1:
            self.episode_requested.emit(row)

    def choose_order(self) -> None:
        """Open the menu of orders and parts."""
        self._order.menu().popup(self._order.mapToGlobal(self._order.rect().bottomLeft()))

    def set_icons(self, order: QIcon) -> None:
        """Dress the panel in an icon of the theme's colour."""
        self._order.setIcon(order)

    def set_covers(self, small: Callable[[str, int], QImage | None]) -> None:
        """What gives the small cover of an episode, so many pixels a side, or None while it is not there."""
        self._delegate.small_cover = small

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._delegate.theme = theme
        self.list.viewport().update()

    # What is listed

    def episodes(self) -> list[EpisodeRow]:
        """The episodes of the list, without its headings."""
        return [row for row in self.rows.values() if isinstance(row, EpisodeRow)]

    def chosen(self) -> list[EpisodeRow]:
        """The episodes that are chosen in the list."""
        found = [index.data(VALUE) for index in self.list.selectionModel().selectedRows()]
        return [row for row in found if isinstance(row, EpisodeRow)]

    def show_episodes(self, rows: Sequence[LibraryRow], nothing: str = "") -> None:
        """List these; what is chosen stays chosen wherever it stands now. `nothing` is said where there are none."""
        index = self.list.currentIndex()
        current = self.rows.value(index) if index.isValid() else None
        chosen = current.id if isinstance(current, EpisodeRow) else None
        self._delegate.covers = any(isinstance(row, EpisodeRow) and row.cover for row in rows)
        self.rows.refresh(rows)
        for number, row in enumerate(rows):
            if isinstance(row, EpisodeRow) and row.id == chosen:
                if number != self.list.currentIndex().row():
                    self.list.setCurrentIndex(self.rows.index(number, 0))
                break
        self.list.setVisible(bool(rows))
        self._empty.setVisible(not rows and bool(nothing))
        self._empty.setText(shown(nothing))

    def show_choices(self, order: str, state: str) -> None:
        """Tick how the list is ordered and what of the library it shows; a part of it is told above the list."""
        for name in (order, state):
            if name in self._choices:
                self._choices[name].setChecked(True)
        self._part.setVisible(state != "all")
        self._part.setText(f"{self.tr(_STATES.get(state, state))}  ×")
        self._part.setAccessibleName(f"{self._part.toolTip()}: {self.tr(_STATES.get(state, state))}")

    def show_progress(self, doing: str, done: int, total: int, *, can_cancel: bool = True) -> None:
        """Tell what is being done and how far it is; an empty sentence when it is over."""
        self._doing.setText(shown(one_line(doing, 40)))
        self._doing.setAccessibleName(doing)
        self._cancel.setVisible(can_cancel)
        self._adding.setVisible(not doing)
        self._work.setVisible(bool(doing))
        self._bar.setRange(0, total)
        self._bar.setValue(done)
