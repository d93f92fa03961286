"""JSON of Speechmatics: version 1 with words and speakers apart, version 2 (https://docs.speechmatics.com)."""

from bisect import bisect_right
from typing import Any

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.cloud_json import glue, has, inside, speaker_of, stream, tell, together
from index.formats.json_tools import dicts_in, load, ms_of, text_of, value_of
from index.formats.segments import CARRY_ON, TimedWord

_NOBODY = frozenset({"UU", "UNK", "M?", "F?"})  # Whom the service could not tell.
_MARKS = frozenset(".,!?;:…。、，！？")


def sniff(text: str) -> bool:
    """Whether the JSON has words with `name`, `time` and `duration`, or results with a type and alternatives."""
    value = value_of(text)
    word = inside(value, "words", 0)
    if has(word, "name") and has(word, "time") and has(word, "duration"):
        return True
    first = inside(value, "results", 0)
    return has(first, "type") and has(first, "start_time")


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the words to the builder in sentences; marks of punctuation join the word that they belong to.

    Raises:
        TranscriptError: it is damaged, or there are no words in it.
    """
    value = load(text)
    if "results" not in value:
        tell(stream(_old_words(value)), (), builder, findings)
        return
    channels: dict[str, list[TimedWord]] = {}
    before = ""  # A mark for the next word.
    for item in dicts_in(value["results"]):
        words = channels.setdefault(str(item.get("channel")), [])
        best = inside(item, "alternatives", 0)
        content = text_of(inside(best, "content"))
        if not content:
            continue
        attaches = item.get("attaches_to", "previous" if item.get("type") == "punctuation" else "none")
        if attaches in ("previous", "both"):
            glue(words, content)
            continue
        if attaches == "next":
            before += content
            continue
        times = ms_of(item.get("start_time")), ms_of(item.get("end_time"))
        words.append(TimedWord(before + content, *times, _speaker(best)))
        before = ""
    if before:
        glue(words, before)
    tell(together([stream(each) for each in channels.values()], findings), (), builder, findings)


def _speaker(item: dict[str, Any]) -> str | None:
    if "speaker" not in item:
        return CARRY_ON
    return None if item["speaker"] in tuple(_NOBODY) else speaker_of(item["speaker"])


def _old_words(value: dict[str, Any]) -> list[TimedWord]:
    """Words of version 1: who speaks is a list of its own, by time."""
    turns = sorted(
        (start, text_of(item.get("name")))
        for item in dicts_in(value.get("speakers"))
        if (start := ms_of(item.get("time"))) is not None
    )
    starts = [start for start, _ in turns]
    words: list[TimedWord] = []
    for item in dicts_in(value.get("words")):
        name, start, length = text_of(item.get("name")), ms_of(item.get("time")), ms_of(item.get("duration"))
        if name and _MARKS.issuperset(name):
            glue(words, name)
            continue
        speaker: str | None = CARRY_ON
        if turns and start is not None:
            label = turns[max(0, bisect_right(starts, start) - 1)][1]
            speaker = None if label in _NOBODY else speaker_of(label)
        words.append(TimedWord(name, start, None if start is None or length is None else start + length, speaker))
    return words
