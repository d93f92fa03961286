import pytest
from hypothesis import given
from reading import read, turns, words

from index import formats
from index.formats.base import WriteOptions
from index.formats.markdown_text import escaped, plain
from index.transcript import Transcript
from tests.index.making import WORDS, quick, spoken, transcripts


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("# Marsh talk", "Marsh talk"),
        ("## Marsh talk ##", "Marsh talk"),
        ("**Ana:** it *is* _very_ `cold`", "Ana: it is very cold"),
        ("***all*** __of__ ~~it~~", "all of it"),
        (
            "see [the page](https://a.example/b 'x') and ![a bird](b.png)",
            "see [the page](https://a.example/b 'x') and a bird",
        ),
        ('see [the page](https://a.example/b "x") and [here][1]', "see the page and here"),
        ("<https://a.example>, <b>bold</b>", "https://a.example, bold"),
        ("> - quoted", "- quoted"),
        ("- one", "one"),
        ("12. one", "one"),
        ("---", ""),
        ("[1]: https://a.example", ""),
        (r"\*not\* \# \[a\]", "*not* # [a]"),
        ("AT&amp;T snake_case 2*3 5 * 3", "AT&T snake_case 2*3 5 * 3"),
        ("---\ntitle: x\n---\nText", "Text"),
    ],
)
def test_marks_are_taken_off(marked: str, words: str) -> None:
    assert plain(marked) == words


@quick
@given(WORDS)
def test_what_is_escaped_is_shown(word: str) -> None:
    assert plain(escaped(word)) == word
    assert plain("a " + escaped(word)) == f"a {word}"


def test_a_document_without_times() -> None:
    result = read("# Marsh talk\n\n**Ana:** Hello and [welcome](https://a.example).\n\n**Ben:** *Thanks.*\n")
    assert result.format == "Markdown"
    assert result.transcript.timing == "none"
    assert turns(result.transcript) == [(None, "Marsh talk"), ("Ana", "Hello and welcome."), ("Ben", "Thanks.")]


def test_what_is_written() -> None:
    transcript = spoken(("Ana", "It is *cold*."), ("Ana", "Very."), (None, "Mm."), ("Ben", "So?"), length_ms=65_000)
    assert formats.to_text(transcript, "md") == (
        "[0:00] **Ana:** It is \\*cold\\*. Very.\n\n[2:10] \\>\\> Mm.\n\n[3:15] **Ben:** So?\n"
    )
    assert formats.to_text(transcript, "md", WriteOptions(speakers=False, times=False)) == (
        "It is \\*cold\\*. Very.\n\nMm.\n\nSo?\n"
    )


def test_names_that_cannot_be_told_are_bracketed() -> None:
    transcript = spoken(("the host", "It is cold."), ("A: B", "So it is."))
    written = formats.to_text(transcript, "md")
    assert "**\\[the host\\]:**" in written
    assert turns(read(written).transcript) == turns(transcript)


@quick
@given(transcripts(words=WORDS.filter(lambda word: word[0].isalpha() and ":" not in word and "：" not in word)))
def test_the_words_come_back(transcript: Transcript) -> None:
    """Words and names with the start of each paragraph, to the second."""
    written = formats.to_text(transcript, "md")
    result = read(written)
    if result.format != "Timed text":
        assert not transcript.timed or written.count("\n\n") < 2
        return
    assert words(result.transcript) == words(transcript)
    speakers = [transcript.speaker_of(word) for word in transcript.all_words]
    assert [result.transcript.speaker_of(word) for word in result.transcript.all_words] == speakers
    assert result.transcript.start_ms == transcript.starts[0] // 1000 * 1000
