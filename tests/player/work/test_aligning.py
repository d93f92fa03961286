"""The job that finds words in sound, with a crew that knows where they are."""

import errno
import wave
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.align import telling
from index.align.crew import Answer
from index.align.language import Part
from index.align.recogniser import Heard, HeardWord
from index.align.windows import Window
from index.builder import TranscriptBuilder
from index.errors import EarmarkError
from index.library.blob import pack, unpack
from index.transcript import Timing, Transcript
from player.work import aligning
from player.work.aligning import align
from player.worker import find_work

WORDS = [f"word{number}" for number in range(60)]


class Crew:
    """Every word is said 300 ms after the one before it."""

    def __init__(self, sound: Path, *, language: str = "en") -> None:
        self.sound = sound

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def find(self, windows: Sequence[Window], *, wide: bool = False) -> Iterator[Answer]:
        for number, window in enumerate(windows):
            yield number, [Heard(word * 300, word * 300 + 280, -1.0) for word in window.words]

    def hear(self, parts: Sequence[Part]) -> Iterator[list[HeardWord]]:
        for part in parts:
            yield [
                HeardWord(word, number * 300, number * 300 + 280, -1.0)
                for number, word in enumerate(WORDS)
                if part.start_ms <= number * 300 < part.end_ms
            ]


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setattr(aligning, "Searchers", Crew)
    monkeypatch.setattr(aligning.os, "nice", lambda _: 0, raising=False)
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(np.zeros(8000 * 18, np.int16).tobytes())
    (tmp_path / "in").write_bytes(pack(transcript(timed=True)))
    return {name: str(tmp_path / file) for name, file in (("transcript", "in"), ("sound", "a.wav"), ("output", "out"))}


def transcript(*, timed: bool) -> Transcript:
    builder = TranscriptBuilder()
    for first in range(0, len(WORDS), 6):
        builder.add_cue(first * 300, first * 300 + 1800)
        builder.add_text(" ".join(WORDS[first : first + 6]))
    if not timed:
        builder.forget_times()
    return builder.build()


def never() -> bool:
    return False


def test_the_job_can_be_asked_for_by_its_name() -> None:
    assert find_work("align") is align


@pytest.mark.parametrize("timed", [True, False])
def test_what_is_found_is_written(order: dict[str, Any], timed: bool) -> None:
    Path(order["transcript"]).write_bytes(pack(transcript(timed=timed)))
    told: list[tuple[int, int]] = []
    assert align(order, lambda *way: told.append(way), never) == {"warning": "", "parts": {"aligned": 60}}
    found = unpack(Path(order["output"]).read_bytes())
    assert found.starts.tolist() == [number * 300 for number in range(60)]
    assert found.text == transcript(timed=timed).text
    assert told[-1][0] == told[-1][1]


def test_a_job_that_is_stopped_keeps_what_it_found(order: dict[str, Any]) -> None:
    align(order, lambda *_: None, lambda: True)
    found = unpack(Path(order["output"]).read_bytes())
    kinds = {Timing(kind) for kind in found.timings}
    assert Timing.ALIGNED in kinds
    assert unpack(Path(order["transcript"]).read_bytes()).timing == "estimated"


def test_a_job_without_times_that_is_stopped_writes_nothing(order: dict[str, Any]) -> None:
    Path(order["transcript"]).write_bytes(pack(transcript(timed=False)))
    assert align(order, lambda *_: None, lambda: True) == {}
    assert not Path(order["output"]).exists()


def test_what_cannot_be_written_is_told_and_nothing_is_lost(order: dict[str, Any]) -> None:
    order["output"] = str(Path(order["output"]).parent / "gone" / "out")
    with pytest.raises(EarmarkError, match="could not be written"):
        align(order, lambda *_: None, never)
    assert unpack(Path(order["transcript"]).read_bytes()).text == transcript(timed=True).text


def test_what_was_found_before_the_disk_was_full_stays(order: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "_TELL_EVERY_S", 0.0)
    write, kept = Path.write_bytes, list[bytes]()

    def fill_up(path: Path, data: bytes) -> int:
        if kept:
            write(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        kept.append(data)
        return write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", fill_up)
        with pytest.raises(EarmarkError, match="the disk is full"):
            align(order, lambda *_: None, never)
    output = Path(order["output"])
    assert output.read_bytes() == kept[0]
    assert Timing.ALIGNED in unpack(kept[0]).timings
    assert sorted(each.name for each in output.parent.iterdir()) == ["a.wav", "in", "out"]
    Path(order["transcript"]).write_bytes(kept[0])
    assert align(order, lambda *_: None, never)["parts"] == {"aligned": 60}


@pytest.mark.parametrize("asked", range(4))
def test_a_job_that_is_stopped_at_any_moment_leaves_a_whole_transcript(order: dict[str, Any], asked: int) -> None:
    answers = iter([False] * asked)
    align(order, lambda *_: None, lambda: next(answers, True))
    found = unpack(Path(order["output"]).read_bytes())
    assert found.text == transcript(timed=True).text
    assert {Timing(kind) for kind in found.timings} <= {Timing.ALIGNED, Timing.ESTIMATED}
    assert found.starts.tolist() == sorted(found.starts)
    Path(order["transcript"]).write_bytes(pack(found))
    assert align(order, lambda *_: None, never)["parts"] == {"aligned": 60}


def test_a_sound_that_is_gone_is_told(order: dict[str, Any]) -> None:
    Path(order["sound"]).unlink()
    with pytest.raises(EarmarkError, match="not there any more"):
        align(order, lambda *_: None, never)


def test_words_that_are_late_are_put_in_step(order: dict[str, Any]) -> None:
    late = transcript(timed=True)
    late = replace(late, starts=array("q", (start + 4000 for start in late.starts)))
    Path(order["transcript"]).write_bytes(pack(late))
    found = find_work("put_in_step")(order, lambda done, total: None, lambda: False)["anchors"]
    assert [ms - late.starts[word] for word, ms in found] == [pytest.approx(-4000, abs=700)]


def test_words_in_step_need_no_anchor(order: dict[str, Any]) -> None:
    assert find_work("put_in_step")(order, lambda done, total: None, lambda: False) == {"anchors": []}
