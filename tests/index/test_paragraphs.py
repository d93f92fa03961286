from hypothesis import given
from hypothesis import strategies as st
from making import quick, spoken, transcripts

from index.builder import TranscriptBuilder
from index.paragraphs import paragraphs
from index.transcript import Transcript


def sizes(talk: Transcript) -> list[int]:
    return [len(paragraph.words) for paragraph in paragraphs(talk)]


def sentence(words: int) -> str:
    return " ".join(["word"] * (words - 1) + ["stop."])


# Any transcript

FEW = st.sampled_from(["so", "then", "yes.", "ah…", "home", "“no.”", "はい。"])


@st.composite
def long_talks(draw: st.DrawFn) -> Transcript:
    builder = TranscriptBuilder()
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
