"""Clips, notes and saved searches are kept."""

from pathlib import Path

import pytest
from making import spoken

from index.errors import EarmarkError
from index.formats.base import ReadResult
from index.library import Library, Note, SavedClip, prepare
from index.transcript import WordRange

SOUND, WORDS = Path("/talks/talk.mp3"), Path("/talks/talk.vtt")


@pytest.fixture
def episode(library: Library) -> int:
    return library.episodes.open(SOUND, WORDS, "Talk").id


def test_clips_are_kept_in_the_order_of_their_start(library: Library, episode: int) -> None:
    late = library.clips.keep(episode, "late", (90, 99), (60_000, 66_000))
    early = library.clips.keep(episode, "early", (3, 9), (1000, 3000))
    assert early == SavedClip(early.id, episode, "early", 3, 9, 1000, 3000)
    assert library.clips.of(episode) == library.clips.all() == [early, late]


def test_a_clip_is_renamed_moved_and_dropped(library: Library, episode: int) -> None:
    clip = library.clips.keep(episode, "clip", (1, 2), (0, 100))
    library.clips.rename(clip.id, "a café 🎧")
    library.clips.move(clip.id, (2, 5), (100, 900))
    assert library.clips.of(episode) == [SavedClip(clip.id, episode, "a café 🎧", 2, 5, 100, 900)]
    library.notes.drop(clip.id)  # It is no note.
    assert len(library.clips.of(episode)) == 1
    library.clips.drop(clip.id)
    library.clips.drop(clip.id)  # What is gone is gone.
    assert library.clips.of(episode) == []


def test_a_clip_needs_an_episode(library: Library) -> None:
    with pytest.raises(EarmarkError, match="cannot be written"):
        library.clips.keep(99, "clip", (1, 2), (0, 100))


def test_notes(library: Library, episode: int) -> None:
    note = library.notes.add(episode, "What a tide", (3, 9), (1000, 3000), "yellow")
    assert note == Note(note.id, episode, "What a tide", "yellow", 3, 9, 1000, 3000, note.made_ms)
    assert note.words == WordRange(3, 9)
    library.notes.edit(note.id, colour="green")
    library.notes.edit(note.id, text="What a slow tide")
    library.notes.edit(note.id)
    assert [(each.text, each.colour) for each in library.notes.of(episode)] == [("What a slow tide", "green")]
    assert library.clips.of(episode) == []
    library.notes.drop(note.id)
    assert library.notes.all() == []


def test_what_is_kept_goes_along_to_another_version_and_back(library: Library) -> None:
    talk = ("It took sixty years", "for the tide of sand to reach the town")
    first = prepare(ReadResult(spoken(*talk), "WebVTT"))
    second = prepare(ReadResult(spoken("Welcome back", *talk), "SRT"))
    episode = library.episodes.open(SOUND, WORDS, "Talk", first).id
    clip = library.clips.keep(episode, "sixty years", (2, 4), (900, 2100))
    note = library.notes.add(episode, "of sand", (7, 9), (2700, 3300))
    library.episodes.open(SOUND, WORDS.with_suffix(".srt"), "Talk", second)
    (moved,) = library.clips.of(episode)
    assert (moved.first_word, moved.end_word, moved.start_ms, moved.end_ms) == (4, 6, 900, 2100)
    assert library.notes.of(episode)[0].words == WordRange(9, 11)
    new = library.clips.keep(episode, "Welcome", (0, 1), (0, 900))
    library.transcripts.activate(library.transcripts.of(episode)[1].id)
    assert [each for each in library.clips.of(episode) if each.id != new.id] == [clip]
    assert library.notes.of(episode) == [note]
    assert len(library.clips.of(episode)) == 2
    library.episodes.open(SOUND, WORDS.with_suffix(".srt"), "Talk", second)
    assert [each for each in library.clips.of(episode) if each.id == new.id] == [new]


def test_what_is_kept_goes_along_with_a_corrected_file(library: Library) -> None:
    talk = ("It took sixty years", "for the tide of sand to reach the town")
    episode = library.episodes.open(SOUND, WORDS, "Talk", prepare(ReadResult(spoken(*talk), "WebVTT"))).id
    library.clips.keep(episode, "sixty years", (2, 4), (900, 2100))
    library.episodes.open(SOUND, WORDS, "Talk", prepare(ReadResult(spoken("Welcome", *talk), "WebVTT")))
    (moved,) = library.clips.of(episode)
    assert (moved.first_word, moved.end_word) == (3, 5)
    assert (moved.start_ms, moved.end_ms) == (2900, 4100)  # All is said a cue later now.


def test_what_is_kept_in_another_version_goes_along_too(library: Library) -> None:
    talk = ("It took sixty years", "for the tide of sand to reach the town")
    first, other = prepare(ReadResult(spoken(*talk), "")), prepare(ReadResult(spoken("Hm", *talk), ""))
    episode = library.episodes.open(SOUND, WORDS, "Talk", first).id
    library.clips.keep(episode, "sixty years", (2, 4), (900, 2100))
    library.episodes.open(SOUND, WORDS.with_suffix(".srt"), "Talk", other)
    # The file of the one not in use is corrected meanwhile.
    library.transcripts.put(episode, WORDS, prepare(ReadResult(spoken("Welcome to it", *talk), "")))
    library.transcripts.activate(library.transcripts.of(episode)[1].id)
    (moved,) = library.clips.of(episode)
    assert (moved.first_word, moved.end_word) == (5, 7)


def test_a_dropped_version_leaves_what_was_kept(library: Library) -> None:
    words = prepare(ReadResult(spoken("one two three"), ""))
    episode = library.episodes.open(SOUND, WORDS, "Talk", words).id
    library.episodes.open(SOUND, WORDS.with_suffix(".srt"), "Talk", words)
    clip = library.clips.keep(episode, "two", (1, 2), (600, 1200))
    for version in library.transcripts.of(episode):
        library.transcripts.drop(version.id)
        assert library.clips.of(episode) == [clip]
    assert library.transcripts.of(episode) == []
    assert library.transcript_of(episode) is None


# Saved searches


def test_a_saved_search_tells_what_is_new(library: Library) -> None:
    search = library.searches.save("Sand", '"tide of sand"', {1: 3, 2: 1})
    never = library.searches.save("Sea", "sea")
    assert library.searches.all() == [search, never]
    assert search.new_in({1: 3, 2: 4, 5: 2}) == {2: 3, 5: 2}
    assert (never.seen_ms, never.new_in({1: 1})) == (0, {1: 1})
    library.searches.look_at(search.id, {1: 3, 2: 4, 5: 2})
    library.searches.rename(search.id, "Dunes")
    looked = library.searches.all()[0]
    assert (looked.name, looked.query, looked.new_in({1: 3, 2: 4, 5: 2})) == ("Dunes", '"tide of sand"', {})
    assert looked.seen_ms > 0
    library.searches.drop(search.id)
    assert library.searches.all() == [never]
    for _ in range(2):
        library.searches.put_back(looked)
        assert library.searches.all() == [looked, never]


def test_what_was_dropped_is_restored_as_it_was(library: Library, episode: int) -> None:
    clip = library.clips.keep(episode, "clip", (1, 2), (0, 100))
    note = library.notes.add(episode, "note", (3, 9), (1000, 3000), "green")
    library.clips.remark(clip.id, "use this #opening")
    (clip,) = library.clips.of(episode)
    assert clip.remark == "use this #opening"
    library.clips.drop(clip.id)
    library.notes.drop(note.id)
    for _ in range(2):  # What is there already is not brought back twice.
        library.clips.restore(clip)
        library.notes.restore(note)
    assert library.clips.all() == [clip]
    assert library.notes.all() == [note]


def test_nothing_is_restored_into_an_episode_that_is_gone(library: Library, episode: int) -> None:
    clip = library.clips.keep(episode, "clip", (1, 2), (0, 100))
    library.clips.drop(clip.id)
    library.clips.restore(SavedClip(clip.id, 99, "clip", 1, 2, 0, 100))
    assert library.clips.all() == []


def test_clips_stand_in_the_order_they_were_given(library: Library, episode: int) -> None:
    other = library.episodes.open(Path("/talks/other.mp3"), None, "Other").id
    first, second, third = (
        library.clips.keep(where, title, (1, 2), (at, at + 100)).id
        for where, title, at in ((episode, "one", 0), (episode, "two", 500), (other, "three", 0))
    )
    before = dict(library.clips.places())
    library.clips.arrange([third, second, first])
    assert [clip.id for clip in library.clips.all()] == [third, second, first]
    assert [clip.id for clip in library.clips.of(episode)] == [second, first]
    library.clips.arrange([first, second])  # Those of one episode alone: the others stay where they are.
    assert [clip.id for clip in library.clips.all()] == [third, first, second]
    last = library.clips.keep(episode, "four", (0, 1), (0, 10))
    assert [clip.id for clip in library.clips.all()] == [third, first, second, last.id]
    library.clips.set_places(before)
    assert [clip.id for clip in library.clips.of(episode)][:2] == [first, second]
