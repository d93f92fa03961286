"""Short ways for tests to read a text and to look at what came of it."""

import json

from index import formats
from index.formats.base import ReadResult
from index.transcript import Timing, Transcript


def read(text: str | bytes, name: str = "talk.vtt") -> ReadResult:
    return formats.read_bytes(text.encode() if isinstance(text, str) else text, name)


def read_json(value: object) -> Transcript:
    return read(json.dumps(value), "talk.json").transcript


def words(transcript: Transcript) -> list[str]:
    return [transcript.word_text(word) for word in transcript.all_words]


def turns(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, transcript.text_of(turn.words)) for turn in transcript.turns()]


def cues(transcript: Transcript) -> list[tuple[int, int, str]]:
    return [(cue.start_ms, cue.end_ms, transcript.text_of(cue.words).replace("\n", " ")) for cue in transcript.cues()]


def exact(transcript: Transcript) -> list[tuple[str, int, int]]:
    """Words whose times are the source's."""
    found = map(transcript.word, transcript.all_words)
    return [(word.text, word.start_ms, word.end_ms) for word in found if word.timing is Timing.EXACT]
