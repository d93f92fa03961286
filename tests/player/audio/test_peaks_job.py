"""The waveform job: it grows, ends, fails and stops at once, with a real worker process."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from make_sounds import write_sound
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from player.audio import peaks_worker
from player.audio.peaks import Peaks, PeaksCache
from player.audio.peaks_job import PeaksJob, worker_command

ROOT = Path(__file__).resolve().parents[3]
# A worker that does what a test says; its two arguments are the sound and the cache folder.
SCRIPT = """
import sys, time
sys.path.insert(0, {root!r})
from player.audio.peaks_worker import *
out = sys.stdout.buffer
{body}
"""


class Heard:
    """What a job reported."""

    def __init__(self, job: PeaksJob) -> None:
        self.all: list[tuple[str, Any]] = []
        job.partial.connect(lambda peaks: self.all.append(("partial", peaks)))
        job.finished.connect(lambda peaks: self.all.append(("finished", peaks)))
        job.failed.connect(lambda message: self.all.append(("failed", message)))

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.all]


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[list[PeaksJob]]:
    made: list[PeaksJob] = []
    yield made
    for job in made:
        job.cancel()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def scripted(jobs: list[PeaksJob], folder: Path, body: str) -> PeaksJob:
    script = SCRIPT.format(root=str(ROOT), body=body)
    jobs.append(PeaksJob(folder, command=[sys.executable, "-c", script]))
    return jobs[-1]


def worker_is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_real_worker_then_cache(qtbot: QtBot, jobs: list[PeaksJob], tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a & 'b'.mp3")
    job = PeaksJob(tmp_path / "cache")
    jobs.append(job)
    heard = Heard(job)
    with qtbot.waitSignal(job.finished, timeout=20_000):
        job.start(path)
    assert set(heard.kinds[:-1]) <= {"partial"}
    first = heard.all[-1][1]
    assert isinstance(first, Peaks)
    assert abs(first.duration_ms - 2000) <= 10
    assert len(first.maxima) == first.duration_ms // 10
    heard.all.clear()
    with qtbot.waitSignal(job.finished, timeout=20_000):
        job.start(path)
        assert heard.kinds == []  # never before start() has returned
    assert heard.kinds == ["finished"]
    again = heard.all[-1][1]
    assert (again.minima.tolist(), again.duration_ms) == (first.minima.tolist(), first.duration_ms)


def test_it_grows(qtbot: QtBot, jobs: list[PeaksJob], tmp_path: Path) -> None:
    job = scripted(
        jobs,
        tmp_path,
        "write_message(out, HEADER, FACTS.pack(100, 1000))\n"
        "write_message(out, PIECE, bytes([255, 254, 1, 2]))\n"
        "sys.stdin.buffer.read(1)\n"
        "write_message(out, PIECE, bytes([253, 3]))\n"
        "write_message(out, DONE, LENGTH.pack(29))\n",
    )
    heard = Heard(job)
    with qtbot.waitSignal(job.partial, timeout=20_000):
        job.start(tmp_path / "a.mp3")
    peaks = heard.all[0][1]
    assert (peaks.duration_ms, len(peaks.maxima)) == (1000, 2)
    with qtbot.waitSignal(job.finished, timeout=20_000):
        assert job._process is not None
        job._process.write(b"x")
    peaks = heard.all[-1][1]
    assert (peaks.minima.tolist(), peaks.maxima.tolist(), peaks.duration_ms) == ([-1, -2, -3], [1, 2, 3], 29)


def test_a_name_that_is_no_text(qtbot: QtBot, jobs: list[PeaksJob], tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"100% \xff.wav")
    try:
        path.write_bytes(write_sound(tmp_path / "a.wav", seconds=0.2).read_bytes())
    except OSError:
        pytest.skip("this file system does not take such names")
    job = PeaksJob(tmp_path / "cache")
    jobs.append(job)
    with qtbot.waitSignal(job.finished, timeout=20_000) as waiting:
        job.start(path)
    assert waiting.args is not None
    assert waiting.args[0].duration_ms == 200


def test_quitting_ends_the_worker(tmp_path: Path) -> None:
    """Qt would complain of a process that is destroyed while it runs."""
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication, QTimer\n"
        "from player.audio.peaks_job import PeaksJob\n"
        "app = QCoreApplication([])\n"
        "job = PeaksJob(Path(sys.argv[1]), command=[sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        "job.start(Path(sys.argv[1]) / 'a.mp3')\n"
        "QTimer.singleShot(0, app.quit)\n"
        "app.exec()\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_refusal(qtbot: QtBot, jobs: list[PeaksJob], tmp_path: Path) -> None:
    job = PeaksJob(tmp_path / "cache")
    jobs.append(job)
    heard = Heard(job)
    with qtbot.waitSignal(job.failed, timeout=20_000):
        job.start(tmp_path / "gone.mp3")
    assert heard.all == [("failed", "“gone.mp3” is not there any more: it was moved, renamed or deleted.")]


@pytest.mark.parametrize("body", ["raise SystemExit(3)", "import os; os.abort()", "out.write(b'P')"])
def test_worker_that_breaks(qtbot: QtBot, jobs: list[PeaksJob], tmp_path: Path, body: str) -> None:
    job = scripted(jobs, tmp_path, body)
    heard = Heard(job)
    with qtbot.waitSignal(job.failed, timeout=20_000):
        job.start(tmp_path / "a.mp3")
    assert heard.all == [("failed", "The waveform of “a.mp3” could not be drawn: its worker stopped early.")]


def test_worker_that_cannot_start(qtbot: QtBot, jobs: list[PeaksJob], tmp_path: Path) -> None:
    job = PeaksJob(tmp_path, command=[str(tmp_path / "no such program")])
    jobs.append(job)
    heard = Heard(job)
    job.start(tmp_path / "a.mp3")
    qtbot.waitUntil(lambda: heard.kinds == ["failed"], timeout=20_000)
    assert "could not be started" in heard.all[0][1]


@pytest.mark.skipif(os.name == "nt", reason="asks the system for a process by its number")
def test_cancel_stops_at_once_and_is_silent(qtbot: QtBot, jobs: list[PeaksJob], tmp_path: Path) -> None:
    job = scripted(
        jobs,
        tmp_path,
        "write_message(out, HEADER, FACTS.pack(100, 1000))\n"
        "write_message(out, PIECE, bytes([0, 0]))\n"
        "time.sleep(600)\n",
    )
    heard = Heard(job)
    with qtbot.waitSignal(job.partial, timeout=20_000):
        job.start(tmp_path / "a.mp3")
    assert job._process is not None
    pid = job._process.processId()
    assert worker_is_alive(pid)
    job.cancel()
    assert not worker_is_alive(pid)
    job.cancel()  # once more does no harm
    QCoreApplication.processEvents()
    assert heard.kinds == ["partial"]


def test_cancel_right_after_start(qtbot: QtBot, jobs: list[PeaksJob], tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", seconds=0.2)
    job = PeaksJob(tmp_path / "cache")
    jobs.append(job)
    heard = Heard(job)
    job.start(path)
    job.cancel()
    cache = PeaksCache(tmp_path / "cache")
    cache.store(cache.slot(path), Peaks(100, np.zeros(1, np.int8), np.zeros(1, np.int8), 10))
    job.start(path)
    job.cancel()
    QCoreApplication.processEvents()
    assert heard.all == []


def test_another_start_replaces_the_first(qtbot: QtBot, jobs: list[PeaksJob], tmp_path: Path) -> None:
    job = scripted(
        jobs,
        tmp_path,
        "if sys.argv[1].endswith('slow.mp3'): time.sleep(600)\nwrite_message(out, FAILED, sys.argv[1].encode())\n",
    )
    heard = Heard(job)
    job.start(tmp_path / "slow.mp3")
    with qtbot.waitSignal(job.failed, timeout=20_000):
        job.start(tmp_path / "quick.mp3")
    assert heard.all == [("failed", str(tmp_path / "quick.mp3"))]


def test_starting_from_within_an_answer(qtbot: QtBot, jobs: list[PeaksJob], tmp_path: Path) -> None:
    job = scripted(jobs, tmp_path, "write_message(out, FAILED, sys.argv[1].encode())\n")
    heard = Heard(job)
    names = iter(["second.mp3"])

    def next_one() -> None:
        for name in names:
            job.start(tmp_path / name)
            return

    job.failed.connect(next_one)
    job.start(tmp_path / "first.mp3")
    qtbot.waitUntil(lambda: len(heard.all) == 2, timeout=20_000)
    assert [Path(message).name for _, message in heard.all] == ["first.mp3", "second.mp3"]


def test_worker_runs_from_anywhere_and_is_polite(tmp_path: Path) -> None:
    """Started in a strange folder it finds our package, not a stranger's file of the same name."""
    (tmp_path / "player.py").write_text("raise SystemExit('the wrong one')")
    (tmp_path / "random.py").write_text("raise SystemExit('the wrong one')")
    path = write_sound(tmp_path / "a.wav", seconds=0.2)
    command = [*worker_command(), *peaks_worker.worker_arguments(path, tmp_path / "cache")]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(peaks_worker.MessageReader().feed(done.stdout))[-1][0] == peaks_worker.DONE
