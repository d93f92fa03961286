from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import EarmarkError
from index.find import Finder
from index.search import Answer, SearchIndex, State, library_index, store
from index.search.engine import FAR_APART, TOO_COMMON
from index.search.parts import Part
from index.transcript import Transcript, WordRange
from tests.index.making import quick, spoken, timed, transcripts
from tests.index.search.library import Shelf


@pytest.fixture
def shelf() -> Shelf:
    shelf = Shelf()
    shelf.put(
        *(1, ("Mara Lind", "The sand came with a slow tide."), ("Tom", "Slow sand? An open-source map.")),
        title="Dunes", show="Sea talks", date="2022-11-03", tags=("coast", "Old maps"),
    )  # fmt: skip
    shelf.put(
        *(2, "It took sixty years, a slow tide of", "sand over sixty years. Don't run; he ran."),
        title="Coast", show="Sea talks", date="2023-05-01", tags=("coast",),
    )  # fmt: skip
    shelf.put(
        3,
        ("Sarah O’Neil", "今日は天気がいい。"),
        ("Tom", "สวัสดีครับ and e-mail"),
        title="Weather",
        show="News",
        date="2024",
    )
    return shelf


@pytest.fixture
def index(tmp_path: Path, shelf: Shelf) -> SearchIndex:
    index = SearchIndex(tmp_path / "search")
    assert index.state(shelf) is State.MISSING
    index.update(shelf)
    assert index.state(shelf) is State.CURRENT
    return index


def found(answer: Answer, shelf: Shelf) -> dict[int, list[str]]:
    texts = {}
    for one in answer.episodes:
        transcript = shelf.transcript_of(one.episode)
        assert transcript
        texts[one.episode] = [transcript.text_of(hit.words).replace("\n", " ") for hit in one.hits]
    return texts


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ('"tide of sand"', {2: ["tide of sand"]}),  # Over the border of two cues.
        ('"tide slow"', {1: ["tide. Slow"]}),  # And of two speakers.
        ("opensource", {1: ["open-source"]}),
        ('"open source"', {1: ["open-source"]}),
        ("slow sand", {1: ["sand came with a slow", "Slow sand?"], 2: ["slow tide of sand"]}),
        ('"slow sand"', {1: ["Slow sand?"]}),
        ("dont", {2: ["Don't"]}),
        ("email", {3: ["e-mail"]}),
        ("天気", {3: ["天気"]}),
        ("日は", {3: ["日は"]}),
        ("สวัสดี", {3: ["สวัสดีครับ"]}),
        ("tide -source", {2: ["tide"]}),
        ('tide -"of sand"', {1: ["tide."]}),
        ("map OR years", {1: ["map."], 2: ["years,", "years."]}),
        ("sou* OR tid*", {1: ["tide.", "open-source"], 2: ["tide"]}),
        ('"slow ti*"', {1: ["slow tide."], 2: ["slow tide"]}),
        ("yaers~", {2: ["years,", "years."]}),
        ("sand speaker:mara", {1: ["sand"]}),
        ("sand speaker:lind", {1: ["sand"]}),
        ("sand -speaker:mara", {1: ["sand?"], 2: ["sand"]}),
        ("sand speaker:oneil", {}),
        ("tide show:sea", {1: ["tide."], 2: ["tide"]}),
        ("tide title:dun", {1: ["tide."]}),
        ('tide tag:"old maps"', {1: ["tide."]}),
        ("tide -tag:old", {1: ["tide."], 2: ["tide"]}),
        ("tide -tag:coast", {}),
        ("tide date:2023", {2: ["tide"]}),
        ("tide date:2022-11..2023-05", {1: ["tide."], 2: ["tide"]}),
        ("tide before:2023", {1: ["tide."]}),
        ("tide after:2022", {2: ["tide"]}),
        ("after:2023", {3: []}),
        ("tag:coast", {2: [], 1: []}),
        ("-tag:coast", {3: []}),
        ("nobody", {}),
        ("…", {}),
        ("", {}),
    ],
)
def test_what_is_found(index: SearchIndex, shelf: Shelf, typed: str, texts: dict[int, list[str]]) -> None:
    answer = index.search(typed, shelf)
    assert found(answer, shelf) == texts
    assert answer.total == sum(map(len, texts.values()))
    # The same as without an index.
    assert found(SearchIndex(index.folder / "none").search(typed, shelf), shelf) == texts


def test_best_first(index: SearchIndex, shelf: Shelf) -> None:
    assert list(found(index.search("slow sand", shelf), shelf)) == [1, 2]  # Said so before said near.
    assert list(found(index.search("sixty OR slow", shelf), shelf)) == [2, 1]  # Said more often.
    limited = index.search("slow sand", shelf, limit=1)
    assert (len(limited.episodes), limited.found_in, limited.total) == (1, 2, 3)
    assert limited.counts == {1: 2}


def test_words_far_apart_are_said_to_be(index: SearchIndex, shelf: Shelf) -> None:
    shelf.put(4, "apple " + "filler " * 60 + "pear")
    index.update(shelf)
    answer = index.search("apple pear", shelf)
    assert (found(answer, shelf), answer.hint) == ({4: ["apple"]}, FAR_APART)
    assert index.search('"apple pear"', shelf).total == 0


def test_words_that_are_everywhere_count_as_a_phrase(
    index: SearchIndex, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.search.engine.COMMON", 1)
    assert found(index.search("slow sand", shelf), shelf) == {1: ["Slow sand?"]}
    assert found(index.search("sand slow", shelf), shelf) == {
        1: ["sand came with a slow", "Slow sand?"],
        2: ["slow tide of sand"],
    }


def test_while_typing_the_last_word_may_go_on(index: SearchIndex, shelf: Shelf) -> None:
    assert found(index.search("slow ti", shelf, typing=True), shelf)[2] == ["slow tide"]
    assert index.search("slow ti", shelf).total == 0
    assert found(index.search("sixty ye", shelf, typing=True), shelf) == {2: ["sixty years,", "sixty years."]}
    assert index.search("s", shelf, typing=True).total == 0


def test_while_typing_what_is_said_everywhere_waits_for_enter(
    index: SearchIndex, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.search.units.COMMON", 2)
    monkeypatch.setattr("index.search.engine.COMMON", 1)
    answer = index.search("sand", shelf, typing=True)
    assert (answer.total, answer.hint) == (0, TOO_COMMON)
    assert index.search("sand", shelf).total == 3
    assert index.search("ti", shelf, typing=True).total == 2
    assert index.search("s", shelf, typing=True).total == 0


def test_forms_of_a_word_on_request(index: SearchIndex, shelf: Shelf) -> None:
    assert index.search("tides", shelf).total == 0
    assert found(index.search("tides", shelf, forms="en"), shelf) == {1: ["tide."], 2: ["tide"]}
    assert index.search('"tides"', shelf, forms="en").total == 0
    assert index.search("tide", shelf, forms="no such language").total == 2


def test_another_spelling_is_offered(index: SearchIndex, shelf: Shelf) -> None:
    assert index.search("slwo sand speaker:tom", shelf).suggestion == "slow sand speaker:tom"
    assert index.search('"slow tied"', shelf).suggestion == '"slow tide"'
    assert index.search("opne-source", shelf).suggestion == "open source"
    assert index.search("xylophone", shelf).suggestion == ""
    assert index.search("slow", shelf).suggestion == ""


def test_hits_know_their_times(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put(1, timed(("Slow", 100, 300), ("sand", 300, 900), ("slow", 900, 800), ("tide", 1000, 5000)))
    shelf.put(2, "slow tide")
    index = SearchIndex(tmp_path)
    index.update(shelf)
    hits = {one.episode: one.hits for one in index.search('"slow tide"', shelf).episodes}
    assert hits[1][0]._asdict() == {
        "words": WordRange(2, 4), "start_ms": 900, "end_ms": 5000, "timed": True, "exact": True, "apart": 0,
    }  # fmt: skip
    assert (hits[2][0].exact, hits[2][0].timed, hits[2][0].end_ms) == (False, True, 2000)
    assert list(hits[1][:1]) == [hits[1][0]]
    assert hits[1][-1] == hits[1][0]
    assert [column.tolist() for column in hits[1].times()] == [[900], [5000]]


def test_many_hits_know_their_times_whatever_each_episode_has(tmp_path: Path) -> None:
    shelf, across = Shelf(), timed(("slow", 700, 800), ("tide", 100, 900), ("slow", 1000, 1100), ("tide", 1200, 1300))
    index = SearchIndex(tmp_path)
    for episode, talk in enumerate((spoken("slow tide"), across, replace(spoken("slow tide"), timed=False)), 1):
        shelf.put(episode, talk)
    index.update(shelf)
    for one in index.search('"slow tide"', shelf).episodes:
        starts, ends = (column.tolist() for column in one.hits.times())
        assert list(zip(starts, ends, strict=True)) == [(hit.start_ms, hit.end_ms) for hit in one.hits]
        assert bool(ends[0]) == (one.episode != 3)


def test_common_words_are_read_ahead(index: SearchIndex, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    read = Part.places
    monkeypatch.setattr(Part, "places", lambda part, term: asked.append(term) or read(part, term))
    index.warm_up(shelf)
    last = list(dict.fromkeys(asked))[-2:]
    assert set(last) == {"slow", "sand"}, "said most often; what is read last is kept longest"


def test_korean_words_are_found_with_what_is_written_onto_them(index: SearchIndex, shelf: Shelf) -> None:
    shelf.put(4, "오늘은 날씨가 좋습니다. 한국어를 공부합니다.")
    for query, expected in {"한국어": "한국어를", "날씨 좋": "날씨가 좋습니다.", "날": "날씨가"}.items():
        assert found(index.search(query, shelf), shelf) == {4: [expected]}, query
    assert not index.search('"한국어"', shelf).total


# In step with the library


def test_what_the_index_does_not_have_yet_is_found_at_once(index: SearchIndex, shelf: Shelf) -> None:
    shelf.put(1, "Now a tide of words.")
    shelf.put(9, "Another tide.")
    del shelf.talks[2]
    assert index.state(shelf) is State.BEHIND
    answer = index.search("tide", shelf)
    assert (found(answer, shelf), answer.unsearched) == ({9: ["tide."], 1: ["tide"]}, 0)
    report = index.update(shelf)
    assert (report.added, report.removed, report.rebuilt) == (2, 1, False)
    assert found(index.search("tide", shelf), shelf) == {9: ["tide."], 1: ["tide"]}


def test_many_that_are_missing_are_counted(index: SearchIndex, shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_index, "_DIRECTLY", 2)
    for episode in range(10, 15):
        shelf.put(episode, "tide")
    answer = index.search("tide", shelf)
    assert (set(answer.counts), answer.unsearched) == ({1, 2, 13, 14}, 3)


def test_facts_about_an_episode_are_kept_in_step(index: SearchIndex, shelf: Shelf) -> None:
    shelf.put(2, shelf.talks[2].transcript, title="Shore", tags=("new",))
    assert [one.title for one in index.search("tide tag:new", shelf).episodes] == ["Shore"]
    index.update(shelf)
    assert [one.title for one in index.search("tide tag:new", shelf).episodes] == ["Shore"]
    assert index.search("tide title:coast", shelf).total == 0


def test_what_cannot_be_read_is_told_and_left_out(index: SearchIndex, shelf: Shelf) -> None:
    shelf.put(8, "tide")
    shelf.unreadable.add(8)
    report = index.update(shelf)
    assert (report.added, report.failed) == (0, ("The words of episode 8 cannot be read.",))
    assert 8 not in index.search("tide", shelf).counts
    shelf.unreadable.clear()
    assert index.update(shelf).added == 1


def test_steps_are_told_and_kept_when_it_is_cancelled(
    tmp_path: Path, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library_index, "_STEP", 2)
    monkeypatch.setattr(library_index, "_DIRECTLY", 0)
    for episode in range(10, 20):
        shelf.put(episode, "tide")
    index, told = SearchIndex(tmp_path), list[tuple[int, int]]()
    report = index.update(shelf, told=lambda *done: told.append(done), cancelled=lambda: len(told) == 5)
    assert (report.added, report.cancelled, told[-1]) == (5, True, (5, 13))
    assert index.search("tide", shelf).unsearched == 8
    report = index.update(shelf)
    assert (report.added, report.rebuilt, index.state(shelf)) == (8, False, State.CURRENT)


def test_small_segments_become_one(tmp_path: Path) -> None:
    index, shelf = SearchIndex(tmp_path), Shelf()
    for episode in range(40):
        shelf.put(episode % 30, f"tide number{episode}")
        index.update(shelf)
    opened = store.IndexStore(tmp_path).open()
    assert len(opened.parts) <= 8
    assert set(index.search("tide", shelf).counts) == set(range(30))
    assert index.search("number3", shelf).total == 0  # It was replaced by the 33rd.
    assert index.search("number33", shelf).counts == {3: 1}
    assert len([path for path in tmp_path.iterdir() if path.suffix == ".seg"]) == len(opened.parts)


def test_many_of_middle_size_become_one_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_SIZES", (2, 50))
    index, shelf = SearchIndex(tmp_path), Shelf()
    for episode in range(0, 48, 3):
        for number in range(episode, episode + 3):
            shelf.put(number, f"tide and don't{number} the tide")
        index.update(shelf)
    assert len(store.IndexStore(tmp_path).open().parts) < 8
    answer = index.search("tide", shelf)
    assert (answer.total, set(answer.counts)) == (96, set(range(48)))
    (part, *_) = store.IndexStore(tmp_path).open().parts
    assert part.counts("tide")[1] == 2 * part.counts("tide")[0]  # How often it is said is kept.


def test_another_process_sees_the_last_commit(index: SearchIndex, shelf: Shelf) -> None:
    other = SearchIndex(index.folder)
    assert other.search("tide", shelf).total == 2
    shelf.put(9, "tide")
    with store.IndexStore(index.folder).locked(0) as is_ours:
        assert is_ours
        assert SearchIndex(index.folder).search("tide", shelf).total == 3
        library_index._PATIENCE_S, before = 0.0, library_index._PATIENCE_S
        try:
            assert other.update(shelf).busy
        finally:
            library_index._PATIENCE_S = before
    index.update(shelf)
    assert other.state(shelf) is State.CURRENT
    assert other.search("tide", shelf).total == 3


def test_forgotten_it_is_made_anew(index: SearchIndex, shelf: Shelf) -> None:
    (index.folder / "mine.txt").write_text("not the index's")
    index.forget()
    assert index.state(shelf) is State.MISSING
    assert sorted(path.name for path in index.folder.iterdir()) == ["mine.txt", "update.lock"]
    assert index.update(shelf).rebuilt
    assert index.update(shelf, anew=True).added == 3


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path, shelf: Shelf) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EarmarkError, match="could not be written to"):
        SearchIndex(tmp_path / "file" / "search").update(shelf)
    assert SearchIndex(tmp_path / "file" / "search").search("tide", shelf).total == 2


# Against a plain look at every word


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    return tmp_path_factory.mktemp("search")


@settings(quick, max_examples=30)
@given(st.lists(transcripts() | transcripts(overlapping=True), min_size=1, max_size=4), st.data())
def test_every_occurrence_is_found_and_nothing_else(folder: Path, talks: list[Transcript], data: st.DataObject) -> None:
    shelf = Shelf()
    for number, talk in enumerate(talks):
        shelf.put(number, talk)
    transcript = data.draw(st.sampled_from(talks))
    first = data.draw(st.integers(0, len(transcript) - 1))
    phrase = transcript.text_of(WordRange(first, min(len(transcript), first + data.draw(st.integers(1, 4)))))
    quoted = '"' + phrase.replace('"', " ").replace("*", " ") + '"'
    expected = {number: Finder(talk).find(quoted) for number, talk in enumerate(talks)}
    index = SearchIndex(folder / ("indexed" if (indexed := data.draw(st.booleans())) else "not"))
    if indexed:
        index.update(shelf, anew=True)
    answered = index.search(quoted, shelf).episodes
    got = {one.episode: [hit.words for hit in one.hits] for one in answered}
    assert got == {number: hits for number, hits in expected.items() if hits}
    for one in answered:
        times = [_times(talks[one.episode], hit.words) for hit in one.hits]
        assert [(hit.start_ms, hit.end_ms) for hit in one.hits] == times
        assert list(zip(*one.hits.times(), strict=True)) == times


def _times(talk: Transcript, words: WordRange) -> tuple[int, int]:
    starts, ends = (times[words.first : words.end] for times in (talk.starts, talk.ends))
    return (min(starts), max(*starts, *ends)) if talk.timed else (0, 0)


def test_an_empty_library_has_an_index_too(tmp_path: Path) -> None:
    index = SearchIndex(tmp_path)
    assert index.update(Shelf()).rebuilt
    assert index.state(Shelf()) is State.CURRENT
    assert index.search("tide", Shelf()).episodes == ()
    assert index.moments("What about the tide?", Shelf()) == []


def test_an_episode_without_words_does_no_harm(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.put(1, spoken("…", "–"))
    shelf.put(2, "tide")
    index = SearchIndex(tmp_path)
    index.update(shelf)
    assert index.search("tide", shelf).counts == {2: 1}
