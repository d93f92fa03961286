import io
import json
import threading

import pytest

from index.errors import EarmarkError
from player import worker


class Wire(io.StringIO):
    """Stdin that ends only when it is told to."""

    def __init__(self, order: object) -> None:
        super().__init__(json.dumps(order) + "\n")
        self.ended = threading.Event()

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]
        line = super().readline(-1)
        if not line:
            self.ended.wait(5)
        return line


@pytest.fixture
def run(monkeypatch, capsys):
    def run(work, order=None, *, ended=False):
        wire = Wire(order or {})
        if ended:
            wire.ended.set()
        monkeypatch.setattr("sys.stdin", wire)
        monkeypatch.setattr(worker, "find_work", lambda name: work)
        monkeypatch.setattr(worker, "_TELL_EVERY_S", 0)
        out = io.StringIO()
        monkeypatch.setattr("sys.stdout", out)
        status = worker.main(["add"])
        wire.ended.set()
        return status, [json.loads(line) for line in out.getvalue().splitlines()]

    return run


def test_the_order_arrives_and_the_answer_comes_back(run):
    def work(order, told, cancelled):
        told(1, 2)
        return {"got": order["paths"]}

    assert run(work, {"paths": ["a\nb", "é"]}) == (0, [{"done": 1, "total": 2}, {"finished": {"got": ["a\nb", "é"]}}])


def test_what_cannot_be_done_is_one_sentence(run):
    def work(order, told, cancelled):
        raise EarmarkError("The disk is full.")

    assert run(work) == (1, [{"failed": "The disk is full."}])


def test_the_end_of_stdin_cancels(run):
    def work(order, told, cancelled):
        for _ in range(500):
            if cancelled():
                break
            threading.Event().wait(0.01)
        return {}

    assert run(work, ended=True) == (0, [{"cancelled": True}])


def test_what_a_library_prints_is_no_message(run):
    def work(order, told, cancelled):
        print("hello")
        return {}

    assert run(work) == (0, [{"finished": {}}])


def test_every_job_is_there():
    assert all(callable(worker.find_work(name)) for name in worker.JOBS)
