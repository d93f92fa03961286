"""Writes JSON as the Whisper programs do: segments in seconds, with speakers as WhisperX has them, and words."""

import json
from collections.abc import Collection
from typing import Any

from index.formats.base import WriteOptions
from index.formats.segments_out import Spoken, one_line, spoken, timed_words
from index.formats.webvtt import ESTIMATED_NOTE
from index.transcript import Transcript


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript with a segment a cue; with `options.word_times` each word of it too, with its time if it is exact.

    Where no time is exact, all words get one, and a note says that they are estimates. Not carried: line breaks, cue
    ids and settings, and where a turn begins if its speaker goes on.
    """
    timed = timed_words(transcript, options)
    named = options.speakers and bool(transcript.speakers)
    segments = [
        _segment(transcript, number, part, timed, named) for number, part in enumerate(spoken(transcript, options))
    ]
    value: dict[str, Any] = {"text": "".join(segment["text"] for segment in segments)}
    if options.language:
        value["language"] = options.language
    if options.word_times and transcript.timing == "estimated":
        value["note"] = ESTIMATED_NOTE
    return json.dumps(value | {"segments": segments}, ensure_ascii=False, indent=1) + "\n"


def _segment(transcript: Transcript, number: int, part: Spoken, timed: Collection[int], named: bool) -> dict[str, Any]:
    segment: dict[str, Any] = {"id": number, "start": part.start_ms / 1000, "end": part.end_ms / 1000}
    segment["text"] = " " + one_line(transcript, part.words)
    if named:
        segment["speaker"] = part.speaker
    if timed:
        segment["words"] = [_word(transcript, word, word in timed) for word in part.words]
    return segment


def _word(transcript: Transcript, word: int, timed: bool) -> dict[str, Any]:
    glued = transcript.is_glued(word)
    written: dict[str, Any] = {"word": ("" if glued else " ") + transcript.word_text(word)}
    if timed:
        start, end = transcript.starts[word], transcript.ends[word]
        written |= {"start": start / 1000, "end": max(end, start + 1) / 1000}
    return written
