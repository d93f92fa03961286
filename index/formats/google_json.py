"""JSON of Google Cloud Speech-to-Text (https://cloud.google.com/speech-to-text/docs/reference/rest), v1 and v2."""

from typing import Any

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.cloud_json import has, inside, respelt, speaker_of, stream, tell
from index.formats.json_tools import dicts_in, load, ms_of, objects_in, text_of, value_of
from index.formats.segments import CARRY_ON, Segment, TimedWord, sentences

_STARTS = ("startTime", "startOffset", "start_time", "start_offset")
_ENDS = ("endTime", "endOffset", "end_time", "end_offset")
_RESULT_ENDS = ("resultEndTime", "resultEndOffset", "result_end_time", "result_end_offset")
_SPEAKERS = ("speakerTag", "speakerLabel", "speaker_tag", "speaker_label")


def sniff(text: str) -> bool:
    """Whether the JSON has results with alternatives, and words or transcripts in these, in Google's way."""
    value = value_of(text)
    if has(value, "result_index", "speaker_labels"):
        return False
    first = inside(_results(value), 0)
    if has(first, "final", "results", "type"):
        return False
    best = inside(first, "alternatives", 0)
    return has(best, "words") or (has(best, "transcript") and not has(best, "timestamps"))


def _results(value: object) -> Any:
    """The list of results; an operation's answer has it one level deeper."""
    return inside(value, "results") or inside(value, "response", "results")


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the words to the builder in sentences; of a diarized file only the last result, which repeats all words.

    Raises:
        TranscriptError: it is damaged, or there are no words in it.
    """
    results = objects_in(_results(load(text)), findings)
    best = [inside(result, "alternatives", 0) for result in results]
    words = [[_word(word) for word in dicts_in(inside(each, "words"))] for each in best]
    first = next((own for own in words if own), [])
    if first and first[0].start_ms is None and first[0].end_ms is not None:
        first[0] = first[0]._replace(start_ms=0)  # A time of 0 is left out.
    if _repeats(words):
        tell(stream(words[-1]), (), builder, findings)
        return
    segments: list[Segment] = []
    timed, reached = False, 0
    for result, each, own in zip(results, best, words, strict=True):
        said = text_of(inside(each, "transcript")).strip()
        end = _time(result, _RESULT_ENDS)
        if own:
            segments += sentences(respelt(said, own)) if said else stream(own)
        elif said:
            segments.append(Segment(reached, None if end is None else max(reached, end), said))
        timed |= bool(own) or end is not None
        reached = max([reached, end or 0, *(word.end_ms or 0 for word in own)])
    texts = [text_of(inside(each, "transcript")) for each in best]
    tell(segments if timed else (), texts, builder, findings)


def _repeats(words: list[list[TimedWord]]) -> bool:
    """Whether the last result says once more, with speakers, what the ones before it said."""
    last, before = words[-1] if words else [], [word for result in words[:-1] for word in result]
    if not last or not before:
        return False
    if [word.text for word in last] == [word.text for word in before]:
        return True
    tagged = any(word.speaker not in (CARRY_ON, None) for word in last)
    starts = last[0].start_ms, before[0].start_ms
    return (
        tagged
        and all(word.speaker in (CARRY_ON, None) for word in before)
        and (starts[0] or 0) <= (starts[1] or 0)
        and len(last) * 10 >= len(before) * 9
    )


def _time(item: dict[str, Any], keys: tuple[str, ...]) -> int | None:
    """Milliseconds of `"12.900s"`, or of `{"seconds": "12", "nanos": 900000000}`, where a missing one is 0."""
    found = next((item[key] for key in keys if key in item), None)
    if isinstance(found, dict):
        seconds, nanos = ms_of(found.get("seconds", 0)), ms_of(found.get("nanos", 0), 1_000_000_000)
        return None if seconds is None or nanos is None else seconds + nanos
    return ms_of(found.removesuffix("s") if isinstance(found, str) else found)


def _word(item: dict[str, Any]) -> TimedWord:
    """A word; Japanese ones bring their reading after a bar."""
    word = text_of(item.get("word"))
    found = next((item[key] for key in _SPEAKERS if key in item), CARRY_ON)
    speaker = None if found in (0, "", None) else speaker_of(found) if found != CARRY_ON else CARRY_ON
    return TimedWord(word.partition("|")[0] or word, _time(item, _STARTS), _time(item, _ENDS), speaker)
