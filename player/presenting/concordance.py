"""What a search of the library found, in columns: every place with the words left and right of it."""

from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from index.atomic import write_atomically
from index.filenames import safe_name
from player.parts import Parts
from player.presenting.searching import ShowSearching

if TYPE_CHECKING:
    from index.search import Answer
    from index.search.concordance import Row

_MOST = 20_000  # So many lines are more than anybody reads; the command line writes all.


class ShowConcordance(QObject):
    """Makes the lines off the GUI thread, shows them in place of the transcript, and goes to the one that is chosen."""

    def __init__(self, parts: Parts, searching: ShowSearching) -> None:
        super().__init__(parts)
        self._parts = parts
        self._searching = searching
        self._window = parts.window
        self._view = view = parts.window.concordance
        self._before: QWidget | None = None  # What stood in the middle before.
        self._query = ""
        self._stop = Event()
        for signal, slot in (
            (view.closed, self.close),
            (view.line_requested, self._go_to),
            (parts.session.transcript_changed, lambda _: self._forget()),
        ):
            signal.connect(slot)
        parts.does({"concordance": self.open, "save_lines": self._save})
        parts.window.middle.currentChanged.connect(lambda _: self._allow())
        self._allow()

    def _allow(self) -> None:
        self._parts.actions["save_lines"].setEnabled(self._window.middle.currentWidget() is self._view)

    def open(self) -> None:
        """Show the lines of what was searched last."""
        searching = self._parts.searching
        answer = searching.answer
        if answer is None:
            return
        self._query, self._stop = searching.query, Event()
        reader, stop = self._parts.reader, self._stop
        self._parts.tasks.run(
            "concordance",
            lambda: reader.lines(answer, _MOST, stop.is_set) if reader else [],
            lambda lines: self._show(lines, answer),
            lambda error: self._window.notice.tell(str(error), error=True),
        )

    def _show(self, lines: "Sequence[Row]", answer: "Answer") -> None:
        places = self.tr("{} places in {} episodes").format(f"{answer.total:,}", f"{answer.found_in:,}")
        if len(lines) < answer.total:
            places = self.tr("{}, the first {} shown").format(places, f"{len(lines):,}")
        if self._window.middle.currentWidget() is not self._view:
            self._before = self._window.middle.currentWidget()
        self._window.want_side(False)  # The lines say it all, and need the room.
        self._view.lines.show(lines)
        self._window.middle.setCurrentWidget(self._view)
        self._view.show_lines(self._query, places)

    def close(self) -> None:
        """Show again what stood there before."""
        self._stop.set()
        if self._before and self._window.middle.currentWidget() is self._view:
            self._window.middle.setCurrentWidget(self._before)
            self._window.want_side(True)
            self._window.focus_page()

    def _forget(self) -> None:
        self._before = self._window.columns

    def _go_to(self, line: "Row", play: bool) -> None:
        if play:
            self._window.middle.setCurrentWidget(self._window.columns)
        self._searching.go_to(line.episode, line.words, play=play)

    def _save(self) -> None:
        from index.search.concordance import csv_text

        folder = self._parts.settings.last_folder or str(Path.home())
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save as"), str(Path(folder) / f"{safe_name(self._query)}.csv"), "CSV (*.csv)"
        )
        if not name:
            return
        path, lines = Path(name), list(self._view.lines.lines())
        self._parts.change(last_folder=str(path.parent))
        self._parts.tasks.run(
            "save concordance",
            lambda: write_atomically(path, csv_text(lines).encode()),
            lambda _: self._window.notice.tell(self.tr("Written to {}.").format(path)),
            lambda error: self._window.notice.tell(str(error), error=True),
        )
