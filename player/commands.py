"""The commands: each takes its options, prints what it found or wrote, and raises an EarmarkError if it cannot."""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from index import formats
from index.captions import rebreak
from index.clip import Clip, clip_of, cut
from index.errors import EarmarkError
from index.find import Finder, context
from index.plaintext import one_line, shown
from index.timecode import clock
from index.transcript import Timing, Transcript, WordRange

_LONG = 4000  # A longer message holds something that nobody wants to read whole.


def _print(line: str) -> None:
    """A line of what was found; marks of direction in it cannot turn the terminal's line around."""
    print(shown(line))


def _print_json(value: Any) -> None:
    unicode = (getattr(sys.stdout, "encoding", None) or "").lower() == "utf-8"
    print(json.dumps(value, ensure_ascii=not unicode, indent=1))


def info(options: argparse.Namespace) -> None:
    """Tell what a transcript holds: its format, cues, words, speakers, times, and what was repaired in it."""
    reading = formats.read(options.transcript)
    transcript = reading.transcript
    facts = {
        "format": reading.format,
        "cues": transcript.cue_count,
        "words": len(transcript),
        "speakers": list(transcript.speakers),
        "start_ms": transcript.start_ms if transcript.timed else None,
        "end_ms": transcript.end_ms if transcript.timed else None,
        "timing": transcript.timing,
        "warnings": list(reading.warnings),
    }
    if options.json:
        _print_json(facts)
        return
    _print(f"{reading.format}: {_counted(len(transcript), 'word')} in {_counted(transcript.cue_count, 'cue')}")
    _print(f"Speakers: {', '.join(transcript.speakers) or 'not named'}")
    if transcript.timed:
        exact = sum(timing == Timing.EXACT for timing in transcript.timings)
        _print(f"From {clock(transcript.start_ms)} to {clock(transcript.end_ms)}")
        _print(f"Word times: {transcript.timing} ({exact:,} exact, {len(transcript) - exact:,} estimated)")
    else:
        _print("Word times: none")
    for warning in reading.warnings:
        _print(f"Note: {warning}")


def find(options: argparse.Namespace) -> None:
    """Print every occurrence of a phrase with the words around it."""
    transcript = formats.read(options.transcript).transcript
    finder = Finder(transcript)
    hits = finder.find(options.phrase)
    if options.json:
        _print_json([_hit(transcript, hit) for hit in hits])
    else:
        for hit in hits:
            around, speaker = context(transcript, hit), transcript.speaker_of(hit.first)
            time = f"{clock(transcript.starts[hit.first], like_ms=transcript.end_ms)}  " if transcript.timed else ""
            name = f"{speaker}: " if speaker else ""
            _print(f"{time}{name}{around.before} [{around.match}] {around.after}".rstrip())
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
        "exact": transcript.timed and all(transcript.timings[word] == Timing.EXACT for word in hit),
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
    _refuse_same(options.transcript, options.output)
    transcript = formats.read(options.transcript).transcript
    clip = _clip_between(transcript, options) if by_time else _clip_of_phrase(transcript, options)
    formats.write(rebreak(cut(transcript, clip, keep_times=options.keep_times)), options.output)
    if options.json:
        start_ms, end_ms = (clip.start_ms, clip.end_ms) if transcript.timed else (None, None)
        path = str(options.output.resolve())
        _print_json({"path": path, "start_ms": start_ms, "end_ms": end_ms, "words": len(clip.words)})
    else:
        when = f", {clock(clip.start_ms)} to {clock(clip.end_ms)}" if transcript.timed else ""
        _print(f"{_counted(len(clip.words), 'word')}{when}, written to {_name(options.output)}")


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


def convert(options: argparse.Namespace) -> int:
    """Write transcripts in another format, cues as they are: one to a file, or with `--to` any number to a folder."""
    if options.to is not None:
        return _convert_all(options)
    if options.output or options.force or len(options.files) != 2:
        options.misused("give a transcript and the file to write, or any number of transcripts and --to")
    source, target = options.files
    reading = _converted(source, target)
    for warning in reading.warnings:
        print(f"Note: {warning}", file=sys.stderr)
    _print(f"{reading.format}, {_counted(reading.transcript.cue_count, 'cue')}, written to {_name(target)}")
    return 0


def _converted(source: Path, target: Path, format_name: str | None = None) -> formats.ReadResult:
    _refuse_same(source, target)
    reading = formats.read(source)
    wanted = formats.format_named(format_name or target.suffix)
    if wanted and wanted.needs_times and not reading.transcript.timed:  # Said of the file, of which there may be many.
        raise EarmarkError(f"{_name(source)} is without times, which {wanted.name} needs; write it as text, .txt.")
    formats.write(reading.transcript, target, format_name=format_name)
    return reading


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
    files = [found for path in options.files for found in _expanded(path)]
    for source in files:
        target = (options.output or source.parent) / f"{source.stem}{suffix}"
        same = os.path.normcase(os.path.abspath(target)).casefold()
        try:
            if same in written:
                raise EarmarkError(f"{_name(source)} would replace what {_name(written[same])} became; rename one.")
            if os.path.lexists(target) and not options.force:
                _refuse_same(source, target)
                raise EarmarkError(f"{_name(target)} is there already; use --force to replace it.")
            reading = _converted(source, target, format.name)
        except EarmarkError as error:
            print(f"earmark: {shown(one_line(str(error), _LONG))}", file=sys.stderr, flush=True)
            continue
        written[same] = source
        cues, notes = _counted(reading.transcript.cue_count, "cue"), len(reading.warnings)
        told = f", {_counted(notes, 'note')}" if notes else ""
        _print(f"{_name(source)}: {reading.format}, {cues}{told}, written to {_name(target)}")
        sys.stdout.flush()
    failed = len(files) - len(written)
    _print(f"{_counted(len(written), 'file')} written" + (f", {failed:,} failed" if failed else ""))
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
        raise EarmarkError(f"The folder {_name(folder)} cannot be made ({reason.lower()}); choose another.") from error


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def _name(path: Path) -> str:
    return one_line(str(path), _LONG)


def _refuse_same(source: Path, target: Path) -> None:
    same = False
    with contextlib.suppress(OSError, ValueError):  # Then reading or writing tells what is wrong.
        same = os.path.samefile(source, target)
    if same:
        raise EarmarkError(f"{target} is the transcript itself, which is never changed; write to another file.")
