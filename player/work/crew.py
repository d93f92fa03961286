"""Several processes that look for words in one sound at once; one that dies is replaced, its work done again."""

import json
import queue
import subprocess
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

from index.align.crew import Answer
from index.align.language import Language, Part
from index.align.recogniser import ENGLISH, Heard, HeardWord, require_recogniser
from index.align.windows import Window
from index.errors import EarmarkError
from player.child import python_command
from player.work.searcher import argument_of

_PROCESSES = 2
_WINDOWS = 2  # So many go to a process in one go: few, so that a search stops soon after it is told to.
_TRIES = 2


class _Failed(Exception):
    """What a process says that it cannot do; the message is a sentence."""


class _Task(NamedTuple):
    """What a process is asked, the number of its answer, and the language it must have learned before."""

    number: int
    what: dict[str, Any]
    language: Language | None = None


class _Process:
    """One process, started when it is first asked and again if it has died."""

    def __init__(self, sound: Path, language: str) -> None:
        self._command = [*python_command("player.work.searcher"), argument_of(sound), language]
        self._running: subprocess.Popen[str] | None = None
        self._learned: Language | None = None
        self._closed = False

    def ask(self, what: dict[str, Any], language: Language | None) -> Any:
        """The answer, or None where the process dies of it twice."""
        for _ in range(_TRIES):
            if self._closed:
                return None
            try:
                if language is not None and (self._running is None or self._learned is not language):
                    self._told({"learn": language})
                    self._learned = language
                return self._told(what)
            except (OSError, EOFError, ValueError):
                self.end()
        return None

    def _told(self, what: dict[str, Any]) -> Any:
        if self._running is None:
            self._running = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        assert self._running.stdin is not None
        assert self._running.stdout is not None
        self._running.stdin.write(json.dumps(what) + "\n")
        self._running.stdin.flush()
        line = self._running.stdout.readline()
        if not line:
            raise EOFError
        told = json.loads(line)
        if "failed" in told:
            raise _Failed(told["failed"])
        return told["answer"]

    def end(self) -> None:
        """Stop the process; it is started again when it is asked."""
        running, self._running, self._learned = self._running, None, None
        if running is not None:
            running.kill()
            running.communicate()

    def close(self) -> None:
        """Stop the process for good, also in the middle of its work."""
        self._closed = True
        running = self._running
        if running is not None:
            running.kill()


class Searchers:
    """A crew (`index.align.crew.Crew`) of processes; to be used in a `with`, which ends them."""

    def __init__(self, sound: Path, count: int = _PROCESSES, *, language: str = ENGLISH) -> None:
        require_recogniser()
        self._processes = [_Process(sound, language) for _ in range(count)]
        self._threads: list[threading.Thread] = []

    def __enter__(self) -> "Searchers":
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.close()
        for thread in self._threads:
            thread.join()
        for process in self._processes:
            process.end()

    def find(self, windows: Sequence[Window], *, wide: bool = False) -> Iterator[Answer]:
        """Look for the words of each window."""
        tasks = [
            _Task(first, {"find": [asdict(window) for window in windows[first : first + _WINDOWS]], "wide": wide})
            for first in range(0, len(windows), _WINDOWS)
        ]
        for first, answer in self._shared(tasks):
            many = len(windows[first : first + _WINDOWS])
            for place in range(many):
                words = windows[first + place].words
                heard = answer[place] if answer is not None else [None] * len(words)
                yield first + place, [each and Heard(*each) for each in heard]

    def hear(self, parts: Sequence[Part]) -> Iterator[list[HeardWord]]:
        """The words heard in each part, in the order of the parts."""
        tasks = [
            _Task(number, {"hear": [part.start_ms, part.end_ms]}, part.language) for number, part in enumerate(parts)
        ]
        waiting: dict[int, Any] = {}
        at = 0
        for number, answer in self._shared(tasks):
            waiting[number] = answer
            while at in waiting:
                heard = waiting.pop(at)
                yield [HeardWord(*word) for word in heard or ()]
                at += 1

    def _shared(self, tasks: Sequence[_Task]) -> Iterator[tuple[int, Any]]:
        """Share the tasks out among the processes, in order; their numbers and answers as they come."""
        waiting: queue.SimpleQueue[_Task] = queue.SimpleQueue()
        for task in tasks:
            waiting.put(task)
        answers: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()

        def work(process: _Process) -> None:
            while True:
                try:
                    task = waiting.get_nowait()
                except queue.Empty:
                    return
                try:
                    answers.put((task.number, process.ask(task.what, task.language)))
                except _Failed as failure:
                    answers.put((-1, failure))
                    return

        self._threads = [threading.Thread(target=work, args=(process,), daemon=True) for process in self._processes]
        for thread in self._threads:
            thread.start()
        for _ in tasks:
            number, answer = answers.get()
            if number < 0:
                raise EarmarkError(str(answer))
            yield number, answer
