from array import array
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from making import quick, spoken, transcripts

from index.builder import TranscriptBuilder
from index.captions import rebreak
from index.clip import clip_of, cut
from index.draft import Draft
from index.library.blob import pack, unpack
from index.paragraphs import cut_anew, paragraphs
from index.transcript import Timing, Transcript, WordRange


def sizes(talk: Transcript) -> list[int]:
    return [len(paragraph.words) for paragraph in paragraphs(talk)]


def sentence(words: int) -> str:
    return " ".join(["word"] * (words - 1) + ["stop."])


# Any transcript

FEW = st.sampled_from(["so", "then", "yes.", "ah…", "home", "“no.”", "はい。"])


@st.composite
def long_talks(draw: st.DrawFn) -> Transcript:
    builder = TranscriptBuilder()
    if draw(st.booleans()):
        builder.forget_times()
    for number in range(draw(st.integers(1, 12))):
        builder.add_cue(number * 8000, number * 8000 + draw(st.sampled_from([2000, 8000])))
        if draw(st.integers(0, 3)) == 0:
            builder.set_speaker(draw(st.sampled_from([None, "Ann", "Ben"])), new_turn=draw(st.booleans()))
        builder.add_text(" ".join(draw(st.lists(FEW, min_size=1, max_size=60))))
    return builder.build()


@quick
@given(st.one_of(transcripts(overlapping=True), long_talks()))
def test_paragraphs_are_the_whole_stream_and_cross_no_turn(talk: Transcript) -> None:
    found = list(paragraphs(talk))
    assert [word for paragraph in found for word in paragraph.words] == list(talk.all_words)
    for paragraph in found:
        assert paragraph.words
        turn = talk.turn(paragraph.turn)
        assert turn.words.first <= paragraph.words.first < paragraph.words.end <= turn.words.end
        assert paragraph.begins_turn == (paragraph.words.first == turn.words.first)


@quick
@given(long_talks())
def test_none_is_too_long_to_read(talk: Transcript) -> None:
    assert all(size < 200 for size in sizes(talk))


# Where they end


def test_an_empty_transcript_has_none() -> None:
    assert list(paragraphs(TranscriptBuilder().build())) == []


def test_a_short_turn_is_one() -> None:
    assert sizes(spoken(("Ann", "Yes. No. Yes. No."), ("Ben", "Oh."))) == [4, 1]


def test_a_long_turn_is_cut_after_whole_sentences() -> None:
    talk = spoken("\n".join(sentence(20) for _ in range(9)), length_ms=90_000)
    assert sizes(talk) == [60, 60, 60]


def test_a_few_last_words_stay_with_those_before() -> None:
    talk = spoken("\n".join([sentence(20), sentence(20), sentence(20), sentence(5)]), length_ms=30_000)
    assert sizes(talk) == [65]


def test_a_quote_may_close_after_the_stop() -> None:
    talk = spoken(f"{' '.join(['so'] * 59)} said.” {sentence(40)}", length_ms=60_000)
    assert sizes(talk) == [60, 40]


def test_without_stops_the_captions_help() -> None:
    talk = spoken(*(" ".join(["and"] * 25) for _ in range(10)))
    assert sizes(talk) == [125, 125]


def test_without_stops_or_captions_it_ends_somewhere() -> None:
    talk = spoken(" ".join(["and"] * 400), length_ms=200_000)
    assert sizes(talk) == [180, 180, 40]


def test_a_long_silence_after_a_sentence_begins_another() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 5000)
    builder.add_text(sentence(20))
    builder.add_cue(5000 + 2500, 20_000)
    builder.add_text(sentence(40))
    assert sizes(builder.build()) == [20, 40]


# Those that the author of a text made


def written(*lines: str) -> Transcript:
    builder = TranscriptBuilder()
    builder.forget_times()
    for line in lines:
        builder.add_cue(0, 0)
        builder.add_text(line)
    return builder.build()


def with_found_times(text: Transcript) -> Transcript:
    starts = array("q", range(0, 300 * len(text), 300))
    firsts = [starts[word] for word in text.cue_firsts]
    return replace(
        text,
        starts=starts,
        ends=array("q", (start + 200 for start in starts)),
        timings=bytes([Timing.ALIGNED]) * len(text),
        cue_starts=array("q", firsts),
        cue_ends=array("q", firsts),
        timed=True,
    )


VERSE = (
    "The tide came in at four,",
    "And took the ladder down,",
    "So nobody could climb ashore",
    "To tell the sleeping town.",
)


def test_they_are_kept_when_their_words_get_times() -> None:
    verse = written(*VERSE)
    assert sizes(verse) == sizes(with_found_times(verse)) == [6, 5, 5, 5]


def test_they_are_kept_by_a_library_and_in_a_clip() -> None:
    verse = with_found_times(written(*VERSE))
    assert sizes(unpack(pack(verse))) == [6, 5, 5, 5]
    assert sizes(cut(verse, clip_of(verse, WordRange(0, 11)))) == [6, 5]


def test_captions_made_of_them_are_none() -> None:
    assert len(sizes(rebreak(with_found_times(written(*VERSE))))) == 1


def test_lines_that_flow_on_are_none() -> None:
    lines = written(
        "so what I always say", "is that a lock", "is a lift for boats,", "and nobody laughs.", "Then they do."
    )
    assert sizes(lines) == sizes(with_found_times(lines)) == [20]


def test_one_that_nobody_could_read_is_cut() -> None:
    found = sizes(written(" ".join([sentence(20)] * 50), "A short one."))
    assert found[-1] == 3
    assert max(found) == 60


# Cut anew after a change


@st.composite
def changed_talks(draw: st.DrawFn) -> tuple[Transcript, Transcript]:
    """A talk, and the same with a few words, turns and names corrected."""
    talk = draw(long_talks())
    draft = Draft(talk)
    for _ in range(draw(st.integers(1, 3))):
        word = draw(st.integers(0, len(draft) - 1))
        turn = draft.turn_of(word)
        kind = draw(st.sampled_from(["put", "split", "join", "name"]))
        if kind == "put":
            draft.put(WordRange(word, word + 1), " ".join(draw(st.lists(FEW, min_size=1, max_size=70))))
        elif kind == "split":
            draft.split(word)
        elif kind == "join" and turn:
            draft.join(turn)
        elif kind == "name":
            draft.name(turn, draw(st.sampled_from(["", "Ann", "Cleo"])), everywhere=draw(st.booleans()))
    return talk, draft.build()


@quick
@given(changed_talks())
def test_what_is_cut_anew_is_cut_as_the_whole_would_be(talks: tuple[Transcript, Transcript]) -> None:
    old, new = talks
    assert cut_anew(list(paragraphs(old)), old, new) == list(paragraphs(new))


def test_other_times_alone_cut_nothing_anew() -> None:
    talk = spoken(sentence(20) + " " + sentence(40), length_ms=30_000)
    builder = TranscriptBuilder()
    builder.add_cue(0, 30_000)
    for word in talk.all_words:
        start_ms = 100 * word + (5000 if word >= 20 else 0)
        builder.add_word(talk.word_text(word), start_ms, start_ms + 100)
    later = builder.build()
    assert sizes(later) == [20, 40]
    assert cut_anew(list(paragraphs(talk)), talk, later) == list(paragraphs(talk))
