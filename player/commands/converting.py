"""The command that writes transcripts in another format, one or many."""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from index.captions import CaptionStyle
from index.errors import EarmarkError
from index.formats.base import ReadResult
from index.plaintext import one_line, shown
from player import conversion
from player.commands.options import Command, count, written_suffixes
from player.commands.printing import LONG, counted, name_of, print_line
from player.commands.reading import read
from player.conversion import Conversion, Outcome

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
    outcome = conversion.convert(source, target, _wanted(options, target.suffix), read)
    assert outcome.reading is not None
    for warning in (*outcome.reading.warnings, *([outcome.lost] if outcome.lost else ())):
        print(f"Note: {warning}", file=sys.stderr)
    print_line(_written(outcome, outcome.reading))
    return 0


def _wanted(options: argparse.Namespace, format: str) -> Conversion:
    style = None
    if options.rebreak:
        asked = {"max_lines": options.lines, "max_chars": options.characters, "chars_per_second": options.speed}
        style = replace(CaptionStyle(), **{name: number for name, number in asked.items() if number})
    return Conversion(format, options.words, options.repair, style)


def _written(outcome: Outcome, reading: ReadResult, notes: str = "") -> str:
    cues = counted(reading.transcript.cue_count, "cue")
    return f"{reading.format}, {cues}{notes}, written to {name_of(outcome.target)}"


def _convert_all(options: argparse.Namespace) -> int:
    """Convert each file, with a line for it; those that cannot be converted are counted, and the status is 1."""
    try:
        conversion.suffix_of(options.to)
    except EarmarkError as error:
        options.misused(str(error))
    files = [found for path in options.files for found in _expanded(path)]
    losses: dict[str, None] = {}  # Sentences, each to be told once.
    written = 0
    wanted = _wanted(options, options.to)
    for outcome in conversion.convert_all(files, options.output, wanted, overwrite=options.force, read=read):
        if outcome.reading is None:
            told = f"{outcome.refusal[:-1]}; use --force to replace it." if outcome.in_the_way else outcome.refusal
            print(f"earmark: {shown(one_line(told, LONG))}", file=sys.stderr, flush=True)
            continue
        written += 1
        losses[outcome.lost] = None
        notes = len(outcome.reading.warnings)
        told = f", {counted(notes, 'note')}" if notes else ""
        print_line(f"{name_of(outcome.source)}: {_written(outcome, outcome.reading, told)}")
        sys.stdout.flush()
    for lost in filter(None, losses):
        print(f"Note: {lost}", file=sys.stderr)
    failed = len(files) - written
    print_line(f"{counted(written, 'file')} written" + (f", {failed:,} failed" if failed else ""))
    return 1 if failed else 0


def _expanded(path: Path) -> list[Path]:
    """The files that a pattern stands for, where the shell leaves that to the program; else the path itself."""
    if os.name != "nt" or os.path.lexists(path) or not any(sign in path.name for sign in "*?["):
        return [path]
    return sorted(path.parent.glob(path.name)) or [path]
