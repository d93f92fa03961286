import sys

import pytest
from pytestqt.qtbot import QtBot

from player.jobs import Jobs

_READ = "import json, sys; order = json.loads(sys.stdin.readline()); "


@pytest.fixture
def start(qapp, monkeypatch):
    jobs = Jobs(qapp)

    def start(script: str, order: dict[str, object] | None = None):
        monkeypatch.setattr("player.jobs.python_command", lambda module: [sys.executable, "-c", _READ + script])
        return jobs.start("add", order or {})

    yield start
    jobs.close()
    jobs.deleteLater()


def test_progress_and_the_answer(qtbot: QtBot, start):
    job = start(
        "print(json.dumps({'done': 1, 'total': 2})); print(json.dumps({'finished': {'order': order}}))",
        {"path": "a b\né"},
    )
    seen = []
    job.progressed.connect(lambda done, total: seen.append((done, total)))
    with qtbot.waitSignal(job.finished) as answer:
        pass
    assert seen == [(1, 2)]
    assert answer.args == [{"order": {"path": "a b\né"}}]


def test_a_failure_is_its_sentence(qtbot: QtBot, start):
    with qtbot.waitSignal(start("print(json.dumps({'failed': 'No room.'}))").failed) as answer:
        pass
    assert answer.args == ["No room."]


def test_a_crash_tells_its_last_words(qtbot: QtBot, start):
    with qtbot.waitSignal(start("raise SystemExit('out of luck')").failed) as answer:
        pass
    assert "out of luck" in answer.args[0]
    assert "can be started again" in answer.args[0]


def test_cancelling_is_asked_for(qtbot: QtBot, start):
    job = start("sys.stdin.readline(); print(json.dumps({'cancelled': True}))")
    with qtbot.waitSignal(job.stopped):
        job.cancel()


def test_who_does_not_hear_is_ended(qtbot: QtBot, start, monkeypatch):
    monkeypatch.setattr("player.jobs._PATIENCE_MS", 50)
    job = start("import time; time.sleep(60)")
    with qtbot.waitSignal(job.stopped):
        job.cancel()


def test_a_program_that_is_not_there_is_told(qtbot: QtBot, qapp, monkeypatch):
    monkeypatch.setattr("player.jobs.python_command", lambda module: ["/no/such/program"])
    jobs = Jobs(qapp)
    with qtbot.waitSignal(jobs.start("add", {}).failed) as answer:
        pass
    assert "could not be started" in answer.args[0]
    jobs.deleteLater()
