import pytest
from reading import cues, exact, read, turns, words
from sniffing import takers

from index import formats
from index.builder import TranscriptBuilder
from index.errors import TranscriptError

LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.5
tiers? <exists>
size = 3
item []:
    item [1]:
        class = "IntervalTier"
        name = "words"
        xmin = 0
        xmax = 2.5
        intervals: size = 4
        intervals [1]:
            xmin = 0
            xmax = 0.5
            text = ""
        intervals [2]:
            xmin = 0.5
            xmax = 1.1
            text = "say ""3"" [1]: xmin = 4"
        intervals [3]:
            xmin = 1.1
            xmax = 1.6
            text = "hello"
        intervals [4]:
            xmin = 1.6
            xmax = 2.5
            text = "sp"
    item [2]:
        class = "IntervalTier"
        name = "phones"
        xmin = 0
        xmax = 2.5
        intervals: size = 1
        intervals [1]:
            xmin = 0
            xmax = 2.5
            text = "h"
    item [3]:
        class = "TextTier"
        name = "bells"
        xmin = 0
        xmax = 2.5
        points: size = 1
        points [1]:
            number = 1.0
            mark = "ding"
"""
SHORT = """File type = "ooTextFile"
"TextGrid"

0
2.5
<exists>
2
"IntervalTier"
"Ann"
0
2.5
2
0
1.5
"It ""rained""."
1.5
2.5
""
"IntervalTier"
"Bob"
0
2.5
1
1.5
2.5
"When?
Where?"
"""


def test_the_long_form_with_a_tier_of_words() -> None:
    assert takers(LONG) == ["TextGrid"]
    result = read(LONG, "talk.TextGrid")
    assert result.format == "TextGrid"
    assert words(result.transcript) == ["say", '"3"', "[1]:", "xmin", "=", "4", "hello"]
    assert exact(result.transcript)[-1] == ("hello", 1100, 1600)
    assert turns(result.transcript)[0][0] is None
    assert result.warnings == ("One tier of points was left out.", "One tier that is no speech was left out.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le"])
def test_the_short_form_with_a_tier_a_speaker(encoding: str) -> None:
    result = read(SHORT.encode(encoding), "talk.TextGrid")
    assert turns(result.transcript) == [("Ann", 'It "rained".'), ("Bob", "When? Where?")]
    assert cues(result.transcript) == [(0, 1500, 'It "rained".'), (1500, 2500, "When? Where?")]
    assert takers(SHORT) == ["TextGrid"]


def test_a_tier_of_words_beside_one_of_sentences() -> None:
    builder = TranscriptBuilder()
    builder.add_cue(0, 900)
    builder.set_speaker("Ann (host)")
    builder.add_word('The "tide"', 0, 900)
    text = formats.to_text(builder.build(), "TextGrid", formats.WriteOptions(word_times=True))
    assert '"Ann (host) - words"' in text
    back = read(text).transcript
    assert [word for word, *_ in exact(back)] == ["The", '"tide"']
    assert turns(back) == [("Ann (host)", 'The "tide"')]


def test_words_that_are_not_those_of_the_sentence_are_not_used() -> None:
    text = SHORT.replace('"Bob"', '"Ann - words"')
    back = read(text).transcript
    assert turns(back) == [("Ann", 'It "rained".')]
    assert exact(back) == []


@pytest.mark.parametrize("cut", range(120, len(LONG), 41))
def test_cut_files_keep_whole_intervals(cut: int) -> None:
    try:
        result = read(LONG[:cut], "a.TextGrid")
    except TranscriptError as error:
        sentence = str(error)
    else:
        sentence = ""
        assert "hello" in result.transcript.text or words(result.transcript)[0] == "say"
    assert not sentence or "no words" in sentence


def test_hostile_grids() -> None:
    head = LONG[: LONG.index("intervals [1]")]
    for text in (
        head.replace("size = 4", "size = 99999999999"),
        head.replace("size = 4", "size = 1e300"),
        head + '"' * 1_000_001,
        head + "1 " * 300_000,
        head + 'xmin = nan\nxmax = 1\ntext = "x"',
    ):
        with pytest.raises(TranscriptError):
            read(text, "a.TextGrid")
