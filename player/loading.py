"""Waiting for what is being opened: read in threads, told as one thing that is going on, given up as one."""

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from index.library.finding_files import Traces
from index.library.fingerprint import Print, fingerprint
from index.progress import Stage, Watch
from player.audio.media import MediaInfo, probe
from player.tasks import Tasks

T = TypeVar("T")

_TELL_EVERY_S = 0.1


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
    progressed = Signal(str, int, int)  # A stage, and so many of so many of it; of 0 where that is not known.

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._unwanted: dict[str, Event] = {}

    def run(
        self, key: str, work: Callable[[Watch], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Read something in a thread, then call `done` or `failed` here, unless it is cancelled.

        The work is to tell the watch how far it is, which stops it when it is cancelled.
        """

        def finished(result: T) -> None:
            self._over(key)
            done(result)

        def refused(error: Exception) -> None:
            self._over(key)
            failed(error)

        unwanted = self._unwanted[key] = Event()
        watch = Watch(self._teller(unwanted), unwanted.is_set)
        self.busy_changed.emit(True)
        self._tasks.run(key, lambda: work(watch), finished, refused)

    def cancel(self) -> None:
        """Stop all of it."""
        for key, unwanted in list(self._unwanted.items()):
            unwanted.set()
            self._tasks.drop(key)
            self._over(key)

    def _over(self, key: str) -> None:
        del self._unwanted[key]
        self.busy_changed.emit(bool(self._unwanted))

    def _teller(self, unwanted: Event) -> Callable[[Stage, int, int], None]:
        """Tells, from a thread, every new stage, and of each only so often as an eye can follow."""
        told_at = 0.0
        told_of: Stage | None = None

        def tell(stage: Stage, done: int, total: int) -> None:
            nonlocal told_at, told_of
            now = time.monotonic()
            if (stage is not told_of or now - told_at >= _TELL_EVERY_S) and not unwanted.is_set():
                told_at, told_of = now, stage
                self.progressed.emit(stage.value, done, total)

        return tell
