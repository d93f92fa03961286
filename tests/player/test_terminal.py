import re
from pathlib import Path

import pytest

import resources
from index import formats
from player.terminal import run_demo


class Clock:
    """A clock that only goes on while somebody sleeps."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.slept = 0

    def monotonic(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds
        self.slept += 1


def told(folder: Path) -> tuple[list[tuple[float, str]], Clock]:
    """What the demo writes, each with the time in s at which it does."""
    clock = Clock()
    written: list[tuple[float, str]] = []
    status = run_demo(
        monotonic=clock.monotonic,
        sleep=clock.sleep,
        write=lambda text: written.append((clock.now_s - 100, text)),
        folder=folder,
    )
    assert status == 0
    return written, clock


def test_words_appear_as_they_are_spoken(tmp_path: Path) -> None:
    transcript = formats.read(resources.path("demo", "earmark-demo.vtt")).transcript
    written, clock = told(tmp_path)
    start_ms = 4000
    spoken = [word for word in transcript.all_words if start_ms < transcript.starts[word] < start_ms + 9000 - 60]
    shown = [(at, text) for at, text in written if text.strip()][1:]  # After the greeting.
    words = [(at, text) for at, text in shown if not text.endswith(": ")][: len(spoken)]
    assert [text for _, text in words] == [transcript.word_text(word) for word in spoken]
    for (at, _), word in zip(words, spoken, strict=True):
        late_ms = start_ms + at * 1000 - transcript.starts[word]
        assert -1 < late_ms < 60
    assert clock.slept in (180, 181)  # Nine seconds, as well as twentieths of a second can be added up.


def test_names_begin_lines(tmp_path: Path) -> None:
    text = "".join(text for _, text in told(tmp_path)[0])
    assert re.search(r"^ 0:0\d  Host: Hello\. You’re listening", text, re.MULTILINE)
    assert "  " not in text.split("Host: ")[1].split("\n")[0]


def test_the_phrase_is_found_and_kept(tmp_path: Path) -> None:
    text = "".join(text for _, text in told(tmp_path)[0])
    assert "Finding “a moment worth keeping”: 4 times.\n" in text
    assert text.count("[a moment") + text.count("[A moment") == 4
    path = tmp_path / "a-moment-worth-keeping.vtt"
    assert text.endswith(f"Written to {path}\n")
    assert path.read_text("utf-8") in text
    assert formats.read(path).transcript.text == "a moment worth keeping?"


def test_it_is_the_same_every_time(tmp_path: Path) -> None:
    assert told(tmp_path)[0] == told(tmp_path)[0]


def test_without_a_folder_it_goes_to_one_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    clock = Clock()
    assert run_demo(monotonic=clock.monotonic, sleep=clock.sleep) == 0
    path = Path(capsys.readouterr().out.rstrip().rsplit("Written to ", 1)[1])
    assert path.parent.parent == tmp_path
    assert path.is_file()
