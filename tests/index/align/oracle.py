"""A crew that knows when each word is said, for tests that need no recogniser."""

from collections.abc import Iterator, Sequence

import numpy as np

from index.align.crew import Answer
from index.align.language import Part
from index.align.recogniser import Heard, HeardWord
from index.align.sound import SamplesSound
from index.align.windows import Window
from index.builder import TranscriptBuilder
from index.transcript import Transcript

WORD_MS = 300


def silence(length_ms: int) -> SamplesSound:
    """A sound in which nothing is said."""
    return SamplesSound(np.zeros(length_ms * 16, np.int16))


def nobody(done: int, total: int) -> None:
    """Is told of progress and does nothing."""


def never() -> bool:
    """Goes on."""
    return False


class Oracle:
    """Says of each word of the sound (`said`, one after the other) when it is said, unless it is deaf to it."""

    def __init__(self, said: Sequence[tuple[str, int]], *, deaf: Sequence[str] = (), bad: Sequence[str] = ()) -> None:
        self.said = list(said)
        self.deaf, self.bad = frozenset(deaf), frozenset(bad)
        self.asked: list[tuple[bool, int]] = []
        self.parts: list[Part] = []

    def find(self, windows: Sequence[Window], *, wide: bool = False) -> Iterator[Answer]:
        """The windows' words where they are said in order between the windows' ends, all or none."""
        self.asked.append((wide, len(windows)))
        for number, window in enumerate(windows):
            inside = [(text, ms) for text, ms in self.said if window.start_ms <= ms < window.end_ms]
            found: list[Heard | None] = []
            at = 0
            for text in window.texts:
                here = next((n for n in range(at, len(inside)) if inside[n][0] == text), None)
                if here is None or text in self.deaf:
                    found.append(None)
                    continue
                at = here + 1
                score = -9.0 if text in self.bad else -1.0
                found.append(Heard(inside[here][1], inside[here][1] + WORD_MS - 10, score))
            own = found[window.before : len(found) - window.after]
            yield number, found if all(own) else [None] * len(found)

    def hear(self, parts: Sequence[Part]) -> Iterator[list[HeardWord]]:
        """What is said in each part, of the words of its language."""
        self.parts += parts
        for part in parts:
            known = {word for sentence in part.language for word in sentence} - self.deaf
            yield [
                HeardWord(text, ms, ms + WORD_MS - 10, -9.0 if text in self.bad else -1.0)
                for text, ms in self.said
                if part.start_ms <= ms < part.end_ms and text in known
            ]


def one_after_another(words: Sequence[str], from_ms: int = 0) -> list[tuple[str, int]]:
    """The words, each 300 ms after the one before it."""
    return [(word, from_ms + number * WORD_MS) for number, word in enumerate(words)]


def untimed(words: Sequence[str]) -> Transcript:
    """The words as a text without times."""
    builder = TranscriptBuilder()
    builder.forget_times()
    builder.add_cue(0, 0)
    builder.add_text(" ".join(words))
    return builder.build()
