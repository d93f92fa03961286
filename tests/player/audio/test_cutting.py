"""What is cut begins and ends where it was asked to, in every format, and a file is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import mutagen
import numpy as np
import pytest
from make_sounds import CODECS, Floats, decoded, marks, marks_heard, png, tone, write_sound, write_wav
from test_loudness import loudness
from test_stretch import DELAY_MS

from index.errors import EarmarkError
from player.audio.container import MediaError
from player.audio.cutting import Cut, CutFile, Finish, write_cuts
from player.audio.encoding import CODINGS
from player.audio.media import probe
from player.audio.tag_writing import ClipTags

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 12
MARKS = tuple(range(500, SECONDS * 1000, 1000))
NAMES = [f"a{suffix}" for suffix in CODECS] + ["bare.mp3"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("marked")
    for name in NAMES:
        path = folder / name
        codec, rate = CODECS[path.suffix]
        options = {"write_xing": "0", "id3v2_version": "0"} if name == "bare.mp3" else {}
        write_sound(path, marks(SECONDS, rate, MARKS, 2 if codec == "vorbis" else 1), options=options)
    return folder


def write(target: Path, *cuts: Cut, finish: Finish | None = None, tags: ClipTags | None = None) -> CutFile:
    written = write_cuts(cuts, target, finish=finish or Finish(), tags=tags or ClipTags())
    assert written is not None
    return written


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("suffix", CODINGS)
@pytest.mark.parametrize("name", NAMES)
def test_both_edges_are_where_they_belong(folder: Path, tmp_path: Path, name: str, suffix: str) -> None:
    target = tmp_path / f"out{suffix}"
    delay_ms = round(DELAY_MS.get(name, 0))
    # A mark lies 15 ms inside each edge.
    written = write(target, Cut(folder / name, 4485 + delay_ms, 7515 + delay_ms))
    sound, rate = decoded(target)
    assert written == CutFile(target, 3030, (0,))
    heard = marks_heard(sound, rate)
    assert heard == pytest.approx([15, 1015, 2015, 3015], abs=2)
    # AAC fills its last packet up with silence that the file itself says is not to be played.
    length_ms = sound.shape[1] * 1000 / rate
    assert length_ms == pytest.approx(3030, abs=1) or (suffix == ".m4a" and 3030 <= length_ms < 3055)
    assert np.abs(sound[:, round(3.035 * rate) :]).max(initial=0) < 0.01


@pytest.mark.parametrize("suffix", CODINGS)
def test_no_edge_clicks(tmp_path: Path, suffix: str) -> None:
    """A click is sound where a steady tone has none: far above it, at the edges."""
    source = write_wav(tmp_path / "tone.wav", tone(3, level=0.8), 44_100, 2)
    loud = {}
    for fade_ms in (0, 8):
        target = tmp_path / f"out{suffix}"
        # At these moments the tone stands near its peak.
        write(target, Cut(source, 1002, 2007), finish=Finish(fade_ms=fade_ms))
        sound, rate = decoded(target)
        sound = sound[:, : round(1.005 * rate)]
        edges = [np.pad(sound[0], 512)[:1536], np.pad(sound[0], 512)[-1536:]]
        spectra = [np.abs(np.fft.rfft(edge * np.hanning(1536))) for edge in edges]
        loud[fade_ms] = max(spectrum[round(2500 / rate * 1536) :].max() for spectrum in spectra)
    assert loud[8] < 0.35
    assert loud[0] > 3 * loud[8]


def test_without_fades_a_wav_is_cut_bit_by_bit(tmp_path: Path) -> None:
    sound = np.random.default_rng(1).uniform(-1, 1, (2, 44_100)).astype(np.float32)
    for width in (2, 3):
        source = write_wav(tmp_path / f"noise{width}.wav", sound, 44_100, width)
        before, _ = decoded(source)
        for suffix in (".wav", ".flac"):
            target = tmp_path / f"out{suffix}"
            write(target, Cut(source, 100, 300), finish=Finish(fade_ms=0))
            after, _ = decoded(target)
            assert (after == before[:, 4410 : 3 * 4410]).all()


def test_several_cuts_in_order_with_gaps(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "reel.flac"
    cuts = (
        Cut(folder / "a.mp3", 6250, 7750),
        Cut(folder / "a.opus", 1400, 1600),
        Cut(folder / "a.ogg", 250, 750),
        Cut(folder / "a.ogg", 11_250, 99_000),
    )
    written = write(target, *cuts, finish=Finish(gap_ms=300))
    assert written == CutFile(target, 1500 + 200 + 500 + 750 + 900, (0, 1800, 2300, 3100))
    sound, rate = decoded(target)
    assert (rate, len(sound)) == (48_000, 2)
    assert marks_heard(sound, rate) == pytest.approx([250, 1250, 1900, 2550, 3350], abs=1)
    for start_ms, end_ms in ((1500, 1800), (2000, 2300), (2800, 3100)):
        assert (sound[:, start_ms * 48 : end_ms * 48] == 0).all()


def test_one_cut_goes_out_while_the_next_comes_in(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    source = write_wav(tmp_path / "noise.wav", rng.uniform(-0.4, 0.4, (1, 40 * 8000)).astype(np.float32), 8000, 2)
    cuts = (Cut(source, 0, 10_000), Cut(source, 20_000, 30_000), Cut(source, 35_000, 35_400))
    written = write(tmp_path / "out.wav", *cuts, finish=Finish(fade_ms=0, crossfade_ms=2000))
    assert written.starts_ms == (0, 8000, 17_800), "half of the shorter one at most"
    assert written.duration_ms == 18_200
    sound, rate = decoded(tmp_path / "out.wav")
    whole, _ = decoded(source)
    assert (sound[:, : 8 * rate] == whole[:, : 8 * rate]).all()
    assert (sound[:, 10 * rate : 17 * rate] == whole[:, 22 * rate : 29 * rate]).all()
    level = np.sqrt((sound[0] ** 2).mean())
    for ms in range(8000, 10_000, 250):  # As loud all the way.
        part = sound[0, ms * rate // 1000 : (ms + 250) * rate // 1000]
        assert np.sqrt((part**2).mean()) == pytest.approx(level, rel=0.1)
    assert sound[:, 9 * rate] != whole[:, 9 * rate]


def test_a_crossfade_of_single_blocks_loses_no_sample(tmp_path: Path) -> None:
    source = write_wav(tmp_path / "ones.wav", np.full((2, 8000), 0.25, np.float32), 8000, 2)
    cuts = [Cut(source, at, at + 100) for at in range(0, 900, 100)]
    written = write(tmp_path / "out.wav", *cuts, finish=Finish(fade_ms=0, crossfade_ms=50, loudness_lufs=None))
    sound, _ = decoded(tmp_path / "out.wav")
    assert sound.shape[1] == (9 * 100 - 8 * 50) * 8
    assert written.duration_ms == 500
    assert sound.min() > 0.2


def test_fades(tmp_path: Path) -> None:
    source = write_wav(tmp_path / "one.wav", np.full((1, 48_000), 0.5, np.float32), 48_000, 2)
    write(tmp_path / "out.wav", Cut(source, 0, 1000), finish=Finish(fade_ms=200))
    sound, _ = decoded(tmp_path / "out.wav")
    assert np.abs(sound[0, [0, -1]]).max() < 0.001
    assert sound[0, [4800, -4801]] == pytest.approx([0.25, 0.25], abs=0.001)
    assert sound[0, 9600:-9600] == pytest.approx(0.5, abs=0.001)
    assert (np.diff(sound[0, :9600]) >= 0).all()
    # No longer than half of a cut that is shorter than two fades.
    write(tmp_path / "out.wav", Cut(source, 0, 100), finish=Finish(fade_ms=200))
    sound, _ = decoded(tmp_path / "out.wav")
    assert sound.max() == pytest.approx(0.5, abs=0.001)


def test_each_cut_is_brought_to_the_loudness_wanted(tmp_path: Path) -> None:
    loud = write_wav(tmp_path / "loud.wav", tone(4, level=0.7), 44_100, 2)
    soft = write_wav(tmp_path / "soft.wav", tone(4, level=0.03), 44_100, 2)
    told: list[tuple[int, int]] = []
    cuts = [Cut(loud, 500, 3500), Cut(soft, 500, 3500)]
    write_cuts(cuts, tmp_path / "out.wav", finish=Finish(loudness_lufs=-19), told=lambda *far: told.append(far))
    sound, rate = decoded(tmp_path / "out.wav")
    for part in (sound[:, : 3 * rate], sound[:, 3 * rate :]):
        assert loudness(part, rate) == pytest.approx(-19, abs=0.2)
    assert told[-1] == (12_000, 12_000)
    write_cuts(cuts, tmp_path / "out.wav")
    sound, rate = decoded(tmp_path / "out.wav")
    assert np.abs(sound[:, 3 * rate :]).max() == pytest.approx(0.03, abs=0.001)


@pytest.mark.parametrize("suffix", CODINGS)
def test_tags(folder: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out{suffix}"
    tags = ClipTags(title="Title\0\n<b>é", show="Show", artist="Somebody", date="2026-11-21")
    write(target, Cut(folder / "a.flac", 1000, 2000), Cut(folder / "a.wav", 61, 3000), tags=tags)
    text = mutagen.File(target).pprint()
    assert "a.flac, 0:01-0:02" in text
    assert "a.wav, 0:00-0:03" in text
    for each in ("<b>é", "Show", "Somebody", "2026-11-21"):
        assert each in text
    assert "\0" not in text
    sound, rate = decoded(target)
    assert marks_heard(sound, rate)[0] == pytest.approx(500, abs=1)


@pytest.mark.parametrize("suffix", CODINGS)
def test_the_cover_is_in_the_tags(folder: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out{suffix}"
    write(target, Cut(folder / "a.flac", 1000, 2000), tags=ClipTags(title="One", cover=png(90_000)))
    info = probe(target)
    assert (info.title, info.cover) == ("One", png(90_000))
    assert abs(info.duration_ms - 1000) <= 10
    sound, rate = decoded(target)
    assert marks_heard(sound, rate)[0] == pytest.approx(500, abs=1)
    write(target, Cut(folder / "a.flac", 1000, 2000), tags=ClipTags(cover=b"http://example.org/cover.png"))
    assert probe(target).cover is None


def test_a_comment_of_ones_own(folder: Path, tmp_path: Path) -> None:
    write(tmp_path / "out.opus", Cut(folder / "a.flac", 1000, 2000), tags=ClipTags(comment="Mine"))
    assert mutagen.File(tmp_path / "out.opus")["comment"] == ["Mine"]


def test_progress_goes_forward_to_the_end(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    cuts = [Cut(folder / "a.mp3", 0, 5000), Cut(folder / "a.mp3", 8000, 99_000)]
    write_cuts(cuts, tmp_path / "out.wav", told=lambda *far: told.append(far))
    assert len(told) > 5
    assert told == sorted(set(told))
    assert told[-1] == (96_000, 96_000)


@pytest.mark.parametrize("asked", [1, 3, 5])
def test_cancelled_it_leaves_what_was_there(folder: Path, tmp_path: Path, asked: int) -> None:
    (tmp_path / "out.mp3").write_bytes(b"old")
    answers = iter([False] * (asked - 1))
    written = write_cuts([Cut(folder / "a.mp3", 0, 3000)], tmp_path / "out.mp3", cancelled=lambda: next(answers, True))
    assert written is None
    assert (tmp_path / "out.mp3").read_bytes() == b"old"
    assert names(tmp_path) == ["out.mp3"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limits on files")
@pytest.mark.parametrize("suffix", CODINGS)
def test_a_full_disk_leaves_what_was_there(folder: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"out{suffix}"
    target.write_bytes(b"old")
    script = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from player.audio.cutting import Cut, write_cuts\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try: write_cuts([Cut(Path(sys.argv[1]), 0, 12_000)], Path(sys.argv[2]))\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, folder / "a.flac", target], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(f"TranscriptError “out{suffix}” could not be written: ")
    assert done.stderr == ""
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == [target.name]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_killed_it_leaves_no_half_file_under_the_name(folder: Path, tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from player.audio.cutting import Cut, write_cuts\n"
        "def told(done, total): print(done, flush=True); time.sleep(0.2)\n"
        "write_cuts([Cut(Path(sys.argv[1]), 0, 12_000)], Path(sys.argv[2]), told=told)\n"
    )
    target = tmp_path / "out.mp3"
    with subprocess.Popen(
        [sys.executable, "-c", script, folder / "a.flac", target], cwd=ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05)
        process.kill()
    assert not target.exists()


@pytest.mark.parametrize(
    ("target", "complaint"),
    [
        ("out.ogg", "“out.ogg” does not say a kind of sound that can be written; end it in one of mp3, m4a"),
        ("out", "does not say a kind"),
        ("none/out.mp3", "its folder does not exist"),
    ],
)
def test_where_it_cannot_be_written(folder: Path, tmp_path: Path, target: str, complaint: str) -> None:
    with pytest.raises(EarmarkError, match=complaint):
        write_cuts([Cut(folder / "a.flac", 0, 100)], tmp_path / target)
    assert names(tmp_path) == []


def test_sources_that_cannot_be_cut(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "text.mp3").write_bytes(b"No sound. " * 1000)
    for cut, complaint in (
        (Cut(folder / "a.flac", 13_000, 14_000), "it ends before"),
        (Cut(tmp_path / "text.mp3", 0, 1000), "“text.mp3”"),
        (Cut(tmp_path / "gone.mp3", 0, 1000), "“gone.mp3” is not there"),
    ):
        with pytest.raises(MediaError, match=complaint):
            write_cuts([Cut(folder / "a.flac", 0, 1000), cut], tmp_path / "out.wav")
    assert names(tmp_path) == ["text.mp3"]
    for start_ms, end_ms in ((5, 5), (6, 5), (-1, 5)):
        with pytest.raises(ValueError, match="holds nothing"):
            Cut(folder / "a.flac", start_ms, end_ms)


def test_the_source_may_be_the_target(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", marks(3, 44_100, [500, 1500, 2500]), 44_100, 2)
    write(path, Cut(path, 1000, 2000))
    sound, rate = decoded(path)
    assert marks_heard(sound, rate) == pytest.approx([500], abs=0.1)
    assert sound.shape[1] == rate


def test_loud_sound_is_clipped_not_wrapped(tmp_path: Path) -> None:
    sound: Floats = np.full((1, 44_100), 1.5, np.float32)
    source = write_sound(tmp_path / "hot.wav", sound, codec="pcm_f32le")
    with contextlib.suppress(FileNotFoundError):
        (tmp_path / "out.wav").unlink()
    write(tmp_path / "out.wav", Cut(source, 100, 500))
    after, _ = decoded(tmp_path / "out.wav")
    assert after.min() >= 0
    assert after.max() == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("suffix", CODINGS)
@pytest.mark.parametrize("rate", [7350, 12_000, 96_000])
def test_unusual_rates(tmp_path: Path, rate: int, suffix: str) -> None:
    source = write_wav(tmp_path / "a.wav", marks(3, rate, [1000, 2000]), rate, 2)
    write(tmp_path / f"out{suffix}", Cut(source, 500, 2500), finish=Finish(loudness_lufs=-20))
    sound, heard_rate = decoded(tmp_path / f"out{suffix}")
    assert heard_rate >= min(rate, 48_000)
    assert marks_heard(sound, heard_rate) == pytest.approx([500, 1500], abs=2)


def test_six_channels_become_two(tmp_path: Path) -> None:
    sound = np.repeat(marks(2, 48_000, [1000]), 6, axis=0)
    source = write_sound(tmp_path / "six.flac", sound, rate=48_000, layout="5.1")
    write(tmp_path / "out.m4a", Cut(source, 500, 1500))
    after, rate = decoded(tmp_path / "out.m4a")
    assert len(after) == 2
    assert marks_heard(after, rate) == pytest.approx([500], abs=1)
