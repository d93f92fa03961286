import json

from reading import cues, read, read_json, turns
from sniffing import takers

ENTRIES = [
    {
        "start": "00:00:01.120",
        "start_ms": 1120,
        "end": "00:00:04.300",
        "end_ms": 4300,
        "speaker": "1",
        "voice": "Mara",
        "text": "The tide: it turned.",
    },
    {"start": "00:00:04.300", "start_ms": 4300, "end_ms": None, "speaker": "2", "voice": "", "text": "When?"},
    {"start": "00:00:06.000", "end": "00:00:07.500", "start_ms": "x", "speaker": "", "text": "At noon."},
]


def test_voices_name_speakers_and_numbers_stand_in_for_them() -> None:
    result = read(json.dumps(ENTRIES), "talk.json")
    assert result.format == "Podlove JSON"
    assert turns(result.transcript) == [("Mara", "The tide: it turned."), ("Speaker 2", "When?"), (None, "At noon.")]
    assert cues(result.transcript) == [
        (1120, 4300, "The tide: it turned."),
        (4300, 6000, "When?"),
        (6000, 7500, "At noon."),
    ]


def test_it_is_taken_before_the_list_of_whisper() -> None:
    assert takers(json.dumps(ENTRIES))[0] == "Podlove JSON"
    assert takers(json.dumps(ENTRIES[1:])) == ["Podlove JSON"]
    assert turns(read_json({"transcripts": ENTRIES[:1]})) == [("Mara", "The tide: it turned.")]
