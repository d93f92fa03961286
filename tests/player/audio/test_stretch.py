"""Reading between two moments: to the sample, in every format, and as a plain slice would have it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_sounds import CODECS, Floats, decoded, marks, marks_heard, tone, write_silent_film, write_sound, write_wav

from player.audio import stretch
from player.audio.container import MediaError
from player.audio.stretch import BLOCK, Form, SoundReader, ahead, form_of, read_stretch

SECONDS = 16
MARKS = tuple(range(500, SECONDS * 1000, 1000))
# What an encoder puts before the sound where nothing in the file says so: that is heard, and is the file's own time.
DELAY_MS = {"a.aac": 1024 / 44.1, "bare.mp3": 1105 / 44.1}
NAMES = [f"a{suffix}" for suffix in CODECS] + ["bare.mp3"]


def read(path: Path, start_ms: int, end_ms: int, form: Form | None = None) -> Floats:
    return np.concatenate(list(read_stretch(path, start_ms, end_ms, form or form_of(path))), axis=1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("marked")
    for name in NAMES:
        path = folder / name
        codec, rate = CODECS[path.suffix]
        options = {"write_xing": "0", "id3v2_version": "0"} if name == "bare.mp3" else {}
        pictures = path.suffix in (".mp4", ".mkv")
        sound = marks(SECONDS, rate, MARKS, 2 if codec == "vorbis" else 1)
        write_sound(path, sound, options=options, pictures=pictures)
    return folder


@pytest.mark.parametrize(("start_ms", "end_ms"), [(0, 1200), (8250, 11_750), (13_001, 13_999), (15_200, 16_000)])
@pytest.mark.parametrize("name", NAMES)
def test_every_format_is_read_to_the_sample(folder: Path, name: str, start_ms: int, end_ms: int) -> None:
    path = folder / name
    form = form_of(path)
    sound = read(path, start_ms, end_ms)
    assert sound.shape == (form.channels, round(end_ms * form.rate / 1000) - round(start_ms * form.rate / 1000))
    heard = [ms + start_ms - DELAY_MS.get(name, 0) for ms in marks_heard(sound, form.rate)]
    # Matroska writes its times in whole milliseconds.
    off = 1.1 if path.suffix in (".mkv", ".webm") else 0.2
    assert heard == pytest.approx([ms for ms in MARKS if start_ms < ms < end_ms], abs=off)


@settings(max_examples=40)
@given(
    start_ms=st.integers(0, 2400), length_ms=st.integers(1, 2600), rate=st.sampled_from([8000, 11_025, 44_100, 48_000])
)
def test_of_a_wav_it_is_a_slice(
    tmp_path_factory: pytest.TempPathFactory, start_ms: int, length_ms: int, rate: int
) -> None:
    folder = tmp_path_factory.getbasetemp()
    path = folder / f"{rate}.wav"
    count = round(2.5 * rate)
    values = (np.arange(count) % 65_521 - 32_760) / 32_768
    if not path.exists():
        write_wav(path, np.repeat(values[None, :], 2, axis=0).astype(np.float32) * 32_768 / 32_767, rate, 2)
    first, stop = round(start_ms * rate / 1000), round((start_ms + length_ms) * rate / 1000)
    expected = values[first:stop].astype(np.float32)
    blocks = list(read_stretch(path, start_ms, start_ms + length_ms, Form(rate, 2)))
    assert all(0 < block.shape[1] < 2 * BLOCK for block in blocks)
    found = np.concatenate([np.zeros((2, 0)), *blocks], axis=1)
    assert found.shape[1] == len(expected)
    assert (found == expected).all()


def test_another_form(folder: Path) -> None:
    sound = read(folder / "a.flac", 10_250, 12_750, Form(22_050, 2))
    assert sound.shape == (2, round(12.75 * 22_050) - round(10.25 * 22_050))
    assert marks_heard(sound, 22_050) == pytest.approx([250, 1250, 2250], abs=0.1)


def test_it_ends_with_the_file(folder: Path) -> None:
    assert read(folder / "a.flac", 15_000, 99_000).shape[1] == 44_100


@pytest.mark.parametrize("name", ["a.flac", "a.mp3", "a.opus", "a.m4a"])
def test_after_the_end_there_is_nothing(folder: Path, name: str) -> None:
    with pytest.raises(MediaError, match="it is damaged, or it ends before"):
        read(folder / name, 17_000, 18_000)


def test_where_seeking_goes_too_far_it_reads_from_further_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lead that begins after the place is what a file that seeks too far looks like."""
    monkeypatch.setattr(stretch, "LEADS_S", (-5.0, 1.0))
    sound = read(folder / "a.flac", 8250, 11_750)
    assert marks_heard(sound, 44_100) == pytest.approx([250, 1250, 2250, 3250], abs=0.1)


def test_a_hole_is_silence(tmp_path: Path) -> None:
    whole, holed = write_sound(tmp_path / "whole.mkv", marks(6, 48_000, [1000, 5000])), tmp_path / "holed.mkv"
    with av.open(str(whole)) as source, av.open(str(holed), "w") as copy:
        stream = source.streams.audio[0]
        copied = copy.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.size and not 2 <= float(packet.pts * packet.time_base) < 4:
                packet.stream = copied
                copy.mux(packet)
    sound = read(holed, 500, 5500)
    assert sound.shape[1] == 5 * 48_000
    assert marks_heard(sound, 48_000) == pytest.approx([500, 4500], abs=1.1)
    assert np.abs(sound[:, 2 * 48_000 : 3 * 48_000]).max() == 0
    assert np.abs(sound[:, 48_000 : 48_000 + 4800]).max() > 0


def test_a_damaged_middle_is_left_out(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3", marks(10, 44_100, [1000, 9000]))
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = b"\0" * 3000
    path.write_bytes(data)
    assert len(marks_heard(read(path, 500, 10_000), 44_100)) == 2


def test_forms(tmp_path: Path) -> None:
    write_wav(tmp_path / "deep.wav", tone(0.1), 44_100, 3)
    write_wav(tmp_path / "plain.wav", tone(0.1, channels=2), 44_100, 2)
    write_sound(tmp_path / "a.opus", seconds=0.2)
    assert form_of(tmp_path / "deep.wav") == Form(44_100, 1, deep=True)
    assert form_of(tmp_path / "plain.wav") == Form(44_100, 2)
    assert form_of(tmp_path / "a.opus") == Form(48_000, 1)


def test_a_film_without_sound(tmp_path: Path) -> None:
    path = write_silent_film(tmp_path / "a.mp4")
    with pytest.raises(MediaError, match="holds no sound"):
        form_of(path)
    with pytest.raises(MediaError, match="holds no sound"):
        read(path, 0, 100, Form(44_100, 1))


def test_the_marks_are_where_they_are_said_to_be(folder: Path) -> None:
    sound, rate = decoded(folder / "a.wav")
    assert marks_heard(sound, rate) == pytest.approx(MARKS, abs=0.1)


@pytest.mark.parametrize("name", NAMES)
def test_a_file_held_open_gives_the_same_in_any_order(folder: Path, name: str) -> None:
    path = folder / name
    form = form_of(path)
    with closing(SoundReader(path)) as reader:
        for start_ms in (10_000, 13_250, 3_100, 200, 0, 14_900, 7345, 7345, 15_900):
            end_ms = start_ms + 700
            held = np.concatenate(list(reader.stretch(start_ms, end_ms, form)), axis=1)
            fresh = read(path, start_ms, end_ms)
            assert abs(held.shape[1] - fresh.shape[1]) <= form.rate // 1000
            # Not sample by sample: AAC fills in noise of its decoder's own, Matroska counts whole milliseconds.
            heard = marks_heard(held, form.rate)
            assert heard == pytest.approx(marks_heard(fresh, form.rate), abs=1.1)
            assert len(heard) == (start_ms < 15_000)
            with closing(reader.stretch(start_ms, end_ms, form)) as left_early:
                next(left_early)


def test_one_block_is_decoded_ahead(folder: Path) -> None:
    fetched: list[int] = []

    def blocks() -> Generator[Floats]:
        try:
            for number in range(4):
                fetched.append(number)
                yield np.full((1, 1), number, np.float32)
        finally:
            fetched.append(-1)

    assert [int(block[0, 0]) for block in ahead(blocks())] == [0, 1, 2, 3]
    fetched.clear()
    with closing(ahead(blocks())) as some:  # type: ignore[type-var]
        next(some)
    assert fetched in ([0, 1, -1], [0, 1, 2, -1])


def test_what_goes_wrong_ahead_is_told(tmp_path: Path) -> None:
    def blocks() -> Generator[Floats]:
        yield np.zeros((1, 1), np.float32)
        raise MediaError("Broken.")

    with pytest.raises(MediaError, match=r"Broken\."):
        list(ahead(blocks()))
