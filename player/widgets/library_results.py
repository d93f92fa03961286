"""The results of a search of the library, with its filters, what to do with all of them, and the saved searches."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QStyleOptionViewItem, QVBoxLayout, QWidget

from index.plaintext import one_line, shown
from player.models.library_hits import (
    SNIPPET,
    FoundRow,
    LibraryHitRow,
    LibraryHits,
    MoreRow,
    QuestionRow,
    SavedRow,
)
from player.models.rows import VALUE
from player.models.values import Snippet
from player.theme import Theme, font
from player.widgets.buttons import add_buttons
from player.widgets.lists import RowList, TitleDelegate
from player.widgets.search_ways import SearchWays
from player.widgets.snippet import LINE_HEIGHT, draw_snippet

_Index = QModelIndex | QPersistentModelIndex
_HEAD, _SNIPPET, _STRIP, _MORE, _PADDING = 38, 2 * LINE_HEIGHT, 12, 36, 18


class LibraryResults(QWidget):
    """Tells what the user does with the rows; lists what it is given."""

    picked = Signal(object)  # FoundRow, by a click,
    chosen = Signal(object)  # or by Enter.
    removed = Signal(object)  # SavedRow, by Delete or its menu.
    renamed = Signal(object, str)  # SavedRow, and the name that it was given.
    chip_removed = Signal(int)  # Its place in the query.
    suggestion_picked = Signal(str)

    def __init__(self, theme: Theme, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = LibraryHits(self)
        self.list = RowList(self.tr("Results in the library"))
        self.list.setUniformItemSizes(False)
        self.list.setModel(self.rows)
        self._delegate = _FoundDelegate(theme, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.picked.connect(self.picked)
        self.list.chosen.connect(self.chosen)
        self.list.removed.connect(self.removed)
        self.list.menu_requested.connect(self._open_menu)
        self.rows.make_editable(lambda row: row.name if isinstance(row, SavedRow) else "", self.renamed.emit)
        self._chips = QWidget()
        self._chip_row = QHBoxLayout(self._chips)
        self._chip_row.setContentsMargins(16, 0, 16, 0)
        self._chip_row.setSpacing(6)
        self._hint = QLabel()
        self._hint.setProperty("tone", "soft")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._hint.setContentsMargins(18, 4, 18, 4)
        self._suggested = ""
        self._suggestion = QPushButton()
        self._suggestion.setProperty("tone", "offer")
        self._suggestion.clicked.connect(lambda: self.suggestion_picked.emit(self._suggested))
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(12, 4, 12, 4)
        add_buttons(foot, actions)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(4)
        layout.addWidget(self._chips)
        layout.addWidget(self._hint)
        layout.addWidget(self._suggestion, 0, Qt.AlignmentFlag.AlignLeft)
        self._ways = SearchWays()
        layout.addWidget(self._ways)
        layout.addWidget(self.list, 1)
        layout.addStretch(0)
        layout.addWidget(self._foot)
        self.show_rows((), hint="")

    def show_rows(
        self,
        rows: Sequence[FoundRow],
        *,
        hint: str,
        suggestion: str = "",
        chips: Sequence[tuple[str, str, int]] = (),
        ways: bool = False,
    ) -> None:
        """List rows; above them a hint, another spelling, and filters (kind, value, place) that can be taken away.

        `ways` tells how to search.
        """
        self._ways.setVisible(ways)
        keep = self.list.verticalScrollBar().value() if rows and self.rows.rowCount() <= len(rows) else 0
        self.rows.set_values(rows)
        self.list.verticalScrollBar().setValue(keep)
        self.list.setVisible(bool(rows))
        self._foot.setVisible(any(isinstance(row, LibraryHitRow) for row in rows))
        self._hint.setText(shown(hint))
        self._hint.setVisible(bool(hint))
        self._suggested = suggestion
        self._suggestion.setText(self.tr("Did you mean “{}”?").format(shown(one_line(suggestion, 40))))
        self._suggestion.setVisible(bool(suggestion))
        self._show_chips(chips)

    def _open_menu(self, row: FoundRow, point: QPoint) -> None:
        """What can be done with a search that was kept; the keys that do the same stand beside it."""
        if not isinstance(row, SavedRow):
            return
        menu, index = QMenu(self), self.rows.index(self.rows.values().index(row), 0)
        self.list.setCurrentIndex(index)
        for text, keys, act in (
            (self.tr("Open"), "Enter", lambda: self.picked.emit(row)),
            (self.tr("Rename…"), "F2", lambda: QTimer.singleShot(0, lambda: self.list.edit(index))),
            (self.tr("Remove"), "Del", lambda: self.removed.emit(row)),
        ):
            menu.addAction(f"{text}\t{keys}").triggered.connect(lambda _=False, act=act: act())
        menu.setDefaultAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(point)

    def _show_chips(self, chips: Sequence[tuple[str, str, int]]) -> None:
        while (old := self._chip_row.takeAt(0)) is not None:
            widget = old.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for kind, value, item in chips:
            chip = QPushButton(f"{kind}: {shown(one_line(value, 24))}  ×".replace("&", "&&"))
            chip.setProperty("tone", "chip")
            chip.setToolTip(self.tr("Search without this"))
            chip.setAccessibleName(self.tr("Search without {}: {}").format(kind, value))
            chip.clicked.connect(lambda _, item=item: self.chip_removed.emit(item))
            self._chip_row.addWidget(chip)
        self._chip_row.addStretch(1)
        self._chips.setVisible(bool(chips))

    def show_current(self, number: int) -> None:
        """Point at a row."""
        self.list.setCurrentIndex(self.rows.index(number, 0))

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._delegate.theme = theme
        self.list.viewport().update()


class _FoundDelegate(TitleDelegate):
    """A hit with its words; the first of an episode also says which one, and shows where all of them lie."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """A row is as high as what stands in it."""
        row: FoundRow = index.data(VALUE)
        if not isinstance(row, LibraryHitRow):
            heights = {MoreRow: _MORE, SavedRow: _MORE + 14, QuestionRow: _SNIPPET + _PADDING}
            return QSize(120, heights[type(row)])
        height = _SNIPPET + _PADDING + ((_HEAD + (_STRIP if row.strip else 0)) if row.leads else 20)
        return QSize(120, height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row."""
        row: FoundRow = index.data(VALUE)
        painter.save()
        box = self.ground(painter, option)
        if isinstance(row, LibraryHitRow):
            self._hit(painter, box, row, index.data(SNIPPET))
        elif isinstance(row, QuestionRow):
            draw_snippet(painter, self.theme, box, Snippet("", "", row.text, "", -1))
        elif isinstance(row, SavedRow):
            self.line(painter, box, row.name, "ink", font("body", weight=QFont.Weight.Medium))
            about = box.adjusted(0, 19, 0, 0)
            self.line(painter, about, row.about(), "accent" if row.new else "soft", font("small"))
        else:
            self.line(painter, box, row.line(), "accent", font("body"))
        painter.restore()

    def _hit(self, painter: QPainter, box: QRectF, row: LibraryHitRow, snippet: Snippet | None) -> None:
        time_font = font("small", tabular=True)
        time, width = row.time(), QFontMetricsF(time_font).horizontalAdvance(row.time())
        self.line(painter, QRectF(box.right() - width, box.top(), width + 1, 16), time, "soft", time_font)
        head = QRectF(box.left(), box.top(), box.width() - width - 12, 18)
        if row.leads:
            self.line(painter, head, row.title, "ink", font("body", weight=QFont.Weight.DemiBold))
            self.facts(painter, box.adjusted(0, 19, 0, 0), row.show, row.facts())
        elif snippet:
            name_font = font("small", weight=QFont.Weight.DemiBold)
            self.name(painter, head, snippet.speaker, snippet.speaker_number, name_font)
        words = box.adjusted(0, _HEAD if row.leads else 20, 0, 0)
        if snippet:
            draw_snippet(painter, self.theme, words, snippet, named=row.leads)
        if row.leads and row.strip:
            strip = QRectF(box.left(), words.top() + _SNIPPET + 4, box.width(), 4)
            painter.fillRect(strip, self.theme.color("line"))
            for at in row.strip:
                painter.fillRect(
                    QRectF(strip.left() + at * (strip.width() - 2), strip.top() - 1, 2, 6), self.theme.color("accent")
                )
