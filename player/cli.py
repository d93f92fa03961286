"""The command line: the same use cases without a window, and the way into the window."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from index.errors import EarmarkError
from index.plaintext import one_line, shown
from player import VERSION

FAILED, USAGE = 1, 2

# Every command and the module of player.commands that has it (demo is here), in the order of the help.
_COMMANDS = {
    "demo": "",
    "info": "informing",
    "find": "transcripts",
    "clip": "transcripts",
    "quote": "giving",
    "reel": "publishing",
    "export": "giving",
    "notes": "giving",
    "convert": "converting",
    "align": "aligning",
    "chapters": "chapters",
    "add": "library",
    "list": "library",
    "remove": "library",
    "restore": "library",
    "missing": "library",
    "clips": "library",
    "search": "searching",
    "concordance": "searching",
    "reindex": "searching",
    "desktop": "desktop",
}

_ABOUT = """\
Listen with the words in sight. Without a command, opens the window:

  earmark [AUDIO [TRANSCRIPT]]      open the window (on that episode; a missing one of the two is looked for)
  earmark LINK                      go to the moment that an earmark: link points at
"""


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
    from player.commands.options import TIMES  # Not needed for the window, which is to be there at once.

    parser = _Parser(
        prog="earmark", description=_ABOUT, epilog=TIMES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--version", action="version", version=f"Earmark {VERSION}")
    kinds = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int | None], text: str, epilog: str = "") -> _Parser:
        made: _Parser = kinds.add_parser(name, help=text, description=text, epilog=epilog or None)
        made.set_defaults(run=run, misused=made.error)
        return made

    command("demo", _demo, "Open the demo episode.")
    for module in dict.fromkeys(filter(None, _COMMANDS.values())):
        import_module(f"player.commands.{module}").add_to(command)
    return parser


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
    link = names[0] if len(names) == 1 and _is_link(names[0]) else ""
    names = [] if link else [_path_of(name) for name in names]
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
    return run([Path(name) for name in names], link=link, demo=demo)


def _is_link(name: str) -> bool:
    """Whether the name of a file is none, but a link to a moment. Raises EarmarkError where it is a broken one."""
    from index.links import SCHEME, find_moment

    if not name.lower().startswith(f"{SCHEME}:") or os.path.exists(name):
        return False
    if find_moment(name) is None:
        raise EarmarkError(f"“{name}” points at no moment; a link ends in a time, such as #t=12.5.")
    return True


def _path_of(name: str) -> str:
    """The path that is meant: a file manager of Linux may hand over `file:` addresses."""
    if not name.startswith("file:///"):
        return name
    from urllib.parse import unquote

    return unquote(name.removeprefix("file://"))


def _has_display() -> bool:
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _demo(_: argparse.Namespace) -> int:
    return _window([], demo=True)
