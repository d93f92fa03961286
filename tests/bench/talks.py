"""A library as large as one likes: talks of words that are as frequent as words are, with a real text among them."""

from __future__ import annotations

import random
from array import array
from itertools import accumulate
from pathlib import Path

from index import formats
from index.transcript import Timing, Transcript, WordRange
from tests.index.search.library import Talk

WORDS_A_TALK = 9_500
_VOCABULARY = 120_000
_SEED = "gradient-dissent-catanzaro-whisper.txt"
_COMMONEST = (
    "the and to of a that in it is you i we this so they have for but be with on are not as what know just like can do"
    " it's don't that's I'm you're really think there about one people or open-source if then"
).split()


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
        # Zipf's law with Mandelbrot's correction, so that one word in 20 is the commonest and a talk has 2,300
        # different ones, as in speech.
        self._weights = list(accumulate((rank + 6) ** -1.3 for rank in range(_VOCABULARY)))

    def revisions(self) -> dict[int, int]:
        return dict.fromkeys(range(1, self.count + 1), 1)

    def transcript_of(self, episode_id: int) -> Transcript:
        """The words of a talk: every hundredth is the real text."""
        if self._seed is not None and episode_id % 100 == 1:
            return self._seed
        chance = random.Random(episode_id)
        drawn = chance.choices(self._words, cum_weights=self._weights, k=WORDS_A_TALK)
        return spoken(drawn)

    def document(self, episode_id: int) -> Talk:
        date = f"{2015 + episode_id % 10}-{1 + episode_id % 12:02}-{1 + episode_id % 28:02}"
        return Talk(episode_id, self.transcript_of(episode_id), title=f"Talk {episode_id}", show="Talks", date=date)

    def phrases(self, count: int) -> list[str]:
        """Phrases of two to eight words that are said somewhere, and some of nothing but the commonest words."""
        chance = random.Random(3)
        found = ["the and", "of the", "it is", "in the", "and to the", "you know", "it's the", "that is the"]
        while len(found) < count:
            transcript = self.transcript_of(chance.randint(1, self.count))
            length = chance.randint(2, 8)
            first = chance.randrange(len(transcript) - length)
            phrase = transcript.text_of(WordRange(first, first + length))
            if '"' not in phrase and "*" not in phrase:
                found.append(" ".join(phrase.split()))
        return found


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
