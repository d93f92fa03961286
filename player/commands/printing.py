"""What the commands print: lines fit for a terminal, counts, names of files, and JSON."""

import json
import sys
from pathlib import Path
from typing import Any

from index.plaintext import one_line, shown

LONG = 4000  # A longer message holds something that nobody wants to read whole.


def print_line(line: str) -> None:
    """Print a line of what was found; marks of direction in it cannot turn the terminal's line around."""
    print(shown(line))


def print_json(value: Any) -> None:
    """Print a value as JSON, in ASCII where the terminal knows no more."""
    unicode = (getattr(sys.stdout, "encoding", None) or "").lower() == "utf-8"
    print(json.dumps(value, ensure_ascii=not unicode, indent=1))


def tell_progress(done: int, total: int) -> None:
    """Tell how far a job is, on a line of the terminal that is cleared at the end; nothing into a file or a pipe."""
    if sys.stderr and sys.stderr.isatty():
        show_line(f"{done:,} of {total:,}" if done < total else "")


def show_line(line: str) -> None:
    """Show a line in the place of the one shown before, on the terminal behind stderr."""
    print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def counted(count: int, what: str) -> str:
    """How many of what there are, in words: `1 file`, `2 files`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def name_of(path: Path) -> str:
    """A path as a message names it, on one line."""
    return one_line(str(path), LONG)


def note(sentence: str) -> None:
    """Tell something beside the answer, where it is not taken for it."""
    print(f"Note: {shown(sentence)}", file=sys.stderr)
