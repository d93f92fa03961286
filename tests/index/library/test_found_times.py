"""Times that a job has found lie in a folder until the library has them, and fit what was corrected meanwhile."""

from array import array
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from making import counted, spoken

from index.amendments import Amendments
from index.corrections import Correction, CorrectionError, FixWords, SetAnchor
from index.errors import EarmarkError, TranscriptError
from index.formats.base import ReadResult
from index.library import Library, found_times, prepare
from index.library.amended import PreparedAmendments, prepare_amended
from index.library.blob import pack, unpack
from index.library.found_times import FoundTimes, sweep
from index.transcript import Timing, Transcript

TALK = counted(40)


@pytest.fixture
def library() -> Library:
    """A library with one episode of forty words."""
    library = Library(":memory:")
    library.episodes.open(None, Path("/shows/talk.vtt"), "Talk", prepare(ReadResult(TALK, "WebVTT")))
    return library


def find(found: FoundTimes, later_ms: int = 50) -> None:
    """As a job does: all words are heard a little later."""
    words = unpack(found.words.read_bytes())
    starts = array("q", (start + later_ms for start in words.starts))
    found.output.write_bytes(pack(replace(words, starts=starts, timings=bytes([Timing.ALIGNED]) * len(words))))


def stored(library: Library) -> Transcript:
    """The words that the library has."""
    words = library.transcript_of(1)
    assert words is not None
    return words


def test_what_was_found_is_kept_and_can_be_kept_again(library: Library, tmp_path: Path) -> None:
    found = FoundTimes(tmp_path / "1")
    assert not found.written_ns()
    found.begin(TALK, ())
    assert not found.written_ns()
    find(found)
    assert found.written_ns()
    for searched in (False, True):
        if searched:
            found.end()
        assert found.keep(library, 1)
        assert stored(library).starts[7] == 7050
        assert stored(library).timing == "aligned"
        assert library.amendments.unsearched() == []
        amendments = library.amendments.of(1)
        assert amendments is not None
        assert amendments.searched is searched
    found.clear()
    assert not found.folder.exists()


def test_what_was_corrected_meanwhile_stays(library: Library, tmp_path: Path) -> None:
    found = FoundTimes(tmp_path / "1")
    found.begin(TALK, ())
    find(found)
    correct(library, FixWords(3, 4, "three and a half"))
    assert found.keep(library, 1)
    assert stored(library).word_text(6) == "half"
    assert stored(library).starts[10] == 7050


def test_other_words_have_no_use_for_it(library: Library, tmp_path: Path) -> None:
    found = FoundTimes(tmp_path / "1")
    found.begin(counted(41), ())
    find(found)
    assert not found.keep(library, 1)
    assert not found.keep(library, 99), "a transcript that is gone"
    found.begin(counted(50), [FixWords(44, 45, "forty four and a half")])
    find(found)
    assert not found.keep(library, 1), "corrections of words that the file has no more"
    assert stored(library).starts == TALK.starts


def meanwhile(monkeypatch: pytest.MonkeyPatch, change: Callable[[], object]) -> None:
    """Let somebody change the library while the times that were found are put to the words."""
    changes = [change]

    def prepare_slowly(*given: Any) -> PreparedAmendments:
        made = prepare_amended(*given)
        if changes:
            changes.pop()()
        return made

    monkeypatch.setattr(found_times, "prepare_amended", prepare_slowly)


@pytest.fixture
def found(tmp_path: Path) -> FoundTimes:
    """All words of the talk, heard a little later."""
    found = FoundTimes(tmp_path / "1")
    found.begin(TALK, ())
    find(found)
    return found


def correct(library: Library, *corrections: Correction) -> None:
    """As the window does."""
    made = prepare_amended(Amendments(TALK, corrections=corrections), ReadResult(TALK, "WebVTT"), TALK)
    library.amendments.keep(1, made.stored, made.words, made.before)


def test_a_correction_made_while_times_are_put_to_the_words_stays(
    library: Library, found: FoundTimes, monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: correct(library, FixWords(3, 4, "three and a half")))
    assert found.keep(library, 1)
    assert stored(library).word_text(6) == "half"
    assert stored(library).starts[10] == 7050
    amendments = library.amendments.of(1)
    assert amendments is not None
    assert amendments.read().corrections == (FixWords(3, 4, "three and a half"),)


def test_a_text_that_is_read_while_times_are_put_to_the_old_one_stays(
    library: Library, found: FoundTimes, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = prepare(ReadResult(counted(41), "WebVTT"))
    meanwhile(monkeypatch, lambda: library.episodes.open(None, Path("/shows/talk.vtt"), "Talk", new))
    assert not found.keep(library, 1)
    assert stored(library).text == new.transcript.text
    assert stored(library).starts == new.transcript.starts
    assert library.amendments.of(1) is None


def test_a_transcript_that_is_removed_while_times_are_put_to_it_stays_away(
    library: Library, found: FoundTimes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def remove() -> None:
        library.bin.put([1])
        library.bin.empty()

    meanwhile(monkeypatch, remove)
    assert not found.keep(library, 1)
    assert library.transcript_of(1) is None


def test_words_set_by_ear_meanwhile_hold(library: Library, found: FoundTimes) -> None:
    correct(library, SetAnchor(10, 20_000))
    assert not found.keep(library, 1), "they were looked for in the wrong places"
    assert stored(library).starts[10] == 20_000


def test_what_was_found_for_transcripts_that_are_gone_goes(library: Library, tmp_path: Path) -> None:
    library.episodes.open(None, Path("/shows/other.vtt"), "Other", prepare(ReadResult(counted(9), "WebVTT")))
    folder = tmp_path / "aligning"
    for version in (1, 2, 3):
        FoundTimes(folder / str(version)).begin(TALK, ())
    (folder / "of somebody else").mkdir()
    library.bin.put([1])
    sweep(library, folder)
    assert sorted(each.name for each in folder.iterdir()) == ["1", "2", "of somebody else"], "it may be brought back"
    library.bin.empty()
    sweep(library, folder)
    assert sorted(each.name for each in folder.iterdir()) == ["2", "of somebody else"]
    sweep(library, tmp_path / "nowhere")


def test_a_damaged_folder_is_told(library: Library, tmp_path: Path) -> None:
    found = FoundTimes(tmp_path / "1")
    found.begin(TALK, ())
    found.output.write_bytes(b"nothing of use")
    with pytest.raises(EarmarkError):
        found.keep(library, 1)
    (found.folder / "corrections.json").write_bytes(b"\xff")
    with pytest.raises(CorrectionError):
        found.take()
    found.output.unlink()
    (found.folder / "corrections.json").unlink()
    with pytest.raises(TranscriptError, match="looked for again"):
        found.take()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EarmarkError, match="cannot be made"):
        FoundTimes(tmp_path / "file" / "1").begin(TALK, ())


def test_episodes_that_are_still_to_be_searched() -> None:
    library = Library(":memory:")
    cues = spoken(*["and so it was that the two of them went home"] * 4)
    for number, (words, sound) in enumerate([(TALK, True), (cues, True), (cues, False), (cues, True)]):
        file = Path(f"/shows/{number}.mp3") if sound else None
        library.episodes.open(file, Path(f"/shows/{number}.vtt"), "Talk", prepare(ReadResult(words, "WebVTT")))
    assert library.amendments.unsearched() == [(4, 4, "en"), (2, 2, "en")]
    library.bin.put([4])
    assert library.amendments.unsearched() == [(2, 2, "en")]
