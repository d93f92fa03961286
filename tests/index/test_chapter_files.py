from pathlib import Path

import pytest

from index.chapter_files import SUFFIXES, chapters_beside, read_chapters

JSON = '{"chapters": [{"startTime": 0, "title": "json"}]}'
VTT = "\ufeffWEBVTT\r\n\r\n00:00.000 --> 00:01.000\r\nvtt\r\n"
TXT = "[0:00] txt\n[4:09] more\n"
TEXTS = dict(zip(SUFFIXES, (JSON, VTT, TXT), strict=True))


def test_best_first(tmp_path: Path) -> None:
    sound = tmp_path / "a.b.mp3"
    assert chapters_beside(sound) == []
    for suffix, text in reversed(TEXTS.items()):
        (tmp_path / f"a.b{suffix}").write_text(text, "utf-8", newline="")
        assert chapters_beside(sound)[0].title == suffix.rpartition(".")[2]
    (tmp_path / "a.b.chapters.json").write_text("{}", "utf-8")
    assert chapters_beside(sound)[0].title == "vtt"


def test_with_the_whole_name_of_the_sound(tmp_path: Path) -> None:
    (tmp_path / "a.mp3.chapters.vtt").write_text(VTT, "utf-8")
    assert [chapter.title for chapter in chapters_beside(tmp_path / "a.mp3")] == ["vtt"]
    assert chapters_beside(tmp_path / "a.ogg") == []


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"WEBVTT", b"[", b"{", b"\x00" * 100])
def test_useless_files(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.chapters.json"
    path.write_bytes(data)
    assert read_chapters(path) == []
    assert read_chapters(tmp_path) == []
    assert read_chapters(tmp_path / "\0") == []
