"""How quick the library is: adding files, adding them again, listing thousands, keeping and reading words, starting."""

from __future__ import annotations

import tempfile
import time
from contextlib import closing
from pathlib import Path

from index import formats
from index.formats.base import ReadResult
from index.library import EpisodeFilter, Facts, Library, prepare
from index.library.adding import add
from index.library.blob import pack, unpack
from tests.bench.report import Row
from tests.bench.samples import write_transcript
from tests.bench.timing import median_ms

_LOAD_MS, _LIST_MS = 50.0, 150.0
_LISTED = 5_000


def rows(quick: bool = False) -> list[Row]:
    """Measured on 60 files of 9,500 words (12 when quick), on one of 100,000, and on a library of 5,000 episodes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*_words(folder, 3 if quick else 9), *_adding(folder, 12 if quick else 60), *_listing(folder)]


def _words(folder: Path, runs: int) -> list[Row]:
    path = write_transcript(folder / "ten-hours.vtt", words=100_000)
    transcript = formats.read(path).transcript
    packed = pack(transcript)
    load = median_ms(lambda: unpack(packed), runs)
    keep = median_ms(lambda: pack(transcript), runs)
    read = median_ms(lambda: formats.read(path), runs)
    size = f"{len(packed) / len(transcript):.1f} bytes a word; the file: {path.stat().st_size / len(transcript):.1f}"
    path.unlink()
    return [
        Row(
            "load 100,000 kept words",
            f"{load:.0f} ms",
            f"{_LOAD_MS:.0f} ms",
            f"their file: {read:.0f} ms",
            load <= _LOAD_MS,
        ),
        Row("pack 100,000 words", f"{keep:.0f} ms", "", size, None),
    ]


def _adding(folder: Path, count: int) -> list[Row]:
    talks = folder / "talks"
    talks.mkdir()
    for number in range(count):
        path = write_transcript(talks / f"{number}.vtt", words=9_500)
        path.write_text(path.read_text("utf-8") + f"\n99:00:00.000 --> 99:00:01.000\n{number}\n", "utf-8")
    with closing(Library(folder / "added.sqlite")) as library:

        def take() -> float:
            begun = time.perf_counter()
            add(library, [talks], probe=lambda sound: Facts())
            return (time.perf_counter() - begun) / count * 1000

        first, again = take(), take()
        assert len(library.revisions()) == count
    read = median_ms(lambda: [formats.read(path) for path in talks.iterdir()], 1) / count
    return [
        Row("add an episode, 9,500 words", f"{first:.0f} ms", "", f"reading its file: {read:.0f} ms", None),
        Row("meet it again", f"{again:.2f} ms", "", "1,000 unchanged files in a watched folder: x 1,000", None),
    ]


def _listing(folder: Path) -> list[Row]:
    path, empty = folder / "many.sqlite", folder / "empty.sqlite"
    words = prepare(ReadResult(formats.read(write_transcript(folder / "talk.vtt", words=9_500)).transcript, ""))
    with closing(Library(path)) as library, library.store.change():
        for number in range(_LISTED):
            facts = Facts(f"Episode {number}", f"Show {number % 50}", f"20{number % 24:02d}-05-04", 3_600_000)
            episode = library.episodes.add(Path(f"/talks/{number}.mp3"), None, facts)
            library.transcripts.put(episode, Path(f"/talks/{number}.vtt"), words)
            library.episodes.tag([episode], "all", f"of {number % 7}")
    Library(empty).close()
    with closing(Library(path)) as library:
        listed = median_ms(lambda: library.episodes.select(sort="show"), 5)
        narrowed = median_ms(lambda: library.episodes.select(EpisodeFilter(text="episode 77"), "title"), 5)
        revisions = median_ms(library.revisions, 5)
    start = median_ms(lambda: Library(path).close(), 9)
    bare = median_ms(lambda: Library(empty).close(), 9)
    size = path.stat().st_size >> 20
    return [
        Row(
            f"list {_LISTED:,} episodes", f"{listed:.0f} ms", f"{_LIST_MS:.0f} ms", "sorted by show", listed <= _LIST_MS
        ),
        Row("narrow that list", f"{narrowed:.0f} ms", "", f"what search is to know: {revisions:.1f} ms", None),
        Row(f"open that library, {size} MB", f"{start:.1f} ms", "", f"an empty one: {bare:.1f} ms", None),
    ]
