"""A running app in a window nobody sees, on a clock that the test moves, and a talk to open in it."""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot
from searches import Work, write_cues
from talk import write_talk
from user import MakeUser, User

from index.errors import EarmarkError
from index.library import Library
from player import theme, worker
from player.app import App
from player.audio.choose import Choice
from player.audio.engine import SilentEngine
from player.audio.playback import Playback
from player.jobs import Job, Jobs
from player.settings import Settings
from tests.standins import NoPeaks, Stopwatch


class HereAndNow(Jobs):
    """Does jobs in this process, from the event loop."""

    def _make(self, name: str, order: dict[str, Any]) -> Job:
        job = Job(self)
        cancelled = Event()
        job.cancel_requested.connect(cancelled.set)

        def do() -> None:
            if cancelled.is_set():
                job.stopped.emit()
                return
            try:
                result = worker.find_work(name)(order, job.progressed.emit, cancelled.is_set)
            except EarmarkError as error:
                job.failed.emit(str(error))
            else:
                job.finished.emit(json.loads(json.dumps(result)))

        QTimer.singleShot(0, job, do)
        return job


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application as `run` dresses it."""
    qapp.setApplicationDisplayName("Earmark")
    qapp.setStyle("Fusion")
    theme.load_fonts()
    return qapp


@pytest.fixture(scope="session")
def talk_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The sound and the transcript of the talk; nobody may change them."""
    return write_talk(tmp_path_factory.mktemp("talk"))


@pytest.fixture
def saved() -> list[Settings]:
    """The settings as they were written, last one last."""
    return []


def _nobody_answers(*args: object, **kwargs: object) -> None:
    raise AssertionError("nobody is here to answer")


@pytest.fixture
def make_user(
    dressed: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, saved: list[Settings]
) -> Iterator[MakeUser]:
    """Starts apps: give settings, a library, a size."""
    users: list[User] = []
    monkeypatch.setattr("player.waveform.PeaksJob", NoPeaks)
    monkeypatch.setattr("player.parts.Jobs", HereAndNow)
    monkeypatch.setattr("player.indexing._A_MOMENT_MS", 0)
    monkeypatch.setattr("player.widgets.follow._SCROLL_MS", 0)
    monkeypatch.setattr("player.audio.playback.SEEK_GAP_MS", 0)
    monkeypatch.setattr("player.aligning._BEGIN_AFTER_MS", 10**9)  # Tests say when.
    for asked in ("getOpenFileNames", "getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, asked, _nobody_answers)
    monkeypatch.setattr(QMessageBox, "exec", _nobody_answers)
    monkeypatch.setattr(QInputDialog, "getText", _nobody_answers)

    def make(
        settings: Settings | None = None,
        *,
        library: Library | None = None,
        use_library_file: bool = False,
        size: tuple[int, int] = (1280, 800),
    ) -> User:
        stopwatch = Stopwatch()
        monkeypatch.setattr("player.parts.Playback", partial(Playback, monotonic=stopwatch))
        engine = SilentEngine(monotonic=stopwatch)
        app = App(
            dressed,
            settings or Settings(),
            choice=Choice(engine, engine.name, ""),
            library=None if use_library_file else library or Library(":memory:"),
            save=saved.append,
        )
        user = User(app, stopwatch, saved)
        users.append(user)
        app.window.resize(*size)
        app.window.show()
        app.window.activateWindow()
        qtbot.waitActive(app.window)
        user.pump()
        return user

    yield make
    for user in users:
        user.window.close()
        user.window.deleteLater()
        user.app.deleteLater()
    # Widgets that live on would be dressed anew with every app that comes after.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def user(make_user: MakeUser) -> User:
    """Somebody before an empty window."""
    return make_user()


@pytest.fixture
def app(user: User) -> App:
    """The app that the user sits before."""
    return user.app


@pytest.fixture
def reader(user: User, talk_files: tuple[Path, Path]) -> User:
    """Somebody who has opened the talk, paused at its beginning."""
    user.open(*talk_files)
    return user


@pytest.fixture
def jobs(monkeypatch: pytest.MonkeyPatch) -> list[Work]:
    """Every job that was begun; nothing runs but what the test does."""
    begun: list[Work] = []

    def start(self: Jobs, name: str, order: dict[str, Any]) -> Job:
        if name not in ("align", "put_in_step"):
            return Job(self)
        begun.append(Work(order, self))
        return begun[-1]

    monkeypatch.setattr("player.jobs.Jobs.start", start)
    monkeypatch.setattr("index.align.listening.is_available", lambda: True)
    return begun


@pytest.fixture
def cues(user: User, jobs: list[Work], tmp_path: Path) -> User:
    """Somebody who has opened a talk with times for its cues only."""
    user.open(*write_cues(tmp_path))
    return user


@pytest.fixture
def librarian(make_user: MakeUser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody with two episodes in a library on disk; the second of them is open."""
    monkeypatch.setattr("player.parts.data_folder", lambda: tmp_path / "data")
    user = make_user(use_library_file=True)
    for name in ("first", "second"):
        user.open(*write_talk(tmp_path, name))
    user.settle()
    return user
