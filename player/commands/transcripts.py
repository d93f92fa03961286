"""The commands about one transcript: what is said in it, and a moment cut out of it."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from index import formats
from index.caption_limits import unmet
from index.captions import rebreak
from index.clip import Clip, clip_of, cut
from index.errors import EarmarkError
from index.find import Finder, context
from index.plaintext import one_line
from index.timecode import clock
from index.transcript import Timing, Transcript, WordRange
from player.commands.options import TIMES, Command, count, milliseconds, time, written_suffixes
from player.commands.printing import counted, name_of, note, print_json, print_line
from player.commands.reading import read
from player.commands.releasing import add_look, chosen, facts_of, sound_of, write
from player.own_files import refuse_same
from player.publishing.choices import FILM_SUFFIXES, PAGE_SUFFIXES, SOUND_SUFFIXES
from player.publishing.piece import Piece, part_of, piece_of, whole

_FIND_JSON = "JSON: an array of {start_ms, end_ms, speaker, before, match, after, exact}, empty if nothing is found."
_CLIP_JSON = "JSON: an object of path (of the first file), paths (of all), start_ms, end_ms and words."
# What each option may write, by suffix.
_KINDS = {"audio": SOUND_SUFFIXES, "html": PAGE_SUFFIXES, "video": FILM_SUFFIXES}


def add_to(command: Command) -> None:
    """Add the commands of this file to the parser."""
    made = command("find", find, "Find every occurrence of a phrase.", _FIND_JSON)
    made.add_argument("transcript", type=Path)
    made.add_argument("phrase")
    made.add_argument("--json", action="store_true", help="print it as JSON")
    made = command("clip", clip, "Cut out a moment: captions, sound, a page, a film.", f"{TIMES} {_CLIP_JSON}")
    made.add_argument("transcript", type=Path)
    add_stretch(made)
    made.add_argument("--all", action="store_true", help="take the whole episode")
    made.add_argument("--pad", metavar="MS", type=milliseconds, default=0, help="air on either side, in ms (0)")
    made.add_argument("--keep-times", action="store_true", help="keep the original times instead of starting at zero")
    made.add_argument("-o", "--output", metavar="OUT", type=Path, help=f"captions: one of {written_suffixes()}")
    made.add_argument("--audio", metavar="OUT", type=Path, help=f"its sound: one of {', '.join(SOUND_SUFFIXES)}")
    made.add_argument("--html", metavar="OUT", type=Path, help="a page with the sound inside, .html")
    made.add_argument("--video", metavar="OUT", type=Path, help="a film, .mp4")
    made.add_argument("--sound", metavar="FILE", type=Path, help="the sound, if it does not lie beside the transcript")
    made.add_argument("--json", action="store_true", help="print what was written as JSON")
    made.add_argument("--title", metavar="TITLE", help="what to call it")
    add_look(made)


def add_stretch(made: argparse.ArgumentParser) -> None:
    """Let a command take a stretch: two times, or a phrase."""
    made.add_argument("--from", dest="start", metavar="T", type=time, help="where it begins")
    made.add_argument("--to", dest="end", metavar="T", type=time, help="where it ends")
    made.add_argument("--phrase", metavar="P", help="take this phrase instead")
    made.add_argument("--nth", metavar="N", type=count, default=1, help="its Nth occurrence (1)")


def find(options: argparse.Namespace) -> None:
    """Print every occurrence of a phrase with the words around it."""
    transcript = read(options.transcript).transcript
    finder = Finder(transcript)
    hits = finder.find(options.phrase)
    if options.json:
        print_json([_hit(transcript, hit) for hit in hits])
    else:
        end_ms = transcript.end_ms
        for hit in hits:
            around, speaker = context(transcript, hit), transcript.speaker_of(hit.first)
            time = f"{clock(transcript.starts[hit.first], like_ms=end_ms)}  " if transcript.timed else ""
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
    """Write a stretch of a transcript, or the words of a phrase: captions, and what holds the sound too."""
    check_stretch(options)
    sounding = _sounding(options)
    targets = [path for path in (options.output, *sounding) if path]
    if not targets:
        options.misused("say where to write it: -o, --audio, --html or --video")
    for path in targets:
        refuse_same(options.transcript, path)
    transcript = read(options.transcript).transcript
    clip = clip_asked_for(transcript, options)
    piece = _piece(transcript, clip, options) if sounding else None
    early_ms = 0
    if piece:
        early_ms = max(write(piece, path, chosen(options)).early_ms for path in sounding)
    if options.output:
        begun = replace(clip, start_ms=clip.start_ms - early_ms)  # In step with a sound that was copied.
        captions = rebreak(cut(transcript, begun, keep_times=options.keep_times))
        formats.write(captions, options.output)
        amiss = unmet(captions)
        if amiss:
            note(amiss)
    if options.json:
        start_ms, end_ms = (clip.start_ms, clip.end_ms) if transcript.timed else (None, None)
        paths = [str(path.resolve()) for path in targets]
        told = {"path": paths[0], "paths": paths, "start_ms": start_ms, "end_ms": end_ms, "words": len(clip.words)}
        print_json(told)
    else:
        when = f", {clock(clip.start_ms)} to {clock(clip.end_ms)}" if transcript.timed else ""
        names = ", ".join(map(name_of, targets))
        print_line(f"{counted(len(clip.words), 'word')}{when}, written to {names}")


def check_stretch(options: argparse.Namespace) -> None:
    """See to it that either two times or a phrase were typed, or all is to be taken."""
    by_time = options.start is not None or options.end is not None
    if by_time + (options.phrase is not None) + getattr(options, "all", False) != 1:
        options.misused("say what to take: either --from and --to, or --phrase")
    if by_time and (options.start is None or options.end is None or options.end <= options.start):
        options.misused("--from and --to belong together, the second after the first")


def clip_asked_for(transcript: Transcript, options: argparse.Namespace) -> Clip:
    """The words between the times that were typed, or those of the phrase, or all.

    Raises:
        EarmarkError: none are said there, or the phrase is not said, or not so often.
    """
    if getattr(options, "all", False):
        return Clip(transcript.all_words, 0, transcript.end_ms)
    if options.phrase is None:
        return _clip_between(transcript, options)
    return _clip_of_phrase(transcript, options)


def _sounding(options: argparse.Namespace) -> list[Path]:
    """The files that are to hold sound, each of a suffix that its option can write."""
    found = []
    for name, suffixes in _KINDS.items():
        path: Path | None = getattr(options, name)
        if path and path.suffix.lower() not in suffixes:
            options.misused(f"--{name} writes {', '.join(suffixes)}, not {name_of(path)}")
        if path:
            found.append(path)
    return found


def _piece(transcript: Transcript, clip: Clip, options: argparse.Namespace) -> Piece:
    """The clip with its sound, which may end before its last padding does."""
    sound = sound_of(options.transcript, options.sound)
    origin, cover, length_ms = facts_of(options.transcript, sound)
    if options.all:
        part = whole(transcript, origin, sound, length_ms or 0)
        return piece_of(options.title or origin.episode, [part], cover=cover)
    end_ms = min(clip.end_ms, length_ms) if length_ms and length_ms > clip.start_ms else clip.end_ms
    part = part_of(transcript, Clip(clip.words, clip.start_ms, end_ms), origin, sound)
    return piece_of(options.title or one_line(transcript.text_of(clip.words), 80), [part], cover=cover)


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
