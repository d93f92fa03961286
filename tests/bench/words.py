"""How quick the word stream is: reading, looking up, finding, breaking captions."""

import tempfile
from pathlib import Path

import webvtt

from index import formats
from index.captions import rebreak
from index.find import Finder
from tests.bench.reading import rows_of
from tests.bench.report import Row
from tests.bench.samples import write_transcript
from tests.bench.timing import median_ms


def _beside(name: str, ours: float, theirs: float) -> Row:
    """A row that is good where we are no slower than webvtt-py in the same run."""
    return Row(
        name, f"{ours / 1000:.2f} s, {ours / theirs:.2f}x", "1x", f"webvtt-py: {theirs / 1000:.2f} s", ours <= theirs
    )


def rows(quick: bool = False) -> list[Row]:
    """Measured on 100,000 words in 10 hours."""
    runs = 3 if quick else 7
    with tempfile.TemporaryDirectory() as folder:
        path = write_transcript(Path(folder) / "ten-hours.vtt", words=100_000)
        theirs = median_ms(lambda: webvtt.read(str(path)), runs)
        ours = median_ms(lambda: formats.read(path), runs)
        transcript = formats.read(path).transcript
        big = write_transcript(Path(folder) / "fifty-thousand-cues.vtt", words=500_000)
        runs = max(1, runs // 2)
        big_theirs = median_ms(lambda: webvtt.read(str(big)), runs)
        big_ours = median_ms(lambda: formats.read(big), runs)
        read = formats.read(big).transcript
        strings = [(caption.start, caption.end, caption.raw_text) for caption in webvtt.read(str(big))]
        bare = median_ms(lambda: webvtt.WebVTT(captions=[webvtt.Caption(*each) for each in strings]).content, runs)
        big_written = median_ms(lambda: formats.to_text(read, "WebVTT"), runs)
    plain = [transcript.text_of(cue.words) for cue in transcript.cues()]
    finder = Finder(transcript)
    phrase = transcript.text_of(transcript.cue(len(plain) // 2).words).split(".")[0]
    in_cues = median_ms(lambda: [number for number, text in enumerate(plain) if phrase in text], runs)
    found = median_ms(lambda: finder.find(phrase), runs)
    first = median_ms(lambda: Finder(transcript).find(phrase), runs)
    lookups = median_ms(lambda: [transcript.word_at(ms) for ms in range(0, 36_000_000, 3600)], runs) / 10
    broken = median_ms(lambda: rebreak(transcript), max(1, runs // 3))
    return [
        Row("read 10 h, 100,000 words", f"{ours:.0f} ms", "", f"webvtt-py, cues only: {theirs:.0f} ms", None),
        _beside("read 50,000 cues", big_ours, big_theirs),
        _beside("write 50,000 cues", big_written, bare),
        *rows_of(transcript, max(1, runs // 3)),
        Row("phrase found in 10 h", f"{found:.1f} ms", "", f"plain text, cue by cue: {in_cues:.1f} ms", None),
        Row("the first phrase", f"{first:.0f} ms", "", f"reading the file: {ours:.0f} ms", None),
        Row("word at a time", f"{lookups:.2f} µs", "", "a frame of 16,667 µs", lookups < 100),
        Row("captions broken anew, 10 h", f"{broken / 1000:.2f} s", "", f"reading the file: {ours / 1000:.2f} s", None),
    ]
