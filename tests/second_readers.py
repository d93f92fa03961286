"""Other programs that read what Earmark writes, and what each of them finds in it."""

import csv
import io
import json
import re
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pysubs2
import webvtt

from index import formats
from index.formats.base import Format
from index.transcript import Transcript

_NEAR_MS = 1000  # Podcast HTML has whole seconds.
_PROGRAMS = ("ffmpeg", "mp3splt")
_SILENT_FRAME = b"\xff\xe3\x18\xc4" + bytes(68)  # Of an MP3: 72 ms.


class Seen(NamedTuple):
    """What a program finds: a caption, when it begins if the program tells that, and its text."""

    start_ms: int | None
    text: str


Reader = Callable[[bytes], list[Seen]]


def readers_of(format: Format) -> dict[str, Reader]:
    """The programs that read a format, by name, whether they are here or not."""
    return _READERS.get(format.name, {})


def is_here(name: str) -> bool:
    """Whether a program is installed; those that are Python come with the tests."""
    return name not in _PROGRAMS or bool(shutil.which(name))


def accepts(read: Reader, data: bytes, whole: Transcript) -> bool:
    """Whether a program finds every caption of the transcript in its order, with its words, when it is said."""
    seen = [each for each in read(data) if each.text.strip()]
    cues = list(whole.cues())
    return len(seen) == len(cues) and all(
        whole.text_of(cue.words) in " ".join(each.text.split())
        and (each.start_ms is None or abs(each.start_ms - cue.start_ms) < _NEAR_MS)
        for each, cue in zip(seen, cues, strict=True)
    )


@contextmanager
def _file(data: bytes, suffix: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"written{suffix}")
        path.write_bytes(data)
        yield str(path)


# Captions


def _webvtt(kind: str) -> Reader:
    def read(data: bytes) -> list[Seen]:
        found = webvtt.from_buffer(io.StringIO(data.decode()), format=kind, strict=True)
        return [Seen(caption.start_time.in_milliseconds(), caption.text) for caption in found.captions]

    return read


def _pysubs2(kind: str) -> Reader:
    def read(data: bytes) -> list[Seen]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [Seen(event.start, event.plaintext) for event in pysubs2.SSAFile.from_string(data.decode(), kind)]

    return read


def _whisper(data: bytes) -> list[Seen]:
    return [Seen(event.start, event.text) for event in pysubs2.load_from_whisper(json.loads(data))]


def _ffmpeg(kind: str) -> Reader:
    def read(data: bytes) -> list[Seen]:
        command = ["ffmpeg", "-loglevel", "error", "-f", kind, "-i", "pipe:0", "-f", "srt", "pipe:1"]
        done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=60)
        return _pysubs2("srt")(done.stdout)

    return read


def _ttconv(data: bytes) -> list[Seen]:
    from ttconv.imsc import reader
    from ttconv.model import Br, P, Text

    body = reader.to_model(ElementTree.ElementTree(ElementTree.fromstring(data))).get_body()
    found = []
    for element in body.dfs_iterator():
        if isinstance(element, P):
            inside = element.dfs_iterator()
            text = "".join("\n" if isinstance(e, Br) else e.get_text() for e in inside if isinstance(e, Br | Text))
            found.append(Seen(round(element.get_begin() * 1000), text))
    return found


# Tiers


def _pympi(data: bytes) -> list[Seen]:
    from pympi.Elan import Eaf

    with _file(data, ".eaf") as path:
        eaf = Eaf(path)
    found = [
        Seen(start, text)
        for tier in eaf.get_tier_names()
        if not tier.endswith(" - words")
        for start, _, text in (each[:3] for each in eaf.get_annotation_data_for_tier(tier))
    ]
    return sorted(found, key=lambda seen: seen.start_ms or 0)


def _praatio(data: bytes) -> list[Seen]:
    from praatio import textgrid

    with _file(data, ".TextGrid") as path:
        grid = textgrid.openTextgrid(path, includeEmptyIntervals=False)
    found = [
        Seen(round(interval.start * 1000), interval.label)
        for tier in grid.tiers
        if not tier.name.endswith(" - words")
        for interval in tier.entries
    ]
    return sorted(found, key=lambda seen: seen.start_ms or 0)


# Tables and documents


def _mp3splt(data: bytes) -> list[Seen]:
    """Where it would cut a sound, and what it would call the parts; it ends a label that lasts by one called `skip`."""
    with _file(_SILENT_FRAME * 120_000, ".mp3") as sound, _file(data, ".txt") as labels:
        command = ["mp3splt", "-P", "-D", "-A", labels, sound]
        told = subprocess.run(command, capture_output=True, check=True, timeout=60).stderr.decode()
    found = re.findall(r"^Appending splitpoint _(.*)_ with value _(\d+)_$", told, re.MULTILINE)
    return [Seen(int(hundredths) * 10, text) for text, hundredths in found if text != "skip"]


def _csv(delimiter: str) -> Reader:
    def read(data: bytes) -> list[Seen]:
        rows = csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter, strict=True)
        return [Seen(int(row["start"]), row["text"]) for row in rows]

    return read


def _podcast_html(data: bytes) -> list[Seen]:
    from podcast_transcript_convert.converters.html_to_json import html_to_podcast_dict

    return [Seen(each["startTime"] * 1000, each["body"]) for each in html_to_podcast_dict(data.decode())["segments"]]


def _podcast_json(data: bytes) -> list[Seen]:
    """Its lines, one a segment: `(00:00:00) Mara: The`, put together where a segment is a word."""
    from podcast_transcript_convert.converters.json_to_simple import json_file_to_simple_file

    with _file(data, ".json") as path:
        json_file_to_simple_file(path, f"{path}.txt")
        lines = Path(f"{path}.txt").read_text("utf-8").splitlines()
    found: list[Seen] = []
    before = ""
    for line in lines:
        time, _, rest = line.partition(") ")
        name, _, text = rest.partition(": ")
        if name == before:
            found[-1] = Seen(found[-1].start_ms, f"{found[-1].text} {text}")
        else:
            hours, minutes, seconds = map(int, time.removeprefix("(").split(":"))
            found.append(Seen(((hours * 60 + minutes) * 60 + seconds) * 1000, text))
        before = name
    return found


def _docx(data: bytes) -> list[Seen]:
    from docx import Document

    return [Seen(None, paragraph.text) for paragraph in Document(io.BytesIO(data)).paragraphs]


def _markdown(data: bytes) -> list[Seen]:
    from markdown_it import MarkdownIt

    blocks = [token for token in MarkdownIt().parse(data.decode()) if token.type == "inline"]
    texts = ("".join(child.content or " " for child in block.children or ()) for block in blocks)
    return [Seen(None, text) for text in texts]


_READERS: dict[str, dict[str, Reader]] = {
    "WebVTT": {"webvtt-py": _webvtt("vtt"), "pysubs2": _pysubs2("vtt"), "ffmpeg": _ffmpeg("webvtt")},
    "SRT": {"webvtt-py": _webvtt("srt"), "pysubs2": _pysubs2("srt"), "ffmpeg": _ffmpeg("srt")},
    "SBV": {"webvtt-py": _webvtt("sbv")},
    "ASS": {"pysubs2": _pysubs2("ass"), "ffmpeg": _ffmpeg("ass")},
    "LRC": {"ffmpeg": _ffmpeg("lrc")},
    "TTML": {"ttconv": _ttconv, "pysubs2": _pysubs2("ttml")},
    "Whisper JSON": {"pysubs2": _whisper},
    "Podcast JSON": {"podcast-transcript-convert": _podcast_json},
    "Podcast HTML": {"podcast-transcript-convert": _podcast_html},
    "ELAN": {"pympi-ling": _pympi},
    "TextGrid": {"praatio": _praatio},
    "Audacity labels": {"mp3splt": _mp3splt},
    "CSV": {"csv": _csv(",")},
    "TSV": {"csv": _csv("\t")},
    "Word document": {"python-docx": _docx},
    "Markdown": {"markdown-it-py": _markdown},
}


def names_of(format: Format, data: bytes, whole: Transcript) -> list[str]:
    """The programs that take what was written for what it is."""
    return [name for name, read in readers_of(format).items() if is_here(name) and accepts(read, data, whole)]


def unread() -> list[str]:
    """The formats that are written and that no other program here reads."""
    return [format.name for format in formats.writable_formats() if format.name not in _READERS]
