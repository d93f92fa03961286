"""JSON of Podlove's web player and publisher (https://docs.podlove.org): a list of entries with times in ms."""

from typing import Any

from index.builder import TranscriptBuilder
from index.formats.base import Findings
from index.formats.cloud_json import has, inside
from index.formats.json_tools import load, ms_of, name_of, objects_in, text_of, value_of
from index.formats.segments import CARRY_ON, Segment, feed


def sniff(text: str) -> bool:
    """Whether the JSON is a list, or holds one as `transcripts`, of texts with `start_ms`."""
    first = inside(_entries(value_of(text)), 0)
    return has(first, "start_ms") and has(first, "text")


def _entries(value: object) -> object:
    return value.get("transcripts") if isinstance(value, dict) else value


def read(text: str, builder: TranscriptBuilder, findings: Findings) -> None:
    """Add the entries to the builder, a cue each; `voice` names who speaks, `speaker` is a number for want of that.

    Raises:
        TranscriptError: it is damaged, or there are no words in it.
    """
    feed([_segment(item) for item in objects_in(_entries(load(text)), findings)], builder, findings)


def _segment(item: dict[str, Any]) -> Segment:
    told = has(item, "voice", "speaker")
    speaker = (name_of(item.get("voice")) or name_of(item.get("speaker"))) if told else CARRY_ON
    return Segment(_time(item, "start"), _time(item, "end"), text_of(item.get("text")).strip(), (), speaker)


def _time(item: dict[str, Any], key: str) -> int | None:
    ms = ms_of(item.get(f"{key}_ms"), 1000)
    return ms_of(item.get(key)) if ms is None else ms
