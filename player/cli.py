"""The command line: the same use cases without a window, and the way into the window."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from index.errors import EarmarkError
from index.plaintext import one_line, shown
from index.timecode import parse
from player import VERSION

FAILED, USAGE = 1, 2

_ABOUT = """\
Listen with the words in sight. Without a command, opens the window:

  earmark [AUDIO [TRANSCRIPT]]      open the window (on that episode; a missing one of the two is looked for)
"""
_TIMES = "Times are written 1:23:45.678, 83:45, or in seconds, 95.5. Exit status: 0 done, 1 failed, 2 wrong usage."
_FIND_JSON = "JSON: an array of {start_ms, end_ms, speaker, before, match, after, exact}, empty if nothing is found."
_INFO_JSON = "JSON: an object of format, cues, words, speakers, start_ms, end_ms, timing and warnings."
_CONVERT = "With --to, a file that fails is told and the others are written; the exit status is 1 if any failed."
_CLIP_JSON = "JSON: an object of path, start_ms, end_ms and words."


class _Parser(argparse.ArgumentParser):
    """Says in one line what is wrong with the command."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {one_line(message)}; see {self.prog} --help\n")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        if arguments and (arguments[0] in _COMMANDS or (arguments[0].startswith("-") and arguments[0] != "--")):
            return _command(arguments)
        return _window(arguments)
    except EarmarkError as error:
        return _complain(str(error), FAILED)
    except KeyboardInterrupt:
        return 130


def _command(arguments: Sequence[str]) -> int:
    """Run a command and see to it that what it prints arrives; only then has it been done."""
    try:
        try:
            options = _parser().parse_args(arguments)
            status = options.run(options) or 0
        except SystemExit as left:  # --help, --version, or wrong usage that has been told.
            status = left.code if isinstance(left.code, int) else FAILED
        if sys.stdout:
            sys.stdout.flush()
    except OSError as error:
        if error.filename is not None:
            raise
        # It is the output that could not be written.
        with contextlib.suppress(OSError, ValueError):  # Or Python complains once more when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):  # The reader of a pipe that is closed has seen enough.
            _complain(f"The output could not be written ({error.strerror}).", FAILED)
        return FAILED
    return status


def _complain(message: str, status: int) -> int:
    """One line on stderr, whatever is in the names of files; gives the status back."""
    print(f"earmark: {shown(one_line(message, _LONG))}", file=sys.stderr)
    return status


_LONG = 4000  # A longer message holds something that nobody wants to read whole.


def _parser() -> _Parser:
    from index.formats import writable_formats  # Not needed for the window, which is to be there at once.
    from player import commands

    suffixes = ", ".join(dict.fromkeys(format.suffixes[0] for format in writable_formats()))
    parser = _Parser(
        prog="earmark", description=_ABOUT, epilog=_TIMES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"Earmark {VERSION}")
    kinds = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int | None], text: str, epilog: str = "") -> _Parser:
        made: _Parser = kinds.add_parser(name, help=text, description=text, epilog=epilog or None)
        made.set_defaults(run=run, misused=made.error)
        return made

    command("demo", _demo, "Open the demo episode.")
    info = command("info", commands.info, "Tell what a transcript holds and what was repaired in it.", _INFO_JSON)
    info.add_argument("transcript", type=Path)
    info.add_argument("--json", action="store_true", help="print it as JSON")
    find = command("find", commands.find, "Find every occurrence of a phrase.", _FIND_JSON)
    find.add_argument("transcript", type=Path)
    find.add_argument("phrase")
    find.add_argument("--json", action="store_true", help="print it as JSON")
    clip = command("clip", commands.clip, "Cut captions out of a transcript.", f"{_TIMES} {_CLIP_JSON}")
    clip.add_argument("transcript", type=Path)
    clip.add_argument("--from", dest="start", metavar="T", type=_time, help="where the clip begins")
    clip.add_argument("--to", dest="end", metavar="T", type=_time, help="where the clip ends")
    clip.add_argument("--phrase", metavar="P", help="cut out this phrase instead")
    clip.add_argument("--nth", metavar="N", type=_count, default=1, help="its Nth occurrence (1)")
    clip.add_argument("--pad", metavar="MS", type=_milliseconds, default=0, help="air on either side, in ms (0)")
    clip.add_argument("--keep-times", action="store_true", help="keep the original times instead of starting at zero")
    clip.add_argument("-o", "--output", metavar="OUT", type=Path, required=True, help=f"one of {suffixes}")
    clip.add_argument("--json", action="store_true", help="print what was written as JSON")
    convert = command("convert", commands.convert, "Write transcripts in another format.", _CONVERT)
    convert.usage = "earmark convert IN OUT\n       earmark convert IN... --to FORMAT [-o DIR] [--force]"
    convert.add_argument("files", metavar="IN", nargs="+", type=Path, help=f"transcripts; OUT is one of {suffixes}")
    convert.add_argument("--to", metavar="FORMAT", help="write each IN in this format, a suffix or a name in quotes")
    convert.add_argument("-o", "--output", metavar="DIR", type=Path, help="where to; beside each IN if it is not said")
    convert.add_argument("--force", action="store_true", help="with --to, replace files that are there already")
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


def _window(arguments: Sequence[str], *, demo: bool = False) -> int:
    names = arguments[1:] if arguments[:1] == ["--"] else arguments
    stray = next((name for name in names if name.startswith("-")), None) if names is arguments else None
    if stray in ("-h", "--help"):
        return _command(["--help"])
    if stray is not None:
        return _complain(f"{stray} is no option here; put -- before a file of that name, or see earmark --help", USAGE)
    if len(names) > 2:
        return _complain("open one sound and one transcript at a time; see earmark --help", USAGE)
    paths = [Path(name) for name in names]
    missing = next((name for name in names if not os.path.exists(name)), None)
    if missing is not None:
        raise EarmarkError(f"There is no file “{missing}”; check its name, or see earmark --help.")
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


_COMMANDS = ("demo", "info", "find", "clip", "convert")
