"""Podcasting 2.0 JSON (https://github.com/Podcastindex-org/podcast-namespace), and its variant in milliseconds."""

import json
from typing import Any

from index.builder import TranscriptBuilder
from index.errors import TranscriptError
from index.formats.base import Findings, WriteOptions
from index.formats.json_tools import dicts_in, load, ms_of, name_of, objects_in, text_of, value_of
from index.formats.segments import CARRY_ON, Segment, TimedWord, feed, glues, lay_out, sentences
from index.formats.segments_out import Spoken, one_line, spoken
from index.transcript import Transcript, WordRange


def sniff(text: str) -> bool:
    """Whether the JSON has segments with a `startTime` or a `body`, or is a list of segments in milliseconds."""
    value = value_of(text)
    if isinstance(value, dict):
        return any("startTime" in item or "body" in item for item in dicts_in(value.get("segments"))[:1])
    return isinstance(value, list) and _in_ms(value)


def _in_ms(items: list[Any]) -> bool:
    """Whether the times of the list are whole numbers, and its segments would last minutes if they were seconds."""
    lengths = []
    for item in items[:1000]:
        if not isinstance(item, dict) or "text" not in item:
            return False
        start, end = item.get("start"), item.get("end")
        if not isinstance(start, int) or not isinstance(end, int):
            return False
        lengths.append(end - start)
    return bool(lengths) and sorted(lengths)[len(lengths) // 2] >= 100


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the segments to the builder; where they hold one word each, these are joined to sentences.

    Raises:
        TranscriptError: it is damaged, or there are no segments in it.
    """
    value = load(text)
    if isinstance(value, list):
        parts = [_part(item, item.get("start"), item.get("end"), 1000, "text") for item in objects_in(value, findings)]
    else:
        items = objects_in(value["segments"], findings)
        parts = [_part(item, item.get("startTime"), item.get("endTime"), 1, "body") for item in items]
    said = [part for part in parts if part.text.strip()]
    if not said:
        raise TranscriptError("has no words in it, so there is no transcript; choose another file")
    single = sum(len(part.text.split()) == 1 for part in said)
    if len(said) > 1 and single * 5 > len(said) * 4:
        feed(sentences(lay_out(said) or []), builder, findings)
    else:
        feed(_captions(said), builder, findings)


def _part(item: dict[str, Any], start: object, end: object, per_second: int, key: str) -> TimedWord:
    speaker = name_of(item["speaker"]) if "speaker" in item else CARRY_ON
    return TimedWord(text_of(item.get(key)), ms_of(start, per_second), ms_of(end, per_second), speaker)


def _captions(parts: list[TimedWord]) -> list[Segment]:
    """A segment each; those that begin together and have one speaker are the lines of one caption."""
    segments: list[Segment] = []
    for start, end, text, speaker in ((p.start_ms, p.end_ms, p.text.strip(), p.speaker) for p in parts):
        last = segments[-1] if segments else None
        if last and start is not None and last.start_ms == start and speaker in (CARRY_ON, last.speaker):
            later = max((ms for ms in (last.end_ms, end) if ms is not None), default=None)
            segments[-1] = last._replace(end_ms=later, text=f"{last.text}\n{text}")
        else:
            segments.append(Segment(start, end, text, (), speaker))
    return segments


def write(transcript: Transcript, options: WriteOptions) -> str:
    """The transcript as Podcasting 2.0 JSON: a segment a cue, or a word if `options.word_times` are asked for.

    Not carried: line breaks, cue ids and settings, where a turn begins if its speaker goes on, and which word times
    are estimates; cues, if the segments are words.
    """
    parts = list(spoken(transcript, options))
    if options.word_times:
        parts = [word for part in parts for word in _words(transcript, part)]
    texts = _spaced(transcript, parts)
    named = options.speakers and bool(transcript.speakers)
    segments = [
        ({"speaker": part.speaker or ""} if named else {})
        | {"startTime": part.start_ms / 1000, "endTime": part.end_ms / 1000, "body": text}
        for part, text in zip(parts, texts, strict=True)
    ]
    return json.dumps({"version": "1.0.0", "segments": segments}, ensure_ascii=False, indent=1) + "\n"


def _words(transcript: Transcript, part: Spoken) -> list[Spoken]:
    """Each word by itself; one that goes on with the word before it, as readers would not guess, is left with that."""
    words: list[Spoken] = []
    for number in part.words:
        word = transcript.word(number)
        start, end = word.start_ms, max(word.end_ms, word.start_ms + 1)
        if words and transcript.is_glued(number) and not glues(transcript.word_text(number - 1), word.text):
            first = words[-1]
            words[-1] = Spoken(WordRange(first.words.first, number + 1), part.speaker, first.start_ms, end)
        else:
            words.append(Spoken(WordRange(number, number + 1), part.speaker, start, end))
    return words


def _spaced(transcript: Transcript, parts: list[Spoken]) -> list[str]:
    """The texts; where they are words, with a space in front of those that would else be put to the word before."""
    texts = [one_line(transcript, part.words) for part in parts]
    if sum(len(text.split()) == 1 for text in texts) * 5 <= len(texts) * 4:
        return texts
    apart = [not transcript.is_glued(part.words.first) for part in parts]
    spaced = [apart[number] and glues(texts[number - 1], texts[number]) for number in range(1, len(texts))]
    if 2 * sum(spaced) > len(spaced):
        spaced = apart[1:]  # So many that readers take a word without a space for the end of the one before it.
    return texts[:1] + [" " * space + text for space, text in zip(spaced, texts[1:], strict=True)]
