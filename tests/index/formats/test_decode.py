import codecs

import pytest

from index.formats.decode import decoded

TEXT = "1\n00:00:01,000 --> 00:00:02,000\nGrüße, “naïve” señor\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_unicode_needs_no_guess(data: bytes) -> None:
    assert decoded(data) == (TEXT, ())


def test_utf_16_without_mark_in_another_script() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nПривет, как дела\n"
    assert decoded(text.encode("utf-16-le")) == (text, ())


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("cp1252", "Où est la crème brûlée ? “Là-bas” – señor, für Größe", "Windows-1252"),
        ("cp1250", "Příliš žluťoučký kůň úpěl ďábelské ódy", "Windows-1250"),
        ("cp1250", "Zażółć gęślą jaźń", "Windows-1250"),
        ("cp1251", "Съешь ещё этих мягких французских булок", "Windows-1251"),
        ("latin-1", "caf\xe9 \x81 ol\xe9", "ISO 8859-1"),
    ],
)
def test_older_encodings_are_guessed_and_told(encoding: str, text: str, name: str) -> None:
    read, warnings = decoded(text.encode(encoding))
    assert read == text
    assert len(warnings) == 1
    assert name in warnings[0]


def test_damage_in_utf_8_is_shown_and_counted() -> None:
    assert decoded("Grüße, naïv".encode() + b"\xff") == ("Grüße, naïv\ufffd", ("One damaged character is shown as �.",))
    assert decoded("é é é ".encode() + b"\xff \xe2\x80")[1] == ("2 damaged characters are shown as �.",)


def test_a_replacement_character_that_was_there_is_no_damage() -> None:
    assert decoded("\ufffd é".encode()) == ("\ufffd é", ())
    assert decoded("é \ufffd".encode() + b"\xff")[1] == ("One damaged character is shown as �.",)


def test_json_is_utf_8_whatever_its_bytes_say() -> None:
    for start in (b'{"text":"', b' [{"text":"', b'["'):
        assert decoded(start + b'caf\xe9"') == (
            start.decode() + 'caf\ufffd"',
            ("One damaged character is shown as �.",),
        )


def test_line_ends() -> None:
    assert decoded(b"a\r\nb\rc\nd\n\re\r\r\n")[0] == "a\nb\nc\nd\n\ne\n\n"
    assert decoded("a\u2028b\x85c\x0cd".encode())[0] == "a\u2028b\x85c\x0cd"


def test_half_a_character_of_utf_16() -> None:
    text, warnings = decoded(TEXT.encode("utf-16-le")[:-1])
    assert text == TEXT[:-1] + "\ufffd"
    assert warnings == ("One damaged character is shown as �.",)
