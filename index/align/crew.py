"""Who searches the sound: one recogniser here, or several in processes of their own that are asked in the same way."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from index.align.language import Language, Part
from index.align.recogniser import ENGLISH, Heard, HeardWord, Recogniser
from index.align.sound import Sound
from index.align.windows import Window

Told = Callable[[int, int], None]
"""Is told how much of how much is done."""

Cancelled = Callable[[], bool]
"""Asked now and then whether to stop."""

Answer = tuple[int, list[Heard | None]]
"""The number of a window in its order, and when each of its words was heard, in ms of the whole sound."""


class Crew(Protocol):
    """Does the searching, in whatever order is quickest."""

    def find(self, windows: Sequence[Window], *, wide: bool = False) -> Iterator[Answer]:
        """Look for the words of each window; those that were not found are None. One answer a window."""

    def hear(self, parts: Sequence[Part]) -> Iterator[list[HeardWord]]:
        """The words heard in each part by its language; one list a part, in their order."""


class Alone:
    """A crew of one, in this process, for sound in a language such as `en` or `de`."""

    def __init__(self, sound: Sound, language: str = ENGLISH) -> None:
        self._sound, self._language = sound, language
        self._recognisers: dict[bool, Recogniser] = {}

    def find(self, windows: Sequence[Window], *, wide: bool = False) -> Iterator[Answer]:
        """Look for the words of each window."""
        for number, window in enumerate(windows):
            yield number, find_in(self._recogniser(wide), self._sound, window)

    def hear(self, parts: Sequence[Part]) -> Iterator[list[HeardWord]]:
        """The words heard in each part."""
        recogniser = self._recogniser(False)
        learned: Language | None = None
        for part in parts:
            if part.language is not learned:
                learned = part.language
                recogniser.learn(learned)
            yield hear_in(recogniser, self._sound, part.start_ms, part.end_ms)

    def _recogniser(self, wide: bool) -> Recogniser:
        if wide not in self._recognisers:
            self._recognisers[wide] = Recogniser(self._language, wide=wide)
        return self._recognisers[wide]


def find_in(recogniser: Recogniser, sound: Sound, window: Window) -> list[Heard | None]:
    """When each word of the window is said, in ms of the whole sound; None for all where that was not found."""
    samples = sound.between(window.start_ms, window.end_ms)
    heard = recogniser.find(samples, window.texts, before=window.before, after=window.after)
    at = window.start_ms
    return [each and Heard(at + each.start_ms, at + each.end_ms, each.score) for each in heard]


def hear_in(recogniser: Recogniser, sound: Sound, start_ms: int, end_ms: int) -> list[HeardWord]:
    """The words between two times, in ms of the whole sound."""
    heard = recogniser.hear(sound.between(start_ms, end_ms))
    return [HeardWord(text, start_ms + start, start_ms + end, score) for text, start, end, score in heard]
