import pytest
from reading import exact, read, turns, words
from sniffing import takers

from index.errors import TranscriptError

CTM = """;; made by hand
lake 1 0.50 0.20 The 0.98
lake 1 0.70 0.40 tide 0.91
lake 1 1.1 0.5 turned. NA
lake 1 1.6 0.3 <sil> 1.00
lake 1 2 0.4 When? 0.5 lex Ann
"""


def test_words_with_start_and_duration() -> None:
    assert takers(CTM) == ["CTM"]
    result = read(CTM, "talk.ctm")
    assert result.format == "CTM"
    assert exact(result.transcript) == [
        ("The", 500, 700),
        ("tide", 700, 1100),
        ("turned.", 1100, 1600),
        ("When?", 2000, 2400),
    ]
    assert turns(result.transcript)[-1] == ("Ann", "When?")


def test_of_alternatives_the_first() -> None:
    text = (
        "a 1 * * <ALT_BEGIN>\na 1 1.0 0.2 um\na 1 * * <ALT>\na 1 1.0 0.2 uh\na 1 * * <ALT_END>\n"
        "a 1 1.4 0.2 yes\n" + "a 1 2.0 0.2 no\n" * 9 + "a 1 x y z\n"
    )
    result = read(text, "a.ctm")
    assert words(result.transcript) == ["um", "yes", *["no"] * 9]
    assert result.warnings == ("One line that is no word was left out.",)


def test_channels_are_speakers() -> None:
    assert turns(read("a A 1.0 0.2 yes.\na B 0.5 0.2 no.\n").transcript) == [
        ("Channel 2", "no."),
        ("Channel 1", "yes."),
    ]


def test_several_recordings() -> None:
    with pytest.raises(TranscriptError, match="2 recordings"):
        read("a 1 1.0 0.2 yes\nb 1 1.0 0.2 no\n")


def test_nothing_but_silence() -> None:
    with pytest.raises(TranscriptError, match="no words"):
        read("a 1 1.0 0.2 <eps>\n")


@pytest.mark.parametrize("text", ["We were 2.5 metres away", "a 1 1 1 b", ";; a 1 1.0 0.2 b", "1.0 2.0 b", ""])
def test_other_texts(text: str) -> None:
    assert "CTM" not in takers(text)
