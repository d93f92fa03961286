"""JSON of AssemblyAI (https://www.assemblyai.com/docs/api-reference/transcripts): times in milliseconds."""

from typing import Any

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.cloud_json import has, inside, speaker_of, stream, tell
from index.formats.json_tools import dicts_in, load, ms_of, text_of, value_of
from index.formats.segments import CARRY_ON, Segment, TimedWord

_STRETCHES = ("utterances", "sentences", "paragraphs")


def sniff(text: str) -> bool:
    """Whether the JSON has utterances, sentences or paragraphs with words inside, or words beside the job's facts."""
    value = value_of(text)
    if not isinstance(value, dict):
        return False
    for key in _STRETCHES:
        first = inside(value, key, 0)
        if has(first, "text") and has(first, "start") and type(inside(first, "start")) is int:
            return has(first, "words") or has(first, "speaker")
    first = inside(value, "words", 0)
    job = has(value, "audio_url", "acoustic_model", "speech_model", "language_model", "status", "audio_duration")
    return job and has(first, "text") and type(inside(first, "start")) is int and not has(first, "word")


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the words to the builder in sentences.

    Raises:
        TranscriptError: it is damaged, or there are no words in it.
    """
    value = load(text)
    stretches = next((found for key in _STRETCHES if (found := dicts_in(value.get(key)))), [])
    segments: list[Segment] = []
    for item in stretches:
        words = [_word(word) for word in dicts_in(item.get("words"))]
        if words:
            segments += stream([word._replace(speaker=_speaker(item, word.speaker)) for word in words])
        else:
            times = ms_of(item.get("start"), 1000), ms_of(item.get("end"), 1000)
            segments.append(Segment(*times, text_of(item.get("text")).strip(), (), _speaker(item, CARRY_ON)))
    if not stretches:
        segments = stream([_word(word) for word in dicts_in(value.get("words"))])
    tell(segments, [text_of(value.get("text"))], builder, findings)


def _speaker(item: dict[str, Any], otherwise: str | None) -> str | None:
    return speaker_of(item["speaker"]) if "speaker" in item else otherwise


def _word(item: dict[str, Any]) -> TimedWord:
    times = ms_of(item.get("start"), 1000), ms_of(item.get("end"), 1000)
    return TimedWord(text_of(item.get("text")), *times, _speaker(item, CARRY_ON))
