"""Episodes are remembered, with what is known of them, what was kept in them, and how far they were heard."""

import os
import sys
from pathlib import Path

import pytest
from making import spoken

from index.chapters import Chapter
from index.errors import EarmarkError
from index.formats.base import ReadResult
from index.library import Details, Episode, Facts, Library, Prepared, prepare

SOUND, WORDS = Path("/talks/talk.mp3"), Path("/talks/talk.vtt")


def words(*cues: str | tuple[str | None, str]) -> Prepared:
    return prepare(ReadResult(spoken(*cues), "WebVTT"))


def test_an_empty_library(library: Library) -> None:
    assert library.episodes.recent() == []
    assert library.episodes.get(1) is None
    assert library.episodes.details(1) == Details()
    assert library.clips.of(1) == []
    assert library.revisions() == {}


def test_an_episode_is_remembered(library: Library) -> None:
    episode = library.episodes.open(SOUND, WORDS, "Talk", words(("Mara", "one two"), ("Tom", "three")))
    assert episode == Episode(
        1,
        SOUND,
        WORDS,
        "Talk",
        duration_ms=4000,
        speakers=("Mara", "Tom"),
        words=3,
        timing="estimated",
        added_ms=episode.added_ms,
        opened=1,
    )
    assert library.episodes.recent() == [episode]
    assert library.episodes.get(1) == episode


def test_the_same_files_are_the_same_episode(library: Library) -> None:
    first = library.episodes.open(SOUND, WORDS, "Talk")
    assert library.episodes.open(SOUND, WORDS, "talk").id == first.id
    assert library.episodes.open(SOUND, None, "talk").id == first.id
    assert library.episodes.open(None, WORDS, "talk").id == first.id
    assert [each.title for each in library.episodes.recent()] == ["Talk"]


def test_another_transcript_is_another_version(library: Library) -> None:
    first = library.episodes.open(SOUND, WORDS, "Talk", words("one two"))
    second = library.episodes.open(SOUND, WORDS.with_suffix(".srt"), "Talk", words("one two three"))
    assert second.id == first.id
    assert (second.transcript, second.words) == (WORDS.with_suffix(".srt"), 3)
    assert [(each.path, each.active) for each in library.transcripts.of(first.id)] == [
        (WORDS.with_suffix(".srt"), True),
        (WORDS, False),
    ]


def test_a_transcript_alone_gets_its_sound_later(library: Library) -> None:
    alone = library.episodes.open(None, WORDS, "Talk", words("one two"))
    assert alone.sound is None
    together = library.episodes.open(SOUND, WORDS, "Talk", words("one two"))
    assert (together.id, together.sound) == (alone.id, SOUND)
    # But the words of an episode that has its sound can be those of another sound too.
    assert library.episodes.open(SOUND.with_suffix(".ogg"), WORDS, "Talk").id != alone.id


def test_which_one_can_be_said(library: Library) -> None:
    first = library.episodes.open(SOUND, WORDS, "Talk").id
    second = library.episodes.add(SOUND, None, Facts(title="the same sound again"))
    assert library.episodes.open(SOUND, None, "", episode=second).id == second
    assert library.episodes.open(SOUND, None, "", episode=99).id in (first, second)


def test_recent_is_newest_first_and_never_opened_last(library: Library) -> None:
    library.episodes.add(Path("/z.mp3"), None, Facts(title="z"))
    for name in "abc":
        library.episodes.open(Path(f"/{name}.mp3"), None, name)
    library.episodes.open(Path("/a.mp3"), None, "a")
    assert [episode.title for episode in library.episodes.recent()] == ["a", "c", "b", "z"]
    assert [episode.title for episode in library.episodes.recent(2)] == ["a", "c"]


# What is known


def test_what_the_file_says_is_taken(library: Library) -> None:
    episode = library.episodes.open(SOUND, None, "talk").id
    facts = Facts(
        "Talk",
        "Show",
        "2023-05-04",
        60_000,
        "https://x",
        "About sand.",
        ("Why?",),
        (Chapter(0, 9000, "Intro"),),
        b"\xff\xd8",
    )
    told = library.episodes.fill(episode, facts)
    assert (told.title, told.show, told.date, told.duration_ms) == ("Talk", "Show", "2023-05-04", 60_000)
    assert library.episodes.details(episode) == Details("About sand.", "https://x", ("Why?",), b"\xff\xd8")
    assert library.episodes.chapters(episode) == [Chapter(0, 9000, "Intro")]
    assert library.episodes.fill(episode, Facts()) == told  # Nothing said, nothing lost.
    assert library.episodes.details(episode).questions == ("Why?",)


def test_what_people_wrote_is_not_overruled(library: Library) -> None:
    episode = library.episodes.open(SOUND, None, "talk").id
    library.episodes.edit([episode], title="  My\ntitle ", show="")
    told = library.episodes.fill(episode, Facts("Talk", "Show", "2023", 60_000))
    assert (told.title, told.show, told.date) == ("My title", "", "2023")
    library.episodes.edit([episode], title="", date="2024-01-01")
    told = library.episodes.fill(episode, Facts("Talk", date="2023"))
    assert (told.title, told.date) == ("My title", "2024-01-01")


def test_many_are_edited_at_once(library: Library) -> None:
    ids = [library.episodes.open(Path(f"/{name}.mp3"), None, name).id for name in "abc"]
    library.episodes.edit(ids[:2], show="Sands")
    assert [library.episodes.get(id).show for id in ids] == ["Sands", "Sands", ""]  # type: ignore[union-attr]
    assert library.episodes.shows() == {"Sands": 2}
    library.episodes.edit(ids[:2], show="Tides")
    assert library.episodes.shows() == {"Tides": 2}


def test_tags(library: Library) -> None:
    one, two = (library.episodes.open(Path(f"/{name}.mp3"), None, name).id for name in "ab")
    library.episodes.tag([one, two], "Sea", "sand\n dunes", "")
    library.episodes.tag([one], "sea")
    assert library.episodes.get(one).tags == ("sand dunes", "Sea")  # type: ignore[union-attr]
    library.episodes.untag([one, two], "SEA", "unknown")
    assert library.episodes.tags() == {"sand dunes": 2}


def test_an_episode_that_is_gone_is_one_sentence(library: Library) -> None:
    with pytest.raises(EarmarkError, match=r"^That episode is no longer in the library; add its files again\.$"):
        library.episodes.fill(7, Facts("Talk"))
    with pytest.raises(EarmarkError, match=r"^That transcript is no longer in the library; open its file again\.$"):
        library.transcripts.activate(7)


# Hearing


def test_positions(library: Library) -> None:
    episode = library.episodes.open(SOUND, WORDS, "Talk")
    other = library.episodes.open(SOUND.with_name("other.mp3"), None, "Talk")
    library.episodes.keep_position(episode.id, 12_345)
    assert library.episodes.open(SOUND, WORDS, "Talk").position_ms == 12_345
    assert library.episodes.open(other.sound, None, "Talk").position_ms == other.position_ms == 0


def test_who_comes_to_the_end_has_heard_it(library: Library) -> None:
    episode = library.episodes.open(SOUND, None, "Talk").id
    library.episodes.fill(episode, Facts(duration_ms=100_000))

    def is_heard_at(position_ms: int) -> bool:
        library.episodes.keep_position(episode, position_ms)
        found = library.episodes.get(episode)
        return bool(found and found.heard)

    assert not is_heard_at(96_000)
    assert is_heard_at(97_500)
    assert is_heard_at(1_000)
    library.episodes.set_heard([episode], False)
    assert not is_heard_at(50_000)
    assert is_heard_at(98_000)
    library.episodes.set_heard([episode], False)
    assert not is_heard_at(99_000)  # It was said not to be heard when it stood there already.


def test_without_a_length_nobody_knows_the_end(library: Library) -> None:
    episode = library.episodes.open(SOUND, None, "Talk").id
    library.episodes.keep_position(episode, 10**9)
    assert not library.episodes.recent()[0].heard


# The bin


def test_the_bin_gives_everything_back(library: Library) -> None:
    episode = library.episodes.open(SOUND, WORDS, "Talk", words("one two"))
    other = library.episodes.open(SOUND.with_name("other.mp3"), None, "Other")
    clip = library.clips.keep(episode.id, "clip", (0, 1), (0, 100))
    before = library.revisions()
    library.bin.put([episode.id])
    assert library.episodes.recent() == [other]
    assert library.revisions() == {}
    with pytest.raises(EarmarkError, match="no longer in the library"):
        library.document(episode.id)
    assert library.clips.all() == []
    library.bin.restore([episode.id])
    assert library.episodes.get(episode.id) == episode
    assert library.clips.all() == [clip]
    assert library.revisions() == before


def test_who_opens_it_again_wants_it_back(library: Library) -> None:
    episode = library.episodes.open(SOUND, WORDS, "Talk")
    library.bin.put([episode.id])
    assert library.episodes.open(SOUND, WORDS, "Talk").id == episode.id
    assert len(library.episodes.recent()) == 1


def test_an_emptied_bin_takes_all_that_was_kept_and_nothing_else(library: Library) -> None:
    gone, left, other = (library.episodes.open(Path(f"/{name}.mp3"), WORDS, name).id for name in ("gone", "left", "o"))
    for episode in (gone, left, other):
        library.clips.keep(episode, "clip", (0, 1), (0, 100))
        library.episodes.fill(episode, Facts(show=f"Show {episode}", cover=b"\xff\xd8%d" % episode))
    library.bin.put([gone, left])
    assert library.bin.empty([gone, other]) == 1
    assert library.episodes.get(gone) is None
    assert [clip.episode for clip in library.clips.all()] == [other]
    assert library.bin.empty() == 1
    assert library.bin.empty() == 0
    assert library.episodes.shows() == {f"Show {other}": 1}
    assert library.store.rows("SELECT count(*) FROM covers") == [(1,)]
    assert library.store.rows("SELECT count(*) FROM kept") == [(1,)]
    assert library.store.rows("SELECT count(*) FROM transcripts") == [(1,)]


def test_a_number_is_never_given_twice(library: Library) -> None:
    first = library.episodes.open(SOUND, None, "Talk").id
    library.bin.put([first])
    library.bin.empty()
    assert library.episodes.open(SOUND, None, "Talk").id > first


# Names


def test_text_is_text(library: Library) -> None:
    title = "'); DROP TABLE kept; -- <img src=x> \x00 \u202e {0} %s"
    episode = library.episodes.open(SOUND, WORDS, title)
    clip = library.clips.keep(episode.id, title, (1, 2), (0, 100))
    assert library.episodes.recent()[0].title == title
    assert library.clips.of(episode.id) == [clip]
    assert clip.title == title


@pytest.mark.parametrize("name", ["Grüße – 日本語 🎧.mp3", "a'b\"c.mp3", "new\nline.mp3", "%s{}.mp3", " .mp3"])
def test_any_name_of_a_file(library: Library, name: str) -> None:
    episode = library.episodes.open(Path("/talks") / name, None, name)
    assert library.episodes.recent()[0].sound == episode.sound == Path("/talks") / name
    assert library.episodes.open(Path("/talks") / name, None, name).id == episode.id


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_a_name_that_is_not_utf8(library: Library) -> None:
    path = Path(os.fsdecode(b"/talks/caf\xe9.mp3"))
    episode = library.episodes.open(path, path.with_suffix(".vtt"), path.stem)
    library.episodes.edit([episode.id], show=path.stem)
    assert library.episodes.recent()[0].sound == path
    assert library.episodes.recent()[0].transcript == path.with_suffix(".vtt")
    assert library.episodes.open(path, None, path.stem).id == episode.id
    assert (episode.title, library.episodes.recent()[0].show) == ("caf?", "caf?")
    clip = library.clips.keep(episode.id, path.stem, (1, 2), (0, 100))
    library.clips.rename(clip.id, path.stem)
    assert library.clips.of(episode.id)[0].title == "caf?"
