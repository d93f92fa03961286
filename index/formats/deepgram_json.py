"""JSON of Deepgram (https://developers.deepgram.com/docs/pre-recorded-audio): words, or utterances without words."""

from typing import Any

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.cloud_json import has, inside, speaker_of, stream, tell, together
from index.formats.json_tools import dicts_in, load, ms_of, text_of, value_of
from index.formats.segments import CARRY_ON, Segment, TimedWord


def sniff(text: str) -> bool:
    """Whether the JSON has results in channels with alternatives, or utterances with a transcript."""
    results = inside(value_of(text), "results")
    return has(inside(results, "channels", 0), "alternatives") or has(inside(results, "utterances", 0), "transcript")


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the words to the builder in sentences, spelt and punctuated where the service did so.

    Raises:
        TranscriptError: it is damaged, or there are no words in it.
    """
    results = load(text)["results"]
    best = [inside(channel, "alternatives", 0) for channel in dicts_in(results.get("channels"))]
    channels = [stream([_word(word) for word in dicts_in(inside(each, "words"))]) for each in best]
    segments = together(channels, findings) or [_utterance(each) for each in dicts_in(results.get("utterances"))]
    tell(segments, [text_of(inside(each, "transcript")) for each in best], builder, findings)


def _word(item: dict[str, Any]) -> TimedWord:
    word = text_of(item.get("punctuated_word")) or text_of(item.get("word"))
    return TimedWord(word, ms_of(item.get("start")), ms_of(item.get("end")), _speaker(item))


def _speaker(item: dict[str, Any]) -> str | None:
    return speaker_of(item["speaker"]) if "speaker" in item else CARRY_ON


def _utterance(item: dict[str, Any]) -> Segment:
    words = [_word(word) for word in dicts_in(item.get("words"))]
    text = text_of(item.get("transcript")).strip()
    return Segment(ms_of(item.get("start")), ms_of(item.get("end")), text, words, _speaker(item))
