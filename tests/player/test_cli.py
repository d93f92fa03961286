import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from index import formats
from player import VERSION, cli
from player.cli import main

ROOT = Path(__file__).resolve().parents[2]

TALK = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
<v Mara>When the tide went out

2
00:00:04.000 --> 00:00:06.000
<v Mara>the boats lay on their sides.

3
00:00:06.500 --> 00:00:09.000
<v Tom>Did the boats mind? I’d mind, at 3.5 metres.

4
01:00:00.000 --> 01:00:02.000
<v Mara>Not the boats.
"""


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.vtt"
    path.write_text(TALK, "utf-8")
    return path


class Run:
    """What a command gave: its status and what it printed where."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Earmark:
    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Run:
        status = main([str(argument) for argument in arguments])
        out, err = self._capsys.readouterr()
        return Run(status, out, err)

    def done(self, *arguments: object) -> Run:
        """Run what must succeed."""
        run = self(*arguments)
        assert (run.status, run.err) == (0, "")
        return run

    def told(self, *arguments: object, status: int = 1) -> str:
        """Run what must fail, with one line on stderr, and give that line."""
        run = self(*arguments)
        assert run.status == status, run.err
        assert run.err.endswith("\n")
        lines = run.err[:-1].split("\n")
        assert len(lines) == 1, run.err
        assert "\r" not in run.err
        assert "\x1b" not in run.err
        assert "Traceback" not in run.err
        return lines[0]


@pytest.fixture
def earmark(capsys: pytest.CaptureFixture[str]) -> Earmark:
    return Earmark(capsys)


# info


def test_info(earmark: Earmark, talk: Path) -> None:
    assert earmark.done("info", talk).out.splitlines() == [
        "WebVTT: 23 words in 4 cues",
        "Language: English",
        "Speakers: Mara, Tom",
        "From 0:01 to 1:00:02",
        "Word times: estimated (23 estimated)",
    ]


def test_info_as_json(earmark: Earmark, talk: Path) -> None:
    assert earmark.done("info", talk, "--json").json == {
        "format": "WebVTT",
        "cues": 4,
        "words": 23,
        "speakers": ["Mara", "Tom"],
        "start_ms": 1000,
        "end_ms": 3_602_000,
        "timing": "estimated",
        "word_times": {"estimated": 23},
        "warnings": [],
        "language": "en",
        "damage": None,
    }


def test_info_goes_by_content_not_by_name(earmark: Earmark, tmp_path: Path) -> None:
    path = tmp_path / "talk.xyz"
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello.\n", "utf-8")
    assert earmark.done("info", path, "--json").json["format"] == "SRT"
    path.write_text(json.dumps({"segments": [{"start": 1, "end": 2, "text": " Hi", "words": []}]}), "utf-8")
    assert earmark.done("info", path, "--json").json["format"] == "Whisper JSON"


def test_info_tells_of_exact_times_and_of_repairs(earmark: Earmark, tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\n00:01,000 --> 00:02,000\none\n\n00:03.000 --> 00:04.000\n<00:03.000>two\n", "utf-8")
    run = earmark.done("info", path)
    assert "Word times: mixed (1 exact, 1 estimated)" in run.out
    warnings = earmark.done("info", path, "--json").json["warnings"]
    assert warnings
    assert all(f"Note: {warning}\n" in run.out for warning in warnings)


def test_info_of_nobody(earmark: Earmark, tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n", "utf-8")
    assert earmark.done("info", path).out.startswith(
        "WebVTT: 1 word in 1 cue\nLanguage: unknown\nSpeakers: not named\n"
    )


# find


def test_find_crosses_cues_and_tells_where(earmark: Earmark, talk: Path) -> None:
    assert earmark.done("find", talk, "out the boats").out == (
        "0:00:03  Mara: When the tide went [out the boats] lay on their sides. Did the boats mind?\n"
    )


def test_find_every_occurrence_as_json(earmark: Earmark, talk: Path) -> None:
    hits = earmark.done("find", talk, "THE BOATS", "--json").json
    assert [(hit["speaker"], hit["before"], hit["match"], hit["after"]) for hit in hits] == [
        ("Mara", "When the tide went out", "the boats", "lay on their sides. Did the boats mind?"),
        ("Tom", "out the boats lay on their sides. Did", "the boats", "mind? I’d mind, at 3.5 metres. Not the"),
        ("Mara", "boats mind? I’d mind, at 3.5 metres. Not", "the boats.", ""),
    ]
    for hit in hits:
        assert list(hit) == ["start_ms", "end_ms", "speaker", "before", "match", "after", "exact"]
        assert type(hit["start_ms"]) is type(hit["end_ms"]) is int
        assert hit["start_ms"] < hit["end_ms"]
        assert hit["exact"] is False
    assert hits[0]["start_ms"] == 4000


def test_find_knows_exact_times_and_no_speaker(earmark: Earmark, tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\n00:01.000 --> 00:03.000\n<00:01.000>one <00:02.000>two\n", "utf-8")
    (hit,) = earmark.done("find", path, "two", "--json").json
    assert hit == {
        "start_ms": 2000, "end_ms": 3000, "speaker": None, "before": "one", "match": "two", "after": "", "exact": True,
    }  # fmt: skip
    assert earmark.done("find", path, "two").out == "0:02  one [two]\n"


@pytest.mark.parametrize("phrase", ["i'd mind", "Id mind", "3.5 metres", "mind at"])
def test_find_forgives(earmark: Earmark, talk: Path, phrase: str) -> None:
    assert len(earmark.done("find", talk, phrase, "--json").json) == 1


def test_nothing_found_is_a_sentence(earmark: Earmark, talk: Path) -> None:
    assert earmark.told("find", talk, "the ships") == "earmark: “the ships” is not said in talk.vtt."
    run = earmark("find", talk, "ships", "--json")
    assert (run.status, run.json) == (1, [])
    assert run.err == "earmark: “ships” is not said in talk.vtt.\n"


def test_the_nearest_spelling_is_offered(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    for command in (("find", talk, "the boatz"), ("clip", talk, "--phrase", "the boatz", "-o", tmp_path / "out.vtt")):
        assert earmark.told(*command) == (
            "earmark: “the boatz” is not said in talk.vtt; the nearest that is: “the boats”."
        )


@pytest.mark.parametrize("phrase", ["", "…", "\n", "\x1b[31m", "\u202e", "a\nb", "%s {0}"])
def test_any_phrase_may_be_asked_for(earmark: Earmark, talk: Path, phrase: str) -> None:
    assert earmark.told("find", talk, phrase).endswith("is not said in talk.vtt.")


def test_a_phrase_may_begin_with_a_dash(earmark: Earmark, talk: Path) -> None:
    assert len(earmark.done("find", talk, "--json", "--", "-the-boats").json) == 3


# clip


def test_clip_of_a_phrase(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "clip.vtt"
    run = earmark.done("clip", talk, "--phrase", "the boats", "--nth", "2", "-o", out)
    assert run.out == f"2 words, 0:06 to 0:07, written to {out}\n"
    part = formats.read(out).transcript
    assert part.text == "the boats"
    assert part.speakers == ("Tom",)
    assert part.start_ms == 0


def test_clip_between_times(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "clip.srt"
    run = earmark.done("clip", talk, "--from", "4", "--to", "0:09", "-o", out, "--json")
    assert run.json == {"path": str(out), "paths": [str(out)], "start_ms": 4000, "end_ms": 9000, "words": 15}
    part = formats.read(out).transcript
    assert part.text.startswith("the boats lay on their sides.")
    assert [cue.start_ms for cue in part.cues()][:2] == [0, 2500]


def test_clip_with_air_and_original_times(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "clip.vtt"
    arguments = ("clip", talk, "--phrase", "Did the boats", "--pad", "250", "-o", out, "--json")
    assert earmark.done(*arguments).json["start_ms"] == 6250
    assert formats.read(out).transcript.start_ms == 250
    earmark.done(*arguments, "--keep-times")
    assert formats.read(out).transcript.start_ms == 6500


def test_clip_begins_exactly_where_it_is_told_to(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "clip.vtt"
    run = earmark.done("clip", talk, "--from", "1:00:00.1", "--to", "1:00:01.9", "-o", out, "--json")
    assert (run.json["start_ms"], run.json["end_ms"]) == (3_600_100, 3_601_900)
    part = formats.read(out).transcript
    assert (part.start_ms, part.end_ms, part.text) == (0, 1800, "Not the boats.")


def test_air_does_not_begin_before_the_sound(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "clip.vtt"
    for where in (("--from", "1", "--to", "2"), ("--phrase", "when")):
        assert earmark.done("clip", talk, *where, "--pad", "5000", "-o", out, "--json").json["start_ms"] == 0


def test_a_clip_as_prose(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "clip.txt"
    earmark.done("clip", talk, "--from", "0", "--to", "9", "-o", out)
    assert "Mara: When the tide went out the boats lay on their sides." in " ".join(out.read_text("utf-8").split("\n"))


def test_a_clip_takes_the_place_of_an_older_one(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "clip.vtt"
    out.write_text("an older one", "utf-8")
    earmark.done("clip", talk, "--phrase", "tide", "-o", out)
    assert formats.read(out).transcript.text == "tide"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clip.vtt", "talk.vtt"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--phrase", "ships"), "“ships” is not said in talk.vtt."),
        (
            ("--phrase", "the boats", "--nth", "4"),
            "“the boats” is said 3 times in talk.vtt, so there is no number 4.",
        ),
        (("--phrase", "tide", "--nth", "2"), "“tide” is said once in talk.vtt, so there is no number 2."),
        (("--from", "10", "--to", "20"), "No word is said between 0:10 and 0:20 in talk.vtt."),
    ],
)
def test_nothing_to_cut(
    earmark: Earmark, talk: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    assert earmark.told("clip", talk, *arguments, "-o", tmp_path / "clip.vtt") == f"earmark: {sentence}"
    assert not (tmp_path / "clip.vtt").exists()


# convert


def test_convert(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "talk.srt"
    assert earmark.done("convert", talk, out).out == f"WebVTT, 4 cues, written to {out}\n"
    before, after = formats.read(talk).transcript, formats.read(out).transcript
    assert after.text == before.text
    assert [(cue.start_ms, cue.end_ms) for cue in after.cues()] == [(c.start_ms, c.end_ms) for c in before.cues()]


def test_convert_tells_what_was_repaired(earmark: Earmark, tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\n00:01,000 --> 00:02,000\none\n", "utf-8")
    run = earmark("convert", path, tmp_path / "talk.srt")
    assert run.status == 0
    assert run.err.startswith("Note: ")
    assert run.out.startswith("WebVTT, 1 cue, written to ")


# Transcripts without times


@pytest.fixture
def prose(tmp_path: Path) -> Path:
    path = tmp_path / "prose.txt"
    turns = (
        "Mara\nWhen the tide went out, the boats lay down.",
        "Tom\nDid they mind?",
        "Mara\nNot the boats.",
        "Tom\nOh.",
    )
    path.write_text("\n\n".join(turns) + "\n", "utf-8")
    return path


def test_without_times_info_has_none(earmark: Earmark, prose: Path) -> None:
    assert earmark.done("info", prose).out.splitlines()[3:] == ["Word times: none"]
    facts = earmark.done("info", prose, "--json").json
    assert (facts["timing"], facts["start_ms"], facts["end_ms"]) == ("none", None, None)


def test_without_times_a_phrase_is_found_all_the_same(earmark: Earmark, prose: Path) -> None:
    assert earmark.done("find", prose, "mind not").out == (
        "Tom: went out, the boats lay down. Did they [mind? Not] the boats. Oh.\n"
    )
    (hit,) = earmark.done("find", prose, "mind not", "--json").json
    assert (hit["start_ms"], hit["end_ms"], hit["speaker"], hit["exact"]) == (None, None, "Tom", False)


def test_without_times_a_clip_is_prose(earmark: Earmark, prose: Path, tmp_path: Path) -> None:
    out = tmp_path / "clip.txt"
    run = earmark.done("clip", prose, "--phrase", "they mind", "-o", out, "--json")
    assert run.json == {"path": str(out), "paths": [str(out)], "start_ms": None, "end_ms": None, "words": 2}
    assert out.read_text("utf-8").strip() == "Tom: they mind?"
    assert earmark.done("clip", prose, "--phrase", "mind", "-o", out).out == f"1 word, written to {out}\n"
    assert earmark.told("clip", prose, "--from", "0", "--to", "5", "-o", out) == (
        "earmark: prose.txt has no times to cut it at; cut out a phrase with --phrase."
    )
    for name in ("clip.vtt", "clip.srt"):
        assert "without times" in earmark.told("clip", prose, "--phrase", "mind", "-o", tmp_path / name)
        assert "without times" in earmark.told("convert", prose, tmp_path / name)


# The user's files


@pytest.mark.parametrize("link", ["itself", "symbolic", "hard"])
@pytest.mark.parametrize("command", ["clip", "convert"])
def test_the_transcript_itself_is_never_changed(
    earmark: Earmark, talk: Path, tmp_path: Path, command: str, link: str
) -> None:
    out = talk if link == "itself" else tmp_path / "other.srt"
    if link == "symbolic":
        out.symlink_to(talk)
    elif link == "hard":
        os.link(talk, out)
    arguments = ("clip", talk, "--phrase", "tide", "-o", out) if command == "clip" else ("convert", talk, out)
    assert earmark.told(*arguments) == (
        f"earmark: {out} is the transcript itself, which is never changed; write to another file."
    )
    assert talk.read_text("utf-8") == TALK


# Files that are none


@pytest.mark.parametrize("command", ["info", "find", "clip", "convert"])
def test_what_is_no_transcript(earmark: Earmark, tmp_path: Path, command: str) -> None:
    out = tmp_path / "out.vtt"
    rest: dict[str, tuple[object, ...]] = {
        "info": (),
        "find": ("a",),
        "clip": ("--phrase", "a", "-o", out),
        "convert": (out,),
    }
    folder, fifo, empty, binary = (tmp_path / name for name in ("folder", "fifo", "empty.vtt", "binary.vtt"))
    folder.mkdir()
    os.mkfifo(fifo)
    empty.write_bytes(b"")
    binary.write_bytes(bytes(range(256)) * 20)
    for path, part in (
        (tmp_path / "none.vtt", "is not there"),
        (folder, "is a folder"),
        (fifo, "is no ordinary file"),
        (empty, "is empty"),
        (binary, ""),
        (Path("/dev/zero"), "is no ordinary file"),
    ):
        told = earmark.told(command, path, *rest[command])
        assert told.startswith(f"earmark: “{path.name}” ")
        assert part in told
        assert told.endswith(".")
    assert not out.exists()


def test_where_nothing_can_be_written(earmark: Earmark, talk: Path, tmp_path: Path) -> None:
    (tmp_path / "folder.vtt").mkdir()
    os.mkfifo(tmp_path / "fifo.vtt")
    for name in ("none/out.vtt", "talk.vtt/out.vtt", "folder.vtt", "fifo.vtt", "out.mp3", "out", "out.xyz"):
        assert earmark.told("convert", talk, tmp_path / name)
    assert talk.read_text("utf-8") == TALK


HOSTILE = [
    "new\nline.vtt", "escape\x1b[2J.vtt", "back\rward.vtt", "%s %d {0} {name}.vtt", "\u202eltr.vtt", "'quo\"tes`.vtt",
    "<img src=x>.vtt", "日本語 🎧.vtt", "-o.vtt", " .vtt", os.fsdecode(b"caf\xe9.vtt"),
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_hostile_names(earmark: Earmark, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    earmark.told("info", path)
    path.write_text(TALK, "utf-8")
    assert earmark.done("info", path, "--json").json["words"] == 23
    earmark.told("find", path, "ships")
    earmark.told("convert", path, path)
    run = earmark.done("convert", path, tmp_path / f"to {name.removesuffix('.vtt')}.srt")
    assert run.out.count("\n") == 1
    assert "\x1b" not in run.out
    assert "\u202e" not in run.out
    assert len(list(tmp_path.glob("*.srt"))) == 1


def test_hostile_words(earmark: Earmark, tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v \u202eM\x1bara>one \x1b[31mtwo\x00 \u202e&lt;b&gt;{0}%s\n", "utf-8"
    )
    for arguments in (("info", path), ("find", path, "one")):
        out = earmark.done(*arguments).out
        assert not {"\x1b", "\x00", "\u202e"} & set(out)
    (hit,) = earmark.done("find", path, "one", "--json").json
    assert "<b>{0}%s" in hit["after"]


# Usage


@pytest.mark.parametrize(
    "arguments",
    [
        ("info",),
        ("info", "a", "b"),
        ("info", "a", "--nonsense"),
        ("find", "a"),
        ("clip", "a"),
        ("clip", "a", "-o", "b.vtt"),
        ("clip", "a", "--phrase", "p"),
        ("clip", "a", "--phrase", "p", "--from", "1", "--to", "2", "-o", "b.vtt"),
        ("clip", "a", "--from", "1", "-o", "b.vtt"),
        ("clip", "a", "--to", "1", "-o", "b.vtt"),
        ("clip", "a", "--from", "2", "--to", "1", "-o", "b.vtt"),
        ("clip", "a", "--from", "1", "--to", "1", "-o", "b.vtt"),
        ("clip", "a", "--from", "now", "--to", "1", "-o", "b.vtt"),
        ("clip", "a", "--from", "a\nb", "--to", "1", "-o", "b.vtt"),
        ("clip", "a", "--from", "9" * 10_000, "--to", "1", "-o", "b.vtt"),
        ("clip", "a", "--phrase", "p", "--nth", "0", "-o", "b.vtt"),
        ("clip", "a", "--phrase", "p", "--nth", "²", "-o", "b.vtt"),
        ("clip", "a", "--phrase", "p", "--pad", "-1", "-o", "b.vtt"),
        ("clip", "a", "--phrase", "p", "--pad", "1.5", "-o", "b.vtt"),
        ("convert", "a"),
        ("demo", "a"),
        ("--nonsense",),
        ("-x",),
        ("a.mp3", "b.vtt", "c.vtt"),
        ("a.mp3", "--json"),
    ],
    ids=lambda value: " ".join(value)[:40],
)
def test_wrong_usage(earmark: Earmark, arguments: tuple[str, ...]) -> None:
    told = earmark.told(*arguments, status=2)
    assert told.startswith("earmark")
    assert "--help" in told
    assert len(told) < 400


@pytest.mark.parametrize("command", ["", "demo", "info", "find", "clip", "convert"])
def test_help(earmark: Earmark, command: str) -> None:
    run = earmark.done(*command.split(), "--help")
    assert run.out.startswith(f"usage: earmark {command}".rstrip())
    told = " ".join(run.out.split())
    for word in {
        "": ("info", "find", "clip", "convert", "demo", "AUDIO", "Exit status: 0 done, 1 failed, 2 wrong usage"),
        "info": ("--json", "format, cues, words, speakers, start_ms, end_ms, timing, word_times, warnings, language"),
        "find": ("--json", "start_ms, end_ms, speaker, before, match, after, exact"),
        "clip": ("--from T", "--to T", "--phrase P", "--nth N", "--pad MS", "--keep-times", "-o OUT", "83:45"),
    }.get(command, ()):
        assert word in told
    assert earmark.done(*command.split(), "-h").out == run.out


def test_version(earmark: Earmark) -> None:
    assert earmark.done("--version").out == f"Earmark {VERSION}\n"


@pytest.mark.parametrize(("typed", "ms"), [("1:00:00", 3_600_000), ("60:00", 3_600_000), ("3600", 3_600_000)])
def test_times_may_be_typed_in_three_ways(earmark: Earmark, talk: Path, tmp_path: Path, typed: str, ms: int) -> None:
    run = earmark.done("clip", talk, "--from", typed, "--to", "2:00:00", "-o", tmp_path / "out.vtt", "--json")
    assert run.json["start_ms"] == ms


# The way into the window


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[Path], bool]]:
    """What the window would have been opened on; a link stands for itself."""
    calls: list[tuple[list[Path], bool]] = []

    def run(paths: list[Path], *, link: str, demo: bool) -> int:
        calls.append((paths + [Path(link)] * bool(link), demo))
        return 0

    monkeypatch.setitem(sys.modules, "player.start", SimpleNamespace(run=run))
    return calls


def test_the_window(earmark: Earmark, opened: list[tuple[list[Path], bool]], talk: Path, tmp_path: Path) -> None:
    sound = tmp_path / "-talk.mp3"
    sound.write_bytes(b"")
    earmark.done()
    earmark.done(talk)
    earmark.done("--", sound, talk)
    earmark.done("demo")
    assert opened == [([], False), ([talk], False), ([sound, talk], False), ([], True)]


def test_a_link_and_an_address(earmark: Earmark, opened: list[tuple[list[Path], bool]], tmp_path: Path) -> None:
    link = "EARMARK:episode?title=A%20b#t=1.5,2"
    sound = tmp_path / "a b.mp3"
    sound.write_bytes(b"")
    earmark.done(link)
    earmark.done(sound.as_uri())
    assert opened == [([Path(link)], False), ([sound], False)]
    assert "points at no moment" in earmark.told("earmark:episode?title=A")


def test_a_file_named_after_dashes(
    earmark: Earmark, opened: list[tuple[list[Path], bool]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("-x.mp3").write_bytes(b"")
    assert "--" in earmark.told("-x.mp3", status=2)
    earmark.done("--", "-x.mp3")
    assert opened == [([Path("-x.mp3")], False)]


@pytest.mark.parametrize("name", ["none.mp3", "", "new\nline", "x" * 5000, "\x1b[2J", "a\x00b"])
def test_no_such_file(earmark: Earmark, opened: list[tuple[list[Path], bool]], name: str) -> None:
    assert earmark.told(name).startswith("earmark: There is no file “")
    assert opened == []


def test_a_window_that_lacks_a_library(earmark: Earmark, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "player.start", None)
    told = earmark.told()
    assert "a system library that is missing" in told
    assert told.endswith("README.md lists what to install.")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a display there")
def test_no_display(earmark: Earmark, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert earmark.told().startswith("earmark: There is no display to open a window on")
    import player.terminal

    monkeypatch.setattr(player.terminal, "run_demo", lambda: 0)
    earmark.done("demo")


def test_ctrl_c(earmark: Earmark, talk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*asked: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(formats, "read", interrupted)
    assert earmark("info", talk).status == 130


# As a program


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, ROOT / "main.py", *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
        timeout=120,
    )


def test_no_command_loads_qt_or_a_sound_engine(talk: Path, tmp_path: Path) -> None:
    code = f"""if True:
        import sys
        from player.cli import main
        talk, out = {str(talk)!r}, {str(tmp_path / "out.srt")!r}
        for arguments in (["info", talk], ["find", talk, "boats"], ["clip", talk, "--phrase", "boats", "-o", out],
                          ["convert", talk, out], ["--help"], ["find", talk, "ships"], ["info"]):
            main(arguments)
        import player.terminal
        clock = iter(range(100))
        player.terminal.run_demo(monotonic=lambda: next(clock), sleep=lambda s: None, write=lambda t: None)
        print(*sorted(name for name in sys.modules if name.split(".")[0] in ("PySide6", "shiboken6", "vlc")))
    """
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-1] == ""


def test_the_program_gives_the_status(talk: Path) -> None:
    run = program("info", talk, "--json")
    assert (run.returncode, run.stderr) == (0, b"")
    assert json.loads(run.stdout)["words"] == 23
    run = program("find", talk, "ships")
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode() == "earmark: “ships” is not said in talk.vtt.\n"
    assert program("find").returncode == 2


def test_a_terminal_that_knows_only_ascii(talk: Path, tmp_path: Path) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    run = program("find", talk, "mind", **ascii_only)
    assert run.returncode == 0, run.stderr
    assert b"I?d" in run.stdout
    hits = json.loads(program("find", talk, "mind", "--json", **ascii_only).stdout)
    assert "I’d" in hits[0]["after"]
    assert program("find", talk, "ships", **ascii_only).stderr == b"earmark: ?ships? is not said in talk.vtt.\n"
    out = tmp_path / "out.vtt"
    assert program("convert", talk, out, **ascii_only).returncode == 0
    assert "I’d" in out.read_text("utf-8")


def test_a_pipe_that_is_closed(talk: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    for arguments, statuses in ((["find", str(talk), "the"], {cli.FAILED}), (["--help"], {0, cli.FAILED})):
        run = subprocess.run(
            [sys.executable, ROOT / "main.py", *arguments],
            stdout=writing, stderr=subprocess.PIPE, check=False, timeout=120,
        )  # fmt: skip
        assert run.returncode in statuses
        assert run.stderr == b""
    os.close(writing)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk(talk: Path) -> None:
    with open("/dev/full", "wb") as full:
        run = subprocess.run(
            [sys.executable, ROOT / "main.py", "find", talk, "the"],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, timeout=120,
        )  # fmt: skip
    assert run.returncode == cli.FAILED
    assert run.stderr == "earmark: The output could not be written (No space left on device).\n"
