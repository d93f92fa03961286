import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.plaintext import clean, one_line, shown


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain", "plain"),
        ("two\nlines\tand\x85more", "two\nlines\tand\x85more"),
        ("\0\x07\x1b[0m\x7f\x9f", "\ufffd\ufffd\ufffd[0m\ufffd\ufffd"),
        ("lone \ud800", "lone \ufffd"),
        ("émoji 😀 漢", "émoji 😀 漢"),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text(st.characters()))
def test_clean_text_can_be_written_and_stays_clean(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert len(cleaned) == len(text)
    assert clean(cleaned) == cleaned


def test_bidi_controls_are_not_shown() -> None:
    assert shown("a\u202eb\u2066c") == "a\u2060b\u2060c"


def test_one_line() -> None:
    assert one_line(" a\n b\0 ") == "a b\ufffd"
    assert one_line("x" * 10, 5) == "xxxx…"
    assert one_line("four five", 6) == "four…"
    assert one_line("x" * 5, 5) == "xxxxx"
