"""Keyword in context: the lines in columns, who says it how often, and a way to play each."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from index.plaintext import shown
from player.models.concordance import COLUMNS, EPISODE, LEFT, MATCH, RIGHT, SPEAKER, TIME, Concordance
from player.models.rows import Index
from player.theme import Theme
from player.widgets.buttons import add_buttons
from player.widgets.tally import Tally

_ROOM_FOR_SPEAKER, _ROOM_FOR_EPISODE = 800, 680  # Pixels of the table.
_BARS, _FEW_BARS, _ROOM_FOR_BARS = 8, 3, 560  # Pixels of the page.
_COUNTED = ("speaker", "show", "month")


class ConcordanceView(QWidget):
    """A page beside the transcript; Esc or Close goes back to it."""

    line_requested = Signal(object, bool)  # index.search.concordance.Row; whether to play from it.
    closed = Signal()

    def __init__(self, theme: Theme, save: QAction, parent: QWidget | None = None) -> None:
        """`save` is the button that writes the lines to a file."""
        super().__init__(parent)
        self.setObjectName("concordance")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.lines = Concordance(self)
        self._title, self._about = QLabel(), QLabel()
        self._title.setProperty("tone", "title")
        self._about.setProperty("tone", "soft")
        for label in (self._title, self._about):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._by = QComboBox()
        self._by.addItems([self.tr("By speaker"), self.tr("By show"), self.tr("By month")])
        self._by.setAccessibleName(self.tr("Count by"))
        self._by.currentIndexChanged.connect(lambda _: self._count())
        self.order = QComboBox()
        self.order.addItems([self.tr("Order: {}").format(self.tr(each.lower())) for each in COLUMNS])
        self.order.setAccessibleName(self.tr("Order of the lines"))
        self.tally = Tally(theme)
        self.tally.chosen.connect(self._narrow)
        self.table = _Table()
        self.table.setModel(self.lines)
        self.table.dress()
        self.table.doubleClicked.connect(lambda index: self._request(index, True))
        self.table.clicked.connect(lambda index: self._request(index, False))
        self.table.chosen.connect(lambda index: self._request(index, True))
        self.table.left.connect(self.closed)
        # The headings take clicks alone; the box is theirs for the keyboard.
        self.order.activated.connect(lambda column: self.table.sortByColumn(column, Qt.SortOrder.AscendingOrder))
        self.table.horizontalHeader().sortIndicatorChanged.connect(lambda column, _: self.order.setCurrentIndex(column))
        close = QPushButton(self.tr("Back to the words"))
        close.setToolTip(self.tr("Back to the words (Esc)"))
        close.clicked.connect(self.closed)
        head, buttons = QHBoxLayout(), QHBoxLayout()
        add_buttons(buttons, [save])
        buttons.addWidget(close)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._about)
        head.addLayout(names, 1)
        head.addLayout(buttons)
        head.setAlignment(buttons, Qt.AlignmentFlag.AlignTop)
        counts = QHBoxLayout()
        counts.setSpacing(20)
        choices = QVBoxLayout()
        choices.setSpacing(6)
        choices.addWidget(self._by)
        choices.addWidget(self.order)
        choices.addStretch(1)
        counts.addLayout(choices)
        counts.addWidget(self.tally, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(28, 22, 24, 12)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addLayout(counts)
        layout.addWidget(self.table, 1)

    def show_lines(self, title: str, about: str) -> None:
        """Name what the lines, which the model has, are about."""
        self._title.setText(shown(title))
        self._about.setText(shown(about))
        self.table.horizontalHeader().setSortIndicator(EPISODE, Qt.SortOrder.AscendingOrder)
        self._count()
        self.table.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self.tally.theme = theme
        self.tally.update()

    def _count(self) -> None:
        by = _COUNTED[self._by.currentIndex()]
        self.lines.show_only(by, None)
        self.tally.show_counts(self.lines.counts(by))

    def _narrow(self, name: str | None) -> None:
        self.lines.show_only(_COUNTED[self._by.currentIndex()], name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the page is low, the lines have the room of most bars."""
        self.tally.show_most(_BARS if event.size().height() >= _ROOM_FOR_BARS else _FEW_BARS)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, wherever the keyboard is."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _request(self, index: QModelIndex, play: bool) -> None:
        if index.isValid():
            self.line_requested.emit(self.lines.lines()[index.row()], play)


class _Table(QTableView):
    """Rows to choose with the keyboard; every key that is not the table's is the window's."""

    chosen = Signal(QModelIndex)
    left = Signal()

    def dress(self) -> None:
        """Lay out the columns: the words around the match share what room the others leave."""
        self.setAccessibleName(self.tr("Concordance"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSortingEnabled(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        self.setItemDelegateForColumn(LEFT, _ElideLeft(self))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(60)
        for column in (LEFT, RIGHT):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegateForColumn(MATCH, _Strong(self))
        for column, width in ((MATCH, 110), (SPEAKER, 110), (EPISODE, 150), (TIME, 72)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, the words around the match have it."""
        self.setColumnHidden(SPEAKER, event.size().width() < _ROOM_FOR_SPEAKER)
        self.setColumnHidden(EPISODE, event.size().width() < _ROOM_FOR_EPISODE)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter plays, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Strong(QStyledItemDelegate):
    """Sets the match apart from the words around it."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Write it heavier."""
        super().initStyleOption(option, index)
        option.font.setWeight(QFont.Weight.DemiBold)


class _ElideLeft(QStyledItemDelegate):
    """Cuts what does not go in at the beginning: the words next to the match count."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Elide at the left."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft
