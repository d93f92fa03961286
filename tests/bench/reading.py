"""How quick the big formats are read, beside what a program that only wants their captions would use."""

import csv
import io
import json
from collections.abc import Callable

import pysubs2
from defusedxml import ElementTree
from praatio.utilities import textgrid_io

from index import formats
from index.formats.base import WriteOptions
from index.transcript import Transcript
from tests.bench.report import Row
from tests.bench.timing import median_ms

_TIMED = WriteOptions(word_times=True)

# Each format with the bare parser that its readers are built on, or another reader.
_OTHERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "SRT": ("pysubs2, cues only", lambda text: pysubs2.SSAFile.from_string(text, "srt")),
    "ASS": ("pysubs2, cues only", lambda text: pysubs2.SSAFile.from_string(text, "ass")),
    "Whisper JSON": ("json.loads alone", json.loads),
    "Podcast JSON": ("json.loads alone", json.loads),
    "TTML": ("its XML parsed alone", ElementTree.fromstring),
    "ELAN": ("its XML parsed alone", lambda text: ElementTree.fromstring(text.encode())),
    "TextGrid": ("praatio", textgrid_io.parseTextgridStr),
    "CSV": ("its rows alone", lambda text: list(csv.reader(io.StringIO(text)))),
}


def rows_of(transcript: Transcript, runs: int) -> list[Row]:
    """A row for each format, measured on what Earmark writes of the transcript, every word timed."""
    found = []
    for name, (other, read) in _OTHERS.items():
        text = formats.to_text(transcript, name, _TIMED)
        data = text.encode()
        ours = median_ms(lambda data=data, name=name: formats.read_bytes(data, name), runs)
        theirs = median_ms(lambda text=text, read=read: read(text), runs)
        what = f"read {name}, {len(data) / 1e6:.1f} MB"
        found.append(Row(what, f"{ours:.0f} ms, {ours / theirs:.1f}x", "", f"{other}: {theirs:.0f} ms", None))
    return found
