"""Converting files: asks which, has them converted, and tells what came of them."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from index import formats
from index.captions import CaptionStyle
from player.asking import Asking
from player.conversion import Conversion
from player.jobs import Job
from player.models.convert_values import Converted, ConvertOrder
from player.models.values import ExportFormat
from player.parts import Parts
from player.widgets.convert_dialog import ConvertDialog
from player.work.converting import convert_order


class ShowConverting(QObject):
    """One window at a time, and one job."""

    def __init__(self, parts: Parts, asking: Asking) -> None:
        super().__init__(parts)
        self._parts = parts
        self._asking = asking
        self._dialog: ConvertDialog | None = None
        self._job: Job | None = None
        parts.does({"convert": self.open})

    def open(self) -> None:
        """Open the window, with the transcript in it that is open."""
        if self._dialog:
            self._dialog.activateWindow()
            return
        offered = [ExportFormat(each.name, each.suffixes[0], each.needs_times) for each in formats.writable_formats()]
        self._dialog = dialog = ConvertDialog(offered, self._parts.window)
        dialog.files_requested.connect(self._ask_files)
        dialog.folder_requested.connect(self._ask_folder)
        dialog.convert_requested.connect(self._convert)
        dialog.cancelled.connect(self._cancel)
        dialog.finished.connect(self._closed)
        episode = self._parts.session.episode
        if episode and episode.row.transcript:
            dialog.add_paths([episode.row.transcript])
        dialog.open()

    def _closed(self) -> None:
        dialog, self._dialog = self._dialog, None
        self._cancel()
        if dialog:
            dialog.deleteLater()

    def _ask_files(self) -> None:
        paths = self._asking.choose_transcripts(self.tr("Add transcripts to convert"))
        if paths and self._dialog:
            self._parts.change(last_folder=str(paths[0].parent))
            self._dialog.add_paths(paths)

    def _ask_folder(self) -> None:
        folder = self._parts.settings.last_folder or str(Path.home())
        name = QFileDialog.getExistingDirectory(self._dialog, self.tr("Into which folder?"), folder)
        if name and self._dialog:
            self._parts.change(last_folder=name)
            self._dialog.set_folder(Path(name))

    # The job

    def _convert(self, order: ConvertOrder) -> None:
        if self._job or self._dialog is None:
            return
        style = CaptionStyle() if order.rebreak else None
        wanted = Conversion(order.format, order.word_times, order.repair, style)
        folder = Path(order.folder) if order.folder else None
        asked = convert_order([Path(path) for path in order.paths], folder, wanted, overwrite=order.overwrite)
        self._job = job = self._parts.jobs.start("convert", asked)
        job.progressed.connect(self._dialog.show_progress)
        job.finished.connect(lambda told: self._over(job, told))
        job.failed.connect(lambda sentence: self._over(job, {}, sentence))
        job.stopped.connect(lambda: self._over(job, {}, self.tr("Stopped. What was written by then is there.")))
        self._dialog.begin()

    def _cancel(self) -> None:
        if self._job:
            self._job.cancel()

    def _over(self, job: Job, told: dict[str, Any], sentence: str = "") -> None:
        if job is self._job:
            self._job = None
        if self._dialog is None:
            return
        rows = [Converted(**row) for row in told.get("rows", ())]
        failed = sum(bool(row.refusal) for row in rows)
        if rows:
            written = len(rows) - failed
            sentence = self.tr("1 file written.") if written == 1 else self.tr("{} files written.").format(written)
            if failed:
                sentence += " " + self.tr("{} could not be converted; the reasons are in the list.").format(failed)
        self._dialog.end(" ".join([sentence, *told.get("lost", ())]), rows)
