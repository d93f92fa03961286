"""Times that were found for words, from the folder in which their search left them into the library."""

import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from index.corrections import Correction
from index.errors import EarmarkError
from index.library import Library
from index.library.found_times import FoundTimes, sweep
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
        self._shown: dict[FoundTimes, bool] = {}  # Taken for the last time; whether the open words have the times.
        self._keeping: set[FoundTimes] = set()  # On the way into the library, of episodes that are not open.
        beside = library.path if isinstance(library.path, Path) else None
        self.folder = beside.parent / "aligning" if beside else Path(tempfile.mkdtemp(prefix="earmark-aligning-"))
        amending.stored.connect(self._stored)

    def found_of(self, version: int) -> FoundTimes:
        """What is found of a transcript of the library."""
        return FoundTimes(self.folder / str(version))

    def is_under_way(self, found: FoundTimes) -> bool:
        """Whether it was taken for the last time, and the library does not have it yet."""
        return found in self._shown or found in self._keeping

    @property
    def being_kept(self) -> set[int]:
        """The transcripts that are not open whose times are on the way into the library."""
        return {int(found.folder.name) for found in self._keeping}

    def take(self, found: FoundTimes, *, searched: bool = False, last: bool = True) -> None:
        """Take what was found, if anything was; the `last` time it is forgotten then.

        `searched`: the work is at its end, and need not be done again.
        """
        if not found.written_ns():
            return
        if searched:
            found.end()
        if int(found.folder.name) == self._amending.version:
            self._show(found, last)
        elif self._reader:
            self._keep(found, last, self._reader)
        else:
            found.keep(self._library, int(found.folder.name))
            if last:
                found.clear()

    def _show(self, found: FoundTimes, last: bool) -> None:
        """Let the open words have the times, and the library with them."""
        version, since = int(found.folder.name), self._amending.amendments
        if last:
            self._shown[found] = False

        def show(got: tuple[tuple[Correction, ...], Transcript]) -> None:
            if version != self._amending.version or since is None:
                self._shown.pop(found, None)  # It is taken when that episode is open again.
            else:
                self._amending.take_times(*got, searched=found.is_searched, since=since, taken=taken, refused=spoiled)

        def taken() -> None:
            if last:
                self._shown[found] = True

        def spoiled(error: Exception) -> None:
            self._shown.pop(found, None)
            if not last:
                return  # The search goes on, and writes it anew.
            found.clear()
            if isinstance(error, EarmarkError):  # Else the words have changed since.
                self.told.emit(str(error), True)

        self._tasks.run(f"found {version}", found.take, show, spoiled)

    def _keep(self, found: FoundTimes, last: bool, reader: LibraryReader) -> None:
        """Let the library have the times of an episode that is not open."""
        version = int(found.folder.name)
        if last:
            self._keeping.add(found)

        def kept(_: object) -> None:
            self._keeping.discard(found)
            if version == self._amending.version:
                self._show(found, last)  # It was opened meanwhile, maybe without them.
                return
            if last:
                found.clear()
            self.kept.emit()

        def failed(error: Exception) -> None:
            self._keeping.discard(found)  # The disk is full: the folder stays.
            self.told.emit(str(error), True)

        self._tasks.run(f"found {version}", lambda: found.keep(reader.library, version), kept, failed)

    def leave(self) -> None:
        """Another episode is open: what was not shown to its end is taken when that episode is open again."""
        self._shown.clear()

    def sweep(self) -> None:
        """Forget what was found for transcripts that are gone from the library for good."""
        if (reader := self._reader) and self.folder.exists():
            self._tasks.run("sweep", lambda: sweep(reader.library, self.folder), lambda _: None, lambda _: None)

    def _stored(self) -> None:
        """The library has what the open words have."""
        for found in [found for found, taken in self._shown.items() if taken]:
            found.clear()
            del self._shown[found]

    def close(self) -> None:
        """What nobody will come back for goes."""
        if self._reader is None:
            shutil.rmtree(self.folder, ignore_errors=True)
