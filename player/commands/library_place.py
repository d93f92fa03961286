"""Which library a command works on: the app's own, or the one in a folder that `--library` names."""

import argparse
from pathlib import Path

from index.errors import EarmarkError
from index.library import Library
from player.settings import data_folder

FILE = "library.sqlite"
SEARCH_INDEX = "search"  # The folder beside it.


def add_option(made: argparse.ArgumentParser) -> None:
    """Let a command take `--library DIR`."""
    made.add_argument("--library", metavar="DIR", type=Path, help="the folder of the library (the app's own)")


def folder_of(options: argparse.Namespace) -> Path:
    """The folder of the library that was chosen."""
    folder: Path = options.library or data_folder()
    return folder


def open_library(options: argparse.Namespace, *, make: bool = False) -> Library:
    """Open the library that was chosen; the app's own is made where there is none, another one only to `make` it.

    Raises:
        EarmarkError: there is no library in that folder, or it cannot be opened.
    """
    path = folder_of(options) / FILE
    if options.library and not make and not path.exists():
        raise EarmarkError(f"There is no library in {folder_of(options)}; earmark add --library makes one.")
    return Library(path)
