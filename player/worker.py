"""A process for one heavy job: it reads its order from stdin, works, and tells how far it is in lines of JSON.

The first line of stdin is the order, an object; any line after it, or the end of stdin, cancels the job, so that no
job outlives the window that wanted it. Each line of stdout is one of `{"done": n, "total": m}`, with `"doing"` where
a job has several stages, and at the end `{"finished": {...}}`, `{"cancelled": true}` or `{"failed": "a sentence"}`.
"""

import json
import sys
import threading
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import IO, Any, Protocol

from index.errors import EarmarkError


class Told(Protocol):
    """Hears how far a job is, and at which stage if it has several."""

    def __call__(self, done: int, total: int, doing: str = "", /) -> None: ...


Cancelled = Callable[[], bool]
Work = Callable[[dict[str, Any], Told, Cancelled], dict[str, Any]]

# Every job and where its function is.
JOBS = {
    "read": "player.work.reading:read",
    "convert": "player.work.converting:convert",
    "release": "player.work.publishing:release",
    "release_all": "player.work.publishing:release_all",
    "look": "player.work.library:look",
    "add": "player.work.library:add",
    "scan": "player.work.library:scan",
    "index": "player.work.library:index",
    "align": "player.work.aligning:align",
    "put_in_step": "player.work.aligning:put_in_step",
}

_TELL_EVERY_S = 0.1


class _Teller:
    """Writes lines; of progress only so many a second as an eye can follow."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._told_at = 0.0
        self._doing = ""

    def say(self, **message: object) -> None:
        self._stream.write(json.dumps(message) + "\n")
        self._stream.flush()

    def progress(self, done: int, total: int, doing: str = "", /) -> None:
        now = time.monotonic()
        if now - self._told_at >= _TELL_EVERY_S or done == total or doing != self._doing:
            self._told_at, self._doing = now, doing
            self.say(done=done, total=total, **({"doing": doing} if doing else {}))


def find_work(name: str) -> Work:
    """The function of a job."""
    module, _, function = JOBS[name].partition(":")
    work: Work = getattr(import_module(module), function)
    return work


def main(arguments: Sequence[str]) -> int:
    """Do the job that is named; gives the exit status."""
    teller = _Teller(sys.stdout)
    sys.stdout = sys.stderr  # What a library prints is no message.
    stop = threading.Event()
    try:
        order = json.loads(sys.stdin.readline())
        threading.Thread(target=_listen, args=(sys.stdin, stop), daemon=True).start()
        result = find_work(arguments[0])(order, teller.progress, stop.is_set)
    except EarmarkError as error:
        teller.say(failed=str(error))
        return 1
    if stop.is_set():
        teller.say(cancelled=True)
    else:
        teller.say(finished=result)
    return 0


def _listen(stream: IO[str], stop: threading.Event) -> None:
    stream.readline()
    stop.set()
