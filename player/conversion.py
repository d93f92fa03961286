"""Transcripts written in another format, one or many: what is to be done to each, and what came of it."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index import formats
from index.captions import CaptionStyle, rebreak
from index.errors import EarmarkError
from index.folders import make_folder
from index.formats.losses import left_out
from index.plaintext import one_line
from index.transcript import Transcript
from player.own_files import refuse_same

_LONG = 4000  # Characters of a path in a message.

Read = Callable[[Path], formats.ReadResult]


@dataclass(frozen=True, slots=True)
class Conversion:
    """What is to be done to each transcript."""

    format: str  # A name or a suffix.
    word_times: bool = False
    repair: bool = False  # Letters that a wrong encoding damaged.
    style: CaptionStyle | None = None  # By which captions are broken anew; without one they stay as they are.


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file: what was read and what the format had no place for, or why it could not be converted."""

    source: Path
    target: Path
    reading: formats.ReadResult | None = None
    lost: str = ""
    refusal: str = ""
    in_the_way: bool = False  # Whether that is only that the file is there already.


def convert(source: Path, target: Path, wanted: Conversion, read: Read = formats.read) -> Outcome:
    """Write one transcript.

    Raises:
        EarmarkError: one sentence that names the file, what is wrong with it, and what to do.
    """
    refuse_same(source, target)
    reading = read(source)
    reading = replace(reading, transcript=_changed(reading.transcript, wanted))
    format = formats.format_named(wanted.format)
    if format and format.needs_times and not reading.transcript.timed:  # Said of the file, of which there may be many.
        raise EarmarkError(f"{_name(source)} is without times, which {format.name} needs; write it as text, .txt.")
    asides = reading.asides_for(format.name if format else "", same_cues=wanted.style is None)
    options = formats.WriteOptions(word_times=wanted.word_times, asides=asides)
    formats.write(reading.transcript, target, options, wanted.format or None)
    return Outcome(source, target, reading, left_out(reading.transcript, format))


def convert_all(
    sources: Sequence[Path], folder: Path | None, wanted: Conversion, *, overwrite: bool, read: Read = formats.read
) -> Iterator[Outcome]:
    """Write each transcript under its own name into a folder, or beside itself; one that cannot be stops no other.

    Raises:
        EarmarkError: the folder cannot be made.
    """
    if folder:
        make_folder(folder)
    suffix = suffix_of(wanted.format)
    written: dict[str, Path] = {}
    for source in sources:
        target = (folder or source.parent) / f"{source.stem}{suffix}"
        same = os.path.normcase(os.path.abspath(target)).casefold()
        try:
            if same in written:
                became = _name(written[same])
                raise EarmarkError(f"{_name(source)} would replace what {became} became; rename one.")
            if os.path.lexists(target) and not overwrite:
                refuse_same(source, target)
                yield Outcome(source, target, refusal=f"{_name(target)} is there already.", in_the_way=True)
                continue
            yield convert(source, target, wanted, read)
        except EarmarkError as error:
            yield Outcome(source, target, refusal=str(error))
        else:
            written[same] = source


def suffix_of(name: str) -> str:
    """The suffix of the files of a format that is named so, or by one of its suffixes, which then is it.

    Raises:
        EarmarkError: there is no such format that can be written.
    """
    format = formats.format_named(name)
    if format is None or not format.is_written:
        known = ", ".join(dict.fromkeys(each.suffixes[0].removeprefix(".") for each in formats.writable_formats()))
        raise EarmarkError(f"“{one_line(name)}” is no format that can be written; choose one of {known}")
    asked = "." + name.lower().removeprefix(".")
    return asked if asked in format.suffixes else format.suffixes[0]


def _changed(transcript: Transcript, wanted: Conversion) -> Transcript:
    if wanted.repair:
        from index.mojibake import repair  # Only here: its tables take a while to load.

        transcript = repair(transcript)
    return rebreak(transcript, wanted.style) if wanted.style and transcript.timed else transcript


def _name(path: Path) -> str:
    return one_line(str(path), _LONG)
