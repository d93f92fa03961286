"""The command that writes transcripts in another format, one or many."""

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from index import formats
from index.captions import CaptionStyle, rebreak
from index.errors import EarmarkError
from index.formats.losses import left_out
from index.plaintext import one_line, shown
from index.transcript import Transcript
from player.commands.options import Command, count, written_suffixes
from player.commands.printing import LONG, counted, name_of, print_line, refuse_same
from player.commands.reading import read

_CONVERT = "With --to, a file that fails is told and the others are written; the exit status is 1 if any failed."


def add_to(command: Command) -> None:
    """Add the command of this file to the parser."""
    made = command("convert", convert, "Write transcripts in another format.", _CONVERT)
    made.usage = (
        "earmark convert IN OUT [options]\n       earmark convert IN... --to FORMAT [-o DIR] [--force] [options]"
    )
    made.add_argument(
        "files", metavar="IN", nargs="+", type=Path, help=f"transcripts; OUT is one of {written_suffixes()}"
    )
    made.add_argument("--to", metavar="FORMAT", help="write each IN in this format, a suffix or a name in quotes")
    made.add_argument("-o", "--output", metavar="DIR", type=Path, help="where to; beside each IN if it is not said")
    made.add_argument("--force", action="store_true", help="with --to, replace files that are there already")
    made.add_argument("--words", action="store_true", help="give words times of their own, where the format has them")
    made.add_argument("--rebreak", action="store_true", help="break the captions anew: two lines of 42 characters")
    made.add_argument("--lines", metavar="N", type=count, help="with --rebreak, so many lines at most")
    made.add_argument("--characters", metavar="N", type=count, help="with --rebreak, so many characters in a line")
    made.add_argument("--speed", metavar="N", type=count, help="with --rebreak, so many characters read in a second")
    made.add_argument("--repair", action="store_true", help="repair what a wrong encoding did: “β€”” becomes “—”")


def convert(options: argparse.Namespace) -> int:
    """Write transcripts in another format: one to a file, or with `--to` any number to a folder."""
    if not options.rebreak and (options.lines or options.characters or options.speed):
        options.misused("--lines, --characters and --speed go with --rebreak")
    if options.to is not None:
        return _convert_all(options)
    if options.output or options.force or len(options.files) != 2:
        options.misused("give a transcript and the file to write, or any number of transcripts and --to")
    source, target = options.files
    reading = _converted(source, target, options)
    lost = left_out(reading.transcript, formats.format_named(target.suffix))
    for warning in (*reading.warnings, *([lost] if lost else ())):
        print(f"Note: {warning}", file=sys.stderr)
    print_line(f"{reading.format}, {counted(reading.transcript.cue_count, 'cue')}, written to {name_of(target)}")
    return 0


def _converted(
    source: Path, target: Path, options: argparse.Namespace, format_name: str | None = None
) -> formats.ReadResult:
    refuse_same(source, target)
    reading = read(source)
    reading = replace(reading, transcript=_changed(reading.transcript, options))
    wanted = formats.format_named(format_name or target.suffix)
    if wanted and wanted.needs_times and not reading.transcript.timed:  # Said of the file, of which there may be many.
        raise EarmarkError(f"{name_of(source)} is without times, which {wanted.name} needs; write it as text, .txt.")
    asides = reading.asides_for(wanted.name if wanted else "", same_cues=not options.rebreak)
    told = formats.WriteOptions(word_times=options.words, asides=asides)
    formats.write(reading.transcript, target, told, format_name)
    return reading


def _changed(transcript: Transcript, options: argparse.Namespace) -> Transcript:
    """The transcript as it was asked for: repaired, its captions broken anew."""
    if options.repair:
        from index.mojibake import repair  # Only here: its tables take a while to load.

        transcript = repair(transcript)
    if options.rebreak and transcript.timed:
        asked = {"max_lines": options.lines, "max_chars": options.characters, "chars_per_second": options.speed}
        style = replace(CaptionStyle(), **{name: number for name, number in asked.items() if number})
        transcript = rebreak(transcript, style)
    return transcript


def _convert_all(options: argparse.Namespace) -> int:
    """Convert each file, with a line for it; those that cannot be converted are counted, and the status is 1."""
    misused: Callable[[str], NoReturn] = options.misused
    format = formats.format_named(options.to)
    if format is None or not format.is_written:
        known = ", ".join(dict.fromkeys(each.suffixes[0].removeprefix(".") for each in formats.writable_formats()))
        misused(f"“{options.to}” is no format that can be written; choose one of {known}")
    asked = "." + options.to.lower().removeprefix(".")
    suffix = asked if asked in format.suffixes else format.suffixes[0]
    if options.output:
        _make_folder(options.output)
    written: dict[str, Path] = {}
    losses: dict[str, None] = {}  # Sentences, each to be told once.
    files = [found for path in options.files for found in _expanded(path)]
    for source in files:
        target = (options.output or source.parent) / f"{source.stem}{suffix}"
        same = os.path.normcase(os.path.abspath(target)).casefold()
        try:
            if same in written:
                raise EarmarkError(f"{name_of(source)} would replace what {name_of(written[same])} became; rename one.")
            if os.path.lexists(target) and not options.force:
                refuse_same(source, target)
                raise EarmarkError(f"{name_of(target)} is there already; use --force to replace it.")
            reading = _converted(source, target, options, format.name)
        except EarmarkError as error:
            print(f"earmark: {shown(one_line(str(error), LONG))}", file=sys.stderr, flush=True)
            continue
        written[same] = source
        losses[left_out(reading.transcript, format)] = None
        cues, notes = counted(reading.transcript.cue_count, "cue"), len(reading.warnings)
        told = f", {counted(notes, 'note')}" if notes else ""
        print_line(f"{name_of(source)}: {reading.format}, {cues}{told}, written to {name_of(target)}")
        sys.stdout.flush()
    for lost in filter(None, losses):
        print(f"Note: {lost}", file=sys.stderr)
    failed = len(files) - len(written)
    print_line(f"{counted(len(written), 'file')} written" + (f", {failed:,} failed" if failed else ""))
    return 1 if failed else 0


def _expanded(path: Path) -> list[Path]:
    """The files that a pattern stands for, where the shell leaves that to the program; else the path itself."""
    if os.name != "nt" or os.path.lexists(path) or not any(sign in path.name for sign in "*?["):
        return [path]
    return sorted(path.parent.glob(path.name)) or [path]


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise EarmarkError(
            f"The folder {name_of(folder)} cannot be made ({reason.lower()}); choose another."
        ) from error
