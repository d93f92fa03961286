"""JSON of the BBC's digital paper edit and of the editors that grew from it: words, and paragraphs with names."""

from bisect import bisect_right

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.cloud_json import has, inside, stream
from index.formats.json_tools import dicts_in, load, ms_of, name_of, objects_in, text_of, value_of
from index.formats.segments import CARRY_ON, TimedWord, feed

_NOBODY = frozenset({"TBC", "U_UKN", "UKN"})  # Whom nobody has named yet.


def sniff(text: str) -> bool:
    """Whether the JSON has words with a text and times, and paragraphs that have times and no text."""
    value = value_of(text)
    word, paragraph = inside(value, "words", 0), inside(value, "paragraphs", 0)
    return has(word, "text") and has(word, "start") and has(paragraph, "start") and not has(paragraph, "text", "words")


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the words to the builder in sentences; a paragraph has the words that begin before the next one does.

    Raises:
        TranscriptError: it is damaged, or there are no words in it.
    """
    value = load(text)
    paragraphs = sorted(
        (start, number, name_of(item["speaker"]) if "speaker" in item else CARRY_ON)
        for number, item in enumerate(dicts_in(value["paragraphs"]))
        if (start := ms_of(item.get("start"))) is not None
    )
    starts = [start for start, *_ in paragraphs]
    parts: list[list[TimedWord]] = [[] for _ in paragraphs] or [[]]
    at = 0
    for item in objects_in(value["words"], findings):
        start = ms_of(item.get("start"))
        if start is not None and paragraphs:
            at = max(0, bisect_right(starts, start) - 1)
        speaker = paragraphs[at][2] if paragraphs else CARRY_ON
        speaker = None if speaker in _NOBODY else speaker
        parts[at].append(TimedWord(text_of(item.get("text")), start, ms_of(item.get("end")), speaker))
    feed([segment for part in parts for segment in stream(part)], builder, findings)
