"""What there is to add: the sounds and transcripts in files and folders, put together into items."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.library.report import Skipped
from index.pairing import is_sound, is_transcript, pair_up

_TABLES = frozenset((".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".txt"))


@dataclass(frozen=True, slots=True)
class Item:
    """Files that make one episode, or one table of episodes."""

    sound: Path | None
    transcripts: tuple[Path, ...]
    chosen: bool  # Somebody named one of them; else they were found in a folder.

    @property
    def path(self) -> Path:
        """The file to name it by."""
        return self.sound or self.transcripts[0]


def gather(
    paths: Sequence[Path],
    cancelled: Callable[[], bool] = lambda: False,
    is_passed_over: Callable[[Path], bool] = lambda path: False,
) -> tuple[list[Item], list[Skipped]]:
    """The items in files and folders, whatever lies under them, in the order of their paths; and what is not there.

    A file that was named comes with the files beside it that belong to it. Hidden files, and in folders whatever is
    neither a sound nor a transcript by its name, are no items.
    """
    named: set[Path] = set()
    found: set[Path] = set()
    skipped: list[Skipped] = []
    walked: set[Path] = set()
    for path in paths:
        path = Path(os.path.abspath(path))
        if os.path.isdir(path):
            walked |= set(_walk(path, skipped, cancelled))
        elif os.path.exists(path):
            named.add(path)
        else:
            skipped.append(Skipped(path, "it is not there"))
    for folder in {path.parent for path in named}:
        found |= set(files_in(folder))
    passed = {path for path in walked - named if is_passed_over(path)}
    items = [
        Item(sound, tuple(transcripts), chosen)
        for sound, transcripts in pair_up((found | walked) - passed)
        if (chosen := bool(named & {sound, *transcripts})) or walked & {sound, *transcripts}
    ]
    known = {path for item in items for path in (item.sound, *item.transcripts)}
    items += [Item(None, (path,), True) for path in sorted(named - known)]  # The readers say what is wrong with it.
    return items, skipped


def files_under(folder: Path, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Path]:
    """The sounds and transcripts in a folder and all under it, hidden ones left out."""
    yield from _walk(folder, [], cancelled)


def _walk(folder: Path, skipped: list[Skipped], cancelled: Callable[[], bool]) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        skipped.append(Skipped(Path(error.filename or folder), "it may not be read"))

    for here, folders, names in os.walk(folder, onerror=refuse):
        if cancelled():
            return
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from _wanted(Path(here), names)


def files_in(folder: Path) -> Iterable[Path]:
    """The sounds and transcripts in a folder, not those under it; none where it cannot be listed."""
    try:
        return _wanted(folder, os.listdir(folder))
    except OSError:
        return ()


def _wanted(folder: Path, names: Iterable[str]) -> Iterator[Path]:
    for name in names:
        path = folder / name
        if not name.startswith(".") and (is_sound(name) or is_transcript(name)) and _is_file(path):
            yield path


def _is_file(path: Path) -> bool:
    """Whether it is a regular file: a pipe or a device would never end."""
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return False


def may_be_table(path: Path) -> bool:
    """Whether a file may be a table of episodes, by its name."""
    return path.suffix.lower() in _TABLES
