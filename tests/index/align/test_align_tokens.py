import pytest

from index.align.numbers import spoken_number
from index.align.tokens import forms_of, tokens_of
from tests.index.making import spoken


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7", "seven"),
        ("0", "zero"),
        ("25", "twenty five"),
        ("40th", "fortieth"),
        ("21st", "twenty first"),
        ("105", "one hundred five"),
        ("1,000", "one thousand"),
        ("1995", "nineteen ninety five"),
        ("1906", "nineteen oh six"),
        ("1900", "nineteen hundred"),
        ("2008", "two thousand eight"),
        ("2023", "twenty twenty three"),
        ("1990s", "nineteen nineties"),
        ("3.14", "three point one four"),
        ("2000000", "two million"),
        ("007", "zero zero seven"),
        ("1234567890123456", "one two three four five six seven eight nine zero one two three four five six"),
        ("x", ""),
        ("1a", ""),
        ("", ""),
    ],
)
def test_numbers_as_they_are_said(text: str, words: str) -> None:
    assert spoken_number(text) == words.split()


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("Don't,", "dont"),
        ("don’t", "dont"),
        ("naïve", "naive"),
        ("GPT-3.", "gpt three"),
        ("e-mail", "e mail"),
        ("Okay", "ok"),
        ("gonna", "going to"),
        ("etc.", "et cetera"),
        ("20%", "twenty percent"),
        ("—", ""),
        (">>", ""),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("今", "今"),
    ],
)
def test_words_as_they_are_compared(word: str, forms: str) -> None:
    assert forms_of(word) == tuple(forms.split())


def test_notes_of_sounds_are_left_out_and_remarks_are_not() -> None:
    found = tokens_of(spoken("[MUSIC PLAYING] so (laughs) they said (and we agreed) ♪ la ♪"))
    assert " ".join(found.forms) == "so they said and we agreed la"
    assert found.words[0] == 2
