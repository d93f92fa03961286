from pathlib import Path

import pytest
from talk import transcript_of, write_sound

from index.clip import clip_of
from index.errors import EarmarkError
from index.quoting import Origin
from index.transcript import WordRange
from player.publishing.many import Summary, release_all, targets
from player.publishing.piece import Piece, part_of, piece_of

TALK = transcript_of(("Mara", "one two three four five six"))
TITLES = ("Tide", "../../etc/passwd", "CON", "Tide", "🎧" * 300, "a/b\\c:d*e?", "", "tide")


def _pieces(sound: Path | None, titles: tuple[str, ...] = TITLES) -> list[Piece]:
    origin = Origin("The harbour", "Salt Lines")
    return [
        piece_of(title, [part_of(TALK, clip_of(TALK, WordRange(number % 4, number % 4 + 2)), origin, sound)])
        for number, title in enumerate(titles)
    ]


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return write_sound(tmp_path / "talk.wav", 3000)


def test_each_piece_is_written_in_each_format_under_a_safe_name(tmp_path: Path, sound: Path) -> None:
    folder = tmp_path / "deep" / "out"
    told: list[tuple[int, int]] = []
    summary = release_all(_pieces(sound), folder, [".vtt", ".wav"], told=lambda *each: told.append(each))
    assert not summary.failed
    assert {path.parent for path in summary.written} == {folder}
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in summary.written)
    assert len(summary.written) == 2 * len(TITLES)
    assert [path.name for path in summary.written[::2]][:4] == [
        "1 Tide.vtt",
        "2 .. .. etc passwd.vtt",
        "3 CON.vtt",
        "4 Tide.vtt",
    ]
    assert told == sorted(told)
    assert told[-1] == (16_000, 16_000)
    assert summary.sentence() == f"16 files written to {folder}."


def test_the_pattern_names_them(tmp_path: Path) -> None:
    names = [path.name for (path,) in targets(_pieces(None), tmp_path, [".vtt"], "{show} - {episode} {start} {title}")]
    assert names[0] == "Salt Lines - The harbour 0.00 Tide.vtt"
    assert len({name.casefold() for name in names}) == len(TITLES)
    with pytest.raises(EarmarkError, match="choose among"):
        release_all(_pieces(None), tmp_path / "never", [".vtt"], pattern="{speaker}")
    assert not (tmp_path / "never").exists()


def test_files_that_are_there_stay(tmp_path: Path) -> None:
    (tmp_path / "1 TIDE.vtt").write_text("mine")
    summary = release_all(_pieces(None, ("Tide",)), tmp_path, [".vtt", ".srt"])
    assert [path.name for path in summary.written] == ["1 Tide (2).vtt", "1 Tide (2).srt"]
    assert (tmp_path / "1 TIDE.vtt").read_text() == "mine"


def test_one_that_fails_does_not_stop_the_others(tmp_path: Path, sound: Path) -> None:
    pieces = [*_pieces(sound, ("One",)), *_pieces(None, ("Two",)), *_pieces(sound, ("Three",))]
    summary = release_all(pieces, tmp_path / "out", [".wav"])
    assert [path.name for path in summary.written] == ["1 One.wav", "3 Three.wav"]
    assert len(summary.failed) == 1
    assert "2 files written to " in summary.sentence()
    assert ", 1 failed (“The harbour” has no sound" in summary.sentence()


def test_a_cancel_keeps_what_is_finished(tmp_path: Path, sound: Path) -> None:
    folder = tmp_path / "out"
    summary = release_all(
        _pieces(sound), folder, [".wav"], cancelled=lambda: folder.exists() and len(list(folder.glob("*.wav"))) >= 3
    )
    assert summary.cancelled
    assert sorted(folder.iterdir()) == sorted(summary.written)
    assert len(summary.written) == 3
    assert summary.sentence().endswith("; stopped before the rest.")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EarmarkError, match=r"The folder “.*out” cannot be made"):
        release_all(_pieces(None), tmp_path / "file" / "out", [".vtt"])


def test_nothing_is_told_too() -> None:
    assert Summary().sentence() == "0 files written."
