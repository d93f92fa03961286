"""What the library learns from a sound file."""

from pathlib import Path

import pytest

import resources
from index.chapters import Chapter
from index.errors import EarmarkError
from player.audio.media import MediaInfo
from player.sound_facts import facts_of, read_facts


def test_the_demo() -> None:
    facts = read_facts(resources.path("demo", "earmark-demo.opus"))
    assert facts.title
    assert facts.duration_ms == pytest.approx(196_800, abs=200)
    assert facts.cover is not None
    assert facts.cover.startswith(b"\x89PNG")


def test_facts_are_those_of_the_file() -> None:
    media = MediaInfo(
        path=Path("/talk.mp3"),
        duration_ms=60_000,
        title="Talk",
        show="Sands",
        artist="Mara",
        date="2023-05-04T12:00:00",
        cover=b"\xff\xd8\xff",
        chapters=(Chapter(0, 30_000, "Intro"), Chapter(30_000, 60_000, "The tide")),
        has_sound=True,
        has_video=False,
        kind="mp3",
    )
    facts = facts_of(media)
    assert (facts.title, facts.show, facts.date, facts.duration_ms) == ("Talk", "Sands", "2023-05-04", 60_000)
    assert facts.chapters == media.chapters
    assert facts.cover == b"\xff\xd8\xff"


def test_what_is_no_sound_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "talk.mp3"
    path.write_bytes(b"no sound at all")
    with pytest.raises(EarmarkError, match=r"^“talk\.mp3” .*\.$"):
        read_facts(path)
