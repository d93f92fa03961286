"""How quick what is published is written: films next to ffmpeg's own encoding, pages next to their sound."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import resources
from index import formats
from index.clip import Clip
from index.quoting import Origin
from index.transcript import Transcript
from player.audio.media import probe
from player.publishing.choices import SHAPES, Choices, FilmStyle
from player.publishing.page import page_of
from player.publishing.piece import Piece, part_of, piece_of
from player.publishing.release import release
from tests.bench.report import Row
from tests.bench.samples import write_transcript

_FPS = 30
_ORIGIN = Origin("The obedient mark", "Earmark", "2026-11-20", "earmark-demo.opus")


def rows(quick: bool = False) -> list[Row]:
    """Films of 10 or 30 s of the demo in each shape, pages of the demo, and a page of 100,000 words."""
    runs, seconds = (1, 10) if quick else (3, 30)
    demo = formats.read(resources.path("demo", "earmark-demo.vtt")).transcript
    with tempfile.TemporaryDirectory(prefix="earmark-bench-") as name:
        folder = Path(name)
        films = [_film_row(demo, shape, folder, seconds, runs) for shape in SHAPES]
        return [*films, *_page_rows(demo, folder, runs), _large_page_row(folder, runs)]


def _piece(demo: Transcript, end_ms: int) -> Piece:
    sound = resources.path("demo", "earmark-demo.opus")
    words = demo.range_between(4000, end_ms)
    cover = resources.path("demo", "cover.png").read_bytes()
    return piece_of("The obedient mark", [part_of(demo, Clip(words, 4000, end_ms), _ORIGIN, sound)], cover=cover)


def _film_row(demo: Transcript, shape: str, folder: Path, seconds: int, runs: int) -> Row:
    """For us all counts: cutting the sound, drawing, encoding both. ffmpeg encodes the finished pictures anew."""
    target = folder / f"{shape}.mp4"
    piece = _piece(demo, 4000 + 1000 * seconds)
    times, theirs = [], []
    for _ in range(runs):
        times.append(_seconds(lambda: release(piece, target, choices=Choices(film=FilmStyle(shape)))))
        if shutil.which("ffmpeg"):
            command = (
                f"ffmpeg -v error -y -i {target} -an -c:v libx264 -preset veryfast -crf 19 -tune animation".split()
            )
            command.append(str(folder / "again.mp4"))
            theirs.append(_seconds(lambda command=command: subprocess.run(command, check=True)))  # type: ignore[misc]
    ours = seconds * _FPS / statistics.median(times)
    beside = f"ffmpeg, pictures alone: {seconds * _FPS / statistics.median(theirs):.0f}" if theirs else "no ffmpeg here"
    width, height = SHAPES[shape]
    return Row(f"film {width}x{height}, frames a second", f"{ours:.0f}", f">= {_FPS}", beside, ours >= _FPS)


def _page_rows(demo: Transcript, folder: Path, runs: int) -> list[Row]:
    piece, sound, page = _piece(demo, 189_000), folder / "sound.mp3", folder / "page.html"
    alone = statistics.median(_seconds(lambda: release(piece, sound)) for _ in range(runs))
    whole = statistics.median(_seconds(lambda: release(piece, page)) for _ in range(runs))
    # Sound takes a third more as text; 100 KB and 60 bytes a word are for the rest.
    limit = sound.stat().st_size * 4 / 3 + 100_000 + 60 * len(demo) + len(piece.cover or b"") * 4 / 3
    size, length_s = page.stat().st_size, probe(sound).duration_ms / 1000
    return [
        Row(f"page of {length_s:.0f} s", f"{whole:.2f} s", "", f"its sound as mp3: {alone:.2f} s", None),
        Row(
            "  its size",
            f"{size / 1e6:.2f} MB",
            f"<= {limit / 1e6:.2f} MB",
            f"its sound: {sound.stat().st_size / 1e6:.2f} MB",
            size <= limit,
        ),
    ]


def _large_page_row(folder: Path, runs: int) -> Row:
    path = write_transcript(folder / "ten-hours.vtt", words=100_000)
    transcript = formats.read(path).transcript
    reading = statistics.median(_seconds(lambda: formats.read(path)) for _ in range(runs))
    part = part_of(transcript, Clip(transcript.all_words, 0, transcript.end_ms), _ORIGIN)
    piece, pages = piece_of("Ten hours", [part]), []

    def make() -> None:
        pages.append(len(page_of(piece, b"", "audio/mpeg", [0.5])))

    made = statistics.median(_seconds(make) for _ in range(runs))
    told = f"{made:.2f} s, {pages[-1] / 1e6:.1f} MB"
    return Row("words of a page, 100,000", told, "", f"reading them: {reading:.2f} s", None)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
