"""How quickly a waveform is drawn and an MP3's true length found, next to ffmpeg doing the bare decoding."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from player.audio import peaks_worker
from player.audio.media import probe
from player.audio.mp3_frames import exact_duration_ms
from player.audio.peaks import Peaks
from player.audio.peaks_job import worker_command
from player.audio.remux import seekable_copy
from tests.bench.report import Row

_RUNS = 3
_UNIT_S = 60
_TIMES = 1.2  # Next to ffmpeg's own time.
_MEMORY_MB = 120


@dataclass(frozen=True)
class _Run:
    """One run of the worker process."""

    seconds: float
    first_piece: float
    memory_mb: float | None


def rows(quick: bool = False) -> list[Row]:
    """Measure with two hours of sound, or with ten minutes when `quick`; each time is the median of three."""
    minutes = 10 if quick else 120
    with tempfile.TemporaryDirectory(prefix="earmark-bench-") as name:
        folder = Path(name)
        mp3, opus, bare = (folder / file for file in ("a.mp3", "a.opus", "bare.mp3"))
        make_sound(mp3, "libmp3lame", 44_100, minutes)
        make_sound(opus, "libopus", 48_000, minutes)
        _make_without_header(bare, minutes)
        table = [row for path in (mp3, opus) for row in _peaks_rows(path, minutes)]
        table += _length_rows(bare, minutes)
        table.append(_copy_row(bare, minutes))
    return table + _drawing_rows()


def _peaks_rows(path: Path, minutes: int) -> list[Row]:
    kind = path.suffix[1:]
    runs, plain = [], []
    for number in range(_RUNS):
        runs.append(_run_worker(path, path.parent / f"cache {kind} {number}"))
        plain.append(ffmpeg_seconds("ffmpeg", "-loglevel", "error", "-i", str(path), "-f", "null", "-"))
    seconds = statistics.median(run.seconds for run in runs)
    known = [each for each in plain if each is not None]
    limit = _TIMES * statistics.median(known) if known else None
    found = [
        Row(
            f"waveform of {minutes} min of {kind}, whole process",
            f"{seconds:.2f} s",
            f"<= {_TIMES:g} x ffmpeg's",
            against("ffmpeg's plain decoding", plain),
            None if limit is None else seconds <= limit,
        )
    ]
    first = statistics.median(run.first_piece for run in runs)
    found.append(Row(f"first part of the {kind} waveform arrives", f"{first:.2f} s", "<= 1.00 s", "", first <= 1.0))
    memory = [run.memory_mb for run in runs if run.memory_mb is not None]
    if memory:
        most = max(memory)
        found.append(
            Row(
                f"memory of the {kind} waveform's process",
                f"{most:.0f} MB",
                f"<= {_MEMORY_MB} MB",
                "",
                most <= _MEMORY_MB,
            )
        )
    return found


def _run_worker(path: Path, cache: Path) -> _Run:
    reader, first, memory = peaks_worker.MessageReader(), None, None
    begin = time.perf_counter()
    command = [*worker_command(), *peaks_worker.worker_arguments(path, cache)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        kind = b""
        while kind != peaks_worker.DONE:
            for kind, content in reader.feed(os.read(process.stdout.fileno(), 1 << 16)):
                if kind == peaks_worker.FAILED:
                    raise RuntimeError(content.decode())
                if kind == peaks_worker.PIECE and first is None:
                    first = time.perf_counter() - begin
            memory = most_memory_mb(process.pid) or memory
        seconds = time.perf_counter() - begin
    return _Run(seconds, first or seconds, memory)


def most_memory_mb(pid: int) -> float | None:
    """The most a running process ever held, where Linux tells; rusage would count its parent's share too."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    lines = [line for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0].split()[1]) / 1024 if lines else None


def _length_rows(bare: Path, minutes: int) -> list[Row]:
    count = ("ffprobe", "-loglevel", "error", "-count_packets", "-show_entries", "stream=nb_read_packets")
    probes, counts, plain = [], [], []
    probe(bare)  # the first one imports PyAV and mutagen
    for _ in range(_RUNS):
        probes.append(time_of(lambda: probe(bare)))
        counts.append(time_of(lambda: exact_duration_ms(bare)))
        plain.append(ffmpeg_seconds(*count, str(bare)))
    whole, alone = statistics.median(probes), statistics.median(counts)
    target = minutes / 120  # a second for two hours
    error_ms = abs(probe(bare).duration_ms - _packets_ms(bare))
    return [
        Row(
            f"probe of {minutes} min of VBR mp3 without Xing",
            f"{whole * 1000:.0f} ms",
            f"<= {target * 1000:.0f} ms",
            against("ffprobe -count_packets", plain),
            whole <= target,
        ),
        Row(
            "  of that, counting its frames",
            f"{alone * 1000:.0f} ms",
            "",
            "",
            None,
        ),
        Row(
            "  error of its length",
            f"{error_ms} ms",
            "<= 26 ms (a frame)",
            f"the container's guess: {_container_guess_error_ms(bare) / 1000:.1f} s off",
            error_ms <= 26,
        ),
    ]


def _copy_row(bare: Path, minutes: int) -> Row:
    seconds = statistics.median(
        time_of(lambda number=number: seekable_copy(bare, bare.parent / f"copies {number}")) for number in range(_RUNS)
    )
    target = minutes / 60  # two seconds for two hours
    name = f"copy of {minutes} min of it with a seek table"
    return Row(name, f"{seconds * 1000:.0f} ms", f"<= {target * 1000:.0f} ms", "", seconds <= target)


def _drawing_rows() -> list[Row]:
    random = np.random.default_rng(1)
    high = random.integers(0, 127, 2 * 3600 * 100).astype(np.int8)
    peaks = Peaks(100, -high, high, 2 * 3_600_000)
    draw = statistics.median(time_of(lambda: peaks.levels(1200)) for _ in range(50))
    pause = statistics.median(time_of(lambda: peaks.quietest_near(3_600_000, 500)) for _ in range(50))
    return [
        Row("levels of 2 h for 1,200 columns", f"{draw * 1000:.2f} ms", "<= 4 ms", "", draw <= 0.004),
        Row("quietest point within 0.5 s", f"{pause * 1000:.2f} ms", "<= 1 ms", "", pause <= 0.001),
    ]


def make_sound(path: Path, codec: str, rate: int, minutes: int, *, kbits: int = 64, header: bool = True) -> None:
    """A minute of syllable-like noise, encoded once, its packets repeated."""
    options = {} if header else {"write_xing": "0", "id3v2_version": "0"}
    random = np.random.default_rng(1)
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream(codec, rate=rate)
        stream.layout, stream.bit_rate = "mono", kbits * 1000
        frame_size = stream.codec_context.frame_size or 960
        packets = []
        for position in range(0, _UNIT_S * rate, frame_size):
            times = (position + np.arange(frame_size)) / rate
            syllables = np.clip(np.sin(2 * np.pi * 2 * times), 0, 1)
            noise = (0.5 * syllables * random.standard_normal(frame_size)).clip(-1, 1)
            frame = av.AudioFrame.from_ndarray(noise.astype(np.float32)[None, :], "fltp", "mono")
            frame.sample_rate, frame.pts = rate, position
            for ready in _converted(frame, stream):
                packets += stream.encode(ready)
        ticks = round(_UNIT_S * rate / frame_size) * frame_size
        length = int(ticks / rate / packets[0].time_base)
        contents = [(bytes(packet), packet.pts or 0, packet.time_base) for packet in packets]
        for repeat in range(minutes * 60 // _UNIT_S):
            for content, pts, time_base in contents:
                packet = av.Packet(content)
                packet.stream, packet.time_base = stream, time_base
                packet.pts = packet.dts = pts + repeat * length
                container.mux(packet)


def _converted(frame: av.AudioFrame, stream: av.AudioStream) -> Sequence[av.AudioFrame]:
    if stream.format.name == "fltp":
        return [frame]
    return av.AudioResampler(stream.format, "mono", frame.sample_rate).resample(frame)


def _make_without_header(path: Path, minutes: int) -> None:
    """Half the time at 32 and half at 160 kbit/s, as a variable bit rate that no guess gets right."""
    joined = b""
    for kbits in (32, 160):
        part = path.with_suffix(f".{kbits}.mp3")
        make_sound(part, "libmp3lame", 44_100, minutes // 2, kbits=kbits, header=False)
        joined += part.read_bytes()
    path.write_bytes(joined)


def _packets_ms(path: Path) -> int:
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        frames = sum(1 for packet in container.demux(stream) if packet.size)
        return round(frames * 1152 * 1000 / stream.rate)


def _container_guess_error_ms(path: Path) -> int:
    with av.open(str(path)) as container:
        return abs(round((container.duration or 0) / 1000) - _packets_ms(path))


def time_of(action: Callable[[], object]) -> float:
    """How many seconds something takes."""
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def ffmpeg_seconds(*command: str) -> float | None:
    """How long ffmpeg or ffprobe takes, or None where it is not installed."""
    if shutil.which(command[0]) is None:
        return None
    return time_of(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))


def against(what: str, times: Sequence[float | None]) -> str:
    """The median of another program's times, for the column beside ours."""
    known = [seconds for seconds in times if seconds is not None]
    if not known:
        return f"{what}: not installed"
    return f"{what}: {statistics.median(known):.2f} s"
