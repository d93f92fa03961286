"""A copy holds the cut, says to the millisecond how far its edges moved, and is the sound itself."""

from __future__ import annotations

from pathlib import Path

import mutagen
import pytest
from make_sounds import CODECS, decoded, marks_heard
from test_cutting import DELAY_MS, MARKS, folder, names  # noqa: F401 - folder is a fixture

from player.audio.container import MediaError
from player.audio.copying import can_copy, copied_as, copied_edges, copy_cut
from player.audio.cutting import Cut

PAIRS = [
    ("a.mp3", ".mp3"),
    ("bare.mp3", ".mp3"),
    ("a.m4a", ".m4a"),
    ("a.mp4", ".m4a"),
    ("a.aac", ".m4a"),
    ("a.opus", ".opus"),
    ("a.mkv", ".opus"),
    ("a.webm", ".opus"),
]


@pytest.mark.parametrize(("start_ms", "end_ms"), [(4250, 7750), (0, 1000), (10_210, 12_000)])
@pytest.mark.parametrize(("name", "suffix"), PAIRS)
def test_the_edges_are_where_it_says(
    folder: Path,  # noqa: F811
    tmp_path: Path,
    name: str,
    suffix: str,
    start_ms: int,
    end_ms: int,
) -> None:
    source, target = folder / name, tmp_path / f"out{suffix}"
    assert can_copy(source, target)
    copied = copy_cut(Cut(source, start_ms, end_ms), target)
    assert copied is not None
    assert copied_edges(Cut(source, start_ms, end_ms)) == (copied.early_ms, copied.late_ms), "it is said before"
    assert 0 <= copied.early_ms <= 100
    assert 0 <= copied.late_ms <= 50
    sound, rate = decoded(target)
    begin_ms = start_ms - copied.early_ms - DELAY_MS.get(name, 0)
    heard = [ms + begin_ms for ms in marks_heard(sound, rate)]
    inside = [ms for ms in MARKS if start_ms < ms < end_ms]
    # What lies in the edges that moved may hold one more.
    assert [ms for ms in heard if start_ms < ms < end_ms] == pytest.approx(inside, abs=3)
    assert copied.duration_ms == end_ms - start_ms + copied.early_ms + copied.late_ms
    assert sound.shape[1] * 1000 / rate == pytest.approx(copied.duration_ms, abs=25 if suffix == ".m4a" else 2)


def test_an_m4a_moves_no_edge(folder: Path, tmp_path: Path) -> None:  # noqa: F811
    copied = copy_cut(Cut(folder / "a.m4a", 4250, 7750), tmp_path / "out.m4a")
    assert copied is not None
    assert (copied.early_ms, copied.late_ms, copied.duration_ms) == (0, 0, 3500)


def test_over_the_end_of_the_source(folder: Path, tmp_path: Path) -> None:  # noqa: F811
    copied = copy_cut(Cut(folder / "a.mp3", 10_000, 20_000), tmp_path / "out.mp3")
    assert copied is not None
    assert copied.late_ms == pytest.approx(-8000, abs=50)
    with pytest.raises(MediaError, match="it ends before"):
        copy_cut(Cut(folder / "a.mp3", 13_000, 20_000), tmp_path / "none.mp3")
    assert names(tmp_path) == ["out.mp3"]


@pytest.mark.parametrize("name", [f"a{suffix}" for suffix in CODECS])
@pytest.mark.parametrize("suffix", [".mp3", ".m4a", ".opus", ".flac", ".wav", ".txt"])
def test_what_can_be_copied(folder: Path, tmp_path: Path, name: str, suffix: str) -> None:  # noqa: F811
    target = tmp_path / f"out{suffix}"
    if (name, suffix) in PAIRS:
        assert can_copy(folder / name, target)
        assert copied_as(folder / name) == suffix
        return
    assert not can_copy(folder / name, target)
    with pytest.raises(MediaError, match="cannot be copied into “out"):
        copy_cut(Cut(folder / name, 0, 1000), target)
    assert names(tmp_path) == []


def test_tags_and_cancelling(folder: Path, tmp_path: Path) -> None:  # noqa: F811
    target = tmp_path / "out.mp3"
    assert copy_cut(Cut(folder / "a.mp3", 1000, 2000), target, cancelled=lambda: True) is None
    assert names(tmp_path) == []
    copy_cut(Cut(folder / "a.mp3", 1000, 2000), target)
    assert "a.mp3, 0:01-0:02" in mutagen.File(target).pprint()
