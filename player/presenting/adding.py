"""Asks what to add to the library, shows the sheet that tells what it is, and tells what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLocale, QObject
from PySide6.QtWidgets import QFileDialog

from index.pairing import SOUND_SUFFIXES, TRANSCRIPT_SUFFIXES
from player.models.import_rows import ImportRow
from player.parts import Parts
from player.widgets.facts_dialog import FactsDialog
from player.widgets.import_sheet import ImportSheet

_TOLD = 200  # So many of what was left out are listed.


class ShowAdding(QObject):
    """Listens to adding, and asks the user."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self._parts = parts
        self._window = parts.window
        self._sheet: ImportSheet | None = None
        self._paths: Sequence[Path] = ()
        adding = parts.adding
        for signal, slot in (
            (adding.looked_at, self._looked_at),
            (adding.progressed, self._show_progress),
            (adding.added, self._tell_added),
            (adding.told, lambda sentence, error: self._window.notice.tell(sentence, error=error)),
            (parts.window.library.cancel_requested, adding.cancel),
            (parts.session.table_met, lambda path: self.add([path])),
        ):
            signal.connect(slot)
        parts.does({"add_files": self._ask_files, "add_folder": self._ask_folder})
        self._watch()

    def _folder(self) -> str:
        return self._parts.settings.last_folder or str(Path.home())

    def _ask_files(self) -> None:
        pattern = " ".join(f"*{suffix}" for suffix in sorted({*SOUND_SUFFIXES, *TRANSCRIPT_SUFFIXES}))
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Add sounds, transcripts and tables of episodes"),
            self._folder(),
            self.tr("Sounds and transcripts ({});;All files (*)").format(pattern),
        )
        if names:
            self._parts.change(last_folder=str(Path(names[0]).parent))
            self.add([Path(name) for name in names])

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Add a folder"), self._folder())
        if name:
            self._parts.change(last_folder=name)
            self.add([Path(name)])

    def add(self, paths: Sequence[Path]) -> None:
        """Look at files and folders, and show the sheet on which they are added."""
        if self._sheet is not None or not self._parts.adding.look(paths):
            return
        self._paths = paths
        folder = any(path.is_dir() for path in paths)
        self._sheet = sheet = ImportSheet(self._parts.theme, self._window, folder=folder)
        sheet.cancelled.connect(self._parts.adding.cancel)
        sheet.finished.connect(self._sheet_closed)
        sheet.open()

    def _show_progress(self, doing: str, done: int, total: int) -> None:
        if self._sheet:
            self._sheet.show_progress(done, total)
        else:
            self._window.library.show_progress(self.tr(doing) if doing else "", done, total)

    def _looked_at(self, rows: Sequence[ImportRow], skipped: Sequence[str]) -> None:
        if self._sheet:
            self._sheet.show_rows([replace(row, language=_language(row.language)) for row in rows], skipped)

    def _sheet_closed(self, result: int) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        if result == ImportSheet.DialogCode.Accepted:
            self._parts.adding.add(self._paths, sheet.rows.values(), sheet.choice())
        sheet.deleteLater()

    def _tell_added(self, report: dict[str, Any], asked: bool) -> None:
        if asked or report["added"] or report["changed"]:
            self._parts.shelf.tell_edited()
        self._watch()
        skipped = [(Path(each["path"]).name, each["why"]) for each in report["skipped"][:_TOLD]]
        if asked and skipped:
            self._window.notice.tell(
                report["told"], action=self.tr("What was left out"), act=lambda: self._show_skipped(skipped), stay=True
            )
        elif asked or report["added"]:
            self._window.notice.tell(report["told"])

    def _show_skipped(self, skipped: Sequence[tuple[str, str]]) -> None:
        dialog = FactsDialog(self.tr("Left out"), self.tr("Left out"), list(skipped), self._window)
        dialog.exec()
        dialog.deleteLater()

    def _watch(self) -> None:
        self._parts.adding.watch(self._parts.shelf.watched())


def _language(code: str) -> str:
    """The name of a language, in the language of the window."""
    return QLocale.languageToString(QLocale(code).language()) if code else ""
