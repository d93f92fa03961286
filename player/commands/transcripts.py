"""The commands about one transcript: what is said in it, and a stretch of it as captions."""

import argparse
from pathlib import Path
from typing import Any

from index import formats
from index.captions import rebreak
from index.clip import Clip, clip_of, cut
from index.errors import EarmarkError
from index.find import Finder, context
from index.timecode import clock
from index.transcript import Timing, Transcript, WordRange
from player.commands.options import TIMES, Command, count, milliseconds, time, written_suffixes
from player.commands.printing import counted, name_of, print_json, print_line, refuse_same

_FIND_JSON = "JSON: an array of {start_ms, end_ms, speaker, before, match, after, exact}, empty if nothing is found."
_CLIP_JSON = "JSON: an object of path, start_ms, end_ms and words."


def add_to(command: Command) -> None:
    """Add the commands of this file to the parser."""
    made = command("find", find, "Find every occurrence of a phrase.", _FIND_JSON)
    made.add_argument("transcript", type=Path)
    made.add_argument("phrase")
    made.add_argument("--json", action="store_true", help="print it as JSON")
    made = command("clip", clip, "Cut captions out of a transcript.", f"{TIMES} {_CLIP_JSON}")
    made.add_argument("transcript", type=Path)
    made.add_argument("--from", dest="start", metavar="T", type=time, help="where the clip begins")
    made.add_argument("--to", dest="end", metavar="T", type=time, help="where the clip ends")
    made.add_argument("--phrase", metavar="P", help="cut out this phrase instead")
    made.add_argument("--nth", metavar="N", type=count, default=1, help="its Nth occurrence (1)")
    made.add_argument("--pad", metavar="MS", type=milliseconds, default=0, help="air on either side, in ms (0)")
    made.add_argument("--keep-times", action="store_true", help="keep the original times instead of starting at zero")
    made.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help=f"one of {written_suffixes()}")
    made.add_argument("--json", action="store_true", help="print what was written as JSON")


def find(options: argparse.Namespace) -> None:
    """Print every occurrence of a phrase with the words around it."""
    transcript = formats.read(options.transcript).transcript
    finder = Finder(transcript)
    hits = finder.find(options.phrase)
    if options.json:
        print_json([_hit(transcript, hit) for hit in hits])
    else:
        for hit in hits:
            around, speaker = context(transcript, hit), transcript.speaker_of(hit.first)
            time = f"{clock(transcript.starts[hit.first], like_ms=transcript.end_ms)}  " if transcript.timed else ""
            name = f"{speaker}: " if speaker else ""
            print_line(f"{time}{name}{around.before} [{around.match}] {around.after}".rstrip())
    if not hits:
        raise _not_said(finder, options)


def _hit(transcript: Transcript, hit: WordRange) -> dict[str, Any]:
    around = context(transcript, hit)
    start_ms, end_ms = transcript.span_ms(hit) if transcript.timed else (None, None)
    return {
        "start_ms": start_ms,
        "end_ms": end_ms,
        "speaker": transcript.speaker_of(hit.first),
        "before": around.before,
        "match": around.match,
        "after": around.after,
        "exact": transcript.timed and all(Timing(transcript.timings[word]).is_own for word in hit),
    }


def _not_said(finder: Finder, options: argparse.Namespace) -> EarmarkError:
    near = finder.nearest(options.phrase)
    offer = f"; the nearest that is: “{near}”" if near else ""
    return EarmarkError(f"“{options.phrase}” is not said in {options.transcript.name}{offer}.")


def clip(options: argparse.Namespace) -> None:
    """Write a stretch of a transcript, or the words of a phrase, to a file of captions."""
    by_time = options.start is not None or options.end is not None
    if by_time == (options.phrase is not None):
        options.misused("say what to cut: either --from and --to, or --phrase")
    if by_time and (options.start is None or options.end is None or options.end <= options.start):
        options.misused("--from and --to belong together, the second after the first")
    refuse_same(options.transcript, options.output)
    transcript = formats.read(options.transcript).transcript
    clip = _clip_between(transcript, options) if by_time else _clip_of_phrase(transcript, options)
    formats.write(rebreak(cut(transcript, clip, keep_times=options.keep_times)), options.output)
    if options.json:
        start_ms, end_ms = (clip.start_ms, clip.end_ms) if transcript.timed else (None, None)
        path = str(options.output.resolve())
        print_json({"path": path, "start_ms": start_ms, "end_ms": end_ms, "words": len(clip.words)})
    else:
        when = f", {clock(clip.start_ms)} to {clock(clip.end_ms)}" if transcript.timed else ""
        print_line(f"{counted(len(clip.words), 'word')}{when}, written to {name_of(options.output)}")


def _clip_between(transcript: Transcript, options: argparse.Namespace) -> Clip:
    if not transcript.timed:
        raise EarmarkError(f"{options.transcript.name} has no times to cut it at; cut out a phrase with --phrase.")
    words = transcript.range_between(options.start, options.end)
    if not words:
        between = f"between {clock(options.start)} and {clock(options.end)}"
        raise EarmarkError(f"No word is said {between} in {options.transcript.name}.")
    return Clip(words, max(0, options.start - options.pad), options.end + options.pad)


def _clip_of_phrase(transcript: Transcript, options: argparse.Namespace) -> Clip:
    finder = Finder(transcript)
    hits = finder.find(options.phrase)
    if not hits:
        raise _not_said(finder, options)
    if options.nth > len(hits):
        times = "once" if len(hits) == 1 else f"{len(hits):,} times"
        raise EarmarkError(
            f"“{options.phrase}” is said {times} in {options.transcript.name}, so there is no number {options.nth}."
        )
    return clip_of(transcript, hits[options.nth - 1], pad_ms=options.pad)
