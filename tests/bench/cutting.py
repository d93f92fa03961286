"""How quickly a minute is cut out of two hours, next to the ffmpeg program doing the same, and in how much memory."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from player.audio.copying import copy_cut
from player.audio.cutting import Cut, Finish, write_cuts
from player.audio.detail import detail
from tests.bench.peaks import against, ffmpeg_seconds, make_sound, most_memory_mb, time_of
from tests.bench.report import Row

_RUNS = 5
_HOURS = 2
_START_MS, _LENGTH_MS = 5_400_000, 60_000
# As source, and as what ffmpeg is told to write: the bit rate and the effort that are ours.
_SOURCES = {
    "mp3": ("libmp3lame", 44_100, ("-c:a", "libmp3lame", "-b:a", "96k")),
    "m4a": ("aac", 44_100, ("-c:a", "aac", "-b:a", "80k")),
    "opus": ("libopus", 48_000, ("-c:a", "libopus", "-b:a", "56k")),
    "flac": ("flac", 44_100, ("-c:a", "flac")),
    "wav": ("pcm_s16le", 44_100, ("-c:a", "pcm_s16le")),
}
# Next to ffmpeg's own time.
_TIMES = 1.2
_GROWTH_MB = 4.0


def rows(quick: bool = False) -> list[Row]:
    """Measure every kind, or two when `quick`; each time is the median of five, ours and ffmpeg's in turn."""
    found = []
    with tempfile.TemporaryDirectory(prefix="earmark-bench-") as name:
        folder = Path(name)
        for suffix in ("mp3", "opus") if quick else _SOURCES:
            source = folder / f"long.{suffix}"
            _make_long(source, folder / "long.mp3")
            found.append(_cut_row(source, suffix))
            if suffix == "mp3":
                short = folder / "short.mp3"
                make_sound(short, *_SOURCES[suffix][:2], 10)
                found += [_copy_row(source), _levelled_row(source), _detail_row(source), _memory_row(source, short)]
            else:
                source.unlink()
    return found


def _make_long(path: Path, mp3: Path) -> None:
    """Sound of `_HOURS`; FLAC numbers its frames and WAV has none to repeat, so they are written from the MP3."""
    codec, rate, _ = _SOURCES[path.suffix[1:]]
    if path.suffix in (".flac", ".wav"):
        write_cuts([Cut(mp3, 0, _HOURS * 3_600_000)], path)
    else:
        make_sound(path, codec, rate, _HOURS * 60)


def _cut_row(source: Path, suffix: str) -> Row:
    cut = Cut(source, _START_MS, _START_MS + _LENGTH_MS)
    ours, theirs = [], []
    for number in range(_RUNS + 1):
        target = source.with_name(f"ours.{suffix}")
        took = time_of(lambda target=target: write_cuts([cut], target))
        other = _ffmpeg(source, suffix, *_SOURCES[suffix][2])
        if number:  # the first one imports what is needed
            ours.append(took)
            theirs.append(other)
    median, known = statistics.median(ours), [other for other in theirs if other is not None]
    limit = _TIMES * statistics.median(known) if known else None
    return Row(
        f"1 min cut out of {_HOURS} h of {suffix}, encoded anew",
        f"{median * 1000:.0f} ms",
        f"<= {_TIMES:g} x ffmpeg's",
        against("ffmpeg", theirs),
        None if limit is None else median <= limit,
    )


def _copy_row(source: Path) -> Row:
    cut = Cut(source, _START_MS, _START_MS + _LENGTH_MS)
    times = [time_of(lambda: copy_cut(cut, source.with_name("copy.mp3"))) for _ in range(_RUNS)]
    theirs = [_ffmpeg(source, "mp3", "-c", "copy") for _ in range(_RUNS)]
    value = f"{statistics.median(times) * 1000:.0f} ms"
    return Row("  the same without encoding it anew", value, "", against("ffmpeg -c copy", theirs), None)


def _levelled_row(source: Path) -> Row:
    cut, finish = Cut(source, _START_MS, _START_MS + _LENGTH_MS), Finish(loudness_lufs=-16)
    write = partial(write_cuts, [cut], source.with_name("level.mp3"), finish=finish)
    times = [time_of(write) for _ in range(_RUNS)]
    theirs = [_ffmpeg(source, "mp3", "-af", "loudnorm", "-ar", "44100", "-b:a", "96k") for _ in range(_RUNS)]
    value = f"{statistics.median(times) * 1000:.0f} ms"
    return Row("  the same brought to -16 LUFS", value, "", against("ffmpeg -af loudnorm", theirs), None)


def _detail_row(source: Path) -> Row:
    times = [time_of(lambda: detail(source, _START_MS, _START_MS + 10_000, 1200)) for _ in range(_RUNS)]
    median = statistics.median(times)
    return Row("waveform of 10 s in 1,200 columns", f"{median * 1000:.0f} ms", "<= 300 ms", "", median <= 0.3)


def _memory_row(source: Path, short: Path) -> Row:
    """What a process that cuts a minute holds at most, from two hours and from ten minutes."""
    most = [_memory_mb(path, start_ms) for path, start_ms in ((short, 480_000), (source, _START_MS))]
    if most[0] is None or most[1] is None:
        return Row("memory while cutting", "not measured: needs /proc", "", "", None)
    grown = most[1] - most[0]
    return Row(
        f"memory while cutting 1 min out of {_HOURS} h of mp3",
        f"{most[1]:.0f} MB",
        f"<= {_GROWTH_MB:g} MB more",
        f"out of 10 min: {most[0]:.0f} MB",
        grown <= _GROWTH_MB,
    )


def _memory_mb(source: Path, start_ms: int) -> float | None:
    code = (
        "import sys; from pathlib import Path; from player.audio.cutting import Cut, write_cuts\n"
        "start = int(sys.argv[2])\n"
        f"write_cuts([Cut(Path(sys.argv[1]), start, start + {_LENGTH_MS})], Path(sys.argv[3]))\n"
        "print('done', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(source), str(start_ms), str(source.with_name("memory.mp3"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        return most_memory_mb(process.pid)


def _ffmpeg(source: Path, suffix: str, *options: str) -> float | None:
    times = ("-ss", str(_START_MS / 1000), "-i", str(source), "-t", str(_LENGTH_MS / 1000))
    target = str(source.with_name(f"theirs.{suffix}"))
    return ffmpeg_seconds("ffmpeg", "-loglevel", "error", "-y", *times, *options, target)
