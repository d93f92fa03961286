import codecs

import pytest

from index.errors import TranscriptError
from index.formats import read_bytes
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


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:01,000 --> 00:00:02,000\nПривет, как дела\n",
        "1\n00:00:01,000 --> 00:00:02,000\n你好世界，今天天气很好。\n" * 40,
        "これは長い日本語のテキストです。 123 \n" * 50,
        "[00:01] 안녕하세요 여러분\n" * 30,
        "Ελληνικό κείμενο εδώ.\n" * 40,
        "नमस्ते दुनिया कैसे हो\n" * 40,  # The first halves of its letters are tabs.
        "ગુજરાતી લખાણ અહીં છે\n" * 40,  # These are line ends.
        "👍 yes 👍 good " * 20,
        "Good.",
    ],
)
def test_utf_16_without_mark(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert decoded(data) == (text, ())
    assert decoded(data[:-1])[1] == ("One damaged character is shown as �.",)
    assert decoded(text.encode()) == (text, ())


@pytest.mark.parametrize(
    "data",
    [
        b"garbage\0",
        b"garbage\0" * 400,  # Every zero in the second half of a pair, as letters have it in UTF-16.
        b"\0garbage" * 400,
        b"some one\0 is\0 here\0 now\0" * 30,
        b"a\0b\0c\0",  # Too short to tell.
        "café \0".encode() * 90,
        b"word\0\0\0\0" * 50,
        b"\x01\0\x02\0\x03\0\x04\0" * 50,
        b"\0" * 400,
        bytes(range(256)) * 16,
    ],
)
def test_zeros_alone_make_no_utf_16(data: bytes) -> None:
    zeros = decoded(data)[0].count("\0")
    assert zeros == data.count(0)
    with pytest.raises(TranscriptError):
        read_bytes(data, "zeros")


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
