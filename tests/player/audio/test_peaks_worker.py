"""The worker decodes any sound to the right waveform, tells what it has, and knows when to stop."""

import io
import os
import random
import struct
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_sounds import bursts, tone, write_mp3_without_header, write_silent_film, write_sound, write_wav

from player.audio import peaks_worker
from player.audio.container import MediaError
from player.audio.peaks import Peaks, PeaksCache
from player.audio.peaks_worker import MessageReader, read_peaks, worker_arguments, write_message

ROOT = Path(__file__).resolve().parents[3]


def waveform(path: Path) -> Peaks:
    return read_peaks(path, lambda *_: None, lambda _: None)


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".aac", ".ogg", ".opus", ".flac", ".wav", ".mkv", ".webm"])
def test_waveform_of_every_format(tmp_path: Path, suffix: str) -> None:
    rate = 48_000 if suffix in (".opus", ".mkv", ".webm") else 44_100
    sound = bursts(3, rate, quiet=[(1, 1.5), (2, 2.2)])
    if suffix == ".ogg":
        sound = np.repeat(sound, 2, axis=0)
    peaks = waveform(write_sound(tmp_path / f"a{suffix}", sound, bit_rate=None if suffix == ".ogg" else 96_000))
    # Raw AAC does not say what its encoder put in front, and AAC in MP4 not what it put behind.
    late = 50 if suffix == ".aac" else 0
    assert abs(peaks.duration_ms - 3000) <= (25 if suffix == ".m4a" else 10) + late
    assert len(peaks.maxima) == -(-peaks.duration_ms // 10)
    loud = peaks.levels(peaks.duration_ms // 10) > 0.25
    expected = np.arange(len(loud)) < 300
    shift = late // 10 // 2
    expected[100 + shift : 150 + shift] = expected[200 + shift : 220 + shift] = False
    # At each of the four borders one or two hundredths may belong to either side (more with raw AAC).
    assert np.count_nonzero(loud != expected) <= 8 + 4 * shift


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_exact_values_from_wav(tmp_path: Path, width: int, channels: int) -> None:
    sound = np.zeros((channels, 4800), np.float32)
    sound[-1, 960:1440] = np.tile(np.array([-0.5, 0.25], np.float32), 240)
    peaks = waveform(write_wav(tmp_path / "a.wav", sound, 48_000, width))
    assert peaks.duration_ms == 100
    assert np.flatnonzero(peaks.minima).tolist() == [2]
    assert abs(peaks.minima[2] + 64) <= 1
    assert abs(peaks.maxima[2] - 32) <= 1


@pytest.mark.parametrize("sample_format", ["s16", "s32"])
def test_flac_with_many_channels(tmp_path: Path, sample_format: str) -> None:
    sound = tone(1, channels=6) * np.array([0.1, 0.1, 0.1, 0.1, 1.0, 0.1], np.float32)[:, None]
    peaks = waveform(write_sound(tmp_path / "a.flac", sound, layout="5.1", sample_format=sample_format))
    assert 60 <= np.median(peaks.maxima) <= 66


def test_time_zero_is_what_players_show_as_zero(tmp_path: Path) -> None:
    """The encoder's delay (25 ms in MP3) is cut off where the file tells it."""
    sound = np.zeros((1, 44_100), np.float32)
    sound[0, 22_050:22_100] = 1
    for suffix in (".mp3", ".m4a", ".flac"):
        peaks = waveform(write_sound(tmp_path / f"a{suffix}", sound))
        assert abs(int(np.argmax(peaks.maxima)) - 50) <= 1, suffix


def test_impossible_sample_rate_is_refused(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", tone(1), 44_100, 2)
    data = bytearray(path.read_bytes())
    data[24:28] = struct.pack("<I", 1)  # one sample a second: hours of waveform from a small file
    path.write_bytes(data)
    with pytest.raises(MediaError, match="damaged"):
        waveform(path)


def test_a_gap_in_the_timestamps_is_silence(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=8000)
        stream.layout = "mono"
        for start in (0, 3 * 8000):
            frame = av.AudioFrame.from_ndarray(np.full((1, 8000), 16_000, np.int16), "s16", "mono")
            frame.sample_rate, frame.pts = 8000, start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    peaks = waveform(path)
    assert abs(peaks.duration_ms - 4000) <= 10
    assert set(peaks.maxima[:100]) == set(peaks.maxima[305:395]) == {62}
    assert set(peaks.maxima[105:295]) == {0}


def test_pieces_add_up_and_come_in_time(tmp_path: Path) -> None:
    path = write_mp3_without_header(tmp_path / "a.mp3", ((12.0, 32), (12.0, 128)))
    facts: list[tuple[int, int]] = []
    pieces: list[bytes] = []
    moments = iter(range(1000))
    peaks = read_peaks(path, lambda *fact: facts.append(fact), pieces.append, clock=lambda: float(next(moments)))
    assert len(facts) == 1
    assert facts[0][0] == 100
    assert abs(facts[0][1] - peaks.duration_ms) <= 30
    assert len(pieces) > 2
    low = b"".join(piece[: len(piece) // 2] for piece in pieces)
    high = b"".join(piece[len(piece) // 2 :] for piece in pieces)
    assert low == peaks.minima.tobytes()
    assert high == peaks.maxima.tobytes()


def test_damaged_middle_is_skipped_and_the_rest_kept(tmp_path: Path) -> None:
    for suffix in (".mp3", ".flac", ".opus", ".ogg"):
        sound = tone(4, 48_000, channels=2 if suffix == ".ogg" else 1)
        path = write_sound(tmp_path / f"a{suffix}", sound, rate=48_000, bit_rate=64_000)
        data = bytearray(path.read_bytes())
        middle = len(data) // 2
        data[middle : middle + 3000] = random.Random(6).randbytes(3000)
        path.write_bytes(data)
        peaks = waveform(path)
        assert peaks.duration_ms > 2500, suffix
        assert np.median(peaks.maxima[:100]) > 40, suffix
        assert np.median(peaks.maxima[-50:]) > 40, suffix


def test_cut_off_file_gives_what_is_there(tmp_path: Path) -> None:
    for suffix in (".mp3", ".wav", ".flac", ".opus"):
        path = write_sound(tmp_path / f"a{suffix}", seconds=4)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        # Opus comes in pages of a second, and half a page cannot be read.
        assert 900 < waveform(path).duration_ms < 2600, suffix


def test_what_is_no_sound_is_refused(tmp_path: Path) -> None:
    noise, film = tmp_path / "a.mp3", write_silent_film(tmp_path / "film.mp4")
    noise.write_bytes(random.Random(7).randbytes(100_000))
    with pytest.raises(MediaError, match=r"a\.mp3"):
        waveform(noise)
    with pytest.raises(MediaError, match="holds no sound"):
        waveform(film)


@given(st.lists(st.tuples(st.sampled_from([b"H", b"P", b"D"]), st.binary(max_size=50))), st.integers(1, 40))
def test_messages_survive_any_cutting(messages: list[tuple[bytes, bytes]], size: int) -> None:
    file = io.BytesIO()
    for kind, content in messages:
        write_message(file, kind, content)
    data, reader, received = file.getvalue(), MessageReader(), []
    for start in range(0, len(data), size):
        received += list(reader.feed(data[start : start + size]))
    assert received == messages


def run_worker(sound: Path, cache: Path) -> tuple[int, list[tuple[bytes, bytes]], str]:
    command = [sys.executable, "-m", "player.audio.peaks_worker", *worker_arguments(sound, cache)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    return done.returncode, list(MessageReader().feed(done.stdout)), done.stderr.decode()


def test_worker_sends_the_waveform_and_keeps_it(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.opus")
    code, messages, complaints = run_worker(path, tmp_path / "cache")
    assert (code, complaints) == (0, "")
    assert [kind for kind, _ in messages] == [peaks_worker.HEADER, peaks_worker.PIECE, peaks_worker.DONE]
    assert struct.unpack("<II", messages[0][1]) == (100, 2006)
    kept = PeaksCache(tmp_path / "cache").load(path)
    assert kept is not None
    assert kept.minima.tobytes() + kept.maxima.tobytes() == messages[1][1]
    assert struct.unpack("<I", messages[2][1]) == (kept.duration_ms,)


def test_worker_says_what_is_wrong(tmp_path: Path) -> None:
    for path in (tmp_path / "gone.mp3", tmp_path):
        code, messages, complaints = run_worker(path, tmp_path / "cache")
        assert (code, complaints) == (1, "")
        assert [kind for kind, _ in messages] == [peaks_worker.FAILED]
        assert f"“{path.name}” is" in messages[0][1].decode()


def test_worker_without_a_cache_still_draws(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.flac")
    (tmp_path / "cache").write_text("a file where the folder should be")
    code, messages, complaints = run_worker(path, tmp_path / "cache")
    assert (code, complaints) == (0, "")
    assert messages[-1][0] == peaks_worker.DONE


@pytest.mark.skipif(os.name == "nt", reason="pipes end differently on Windows")
def test_worker_ends_when_nobody_listens(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav")
    command = [sys.executable, "-m", "player.audio.peaks_worker", *worker_arguments(path, tmp_path / "cache")]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")
    assert PeaksCache(tmp_path / "cache").load(path) is None


def test_worker_brings_no_window_along() -> None:
    check = "import sys, player.audio.peaks_worker, player.audio.peaks; sys.exit('PySide6' in sys.modules)"
    subprocess.run([sys.executable, "-c", check], cwd=ROOT, check=True)
