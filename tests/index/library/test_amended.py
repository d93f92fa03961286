"""What was done to a transcript is kept beside it: searched, outliving its file, and taken back whole."""

from dataclasses import replace
from pathlib import Path

import pytest
from making import counted

from index.amendments import Amendments, amend, with_found_times
from index.corrections import CorrectionError, FixWords, SetAnchor
from index.formats.base import ReadResult
from index.library import Library, Prepared, prepare
from index.library.amended import StoredAmendments, prepare_amended
from index.library.versions import is_of
from index.transcript import Timing, Transcript

TALK = Path("/shows/talk.vtt")


def prepared(transcript: Transcript) -> Prepared:
    """A transcript as read from a file."""
    return prepare(ReadResult(transcript, "WebVTT"))


@pytest.fixture
def library() -> Library:
    """A library with one episode of forty words, and a clip of words 20 to 22."""
    library = Library(":memory:")
    episode = library.episodes.open(None, TALK, "Talk", prepared(counted(40)))
    library.clips.keep(episode.id, "A clip", (20, 23), (20_000, 22_400))
    return library


def the_version(library: Library) -> int:
    """The only transcript there is."""
    return library.transcripts.of(1)[0].id


def keep(library: Library, amendments: Amendments) -> None:
    """Keep amendments as the app does."""
    made = prepare_amended(amendments, ReadResult(amendments.original, "WebVTT"), amendments.original)
    library.amendments.keep(the_version(library), made.stored, made.words, made.before)


FIXED = Amendments(counted(40), corrections=(FixWords(3, 4, "three and"), SetAnchor(10, 12_000)))


def test_nothing_was_done_at_first(library: Library) -> None:
    assert library.amendments.of(the_version(library)) is None


def test_what_was_done_is_read_as_it_was(library: Library) -> None:
    nothing = Amendments(counted(40))
    found = with_found_times(nothing, amend(nothing), replace(counted(40), timings=bytes([Timing.ALIGNED]) * 40))
    keep(library, replace(found, corrections=FIXED.corrections))
    stored = library.amendments.of(the_version(library))
    assert stored is not None
    back = stored.read()
    assert back.original.text == counted(40).text
    assert back.found is not None
    assert back.found.timing == "aligned"
    assert (back.alignment, back.searched, back.corrections) == (1, True, FIXED.corrections)


def test_the_words_are_those_to_be_searched(library: Library) -> None:
    before = library.revisions()
    keep(library, FIXED)
    transcript = library.transcript_of(1)
    assert transcript is not None
    assert transcript.text.startswith("w0 w1 w2 three and w4")
    assert library.revisions()[1] > before[1]


def test_clips_go_along_with_their_words(library: Library) -> None:
    keep(library, FIXED)
    clip = library.clips.of(1)[0]
    assert (clip.first_word, clip.end_word) == (21, 24)
    assert abs(clip.start_ms - 22_000) <= 3000


def test_other_times_leave_clips_on_their_words(library: Library) -> None:
    keep(library, Amendments(counted(40), corrections=(SetAnchor(0, 25_000),)))
    clip = library.clips.of(1)[0]
    assert (clip.first_word, clip.end_word, clip.start_ms, clip.end_ms) == (20, 23, 45_000, 47_400)


def test_reading_the_file_again_does_not_undo_it(library: Library) -> None:
    keep(library, FIXED)
    library.episodes.open(None, TALK, "Talk", prepared(counted(40)))
    transcript = library.transcript_of(1)
    assert transcript is not None
    assert "three and" in transcript.text


def test_corrections_outlive_a_change_of_the_file(library: Library) -> None:
    keep(library, FIXED)
    library.episodes.open(None, TALK, "Talk", prepared(counted(30)))
    transcript = library.transcript_of(1)
    assert transcript is not None
    assert len(transcript) == 41


def test_times_found_for_other_words_do_not(library: Library) -> None:
    nothing = Amendments(counted(40))
    keep(library, with_found_times(nothing, amend(nothing), counted(40)))
    library.episodes.open(None, TALK, "Talk", prepared(counted(30)))
    transcript = library.transcript_of(1)
    assert transcript is not None
    assert len(transcript) == 30
    assert library.amendments.of(the_version(library)) is None


def test_times_found_stay_where_an_earlier_earmark_told_the_same_words_by_another_digest(library: Library) -> None:
    nothing = Amendments(counted(40))
    made = prepare_amended(
        with_found_times(nothing, amend(nothing), counted(40)), ReadResult(nothing.original, "WebVTT"), nothing.original
    )
    version = the_version(library)
    library.amendments.keep(version, replace(made.stored, content="otherwise"), made.words, made.before)
    content = prepared(counted(40)).content
    assert not library.amendments.outlive(1, content)
    library.episodes.open(None, TALK, "Talk", prepared(counted(40)))
    assert library.amendments.of(version) is not None
    assert library.amendments.outlive(1, prepared(counted(30)).content)


def test_what_is_damaged_is_still_told_by_its_digest() -> None:
    assert is_of("told", b"no words", "told")
    assert not is_of("told", b"no words", "otherwise")


def test_all_of_it_is_taken_back(library: Library) -> None:
    keep(library, FIXED)
    library.amendments.drop(the_version(library), prepared(counted(40)))
    transcript = library.transcript_of(1)
    assert transcript is not None
    assert transcript.text == counted(40).text
    assert library.amendments.of(the_version(library)) is None
    assert library.clips.of(1)[0].first_word == 20


def test_it_goes_with_its_episode(library: Library) -> None:
    version = the_version(library)
    keep(library, FIXED)
    library.transcripts.drop(version)
    assert library.amendments.of(version) is None


@pytest.mark.parametrize("damage", ["", "{", "5", '[{"do": "fly"}]', "[[]]", "null"])
def test_damage_is_told(library: Library, damage: str) -> None:
    keep(library, FIXED)
    stored = library.amendments.of(the_version(library))
    assert isinstance(stored, StoredAmendments)
    with pytest.raises(CorrectionError, match="damaged"):
        replace(stored, corrections=damage).read()
