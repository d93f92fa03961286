"""A sound file is described rightly, and what is none is refused in one clear sentence."""

import io
import os
import random
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import mutagen
import pytest
from make_sounds import (
    CODECS,
    png,
    tone,
    write_mp3_without_header,
    write_silent_film,
    write_sound,
)

from player.audio.media import MediaError, probe

KINDS = {
    ".mp3": "mp3",
    ".m4a": "aac",
    ".mp4": "aac",
    ".aac": "aac",
    ".ogg": "vorbis",
    ".opus": "opus",
    ".flac": "flac",
    ".wav": "pcm",
    ".mkv": "opus",
    ".webm": "opus",
}
TAGS = {"title": "Rain", "album": "The Weather", "artist": "Ada", "date": "2026-01-02"}


def refusal(path: Path | str) -> str:
    with pytest.raises(MediaError) as caught:
        probe(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


@pytest.mark.parametrize("suffix", CODECS)
def test_every_format(tmp_path: Path, suffix: str) -> None:
    path = write_sound(tmp_path / f"a{suffix}", metadata=TAGS)
    info = probe(path)
    assert info.path == path
    assert info.kind == KINDS[suffix]
    # Raw AAC has no header to say how much of the last block is padding.
    assert abs(info.duration_ms - 2000) <= (50 if suffix == ".aac" else 10)
    assert info.has_sound
    assert not info.has_video
    assert info.chapters == ()
    assert info.cover is None
    if suffix != ".aac":
        assert (info.title, info.show, info.artist, info.date) == tuple(TAGS.values())


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".webm"])
def test_film(tmp_path: Path, suffix: str) -> None:
    info = probe(write_sound(tmp_path / f"a{suffix}", pictures=True))
    assert (info.has_sound, info.has_video) == (True, True)
    silent = probe(write_silent_film(tmp_path / f"silent{suffix}"))
    assert (silent.has_sound, silent.has_video, silent.kind) == (False, True, "")
    assert silent.duration_ms == 2000


def test_vbr_mp3_without_header_is_exact(tmp_path: Path) -> None:
    path = write_mp3_without_header(tmp_path / "a.mp3", ((1.0, 32), (4.0, 160)))
    guess = mutagen.File(path).info.length * 1000
    info = probe(path)
    assert abs(info.duration_ms - 5000) < 120  # each part is padded to whole frames
    assert abs(guess - 5000) > 2000  # this is why frames are counted


def test_constant_bit_rate_without_header_is_exact(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3", bit_rate=64_000, options={"write_xing": "0", "id3v2_version": "0"})
    assert abs(probe(path).duration_ms - 2000) < 60


def test_webm_recorded_live_has_no_duration_and_is_counted(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        """Takes bytes and cannot go back, as a browser's recorder."""

        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.data += data
            return len(data)

    source = write_sound(tmp_path / "source.webm", seconds=3)
    pipe = Pipe()
    with av.open(str(source)) as whole, av.open(pipe, "w", format="webm", options={"live": "1"}) as live:
        stream = live.add_stream_from_template(whole.streams.audio[0])
        for packet in whole.demux(audio=0):
            if packet.size:
                packet.stream = stream
                live.mux(packet)
    path = tmp_path / "live.webm"
    path.write_bytes(bytes(pipe.data))
    with av.open(str(path)) as container:
        assert container.duration is None
    assert abs(probe(path).duration_ms - 3000) < 30


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no FIFOs")
def test_what_never_ends_is_never_opened(tmp_path: Path) -> None:
    fifo = tmp_path / "a.mp3"
    os.mkfifo(fifo)
    assert "not a regular file" in refusal(fifo)
    sound = write_sound(tmp_path / "b.mp3")
    os.mkfifo(tmp_path / "b.chapters.json")
    assert probe(sound).chapters == ()
    link = tmp_path / "link.mp3"
    link.symlink_to("/dev/zero")
    assert "not a regular file" in refusal(link)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.mp3"))
        assert "not a regular file" in refusal(tmp_path / "socket.mp3")


def test_missing_folder_empty_and_impossible_names(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.mp3").startswith("“gone.mp3” is not there")
    assert "is a folder" in refusal(tmp_path)
    (tmp_path / "empty.mp3").touch()
    assert "“empty.mp3” is empty" in refusal(tmp_path / "empty.mp3")
    assert "cannot be reached" in refusal("a\0b.mp3")
    assert "cannot be reached" in refusal("x" * 5000)
    loop = tmp_path / "loop.mp3"
    loop.symlink_to(loop)
    assert "cannot be reached" in refusal(loop)


def test_unreadable(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read everything")
    assert "cannot be read" in refusal(path)


def test_read_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_sound(tmp_path / "a.mp3")

    def refuse(*_args: object, **_keywords: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(MediaError, match=r"cannot be read \(permission denied\)"):
        probe(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.mp3", b"just text\n" * 500),
        ("a.txt", b"just text\n" * 500),
        ("a.mp3", random.Random(2).randbytes(200_000)),
        ("a.m4a", random.Random(3).randbytes(200_000)),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nhello\n"),
        ("a.png", png(2000)),
        ("a.mp3", b"#EXTM3U\n#EXTINF:9,\n/etc/hostname\n#EXT-X-ENDLIST\n"),
        ("a.wav", b"RIFF\xff\xff\xff\xffWAVEfmt "),
        ("a.flac", b"fLaC" + bytes(100)),
        ("a.ogg", b"OggS" + bytes(1000)),
    ],
)
def test_not_sound(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert path.name in refusal(path)


def test_playlists_and_scripts_that_name_other_files_are_refused(tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "a.mp3")
    for name, text in {
        "list.m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{sound}\n#EXT-X-ENDLIST\n",
        "list.ffconcat": f"ffconcat version 1.0\nfile {sound.name}\n",
        "list.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 5004 RTP/AVP 0\n",
    }.items():
        (tmp_path / name).write_text(text)
        refusal(tmp_path / name)
    with pytest.raises(MediaError):
        probe(f"concat:{sound}")


def test_damaged_and_cut_off(tmp_path: Path) -> None:
    whole = write_sound(tmp_path / "a.mp3", seconds=4)
    cut = tmp_path / "cut.mp3"
    cut.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert abs(probe(cut).duration_ms - 2000) < 100
    film = write_sound(tmp_path / "a.m4a")
    headless = tmp_path / "cut.m4a"
    headless.write_bytes(film.read_bytes()[: film.stat().st_size // 2])  # its index stood at the end
    assert "cut.m4a" in refusal(headless)
    blank = tmp_path / "blank.flac"
    sound = write_sound(tmp_path / "a.flac").read_bytes()
    blank.write_bytes(sound[:86] + random.Random(4).randbytes(len(sound)))
    refusal(blank)


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".opus", ".flac", ".wav", ".mkv"])
def test_any_flipped_bytes_give_an_answer_or_a_media_error(tmp_path: Path, suffix: str) -> None:
    whole = write_sound(tmp_path / f"a{suffix}", seconds=0.3, metadata=TAGS).read_bytes()
    chance = random.Random(5)
    path = tmp_path / f"b{suffix}"
    for _ in range(25):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 20)):
            data[chance.randrange(min(2000, len(data)))] = chance.randrange(256)
        path.write_bytes(data[: chance.randrange(1, len(data))] if chance.random() < 0.3 else data)
        try:
            info = probe(path)
        except MediaError:
            continue
        assert 0 < info.duration_ms <= 400 * 3_600_000


def test_names_that_are_no_utf8_or_look_like_patterns(tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "a.mp3")
    for name in (b"file:%d.mp3", b"concat:x|y.mp3", b"-i.mp3", b"\xff\xfe.mp3"):
        try:
            path = tmp_path / os.fsdecode(name)
            path.write_bytes(sound.read_bytes())
        except OSError:
            continue  # this file system does not take such names
        assert probe(path).duration_ms == 2000
    (tmp_path / "\u202egnp.mp3").touch()
    assert refusal(tmp_path / "\u202egnp.mp3").startswith("“gnp.mp3” is empty")


def test_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_sound(tmp_path / "a.mp3")
    monkeypatch.chdir(tmp_path)
    assert probe("a.mp3").path == path


def test_stereo_and_sample_rates(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.m4a", tone(1.5, 22_050, channels=2), rate=22_050)
    assert probe(path).duration_ms == 1500


def test_imports_nothing_heavy_before_it_is_needed() -> None:
    check = (
        "import sys, player.audio.media, player.audio.remux;"
        "heavy = {'av', 'mutagen', 'numpy', 'PySide6'} & set(sys.modules);"
        "sys.exit(1 if heavy else 0)"
    )
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", check], cwd=root, check=True)
