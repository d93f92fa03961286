"""The command line: the same use cases without a window, and the way into the window."""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from index import formats
from index.captions import rebreak
from index.clip import Clip, clip_of, cut
from index.errors import EarmarkError
from index.find import Finder, context
from index.timecode import clock, parse
from index.transcript import Timing, Transcript, WordRange
from player import VERSION

FAILED, USAGE = 1, 2

_ABOUT = """\
Listen with the words in sight. Without a command, opens the window:

  earmark [AUDIO [TRANSCRIPT]]      open the window (on that episode; a missing one of the two is looked for)
"""
_TIMES = "Times are written 1:23:45.678, 83:45, or in seconds, 95.5. Exit status: 0 done, 1 failed, 2 wrong usage."
_FIND_JSON = "JSON: an array of {start_ms, end_ms, speaker, before, match, after, exact}."
_INFO_JSON = "JSON: an object of format, cues, words, speakers, start_ms, end_ms, timing and warnings."


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with the command."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}; see {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        if arguments and (arguments[0] in _COMMANDS or arguments[0].startswith("-")):
            options = _parser().parse_args(arguments)
            return int(options.run(options))
        return _window([Path(name) for name in arguments])
    except EarmarkError as error:
        print(f"earmark: {error}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # The reader of our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return 130


def _parser() -> _Parser:
    parser = _Parser(
        prog="earmark", description=_ABOUT, epilog=_TIMES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"Earmark {VERSION}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str, epilog: str = "") -> _Parser:
        made: _Parser = commands.add_parser(name, help=text, description=text, epilog=epilog or None)
        made.set_defaults(run=run)
        return made

    command("demo", _demo, "Open the demo episode.")
    info = command("info", _info, "Tell what a transcript holds and what was repaired in it.", _INFO_JSON)
    info.add_argument("transcript", type=Path)
    info.add_argument("--json", action="store_true", help="print it as JSON")
    find = command("find", _find, "Find every occurrence of a phrase.", _FIND_JSON)
    find.add_argument("transcript", type=Path)
    find.add_argument("phrase")
    find.add_argument("--json", action="store_true", help="print it as JSON")
    clip = command("clip", _clip, "Cut captions out of a transcript.", _TIMES)
    clip.add_argument("transcript", type=Path)
    clip.add_argument("--from", dest="start", metavar="T", type=_time, help="where the clip begins")
    clip.add_argument("--to", dest="end", metavar="T", type=_time, help="where the clip ends")
    clip.add_argument("--phrase", metavar="P", help="cut out this phrase instead")
    clip.add_argument("--nth", metavar="N", type=_count, default=1, help="its Nth occurrence (1)")
    clip.add_argument("--pad", metavar="MS", type=_milliseconds, default=0, help="air on either side, in ms (0)")
    clip.add_argument("--keep-times", action="store_true", help="keep the original times instead of starting at zero")
    clip.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help="a .vtt, .srt or .txt file")
    clip.add_argument(
        "--json", action="store_true", help="print what was written as JSON: path, start_ms, end_ms, words"
    )
    convert = command("convert", _convert, "Write a transcript in the format of another suffix.")
    convert.add_argument("input", metavar="IN", type=Path)
    convert.add_argument("output", metavar="OUT", type=Path)
    return parser


def _time(text: str) -> int:
    try:
        return parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 9 or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a count; the first is 1")
    return int(text)


def _milliseconds(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 7:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of milliseconds, such as 250")
    return int(text)


# The window


def _window(paths: Sequence[Path], *, demo: bool = False) -> int:
    if len(paths) > 2:
        print("earmark: open one sound and one transcript at a time; see earmark --help", file=sys.stderr)
        return USAGE
    missing = next((path for path in paths if not path.exists()), None)
    if missing:
        raise EarmarkError(f"There is no file {missing}; check its name, or see earmark --help.")
    if not _has_display():
        if demo:
            from player.terminal import run_demo

            return run_demo()
        raise EarmarkError("There is no display to open a window on; earmark --help lists what works without one.")
    try:
        from player.start import run
    except ImportError as error:
        raise EarmarkError(
            f"The window needs a system library that is missing ({error}); README.md lists what to install."
        ) from error
    return run(paths, demo=demo)


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _demo(_: argparse.Namespace) -> int:
    return _window([], demo=True)


# Commands


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=(sys.stdout.encoding or "").lower() != "utf-8", indent=1))


def _info(options: argparse.Namespace) -> int:
    reading = formats.read(options.transcript)
    transcript = reading.transcript
    facts = {
        "format": reading.format,
        "cues": transcript.cue_count,
        "words": len(transcript),
        "speakers": list(transcript.speakers),
        "start_ms": transcript.start_ms,
        "end_ms": transcript.end_ms,
        "timing": transcript.timing,
        "warnings": list(reading.warnings),
    }
    if options.json:
        _print_json(facts)
        return 0
    exact = sum(timing == Timing.EXACT for timing in transcript.timings)
    print(f"{reading.format}: {len(transcript):,} words in {transcript.cue_count:,} cues")
    print(f"Speakers: {', '.join(transcript.speakers) or 'not named'}")
    print(f"From {clock(transcript.start_ms)} to {clock(transcript.end_ms)}")
    print(f"Word times: {transcript.timing} ({exact:,} exact, {len(transcript) - exact:,} estimated)")
    for warning in reading.warnings:
        print(f"Note: {warning}")
    return 0


def _find(options: argparse.Namespace) -> int:
    transcript = formats.read(options.transcript).transcript
    hits = _hits(transcript, options.phrase, options.transcript)
    found = []
    for hit in hits:
        around = context(transcript, hit)
        start_ms, end_ms = transcript.span_ms(hit)
        found.append(
            {
                "start_ms": start_ms,
                "end_ms": end_ms,
                "speaker": transcript.speaker_of(hit.first),
                "before": around.before,
                "match": around.match,
                "after": around.after,
                "exact": all(transcript.timings[word] == Timing.EXACT for word in hit),
            }
        )
    if options.json:
        _print_json(found)
    else:
        for each in found:
            name = f"{each['speaker']}: " if each["speaker"] else ""
            time = clock(int(each["start_ms"] or 0), like_ms=transcript.end_ms)
            print(f"{time}  {name}{each['before']} [{each['match']}] {each['after']}".rstrip())
    return 0


def _hits(transcript: Transcript, phrase: str, path: Path) -> list[WordRange]:
    hits = Finder(transcript).find(phrase)
    if not hits:
        raise EarmarkError(f"“{phrase}” is not said in {path.name}.")
    return hits


def _clip(options: argparse.Namespace) -> int:
    by_time = options.start is not None or options.end is not None
    if by_time == (options.phrase is not None):
        return _misused("clip", "say what to cut: either --from and --to, or --phrase")
    if by_time and (options.start is None or options.end is None or options.end <= options.start):
        return _misused("clip", "--from and --to belong together, the second after the first")
    _refuse_same(options.transcript, options.output)
    transcript = formats.read(options.transcript).transcript
    if by_time:
        words = transcript.range_between(options.start, options.end)
        if not words:
            between = f"between {clock(options.start)} and {clock(options.end)}"
            raise EarmarkError(f"No word is said {between} in {options.transcript.name}.")
        clip = Clip(words, max(0, options.start - options.pad), options.end + options.pad)
    else:
        hits = _hits(transcript, options.phrase, options.transcript)
        if options.nth > len(hits):
            raise EarmarkError(
                f"“{options.phrase}” is said {len(hits)} times in {options.transcript.name}, not {options.nth}."
            )
        clip = clip_of(transcript, hits[options.nth - 1], pad_ms=options.pad)
    formats.write(rebreak(cut(transcript, clip, keep_times=options.keep_times)), options.output)
    if options.json:
        path = str(options.output.resolve())
        _print_json({"path": path, "start_ms": clip.start_ms, "end_ms": clip.end_ms, "words": len(clip.words)})
    else:
        print(f"{len(clip.words)} words, {clock(clip.start_ms)} to {clock(clip.end_ms)}, written to {options.output}")
    return 0


def _convert(options: argparse.Namespace) -> int:
    _refuse_same(options.input, options.output)
    reading = formats.read(options.input)
    formats.write(reading.transcript, options.output)
    for warning in reading.warnings:
        print(f"Note: {warning}", file=sys.stderr)
    print(f"{reading.format}, {reading.transcript.cue_count:,} cues, written to {options.output}")
    return 0


def _misused(command: str, message: str) -> int:
    print(f"earmark {command}: {message}; see earmark {command} --help", file=sys.stderr)
    return USAGE


def _refuse_same(source: Path, target: Path) -> None:
    if source.exists() and target.exists() and source.samefile(target):
        raise EarmarkError(f"{target} is the transcript itself, which is never changed; write to another file.")


_COMMANDS = ("demo", "info", "find", "clip", "convert")
