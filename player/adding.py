"""Adding files to the library: looked at first, then added, each in a process of its own; folders are watched."""

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from player.jobs import Job, Jobs
from player.library_reader import LibraryReader
from player.models.import_rows import ImportChoice, ImportRow

_MOST_FOLDERS = 400  # Systems can tell of so many at least.
_SETTLED_MS = 3000  # So long after the last change a watched folder is looked through: files are still being copied.


class Adding(QObject):
    """Does one thing at a time. Facts only: who shows the sheet and the progress listens."""

    looked_at = Signal(object, object)  # list[ImportRow], list[str]: what was passed over, a sentence each.
    progressed = Signal(str, int, int)  # What is being done ("" when it is over), how far, of how much.
    added = Signal(object, bool)  # dict, as `index.library.report.Report.as_json`; whether the user asked for it.
    told = Signal(str, bool)

    def __init__(self, reader: LibraryReader | None, jobs: Jobs, parent: QObject) -> None:
        super().__init__(parent)
        self._reader = reader
        self._jobs = jobs
        self._job: Job | None = None
        self._waits = False  # Whether any folder is watched.
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self.scan)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _: self._settled.start())

    @property
    def is_busy(self) -> bool:
        """Whether something is being looked at or added."""
        return self._job is not None

    def look(self, paths: Sequence[Path]) -> bool:
        """Look at files and folders; what they are is told by `looked_at`. Gives whether that has begun."""
        return self._start("look", {"paths": [str(path) for path in paths]})

    def add(self, paths: Sequence[Path], rows: Sequence[ImportRow], choice: ImportChoice) -> None:
        """Add what was chosen of the rows that `paths` gave."""
        everything = all(row.key in choice.keys or row.known or row.refused for row in rows)
        wanted = [str(path) for path in paths] if everything else sorted(choice.keys)
        folder = next((str(path) for path in paths if path.is_dir()), "") if choice.watch else ""
        self._start("add", {"paths": wanted, "repaired": sorted(choice.repaired), "watch": folder})

    def scan(self) -> None:
        """Pick up what is new in the watched folders."""
        if not self.is_busy:
            self._start("scan", {})

    def cancel(self) -> None:
        """Give up what is going on; what was added stays."""
        if self._job:
            self._job.cancel()

    def watch(self, folders: Sequence[Path]) -> None:
        """Hear of changes in these folders and in those in them, and look through all of them in a moment."""
        if folders and not self._waits:
            self._settled.start()
        self._waits = bool(folders)
        wanted = {str(folder) for folder in folders if folder.is_dir()}
        for folder in sorted(wanted):
            wanted.update(str(each) for each in islice(_folders_in(Path(folder)), _MOST_FOLDERS))
        watched = set(self._watcher.directories())
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        if wanted - watched:
            self._watcher.addPaths(sorted(wanted - watched))

    def _start(self, name: str, order: dict[str, Any]) -> bool:
        if self._reader is None:
            self.told.emit("Nothing can be added, for the library's file could not be opened.", True)
            return False
        if self._job:
            self.told.emit("Something is being added already; wait for its end, or cancel it.", False)
            return False
        self._job = job = self._jobs.start(name, {**self._reader.order(), **order})
        doing = {"look": "Looking…", "add": "Adding…", "scan": ""}[name]
        job.finished.connect(lambda result: self._finished(name, result))
        job.failed.connect(lambda sentence: self._failed(name, sentence))
        job.stopped.connect(lambda: self._over())
        if doing:
            job.progressed.connect(lambda done, total: self.progressed.emit(doing, done, total))
            self.progressed.emit(doing, 0, 0)
        return True

    def _over(self) -> None:
        self._job = None
        self.progressed.emit("", 0, 0)

    def _failed(self, name: str, sentence: str) -> None:
        self._over()
        if name != "scan":  # Nobody asked for that, and it will be tried again.
            self.told.emit(sentence, True)

    def _finished(self, name: str, result: dict[str, Any]) -> None:
        self._over()
        if name == "look":
            self.looked_at.emit([_import_row(row) for row in result["rows"]], result["skipped"])
            return
        self.added.emit(result, name == "add")
        if result["waiting"]:
            self._settled.start()  # Some files are still being written.


def _folders_in(folder: Path) -> Iterator[Path]:
    for here, names, _ in os.walk(folder):
        names[:] = [name for name in names if not name.startswith(".")]
        yield from (Path(here, name) for name in names)


def _import_row(told: dict[str, Any]) -> ImportRow:
    lists = {name: tuple(value) for name, value in told.items() if isinstance(value, list)}
    return ImportRow(**{**told, **lists})
