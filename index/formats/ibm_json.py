"""JSON of IBM Watson (https://cloud.ibm.com/apidocs/speech-to-text): words as lists, and speaker labels apart."""

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.cloud_json import has, inside, respelt, speaker_of, tell
from index.formats.json_tools import dicts_in, load, ms_of, text_of, value_of
from index.formats.segments import CARRY_ON, Segment, TimedWord, sentences


def sniff(text: str) -> bool:
    """Whether the JSON has results, one level deeper in the answer of a job, with Watson's marks."""
    value = value_of(text)
    if has(inside(value, "results", 0), "results"):
        value = inside(value, "results", 0)
    first = inside(value, "results", 0)
    best = inside(first, "alternatives", 0)
    return has(best, "transcript") and (has(best, "timestamps") or has(first, "final") or has(value, "result_index"))


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the words to the builder in sentences.

    Raises:
        TranscriptError: it is damaged, or there are no words in it.
    """
    value = load(text)
    answers = [answer for answer in dicts_in(value.get("results")) if "results" in answer] or [value]
    segments: list[Segment] = []
    texts = []
    for answer in answers:
        labels = {
            ms_of(label.get("from")): speaker_of(label.get("speaker"))
            for label in dicts_in(answer.get("speaker_labels"))
        }
        results = dicts_in(answer.get("results"))
        final = [result for result in results if result.get("final") is not False] or results[-1:]
        for best in (inside(result, "alternatives", 0) for result in final):
            said = text_of(inside(best, "transcript")).strip()
            words = _words(inside(best, "timestamps"), labels)
            texts.append(said)
            if words:
                segments += sentences(respelt(said or " ".join(word.text for word in words), words))
            elif segments and said:
                segments.append(Segment(None, None, said))
    tell(segments, texts, builder, findings)


def _words(items: object, labels: dict[int | None, str | None]) -> list[TimedWord]:
    """Words of lists such as `["hello", 0.16, 0.41]`."""
    words = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, list) and len(item) >= 3 and text_of(item[0]).strip():
            start = ms_of(item[1])
            words.append(TimedWord(item[0].strip(), start, ms_of(item[2]), labels.get(start, CARRY_ON)))
    return words
