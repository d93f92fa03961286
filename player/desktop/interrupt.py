"""Ctrl+C in the terminal that Earmark was started from."""

import os
import signal
from collections.abc import Callable

from PySide6.QtCore import QObject, QSocketNotifier


def heed(quit: Callable[[], object], parent: QObject) -> None:
    """Have `quit` called on an interrupt (SIGINT), where there are such signals: everywhere but on Windows.

    Python calls its handlers only while Python runs, and Qt waits for events most of the time: what Python writes
    into a pipe on a signal wakes it (`signal.set_wakeup_fd`).
    """
    if os.name == "nt":
        return
    told, tell = os.pipe()
    os.set_blocking(tell, False)
    signal.set_wakeup_fd(tell, warn_on_full_buffer=False)
    signal.signal(signal.SIGINT, lambda *_: quit())
    notifier = QSocketNotifier(told, QSocketNotifier.Type.Read, parent)
    notifier.activated.connect(lambda: os.read(told, 64))
