"""The command that tells the chapters of a sound, wherever they are kept, and writes them for other programs."""

import argparse
from pathlib import Path

from index.atomic import write_atomically
from index.chapters import write_json, write_vtt
from index.errors import EarmarkError
from index.timecode import clock
from player.commands.options import Command
from player.commands.printing import counted, name_of, print_json, print_line
from player.own_files import refuse_same

_WRITERS = {".json": write_json, ".vtt": write_vtt}
_JSON = "JSON: an array of {start_ms, end_ms, title}, empty if there are no chapters."


def add_to(command: Command) -> None:
    """Add the command of this file to the parser."""
    made = command("chapters", chapters, "List the chapters of a sound, wherever they are kept.", _JSON)
    made.add_argument("sound", metavar="AUDIO", type=Path)
    made.add_argument("--json", action="store_true", help="print them as JSON")
    made.add_argument(
        "-o", "--output", metavar="OUT", type=Path, help="write them: .json as Podcasting 2.0 has them, or .vtt"
    )


def chapters(options: argparse.Namespace) -> None:
    """Print the chapters of a sound, or write them to a file."""
    from player.audio.media import MediaError, probe  # Only here: it brings the decoder.

    if options.output is not None and options.output.suffix.lower() not in _WRITERS:
        options.misused("chapters are written to a file that ends in .json or .vtt")
    try:
        found = probe(options.sound).chapters
    except MediaError as error:
        raise EarmarkError(str(error)) from error
    if options.output is None and options.json:
        print_json([{"start_ms": each.start_ms, "end_ms": each.end_ms, "title": each.title} for each in found])
        return
    if not found:
        raise EarmarkError(f"There are no chapters in {name_of(options.sound)}, nor in a file beside it.")
    if options.output is None:
        for each in found:
            print_line(f"{clock(each.start_ms, like_ms=found[-1].start_ms)}  {each.title}".rstrip())
        return
    refuse_same(options.sound, options.output)
    write_atomically(options.output, _WRITERS[options.output.suffix.lower()](found).encode("utf-8", "replace"))
    print_line(f"{counted(len(found), 'chapter')}, written to {name_of(options.output)}")
