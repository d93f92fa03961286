"""The options that several commands take, read from what was typed."""

import argparse
from collections.abc import Callable

from index.formats import writable_formats
from index.timecode import parse

TIMES = "Times are written 1:23:45.678, 83:45, or in seconds, 95.5. Exit status: 0 done, 1 failed, 2 wrong usage."

Command = Callable[..., argparse.ArgumentParser]
"""Makes a command: its name, what runs it (options to exit status or None), a sentence on it, words for the end."""


def time(text: str) -> int:
    """A time in ms."""
    try:
        return parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def count(text: str) -> int:
    """A number from 1 on."""
    if not text.isascii() or not text.isdigit() or not 0 < len(text) < 9 or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}” is not a count; the first is 1")
    return int(text)


def milliseconds(text: str) -> int:
    """A length in ms."""
    if not text.isascii() or not text.isdigit() or len(text) > 7:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of milliseconds, such as 250")
    return int(text)


def written_suffixes() -> str:
    """The suffixes that a transcript can be written to, for a help text."""
    return ", ".join(dict.fromkeys(format.suffixes[0] for format in writable_formats()))
