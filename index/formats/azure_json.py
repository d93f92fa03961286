"""JSON of Azure speech to text (https://learn.microsoft.com/azure/ai-services/speech-service): batch and fast."""

import re
from typing import Any

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.cloud_json import has, inside, respelt, speaker_of, tell, together
from index.formats.json_tools import dicts_in, load, ms_of, text_of, value_of
from index.formats.segments import CARRY_ON, Segment, TimedWord, sentences

_TICKS = 10_000_000  # Of 100 ns, in a second.
_DURATION = re.compile(r"PT(?:([0-9]{1,5})H)?(?:([0-9]{1,7})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,9})?)S)?\Z", re.IGNORECASE)


def sniff(text: str) -> bool:
    """Whether the JSON has recognised phrases, or phrases with offsets in milliseconds."""
    value = value_of(text)
    return has(inside(value, "recognizedPhrases", 0), "nBest") or has(inside(value, "phrases", 0), "offsetMilliseconds")


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the phrases to the builder in sentences, as they are to be read, with the times of the words as recognised.

    Raises:
        TranscriptError: it is damaged, or there are no words in it.
    """
    value = load(text)
    channels: dict[str, list[Segment]] = {}
    for phrase in dicts_in(value.get("recognizedPhrases")) or dicts_in(value.get("phrases")):
        channels.setdefault(str(phrase.get("channel")), []).extend(_phrase(phrase))
    tell(together(list(channels.values()), findings), (), builder, findings)


def _phrase(phrase: dict[str, Any]) -> list[Segment]:
    best = next(iter(dicts_in(phrase.get("nBest"))), phrase)
    speaker = speaker_of(phrase["speaker"]) if "speaker" in phrase else CARRY_ON
    start, end = _times(phrase)
    said = (text_of(best.get("display")) or text_of(best.get("text")) or text_of(best.get("lexical"))).strip()
    heard = dicts_in(best.get("displayWords")) or dicts_in(best.get("words"))
    words = [TimedWord(_text(word), *_times(word), speaker) for word in heard]
    if said and any(word.start_ms is not None for word in words):
        return sentences(respelt(said, words))
    return [Segment(start, end, said, (), speaker)] if said else []


def _text(word: dict[str, Any]) -> str:
    return text_of(word.get("displayText")) or text_of(word.get("word")) or text_of(word.get("text"))


def _times(item: dict[str, Any]) -> tuple[int | None, int | None]:
    start, length = _time(item, "offset"), _time(item, "duration")
    return start, None if start is None or length is None else start + length


def _time(item: dict[str, Any], name: str) -> int | None:
    """Milliseconds of `offsetInTicks`, of `offsetMilliseconds`, or of an `offset` such as `PT1M0.07S` (ISO 8601)."""
    for key, per_second in ((f"{name}InTicks", _TICKS), (f"{name}Milliseconds", 1000)):
        if key in item:
            return ms_of(item[key], per_second)
    found = _DURATION.match(text_of(item.get(name)))
    if not found or not any(found.groups()):
        return None
    hours, minutes, seconds = found.groups()
    return ms_of(int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds or 0))
