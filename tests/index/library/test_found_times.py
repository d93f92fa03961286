"""Times that a job has found lie in a folder until the library has them, and fit what was corrected meanwhile."""

from array import array
from dataclasses import replace
from pathlib import Path

import pytest
from making import counted, spoken

from index.amendments import Amendments
from index.corrections import CorrectionError, FixWords
from index.errors import EarmarkError, TranscriptError
from index.formats.base import ReadResult
from index.library import Library, prepare
from index.library.amended import prepare_amended
from index.library.blob import pack, unpack
from index.library.found_times import FoundTimes
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
        assert found.keep(library, 1, searched=searched)
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
    corrected = Amendments(TALK, corrections=(FixWords(3, 4, "three and a half"),))
    made = prepare_amended(corrected, ReadResult(TALK, "WebVTT"), TALK)
    library.amendments.keep(1, made.stored, made.words, made.before)
    assert found.keep(library, 1, searched=True)
    assert stored(library).word_text(6) == "half"
    assert stored(library).starts[10] == 7050


def test_other_words_have_no_use_for_it(library: Library, tmp_path: Path) -> None:
    found = FoundTimes(tmp_path / "1")
    found.begin(counted(41), ())
    find(found)
    assert not found.keep(library, 1, searched=True)
    assert not found.keep(library, 99, searched=True), "a transcript that is gone"
    found.begin(counted(50), [FixWords(44, 45, "forty four and a half")])
    find(found)
    assert not found.keep(library, 1, searched=True), "corrections of words that the file has no more"
    assert stored(library).starts == TALK.starts


def test_a_damaged_folder_is_told(library: Library, tmp_path: Path) -> None:
    found = FoundTimes(tmp_path / "1")
    found.begin(TALK, ())
    found.output.write_bytes(b"nothing of use")
    with pytest.raises(EarmarkError):
        found.keep(library, 1, searched=True)
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
