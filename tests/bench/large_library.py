"""How Earmark starts with a thousand episodes in its library, next to none, and how soon a key press shows a hit."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from index.formats.base import ReadResult
from index.library import Facts, Library, prepare
from index.search import SearchIndex
from tests.bench.report import Row
from tests.bench.talks import Talks
from tests.bench.window import EARMARK, READY, run, start_ms
from tests.conftest import SHARED_DATA

_TIMES, _KEY_MS = 1.3, 100.0

_LISTED = """
import os, sys, time
deadline = time.monotonic() + 30
while len(window.library.rows.values()) < int(sys.argv[1]) and time.monotonic() < deadline:
    app.processEvents()
window.library.list.viewport().repaint()
print(time.time(), flush=True)
os._exit(0)
"""
_TYPED = """
import os, sys, time
from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeyEvent
from player.models.library_hits import LibraryHitRow
found, field, searching = window.side.found, window.find_field, earmark.searching
def until(done, seconds):
    deadline = time.monotonic() + seconds
    while not done() and time.monotonic() < deadline:
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
def shown():
    first = next(iter(searching.rows), None)
    hit = isinstance(first, LibraryHitRow) and searching.snippet(first) is not None
    return searching.query == field.text().strip() and (hit or not searching.rows)
earmark.actions["find_library"].trigger()
until(lambda: False, 5)  # Nobody types before that: the index is read ahead meanwhile.
for phrase in sys.argv[1:]:
    field.clear()
    until(lambda: searching.query == "", 5)
    for number, letter in enumerate(phrase):
        begun = time.perf_counter()
        app.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))
        assert field.text() == phrase[: number + 1]
        until(shown, 5)
        found.list.viewport().repaint()
        if number and field.text().strip() == field.text():
            print((time.perf_counter() - begun) * 1000, flush=True)
os._exit(0)
"""


def rows(quick: bool = False) -> list[Row]:
    """Measured on 1,000 episodes of 9,500 words, 100 when quick; the starts in turn, each a process of its own."""
    count, runs = (100, 3) if quick else (1000, 9)
    with tempfile.TemporaryDirectory(prefix="earmark-bench-") as full, tempfile.TemporaryDirectory() as empty:
        talks = Talks(count, SHARED_DATA / "seeds")
        _fill(Path(full, "earmark"), talks)
        return [*_started(full, empty, count, runs), _typed(full, talks.phrases(16)[8:], count)]


def _fill(folder: Path, talks: Talks) -> None:
    folder.mkdir()
    with closing(Library(folder / "library.sqlite")) as library:
        for number in talks.revisions():
            talk = talks.document(number)
            facts = Facts(f"Talk {number}", f"Show {number % 50}", talk.date, talk.transcript.end_ms)
            with library.store.change():
                episode = library.episodes.add(Path(f"/talks/{number}.mp3"), None, facts)
                path = Path(f"/talks/{number}.vtt")
                library.transcripts.put(episode, path, prepare(ReadResult(talk.transcript, "")))
        SearchIndex(folder / "search").update(library)


def _started(full: str, empty: str, count: int, runs: int) -> list[Row]:
    found = []
    for name, code in (("to ready for files", READY + "app.processEvents()"), ("until all are listed", READY)):
        code = EARMARK + code + _LISTED
        listed = str(count) if "listed" in name else "0"
        rounds = [(start_ms(code, full, listed), start_ms(code, empty, "0")) for _ in range(runs + 1)]
        times = [statistics.median(column) for column in zip(*rounds[1:], strict=True)]  # The first warms the disk.
        ratio = statistics.median(one / other for one, other in rounds[1:])
        value = f"{times[0]:.0f} ms, {ratio:.2f}x"
        beside = f"with an empty one: {times[1]:.0f} ms"
        row = Row(f"start with {count:,} episodes {name}", value, f"{_TIMES}x", beside, ratio <= _TIMES)
        found.append(row)
    return found


def _typed(full: str, phrases: Sequence[str], count: int) -> Row:
    times = sorted(float(line) for line in run(EARMARK + READY + _TYPED, full, *phrases).split())
    slow = times[int(0.95 * len(times))]
    value = f"median {statistics.median(times):.0f} ms, p95 {slow:.0f}"
    name = f"key press to its first hit on screen, {count:,} episodes"
    return Row(name, value, f"{_KEY_MS:.0f} ms", "the words around the hit included", slow <= _KEY_MS)
