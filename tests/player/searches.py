"""Searches for words in sound whose process is the test: it says what is found, and when."""

import re
from array import array
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from talk import WORD_MS, vtt_text, word_ms, write_sound
from user import User

from index.library.blob import pack, unpack
from index.transcript import Timing, Transcript
from player.jobs import Job

LATER_MS = 40  # Words are heard so much later than in the talk's file.


class Work(Job):
    """A job whose process is the test."""

    def __init__(self, order: dict[str, Any], parent: QObject) -> None:
        super().__init__(parent)
        self.order = order
        self.cancelled = False

    def cancel(self) -> None:
        """Note it; what is found so far is there already."""
        self.cancelled = True

    def asked(self) -> Transcript:
        """The words that are to be found."""
        return unpack(Path(self.order["transcript"]).read_bytes())

    def find(self, count: int) -> None:
        """Find so many words."""
        words = self.asked()
        starts, timings = words.starts.tolist(), bytearray(words.timings)
        for word in range(count):
            starts[word], timings[word] = word_ms(word) + LATER_MS, Timing.ALIGNED
        timed = replace(
            words,
            starts=array("q", starts),
            ends=array("q", (start + WORD_MS - 50 for start in starts)),
            timings=bytes(timings if words.timed else timings.replace(bytes([Timing.NONE]), bytes([Timing.UNHEARD]))),
            confidences=bytes([230]) * len(words),
            timed=True,
        )
        Path(self.order["output"]).write_bytes(pack(timed))

    def finish(self, user: User, count: int, warning: str = "") -> None:
        """Find words and be done."""
        self.find(count)
        self.finished.emit({"warning": warning})
        settle(user)


def settle(user: User) -> None:
    """Wait for what follows from each other in threads."""
    for _ in range(4):
        user.settle()


def write_cues(folder: Path) -> tuple[Path, Path]:
    """The talk with times for its cues only."""
    sound, transcript = write_sound(folder / "cues.wav"), folder / "cues.vtt"
    transcript.write_text(re.sub(r"<\d\d:[\d:.]+>", "", vtt_text()), "utf-8")
    return sound, transcript


def begin(user: User) -> None:
    """Let the moment pass after which the work begins by itself."""
    user.app.aligning._begin.timeout.emit()
    settle(user)


def words(user: User) -> Transcript:
    """What is open."""
    transcript = user.session.transcript
    assert transcript is not None
    return transcript
