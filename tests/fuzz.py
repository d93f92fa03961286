"""Fuzzing led by the code that bytes reach: `python -m tests.fuzz [SECONDS]`, a target for each family of formats.

It needs atheris (`pip install -e .[fuzz]`), which is not there for every Python; without it nothing is done and that is
said. Any bytes must give a transcript that can be written, or one sentence, in bounded time and memory.
"""

import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

FAMILIES: dict[str, tuple[str, ...]] = {
    "webvtt": ("WebVTT",),
    "srt": ("SRT",),
    "sbv": ("SBV",),
    "lrc": ("LRC",),
    "ass": ("ASS",),
    "old subtitles": ("SAMI", "MicroDVD", "MPL2", "TMPlayer"),
    "ttml": ("TTML",),
    "podcast json": ("Podcast JSON", "Podlove JSON"),
    "podcast html": ("Podcast HTML", "Hyperaudio"),
    "whisper": ("Whisper JSON", "Whisper text"),
    "cloud json": (
        *("Deepgram JSON", "AssemblyAI JSON", "AWS Transcribe JSON", "Azure speech JSON", "Speechmatics JSON"),
        *("IBM Watson JSON", "Google speech JSON"),
    ),
    "editors": ("oTranscribe", "BBC DPE JSON", "Audacity labels"),
    "tables": ("CSV", "TSV", "CTM"),
    "tiers": ("ELAN", "TextGrid"),
    "word documents": ("Word document",),
    "timed text": ("Timed text",),
    "untimed text": ("Markdown", "Plain text"),
    "chapters and tables of episodes": (),
}
SLOWEST_S = 5
MOST_MB = 1024
LONGEST = 1 << 14  # Bytes of an input.


def read_and_write(data: bytes) -> None:
    """Read the bytes as a transcript and write that as every format that can hold it, or be told why not."""
    from index.errors import TranscriptError
    from index.formats import read_bytes, to_bytes, writable_formats

    sentence = ""
    try:
        transcript = read_bytes(data, "fuzz").transcript
        for format in writable_formats():
            if transcript.timed or not format.needs_times:
                to_bytes(transcript, format)
    except TranscriptError as error:
        sentence = str(error)
    assert "\n" not in sentence


def _others(data: bytes) -> None:
    from index.chapter_notes import read_notes
    from index.chapters import read_json, read_vtt, tidy_chapters
    from index.errors import TranscriptError
    from index.formats.base import Findings
    from index.mojibake import damage, repaired
    from index.table_cells import iso_date, length_ms, texts
    from index.table_rows import rows_of

    text = data.decode("utf-8", "replace")
    for read in (read_json, read_notes, read_vtt):
        tidy_chapters(read(text), 10_000_000)
    for cell in (iso_date, length_ms, texts, damage, repaired):
        cell(text)
    sentence = ""
    try:
        rows_of(text, Findings())
    except TranscriptError as error:
        sentence = str(error)
    assert "\n" not in sentence


def _seeds(family: str) -> dict[str, bytes]:
    """Whole samples of the formats of a family, to begin with."""
    from index.formats import to_bytes, writable_formats
    from index.formats.base import WriteOptions
    from tests.conformance import talk
    from tests.conformance_samples import SAMPLES

    written = {each.name: to_bytes(talk(), each, WriteOptions(word_times=True)) for each in writable_formats()}
    whole = written | {name: text.encode() for name, text in SAMPLES.items()}
    others = {
        "chapters": b'{"version":"1.2.0","chapters":[{"startTime":0,"title":"One"},{"startTime":9.5,"title":"Two"}]}',
        "notes": b"0:00 One\n(1:02:03) Two\n[1:12:13](https://example.org) Three",
        "table": b"x\ntitle,url,length,date,transcript,questions\nSalt,u,75,2 Feb 2023,Ann: Low.,\"['a', 'b']\"\n",
        "damage": "itâ€™s cafÃ© β€” CristΓ³bal".encode(),
    }
    return {name: whole[name] for name in FAMILIES[family]} or others


def _fuzz(family: str, seconds: int, corpus: str) -> None:
    """Fuzz one family, and leave the process."""
    import atheris

    target: Callable[[bytes], None] = read_and_write if FAMILIES[family] else _others
    with atheris.instrument_imports(include=["index"]):
        target(b"")
    for name, data in _seeds(family).items():
        Path(corpus, name.replace(" ", "-")).write_bytes(data)
    options = (f"-max_total_time={seconds}", f"-timeout={SLOWEST_S}", f"-rss_limit_mb={MOST_MB}", f"-max_len={LONGEST}")
    atheris.Setup([sys.argv[0], *options, "-verbosity=0", "-artifact_prefix=fuzz-", corpus], target)
    atheris.Fuzz()


def main(seconds: int) -> int:
    """Fuzz every family in a process of its own; how many failed."""
    if find_spec("atheris") is None:
        print("atheris is not installed, so nothing was fuzzed by coverage; try pip install -e .[fuzz]")
        return 0
    failed = 0
    for family in FAMILIES:
        with tempfile.TemporaryDirectory() as corpus:
            share = max(1, seconds // len(FAMILIES))
            run = subprocess.run([sys.executable, "-m", "tests.fuzz", family, str(share), corpus], check=False)
        print(f"{family}: {'failed; the input is in a file fuzz-* here' if run.returncode else 'nothing found'}")
        failed += run.returncode != 0
    return failed


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in FAMILIES:
        _fuzz(sys.argv[1], int(sys.argv[2]), sys.argv[3])
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 600))
