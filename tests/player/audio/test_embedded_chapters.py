"""Chapters are found wherever files keep them, and tidied."""

import json
from pathlib import Path

import mutagen
import pytest
from make_sounds import (
    write_sound,
)

from index.chapters import Chapter
from player.audio.media import probe


@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".mkv"])
def test_chapters_inside(tmp_path: Path, suffix: str) -> None:
    parts = [(0, 700, "One"), (700, 2000, "Two & <b>more</b>")]
    info = probe(write_sound(tmp_path / f"a{suffix}", chapters=parts))
    assert [chapter.title for chapter in info.chapters] == ["One", "Two & <b>more</b>"]
    assert [chapter.start_ms for chapter in info.chapters] == [0, 700]
    assert [chapter.end_ms for chapter in info.chapters] == [700, 2000]


@pytest.mark.parametrize("suffix", [".opus", ".ogg", ".flac"])
def test_chapters_in_vorbis_comments(tmp_path: Path, suffix: str) -> None:
    path = write_sound(tmp_path / f"a{suffix}")
    file = mutagen.File(path)
    file["CHAPTER001"], file["CHAPTER001NAME"] = "00:00:00.000", "One"
    file["CHAPTER002"], file["CHAPTER002NAME"] = "00:00:01.250", "Two"
    file.save()
    info = probe(path)
    assert [(chapter.start_ms, chapter.title) for chapter in info.chapters] == [(0, "One"), (1250, "Two")]
    assert info.chapters[1].end_ms == info.duration_ms


def sidecar(sound: Path, document: object, name: str | None = None) -> None:
    target = sound.with_name(name or f"{sound.stem}.chapters.json")
    target.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")


def test_sidecar_chapters_win(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.b.mp3", chapters=[(0, 2000, "Inside")])
    entries = [
        {"startTime": 1.5, "title": "Second"},
        {"startTime": 0, "endTime": 1.25, "title": "First\n\x00one", "img": "http://example.org/x.png"},
        {"startTime": 0.5, "toc": False, "title": "only a picture"},
    ]
    sidecar(path, {"version": "1.2.0", "chapters": entries})
    assert probe(path).chapters == (Chapter(0, 1250, "First one"), Chapter(1500, 2000, "Second"))


def test_sidecar_with_the_whole_file_name(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3")
    sidecar(path, "\ufeff" + json.dumps([{"startTime": "0.5", "title": 7}]), "a.mp3.chapters.json")
    assert probe(path).chapters == (Chapter(500, 2000, ""),)


@pytest.mark.parametrize(
    "document",
    [
        "",
        "not json",
        "[" * 100_000,
        {"chapters": 5},
        {"chapters": [None, 3, "x", {"startTime": None}, {"startTime": True}, {"title": "no time"}]},
        {"chapters": [{"startTime": -1}, {"startTime": 1e300}, {"startTime": "soon"}, {"startTime": 99}]},
        '{"chapters": [{"startTime": NaN}, {"startTime": Infinity}, {"startTime": 1' + "0" * 400 + "}]}",
        " " * (4 * 1024 * 1024) + '{"chapters": [{"startTime": 0}]}',
    ],
    ids=["empty", "text", "deep", "no list", "wrong types", "impossible", "no numbers", "too large"],
)
def test_useless_sidecar_is_passed_over(tmp_path: Path, document: object) -> None:
    path = write_sound(tmp_path / "a.mp3", chapters=[(0, 2000, "Inside")])
    sidecar(path, document)
    assert [chapter.title for chapter in probe(path).chapters] == ["Inside"]


def test_overlong_and_double_chapters_are_tidied(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3")
    entries = [
        {"startTime": 1, "endTime": 0.5, "title": "ends too early"},
        {"startTime": 1, "title": "double"},
        {"startTime": 0, "endTime": 1.7, "title": "ends too late"},
    ]
    sidecar(path, {"chapters": entries})
    assert probe(path).chapters == (Chapter(0, 1000, "ends too late"), Chapter(1000, 2000, "ends too early"))


def test_show_notes_in_the_tags_come_last(tmp_path: Path) -> None:
    notes = "About tides.\n0:00 One\n0:15 Two"
    path = write_sound(tmp_path / "a.mp3", seconds=30, metadata={"comment": notes})
    assert [(chapter.start_ms, chapter.title) for chapter in probe(path).chapters] == [(0, "One"), (15_000, "Two")]
    path = write_sound(tmp_path / "b.mp3", seconds=30, metadata={"comment": notes}, chapters=[(0, 2000, "Inside")])
    assert [chapter.title for chapter in probe(path).chapters] == ["Inside"]


def test_webvtt_beside_the_sound(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3")
    sidecar(path, "WEBVTT\n\n00:00.000 --> 00:01.500\nOne\n\n00:01.500 --> 00:02.000\nTwo\n", "a.chapters.vtt")
    assert probe(path).chapters == (Chapter(0, 1500, "One"), Chapter(1500, 2000, "Two"))
