"""Work off the GUI thread: answers come back on it, stale ones never."""

from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from player.tasks import Tasks


@pytest.fixture
def tasks(qapp: QApplication) -> Tasks:
    return Tasks()


def deliver(tasks: Tasks) -> None:
    tasks.wait()
    QApplication.processEvents()


def fail(error: Exception) -> None:
    raise AssertionError(f"did not expect {error!r}")


def test_the_answer_comes_back_on_the_gui_thread(tasks: Tasks) -> None:
    told: list[object] = []
    tasks.run("a", current_thread, lambda thread: told.extend((thread, current_thread())), fail)
    assert told == []
    deliver(tasks)
    assert told[0] is not main_thread()
    assert told[1] is main_thread()


def test_a_failure_comes_back_too(tasks: Tasks) -> None:
    told: list[Exception] = []

    def work() -> None:
        raise ValueError("no")

    tasks.run("a", work, lambda _: fail(ValueError("it worked")), told.append)
    deliver(tasks)
    assert [str(error) for error in told] == ["no"]


def test_only_the_newest_answer_of_a_key_counts(tasks: Tasks) -> None:
    told: list[int] = []
    gate = Event()
    tasks.run("a", lambda: gate.wait(5) and 1, lambda _: told.append(1), fail)
    tasks.run("a", lambda: 2, lambda _: told.append(2), fail)
    gate.set()
    deliver(tasks)
    assert told == [2]


def test_a_stale_failure_is_dropped_as_well(tasks: Tasks) -> None:
    told: list[int] = []

    def work() -> None:
        raise ValueError("no")

    tasks.run("a", work, lambda _: None, fail)
    tasks.run("a", lambda: 2, told.append, fail)
    deliver(tasks)
    assert told == [2]


def test_keys_do_not_disturb_each_other(tasks: Tasks) -> None:
    told: list[str] = []
    for key in "abc":
        tasks.run(key, lambda key=key: key, told.append, fail)  # type: ignore[misc]
    deliver(tasks)
    assert sorted(told) == ["a", "b", "c"]


def test_what_is_dropped_never_answers(tasks: Tasks) -> None:
    tasks.run("a", lambda: 1, lambda _: fail(ValueError("dropped")), fail)
    tasks.drop("a")
    deliver(tasks)
    told: list[int] = []
    tasks.run("a", lambda: 2, told.append, fail)
    deliver(tasks)
    assert told == [2]


def test_dropping_what_never_ran_is_nothing(tasks: Tasks) -> None:
    tasks.drop("never")


def test_an_answer_can_ask_again(tasks: Tasks) -> None:
    told: list[int] = []
    tasks.run("a", lambda: 1, lambda one: tasks.run("a", lambda: one + 1, told.append, fail), fail)
    deliver(tasks)
    deliver(tasks)
    assert told == [2]


def test_many_tasks_all_come_back(tasks: Tasks) -> None:
    told: list[int] = []
    for number in range(200):
        tasks.run(str(number), lambda number=number: number, told.append, fail)  # type: ignore[misc]
    deliver(tasks)
    assert sorted(told) == list(range(200))


def test_an_owner_that_is_gone_hears_nothing(qtbot: QtBot) -> None:
    owner = QObject()
    tasks = Tasks(owner)
    gate = Event()
    tasks.run("a", lambda: gate.wait(5), lambda _: fail(ValueError("gone")), fail)
    gate.set()
    tasks.wait()
    owner.deleteLater()
    del tasks
    QApplication.sendPostedEvents(owner, 52)
    QApplication.processEvents()
