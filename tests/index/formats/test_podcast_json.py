import json

import pytest
from reading import cues, exact, read, read_json, turns

from index.errors import TranscriptError


def value(*segments: tuple[float, float | None, str, str | None]) -> dict[str, object]:
    keys = ("startTime", "endTime", "body", "speaker")
    return {
        "version": "1.0.0",
        "segments": [{k: v for k, v in zip(keys, segment, strict=True) if v is not None} for segment in segments],
    }


def test_segments_of_one_word_become_sentences() -> None:
    told = value(
        (0.5, 0.75, "I", "Dara"),
        (1, 1.25, "am", "Dara"),
        (1.5, 1.5, " late", None),
        (1.75, None, ".", None),
        (2, 2.5, "So", "Dara"),
        (3, 3.5, "what?", "Lee"),
        (9, 9.5, "Well", "Lee"),
    )
    result = read(json.dumps(told), "talk.json")
    assert result.format == "Podcast JSON"
    assert turns(result.transcript) == [("Dara", "I am late. So"), ("Lee", "what? Well")]
    assert [text for *_, text in cues(result.transcript)] == ["I am late.", "So", "what?", "Well"]
    assert exact(result.transcript)[:2] == [("I", 500, 750), ("am", 1000, 1250)]
    assert result.transcript.timing == "exact"


def test_a_long_silence_ends_a_sentence() -> None:
    told = value(*((n if n < 3 else n + 5, n + 0.5 if n < 3 else n + 5.5, "word", None) for n in range(6)))
    assert [text for *_, text in cues(read_json(told))] == ["word word word"] * 2


def test_captions_that_begin_together_are_lines_of_one() -> None:
    told = value(
        (0.5, 2, "It took years", "Dara"),
        (0.5, 3.5, "and years.", "Dara"),
        (4, None, "It did", None),
        (6, 7, "so much", "Lee"),
    )
    transcript = read_json(told)
    assert cues(transcript) == [
        (500, 3500, "It took years and years."),
        (4000, 6000, "It did"),
        (6000, 7000, "so much"),
    ]
    assert transcript.begins_line(3)
    assert turns(transcript) == [("Dara", "It took years and years. It did"), ("Lee", "so much")]


def test_two_speakers_at_once_are_two_cues() -> None:
    transcript = read_json(value((1, 2, "we all did", "Dara"), (1, 2, "nobody did", "Lee")))
    assert turns(transcript) == [("Dara", "we all did"), ("Lee", "nobody did")]


def test_the_list_in_milliseconds() -> None:
    transcript = read_json(
        [{"start": 1, "end": 5000, "text": "hello there"}, {"start": 5000, "end": 9000, "text": "you"}]
    )
    assert cues(transcript) == [(1, 5000, "hello there"), (5000, 9000, "you")]


def test_entries_that_are_no_segments() -> None:
    result = read('{"segments":[{"startTime":1,"endTime":2,"body":"a b"},7,{"startTime":2,"endTime":3,"body":null}]}')
    assert cues(result.transcript) == [(1000, 2000, "a b")]
    assert result.warnings == ("One entry that is no segment was left out.",)


def test_nothing_said_is_an_error() -> None:
    with pytest.raises(TranscriptError, match="no words"):
        read_json(value((1, 2, " ", None)))
