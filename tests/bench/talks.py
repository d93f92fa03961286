"""A library as large as one likes: talks of words that are as frequent as words are, with a real text among them."""

from __future__ import annotations

import random
from array import array
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from index import formats
from index.transcript import Timing, Transcript

WORDS_A_TALK = 9_500
_VOCABULARY = 120_000
_SEED = "gradient-dissent-catanzaro-whisper.txt"
_COMMONEST = (
    "the and to of a that in it is you i we this so they have for but be with on are not as what know just like can do"
    " it's don't that's I'm you're really think there about one people or open-source if then"
).split()


@dataclass(frozen=True)
class Talk:
    """An episode as search sees one."""

    episode: int
    transcript: Transcript
    revision: int = 1
    title: str = ""
    show: str = ""
    date: str = ""
    tags: tuple[str, ...] = ()
    duration_ms: int = 0
    questions: tuple[str, ...] = ()


class Talks:
    """Talks by number, each made anew when it is asked for, always the same."""

    def __init__(self, count: int, seeds: Path | None) -> None:
        self.count = count
        self._seed = formats.read(seeds / _SEED).transcript if seeds and (seeds / _SEED).exists() else None
        random_letters = random.Random(7)
        syllables = [a + b + c for a in "bdfgklmnprstvwz" for b in "aeiou" for c in ("", "n", "r", "s", "l")]
        words = dict.fromkeys(_COMMONEST)
        while len(words) < _VOCABULARY:
            words["".join(random_letters.choices(syllables, k=random_letters.choice((1, 2, 2, 3, 3, 4))))] = None
        self._words = list(words)
        # Zipf's law with Mandelbrot's correction: the most frequent word is one of 18, as in English speech.
        self._weights = list(accumulate(1 / (rank + 2.7) ** 1.03 for rank in range(_VOCABULARY)))

    def revisions(self) -> dict[int, int]:
        return dict.fromkeys(range(1, self.count + 1), 1)

    def transcript_of(self, episode_id: int) -> Transcript:
        """The words of a talk: every hundredth is the real text."""
        if self._seed is not None and episode_id % 100 == 1:
            return self._seed
        chance = random.Random(episode_id)
        total = self._weights[-1]
        drawn = [self._words[bisect(self._weights, chance.random() * total)] for _ in range(WORDS_A_TALK)]
        return spoken(drawn)

    def document(self, episode_id: int) -> Talk:
        date = f"{2015 + episode_id % 10}-{1 + episode_id % 12:02}-{1 + episode_id % 28:02}"
        return Talk(episode_id, self.transcript_of(episode_id), title=f"Talk {episode_id}", show="Talks", date=date)

    def documents(self) -> Iterator[Talk]:
        """Every talk."""
        return map(self.document, self.revisions())


def spoken(words: list[str]) -> Transcript:
    """Words at 160 a minute, in cues of ten, said by two people in turn."""
    count = len(words)
    limits = array("i", accumulate(len(word) + 1 for word in words))
    offsets = array("i", [0, *limits[:-1]])
    starts = array("q", (word * 375 for word in range(count)))
    cues, turns = range(0, count, 10), range(0, count, 70)
    return Transcript(
        text=" ".join(words),
        offsets=offsets,
        limits=array("i", (limit - 1 for limit in limits)),
        starts=starts,
        ends=array("q", (start + 340 for start in starts)),
        timings=bytes([Timing.EXACT]) * count,
        joints=bytes(count),
        cue_firsts=array("i", cues),
        cue_starts=array("q", (word * 375 for word in cues)),
        cue_ends=array("q", (min(count, word + 10) * 375 for word in cues)),
        turn_firsts=array("i", turns),
        turn_speakers=array("i", (number % 2 for number in range(len(turns)))),
        speakers=("Mara Lind", "Tom Weber"),
    )


