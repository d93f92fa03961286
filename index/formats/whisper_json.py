"""JSON of the Whisper family: openai-whisper, faster-whisper, WhisperX, OpenAI's API, Hugging Face, whisper.cpp."""

from typing import Any

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.json_tools import dicts_in, load, ms_of, name_of, objects_in, text_of, value_of
from index.formats.segments import CARRY_ON, Segment, TimedWord, feed, lay_out, sentences
from index.formats.webvtt import ESTIMATED_NOTE
from index.formats.whisper_text import TURN


def sniff(text: str) -> bool:
    """Whether the JSON has the segments, words or chunks of one of the family's programs."""
    value = value_of(text)
    if isinstance(value, list):
        first = next(iter(dicts_in(value)), {})
        return ("text" in first and "start" in first and "end" in first) or _is_chunk(first)
    if not isinstance(value, dict):
        return False
    if "segments" in value:
        first = next(iter(dicts_in(value["segments"])), {})
        return "startTime" not in first and "body" not in first
    if "transcription" in value:
        return True
    first = next(iter(dicts_in(value.get("chunks"))), {})
    if _is_chunk(first):
        return True
    first = next(iter(dicts_in(value.get("words"))), {})
    return "word" in first and "start" in first


def _is_chunk(item: dict[str, Any]) -> bool:
    return "timestamp" in item and "text" in item


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the segments to the builder, with word times where the file has them.

    Raises:
        TranscriptError: it is damaged, or there are no segments in it.
    """
    value = load(text)
    if isinstance(value, list):
        items = objects_in(value, findings)
        segments = _chunks(items) if items and _is_chunk(items[0]) else [_segment(item) for item in items]
    elif "transcription" in value:
        segments = [_cpp_segment(item) for item in objects_in(value["transcription"], findings)]
    elif "segments" in value:
        segments = [_segment(item) for item in objects_in(value["segments"], findings)]
        words = [_word(item) for item in dicts_in(value.get("words"))]
        if words and not any(segment.words for segment in segments):
            segments = _shared_out(words, segments) if segments else _words_alone(words, text_of(value.get("text")))
    elif "chunks" in value:
        segments = _chunks(objects_in(value["chunks"], findings))
    else:
        words = [_word(item) for item in objects_in(value["words"], findings)]
        segments = _words_alone(words, text_of(value.get("text")))
    if isinstance(value, dict) and value.get("note") == ESTIMATED_NOTE:
        segments = [segment._replace(words=()) for segment in segments]
    feed(segments, builder, findings)


def _speaker(item: dict[str, Any]) -> str | None:
    return name_of(item["speaker"]) if "speaker" in item else CARRY_ON


def _word(item: dict[str, Any]) -> TimedWord:
    word = text_of(item.get("word")) or text_of(item.get("text"))
    return TimedWord(word, ms_of(item.get("start")), ms_of(item.get("end")), _speaker(item))


def _segment(item: dict[str, Any]) -> Segment:
    """A segment of openai-whisper, faster-whisper or WhisperX: seconds, and words where asked for."""
    words = [word for word in map(_word, dicts_in(item.get("words"))) if word.text.strip()]
    text = text_of(item.get("text"))
    if not text and words:
        text = "".join(word.text for word in lay_out(words) or ())
    return Segment(ms_of(item.get("start")), ms_of(item.get("end")), text.strip(), words, _speaker(item))


def _shared_out(words: list[TimedWord], segments: list[Segment]) -> list[Segment]:
    """The segments, each with the words that begin before the next one does."""
    shared: list[Segment] = []
    at = 0
    for number, segment in enumerate(segments):
        following = segments[number + 1].start_ms if number + 1 < len(segments) else None
        first = at
        while at < len(words):
            start = words[at].start_ms
            if following is not None and start is not None and start >= following:
                break
            at += 1
        shared.append(segment._replace(words=words[first:at]))
    return shared


def _words_alone(words: list[TimedWord], text: str) -> list[Segment]:
    """Sentences of words that came without segments, punctuated as in the whole text."""
    return sentences(lay_out(words, text) or lay_out(words) or [])


def _chunks(items: list[dict[str, Any]]) -> list[Segment]:
    """Chunks of a Hugging Face pipeline: phrases, or words if those were asked for."""
    parts = []
    for item in items:
        times = item.get("timestamp")
        start, end = (times[0], times[1]) if isinstance(times, list | tuple) and len(times) == 2 else (None, None)
        parts.append(TimedWord(text_of(item.get("text")), ms_of(start), ms_of(end), _speaker(item)))
    if len(parts) > 2 and 2 * sum(len(part.text.split()) <= 1 for part in parts) > len(parts):
        return sentences(lay_out(parts) or [])
    return [Segment(part.start_ms, part.end_ms, part.text.strip(), (), part.speaker) for part in parts]


def _cpp_segment(item: dict[str, Any]) -> Segment:
    """A segment of whisper.cpp: milliseconds, and tokens, of which those with a space in front begin a word."""
    words = []
    for token in dicts_in(item.get("tokens")):
        part = text_of(token.get("text"))
        if part and not (part.startswith("[_") and part.endswith("]")):
            start, end = _cpp_times(token)
            words.append(TimedWord(part, start, end))
    start, end = _cpp_times(item)
    text = text_of(item.get("text"))
    ends_turn = item.get("speaker_turn_next") is True or text.rstrip().endswith(TURN)
    if TURN in text:
        text, words = text.replace(TURN, " "), [word for word in words if TURN not in word.text]
    return Segment(start, end, text.strip(), words, _speaker(item), ends_turn)


def _cpp_times(item: dict[str, Any]) -> tuple[int | None, int | None]:
    for key, per_second in (("offsets", 1000), ("timestamps", 1)):
        times = item.get(key)
        if isinstance(times, dict):
            return ms_of(times.get("from"), per_second), ms_of(times.get("to"), per_second)
    return None, None
