"""Waiting for what is being opened: read in threads, told as one thing that is going on, given up as one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from index import formats
from index.formats.base import ReadResult
from index.library import Prepared, prepare
from index.library.finding_files import Traces
from index.library.fingerprint import Print, fingerprint
from player.audio.media import MediaInfo, probe
from player.tasks import Tasks

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A transcript's file: what is in it, and that ready for the library."""

    reading: ReadResult
    words: Prepared
    file: Print


def read_transcript(path: Path) -> ReadFile:
    """Read a transcript's file for the page and for the library; takes a while for a long one.

    Raises:
        TranscriptError: one sentence that names the file, why it could not be read, and what to do.
    """
    reading = formats.read(path)
    return ReadFile(reading, prepare(reading), fingerprint(path))


def read_sound(path: Path, traces: Traces, prepare_sound: Callable[[Path], None]) -> tuple[MediaInfo, Print]:
    """Look into a sound file, wherever it has gone; make what the engine will want of it, and take its print.

    Raises:
        MediaError: one sentence that names the file and what is wrong with it.
    """
    path = path if path.exists() else traces.find(path) or path
    media = probe(path)
    prepare_sound(path)
    return media, fingerprint(path)


class Loading(QObject):
    """The files that are being read for one episode."""

    busy_changed = Signal(bool)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._keys: set[str] = set()

    def run(
        self, key: str, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Read something in a thread, then call `done` or `failed` here, unless it is cancelled."""

        def finished(result: T) -> None:
            self._set(key, False)
            done(result)

        def refused(error: Exception) -> None:
            self._set(key, False)
            failed(error)

        self._set(key, True)
        self._tasks.run(key, work, finished, refused)

    def cancel(self) -> None:
        """Stop waiting for any of it."""
        for key in list(self._keys):
            self._tasks.drop(key)
            self._set(key, False)

    def _set(self, key: str, busy: bool) -> None:
        (self._keys.add if busy else self._keys.discard)(key)
        self.busy_changed.emit(bool(self._keys))
