"""What each format carries, found out by reading and writing: `python -m tests.conformance` writes docs/formats.md.

Every format is tried on a sample, its own or what Earmark writes in it, and on the real files beside the project
where there are any. Other programs that read the format say whether they take what was written.
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from index import formats
from index.builder import TranscriptBuilder
from index.episode_table import EpisodeTable, read_table
from index.errors import TranscriptError
from index.formats.base import Format, ReadResult, WriteOptions
from index.formats.losses import KEEPS, PART_NAMES
from index.pairing import is_transcript
from index.transcript import Timing, Transcript
from tests.conformance_samples import SAMPLES
from tests.second_readers import names_of

PAGE = Path(__file__).resolve().parents[1] / "docs" / "formats.md"
REAL = Path(__file__).resolve().parents[2] / "shared" / "data"
HEAD = "# Formats"
_REAL_TITLE = "## Real files"
_KEPT_TITLE = "## What each format keeps"
_KEPT = """
What is written and read again is the same where it says yes; a test writes and reads each. What is not kept is told
when it is lost.
""".strip()
_TURNS = (("Mara", "The tide was low that morning."), ("Ben Lee", "So we walked out."), ("Mara", "Too far."))
_INTRODUCTION = """
Written by `python -m tests.conformance`, from what the readers and writers do with the samples and files named here;
not by hand.

A format is known by what is in a file, not by the file's name. Word times are *exact* where the file gives them,
*estimated* where Earmark works them out from the times of whole captions, and *none* where there are no times at all.

*Also read by* names the other programs that find each caption in what Earmark writes, with its words and at its time.
Plain text has no grammar that another program could refuse it by: there the tests check that it is UTF-8 without
controls, a paragraph a turn with its name in front.
"""


def talk() -> Transcript:
    """Three turns with odd times, every word timed, to be written in each format."""
    builder = TranscriptBuilder()
    at = 503
    for name, text in _TURNS:
        words = text.split()
        builder.add_cue(at, at + 317 * len(words) + 41)
        builder.set_speaker(name)
        for word in words:
            builder.add_word(word, at, at + 289)
            at += 317
        at += 641
    return builder.build()


# One row a format


def rows() -> list[tuple[str, ...]]:
    """Name, suffixes, what a sample of it gives when read, what comes back of what was written, who else reads it."""
    return [(format.name, " ".join(format.suffixes), *_read(format), *_written(format)) for format in formats.FORMATS]


def _read(format: Format) -> tuple[str, ...]:
    if not (format.read or format.unpack):
        return ("–", "–")
    sample = SAMPLES.get(format.name)
    if sample is None and format.is_written:
        data = formats.to_bytes(talk(), format, WriteOptions(word_times=True))
    elif sample is None:
        raise LookupError(f"{format.name} has no sample; add one to tests/conformance_samples.py")
    else:
        data = sample.encode()
    result = formats.read_bytes(data, f"sample{format.suffixes[0]}")
    if result.format != format.name and not format.unpack:
        raise LookupError(f"the sample of {format.name} is taken for {result.format}")
    speakers = len(result.transcript.speakers)
    return result.transcript.timing, str(speakers) if speakers else "none"


def _written(format: Format) -> tuple[str, str]:
    """What comes back, and which other programs read it."""
    if not format.is_written:
        return "–", "–"
    whole = talk()
    data = formats.to_bytes(whole, format, WriteOptions(word_times=True))
    others = ", ".join(names_of(format, formats.to_bytes(whole, format), whole)) or "–"
    carried = []
    try:
        again = formats.read_bytes(data, f"written{format.suffixes[0]}").transcript
    except TranscriptError:
        return "not read back", others
    same = [again.word_text(word) for word in again.all_words] == [whole.word_text(word) for word in whole.all_words]
    carried.append("words" if same else f"words with others between ({len(again)} for {len(whole)})")
    if same and [again.speaker_of(w) for w in again.all_words] == [whole.speaker_of(w) for w in whole.all_words]:
        carried.append("speakers")
    if same and again.timed:
        carried.append(_precision(whole, again))
    return ", ".join(carried), others


def _precision(whole: Transcript, again: Transcript) -> str:
    """How far the times are off that came back: of all words if they are exact, else of the cues."""
    if set(again.timings) == {Timing.EXACT}:
        pairs = [*zip(whole.starts, again.starts, strict=True), *zip(whole.ends, again.ends, strict=True)]
        what = "word times"
    elif again.cue_count == whole.cue_count:
        pairs = [*zip(whole.cue_starts, again.cue_starts, strict=True)]
        what = "cue times"
    else:
        return "times"
    off = max(abs(before - after) for before, after in pairs)
    return what if not off else f"{what} to {off} ms" if off < 2000 else "times"


# Real files


def real_rows() -> list[tuple[str, ...]]:
    """Each transcript beside the project, folders of many taken together, and what was found in it."""
    files = sorted(path.relative_to(REAL) for path in REAL.rglob("*") if path.is_file() and is_transcript(path))
    found: list[tuple[str, ...]] = []
    for folder, group in groupby(filter(_is_meant, files), lambda path: path.parts[: min(2, len(path.parts) - 1)]):
        results = [(path.as_posix(), _outcome(REAL / path)) for path in group]
        if len(results) > 6:
            found += _together("/".join(folder), [result for _, result in results])
        else:
            found += [(name, *_described(result)) for name, result in results]
    return found


def _is_meant(path: Path) -> bool:
    """Whether the file is not about the others: a note on them, or the cues that they must give."""
    return path.name != "README.md" and not (path.parts[0] == "webvtt-suite" and path.suffix != ".vtt")


def _outcome(path: Path) -> ReadResult | EpisodeTable | TranscriptError:
    try:
        return formats.read(path)
    except TranscriptError as error:
        with suppress(TranscriptError):
            return read_table(path)
        return error


def _described(result: ReadResult | EpisodeTable | TranscriptError) -> tuple[str, ...]:
    if isinstance(result, EpisodeTable):
        own = [reading.transcript for row in result.rows if (reading := row.transcript())]
        words, speakers = sum(map(len, own)), sum(len(transcript.speakers) for transcript in own)
        told = len(result.warnings) + result.damaged
        return f"Table of {len(result.rows)} episodes", "–", f"{words:,}", f"{speakers:,}", f"{told:,}"
    if isinstance(result, TranscriptError):
        return "refused", "–", "–", "–", str(result).partition("” ")[2]
    transcript = result.transcript
    counts = (transcript.cue_count, len(transcript), len(transcript.speakers), len(result.warnings))
    return result.format, *(f"{count:,}" for count in counts)


def _together(folder: str, results: list[ReadResult | EpisodeTable | TranscriptError]) -> Iterator[tuple[str, ...]]:
    read = [result for result in results if isinstance(result, ReadResult)]
    for name in sorted({result.format for result in read}):
        own = [result.transcript for result in read if result.format == name]
        repaired = sum(bool(result.warnings) for result in read if result.format == name)
        cues, words = sum(each.cue_count for each in own), sum(map(len, own))
        files = f"{folder}, {len(own)} file{'' if len(own) == 1 else 's'}"
        yield files, name, f"{cues:,}", f"{words:,}", "–", f"{repaired:,}"
    if len(results) > len(read):
        yield f"{folder}, {len(results) - len(read)} files", "refused", "–", "–", "–", "why, in one sentence each"


# The page


def table(head: tuple[str, ...], body: list[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [head, tuple("---" for _ in head), *body]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def kept() -> str:
    """What each format that is written keeps of what a transcript may have, in a table."""
    head = ("Format", "Words, order, speakers", *(name.capitalize() for name in PART_NAMES.values()))
    body = [(name, "yes", *("yes" if part in keeps else "–" for part in PART_NAMES)) for name, keeps in KEEPS.items()]
    return f"{_KEPT_TITLE}\n\n{_KEPT}\n\n{table(head, body)}".rstrip("\n")


def page() -> str:
    """The whole page."""
    head = ("Format", "Suffixes", "Word times of the sample", "Speakers of the sample", "Comes back when written")
    real = real_rows()
    parts = [HEAD, _INTRODUCTION.strip("\n"), table((*head, "Also read by"), rows()).rstrip("\n"), kept()]
    if real:
        told = table(("File", "Format", "Cues", "Words", "Speakers", "Repairs told"), real)
        parts.append(f"{_REAL_TITLE}\n\n{told}".rstrip("\n"))
    elif PAGE.exists():  # What was found with the files of somebody who has them stays.
        _, title, told = PAGE.read_text(encoding="utf-8").partition(_REAL_TITLE)
        parts += [(title + told).rstrip("\n")] if title else []
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE} is written.\n")
