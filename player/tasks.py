"""Work off the GUI thread: the answer comes back as a call on it, and stale answers are dropped."""

import sys
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

T = TypeVar("T")


_TURN_S = 0.0005
"""So long a thread of Python goes on while another one waits for its turn: by itself Python lets it go on for 5 ms, and
the window needs a dozen turns to answer one key."""


class _Work(QRunnable):
    def __init__(self, work: Callable[[], Any], answer: Callable[[Any, Exception | None], None]) -> None:
        super().__init__()
        self._work, self._answer = work, answer

    def run(self) -> None:
        """Do it, and hand over what came of it."""
        try:
            result = self._work()
        except Exception as error:  # Whatever goes wrong is the asker's to tell.
            self._answer(None, error)
        else:
            self._answer(result, None)


class Tasks(QObject):
    """Runs functions in a few threads. One key, one answer: a newer task of the same key makes the older one stale."""

    _answered = Signal(str, int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN_S)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(2)
        self._pool.setExpiryTimeout(-1)  # What a thread has opened for itself stays open.
        self._newest: dict[str, int] = {}
        self._waiting: dict[tuple[str, int], tuple[Callable[[Any], None], Callable[[Exception], None]]] = {}
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self, key: str, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Do `work` in a thread, then call `done` or `failed` here."""
        number = self._newest.get(key, 0) + 1
        self._newest[key] = number
        self._waiting[key, number] = (done, failed)
        self._pool.start(_Work(work, lambda result, error: self._answered.emit(key, number, result, error)))

    def drop(self, key: str) -> None:
        """Forget the task of that key: its answer will not come."""
        self._newest[key] = self._newest.get(key, 0) + 1

    def wait(self) -> None:
        """Wait until every thread is done; for the end of the app, and for tests."""
        self._pool.waitForDone()

    def _deliver(self, key: str, number: int, result: Any, error: Exception | None) -> None:
        done, failed = self._waiting.pop((key, number))
        if number == self._newest.get(key):
            done(result) if error is None else failed(error)
