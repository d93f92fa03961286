"""A crew of processes: real ones, with a stand-in for the recogniser where the test is not about that."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.align.language import Part
from index.align.windows import Window
from index.errors import EarmarkError
from player.work import crew
from player.work.crew import Searchers

# Answers as a searcher does, and dies, or fails, where a window has a word for it.
STAND_IN = """
import json, os, sys
marks = sys.argv[1]
learned = None
for line in sys.stdin:
    asked = json.loads(line)
    answer = True
    if "learn" in asked:
        learned = asked["learn"]
    elif "hear" in asked:
        answer = [[learned[0][0], *asked["hear"], -1.0]]
    else:
        for window in asked["find"]:
            for text in window["texts"]:
                if text == "die" or (text == "once" and not os.path.exists(marks)):
                    open(marks, "w").close()
                    os._exit(9)
                if text == "fail":
                    print(json.dumps({"failed": "It is no use."}), flush=True)
                    sys.exit(0)
        answer = [[[window["start_ms"], window["end_ms"], -1.0] for _ in window["texts"]] for window in asked["find"]]
    print(json.dumps({"answer": answer}), flush=True)
"""


@pytest.fixture
def searchers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Searchers]:
    command = [sys.executable, "-c", STAND_IN]
    monkeypatch.setattr(crew, "python_command", lambda _: command)
    monkeypatch.setattr(crew, "require_recogniser", lambda: None)
    return lambda count=2: Searchers(tmp_path / "mark", count)


def window(number: int, *texts: str) -> Window:
    return Window(tuple(range(len(texts))), texts, 0, 0, number * 1000, number * 1000 + 500)


def test_every_window_is_answered_once(searchers: Callable[..., Searchers]) -> None:
    wanted = [window(number, "a", "b") for number in range(50)]
    with searchers() as found:
        answers = dict(found.find(wanted))
    assert sorted(answers) == list(range(50))
    assert all(answers[number][1] == (number * 1000, number * 1000 + 500, -1.0) for number in answers)


def test_parts_are_heard_in_order_by_the_language_that_was_learned(searchers: Callable[..., Searchers]) -> None:
    sea, tide = [["sea"]], [["tide"]]
    parts = [Part(number, number + 1, sea if number < 14 else tide) for number in range(21)]
    with searchers() as found:
        heard = list(found.hear(parts))
    assert [words[0] for words in heard] == [(part.language[0][0], *part[:2], -1.0) for part in parts]


def test_the_work_of_a_process_that_dies_is_done_again(searchers: Callable[..., Searchers]) -> None:
    with searchers() as found:
        answers = dict(found.find([window(0, "a"), window(1, "once"), window(2, "c")]))
    assert all(answers[number] == [(number * 1000, number * 1000 + 500, -1.0)] for number in range(3))


def test_what_kills_every_process_is_given_up_and_the_rest_goes_on(searchers: Callable[..., Searchers]) -> None:
    wanted = [window(number, "die" if number == 3 else "a") for number in range(30)]
    with searchers() as found:
        answers = dict(found.find(wanted))
    assert answers[3] == [None]
    assert answers[29] == [(29_000, 29_500, -1.0)]


def test_a_sound_that_cannot_be_read_is_told(searchers: Callable[..., Searchers]) -> None:
    with searchers() as found, pytest.raises(EarmarkError, match="no use"):
        list(found.find([window(0, "fail")]))


def test_no_process_is_left(searchers: Callable[..., Searchers]) -> None:
    with searchers() as found:
        answers = found.find([window(number, "a") for number in range(400)])
        next(answers)
        running = [process._running for process in found._processes if process._running]
    assert running
    assert all(each.poll() is not None for each in running)


def test_real_processes_answer_even_where_nothing_is_said(tmp_path: Path) -> None:
    pytest.importorskip("pocketsphinx", reason="needs the recogniser")
    import wave

    path = tmp_path / f"quiet {os.sep == '/' and 'ü'}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(np.random.default_rng(1).integers(-200, 200, 32_000).astype("<i2").tobytes())
    with Searchers(path, 1) as found:
        answers = list(found.find([window(0, "hello", "there")]))
        heard = list(found.hear([Part(0, 2000, [["hello", "there"]])]))
    assert [number for number, _ in answers] == [0]
    assert len(answers[0][1]) == 2
    assert len(heard) == 1
