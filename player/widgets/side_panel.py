"""Results, clips and notes on the right."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from index.plaintext import one_line, shown
from player.models.rows import Rows
from player.models.values import HitRow
from player.theme import Theme
from player.widgets.clips_panel import ClipsPanel
from player.widgets.library_results import LibraryResults
from player.widgets.lists import HitDelegate, RowList
from player.widgets.notes_panel import NotesPanel


def _label(text: str, tone: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", tone)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


_TABS = ("results", "clips", "notes")


class SidePanel(QWidget):
    """Results, clips and notes, one of them at a time."""

    hit_picked = Signal(object)  # HitRow, by a click: go there.
    hit_chosen = Signal(object)  # HitRow, by Enter: go there and play.
    suggestion_picked = Signal(str)

    def __init__(
        self,
        theme: Theme,
        clips: ClipsPanel,
        notes: NotesPanel,
        search_actions: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(308)
        self.hits = Rows[HitRow](HitRow.line, self)
        self.hit_list = RowList(self.tr("Results"))
        self.hit_list.setModel(self.hits)
        self._delegate = HitDelegate(theme, self.hit_list)
        self.hit_list.setItemDelegate(self._delegate)
        self.clips_panel, self.notes_panel = clips, notes
        self.hit_list.picked.connect(self.hit_picked)
        self.hit_list.chosen.connect(self.hit_chosen)
        self._empty_hits = _label(self.tr("Type in the box above to find words in this episode."), "soft")
        self._suggested = ""
        self._suggestion = QPushButton()
        self._suggestion.setProperty("tone", "offer")
        self._suggestion.clicked.connect(lambda: self.suggestion_picked.emit(self._suggested))
        self._tabs = QStackedWidget()
        results = self._page(self.hit_list, self._empty_hits)
        results.layout().insertWidget(1, self._suggestion, 0, Qt.AlignmentFlag.AlignLeft)  # type: ignore[union-attr]
        self.found = LibraryResults(theme, search_actions)
        self._scopes = QStackedWidget()
        self._scopes.addWidget(results)
        self._scopes.addWidget(self.found)
        self._tabs.addWidget(self._scopes)
        self._tabs.addWidget(clips)
        self._tabs.addWidget(notes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._tab_bar())
        layout.addWidget(self._tabs, 1)
        self.show_hits((), "")
        self.show_counts(clips=0, notes=0)

    def _tab_bar(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("sideTabs")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(16, 0, 16, 0)
        layout.setSpacing(16)
        self._buttons = tuple(QToolButton() for _ in _TABS)
        for number, button in enumerate(self._buttons):
            button.setCheckable(True)
            button.clicked.connect(lambda _, name=_TABS[number]: self.show_tab(name))
            layout.addWidget(button)
        layout.addStretch(1)
        self._buttons[0].setChecked(True)
        return bar

    def _page(self, rows: RowList, empty: QLabel) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 8)
        empty.setContentsMargins(18, 8, 18, 8)
        layout.addWidget(empty)
        layout.addWidget(rows, 1)
        layout.addStretch(0)
        return page

    def set_theme(self, theme: Theme) -> None:
        """Change the colours."""
        self._delegate.theme = theme
        self.hit_list.viewport().update()
        for part in (self.found, self.clips_panel, self.notes_panel):
            part.set_theme(theme)

    def enter_results(self) -> None:
        """Give the keyboard to the results that are in front."""
        (self.found.list if self._scopes.currentIndex() else self.hit_list).enter()

    def show_library(self, in_library: bool) -> None:
        """Show what was found in the library, or in the open episode."""
        self._scopes.setCurrentIndex(int(in_library))

    def show_tab(self, name: str) -> None:
        """Bring `results`, `clips` or `notes` to the front."""
        # A group of buttons would let Tab reach the chosen one alone, and the arrow keys belong to the sound.
        number = _TABS.index(name)
        for each, button in enumerate(self._buttons):
            button.setChecked(each == number)
        self._tabs.setCurrentIndex(number)

    @property
    def tab(self) -> str:
        """Which tab is in front."""
        return _TABS[self._tabs.currentIndex()]

    def show_hits(self, hits: Sequence[HitRow], query: str, suggestion: str | None = None) -> None:
        """List what was found; if that is nothing, say so of the query, and offer another spelling."""
        self.hits.set_values(hits)
        self._buttons[0].setText(self.tr("Results {}").format(len(hits)) if hits else self.tr("Results"))
        self._show_list(self.hit_list, self._empty_hits, bool(hits))
        self._suggested = suggestion or ""
        self._suggestion.setText(self.tr("Did you mean “{}”?").format(shown(one_line(self._suggested, 40))))
        self._suggestion.setVisible(bool(suggestion))
        self._empty_hits.setText(
            self.tr("Nothing found for “{}”.").format(shown(query))
            if query
            else self.tr("Type in the box above to find words in this episode.")
        )

    def show_hit(self, number: int | None) -> None:
        """Make a hit the current row."""
        if number is not None and number < self.hits.rowCount():
            self.hit_list.setCurrentIndex(self.hits.index(number, 0))

    def show_counts(self, *, clips: int | None = None, notes: int | None = None) -> None:
        """Tell in the tabs how many clips and notes the episode has; None leaves what is told."""
        for button, name, count in ((1, self.tr("Clips"), clips), (2, self.tr("Notes"), notes)):
            if count is not None:
                self._buttons[button].setText(f"{name} {count}" if count else name)

    @staticmethod
    def _show_list(rows: RowList, empty: QLabel, filled: bool) -> None:
        rows.setVisible(filled)
        empty.setVisible(not filled)
