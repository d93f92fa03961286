"""The command that makes one thing of many moments: every time something is said, or clips that were kept."""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from index.errors import EarmarkError
from index.find import Finder
from index.library import Library, SavedClip
from index.pairing import find_sound
from index.plaintext import one_line
from index.timecode import clock
from player.commands.library_place import FILE, SEARCH_INDEX, add_option, folder_of, open_library
from player.commands.options import Command, count, milliseconds, written_suffixes
from player.commands.printing import counted, name_of, note, print_json, print_line, tell_progress
from player.commands.reading import read
from player.commands.releasing import add_look, chosen, facts_of, write
from player.own_files import refuse_same
from player.publishing.choices import SOUND_SUFFIXES, needs_sound
from player.publishing.gathering import clips_around, parts_of_clips, parts_of_hits
from player.publishing.piece import Part, part_of, piece_of

_PAD_MS = 300  # Around what was found: enough to hear that a sentence begins.
_ABOUT = """
What is typed is looked for in the library, or with --in in files. If it is the numbers or titles of clips that were
kept, these are taken, in that order. JSON: an object of path, length_ms and moments, an array of {episode, show,
start_ms, end_ms, at_ms}.
"""


def add_to(command: Command) -> None:
    """Add the command of this file to the parser."""
    made = command("reel", reel, "Make one sound, page, film or caption file of many moments.", _ABOUT)
    made.add_argument("what", metavar="QUERY|CLIP", nargs="+", help="words to find, or clips by number or title")
    suffixes = f"sound ({', '.join(SOUND_SUFFIXES)}), a page (.html), a film (.mp4) or captions ({written_suffixes()})"
    made.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help=suffixes)
    made.add_argument("--captions", metavar="OUT", type=Path, help="and the captions of the whole")
    made.add_argument("--in", dest="files", metavar="FILE", nargs="+", type=Path, help="transcripts to look in instead")
    made.add_argument("--pad", metavar="MS", type=milliseconds, help=f"air on either side, in ms ({_PAD_MS}; clips 0)")
    between = made.add_mutually_exclusive_group()
    between.add_argument("--gap", metavar="MS", type=milliseconds, default=400, help="silence between two, in ms (400)")
    crossfade = "let one go out while the next comes in, in ms, instead of silence"
    between.add_argument("--crossfade", metavar="MS", type=milliseconds, default=0, help=crossfade)
    made.add_argument("--limit", metavar="N", type=count, default=100, help="at most so many moments (100)")
    made.add_argument("--json", action="store_true", help="print what was written as JSON")
    made.add_argument("--title", metavar="TITLE", help="what to call it")
    add_look(made)
    add_option(made)


def reel(options: argparse.Namespace) -> None:
    """Write the moments that were asked for one after the other."""
    parts = _in_files(options) if options.files else _in_library(options)
    if needs_sound(options.output):
        silent = [part for part in parts if part.sound is None]
        if len(silent) == len(parts):
            raise EarmarkError("None of these moments has a sound beside its words; write captions, or add the sounds.")
        if silent:
            note(f"{counted(len(silent), 'moment')} without a sound left out.")
        parts = [part for part in parts if part.sound is not None]
    if len(parts) > options.limit:
        note(f"Only the first {options.limit:,} of {counted(len(parts), 'moment')} are taken; see --limit.")
    title = options.title or one_line(" ".join(options.what), 80)
    piece = piece_of(title, parts[: options.limit], gap_ms=options.gap, crossfade_ms=options.crossfade)
    if options.captions and needs_sound(options.captions):
        options.misused(f"--captions writes {written_suffixes()}, not {name_of(options.captions)}")
    for path in filter(None, (options.output, options.captions)):
        write(piece, path, chosen(options))
    joined = piece.reel()
    if options.json:
        moments = [
            {
                "episode": part.origin.episode,
                "show": part.origin.show,
                "start_ms": part.start_ms,
                "end_ms": part.end_ms,
                "at_ms": placed.start_ms,
            }
            for part, placed in zip(piece.parts, joined.sections, strict=True)
        ]
        print_json({"path": str(options.output.resolve()), "length_ms": joined.length_ms, "moments": moments})
        return
    for part, placed in zip(piece.parts, joined.sections, strict=True):
        print_line(f"{clock(placed.start_ms, like_ms=joined.length_ms)}  {part.source}")
    moments_told = counted(len(piece.parts), "moment")
    print_line(f"{moments_told}, {clock(joined.length_ms)}, written to {name_of(options.output)}")


# In files


def _in_files(options: argparse.Namespace) -> list[Part]:
    query = " ".join(options.what)
    parts: list[Part] = []
    for path in options.files:
        refuse_same(path, options.output)
        transcript = read(path).transcript
        hits = Finder(transcript).find(query)
        if not hits:
            continue
        origin, _, length_ms = facts_of(path, find_sound(path) if needs_sound(options.output) else None)
        sound = path.with_name(origin.file) if length_ms else None
        pad = _PAD_MS if options.pad is None else options.pad
        for clip in clips_around(transcript, hits, pad, length_ms or 0, note):
            parts.append(part_of(transcript, clip, origin, sound))
    if not parts:
        where = options.files[0].name if len(options.files) == 1 else counted(len(options.files), "file")
        raise EarmarkError(f"“{one_line(query)}” is not said in {where}.")
    return parts


# In the library


def _in_library(options: argparse.Namespace) -> list[Part]:
    if not (folder_of(options) / FILE).exists():
        raise EarmarkError("There is no library yet; earmark add makes one, or name files to look in with --in FILE.")
    with closing(open_library(options)) as library:
        clips = kept_clips(library, options.what)
        if clips:
            parts = list(parts_of_clips(library, clips, pad_ms=options.pad or 0, left_out=note))
        else:
            parts = list(_parts_found(library, options))
    if not parts:
        raise EarmarkError(f"“{one_line(' '.join(options.what))}” is neither said in the library nor a clip of it.")
    return parts


def kept_clips(library: Library, named: Sequence[str]) -> list[SavedClip]:
    """The clips that were named by number or title, in that order; none unless all are clips."""
    known = library.clips.all()
    by_name = {one_line(clip.title).casefold(): clip for clip in reversed(known)}
    by_name |= {f"{sign}{clip.id}": clip for clip in known for sign in ("", "#")}
    found = [by_name.get(one_line(name).casefold()) for name in named]
    clips = [clip for clip in found if clip is not None]
    if len(clips) == len(named):
        return clips
    whole = by_name.get(one_line(" ".join(named)).casefold())
    return [whole] if whole else []


def _parts_found(library: Library, options: argparse.Namespace) -> Iterator[Part]:
    from index.search import SearchIndex  # Whoosh takes a while to load.

    index = SearchIndex(folder_of(options) / SEARCH_INDEX)
    index.update(library, told=tell_progress)
    found = index.search(" ".join(options.what), library).episodes
    return parts_of_hits(library, found, pad_ms=_PAD_MS if options.pad is None else options.pad, left_out=note)
