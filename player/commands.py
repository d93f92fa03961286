"""The commands: each takes its options, prints what it found or wrote, and raises an EarmarkError if it cannot."""

import argparse
import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any

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


def convert(options: argparse.Namespace) -> None:
    """Write a transcript in another format, cues as they are."""
    _refuse_same(options.input, options.output)
    reading = formats.read(options.input)
    formats.write(reading.transcript, options.output)
    for warning in reading.warnings:
        print(f"Note: {warning}", file=sys.stderr)
    _print(f"{reading.format}, {_counted(reading.transcript.cue_count, 'cue')}, written to {_name(options.output)}")


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
