import json
import os
import signal
from collections.abc import Callable
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import pytest
from talk import SOUND_MS, WORDS, write_sound, write_talk

import player.commands.library_place as library_place
import resources
from index import formats
from index.library import Library, prepare
from player.cli import main
from player.commands import giving, releasing

Earmark = Callable[..., Any]


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """The transcript of a talk; its sound lies beside it."""
    return write_talk(tmp_path)[1]


@pytest.fixture
def earmark(capsys: pytest.CaptureFixture[str]) -> Earmark:
    """Runs a command that succeeds and gives its JSON; with `fails` the sentence of one that does not."""

    def run(*arguments: object, fails: int = 0) -> Any:
        try:
            status = main([str(each) for each in arguments])
        except SystemExit as left:
            status = left.code
        told = capsys.readouterr()
        assert status == fails, told.err
        return told.err if fails else json.loads(told.out) if "--json" in arguments else told.out

    return run


def _length_ms(path: Path) -> int:
    with av.open(str(path)) as file:
        return round((file.duration or 0) / 1000)


def test_clip_writes_all_that_is_asked_for(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    outs = [tmp_path / name for name in ("out.vtt", "out.mp3", "out.html")]
    told = earmark(
        *("clip", talk, "--from", "7", "--to", "11.2", "-o", outs[0], "--audio", outs[1], "--html", outs[2]),
        *("--title", "Tide & <time>", "--json"),
    )
    assert told["paths"] == [str(path) for path in outs]
    assert (told["path"], told["start_ms"], told["end_ms"]) == (str(outs[0]), 7000, 11_200)
    assert formats.read(outs[0]).transcript.start_ms == 0
    assert abs(_length_ms(outs[1]) - 4200) < 60
    assert '<h1 dir="auto">Tide &amp; &lt;time&gt;</h1>' in outs[2].read_text("utf-8")


def test_clip_without_captions(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.wav"
    earmark("clip", talk, "--phrase", "silver fox", "--audio", out)
    assert _length_ms(out) == 700


def test_clip_says_what_it_cannot_do(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.mp3"
    assert "say where to write it" in earmark("clip", talk, "--phrase", "silver fox", fails=2)
    assert "--video writes .mp4, not" in earmark("clip", talk, "--phrase", "silver fox", "--video", out, fails=2)
    (alone := tmp_path / "alone.vtt").write_bytes(talk.read_bytes())
    assert "name one with --sound FILE" in earmark("clip", alone, "--phrase", "silver fox", "--audio", out, fails=1)
    sound = talk.with_suffix(".wav")
    before = sound.read_bytes()
    told = earmark("clip", talk, "--phrase", "silver fox", "--audio", sound, fails=1)
    assert "is the sound itself, which is never changed" in told
    assert sound.read_bytes() == before
    told = earmark("clip", talk, "--phrase", "silver fox", "--audio", out, "--loudness", "9", fails=2)
    assert "is no loudness" in told
    assert not out.exists()
    earmark("clip", alone, "--phrase", "silver fox", "--audio", out, "--sound", sound)
    assert out.exists()


def test_clip_of_the_whole_episode(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    told = earmark("clip", talk, "--all", "--html", tmp_path / "page.html", "--audio", tmp_path / "all.wav", "--json")
    assert told["words"] == WORDS
    assert _length_ms(tmp_path / "all.wav") == SOUND_MS
    assert (tmp_path / "page.html").read_text("utf-8").count("<span>lantern</span>") == 17
    assert "say what to take" in earmark("clip", talk, "--all", "--phrase", "fox", "-o", "x.vtt", fails=2)


def test_reel_of_every_time_it_is_said_in_files(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    other, _ = write_talk(tmp_path, "second")
    out = tmp_path / "lantern.opus"
    files = ("--in", talk, other.with_suffix(".vtt"))
    captions = tmp_path / "lantern.vtt"
    choices = ("--pad", "100", "--gap", "250", "--limit", "20", "--captions", captions, "--json")
    told = earmark("reel", "lantern", "-o", out, *choices, *files)
    assert len(told["moments"]) == 20
    assert [moment["episode"] for moment in told["moments"]] == ["talk"] * 17 + ["second"] * 3
    first, second = told["moments"][:2]
    assert (first["at_ms"], second["at_ms"]) == (0, first["end_ms"] - first["start_ms"] + 250)
    assert abs(_length_ms(out) - told["length_ms"]) < 50
    written = formats.read(captions).transcript
    assert [written.cue(number).id for number in (0, 17)] == ["talk, 0:11–0:11", "second, 0:11–0:11"]
    assert written.end_ms <= told["length_ms"]
    assert "--captions writes .vtt" in earmark("reel", "lantern", "-o", out, "--captions", out, *files, fails=2)


def test_clip_copies_sound_as_it_is(earmark: Earmark, tmp_path: Path) -> None:
    demo = resources.path("demo", "earmark-demo.vtt")
    sound, captions = tmp_path / "out.opus", tmp_path / "out.vtt"
    outs = ("--from", "0:20", "--to", "0:29", "-o", captions, "--audio", sound, "--html", tmp_path / "out.html")
    told = earmark("clip", demo, *outs, "--copy", "--json")
    source, copied = formats.read(demo).transcript, formats.read(captions).transcript
    last = source.range_between(20_000, 29_000).end - 1
    early_ms = copied.starts[-1] - (source.starts[last] - told["start_ms"])
    assert 0 < early_ms <= 100
    assert _length_ms(sound) > 9000
    mp3 = tmp_path / "out.mp3"
    refused = earmark("clip", demo, "--from", "0:20", "--to", "0:29", "--audio", mp3, "--copy", fails=1)
    assert "cannot be copied into “out.mp3”; encode it anew" in refused
    assert not mp3.exists()


def test_reel_leaves_out_what_the_sound_does_not_reach(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    """The transcript of an edition that has more in it than this one."""
    write_sound(talk.with_suffix(".wav"), 15_000)
    out = tmp_path / "lantern.wav"
    told = earmark("reel", "lantern", "-o", out, "--pad", "100", "--in", talk, "--json")
    assert told["moments"]
    assert all(moment["start_ms"] < 15_000 for moment in told["moments"])
    assert abs(_length_ms(out) - told["length_ms"]) <= 1
    assert "The sound ends before 1 of what was found" in earmark(
        "reel", "silver fox", "-o", out, "--in", talk, fails=1
    )


def test_reel_with_crossfades(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out, captions = tmp_path / "lantern.wav", tmp_path / "lantern.vtt"
    choices = ("--pad", "1000", "--crossfade", "500", "--limit", "3", "--captions", captions, "--json")
    told = earmark("reel", "lantern", "-o", out, *choices, "--in", talk)
    first, second, third = told["moments"]
    assert second["at_ms"] == first["end_ms"] - first["start_ms"] - 500
    assert told["length_ms"] == sum(each["end_ms"] - each["start_ms"] for each in (first, second, third)) - 1000
    assert abs(_length_ms(out) - told["length_ms"]) <= 1
    cues = list(formats.read(captions).transcript.cues())
    assert all(one.end_ms <= other.start_ms for one, other in pairwise(cues))
    assert "not allowed with" in earmark(
        "reel", "lantern", "-o", out, "--gap", "9", "--crossfade", "9", "--in", talk, fails=2
    )


def test_reel_as_captions_has_a_source_for_each(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "reel.vtt"
    earmark("reel", "silver", "fox", "-o", out, "--in", talk)
    transcript = formats.read(out).transcript
    assert transcript.cue(0).id == "talk, 0:30–0:31"
    assert "silver fox" in transcript.text


def test_what_overlaps_in_a_reel_is_heard_once(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "reel.vtt"
    told = earmark("reel", "lantern", "-o", out, "--pad", "10000", "--in", talk, "--json")
    assert len(told["moments"]) == 1


@pytest.fixture
def library(talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with the talk in it and two clips."""
    folder = tmp_path / "library"
    monkeypatch.setattr(library_place, "data_folder", lambda: folder)
    folder.mkdir()
    with closing(Library(folder / "library.sqlite")) as made:
        words = prepare(formats.read(talk))
        episode = made.episodes.open(talk.with_suffix(".wav"), talk, "The talk", words).id
        made.clips.keep(episode, "The fox", (87, 89), (30_450, 31_150))
        made.clips.keep(episode, "12 o’clock", (0, 4), (0, 1400))
        made.notes.add(episode, "Ask *him*", (87, 89), (30_450, 31_150), "yellow")
    return folder


def test_reel_of_kept_clips(earmark: Earmark, library: Path, tmp_path: Path) -> None:
    out = tmp_path / "reel.wav"
    told = earmark("reel", "12 O’CLOCK", "#1", "-o", out, "--gap", "0", "--json")
    assert [moment["start_ms"] for moment in told["moments"]] == [0, 30_450]
    assert _length_ms(out) == told["length_ms"] == 1400 + 700


def test_reel_of_what_is_found_in_the_library(earmark: Earmark, library: Path, tmp_path: Path) -> None:
    out = tmp_path / "reel.html"
    told = earmark("reel", "lantern", "-o", out, "--limit", "3", "--json")
    assert len(told["moments"]) == 3
    page = out.read_text("utf-8")
    assert page.count("<h2") == 3
    assert page.count("<span>lantern</span>") == 3


def test_reel_of_nothing(earmark: Earmark, library: Path, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "reel.vtt"
    assert "is not said in talk.vtt" in earmark("reel", "zebra", "-o", out, "--in", talk, fails=1)
    assert "neither said in the library nor a clip" in earmark("reel", "zebra", "-o", out, fails=1)
    assert not out.exists()


def test_reel_without_a_library(earmark: Earmark, talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_place, "data_folder", lambda: tmp_path / "nowhere")
    assert "There is no library yet" in earmark("reel", "zebra", "-o", tmp_path / "reel.vtt", fails=1)
    assert not (tmp_path / "nowhere").exists()


def test_quote_in_every_form(earmark: Earmark, talk: Path) -> None:
    said = {
        form: earmark("quote", talk, "--phrase", "silver fox", "--as", form)
        for form in ("text", "markdown", "html", "apa", "chicago", "bibtex", "link")
    }
    assert said["text"] == "“silver fox”\n— Ben, talk, 0:30–0:31\n"
    assert said["link"] == "earmark:episode?title=talk&file=talk.wav#t=30.45,31.15\n"
    assert all("talk" in each for each in said.values())
    assert earmark("quote", talk, "--from", "30.4", "--to", "31.2").startswith("“silver fox”")
    assert "either --from and --to, or --phrase" in earmark("quote", talk, fails=2)


def test_export_writes_all_clips(earmark: Earmark, library: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    told = earmark("export", "-o", out, "--as", "vtt,wav", "--name", "{episode} {title}", "--labels", "--soundbites")
    assert sorted(path.name for path in out.iterdir()) == [
        *("The talk 12 o’clock.vtt", "The talk 12 o’clock.wav", "The talk The fox.vtt", "The talk The fox.wav"),
        *("The talk.labels.txt", "The talk.soundbites.xml"),
    ]
    assert told.endswith(f"4 files written to {out}.\n")
    labels = (out / "The talk.labels.txt").read_text("utf-8")
    assert labels == "0.000000\t1.400000\t12 o’clock\n30.450000\t31.150000\tThe fox\n"
    assert '<podcast:soundbite startTime="30.450" duration="0.700">The fox<' in (
        (out / "The talk.soundbites.xml").read_text("utf-8")
    )


def test_export_says_what_it_cannot_do(earmark: Earmark, library: Path, tmp_path: Path) -> None:
    assert "There are no clips of that name" in earmark("export", "nothing", "-o", tmp_path / "out", fails=1)
    assert "choose among" in earmark("export", "-o", tmp_path / "out", "--name", "{x}", fails=1)
    assert "say what to write" in earmark("export", "-o", tmp_path / "out", "--as", ",", fails=2)
    earmark("export", "-o", tmp_path / "out", "--as", "exe", "1", fails=1)
    assert list((tmp_path / "out").iterdir()) == []


def test_notes_are_printed_or_written(earmark: Earmark, library: Path, tmp_path: Path) -> None:
    told = earmark("notes")
    assert told.startswith("# The talk\n\n> silver fox\n>\n> — [0:30](earmark:episode?title=The%20talk")
    assert told.endswith("Ask \\*him\\*\n")
    earmark("notes", "-o", tmp_path / "notes.csv")
    assert "silver fox,Ask *him*,yellow" in (tmp_path / "notes.csv").read_text("utf-8")
    assert "notes are written to .md or .csv" in earmark("notes", "-o", tmp_path / "notes.pdf", fails=2)


@pytest.mark.parametrize("command", ["clip", "export"])
def test_an_interrupt_ends_it_and_leaves_nothing(
    earmark: Earmark, library: Path, talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def interrupted(done: int, total: int) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    out = tmp_path / "out"
    out.mkdir()
    module = releasing if command == "clip" else giving
    monkeypatch.setattr(module, "tell_percent", interrupted)
    line = (
        ("clip", talk, "--all", "--html", out / "all.html")
        if command == "clip"
        else ("export", "-o", out, "--as", "mp3")
    )
    earmark(*line, fails=130)
    assert list(out.iterdir()) == []
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
