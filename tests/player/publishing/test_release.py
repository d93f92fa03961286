"""What is released is whole or not there, and its words are in step with its sound."""

import base64
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from talk import transcript_of, write_sound

import resources
from index import formats
from index.clip import clip_of
from index.errors import EarmarkError
from index.quoting import Origin
from index.transcript import Transcript, WordRange
from player.audio.encoding import CODINGS
from player.audio.media import probe
from player.audio.stretch import Form, read_stretch
from player.child import python_command
from player.publishing import film
from player.publishing.choices import SOUND_SUFFIXES, Choices, needs_sound
from player.publishing.many import release_all
from player.publishing.piece import Piece, part_of, piece_of, whole
from player.publishing.release import release, write_page
from player.work.publishing import release_order

SOUND = resources.path("demo", "earmark-demo.opus")
DEMO = formats.read(resources.path("demo", "earmark-demo.vtt")).transcript
ORIGIN = Origin("The obedient mark", "Earmark", "2026-11-20", SOUND.name)
CLIPS = (WordRange(100, 112), WordRange(9, 17), WordRange(300, 306))


def _piece(*words: WordRange, gap_ms: int = 0, crossfade_ms: int = 0) -> Piece:
    parts = [part_of(DEMO, clip_of(DEMO, each, pad_ms=150), ORIGIN, SOUND) for each in words or CLIPS[:1]]
    return piece_of("A moment", parts, gap_ms=gap_ms, crossfade_ms=crossfade_ms)


def _heard(path: Path, start_ms: int, length_ms: int) -> np.ndarray:
    return np.concatenate(list(read_stretch(path, start_ms, start_ms + length_ms, Form(16_000, 1))), axis=1)[0]


def _lag_ms(path: Path, at_ms: int, source_ms: int, length_ms: int = 300) -> float:
    """How much later than `at_ms` a sound has what its source has at `source_ms`."""
    reach_ms = min(100, at_ms)
    wanted = _heard(SOUND, source_ms, length_ms)
    there = _heard(path, at_ms - reach_ms, length_ms + 200)
    alike = np.correlate(there, wanted, "valid")
    return float(np.argmax(alike)) / 16 - reach_ms


def _in_step(written: Transcript, sources: list[tuple[int, int]], sound: Path) -> None:
    """Each word of a clip, told as (word, word in the demo), is heard where its captions say, within 20 ms."""
    assert sources
    for word, source in sources:
        assert written.word_text(word) == DEMO.word_text(source)
        lag_ms = _lag_ms(sound, written.starts[word], DEMO.starts[source])
        assert abs(lag_ms) <= 20, (written.word_text(word), lag_ms)


@pytest.mark.parametrize(
    ("suffix", "between"),
    [
        *((suffix, {"gap_ms": 400}) for suffix in (".mp3", ".m4a", ".opus", ".flac", ".wav")),
        (".flac", {"crossfade_ms": 250}),
    ],
)
def test_captions_are_in_step_with_the_cut_sound(tmp_path: Path, suffix: str, between: dict[str, int]) -> None:
    piece = _piece(*CLIPS, **between)
    sound, captions = tmp_path / f"reel{suffix}", tmp_path / "reel.vtt"
    assert release(piece, sound)
    assert release(piece, captions, choices=Choices(word_times=True))
    written = formats.read(captions).transcript
    pairs = [(word, source) for word, source in enumerate(source for each in CLIPS for source in each)]
    _in_step(written, [pair for pair in pairs if pair[0] % 3 == 0], sound)


def test_captions_are_in_step_with_a_copied_sound(tmp_path: Path) -> None:
    sound, captions = tmp_path / "clip.opus", tmp_path / "clip.vtt"
    choices = Choices(word_times=True, copy=True)
    released = release(_piece(), sound, captions=captions, choices=choices)
    assert released
    assert 0 < released.early_ms <= 100, "or nothing is shown by this"
    _in_step(formats.read(captions).transcript, list(enumerate(CLIPS[0]))[::3], sound)
    with pytest.raises(EarmarkError, match="write each alone"):
        release(_piece(*CLIPS), sound, choices=choices)
    with pytest.raises(EarmarkError, match="cannot be copied into “clip"):
        release(_piece(), tmp_path / "clip.mp3", choices=choices)


def test_many_copied_sounds_have_their_captions_in_step(tmp_path: Path) -> None:
    summary = release_all([_piece()], tmp_path, [".vtt", ".opus"], choices=Choices(word_times=True, copy=True))
    assert sorted(path.suffix for path in summary.written) == [".opus", ".vtt"]
    (sound,), (captions,) = tmp_path.glob("*.opus"), tmp_path.glob("*.vtt")
    _in_step(formats.read(captions).transcript, list(enumerate(CLIPS[0]))[::3], sound)


def test_the_cover_of_the_source_is_in_the_tags(tmp_path: Path) -> None:
    cover = probe(SOUND).cover
    assert cover
    for name, choices in (("clip.mp3", Choices()), ("clip.opus", Choices(copy=True))):
        release(_piece(), tmp_path / name, choices=choices)
        assert probe(tmp_path / name).cover == cover


def test_a_page_is_in_step_with_its_sound(tmp_path: Path) -> None:
    assert release(_piece(), tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    sound, captions = tmp_path / "inside.mp3", tmp_path / "inside.vtt"
    for path, kind in ((sound, "audio/mpeg"), (captions, "text/vtt")):
        data = re.search(rf'src="data:{kind};base64,([^"]+)"', page)
        assert data
        path.write_bytes(base64.b64decode(data[1]))
    _in_step(formats.read(captions).transcript, list(enumerate(CLIPS[0]))[::3], sound)


def test_what_a_reel_says_of_itself_is_in_its_tags(tmp_path: Path) -> None:
    release(_piece(*CLIPS), tmp_path / "reel.mp3")
    info = probe(tmp_path / "reel.mp3")
    assert (info.title, info.show) == ("A moment", "Earmark")


def test_a_part_that_reaches_over_the_end_moves_nothing(tmp_path: Path) -> None:
    talk = transcript_of(("Mara", "one two three four"))
    sound = write_sound(tmp_path / "talk.wav", 2000)
    last = part_of(talk, clip_of(talk, WordRange(2, 4), pad_ms=700), Origin("talk"), sound)
    first = part_of(talk, clip_of(talk, WordRange(0, 1)), Origin("talk"), sound)
    assert last.end_ms == 2700
    write_page(piece_of("Two", [last, first]), tmp_path / "page.html")
    starts = re.search(r'id="starts">(\[.*?\])<', (tmp_path / "page.html").read_text("utf-8"))
    assert starts
    assert json.loads(starts[1]) == [700, 1200, 1700]


@pytest.mark.parametrize("name", ["sound.mp3", "page.html", "film.mp4"])
def test_a_cancel_leaves_nothing_behind(tmp_path: Path, name: str, qapp: object) -> None:
    target = tmp_path / name
    target.write_bytes(b"as it was")
    for patience in (0, 1, 4):
        asked: list[int] = []

        def cancelled(asked: list[int] = asked, patience: int = patience) -> bool:
            asked.append(1)
            return len(asked) > patience

        assert not release(_piece(), target, cancelled=cancelled)
        assert [path.name for path in tmp_path.iterdir()] == [name]
        assert target.read_bytes() == b"as it was"


@pytest.mark.parametrize("name", ["sound.m4a", "page.html", "film.mp4"])
def test_a_failure_leaves_nothing_behind(tmp_path: Path, name: str, qapp: object) -> None:
    talk = transcript_of(("Mara", "one two three four"))
    part = part_of(talk, clip_of(talk, talk.all_words), Origin("talk"), tmp_path / "gone.mp3")
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(EarmarkError, match=r"“gone\.mp3” is not there"):
        release(piece_of("Gone", [part]), out / name)
    with pytest.raises(EarmarkError, match="no sound beside its words"):
        release(piece_of("Mute", [part_of(talk, clip_of(talk, talk.all_words), Origin("talk"))]), out / name)
    assert list(out.iterdir()) == []
    with pytest.raises(EarmarkError, match="could not be written: its folder does not exist"):
        release(_piece(), tmp_path / "nowhere" / name)


def test_a_whole_episode_keeps_its_sound_as_it_is(tmp_path: Path) -> None:
    release(_piece(), tmp_path / "talk.m4a")
    data = (tmp_path / "talk.m4a").read_bytes()
    info = probe(tmp_path / "talk.m4a")
    part = part_of(DEMO, clip_of(DEMO, CLIPS[0], pad_ms=150), ORIGIN)
    episode = whole(part.words, Origin("talk"), tmp_path / "talk.m4a", info.duration_ms)
    release(piece_of("Whole", [episode]), tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    assert f"data:audio/mp4;base64,{base64.b64encode(data).decode()}" in page


def test_a_film_has_pictures_and_sound_in_step(tmp_path: Path, qapp: object) -> None:
    told: list[tuple[int, int]] = []
    piece = _piece(WordRange(9, 14))
    assert release(piece, tmp_path / "film.mp4", told=lambda *each: told.append(each))
    assert told == sorted(told)
    assert told[-1] == (100, 100)
    with av.open(str(tmp_path / "film.mp4")) as written:
        video, audio = written.streams.video[0], written.streams.audio[0]
        assert (video.width, video.height, video.codec_context.pix_fmt) == (1080, 1080, "yuv420p")
        assert audio.codec_context.name == "aac"
        length_ms = piece.reel().length_ms
        assert abs(video.frames * 1000 / 30 - length_ms) < 40
        assert abs((written.duration or 0) / 1000 - length_ms) < 60
    _in_step(piece.reel().transcript, list(enumerate(range(9, 14)))[1:4], tmp_path / "film.mp4")


def test_without_h264_a_film_is_mpeg4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    monkeypatch.setattr(film, "_CODECS", (("no such codec", {}), *film._CODECS[1:]))
    assert release(_piece(WordRange(9, 11)), tmp_path / "film.mp4")
    with av.open(str(tmp_path / "film.mp4")) as written:
        assert written.streams.video[0].codec_context.name == "mpeg4"
        assert sum(1 for _ in written.decode(video=0)) == written.streams.video[0].frames > 10
    monkeypatch.setattr(film, "_CODECS", ())
    with pytest.raises(EarmarkError, match=r"neither H\.264 nor MPEG-4"):
        release(_piece(), tmp_path / "none.mp4")
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


def test_a_process_of_its_own_does_it(tmp_path: Path) -> None:
    order = release_order(_piece(), tmp_path / "clip.html", Choices(language="en"))
    with _worker(order) as process:
        assert process.stdout
        messages = [json.loads(line) for line in process.stdout]
    assert messages[-1] == {"finished": {"written": [str(tmp_path / "clip.html")], "early_ms": 0, "late_ms": 0}}
    assert '<html lang="en">' in (tmp_path / "clip.html").read_text("utf-8")


def test_what_needs_sound_is_known() -> None:
    needy = [suffix for suffix in (".mp3", ".html", ".MP4", ".vtt", ".srt", ".txt") if needs_sound(Path("a" + suffix))]
    assert tuple(CODINGS) == SOUND_SUFFIXES
    assert needy == [".mp3", ".html", ".MP4"]


def _worker(order: dict[str, Any], *, before: str = "") -> subprocess.Popen[str]:
    """The process for a job, at work; `before` is what it runs first."""
    command = [*python_command("player.worker"), "release"]
    if before:
        command[command.index("-c") + 1] = f"{before}; {command[command.index('-c') + 1]}"
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    return process


@pytest.mark.parametrize("name", ["film.mp4", "page.html"])
def test_a_process_that_is_killed_leaves_nothing_under_the_name(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.write_bytes(b"as it was")
    with _worker(release_order(_piece(WordRange(0, 400)), target)) as process:
        assert process.stdout
        assert "done" in json.loads(process.stdout.readline())
        process.kill()
    assert target.read_bytes() == b"as it was"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on the size of files, which Windows has not")
@pytest.mark.parametrize("name", ["film.mp4", "page.html", "sound.wav"])
def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    target = tmp_path / "out" / name
    target.parent.mkdir()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))"
    with _worker(release_order(_piece(WordRange(0, 60)), target), before=limit) as process:
        assert process.stdout
        last = [json.loads(line) for line in process.stdout][-1]
    # Films and pages are made of a temporary sound, of which nobody has heard.
    full = {"sound.wav": "“sound.wav” could not be written"}.get(
        name, "The folder for temporary files, “.+”, has no room"
    )
    assert re.match(full, last["failed"])
    assert list(target.parent.iterdir()) == []
