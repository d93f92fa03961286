import pytest
from reading import cues, read, turns
from sniffing import takers

from index.errors import TranscriptError

LABELS = "0.500000\t2.000000\tIt rained.\n2.000000\t2.000000\tWhen?\n\\\t100.0\t2000.5\n4.250000\t6.100000\tAt noon\n"
AUD = "114.488\t119.822\t[[SPEAKER_01]]Some words said\n120.0\t121.0\t[[SPEAKER_00]]yes: well\n122.0\t123.0\tnobody\n"


def test_regions_points_and_frequencies() -> None:
    assert takers(LABELS) == ["Audacity labels"]
    result = read(LABELS, "labels.txt")
    assert result.format == "Audacity labels"
    assert result.warnings == ()
    assert cues(result.transcript) == [(500, 2000, "It rained."), (2000, 4250, "When?"), (4250, 6100, "At noon")]


def test_speakers_of_whisperx() -> None:
    assert takers(AUD) == ["Audacity labels"]
    assert turns(read(AUD).transcript) == [
        ("SPEAKER_01", "Some words said"),
        ("SPEAKER_00", "yes: well"),
        (None, "nobody"),
    ]


def test_speakers_as_in_captions() -> None:
    text = "0.5\t1.0\tAnn: Hello\n1.0\t2.0\tBob: Yes\n"
    assert turns(read(text).transcript) == [("Ann", "Hello"), ("Bob", "Yes")]


def test_decimal_commas_times_before_the_beginning_and_order() -> None:
    text = "3,400000\t6,1006\tsecond\n-0,500000\t1,000000\tfirst\n\n7,0\t8,0\t\n9,0\t9,0\n"
    assert cues(read(text).transcript) == [(0, 1000, "first"), (3400, 6101, "second")]


def test_lines_that_are_no_labels_are_counted() -> None:
    result = read(LABELS * 2 + "x\n1.0\ty\tz\n99999999999.0\t1.0\tw\n" + "9" * 100 + "\n", "labels.txt")
    assert result.warnings == ("4 lines that are no labels were left out.",)
    assert len(result.transcript) == 10


def test_labels_without_words() -> None:
    with pytest.raises(TranscriptError, match="no labels with words"):
        read("1.0\t2.0\t\n3.0\t4.0\n")


@pytest.mark.parametrize("text", ["1\t2\tthree", "1.0 2.0 three", "start\tend\ttext", "a\n1.0\t2.0\tb", ""])
def test_other_texts_are_no_labels(text: str) -> None:
    assert "Audacity labels" not in takers(text)
