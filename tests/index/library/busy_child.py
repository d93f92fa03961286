"""A process that changes a library at random until it is killed, and writes down what it has been promised.

Each line of its log is `about to X`, written before something is changed that takes away, or `kept X`, `gone X` when
the library has said that it is done.
"""

import random
import sys
from contextlib import closing
from pathlib import Path

from adding_files import captions, look, sound

from index.library import EpisodeFilter, Library
from index.library.adding import add

_FILES = 24


class Busy:
    """Somebody who never rests."""

    def __init__(self, library: Library, folder: Path, log: Path, seed: int) -> None:
        self._library = library
        self._folder = folder
        self._log = log.open("a", encoding="utf-8", buffering=1)
        self._random = random.Random(seed)
        self._count = seed * 1_000_000

    def work(self) -> None:
        ways = (self.add, self.keep, self.keep, self.drop, self.edit, self.tag, self.correct, self.bin, self.restore)
        print("working", flush=True)
        while True:
            self._random.choice(ways)()
            if self._random.random() < 0.05:
                self.empty()

    def _say(self, line: str) -> None:
        self._log.write(line + "\n")

    def _name(self) -> str:
        self._count += 1
        return f"n{self._count}"

    def _episode(self, *, in_bin: bool = False) -> int | None:
        episodes = self._library.episodes.select(EpisodeFilter(in_bin=in_bin))
        return self._random.choice(episodes).id if episodes else None

    def add(self) -> None:
        number = self._random.randrange(_FILES)
        talk = captions(self._folder / f"{number}.vtt", " ".join([self._name()] * self._random.randrange(1, 3000)))
        if number % 2:
            sound(talk.with_suffix(".mp3"))
        report = add(self._library, [talk], probe=look)
        for episode in report.added:
            self._say(f"kept episode {episode}")

    def keep(self) -> None:
        episode = self._episode()
        if episode:
            title = self._name()
            self._library.clips.keep(episode, title, (0, 1), (0, 100))
            self._say(f"kept clip {episode} {title}")

    def drop(self) -> None:
        clips = self._library.clips.all()
        if clips:
            clip = self._random.choice(clips)
            self._say(f"about to drop clip {clip.episode} {clip.title}")
            self._library.clips.drop(clip.id)
            self._say(f"gone clip {clip.episode} {clip.title}")

    def edit(self) -> None:
        if episode := self._episode():
            self._library.episodes.edit([episode], title=self._name(), show=self._random.choice("ab"))

    def tag(self) -> None:
        if episode := self._episode():
            self._library.episodes.tag([episode], self._random.choice("xyz"))

    def correct(self) -> None:
        """The file of an episode gets other words, and its clips go along."""
        self.add()

    def bin(self) -> None:
        if self._random.random() < 0.3 and (episode := self._episode()):
            self._library.bin.put([episode])

    def restore(self) -> None:
        if episode := self._episode(in_bin=True):
            self._library.bin.restore([episode])

    def empty(self) -> None:
        for episode in self._library.episodes.select(EpisodeFilter(in_bin=True)):
            self._say(f"about to empty episode {episode.id}")
        self._library.bin.empty()


if __name__ == "__main__":
    place, folder, log, seed = sys.argv[1:]
    with closing(Library(place)) as library:
        Busy(library, Path(folder), Path(log), int(seed)).work()
