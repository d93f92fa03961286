import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from index.builder import TranscriptBuilder
from index.find import Finder
from index.folding import READINGS, fold
from index.search.matching import sequences, side_by_side
from index.search.postings import bases, gather, place
from index.search.tokens import paths, terms_of
from index.transcript import Transcript, WordRange
from index.wordsplit import GLUED, SPACE
from tests.index.making import quick, transcripts


def find(transcript: Transcript, phrase: str) -> list[WordRange]:
    """The phrase as the index would find it."""
    terms = terms_of(transcript)
    origin = bases([len(terms.words)])
    found = set()
    for path in paths(phrase):
        if all(term in terms.places for term in path.terms):
            places = [place(gather({0: terms.places[term]}), origin) for term in path.terms]
            for first, end in sequences([1] * len(places), places.__getitem__, path.readings):
                found.add((terms.words[first], terms.words[end - 1] + 1))
    return [WordRange(*span) for span in side_by_side(sorted(found))]


@quick
@given(transcripts(), st.data())
def test_phrases_are_found_as_in_one_episode(transcript: Transcript, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(transcript) - 1))
    end = data.draw(st.integers(first + 1, min(first + 5, len(transcript))))
    phrase = transcript.text_of(WordRange(first, end))
    assert find(transcript, phrase) == Finder(transcript).find(phrase)


PIECES = st.one_of(
    st.sampled_from(
        "don 't -source open e- mail U. S. 3 .5 , ... a b iPhoneได้ ส วัส ัส ดี今日 今 ー abcส l' amour ㈱ 1,000".split()
    ),
    st.text("ab'-.今สั3,", min_size=1, max_size=4),
)


@st.composite
def glued(draw: st.DrawFn) -> Transcript:
    """Words in pieces with times of their own, as recognisers give them."""
    builder = TranscriptBuilder()
    builder.add_cue(0, 10_000)
    for number, piece in enumerate(draw(st.lists(PIECES, min_size=1, max_size=10))):
        joint = draw(st.sampled_from([SPACE, GLUED, GLUED]))
        builder.add_word(piece, number * 100, number * 100 + 100, joint=joint)
    return builder.build()


@quick
@given(glued(), st.data())
def test_words_in_pieces_are_found_as_in_one_episode(transcript: Transcript, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(transcript) - 1))
    end = data.draw(st.integers(first + 1, min(first + 4, len(transcript))))
    pieces = [transcript.word_text(word) for word in range(first, end)]
    phrase = "".join(data.draw(st.sampled_from(["", " "])) + piece for piece in pieces)
    if not begins_with_mark(phrase):  # A sign without its letter is nothing that people type.
        assert find(transcript, phrase) == Finder(transcript).find(phrase)


def begins_with_mark(phrase: str) -> bool:
    return any(unicodedata.category(fold(phrase, reading)[:1] or "a")[0] == "M" for reading in range(READINGS))
