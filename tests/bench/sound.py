"""How true the position shown is to the sound heard, and how quickly and exactly a seek is heard.

Each engine plays a signal that carries its own time into a private sound server; what is recorded there is what
a listener hears. Run with `python -m tests.bench.sound`, `--quick` for a short run, `--fit` for the biases.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer

from player.audio.choose import choose
from player.audio.playback import Playback
from player.audio.remux import seekable_copy
from tests.bench.report import Row, print_table
from tests.bench.sound_server import Recorder, Recording, absent, sound_server
from tests.bench.timecode import RATE, Floats, read_signal, write_signal

_LENGTH_S, _QUICK_LENGTH_S = 1200, 240
_VBR = ("-c:a", "libmp3lame", "-q:a", "5")
_OPUS = ("-c:a", "libopus", "-b:a", "96k")
_ENCODINGS: dict[str, tuple[str, ...]] = {
    "cbr.mp3": ("-c:a", "libmp3lame", "-b:a", "128k"),
    "vbr.mp3": _VBR,
    "bare.mp3": (*_VBR, "-write_xing", "0", "-id3v2_version", "0"),
    "aac.m4a": ("-c:a", "aac", "-b:a", "128k"),
    "opus.opus": _OPUS,
    "vorbis.ogg": ("-c:a", "libvorbis", "-q:a", "4"),
    "flac.flac": ("-c:a", "flac"),
    "pcm.wav": ("-c:a", "pcm_s16le"),
    "opus.mkv": _OPUS,
}
_QUICK = ("cbr.mp3", "aac.m4a", "opus.opus")
_FAST = ("cbr.mp3", "aac.m4a", "opus.opus")
# The speeds are tenths, and at the file's own no stretcher is at work: its neighbours are not like it.
_FIT_RATES = (0.5, 0.9, 1.0, 1.1, 1.5, 2.0, 3.0)
_SETTLED_S = 1.0
_EVEN, _EVEN_MS, _PIECE_MS = 10, 12.0, 40.0


@dataclass(frozen=True)
class Target:
    """What an engine should reach, in ms."""

    steady_ms: dict[float, float]
    first_ms: tuple[float, float]
    landing_ms: float = 100.0


_TARGETS = {
    "vlc": Target({1.0: 40, 1.5: 80, 2.0: 80}, (60, 400)),
    "qt": Target({1.0: 20, 1.5: 40, 2.0: 40}, (45, 150)),
}


@dataclass
class Run:
    """What one engine made of one file at one rate, in ms; errors are shown minus heard."""

    kind: str
    file: str
    rate: float
    steady: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    landing: list[float] = field(default_factory=list)
    unheard: int = 0


@dataclass(frozen=True)
class _Seek:
    at_s: float
    target_ms: int


class Stage:
    """A playback as the app drives it, with everything it shows written down."""

    def __init__(self, kind: str, folder: Path, length_s: int) -> None:
        """Start the engine `kind` for files of `length_s` in `folder`, or raise RuntimeError if it is not there."""
        choice = choose(kind, lambda path: seekable_copy(path, folder / "copies"))
        if (choice.engine.name == "libVLC") != (kind == "vlc"):
            raise RuntimeError(choice.note)
        self.playback = Playback(choice.engine)
        self.kind = kind
        self._length_s = length_s
        self._shown: list[tuple[float, float]] = []
        self.playback.position_changed.connect(self._show, Qt.ConnectionType.DirectConnection)

    def _show(self, position_ms: int) -> None:
        self._shown.append((time.monotonic(), float(position_ms)))

    def perform(self, path: Path, rate: float, seeks: int, listen_s: float, offset_ms: float, seed: int = 5) -> Run:
        """Play `path` with `seeks` seeks to far places; `offset_ms` is its first sample's time in the signal."""
        chance = random.Random(f"{path.name} {rate} {seed}")
        recorder = Recorder()
        self._shown.clear()
        self.playback.load(path, self._length_s * 1000)
        wait(0.3)
        self.playback.set_rate(rate)
        self.playback.play()
        wait(1.5)
        done = []
        for number in range(seeks):
            # Never near the last place, and each somewhere else within its second.
            place = (number * 7 + 3) % 11
            target_ms = 20_000 + chance.randrange(5000) + place * (self._length_s - 60) * 90
            done.append(_Seek(time.monotonic(), target_ms))
            self.playback.seek(target_ms)
            wait(listen_s + chance.random() * 0.2)
        self.playback.unload()
        self.playback.set_rate(1.0)
        wait(0.2)
        return _judge(Run(self.kind, path.name, rate), recorder.stop(), self._shown, done, listen_s, offset_ms)


def wait(seconds: float) -> None:
    """Let the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def _judge(
    run: Run,
    recording: Recording,
    shown: Sequence[tuple[float, float]],
    seeks: Sequence[_Seek],
    listen_s: float,
    offset_ms: float,
) -> Run:
    reading = read_signal(recording.samples)
    at_s = recording.start_s + reading.at / RATE
    heard_ms = reading.position_s * 1000 + offset_ms
    for seek in seeks:
        # By where it must come from: at most half a second early, or late by what is left to listen to.
        progress_ms = run.rate * (at_s - seek.at_s) * 1000
        error_ms = heard_ms - seek.target_ms - progress_ms
        near = (at_s > seek.at_s) & (at_s < seek.at_s + listen_s) & (np.abs(error_ms) < 3000)
        if near.sum() < 50:
            run.unheard += 1
            continue
        first = _first_steady(np.flatnonzero(near), error_ms, run.rate)
        run.first.append((at_s[first] - seek.at_s) * 1000)
        run.landing.append(heard_ms[first] - seek.target_ms)
        begin_s, end_s = seek.at_s + _SETTLED_S, seek.at_s + listen_s
        moments = np.array([entry for entry in shown if begin_s < entry[0] < end_s])
        run.steady += list(_errors(moments, at_s[near], heard_ms[near], run.rate))
    return run


def _first_steady(near: npt.NDArray[np.int64], error_ms: Floats, rate: float) -> int:
    """Return the first of the moments `near` from which the sound runs evenly for 25 ms.

    What is read where the sound before the seek and the sound after it meet may be a mixture of both. Stretched
    sound goes at its own speed within a piece and jumps between pieces.
    """
    windows = np.lib.stride_tricks.sliding_window_view(error_ms[near], _EVEN)
    even = np.ptp(windows, axis=1) < _EVEN_MS + _PIECE_MS * abs(rate - 1)
    return int(near[int(np.argmax(even))])


def _errors(moments: Floats, at_s: Floats, heard_ms: Floats, rate: float) -> Floats:
    """Return shown minus heard for each moment (time, shown) that was clearly heard within 8 ms."""
    if not len(moments):
        return np.zeros(0)
    after = np.clip(np.searchsorted(at_s, moments[:, 0]), 1, len(at_s) - 1)
    nearest = np.where(at_s[after] - moments[:, 0] < moments[:, 0] - at_s[after - 1], after, after - 1)
    away_s = moments[:, 0] - at_s[nearest]
    error_ms = moments[:, 1] - heard_ms[nearest] - rate * away_s * 1000
    found: Floats = error_ms[np.abs(away_s) < 0.008]
    return found


def make_files(folder: Path, names: Sequence[str], length_s: int) -> dict[str, float]:
    """Encode `length_s` of the signal as each of `names` and return each file's own time minus the signal's, in ms.

    The time of a file is what a decoder counts from its first sample, as whoever transcribed it did. Where the
    encoder's delay is not cut off (an MP3 without a Xing header), the sound comes so much later.
    """
    source = folder / "signal.wav"
    write_signal(source, length_s)
    offsets = {}
    for name in names:
        _ffmpeg("-i", str(source), *_ENCODINGS[name], str(folder / name))
        decoded = _ffmpeg("-i", str(folder / name), "-t", "20", "-ac", "1", "-ar", str(RATE), "-f", "s16le", "-")
        reading = read_signal(np.frombuffer(decoded, "<i2"))
        offsets[name] = float(np.nanmedian(reading.at / RATE - reading.position_s)) * 1000
    source.unlink()
    return offsets


def _ffmpeg(*arguments: str) -> bytes:
    return subprocess.run(["ffmpeg", "-loglevel", "error", "-y", *arguments], check=True, capture_output=True).stdout


def rows(quick: bool = False) -> list[Row]:
    """Measure both engines with all formats, or with three in less time when `quick`."""
    missing = absent() or ("" if shutil.which("ffmpeg") else "ffmpeg")
    if missing:
        return [Row("sound against position", f"not measured: needs {missing}", "", "", None)]
    app = QCoreApplication.instance() or QCoreApplication([])
    found = []
    with tempfile.TemporaryDirectory(prefix="earmark-bench-") as name, sound_server():
        folder = Path(name)
        names = _QUICK if quick else tuple(_ENCODINGS)
        length_s = _QUICK_LENGTH_S if quick else _LENGTH_S
        offsets = make_files(folder, names, length_s)
        for kind in ("vlc", "qt"):
            try:
                stage = Stage(kind, folder, length_s)
            except RuntimeError as error:
                found.append(Row(kind, f"not measured: {error}", "", "", None))
                continue
            found += _engine_rows(stage, folder, names, offsets, quick)
            stage.playback.close()
    del app
    return found


def _engine_rows(stage: Stage, folder: Path, names: Sequence[str], offsets: dict[str, float], quick: bool) -> list[Row]:
    runs = []
    for name in names:
        fast = not quick and name in _FAST
        for rate in (1.0, 1.5, 2.0) if fast else (1.0, 2.0) if quick and name == names[0] else (1.0,):
            runs.append(stage.perform(folder / name, rate, 3 if quick else 8, 2.5, offsets[name]))
    engine = stage.playback.engine
    return report(f"{engine.name} {engine.version}", _TARGETS[stage.kind], runs)


def report(engine: str, target: Target, runs: Sequence[Run]) -> list[Row]:
    """Return an engine's rows."""
    found = []
    for rate, limit_ms in target.steady_ms.items():
        at_rate = [run for run in runs if run.rate == rate and run.steady]
        if at_rate:
            errors = np.abs(np.concatenate([run.steady for run in at_rate]))
            p50, p95 = np.percentile(errors, [50, 95])
            worst = max(at_rate, key=lambda run: float(np.percentile(np.abs(run.steady), 95)))
            worst_ms = np.percentile(np.abs(worst.steady), 95)
            found.append(
                Row(
                    f"{engine}: shown against heard, {rate:g}x, p50 / p95",
                    f"{p50:.0f} / {p95:.0f} ms",
                    f"p95 <= {limit_ms:.0f} ms",
                    f"worst format {worst.file}: {worst_ms:.0f} ms",
                    bool(p95 <= limit_ms),
                )
            )
    at_one = [run for run in runs if run.rate == 1.0]
    first = [value for run in at_one for value in run.first]
    median, p95 = np.median(first), np.percentile(first, 95)
    slowest = max(at_one, key=lambda run: float(np.percentile(run.first, 95)))
    found.append(
        Row(
            f"{engine}: seek to first sound, median / p95 of {len(first)}",
            f"{median:.0f} / {p95:.0f} ms",
            f"<= {target.first_ms[0]:.0f} / {target.first_ms[1]:.0f} ms",
            f"worst format {slowest.file}: {np.percentile(slowest.first, 95):.0f} ms",
            bool(median <= target.first_ms[0] and p95 <= target.first_ms[1]),
        )
    )
    for run in at_one:
        landing_ms = max(np.abs(run.landing), default=np.inf)
        found.append(
            Row(
                f"{engine}: largest miss of {len(run.landing) + run.unheard} seeks, {run.file}",
                f"{landing_ms:.0f} ms" + (f", {run.unheard} not heard" if run.unheard else ""),
                f"<= {target.landing_ms:.0f} ms",
                "",
                bool(landing_ms <= target.landing_ms and not run.unheard),
            )
        )
    return found


def _fit_line(run: Run, bias_ms: float) -> str:
    steady, first, landing = (np.array(values or [np.nan]) for values in (run.steady, run.first, run.landing))
    left = np.abs(steady - np.median(steady))
    return (
        f"{run.file:12} {run.rate:g}x  bias {bias_ms + np.median(steady):+6.0f}"
        f"  left p95 {np.percentile(left, 95):4.0f}"
        f"  lag {np.median(first - landing / run.rate):+4.0f}"
        f"  first {np.median(first):4.0f} / {np.percentile(first, 95):5.0f}"
        f"  landing {np.median(landing):+4.0f}, worst {np.abs(landing).max():4.0f}  unheard {run.unheard}"
    )


def fit(kinds: Sequence[str]) -> None:
    """Print the bias each engine needs for each format and rate: the one it has plus the median error left."""
    app = QCoreApplication.instance() or QCoreApplication([])
    with tempfile.TemporaryDirectory(prefix="earmark-bench-") as name, sound_server():
        folder = Path(name)
        offsets = make_files(folder, tuple(_ENCODINGS), _LENGTH_S)
        for kind in kinds:
            stage = Stage(kind, folder, _LENGTH_S)
            for file in _ENCODINGS:
                for rate in _FIT_RATES:
                    run = stage.perform(folder / file, rate, 4, 2.4, offsets[file], seed=11)
                    print(
                        kind, _fit_line(run, stage.playback.engine.bias_ms(file.rpartition(".")[2], rate)), flush=True
                    )
            stage.playback.close()
    del app


if __name__ == "__main__":
    if "--fit" in sys.argv:
        fit([argument for argument in sys.argv[1:] if argument in _TARGETS] or tuple(_TARGETS))
    else:
        print_table(rows("--quick" in sys.argv))
