import pytest

from index.align.pronounce import phones_of, pieces

KNOWN = {
    "cat": "K AE T",
    "bus": "B AH S",
    "tide": "T AY D",
    "data": "D EY T AH",
    "bricks": "B R IH K S",
    "don't": "D OW N T",
}
PHONES = frozenset(
    "AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH".split()
)


@pytest.mark.parametrize(
    ("piece", "phones"),
    [
        ("Cat", "K AE T"),
        ("don’t", "D OW N T"),
        ("cats", "K AE T S"),
        ("cat's", "K AE T S"),
        ("buses", "B AH S IH Z"),
        ("tides", "T AY D Z"),
        ("databricks", "D EY T AH B R IH K S"),
        ("GPT", "JH IY P IY T IY"),
        ("nation", "N AE SH AH N"),
        ("knight", "N AY T"),
        ("rate", "R EY T"),
        ("naïve", "N AE AY V"),
        ("今", "AH"),
    ],
)
def test_words_as_they_sound(piece: str, phones: str) -> None:
    assert phones_of(piece, KNOWN.get) == phones


@pytest.mark.parametrize(
    "word", "Biewald RunwayML Trondheim Lindqvist MLOps xylophone rhythm sch' aeiou zzz Ça ß".split()
)
def test_every_word_has_phones_the_model_knows(word: str) -> None:
    found = phones_of(word, {}.get).split()
    assert found
    assert PHONES.issuperset(found)


@pytest.mark.parametrize(
    ("word", "spoken"),
    [
        ("GPT-3,", "GPT three"),
        ("e-mail", "e mail"),
        ("20%", "twenty percent"),
        ("1990s", "nineteen nineties"),
        ("don’t", "don’t"),
        ("—", ""),
        ("“Hi”", "Hi"),
    ],
)
def test_what_is_spoken_of_a_word(word: str, spoken: str) -> None:
    assert pieces(word) == spoken.split()
