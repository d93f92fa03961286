"""Times that were found for words, from the folder in which their search left them into the library."""

import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from index.corrections import Correction
from index.errors import EarmarkError
from index.library import Library
from index.library.found_times import FoundTimes
from index.transcript import Transcript
from player.amending import Amending
from player.library_reader import LibraryReader
from player.tasks import Tasks


class TakingTimes(QObject):
    """Those of the open episode are shown, those of others kept; a folder goes only when the library has its times."""

    kept = Signal()  # The library has other times of an episode that is not open.
    told = Signal(str, bool)

    def __init__(
        self, amending: Amending, library: Library, reader: LibraryReader | None, tasks: Tasks, parent: QObject
    ) -> None:
        """Without a reader `library` is in memory. The folders are beside the library's file."""
        super().__init__(parent)
        self._amending = amending
        self._library = library
        self._reader = reader
        self._tasks = tasks
        self._under_way: set[FoundTimes] = set()
        beside = library.path if isinstance(library.path, Path) else None
        self.folder = beside.parent / "aligning" if beside else Path(tempfile.mkdtemp(prefix="earmark-aligning-"))
        amending.stored.connect(self._stored)

    def found_of(self, version: int) -> FoundTimes:
        """What is found of a transcript of the library."""
        return FoundTimes(self.folder / str(version))

    def is_under_way(self, found: FoundTimes) -> bool:
        """Whether it was taken for the last time, and the library does not have it yet."""
        return found in self._under_way

    def take(self, found: FoundTimes, *, searched: bool = False, last: bool = True) -> None:
        """Take what was found, if anything was; the `last` time it is forgotten then.

        `searched`: the work is at its end, and need not be done again.
        """
        if not found.written_ns():
            return
        version, reader = int(found.folder.name), self._reader

        def show(got: tuple[tuple[Correction, ...], Transcript]) -> None:
            if version == self._amending.version:
                self._amending.take_times(*got, searched=searched, refused=spoiled)
            else:
                self._under_way.discard(found)  # It is taken when that episode is open again.

        def keep(library: Library) -> None:
            found.keep(library, version, searched=searched)
            if last:
                found.clear()

        def spoiled(error: Exception) -> None:
            self._under_way.discard(found)
            found.clear()
            if isinstance(error, EarmarkError):  # Else the words have changed since.
                self.told.emit(str(error), True)

        if version == self._amending.version:
            if last:
                self._under_way.add(found)
            self._tasks.run(f"found {version}", found.take, show, spoiled)
        elif reader:
            self._tasks.run(
                f"found {version}",
                lambda: keep(reader.library),
                lambda _: self.kept.emit(),
                lambda error: self.told.emit(str(error), True),  # The disk is full: the folder stays.
            )
        else:
            keep(self._library)

    def _stored(self) -> None:
        """The library has what was taken."""
        for found in self._under_way:
            found.clear()
        self._under_way.clear()

    def close(self) -> None:
        """What nobody will come back for goes."""
        if self._reader is None:
            shutil.rmtree(self.folder, ignore_errors=True)
