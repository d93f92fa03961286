"""JSON of Amazon Transcribe (https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html): items and labels."""

from typing import Any

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.cloud_json import glue, has, inside, speaker_of, stream, tell, together
from index.formats.json_tools import dicts_in, load, ms_of, text_of, value_of
from index.formats.segments import CARRY_ON, Segment, TimedWord


def sniff(text: str) -> bool:
    """Whether the JSON has results with items that have a type and alternatives."""
    results = inside(value_of(text), "results")
    first = inside(results, "items", 0) or inside(results, "channel_labels", "channels", 0, "items", 0)
    return has(first, "alternatives") and has(first, "type")


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the words to the builder in sentences; punctuation, which has no time, goes to the word before it.

    Raises:
        TranscriptError: it is damaged, or there are no words in it.
    """
    results = load(text)["results"]
    channels = dicts_in(inside(results, "channel_labels", "channels"))
    speakers = _speakers(results)
    parts = [_sentences(each.get("items"), speakers) for each in channels] or [
        _sentences(results.get("items"), speakers)
    ]
    texts = [text_of(each.get("transcript")) for each in dicts_in(results.get("transcripts"))]
    tell(together(parts, findings), texts, builder, findings)


def _speakers(results: dict[str, Any]) -> dict[str, str | None]:
    """Who speaks at each start, written as the file writes it, as older files tell it: apart from the items."""
    return {
        str(item.get("start_time")): speaker_of(item.get("speaker_label", segment.get("speaker_label")))
        for segment in dicts_in(inside(results, "speaker_labels", "segments"))
        for item in dicts_in(segment.get("items"))
    }


def _sentences(items: object, speakers: dict[str, str | None]) -> list[Segment]:
    words: list[TimedWord] = []
    for item in dicts_in(items):
        content = text_of(inside(item, "alternatives", 0, "content"))
        if item.get("type") == "punctuation":
            glue(words, content)
            continue
        label = speaker_of(item["speaker_label"]) if "speaker_label" in item else CARRY_ON
        if label == CARRY_ON:
            label = speakers.get(str(item.get("start_time")), CARRY_ON)
        words.append(TimedWord(content, ms_of(item.get("start_time")), ms_of(item.get("end_time")), label))
    return stream(words)
