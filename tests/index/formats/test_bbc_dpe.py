import json

import pytest
from reading import cues, exact, read, read_json, turns
from sniffing import takers

from index.errors import TranscriptError

WORDS = [
    {"id": n, "start": start, "end": start + 0.4, "text": text}
    for n, (start, text) in enumerate(
        ((13.02, "There"), (13.5, "was."), (20.0, "Was"), (20.5, "there?"), (23.0, "No."))
    )
]
PARAGRAPHS = [
    {"id": 0, "start": 13.02, "end": 14.0, "speaker": "F_S12"},
    {"id": 1, "start": 20.0, "end": 21.0, "speaker": "TBC"},
    {"id": 2, "start": 23.0, "end": 23.4, "speaker": "F_S12"},
]


def test_words_are_shared_out_to_the_paragraphs() -> None:
    value = {"words": WORDS, "paragraphs": PARAGRAPHS}
    assert takers(json.dumps(value)) == ["BBC DPE JSON"]
    result = read(json.dumps(value), "talk.json")
    assert turns(result.transcript) == [("F_S12", "There was."), (None, "Was there?"), ("F_S12", "No.")]
    assert cues(result.transcript) == [
        (13020, 13900, "There was."),
        (20000, 20900, "Was there?"),
        (23000, 23400, "No."),
    ]
    assert len(exact(result.transcript)) == 5


def test_no_word_outside_the_paragraphs_is_lost() -> None:
    value = {"words": [*WORDS, {"text": "later", "start": None}, 7], "paragraphs": [*PARAGRAPHS[1:], {"start": "x"}]}
    result = read(json.dumps(value), "talk.json")
    assert result.transcript.text.split() == ["There", "was.", "Was", "there?", "No.", "later"]
    assert result.warnings == ("One entry that is no segment was left out.", "One damaged time was repaired.")


def test_words_without_paragraphs_that_have_times() -> None:
    assert turns(read_json({"words": WORDS[:2], "paragraphs": [{"start": None, "speaker": "A"}]})) == [
        (None, "There was.")
    ]


def test_damage_is_told() -> None:
    with pytest.raises(TranscriptError, match="no words"):
        read_json({"words": [{"text": "", "start": 1}], "paragraphs": PARAGRAPHS})
